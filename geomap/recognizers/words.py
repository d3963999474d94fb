"""The word lists of the baseline recogniser, read once.

``words.toml`` was written for the project; it names what each list decides. ``common_words.txt`` holds the 1,675 names
of the gazetteer that are also everyday words ("Reading", "Mobile", "Of"): written in lower case three times or more in
the training corpora, and annotated as a place in less than 30 % of their capitalised occurrences there or written in
lower case more than 20 times.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lower-case word lists; see ``words.toml`` for what each decides."""

    common: frozenset[str]
    """Gazetteer names that are everyday words."""
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
    agents: frozenset[str]
    """People and bodies that act, after a place."""
    acts: frozenset[str]
    """Verbs a government does."""
    speech: frozenset[str]
    """Verbs of speech."""
    auxiliaries: frozenset[str]
    """Words between subject and verb."""
    levels: frozenset[str]
    """Level words after a name."""
    place_prepositions: frozenset[str]
    """Prepositions before a place."""
    particles: frozenset[str]
    """Lower-case words inside a name."""
    articles: frozenset[str]
    """Arabic articles that begin a name in lower case."""
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
    folder = files("geomap.recognizers")
    lists = tomllib.loads(folder.joinpath("words.toml").read_text("utf-8"))
    common = folder.joinpath("common_words.txt").read_text("utf-8").split()
    return Words(common=frozenset(common), **{name: frozenset(words.split()) for name, words in lists.items()})
