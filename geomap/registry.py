"""Names of recognisers and resolvers, and where their code is.

Built-in names come first; other packages add theirs through the entry-point groups ``geomap.recognizers`` and
``geomap.resolvers``. Nothing is imported until it is asked for.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import entry_points
from pkgutil import resolve_name
from typing import Any, Literal, Protocol

from geomap.errors import ConfigError
from geomap.types import Document, Mention, Relation, Resolution, Sentence

Group = Literal["recognizers", "resolvers"]

_BUILT_IN: dict[Group, dict[str, str]] = {
    "recognizers": {
        "encoder": "geomap.recognizers.trained:encoder_pipeline",
        "fast": "geomap.recognizers.trained:fast_pipeline",
        "given": "geomap.recognizers.given:given_pipeline",
        "spacy": "geomap.recognizers.entities:installed_pipeline",
    },
    "resolvers": {
        "ranker": "geomap.resolvers.ranking:RankerResolver",
        "population": "geomap.resolvers.population:PopulationResolver",
    },
}


class Resolver(Protocol):
    """Chooses an entry, or NIL, for each mention of a document."""

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Iterable[Mention],
        relations: Sequence[Relation] | None = None,
    ) -> Sequence[Resolution]:
        """Return one resolution a mention, in the same order; without ``relations`` it reads them itself."""
        ...


def names(group: Group) -> list[str]:
    """Return the names that can be used, built-in ones first, then others in alphabetical order."""
    return [*_BUILT_IN[group], *sorted(point.name for point in entry_points(group=f"geomap.{group}"))]


def find(group: Group, name: str) -> Callable[..., Any]:
    """Return the factory of a name.

    Parameters
    ----------
    group
        ``recognizers``: a function of ``(argument, gazetteer, demonyms)`` that returns a spaCy pipeline.
        ``resolvers``: a function of the gazetteer that returns a `Resolver`; one with a parameter ``boundaries`` is
        given the path of a file with areas where a run has one, one with ``model`` what stands behind the colon.
    name
        The name, without what follows a colon.

    Raises
    ------
    ConfigError
        If nothing has that name; the message lists the names there are.
    """
    target = _BUILT_IN[group].get(name)
    if target is not None:
        factory: Callable[..., Any] = resolve_name(target)
        return factory
    for point in entry_points(group=f"geomap.{group}", name=name):
        loaded: Callable[..., Any] = point.load()
        return loaded
    known = names(group)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(known)}"
    raise ConfigError(f"there is no {group[:-1].replace('z', 's')} called {name!r}; {hint}")
