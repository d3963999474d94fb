"""Whether what a model found is the name of a place: what vouches for a weak one, and what only looks like one.

A weak place needs the document or the gazetteer to vouch for it. Persons, ships, weapons, peoples, diseases and armies
in initials are none.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from geomap.language.lines import CLOCK, DAY, dateline_end, words_start
from geomap.language.saying import SAID_PATTERN
from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.spans import HALF_BELIEVED
from geomap.recognizers.word_sets import load_words
from geomap.types import Candidate, Gazetteer, GazetteerEntry, Span

SURE = 0.8
"""Score from which on the model is believed against a given name or the gazetteer's demonym: lower costs recall on
TR-News dev, higher misses persons."""

EVEN = 0.5
"""Score from which on the model holds a name for a place rather than for none."""

_CAPITAL_BEFORE = re.compile(r"(?<![^\W_])[A-Z][^\W_]*[.’']?[ -]$")
_DAY_OR_TIME = re.compile(rf"(?:(?:{CLOCK}|{DAY}),?\s+)?")
_LINE = re.compile(r"^.", re.MULTILINE)
_LABEL = re.compile(r"[A-Z][\w’'-]*(?: (?:[A-Z]|al-|a[dlnrstz]|de|du|e[dlnstz]|la)[\w’'-]*){0,3}")
_LABEL_AFTER = re.compile(r"(?:\s+\([^()\n]{1,60}\))?[.:](?=\s)")
LABELLED = 0.9
"""How sure a name is a place that labels a line, is the gazetteer's, and no everyday word: of 68 in the marked reports
and 7,000 other texts two were none."""
_WORD_BEFORE = re.compile(r"([^\W_]+\.?) $")
_NAME_AFTER = re.compile(r" ([A-Z][a-z]+)\b")
_PERSON_ACTS = re.compile(rf",? (?:who|whose|has|had|{SAID_PATTERN}|named|that the)\b|, an? \w+")
_FORMS_OF_ADDRESS = frozenset({"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Sir", "Lady"})
_OF_DISEASES = re.compile(r" (?:[a-z]+ )?(?:disease|encephalitis|fever|flu|virus)\b")
_COMPASS = frozenset({"North", "South", "East", "West"})
_WITH_COMPASS = re.compile(rf" [A-Z]\w+(?:{_OF_DISEASES.pattern})")  # "West" of "West Nile virus"
_OF_WEAPONS = re.compile(
    r"""
    (?:-class)? [ ] (?:
        (?: anti-\w+ | assault | attack | ballistic | battle | combat | cruise | hypersonic | kamikaze | main ) [ -]
    ){0,3} (?:
        drones? | guns? | howitzers? | jets? | launchers? | missiles? | rifles? | rockets? | tanks? | torpedo (?:es)?
        | warheads?
    ) \b
    """,
    re.VERBOSE,
)
_STATES = ("PCL", "PPLC")
_OF_TRIBES = re.compile(r" (?:and [A-Z]\w+ )?(?:clans|communities|herders|herdsmen|pastoralists|tribes?|tribesmen)\b")
_OF_PEOPLES = re.compile(
    r" (?:and [A-Z]\w+ )?(?:clan|clerics?|community|ethnic|majority|militia(?:s|men)?|minority|movement)\b"
)
_FULL_NAME = re.compile(r"(?<![^\W_])([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][\w’'-]*[a-z])(?! [A-Z]|[^\W_])")
_WITH_PERSONS = frozenset(
    {"against", "around", "from", "off", "over", "through", "to", "toward", "towards", "via", "beyond"}
)
_STATE_FOLLOWS = re.compile(r", [A-Z]")
_LONE = re.compile(r"[.,;:)]|$| (?:and|or|was|were|is|at|in|on|near|with|from|to|by|east|west|north|south)\b")
_GOES_ON = re.compile(r"[^\W\d_A-Z] ")  # what no sentence begins behind
_ARTICLE = re.compile(r"\b(an?|the) $", re.IGNORECASE)
_DEFINED = re.compile(r"\(([A-Z][A-Za-z]{0,2}[A-Z]{1,5})\)")
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = frozenset({"of", "the", "and", "for", "in", "de", "des", "du", "la", "to", "on"})
_LONGEST_PHRASE = 120


def vouched(text: str, found: Sequence[FoundPlace], gazetteer: Gazetteer) -> Iterator[FoundPlace]:
    """Yield the places, of the weak ones only those that something else vouches for.

    The document does where it names the same place elsewhere beyond doubt, the gazetteer where it has a town or unit of
    several words under that name. A weak place must stand alone: behind another capitalised word it may be a
    surname. (On dev: recall by overlap .944 to .950 on LGL, F1 unchanged.)
    """
    sure = {text[place.start : place.end] for place in found if place.score >= SURE and not place.is_demonym}
    for place in found:
        name = text[place.start : place.end]
        if place.score >= EVEN or (
            _stands_alone(text, place)
            and (name in sure or (place.score >= HALF_BELIEVED and " " in name and _is_own_name(name, gazetteer)))
        ):
            yield place


def _is_own_name(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a town or unit has a name as its own."""
    known = gazetteer.candidates(name)
    return any(one.name_kind == "primary" and one.entry.feature_class in ("P", "A") for one in known)


