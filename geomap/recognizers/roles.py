"""How a mention is used: by the words around it (`role_of`), and by these with what a model learnt (`settled_role`).

The four roles follow Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing evaluation" (2020).
"""

import re
from collections.abc import Sequence, Set

from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.facilities import role_in_facility, stands_elsewhere
from geomap.recognizers.under_attack import is_attacked
from geomap.recognizers.word_sets import Words, load_words
from geomap.types import Gazetteer, GazetteerEntry, Role, Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'ʼ][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?=\s)", re.IGNORECASE)
_COMPOUND = re.compile(
    r"[-–](?:aligned|appointed|backed|based|born|brokered|controlled|installed|led|made|run|supplied)\b"
)
# What is done by, with or against a government: "rejected by Kyiv", "a deal with Washington", "pressure on Moscow".
_OBJECT = re.compile(
    r"""
      (?: ed | seen | held | run | made | taken | begun | drawn ) [ ]by[ ] (?:the[ ])? $
    | (?:
          agreement | ceasefire | deal | leverage | negotiations | pressure | relations | sanctions | talks | ties
          | treaty | truce | war
      ) [ ] (?: against | between | on | over | with ) [ ] (?:the[ ])? $
    | (?: agreement | border[ ]dispute | deal | relations | talks | ties | truce | war ) [ ]between[ ] (?:the[ ])?
      [\w.]+[ ]and[ ] (?:the[ ])? $
    | \b (?:
          accus | allow | ask | blam | call (?: ed | ing | s )? [ ]on | compel | deny | denied | forc | giv | gave
          | invit | offer | order | press | prompt | tell | told | thank | urg | warn
      ) (?: ing | ed | es | s | e )? [ ] (?:the[ ])? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PEOPLES_REPUBLIC = re.compile(r"\s+People[’']?s[’']?\s+Republic\b")
# Newspapers and stations with a place at the end of their names: "the daily El Liberal de Popayán", "Radio Dabanga".
_OUTLET = re.compile(
    r"""
    (?:
          \b (?: broadcaster | daily | magazine | newspaper | outlet | station | tabloid | website | weekly ) \s+
          (?:[A-Z]\w*\s+){1,3} (?: d[aeiu] | del | des | of | von ) \s+
        | \b (?: Radio | Televisi[oó]n | TV ) \s+
    ) $
    """,
    re.VERBOSE,
)
# The word before a name, compass words passed over: "in eastern and southern Africa".
_LEAD = re.compile(
    r"([\w’']+)\s+(?:the\s+)?(?:(?:north|south|east|west|central|upper|lower)\w*\s+(?:and\s+)?)*$", re.IGNORECASE
)
_REACH = 400
"""Characters looked at on each side of a mention: more than any rule needs, and a bound for endless sentences."""

_LEVEL_AFTER = re.compile(r"\s+(\w+)")
_NAME = r"[A-Z][\w’'-]*(?:[ -](?:[A-Z]|al-|a[dlnrstz]|de|du|e[dlnstz]|la)[\w’'-]*){0,3}"
# "In", "near" or the like before a name or the list that it stands in: of all place prepositions those that no
# government takes, for "against France" is a team or a state.
_PUT_IN_PLACE = re.compile(
    rf"""
    (?<![^\W_]) (?i: across | along | around | in | inside | into | near | nearby | outside | throughout | within )
    \s+ (?:the\s+)? (?:{_NAME},\s+){{0,8}} (?:{_NAME},?\s+ (?: and | or ) \s+)? $
    """,
    re.VERBOSE,
)
_LIST_REACH = 200
"""Characters before a mention in which such a preposition may stand, with the list between."""

SURE_OF_ROLE = 0.9
"""Certainty of role from which on a town is taken for more than a place: on relocar's held-back split not-literal F1 is
.903 at .7 and .901 here; on the sentences of ``tests/accuracy`` .951 and .957 of the roles are right."""

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
_SEATS = ("PCL", "PPLC", "CONT", "RGN")


def role_of(text: str, span: Span, sentence: Span) -> Role:
    """Return how the mention at ``span`` is used in its sentence.

    Parameters
    ----------
    text
        The document's text.
    span
        Offsets of the mention.
    sentence
        Offsets of its sentence.

    Returns
    -------
        ``literal`` unless a rule says otherwise.
    """
    words = load_words()
    before = text[max(sentence[0], span[0] - _REACH) : span[0]]
    after = text[span[1] : min(sentence[1], span[1] + _REACH)]
    in_facility = role_in_facility(before, after)
    if in_facility or _is_embedded(before, after, words):
        return in_facility or "embedded"
    possessive = _POSSESSIVE.match(after)
    rest = after[possessive.end() :] if possessive else after
    if (
        _COMPOUND.match(rest)
        or _follows(rest, words.agents, words)
        or (possessive and _names_organisation(rest, words))
    ):
        return "modifier"
    if is_attacked(before, after):
        return "literal"
    if _OBJECT.search(before):
        return "metonymic"
    lead = _LEAD.search(before)
    preposition = lead.group(1).lower() if lead else ""
    if (
        possessive
        or preposition in words.place_prepositions
        or preposition == "of"
        or preposition.endswith(("'s", "’s"))
    ):
        return "literal"
    return "metonymic" if _acts(after, words) else "literal"


def _next_words(text: str, count: int) -> list[str]:
    """Return the first words of ``text`` that follow each other with single spaces or hyphens only."""
    found: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        if text[position : match.start()] not in (" ", "-", "–", "\u00a0") or len(found) == count:
            break
        found.append(match.group())
        position = match.end()
    return found


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word).lower()


def _is_embedded(before: str, after: str, words: Words) -> bool:
    """Whether the mention is part of another name: "Moscow Times", "Bank of England", "the Jalisco cartel"."""
    if _names_organisation(after, words) or _follows(after, words.groups, words):
        return True
    if _PEOPLES_REPUBLIC.match(after) or _OUTLET.search(before):
        return True
    head = before.split()[-3:]
    if head and head[-1].lower() == "the":
        head.pop()
    return len(head) >= 2 and head[-1] == "of" and head[-2][:1].isupper() and head[-2].lower() in words.organisations_of


def _follows(after: str, nouns: Set[str], words: Words) -> bool:
    """Whether one of some nouns follows, adjectives passed over: "marine brigade", "top military court"."""
    for word in _next_words(after, 4):
        if _bare(word) in nouns:
            return True
        if _bare(word) not in words.adjectives:
            return False
    return False


def _names_organisation(after: str, words: Words) -> bool:
    """Whether capitalised words with an organisation noun among them follow."""
    for word in _next_words(after, 4):
        if not word[0].isupper():
            return False
        if _bare(word) in words.organisations:
            return True
    return False


def _acts(after: str, words: Words) -> bool:
    """Whether a verb of a government follows; auxiliaries, adverbs and "and Kyiv" are passed over."""
    following = _next_words(after, 6)
    if len(following) > 2 and following[0] == "and" and following[1][0].isupper():
        following = following[2:]
    following = [word.lower() for word in following]
    verb = next((word for word in following if word not in words.auxiliaries), "")
    if verb == "to" and len(following) > 1:  # a headline: "Kyiv and Moscow to sign"
        return bool({following[1] + "s", following[1] + "es"} & words.acts)
    if verb in ("was", "were", "is"):
        return len(following) > 1 and following[1].endswith("ing")
    if verb == "been":
        return any(word.endswith("ing") for word in following[following.index("been") + 1 :][:2])
    return verb in words.acts


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
    if shown == "metonymic" or _PUT_IN_PLACE.search(text, max(sentence[0], span[0] - _LIST_REACH), span[0]):
        return shown
    return place.role
