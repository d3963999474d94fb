"""Places and parsed reports made by hand, for tests of what comes after the pipeline."""

from dataclasses import replace
from typing import Any

from geomap.gazetteers.file_layout import level_of
from geomap.resolvers.locating import location_at
from geomap.types import (
    Candidate,
    Document,
    GazetteerEntry,
    Location,
    LocationBasis,
    Mention,
    ParsedDocument,
    Resolution,
    Sentence,
)


def entry(name: str, **facts: Any) -> GazetteerEntry:
    defaults = {
        "id": f"test:{name}",
        "latitude": 1.0,
        "longitude": 2.0,
        "feature_class": "P",
        "feature_code": "PPL",
        "country_code": "UA",
    }
    known = {**defaults, **facts}
    return GazetteerEntry(name=name, **{"level": level_of(known["feature_class"], known["feature_code"]), **known})


POKROVSK = entry(
    "Pokrovsk",
    id="geonames:704422",
    latitude=48.28204,
    longitude=37.1758,
    admin1="05",
    population=64533,
)
ENGELS = entry("Engel’s", id="geonames:563464", latitude=51.48389, longitude=46.10528, country_code="RU", admin1="67")
WINDHOEK = entry("Windhoek", id="geonames:3352136", latitude=-22.55941, longitude=17.08323, country_code="NA")


class KnownPlaces:
    """A gazetteer of the towns above."""

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        return {one.id: one for one in (POKROVSK, ENGELS, WINDHOEK)}.get(entry_id)

    def lookup(self, name: str) -> list[GazetteerEntry]:
        return []

    def candidates(self, toponym: str) -> list[Candidate]:
        return []


def parse_by_hand(
    text: str, *places: tuple[str, GazetteerEntry | None], id: str = "report.txt", **about: Any
) -> ParsedDocument:
    """Return a parsed document of one sentence whose toponyms are resolved as told; Engels is always beaten."""
    mentions, resolutions = [], []
    for toponym, place in places:
        start = text.index(toponym)
        mention = Mention(document_id=id, sentence=0, start=start, end=start + len(toponym), toponym=toponym)
        candidates = () if place is None else (place, ENGELS)
        mentions.append(mention)
        resolutions.append(
            Resolution(
                mention=mention,
                entry=place,
                confidence=0.876 if place else 0.0,
                location=location_at(text, mention, place) if place else None,
                candidates=tuple(
                    Candidate(entry=one, matched_name=one.name, score=2.34567 - n) for n, one in enumerate(candidates)
                ),
            )
        )
    return ParsedDocument(
        document=Document(id=id, text=text, **about),
        sentences=(Sentence(index=0, start=0, end=len(text)),),
        mentions=tuple(mentions),
        resolutions=tuple(resolutions),
    )


KHARKIV = entry("Kharkiv", id="geonames:706483", latitude=49.98081, longitude=36.25272, admin1="07", population=1430885)
POINT = "49.98081, 36.25272"
TOLD = f"Troops fought near Kharkiv for Zelene and Starytsya, at {POINT}, and for Nowhere."


def told_by_hand(*, id: str = "told.txt", sure: float = 0.97, **about: Any) -> ParsedDocument:
    """Return a report of one sentence with a known place, two told from it, coordinates, and an unknown name."""
    named: dict[str, tuple[GazetteerEntry | None, Location | None]] = {
        "Kharkiv": (KHARKIV, None),
        "Zelene": (None, _told(30.0, "north-east of <b>Kharkiv</b>")),
        "Starytsya": (None, _told(30.0, "named with Kharkiv")),
        POINT: (None, _told(0.0, "", basis="coordinates")),
        "Nowhere": (None, None),
    }
    plain = parse_by_hand(TOLD, *((name, place) for name, (place, _) in named.items()), id=id, **about)
    resolutions = tuple(
        replace(one, location=location or one.location, confidence=sure if one.entry else 0.0)
        for one, (_, location) in zip(plain.resolutions, named.values(), strict=True)
    )
    return replace(plain, resolutions=resolutions)


def _told(radius_km: float, words: str, *, basis: LocationBasis = "relation") -> Location:
    point = {"latitude": KHARKIV.latitude, "longitude": KHARKIV.longitude}
    precision = 1 if basis == "coordinates" else 2
    codes = {"geo_precision": precision, "where_precision": precision}
    return Location(**point, **codes, radius_km=radius_km, basis=basis, words=words)


UGLY = '=HYPERLINK("x")\r\nin 🏳️ Pokrovsk, "quoted"; NA, <b>Windhoek</b>\tand\u2028Nowhere.'
