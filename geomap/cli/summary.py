"""What ``geomap map`` says at its end: what was found, what is on the map, what is not and why, and what happened."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geomap.cli.words import count, say, say_list

if TYPE_CHECKING:
    import pandas as pd

    from geomap.corrections.matching import Outcome
    from geomap.gazetteers import SqliteGazetteer

_LISTED = 50
_NAMED = 3
_MANY_NIL = 0.2
_MANY_NAMES = 5
_REGIONS = 12
"""Regions listed one by one; the rest is one line."""
_HEADINGS = {
    "Battles": "Battles",
    "Explosions/Remote violence": "Explosions",
    "Violence against civilians": "Civilians",
    "Protests": "Protests",
    "Riots": "Riots",
    "Strategic developments": "Strategic",
}
_NO_PLACE = "(no place known)"


def say_corrections(outcomes: "Sequence[Outcome]", path: str) -> None:
    """Say how many corrections are in force, which match nothing and why, and how many are of reports not read."""
    lost = [one for one in outcomes if one.problem]
    held = [one for one in outcomes if one.times and not one.problem]
    overruled = sum(1 for one in outcomes if one.overruled and not one.times and not one.problem)
    unread = [one.correction.document for one in outcomes if not one.in_words()]
    say(
        f"{path}: {count(len(outcomes), 'correction')}, {len(held):,} in force for "
        f"{count(sum(one.times for one in held), 'mention or event', 'mentions and events')}"
        + (f", {overruled:,} overruled by narrower or later ones" if overruled else "")
        + (f", {len(unread):,} of reports that were not read ({named(unread)})" if unread else "")
    )
    say_list(
        f"warning: nothing matches {count(len(lost), 'correction')}, without effect now:",
        [f"line {one.correction.line}: {one.correction.in_words()}: {one.problem}" for one in lost],
        most=_LISTED,
    )


def named(documents: "Sequence[str]") -> str:
    """Return the first of some names, each once, and how many more there are."""
    each = list(dict.fromkeys(documents))
    more = f" and {len(each) - _NAMED:,} more" if len(each) > _NAMED else ""
    return ", ".join(each[:_NAMED]) + more


def say_mentions(mentions: "pd.DataFrame", documents: int) -> None:
    """Say how many mentions were resolved, how many are plotted, and why the others are not."""
    from geomap.tables.shown import DOUBT_BELOW, NEVER, WORDS, count_shown

    found = count_shown(mentions)
    nil = found.hidden.get("nil", 0)
    say(
        f"{count(documents, 'document')}, {count(found.mentions, 'mention')}: "
        f"{found.placed - found.told:,} resolved to {count(found.places - found.told_places, 'place')}, "
        + (f"{found.told:,} not in the gazetteer but placed by what the text tells, " if found.told else "")
        + f"{nil:,} NIL"
    )
    filtered = ", ".join(f"{number:,} {WORDS[why]}" for why, number in found.hidden.items() if why not in NEVER)
    say(
        f"plotted {count(found.shown, 'mention')} in {count(found.shown_places, 'place')}"
        + (f"; not plotted unless asked for on the page: {filtered}" if filtered else "")
    )
    if found.doubtful_places:
        say(
            f"{found.doubtful_places:,} of {count(found.shown_places, 'dot')} are doubtful: the place is less than "
            f"{DOUBT_BELOW:.0%} sure"
        )
    if number := found.hidden.get("no_point", 0):
        say(f"note: {count(number, 'mention')} {WORDS['no_point']}: not on the map")
    if found.mentions and nil / found.mentions > _MANY_NIL:
        say(f"note: {nil / found.mentions:.0%} of the mentions are NIL, not found in the gazetteer")


def say_import(mentions: "pd.DataFrame", gazetteer: "SqliteGazetteer") -> None:
    """Say which import would help, where many names that are not found stand in reports on one country.

    A report is on the country that most of its places lie in. Of countries that were imported nothing is said.
    """
    story = mentions[~mentions["boilerplate"]]
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for document, code in zip(story["document_id"], story["country_code"], strict=True):
        if code:
            homes[document][code] += 1
    missing = story[(story["entry_id"] == "") & story["point_latitude"].isna()]
    names: dict[str, set[str]] = defaultdict(set)
    for document, toponym in zip(missing["document_id"], missing["toponym"], strict=True):
        if document in homes:
            names[homes[document].most_common(1)[0][0]].add(toponym)
    covered = {code for one in getattr(gazetteer, "imported", ()) for code in one.countries}
    counts = {code: len(found) for code, found in sorted(names.items()) if code not in covered}
    code = max(counts, key=counts.__getitem__, default="")
    if counts.get(code, 0) < _MANY_NAMES:
        return
    country = gazetteer.country(code)
    say(
        f"note: {counts[code]:,} names that were not found stand in reports on {country.name if country else code}; "
        f"GeoNames' villages would find more of them: geomap gazetteer download {code}"
    )


def say_events(
    events: "pd.DataFrame", incidents: "pd.DataFrame", gazetteer: "SqliteGazetteer", *, english: int, read: int
) -> None:
    """Say what happened: the dates covered, and events by region and type, boilerplate left out.

    ``english`` reports of those read are in the only language that is understood: the others are never quiet.
    """
    events = events[~events["boilerplate"]]
    if not len(events):
        say(_nothing_found(english, read))
        return
    days = sorted(day for text in events["event_date"] if text for day in text.split("/"))
    dated = int((events["event_date"] != "").sum())
    several = int((incidents["sources"] > 1).sum())
    say(
        f"{count(len(events), 'event')} in {count(len(incidents), 'incident')}, {several:,} told by more than one "
        f"independent source; {dated:,} dated" + (f", from {days[0]} to {days[-1]}" if days else "")
    )
    for line in _table(events, gazetteer):
        say(line)


def _nothing_found(english: int, read: int) -> str:
    if english == read:
        return "no conflict event was found"
    if not english:
        return "whether anything happened is not known: no report is in English"
    return f"no conflict event was found in {count(english, 'report')} in English; what the others report is not known"


def _table(events: "pd.DataFrame", gazetteer: "SqliteGazetteer") -> Iterator[str]:
    """Yield the lines of a table of events by region and type, the regions with most events first."""
    regions = events.apply(lambda row: _region(row["country_code"], row["admin1"], row["toponym"], gazetteer), axis=1)
    counts = events.groupby([regions, "event_type"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(_HEADINGS), fill_value=0)
    totals = counts.sum(axis="columns")
    order = sorted(counts.index, key=lambda region: (region == _NO_PLACE, -int(totals[region]), region))
    counts = counts.loc[order]
    shown = counts.head(_REGIONS)
    if len(counts) > _REGIONS:
        shown.loc[f"({len(counts) - _REGIONS:,} more)"] = counts.iloc[_REGIONS:].sum()
    width = max(len(str(region)) for region in shown.index)
    yield " ".join([" " * width, *(heading.rjust(10) for heading in _HEADINGS.values())])
    for region, row in shown.iterrows():
        yield " ".join([str(region).ljust(width), *(f"{number or '·':>10}" for number in row)])


def _region(country: str, admin1: str, toponym: str, gazetteer: "SqliteGazetteer") -> str:
    """Return the name of a region with its country, or what is known of it."""
    unit = gazetteer.admin1(country, admin1) if country and admin1 else None
    nation = gazetteer.country(country) if country else None
    names = [place.name for place in (unit, nation) if place]
    return ", ".join(names) or (_NO_PLACE if not toponym else "(outside any region, or not found)")
