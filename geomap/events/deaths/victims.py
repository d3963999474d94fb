"""Who is counted: the people that the words before or after a verb name, and how many they are."""

from collections.abc import Sequence
from typing import NamedTuple

from geomap.events.deaths.numbers import UNKNOWN, read_count, words
from geomap.language.saying import SAID

_LONGEST_NOUN, _LONGEST_LIST, _BACK = 7, 8, 30  # words of one noun phrase, items of a list, words to a verb's subject
_PRONOUNS = {"him": 1, "himself": 1, "herself": 1, "me": 1}


class Victims(NamedTuple):
    """How many people a phrase names, and where."""

    low: int
    """The least they may be."""
    high: int
    """The most they may be."""
    start: int
    """Index of its first token."""
    end: int
    """Index after its last token."""


def _noun(tokens: Sequence[str], index: int) -> int:
    """Return the index after the noun phrase that goes on from an index: at a sign, a verb or a preposition."""
    at = index
    while at < len(tokens) and at < index + _LONGEST_NOUN:
        if tokens[at] in words("stops") or (not tokens[at][:1].isalpha() and "old" not in tokens[at]):
            break
        at += 1
    return at


def _is_plural(token: str, written: str) -> bool:
    if token in words("people") or (token.endswith("men") and token not in words("singular_men")):
        return True
    ends = token.endswith("s") and not token.endswith(("ss", "us", "is", "'s"))
    return ends and (written.islower() or token.endswith(("ans", "ers", "ists")))


def _item(tokens: Sequence[str], written: Sequence[str], index: int, *, listed: bool) -> Victims | None:
    """Read one noun phrase: a number of people, one person, a name or a bare plural."""
    if index >= len(tokens) or tokens[index] in words("asides"):
        return None
    count = read_count(tokens, index)
    if count:
        end = _noun(tokens, count.end)
        noun = tokens[count.end : end]
        if tokens[count.end : count.end + 1] == ["others"]:
            noun, end = tokens[count.end : count.end + 1], count.end + 1
        unit = tokens[count.end : count.end + 1] == ["%"]
        things = bool(noun) and not words("things").isdisjoint((noun[0], noun[-1]))
        them = listed and tokens[count.end : count.end + 2] in (["of", "them"], ["of", "whom"])
        return None if things or unit or them else Victims(count.low, count.high, index, end)
    if tokens[index] in _PRONOUNS:
        return Victims(1, 1, index, index + 1)
    group = 1 + (tokens[index] in words("one"))
    if tokens[index + group : index + group + 1] == ["of"] and tokens[index + group - 1] in ("family", "group", "crew"):
        count = read_count(tokens, index + group + 1)
        if count:  # "a family of seven"
            return Victims(count.low, count.high, index, count.end)
    end = _noun(tokens, index)
    if end == index or tokens[end - 1] in words("things"):
        return None
    head = tokens[end - 1]
    of_them = "of" in tokens[index:end]
    if of_them:
        head = tokens[index + tokens[index:end].index("of") - 1]
    many = _is_plural(head, written[end - 1] if not of_them else head)
    if many and listed and tokens[index] not in words("one"):
        return Victims(0, 0, index, end)  # "23 policemen and soldiers": the number is of both
    if many:
        return Victims(UNKNOWN, UNKNOWN, index, end)
    if head == "couple":
        return Victims(2, 2, index, end)
    known = tokens[index] in words("one") or written[index][:1].isupper() or "-old" in tokens[index]
    known = known or (listed and not words("alone").isdisjoint((head, tokens[index])))
    return Victims(1, 1, index, end) if known else None


