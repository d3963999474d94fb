"""The resolver as a spaCy component, registered as the factory ``geomap_resolver``."""

from spacy.language import Language
from spacy.tokens import Doc

from geomap.gazetteers import load_gazetteer
from geomap.registry import find
from geomap.resolvers.locating import located
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Resolver


@Language.factory("geomap_resolver", default_config={"resolver": "ranker", "gazetteer": None})
def _create(nlp: Language, name: str, resolver: str, gazetteer: str | None) -> "ResolverComponent":
    return ResolverComponent(find("resolvers", resolver)(load_gazetteer(gazetteer)))


class ResolverComponent:
    """Resolves the mentions that a recogniser stored on a `Doc`.

    Parameters
    ----------
    resolver
        What makes the choices.
    """

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store one resolution a mention in ``doc._.geomap_resolutions``, in the same order."""
        document = document_of(doc)
        found = self.resolver(document, sentences_of(doc), doc._.geomap_mentions, doc._.geomap_relations)
        doc._.geomap_resolutions = tuple(located(document.text, one) for one in found)
        return doc
