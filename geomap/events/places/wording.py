"""The words around a sentence's mentions: what leads to them, what they hang on, what they are part of.

Each function yields names of features. The word lists were written for the project by reading news reports.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geomap.language.word_lists import POINT, SETTLEMENT_OR_MORE, UNIT_OR_MORE
from geomap.types import Resolution, Span

_KIND = (
    rf"{SETTLEMENT_OR_MORE}|{UNIT_OR_MORE}|area|base|camp|capital|cent(?:re|er)|countryside|edge|heart|hub|island|outskirts|"
    "port|quarter|stronghold"
)
_COMPASS = rf"(?:{POINT}[\w-]*|central|downtown|upper|lower|rural|coastal)"
# Words between a preposition and the name: "in [the Iraqi city of] X", "in [eastern] X", "in [Syria's] X".
_PASSED = re.compile(
    rf"""
    (?:
          (?:\b (?: the | a | an | its | their | nearby | neighbou?ring ) \s+)? (?:[\w’'-]+\s+){{0,4}} (?:{_KIND})
          (?: \s+of | , )? \s+ (?:the\s+)?
        | \b (?: the | nearby | neighbou?ring | all[ ]of | parts[ ]of ) \s+
        | \b{_COMPASS}\s+ (?:and\s+{_COMPASS}\s+)?
    ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LAST_WORD = re.compile(r"([\w’']+)\s+$")
_NAME = re.compile(r" [A-Z][a-z]")
_LIST = re.compile(r"\s*(?:,\s*(?:and|or)?|and|or|/|&|as well as)\s*(?:(?:in|at|near)\s+)?(?:the\s+)?", re.IGNORECASE)
_PREPOSITIONS = re.compile(
    r"""
    about | above | across | against | along | around | at | behind | beside | between | beyond | by | for | from
    | in | inside | into | near | of | off | on | onto | outside | over | past | through | throughout | to | toward
    | towards | under | upon | via | with | within
    """,
    re.VERBOSE,
)
_AGENT = re.compile(
    r"""
    (?:
        official | authorit | spokes | polic | hospital | ministr | minister | doctor | medic | resident | witness
        | activist | command | source | correspondent | reporter | embassy | office | court | judge | base[ds]?$
        | born$ | living | lives | lived | refugee | immigrant | native | conference | interview | talks | summit
        | meeting | statement | leader | student | troops | forces | trial | jail | prison | government
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MOVES = re.compile(
    r"""
    (?:
        advanc | arriv | cross | deploy | driv | drove | enter | flee | fled | flew | fly | head | launch | fire
        | march | mov | push | reach | return | ship | travel | transfer | withdr | retreat | sent | send | evacuat
        | deport
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOUN_TRIGGER = re.compile(
    r"""
    (?:
        attack | assault | strike | raid | siege | capture | bombardment | bombing | shelling | fire | offensive
        | seizure | takeover | massacre | destruction | liberation | invasion | ambush | fall | killing | storming
        | recapture | occupation
    ) s?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "the Beirut [southern suburb of] X", "the Iraqi [capital,] X".
_NAMES_NEXT = re.compile(rf"(?:[’']s)?\s+(?:[\w-]+\s+){{0,3}}(?:{_KIND})(?:\s+of|,)?\s+", re.IGNORECASE)
_JOINING = r"(?:and|but|while|when|where|as|after|before|because|whereas|until)\b"
# "X [in] Y", "X[, ]Y", "X [in the southern province of] Y".
_NEXT = re.compile(
    rf"\s*(?P<word>,|in|near|of|from|outside|on)\s+(?:the\s+)?(?:(?!{_JOINING})[\w’'-]+\s+){{0,3}}?"
    rf"(?:(?:{_KIND})\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A trigger and what stands near it."""

    text: str
    """The document's text."""
    trigger: Span
    """Offsets of the words that say what happened."""
    left: int
    """Where the text that is looked at begins."""
    right: int
    """Where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What leads to a mention."""

    word: str
    """The word or mark before it, articles, kinds and compass words passed over; empty at the start."""
    start: int
    """Document offset where it begins."""
    listed: bool = False
    """Whether it leads to an earlier mention that this one is listed with: "in X and Y"."""

    @property
    def kind(self) -> str:
        """The word if it is a preposition, else "," or "possessive", "start", "name" (a capital) or "other"."""
        if _PREPOSITIONS.fullmatch(self.word.lower()):
            return self.word.lower()
        if self.word in ("", ","):
            return self.word or "start"
        if self.word.endswith(("'s", "’s", "s'", "s’")):
            return "possessive"
        return "name" if self.word[0].isupper() else "other"


def leads_of(around: Around, resolutions: Sequence[Resolution]) -> list[Lead]:
    """Return what leads to each mention; the mentions are in text order."""
    found: list[Lead] = []
    end = -1
    for resolution in resolutions:
        start = resolution.mention.start
        if found and end <= start and _LIST.fullmatch(around.text, end, start):
            found.append(replace(found[-1], listed=True))
        else:
            found.append(_lead(around, start))
        end = resolution.mention.end
    return found


def _lead(around: Around, start: int) -> Lead:
    left = max(around.left, start - 100)
    before = _without_passed(around.text[left:start])
    if not before.strip():
        return Lead(word="", start=left)
    word = _LAST_WORD.search(before)
    if word is None:
        return Lead(word=before.rstrip()[-1:], start=left + len(before.rstrip()) - 1)
    return Lead(word=word.group(1), start=left + word.start())


def _without_passed(words: str) -> str:
    """Return the words before a mention without those that belong to its name."""
    for _ in range(4):
        passed = _PASSED.search(words)
        if passed is None:
            break
        words = words[: passed.start()]
    return words


def wording_of(around: Around, resolution: Resolution, lead: Lead) -> Iterator[str]:
    """Name what the words before and after a mention are."""
    mention, kind = resolution.mention, lead.kind
    side = "after" if mention.start >= around.trigger[1] else "before"
    yield f"{side} {kind}"
    yield f"lead {kind}"
    if mention.relation:
        yield "moved"
    if lead.listed:
        yield "listed"
    if around.text[mention.end : mention.end + 2] in ("'s", "’s"):
        yield "owner"
    if _NAME.match(around.text, mention.end, around.right):
        yield "before a name"
    if lead.word == "(":
        yield "in brackets"
    if kind not in ("other", "name", "start", ",", "possessive"):
        yield from _governed(around, lead)
    if _touches(around, mention.start, mention.end):
        yield "touches"


def _governed(around: Around, lead: Lead) -> Iterator[str]:
    """Say on what the preposition seems to hang: the trigger itself, or people and talks ("officials in")."""
    left = max(around.left, lead.start - 40)
    previous = _LAST_WORD.search(around.text[left : lead.start])
    if previous is None:
        return
    start, end = left + previous.start(1), left + previous.end(1)
    if start < around.trigger[1] and around.trigger[0] < end:
        yield "hangs on trigger"
        yield f"trigger {lead.kind}"
        if _MOVES.match(around.text[around.trigger[0] : around.trigger[1]]):
            yield f"moves {lead.kind}"
    elif _AGENT.match(previous.group(1)):
        yield "of agent"
        yield f"of agent {lead.kind}"


def chain_of(around: Around, resolutions: Sequence[Resolution], index: int) -> Iterator[str]:
    """Say how a mention hangs on its neighbours: "X in Y", "X, Y", "the X suburb of Y"."""
    mention = resolutions[index].mention
    for step, place in ((1, "next"), (-1, "last")):
        if not 0 <= index + step < len(resolutions):
            continue
        other = resolutions[index + step].mention
        left, right = min(mention.end, other.end), max(mention.start, other.start)
        if not left <= right <= left + 60:
            continue
        if _NAMES_NEXT.fullmatch(around.text, left, right):
            yield f"kind then {place}"
        joined = _NEXT.fullmatch(around.text, left, right)
        if joined:
            yield f"{joined.group('word').lower()} {place}"


def _touches(around: Around, start: int, end: int) -> bool:
    """Whether a mention is what the trigger is done to: "shelled X", "the shelling of X", "X was shelled"."""
    first, last = around.trigger
    if start >= last:
        gap = around.text[last:start]
        if len(gap) > 100:
            return False
        gap = _without_passed(gap)
        noun = _NOUN_TRIGGER.search(around.text[first:last])
        return not gap.strip() or (noun is not None and gap.strip().lower() in ("of", "on", "against"))
    gap = around.text[end:first] if first - end < 40 else "?"
    return re.fullmatch(r"\s+(?:(?:was|were|has been|had been|is being|been|being|again)\s+){0,3}", gap) is not None