def with_labels(
    text: str, found: Sequence[FoundPlace], gazetteer: Gazetteer, *, is_plain: Callable[[str], bool]
) -> list[FoundPlace]:
    """Return the places and the names that label a line: "• 5 August, Ndimo.", "Basivka (Sumy region).", "Sopore:".

    Such a name opens its line, behind a sign, a day or a time at most, and the gazetteer has a town or unit of that
    name. Before a stop it is a place however weak, but for everyday words, which ``is_plain`` knows ("Outlook.").
    Before a colon, where speakers stand as well, the model must half see it.
    """
    labels = [_label(text, line.start()) for line in _LINE.finditer(text)]
    spans = [(place.start, place.end) for place in found]
    named: list[Span] = []
    for span, by_colon in filter(None, labels):
        name = text[slice(*span)]
        if (_meets(spans, span) or not (by_colon or is_plain(name))) and _is_own_name(name, gazetteer):
            named.append(span)
    kept = [place for place, span in zip(found, spans, strict=True) if place.score >= EVEN or not _meets(named, span)]
    taken = [(place.start, place.end) for place in kept]
    new = [span for span in named if not _meets(taken, span)]
    added = [FoundPlace(*one, is_demonym=False, role="literal", score=LABELLED, role_score=1.0) for one in new]
    return sorted([*kept, *added], key=lambda place: place.start)


def _label(text: str, line: int) -> tuple[Span, bool] | None:
    """Return the name that a line opens with alone, and whether a colon follows."""
    opening = _DAY_OR_TIME.match(text, words_start(text, line))
    name = _LABEL.match(text, opening.end() if opening else line)
    stop = _LABEL_AFTER.match(text, name.end()) if name else None
    return (name.span(), stop[0].endswith(":")) if name and stop else None


def _meets(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of others, which are in text order and apart."""
    at = bisect_right(spans, span[0], key=itemgetter(1))
    return at < len(spans) and spans[at][0] < span[1]


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


def defined_initials(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the initials that a text defines for what is no place: "SNA" after "Syrian National Army (SNA)".

    Parameters
    ----------
    text
        A document's text.
    gazetteer
        Initials of a name that it has, such as the Central African Republic, are a place.
    """
    found = set()
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - _LONGEST_PHRASE) : match.start()]
        phrase = _phrase_of(before.rsplit("\n", 1)[-1], match.group(1))
        if phrase and not gazetteer.lookup(phrase):
            found.add(match.group(1))
    return frozenset(found)


