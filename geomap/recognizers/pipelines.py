"""The spaCy pipelines behind the names that ``--recognizer`` takes.

Each function has the shape ``(argument, *, gazetteer, demonyms) -> Language`` and returns a pipeline that ends with the
mentions on the `Doc`.
"""

import spacy
from spacy.language import Language

from geomap.bundle import own_model
from geomap.errors import ConfigError, ModelNotFoundError
from geomap.recognizers import entities, given, sentences, trained  # noqa: F401  (registers the spaCy factories)


def encoder_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the default pipeline: sentences, then the trained encoder."""
    return _trained(argument, "encoder", gazetteer=gazetteer, demonyms=demonyms)


def fast_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the pipeline for large collections: sentences, then the encoder distilled from the default one."""
    return _trained(argument, "fast", gazetteer=gazetteer, demonyms=demonyms)


def given_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the pipeline that takes the mentions the input marked."""
    nlp = _blank(argument, "given")
    nlp.add_pipe("geomap_given")
    return nlp


def installed_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return an installed spaCy pipeline, its place entities turned into mentions.

    Parameters
    ----------
    argument
        Name of an installed package, such as ``en_core_web_trf``, or the path of a pipeline.

    Raises
    ------
    ModelNotFoundError
        If it is not installed; the message gives the command.
    """
    if not argument:
        raise ConfigError("name the spaCy pipeline behind a colon, as in spacy:en_core_web_sm")
    try:
        nlp = spacy.load(argument)
    except OSError as error:
        command = f"python -m spacy download {argument}"
        raise ModelNotFoundError(f"the spaCy pipeline {argument!r} is not installed; run: {command}") from error
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise ConfigError(f"the spaCy pipeline {argument!r} finds no entities; use one with a 'ner' component")
    nlp.add_pipe("geomap_sentences", first=True)
    nlp.add_pipe("geomap_entities", config={"demonyms": demonyms})
    return nlp


def _trained(argument: str, name: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return a pipeline with a bundled model; the argument is a folder of ``geomap train recognizer``, or empty."""
    nlp = _blank("", name)
    own = own_model(f"{name}:{argument}")
    config = {"model": name, "own": str(own) if own else None, "gazetteer": gazetteer, "demonyms": demonyms}
    nlp.add_pipe("geomap_recognizer", config=config)
    return nlp


def _blank(argument: str, name: str) -> Language:
    if argument:
        raise ConfigError(f"the recogniser {name!r} takes nothing behind a colon, got {argument!r}")
    nlp = spacy.blank("en")
    nlp.max_length = 1_000_000_000  # the limit protects parsers, and there is none here
    nlp.add_pipe("geomap_sentences")
    return nlp
