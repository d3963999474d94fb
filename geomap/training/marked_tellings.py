"""Sentences of the project's own with their triggers and places marked; ``marked/tellings.txt`` says how."""

import re
from dataclasses import dataclass
from importlib.resources import files

from geomap.events.vocabulary import TYPE_OF
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

_MARK = re.compile(r"\[(?P<words>[^|\]]+)\|(?P<code>[A-Z]+)\]|\{(?P<name>[^|}]+)(?:\|(?P<of>\d+))?\}")


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
    return [_read(line) for line in lines if line and not line.startswith("#")]


def _read(line: str) -> MarkedTelling:
    text, position = "", 0
    triggers: list[tuple[Span, str]] = []
    places: list[tuple[Span, frozenset[int]]] = []
    for match in _MARK.finditer(line):
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