def victims_from(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    """Return the people that a list beginning at an index names, summed, or ``None``.

    The list ends before those who were wounded ("six people and three others injured"). An apposition ("Abu Nabil, a
    commander") adds nobody: a comma goes on with the list only where an "and" ends it.
    """
    first = _item(tokens, written, index, listed=False)
    if first is None:
        return None
    items = [first]
    pending: list[Victims] = []  # after a comma, until an "and" says that they are a list
    end = first.end
    for _ in range(_LONGEST_LIST):
        if tokens[end : end + 2] == [",", ","]:  # what stood between them is blanked out: an age
            end += 2
        joint, at = _joint(tokens, end)
        item = _item(tokens, written, at, listed=True) if joint else None
        if item is None or (
            tokens[item.end : item.end + 1]
            and tokens[item.end] in words("not_killed")
            and joint == "and"
            and (not pending and _clause_of_its_own(tokens, item))
        ):
            break
        pending.append(item)
        end = item.end
        if joint == "and":
            items, pending = [*items, *pending], []
    if len(items) > 1 and sum(item.low for item in items[1:]) == first.low > 1 and tokens[first.end] == ",":
        items = [first]  # "two civilians, a mother and her daughter"
    if len(items) > 1 and not SAID.isdisjoint(tokens[items[-1].start : items[-1].end + 3]):
        items = [first]  # "14 people, the observatory and the agency reported"
    last = items[-1].end
    return Victims(sum(item.low for item in items), sum(item.high for item in items), index, last)


def _clause_of_its_own(tokens: Sequence[str], item: Victims) -> bool:
    """Say whether an item has a verb of its own that is not of dying: "and three others were wounded"."""
    return not {"killed", "dead", "died", "shot"} & set(tokens[item.end : item.end + 4])


def _joint(tokens: Sequence[str], end: int) -> tuple[str, int]:
    if tokens[end : end + 2] == [",", "and"]:
        return "and", end + 2
    if tokens[end : end + 1] in (["and"], [","]):
        return tokens[end], end + 1
    for words_of in (["along", "with"], ["as", "well", "as"], ["together", "with"]):
        if tokens[end : end + len(words_of)] == words_of:
            return "and", end + len(words_of)
    return "", end


def victims_before(tokens: Sequence[str], written: Sequence[str], index: int, *, noun: bool) -> Victims | None:
    """Return the people of a phrase that ends right before an index, as in "two killed" and "seven deaths"."""
    if not {"no", "nobody", "none"}.isdisjoint(tokens[max(0, index - 3) : index]):
        return None
    for start in range(max(0, index - 8), index):
        count = read_count(tokens, start)
        end = _noun(tokens, count.end) if count else 0
        if count and (count.end == index or end in (index, index + noun) or (not noun and end > index)):
            things = not words("things").isdisjoint(tokens[count.end : index])
            return None if things else Victims(count.low, count.high, start, index)
    for start in range(max(0, index - 5), index):
        item = _item(tokens, written, start, listed=False)
        if not noun and tokens[start] in words("one") and item and item.end >= index:
            return item
    return None


def subject(tokens: Sequence[str], written: Sequence[str], verb: int, *, plural: bool) -> Victims | None:
    """Return the people that the subject of a verb names, or ``None`` for a pronoun of many or nobody."""
    opening = verb
    while opening > max(0, verb - _BACK) and tokens[opening - 1] not in words("clause_openers"):
        opening -= 1
    starts = [opening] + [at + 1 for at in range(opening, verb) if tokens[at] in (",", "and")]
    for start in starts:
        if tokens[start] in ("no", "nobody", "none", "neither", "nothing"):
            return None
        found = victims_from(tokens, written, start)
        if tokens[start] in words("prepositions"):
            continue
        if found and found.end <= verb and _reaches(tokens, found.end, verb):
            return found
    for start in range(verb - 1, opening - 1, -1):
        count = read_count(tokens, start)
        if count and words("prepositions").isdisjoint(tokens[max(0, start - 1) : start]):
            found = victims_from(tokens, written, start)
            if found and _reaches(tokens, found.end, verb):
                return found
    return _unnamed(tokens, verb, plural=plural)


def _reaches(tokens: Sequence[str], end: int, verb: int) -> bool:
    """Say whether no other verb stands between a subject and its verb, asides between commas left out."""
    at = end
    while at < verb:
        if tokens[at] in (",", "("):
            closing = ")" if tokens[at] == "(" else ","
            at = next((after for after in range(at + 1, min(at + 16, verb)) if tokens[after] == closing), at)
        elif (tokens[at].endswith("ed") and tokens[at] != "aged") or tokens[at] in ("was", "were"):
            return False
        if tokens[at] == "and" and not tokens[at - 1].isdecimal():  # "aged 15 and 17"
            return False
        at += 1
    return True


def _unnamed(tokens: Sequence[str], verb: int, *, plural: bool) -> Victims | None:
    before = tokens[verb - 1 : verb]
    if before in (["they"], ["who"], ["we"], ["which"], ["it"]):
        return None
    if plural or before == ["have"]:
        return Victims(UNKNOWN, UNKNOWN, max(0, verb - 1), verb)
    one = tokens[verb] == "was" or before in (["he"], ["she"], ["has"])
    return Victims(1, 1, max(0, verb - 1), verb) if one else None
