"""The words and rules that events are told by, read from ``lexicon.toml``, which says how they are written."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from geomap.errors import ConfigError
from geomap.events.vocabulary import TYPE_OF

NOTHING = "nothing"
"""What a rule gives where the words report no event."""

Scope = Literal["clause", "own", "before", "just_before", "after", "just_after", "actor", "sentence"]
"""Where a rule looks for a label."""

_SCOPES: dict[str, Scope] = {
    "=": "own",
    "<": "before",
    "^": "just_before",
    ">": "after",
    "+": "just_after",
    "@": "actor",
    "~": "sentence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of the lexicon."""

    words: tuple[str, ...]
    """Lower case; ``*`` stands for up to five other words."""
    labels: frozenset[str]
    """What it may be a sign of."""
    kinds: tuple[str, ...] = ()
    """Those of its labels that are triggers, in the order of the decisions; none for words to be passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a rule: whether a place in the sentence has one of some labels."""

    asks: tuple[tuple[Scope, str], ...]
    """Where to look, and for which label; one of them is enough."""
    wanted: bool
    """Whether it is to be there, or not to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a decision: the sub-type, if all conditions hold."""

    conditions: tuple[Condition, ...]
    """All must hold; none always hold."""
    sub_type: str
    """ACLED sub-type, or `NOTHING`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All words and rules."""

    phrases: dict[str, tuple[Phrase, ...]]
    """First word → the phrases that begin with it, longest first."""
    decisions: dict[str, tuple[Rule, ...]]
    """Trigger label → its rules, in order."""


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon, read from the package on the first call.

    Raises
    ------
    ConfigError
        If a rule names a label or a sub-type that there is not.
    """
    tables = tomllib.loads(files("geomap.events.triggers").joinpath("lexicon.toml").read_text("utf-8"))
    labels = {*tables["words"], *tables["groups"], "name", "somewhere", "place_taken", "by_government"}
    decisions = {name: tuple(_rule(line, labels) for line in lines) for name, lines in tables["decisions"].items()}
    return Lexicon(phrases=_phrases(tables["words"], tables["groups"], tuple(decisions)), decisions=decisions)


def _phrases(lists: dict[str, str], groups: dict[str, str], triggers: tuple[str, ...]) -> dict[str, tuple[Phrase, ...]]:
    labels: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for label, text in lists.items():
        for entry in text.split():
            for form in _forms(entry):
                groups_of = (group for group, members in groups.items() if label in members.split())
                labels[tuple(form.split("_"))].update((label, *groups_of))
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for words in sorted(labels, key=lambda words: (-len(words), words)):
        kinds = tuple(kind for kind in triggers if kind in labels[words] and "block" not in labels[words])
        by_first[words[0]].append(Phrase(words=words, labels=frozenset(labels[words]), kinds=kinds))
    return {first: tuple(phrases) for first, phrases in by_first.items()}


def _forms(entry: str) -> tuple[str, ...]:
    """Return an entry, or the regular forms of one that ends with a plus sign."""
    if not entry.endswith("+"):
        return (entry,)
    stem = entry[:-1]
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem[:-1] + "ing"
    return stem, stem + ("es" if stem.endswith(("sh", "ch", "ss", "x")) else "s"), stem + "ed", stem + "ing"


def _rule(line: str, labels: set[str]) -> Rule:
    conditions, sub_type = line.rsplit("->", 1)
    parsed = tuple(_condition(part.strip(), labels) for part in conditions.split("&") if part.strip())
    if sub_type.strip() not in TYPE_OF and sub_type.strip() != NOTHING:
        raise ConfigError(f"lexicon.toml: there is no sub-type {sub_type.strip()!r} (in {line!r})")
    return Rule(conditions=parsed, sub_type=sub_type.strip())


def _condition(text: str, labels: set[str]) -> Condition:
    """Read "!>a|b": the marks before the first label hold for every one that has none of its own."""
    wanted = not text.startswith("!")
    scope: Scope = "clause"
    asks = []
    for part in text.removeprefix("!").split("|"):
        scope = _SCOPES.get(part[:1], scope)
        label = part.lstrip("".join(_SCOPES))
        if label not in labels:
            raise ConfigError(f"lexicon.toml: there is no list of words {label!r} (in {text!r})")
        asks.append((scope, label))
    return Condition(asks=tuple(asks), wanted=wanted)
