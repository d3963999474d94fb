"""Words of a text that name persons, so that Lincoln the president is not put in Nebraska."""

import re

from geomap.recognizers.words import load_words

_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[-’'][^\W\d_]+)*"
_PAIR = re.compile(rf"\b({_NAME}|[^\W\d_]+\.?)[ \u00a0](?:({_NAME}\.?)[ \u00a0])?({_NAME})")


def person_words(text: str) -> frozenset[str]:
    """Return the capitalised words of a text that are parts of persons' names, lower case.

    A word counts when a title, rank or given name stands before it: "President Putin", "Gen. Joe Lincoln".
    """
    words = load_words()
    found: set[str] = set()
    position = 0
    while match := _PAIR.search(text, position):
        first, middle, last = (part or "" for part in match.groups())
        position = match.end(1)
        lead = first.rstrip(".").lower()
        titled, given = lead in words.titles, first[0].isupper() and lead in words.given_names | words.given_places
        if not (titled or given):
            continue
        names = [name for name in (middle, last) if name]
        if given and not titled and middle and middle.rstrip(".").lower() not in words.given_names and len(middle) > 2:
            names = [middle]
        found.update(_bare(name) for name in names)
        if given and lead in words.given_names:
            found.add(_bare(first))
    return frozenset(name for name in found if name not in words.titles)


def _bare(name: str) -> str:
    return re.sub(r"[’']s$", "", name.rstrip(".")).lower()
