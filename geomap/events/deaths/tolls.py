"""How many deaths a sentence says its event cost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from geomap.events.deaths.by_syntax import NOT_ON_THE_BODY, dead_in, people_joined
from geomap.events.deaths.numbers import (
    UNKNOWN,
    Toll,
    how_said,
    read_count,
    without_uncounted,
    words,
    written_words,
)
from geomap.events.deaths.victims import Victims, subject, victims_before, victims_from
from geomap.language.syntax import VERBS, subject_of
from geomap.language.word_classes import classes_of
from geomap.language.word_lists import WEEKDAYS, one_of
from geomap.types import Span

_LOST_LIVES = frozenset({"life", "lives"})
_NONE = re.compile(
    r"""
    \b (?:
          (?:
              no | without (?: [ ]causing | [ ]any | [ ]causing[ ]any )? | did[ ]not[ ]cause (?:[ ]any)? | caused[ ]no
          ) [ ] (?: casualties | deaths | loss (?:es)? (?:[ ]of[ ]life)? | fatalities | victims )
        | (?: no[ -]one | nobody | none ) (?:[ ]of[ ]\w+)? [ ]
          (?: was[ ] | were[ ] | has[ ]been[ ] | is[ ] | had[ ] )? (?:\w+ly[ ])?
          (?: killed | dead | died | harmed | hurt | injured )
        | (?: kill | hurt ) (?: s | ed | ing )? [ ] (?: no[ -]one | nobody )
        | (?: left | leaving ) [ ] (?: no[ -]one | nobody ) [ ]dead
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DEAD = frozenset({"dead", "killed", "deaths", "fatalities"})
_TAKING = frozenset({"claimed", "claiming", "took", "taking", "cost", "costing"})
_TOLL_VALUE = frozenset(
    {"to", "at", "of", "is", "are", "now", "was", "reached", "passed", "hit", "exceeded", "exceeds", ":"}
)
_LATELY = rf"{one_of(WEEKDAYS)} | yesterday | dawn | midnight | overnight"
_SO_FAR = re.compile(
    rf"""
    \b (?:
          since[ ] (?! {_LATELY} )
        | so[ ]far[ ] (?: this | in )
        | this[ ]year
        | (?: over | in | during ) [ ]the[ ] (?: past | last ) [ ] (?:\w+[ ])? (?: months? | years? | decades? )
        | (?: half | quarter | months ) [ ]of[ ] (?: the | this | last ) [ ]year
        | years?[ ]of[ ]war
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)

_SINCE_FIRST = re.compile(
    rf"""
    \W* (?: since | so[ ]far[ ]this | this[ ]year ) \b
    (?! [ ] (?: {_LATELY} | noon | (?: (?: early | late | this ) [ ] )? (?: morning | evening ) | \d ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A statement that opens with how long has been counted: "Since the coup 1,600 have been killed"."""


def tolls_in(sentence: str, tree: Doc) -> list[Toll]:
    """Return the numbers of deaths that a sentence says of what happened, by where they begin.

    As reported, not as judged: "at least 12" and "more than 12" are 12 ("at least"), "up to 20" is 1 to 20 ("up to"), a
    death toll counts as said. Wounded and missing people do not count, nor do those that are among others ("six,
    including two children"). Words without a number count as ACLED codes them; see `geomap.events.deaths.numbers`.
    "Nobody was hurt" is 0. What may come ("could kill"), the dead and wounded counted together, and the sum of a war
    ("41,000 since October") are none.

    The syntax tells the subject of a verb; where it does not, the words and signs before the verb do.
    """
    sentence = without_uncounted(sentence)
    tolls = list(_tolls(sentence, tree))
    joined = people_joined(sentence, tree) if tolls else []
    tolls = [_with_first(one, joined) for one in tolls]
    found = [one for one in tolls or dead_in(sentence, tree) if not _sums_up(sentence, one.span)]
    return sorted((replace(one, said=_said(sentence, one)) for one in found), key=lambda one: one.span)


def _said(sentence: str, toll: Toll) -> str:
    """Return how a toll is said: by the words around the first number of its phrase; "some": a plural without one."""
    found = written_words(sentence)
    first = next(n for n, word in enumerate(found) if word.end() > toll.span[0])
    last = sum(word.start() < toll.span[1] for word in found)
    tokens = [word[0].lower() for word in found]
    said = how_said(tokens, first, last)
    # "Ali, Omar and Hasan" are three, too.
    is_plural = toll.low == toll.high == UNKNOWN and {"and", ","}.isdisjoint(tokens[first:last])
    return "" if said == "some" and not is_plural else said


def _with_first(toll: Toll, lists: Sequence[Toll]) -> Toll:
    """Return a toll of one with those named before in the same list: "a man and his wife were shot"."""
    for one in lists if toll.low == toll.high == 1 else ():
        if toll.span[0] <= one.span[1] < toll.span[1]:
            return replace(one, span=(min(one.span[0], toll.span[0]), toll.span[1]))
    return toll


def _tolls(sentence: str, tree: Doc) -> Iterator[Toll]:
    for match in _NONE.finditer(sentence):
        yield Toll(low=0, high=0, span=match.span())
    found_words = written_words(sentence)
    written = [word[0] for word in found_words]
    tokens = [word.lower().replace("’", "'") for word in written]
    openings = _subjects(found_words, tree)
    for index in range(len(tokens)):
        found = _toll_at(tokens, written, index, openings)
        if found and found.high:
            first, last = min(index, found.start), max(index, found.end - 1)
            yield Toll(low=found.low, high=found.high, span=(found_words[first].start(), found_words[last].end()))


def _subjects(found_words: Sequence[re.Match[str]], tree: Doc) -> dict[int, int]:
    """Return where the subject of each verb begins, both as indexes of words."""
    index_at = {word.start(): index for index, word in enumerate(found_words)}
    found = {}
    for token in tree:
        subject_word = subject_of(token) if token.tag_ in VERBS or token.dep_ == "ROOT" else None
        if subject_word is not None and subject_word.tag_ == "WP" and token.dep_ == "acl:relcl":
            subject_word = token.head  # "shot an officer, who died"
        first = subject_word and _first_word(subject_word)
        if first is not None and token.idx in index_at and first.idx in index_at:
            found[index_at[token.idx]] = index_at[first.idx]
    return found


def _first_word(noun: Token) -> Token:
    """Return the first word of a noun's phrase, or its number, if other words stand before that: "north three men"."""
    number = next((child for child in noun.children if child.dep_ == "nummod" and child.i < noun.i), None)
    if number is None:
        return noun.left_edge
    before = noun.doc[noun.left_edge.i : number.left_edge.i]
    described = any(word.dep_ in ("amod", "advmod") and word.lower_ not in words("around") for word in before)
    return number.left_edge if described else noun.left_edge


def _subject(
    tokens: Sequence[str], written: Sequence[str], verb: int, head: int, openings: Mapping[int, int], *, plural: bool
) -> Victims | None:
    """Return the people that the subject of a verb names, by the syntax where it tells, else by the words before it."""
    opening = openings.get(head)
    while opening and tokens[opening - 1] in words("around"):
        opening -= 1
    if opening is not None and opening < verb:
        if tokens[opening] in ("no", "nobody", "none", "neither", "nothing"):
            return None
        found = victims_from(tokens, written, opening)
        if found:
            return found
    return subject(tokens, written, verb, plural=plural)


def _toll_at(tokens: Sequence[str], written: Sequence[str], index: int, openings: Mapping[int, int]) -> Victims | None:
    """Return whom the word at an index says to have died, or ``None``."""
    word = tokens[index]
    if word == "dead" and tokens[max(0, index - 2) : index] == ["dozens", "of"]:
        return victims_before(tokens, written, index - 1, noun=False)
    if word in ("dead", "killed") and tokens[max(0, index - 1)] in ("of", "feared", "number"):
        return None
    if word == "death" and tokens[max(0, index - 1)] == "to":
        return _to_death(tokens, written, index, openings)
    if word == "dead" and tokens[max(0, index - 1)] in ("the", "its", "their"):
        return _rising(tokens, index)  # "put the dead at 31", "the dead are now nine", "were among the dead"
    if word == "dead" or word in words("killing"):
        return _killed(tokens, written, index, openings)
    if word in ("losing", "lost", "loses") and (men := victims_from(tokens, written, index + 1)):
        return men if not words("own_losses").isdisjoint(tokens[index + 1 : men.end]) else None
    if word in words("dying") or (word in _LOST_LIVES and tokens[max(0, index - 2)] == "lost"):
        verb = index if word in words("dying") else index - 2
        return None if _unreal(tokens, verb) else _subject(tokens, written, verb, verb, openings, plural=False)
    if word in ("deaths", "fatalities", "bodies", "dead:", "corpses", "martyrs"):
        return _of(tokens, written, index) or victims_before(tokens, written, index, noun=True)
    if word == "lives" and not _TAKING.isdisjoint(tokens[max(0, index - 4) : index]):
        return _of(tokens, written, index) or victims_before(tokens, written, index, noun=True)
    if word in ("death", "killing", "murder", "assassination", "body"):
        return _of(tokens, written, index)
    return _rising(tokens, index) if word in ("toll", "number") else None


def _unreal(tokens: Sequence[str], index: int) -> bool:
    before: list[str] = []
    for token in reversed(tokens[max(0, index - 3) : index]):
        if not token[:1].isalpha() or token in ("was", "were"):  # "a family on its way to Dibis was killed"
            break
        before.append(token)
    return not words("not_real").isdisjoint(before)


def _killed(tokens: Sequence[str], written: Sequence[str], index: int, openings: Mapping[int, int]) -> Victims | None:
    joint, other = (*tokens[index + 1 : index + 3], "", "")[:2]
    if joint in ("or", "and") and other.startswith(("wound", "injur", "captur", "miss")):
        return None  # "killed or wounded 30"
    if _unreal(tokens, index):
        return None
    verb = _passive(tokens, index)
    if verb is not None:
        people = _subject(tokens, written, verb, index, openings, plural=tokens[verb] in ("were", "are"))
        more = victims_from(tokens, written, index + 3) if tokens[index + 1 : index + 3] == ["along", "with"] else None
        if people and more:
            return Victims(people.low + more.low, people.high + more.high, people.start, more.end)
        return people
    shot = tokens[index - 1 : index] == ["shot"]
    active = victims_from(tokens, written, index + 1) if tokens[index] != "dead" or shot else None
    return active or victims_before(tokens, written, index - shot, noun=False)


def _to_death(tokens: Sequence[str], written: Sequence[str], index: int, openings: Mapping[int, int]) -> Victims | None:
    """Return whom the verb before "to death" was done to: "was beaten to death", "hacked to death two men"."""
    if _unreal(tokens, index - 2) or not NOT_ON_THE_BODY.isdisjoint(classes_of("VBN", tokens[index - 2])):
        return None
    verb = _passive(tokens, index - 2)
    if verb is not None:
        return _subject(tokens, written, verb, index - 2, openings, plural=tokens[verb] in ("were", "are"))
    return victims_from(tokens, written, index + 1)


def _passive(tokens: Sequence[str], index: int) -> int | None:
    """Return the index of the "was" or "were" of a passive verb, or ``None``."""
    for at in range(index - 1, max(-1, index - 5), -1):
        if tokens[at] in words("be"):
            return at
        if tokens[at] not in words("between_be") and not tokens[at].endswith("ly"):
            return None
    return None


def _of(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    if tokens[index + 1 : index + 2] != ["of"]:
        return None
    return victims_from(tokens, written, index + 2)


def _rising(tokens: Sequence[str], index: int) -> Victims | None:
    """Read "the death toll from the strike rose to 31", "put the number of dead at 31" and "put the dead at 31"."""
    start = index + 1
    if tokens[index] == "number":
        if tokens[start : start + 1] not in (["of"], ["killed"]) or _DEAD.isdisjoint(tokens[start : start + 4]):
            return None
        start += 2
    elif not {"death", "put", "the"} & set(tokens[max(0, index - 2) : index]):
        return None
    for at in range(start, min(index + 14, len(tokens) - 1)):
        if tokens[at] in (",", ";", "."):
            return None
        if tokens[at] in _TOLL_VALUE and (count := read_count(tokens, at + 1)):
            return Victims(count.low, count.high, at + 1, count.end)
    return None


def _sums_up(sentence: str, span: Span) -> bool:
    """Say whether a toll is one of a war or a year rather than of an event."""
    after = sentence[span[0] : span[1] + 60]
    end = re.search(r";|\b(?:while|but)\b", after)
    before = re.split(r"[;:.]\s|\b(?:while|but)\b", sentence[: span[0]])[-1]
    return bool(_SO_FAR.search(after[: end.start()] if end else after) or _SINCE_FIRST.match(before))
