"""The verbs of saying, and where a report is written or somebody speaks.

A place of either says nothing of where what is told happened.
"""

import re

from geomap.language.lines import is_in_dateline
from geomap.language.word_lists import one_of
from geomap.types import Mention

SAYING = frozenset(
    {"acknowledge", "add", "admit", "allege", "announce", "argue", "assert", "claim", "comment", "conclude", "concede"}
    | {"confirm", "contend", "declare", "disclose", "emphasize", "estimate", "explain", "insist", "maintain", "mention"}
    | {"note", "post", "recall", "recount", "remark", "report", "reveal", "say", "state", "stress", "testify", "tell"}
    | {"tweet", "warn", "write"}
)
"""Verbs with which somebody vouches for what happened, in their dictionary form; not those that show, suggest, order or
ask."""

SPEAKING = SAYING | {"accord", "accuse", "blame", "quote", "speak"}
"""The same, and those that show that somebody speaks or is cited and vouch for nothing by themselves."""

_PAST = {"admit": "admitted", "say": "said", "speak": "spoke", "tell": "told", "testify": "testified", "write": "wrote"}
"""The past forms that are not regular."""


def _past(verb: str) -> str:
    return _PAST.get(verb, verb.removesuffix("e") + "ed")


def _third(verb: str) -> str:
    return verb[:-1] + "ies" if verb.endswith("fy") else verb + ("es" if verb.endswith("ss") else "s")


def _gerund(verb: str) -> str:
    return ("admitt" if verb == "admit" else verb.removesuffix("e")) + "ing"


SAYS = frozenset(form for verb in SPEAKING - {"accord"} for form in (_past(verb), _third(verb)))
"""What follows who speaks: "said", "claims", some of them nouns elsewhere; "the Minsk accords" are no speech."""

SAID = frozenset(form for verb in SPEAKING for form in (_past(verb), _gerund(verb))) | {"say", "says", "tell", "tells"}
"""Forms that are never nouns, for where no tags are at hand."""

SAID_PATTERN = one_of(sorted(SAID))
"""A pattern of any of them."""

# Not in the passive: "shelling in Goma was reported" tells of Goma.
_SAID_AFTER = re.compile(rf"(?:\s+(?!(?:an?|are|be|been|is|the|was|were)\b)\w+){{0,2}}\s+{SAID_PATTERN}\b(?!\s+by\b)")
_SAID_BEFORE = re.compile(
    rf"\b(?:{SAID_PATTERN}|reporters|officials?|ministry|government|spokes\w+)\s+in\s+(?:the\s+)?$"
)


def is_where_one_speaks(text: str, mention: Mention) -> bool:
    """Whether a name is that of a dateline or of a speaker's city: "SUMY, Ukraine —", "officials in Niamey said"."""
    if is_in_dateline(text, mention.start, mention.end):
        return True
    before = text[max(0, mention.start - 40) : mention.start]
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(text, mention.end))
