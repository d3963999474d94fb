"""The project's own texts with their places and events marked, for `geomap.training.event_models`.

Sentences stand in ``marked/tellings.txt``, which says how. A file of whole reports holds them one after the
other, each below a line of its own::

    === id | YYYY-MM-DD | style | source | title

``{Name|p1}`` is a place that an event is marked at; its number holds within the report.
``[words|e1 AIR @p1 d=2024-05-03 k=3]`` is a trigger: the event's number, a code of
`CODES`, and what is known of

- where: ``@p1``, or several that are a row each, ``@p1,p2``; a toll of one of them, ``@p1:k2,p2:k1``;
- when: ``d=2024-05-03`` or ``d=2024-05-03/2024-05-04``;
- the dead: ``k=3`` or ``k=3-10``; ``k=0`` where the report says that nobody died;
- ``~e1``: that it tells the earlier event 1 again.

``[words|TRAP]`` looks like an event and is none.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.events.vocabulary import TYPE_OF
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Span

CODES = {
    "GOV": "Government regains territory",
    "NSO": "Non-state actor overtakes territory",
    "CLASH": "Armed clash",
    "AIR": "Air/drone strike",
    "SUIC": "Suicide bomb",
    "SHELL": "Shelling/artillery/missile attack",
    "IED": "Remote explosive/landmine/IED",
    "GREN": "Grenade",
    "CHEM": "Chemical weapon",
    "SEX": "Sexual violence",
    "ATT": "Attack",
    "ABD": "Abduction/forced disappearance",
    "XF": "Excessive force against protesters",
    "PINT": "Protest with intervention",
    "PEACE": "Peaceful protest",
    "VDEM": "Violent demonstration",
    "MOB": "Mob violence",
    "AGR": "Agreement",
    "ARR": "Arrests",
    "CHANGE": "Change to group/activity",
    "DWU": "Disrupted weapons use",
    "HQ": "Headquarters or base established",
    "LOOT": "Looting/property destruction",
    "NVT": "Non-violent transfer of territory",
    "OTH": "Other",
}
"""The codes of the marked file."""

_MARK_OF_SENTENCE = re.compile(r"\[(?P<words>[^|\]]+)\|(?P<code>[A-Z]+)\]|\{(?P<name>[^|}]+)(?:\|(?P<of>\d+))?\}")
_HEAD = re.compile(
    r"""
    ===[ ]* (?P<id>[^|\n]+?) [ ]*\|[ ]* (?P<date>\d{4}-\d\d-\d\d)? [ ]*\|[ ]* (?P<style>[^|\n]*?) [ ]*\|[ ]*
    (?P<source>[^|\n]*?) [ ]*\|[ ]* (?P<title>[^\n]*) \n
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"\[(?P<words>[^|\]\n]+)\|(?P<of>[^\]\n]+)\]|\{(?P<name>[^|}\n]+)\|(?P<place>p\d+)\}")
_EVENT = re.compile(
    r"""
    (?P<id> e\d+ ) \s+ (?P<code> [A-Z]+ )
    (?: \s+ @ (?P<places> p\d+ (?: :k[\d-]+ )? (?: ,p\d+ (?: :k[\d-]+ )? )* ) )?
    (?: \s+ d= (?P<first> \d{4}-\d\d-\d\d ) (?: / (?P<last> \d{4}-\d\d-\d\d ) )? )?
    (?: \s+ k= (?P<toll> \d+ (?: -\d+ )? ) )?
    (?: \s+ ~ (?P<again> e\d+ ) )?
    """,
    re.VERBOSE,
)


def read_marked_reports(path: Path) -> list[dict[str, Any]]:
    """Return the reports of a file in the shape of ``event_reports.jsonl``, with the places that are marked only.

    Raises
    ------
    ValueError
        If a mark cannot be read, or names a place or an event that there is not; with the report's id.
    """
    pieces = _HEAD.split(path.read_text("utf-8"))
    if pieces[0].strip():
        raise ValueError(f"{path}: text before the first head: {pieces[0].strip()[:60]!r}")
    width = _HEAD.groups + 1
    return [_read(*pieces[first : first + width]) for first in range(1, len(pieces), width)]