def _phrase_of(before: str, initials: str) -> str:
    """Return the words at the end of a text whose initials these are; empty where there are none."""
    wanted = list(initials.upper())
    for word in reversed(list(_CAPITALISED.finditer(before))):
        if word[0][0].upper() == wanted[-1] and word[0] not in _SMALL:
            wanted.pop()
        elif word[0] not in _SMALL:
            return ""
        if not wanted:
            return before[word.start() :].strip()
    return ""


def surnames(text: str) -> frozenset[str]:
    """Return the words of a text that follow a given name as a surname does: "Medina" of "Juan Medina"."""
    given = load_words().given_names
    return frozenset(last for first, last in _FULL_NAME.findall(text) if first.lower() in given)


def is_surname(text: str, span: Span, candidates: Sequence[Candidate]) -> bool:
    """Whether a name that is a surname elsewhere in its text stands for the person here too.

    It does unless it follows a preposition of places, or a country or its capital is so called.
    """
    if any(one.entry.feature_code.startswith(_STATES) for one in candidates):
        return False
    before = _WORD_BEFORE.search(text, max(0, span[0] - 30), span[0])
    placed = before is not None and before.group(1).lower() in load_words().place_prepositions - _WITH_PERSONS
    return not placed and not _STATE_FOLLOWS.match(text, span[1])


def is_other_thing(text: str, span: Span, candidates: Sequence[Candidate]) -> bool:
    """Whether the words beside a name show a disease, a weapon, a people or an army in initials.

    "West Nile virus" is none whatever else bears the name; "Bulava missiles", "the Houthis", "a Merkava east of" and
    "the SNA" are none unless the name is that of a country or a city.

    Parameters
    ----------
    text, span
        The document's text and the offsets of the name.
    candidates
        What the gazetteer has under the name.
    """
    name = text[span[0] : span[1]]
    if _OF_DISEASES.match(text, span[1]) or (name in _COMPASS and _WITH_COMPASS.match(text, span[1])):
        return True
    if _OF_WEAPONS.match(text, span[1]) and not any(one.entry.feature_code.startswith(_STATES) for one in candidates):
        return True
    if is_prominent([one.entry for one in candidates if one.name_kind in ("primary", "abbreviation")]):
        return False
    if _OF_TRIBES.match(text, span[1]) or (_OF_PEOPLES.match(text, span[1]) and not candidates):
        return True
    article = _ARTICLE.search(text, max(0, span[0] - 5), span[0])
    if article is None or (article[1][0].isupper() and _GOES_ON.match(text, max(0, article.start() - 2))):
        return False  # "in An Nuseirat"
    if article.group(1).lower() == "the":
        initials = name.isupper() and len(name) <= 5
        return initials or (not candidates and name.endswith("s") and " " not in name)
    return _LONE.match(text, span[1]) is not None


def is_no_place(text: str, span: Span, *, score: float) -> bool:
    """Whether the words beside a name show a person or a ship: "Mrs. Holland", "Israel Katz", "the cruiser Moskva".

    Parameters
    ----------
    text, span
        The document's text and the offsets of the name.
    score
        How sure the model is of a place; a given name before a surname counts for less than a model that is sure.
    """
    lists = load_words()
    before = _WORD_BEFORE.search(text, max(0, span[0] - 30), span[0])
    lead = before.group(1) if before else ""
    name = text[span[0] : span[1]].lower()
    if name.replace(".", "") in lists.never or lead.lower() in lists.vessels or lead in _FORMS_OF_ADDRESS:
        return True
    following = _NAME_AFTER.match(text, span[1])
    if score >= SURE and not (following and _PERSON_ACTS.match(text, following.end())):
        return False
    after = following.group(1).lower() if following else ""
    given = name in lists.given_places | lists.given_names
    surname = bool(after) and after not in lists.organisations | lists.levels | lists.agents | lists.titles
    return (given and surname) or (lead[:1].isupper() and lead.lower() in lists.given_names)
