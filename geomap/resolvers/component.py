"""The resolver as a spaCy component, registered as the factory ``geomap_resolver``."""

import inspect
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from geomap.errors import ConfigError
from geomap.gazetteers import shared_gazetteer
from geomap.registry import Resolver, find
from geomap.resolvers.airports import at_facility
from geomap.resolvers.locating import located
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Gazetteer


@Language.factory("geomap_resolver", default_config={"resolver": "ranker", "gazetteer": None, "boundaries": None})
def _create(
    nlp: Language, name: str, resolver: str, gazetteer: str | None, boundaries: str | None
) -> "ResolverComponent":
    known = shared_gazetteer(gazetteer)
    kind, _, argument = resolver.partition(":")
    make = find("resolvers", kind)
    takes, options = inspect.signature(make).parameters, dict[str, Path]()
    if argument and "model" not in takes:
        raise ConfigError(f"the resolver {kind!r} takes nothing behind a colon, got {argument!r}")
    if argument:
        options["model"] = Path(argument)
    if boundaries and "boundaries" in takes:
        options["boundaries"] = Path(boundaries)
    return ResolverComponent(make(known, **options), known)


class ResolverComponent:
    """Resolves the mentions that a recogniser stored on a `Doc`.

    Parameters
    ----------
    resolver
        What makes the choices.
    gazetteer
        Where it makes them, which may have the airport of a town, too.
    """

    def __init__(self, resolver: Resolver, gazetteer: Gazetteer) -> None:
        self.resolver = resolver
        self.gazetteer = gazetteer
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store one resolution a mention in ``doc._.geomap_resolutions``, in the same order."""
        document = document_of(doc)
        found = self.resolver(document, sentences_of(doc), doc._.geomap_mentions, doc._.geomap_relations)
        doc._.geomap_resolutions = tuple(
            located(document.text, at_facility(document.text, one, self.gazetteer)) for one in found
        )
        return doc
