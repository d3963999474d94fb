"""What the gazetteer and the words around say of a place that a model found: its whole name, and how it is used."""

import re
from collections.abc import Iterator, Sequence

from geomap.language.lines import CLOCK, DAY, dateline_end, words_start
from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.facilities import role_in_facility, stands_elsewhere
from geomap.recognizers.roles import role_of
from geomap.recognizers.spans import HALF_BELIEVED
from geomap.recognizers.under_attack import is_attacked
from geomap.recognizers.word_sets import load_words
from geomap.types import Gazetteer, GazetteerEntry, Role, Span

_LEVEL_AFTER = re.compile(r"\s+(\w+)")
# Of all place prepositions those that no government takes: "against France" is a team or a state.
_NAME = r"[A-Z][\w’'-]*(?:[ -](?:[A-Z]|al-|a[dlnrstz]|de|du|e[dlnstz]|la)[\w’'-]*){0,3}"
_PUT_IN_PLACE = re.compile(
    rf"""
    (?<![^\W_]) (?i: across | along | around | in | inside | into | near | nearby | outside | throughout | within )
    \s+ (?:the\s+)? (?:{_NAME},\s+){{0,8}} (?:{_NAME},?\s+ (?: and | or ) \s+)? $
    """,
    re.VERBOSE,
)
_REACH = 200
SURE_OF_ROLE = 0.9
"""Certainty of role from which on a town is taken for more than a place: on relocar's held-back split not-literal F1 is
.903 at .7 and .901 here; on the sentences of ``tests/accuracy`` .951 and .957 of the roles are right."""

SURE = 0.8
"""Score from which on the model is believed against a given name or the gazetteer's demonym: lower costs recall on
TR-News dev, higher misses persons."""

EVEN = 0.5
"""Score from which on the model holds a name for a place rather than for none."""

_CAPITAL_BEFORE = re.compile(r"(?<![^\W_])[A-Z][^\W_]*[.’']?[ -]$")
# "Guards of Afghanistan and Pakistan exchanged fire."
_OF_ACTORS = re.compile(
    r"""
    \b (?i:
        army | armies | forces | guards | jets | leaders | militaries | military | navy | officials | police
        | presidents? | soldiers | troops
    ) [ ]of[ ] (?:the[ ])? (?:[A-Z][\w’'-]*[ ] (?: and | or ) [ ])? $
    """,
    re.VERBOSE,
)
_DAY_OR_TIME = re.compile(rf"(?:(?:{CLOCK}|{DAY}),?\s+)?")
_LABEL_AFTER = re.compile(r"(?:\s+\([^()\n]{1,60}\))?[.:](?=\s)")
_SEATS = ("PCL", "PPLC", "CONT", "RGN")


def vouched(text: str, found: Sequence[FoundPlace], gazetteer: Gazetteer) -> Iterator[FoundPlace]:
    """Yield the places, of the weak ones only those that something else vouches for.

    The document does where it names the same place elsewhere beyond doubt, the gazetteer where it has a town or unit of
    several words under that name, or under any where it labels a line ("Timbuktu. Two soldiers died": in the
    marked reports all 16 such are places). A weak place must stand alone: behind another capitalised word it may be a
    surname. (On dev: recall by overlap .944 to .950 on LGL, F1 unchanged.)
    """
    sure = {text[place.start : place.end] for place in found if place.score >= SURE and not place.is_demonym}
    for place in found:
        name = text[place.start : place.end]
        if place.score >= EVEN or (
            _stands_alone(text, place)
            and (
                name in sure
                or (place.score >= HALF_BELIEVED and " " in name and _is_own_name(name, gazetteer))
                or (_is_label(text, place) and _is_own_name(name, gazetteer))
            )
        ):
            yield place


def _is_own_name(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a town or unit has a name as its own."""
    known = gazetteer.candidates(name)
    return any(one.name_kind == "primary" and one.entry.feature_class in ("P", "A") for one in known)


def _is_label(text: str, place: FoundPlace) -> bool:
    """Whether a name opens a line, behind a sign, a day or a time at most, and a stop follows: "• 5 August, Ndimo."."""
    words = words_start(text, text.rfind("\n", 0, place.start) + 1)
    return bool(_DAY_OR_TIME.fullmatch(text, words, place.start) and _LABEL_AFTER.match(text, place.end))


def _stands_alone(text: str, place: FoundPlace) -> bool:
    before = text[max(0, place.start - 20) : place.start]
    return not _CAPITAL_BEFORE.search(before)


def is_demonym(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the most populous entry of a name is named by its demonym: "Gazan", "Texan"."""
    known = gazetteer.candidates(name)
    return bool(known) and max(known, key=lambda c: c.entry.population).name_kind == "demonym"


def is_prominent(entries: Sequence[GazetteerEntry]) -> bool:
    """Whether a name is that of a country, unit or city, so that a sentence may well open with it."""
    return any(entry.feature_class == "A" or entry.population >= 50_000 for entry in entries)


def opens_sentence(text: str, start: int, sentence_start: int) -> bool:
    """Whether a word stands first in its sentence or after a dateline, where any word has a capital."""
    return dateline_end(text, (sentence_start, len(text))) == start or not text[sentence_start:start].rstrip(" \"“'‘«")


def settled_role(
    text: str, span: Span, sentence: Span, place: FoundPlace, entries: Sequence[GazetteerEntry], gazetteer: Gazetteer
) -> Role:
    """Return the role of a mention from what a model learnt and what the words around it show.

    Governments act, towns seldom do: of a town the model must be sure. What is attacked is ground. "The Kursk
    region" is a place whatever it says.

    Parameters
    ----------
    text, span, sentence
        The document's text, and the offsets of the mention and of its sentence.
    place
        What the model found: its role, and how sure it is of it.
    entries
        The gazetteer's entries of the name.
    gazetteer
        Asked where else a facility may stand.
    """
    before, after = text[sentence[0] : span[0]], text[span[1] : sentence[1]]
    if stands_elsewhere(after, entries, gazetteer):
        return "embedded"
    shown = role_of(text, span, sentence)
    if shown in ("embedded", "modifier"):
        return shown
    level = _LEVEL_AFTER.match(text, span[1])
    if (level and level.group(1) in load_words().levels) or role_in_facility(before, after) == "literal":
        return "literal"
    if place.role == "embedded":
        return "embedded"
    if is_attacked(before, after):
        return "literal"
    if _OF_ACTORS.search(before) and any(entry.feature_code.startswith("PCL") for entry in entries):
        return "modifier"
    governs = any(entry.feature_code.startswith(_SEATS) or entry.feature_class == "S" for entry in entries)
    if not governs and place.role_score < SURE_OF_ROLE:
        return "literal"
    return shown if shown == "metonymic" or _is_put_in_place(text, span, sentence) else place.role


def _is_put_in_place(text: str, span: Span, sentence: Span) -> bool:
    """Whether "in", "near" or the like stands before the mention or before the list that it stands in."""
    found = _PUT_IN_PLACE.search(text, max(sentence[0], span[0] - _REACH), span[0])
    return found is not None
