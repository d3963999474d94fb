"""How a mention is used: rules over the words around it.

The four roles follow Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing evaluation" (2020).
"""

import re
from collections.abc import Set

from geomap.recognizers.facilities import role_in_facility
from geomap.recognizers.under_attack import is_attacked
from geomap.recognizers.word_sets import Words, load_words
from geomap.types import Role, Span

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
