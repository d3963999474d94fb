"""The word lists that sentences, roles and the evidence beside a name are read with.

They were written for the project and stand in ``words.toml``, which says what each list decides.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geomap.language.saying import SAYS
from geomap.language.word_lists import SETTLEMENTS, UNITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lower-case word lists; ``words.toml`` says above each what it decides."""

    never: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    given_places: frozenset[str]
    vessels: frozenset[str]
    organisations: frozenset[str]
    organisations_of: frozenset[str]
    groups: frozenset[str]
    agents: frozenset[str]
    acts: frozenset[str]
    auxiliaries: frozenset[str]
    levels: frozenset[str]
    place_prepositions: frozenset[str]
    facilities: frozenset[str]
    adjectives: frozenset[str]
    bound: frozenset[str]
    loose: frozenset[str]
    openers: frozenset[str]


@cache
def load_words() -> Words:
    """Return the word lists, read from the package on the first call."""
    lists = tomllib.loads(files("geomap.recognizers").joinpath("words.toml").read_text("utf-8"))
    sets = {name: frozenset(words.split()) for name, words in lists.items()}
    shared = {"acts": sets["acts"] | SAYS, "levels": sets["levels"].union(SETTLEMENTS, UNITS)}
    return Words(**sets | shared)