def _read(name: str, date: str | None, style: str, source: str, title: str, marked: str) -> dict[str, Any]:
    text, position = "", 0
    marks: list[tuple[int, int, str]] = []
    places: dict[str, int] = {}
    toponyms: list[dict[str, Any]] = []
    marked = marked.strip("\n")
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        words = match["words"] or match["name"]
        start, end, position = len(text), len(text) + len(words), match.end()
        text += words
        if match["place"]:
            if match["place"] in places:
                raise ValueError(f"{name}: two places are {match['place']}")
            places[match["place"]] = start
            toponyms.append({"start": start, "end": end, "text": words})
        else:
            marks.append((start, end, match["of"].strip()))
    text += marked[position:]
    stray = re.search(r"[\[{][^\]}\n]*\|", text)
    if stray:
        raise ValueError(f"{name}: a mark cannot be read: {text[stray.start() : stray.start() + 60]!r}")
    sentences = list(sentence_spans(text))
    events: list[dict[str, Any]] = []
    for start, end, of in marks:
        if of != "TRAP":
            sentence = next((one for one in sentences if one[0] <= start < one[1]), (start, end))
            rows = _rows(name, text, (start, end), of, places, {one["id"] for one in events})
            events += [row | {"sentence_start": sentence[0], "sentence_end": sentence[1]} for row in rows]
    ends = {one["start"]: one["end"] for one in toponyms}
    return {
        "doc_id": name,
        "split": "train",
        "title": title,
        "source": source,
        "date": date,
        "style": style,
        "text": text,
        "toponyms": toponyms,
        "events": [row | {"place_end": ends.get(row["place_start"])} for row in events],
        "traps": [{"start": start, "end": end, "text": text[start:end]} for start, end, of in marks if of == "TRAP"],
    }


def _rows(
    name: str, text: str, span: tuple[int, int], of: str, places: dict[str, int], known: set[str]
) -> Iterator[dict[str, Any]]:
    match = _EVENT.fullmatch(of)
    if match is None or CODES.get(match["code"]) not in TYPE_OF:
        raise ValueError(f"{name}: a mark cannot be read: {of!r}")
    if match["again"] and match["again"] not in known:
        raise ValueError(f"{name}: {match['id']} tells {match['again']} again, which is not marked before it")
    kind = CODES[match["code"]]
    first, last = match["first"], match["last"] or match["first"]
    for day in filter(None, (first, last)):
        datetime.date.fromisoformat(day)
    for number, place in enumerate((match["places"] or "").split(",")):
        where, _, own = place.partition(":k")
        if where and where not in places:
            raise ValueError(f"{name}: {match['id']} is at {where}, which is not marked")
        toll = own or (match["toll"] if number == 0 else None) or ""
        low, _, high = toll.partition("-")
        yield {
            "id": match["id"],
            "start": span[0],
            "end": span[1],
            "trigger": text[span[0] : span[1]],
            "type": TYPE_OF[kind],
            "sub_type": kind,
            "place_start": places[where] if where else None,
            "date": [first, last] if first else None,
            "fatalities_low": int(low) if low else None,
            "fatalities_high": int(high or low) if low else None,
            "retells": match["again"],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedTelling:
    """One sentence."""

    text: str
    """Without its marks."""
    triggers: tuple[tuple[Span, str], ...]
    """Offsets and ACLED sub-type of each trigger."""
    places: tuple[tuple[Span, frozenset[int]], ...]
    """Offsets of each place, and the triggers that it is the place of, counted from 0."""


def read_marked() -> list[MarkedTelling]:
    """Return the marked sentences, in the order of the file.

    Raises
    ------
    ValueError
        If a mark has a code that there is not.
    """
    lines = files("geomap.training").joinpath("marked/tellings.txt").read_text("utf-8").splitlines()
    return [_telling(line) for line in lines if line and not line.startswith("#")]


def _telling(line: str) -> MarkedTelling:
    text, position = "", 0
    triggers: list[tuple[Span, str]] = []
    places: list[tuple[Span, frozenset[int]]] = []
    for match in _MARK_OF_SENTENCE.finditer(line):
        text += line[position : match.start()]
        words = match["words"] or match["name"]
        span = (len(text), len(text) + len(words))
        text, position = text + words, match.end()
        if match["words"]:
            sub_type = CODES.get(match["code"], "")
            if sub_type not in TYPE_OF:
                raise ValueError(f"there is no code {match['code']!r} (in {line!r})")
            triggers.append((span, sub_type))
        else:
            places.append((span, frozenset(int(number) - 1 for number in match["of"] or "")))
    return MarkedTelling(text=text + line[position:], triggers=tuple(triggers), places=tuple(places))
