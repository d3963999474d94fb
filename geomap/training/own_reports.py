"""Short reports made up from the gazetteer: news of every country, so that the corpora's American papers do not rule.

Towns are drawn by population, so a bare "London" is mostly the one in England and sometimes the one in Ontario, as for
readers. Others are drawn several to a country; now and then one is put in from elsewhere, to be no answer.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from geomap.evaluation.gold import GoldToponym
from geomap.evaluation.hits import HIT_KM, GoldPlace
from geomap.gazetteers.database import SqliteGazetteer
from geomap.resolvers.candidates import LEVEL_WORDS
from geomap.training.gold_reports import GoldReport, gold_report
from geomap.types import Document, GazetteerEntry, Role

BARE = 600
"""Reports that name one town alone."""

TOGETHER = 500
"""Reports that name several places of one country."""

_BARE = (
    "Protesters marched through {} on Friday.",
    "Explosions were heard in {} overnight, residents said.",
    "Officials in {} said that two people were killed.",
    "The delegation flew to {} for talks.",
    "A bomb went off at a market in {}.",
    "Soldiers were sent to {} after the attack.",
)
_TOGETHER = (
    "Fighting was reported in {town} and {town}.",
    "{town}, {unit}, came under fire.",
    "Troops pulled back from the village of {town} towards {town}.",
    "Hundreds fled {town} in {unit} region.",
    "The road from {town} to {town} was cut, {country} said.",
    "Aid reached {unit} region for the first time in weeks.",
)
_BY_CODE = "SELECT id FROM entry WHERE {} ORDER BY n"
_STRANGERS = 0.06


def own_reports(gazetteer: SqliteGazetteer, *, seed: int) -> Iterator[GoldReport]:
    """Yield the reports, the same for the same gazetteer and seed.

    Parameters
    ----------
    gazetteer
        Where places are drawn from.
    seed
        Of the draw.
    """
    draw = random.Random(seed)  # noqa: S311  (no secret)
    towns = entries_where(gazetteer, "feature_class = 'P' AND population >= 2000")
    weights = [entry.population**0.7 for entry in towns]
    for number, entry in enumerate(draw.choices(towns, weights, k=BARE)):
        yield _report(f"own-bare-{number}", draw.choice(_BARE).split("{}"), [entry], [entry.name])
    by_country = _by_country(towns)
    units = _by_country(entries_where(gazetteer, "feature_code = 'ADM1'"))
    countries = {entry.country_code: entry for entry in entries_where(gazetteer, "feature_code = 'PCLI'")}
    codes = sorted(code for code, found in by_country.items() if len(found) >= 8 and units[code] and code in countries)
    for number in range(TOGETHER):
        code = draw.choice(codes)
        yield _together(f"own-together-{number}", draw, by_country[code], units[code], countries[code], towns)


def entries_where(gazetteer: SqliteGazetteer, condition: str) -> list[GazetteerEntry]:
    """Return the entries that a condition of SQL selects, in the order of the file."""
    rows: list[Any] = gazetteer.connection().execute(_BY_CODE.format(condition)).fetchall()
    ids = (f"geonames:{number}" if isinstance(number, int) else number for (number,) in rows)
    return [entry for entry in map(gazetteer.entry, ids) if entry]


def _by_country(entries: list[GazetteerEntry]) -> defaultdict[str, list[GazetteerEntry]]:
    found: defaultdict[str, list[GazetteerEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.country_code].append(entry)
    return found


def _together(
    name: str,
    draw: random.Random,
    towns: list[GazetteerEntry],
    units: list[GazetteerEntry],
    country: GazetteerEntry,
    strangers: list[GazetteerEntry],
) -> GoldReport:
    """Return a report of two to four sentences from one country, most of it from one first-order unit."""
    unit = draw.choice(units)
    local = [town for town in towns if town.admin1 == unit.admin1] or towns
    pieces, entries, names = [""], [], []
    for sentence in draw.sample(_TOGETHER, draw.randint(2, 4)):
        for index, piece in enumerate(sentence.split("{")):
            kind, _, rest = piece.rpartition("}") if index else ("", "", piece)
            if kind:
                stranger = kind == "town" and draw.random() < _STRANGERS
                town = draw.choice(strangers if stranger else local if draw.random() < 0.6 else towns)
                entry = {"town": town, "unit": unit, "country": country}[kind]
                entries.append(None if stranger else entry)
                names.append(_plain(entry) if kind == "unit" else entry.name)
                pieces.append("")
            pieces[-1] += rest
        pieces[-1] += " "
    return _report(name, pieces, entries, names)


def _plain(unit: GazetteerEntry) -> str:
    """Return the name of a unit without its level word: "Kursk" for Kursk Oblast."""
    words = unit.name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in LEVEL_WORDS else unit.name


def _report(name: str, pieces: list[str], entries: list[GazetteerEntry | None], names: list[str]) -> GoldReport:
    """Return a report whose pieces of text have the names between them; ``None`` is a name without a place."""
    text, spans = pieces[0], []
    for toponym, piece in zip(names, pieces[1:], strict=True):
        spans.append(GoldToponym(start=len(text), end=len(text) + len(toponym)))
        text += toponym + piece
    places = (_place(entry) if entry else None for entry in entries)
    return gold_report(Document(id=name, text=text), spans, places)


def report_of(
    name: str, template: str, entries: Mapping[str, GazetteerEntry | None], roles: Mapping[str, Role]
) -> GoldReport:
    """Return a report made from a template.

    Parameters
    ----------
    name
        Id of the document.
    template
        Text with fields such as ``{town}``.
    entries
        What each field names; units by their plain name.
    roles
        How a field is used, where that is not literal.
    """
    pieces, names, places, used = [""], [], [], []
    for index, piece in enumerate(template.split("{")):
        field, _, rest = piece.rpartition("}") if index else ("", "", piece)
        entry = entries.get(field)
        if entry:
            names.append(_plain(entry) if field == "unit" else entry.name)
            places.append(entry)
            used.append(roles.get(field, "literal"))
            pieces.append("")
        pieces[-1] += rest
    made = _report(name, pieces, list(places), names)
    mentions = (replace(mention, role=role) for mention, role in zip(made.mentions, used, strict=True))
    return replace(made, mentions=tuple(mentions))


def _place(entry: GazetteerEntry) -> GoldPlace:
    return GoldPlace(
        id=entry.id,
        latitude=entry.latitude,
        longitude=entry.longitude,
        feature_code=entry.feature_code,
        countries=frozenset([entry.country_code] if entry.feature_code.startswith("PCL") else ()),
        hit_km=10.0 if entry.level == "settlement" else HIT_KM,
    )
