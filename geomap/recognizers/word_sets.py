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
    """Lower-case word lists; see ``words.toml`` for what each decides."""

    never: frozenset[str]
    """Capitalised, yet never a place."""
    titles: frozenset[str]
    """Titles, ranks and offices before a person's name."""
    given_names: frozenset[str]
    """Given names of persons."""
    given_places: frozenset[str]
    """Given names that are places too."""
    vessels: frozenset[str]
    """Kinds of ships."""
    organisations: frozenset[str]
    """Organisation nouns after a place."""
    organisations_of: frozenset[str]
    """Organisation nouns before "of" and a place."""
    groups: frozenset[str]
    """Nouns of units, gangs and papers that are named after a place."""
    agents: frozenset[str]
    """People and bodies that act, after a place."""
    acts: frozenset[str]
    """Verbs a government does."""
    auxiliaries: frozenset[str]
    """Words between subject and verb."""
    levels: frozenset[str]
    """Level words after a name."""
    place_prepositions: frozenset[str]
    """Prepositions before a place."""
    facilities: frozenset[str]
    """Nouns of facilities, after a place."""
    adjectives: frozenset[str]
    """Adjectives between a place and its agents."""
    bound: frozenset[str]
    """Abbreviations after which a sentence goes on."""
    loose: frozenset[str]
    """Abbreviations after which a sentence ends only where the next word opens one."""
    openers: frozenset[str]
    """Words that open a sentence."""


@cache
def load_words() -> Words:
    """Return the word lists, read from the package on the first call."""
    lists = tomllib.loads(files("geomap.recognizers").joinpath("words.toml").read_text("utf-8"))
    sets = {name: frozenset(words.split()) for name, words in lists.items()}
    shared = {"acts": sets["acts"] | SAYS, "levels": sets["levels"].union(SETTLEMENTS, UNITS)}
    return Words(**sets | shared)
