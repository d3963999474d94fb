"""Run a recogniser and a resolver over a gold corpus and score what they give."""

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, get_args

from geomap.config import Config
from geomap.errors import ConfigError, ReportError
from geomap.evaluation.event_places import evaluate_event_places
from geomap.evaluation.events import evaluate_events
from geomap.evaluation.gold import GoldDocument, read_gold
from geomap.gazetteers import load_gazetteer
from geomap.pipeline import Geoparser
from geomap.types import ParsedDocument

Task = Literal["recognition", "resolution", "end-to-end", "events", "event-place"]
"""The protocols: names found; marked names resolved; both, from raw text; what kind of event a snippet is about."""

Watch = Callable[[Iterable[ParsedDocument], int], Iterable[ParsedDocument]]
"""Passes parsed documents on, given how many there will be."""


def evaluate(
    task: Task,
    corpus: str | os.PathLike[str],
    *,
    split: str = "dev",
    recognizer: str | None = None,
    resolver: str | None = None,
    gazetteer: str | os.PathLike[str] | None = None,
    limit: int | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Score the finding and resolving of places, or the telling of events, on a corpus that people have marked.

    Parameters
    ----------
    task
        ``recognition``: are names found, exact spans; ``resolution``: are marked names resolved, whatever the
        recogniser; ``end-to-end``: from raw text, a place counts when its name is found and resolved;
        ``events``: is the kind of event of a snippet told (see `geomap.evaluation.events`); ``event-place``: is the
        place of an event told (see `geomap.evaluation.event_places`).
    corpus
        JSON Lines (see `geomap.evaluation.gold`) or XML (see `geomap.evaluation.xml`); ``-`` is standard input.
        For events, JSON Lines of texts and labels; for their places, of texts, verbs and locations.
    split
        The part of the corpus to score; ``all`` for every document. A corpus without splits is scored whole.
        For events also ``first-half`` and ``second-half``, of the rows in their order; for their places ``dev`` is what
        was held back from training.
    recognizer, resolver
        As `Geoparser` takes them; ``None`` for its defaults. Events need neither, and no gazetteer.
    gazetteer
        Path of a gazetteer database; ``None`` is the bundled one.
    limit
        Score at most this many documents, the first ones.
    watch
        Passes the parsed documents on, for a progress bar.

    Returns
    -------
        What was scored, and the figures, each as ``{"value": …, "n": …}`` with the number of cases behind it; shares
        are between 0 and 1, distances in kilometres. The same input gives the same dict, ready for JSON.

    Raises
    ------
    ReportError
        If the corpus cannot be read, or marks nothing that the task needs.
    ConfigError
        If a task, recogniser or resolver is unknown.
    """
    if task not in get_args(Task):
        raise ConfigError(f"there is no task {task!r}; use one of: {', '.join(get_args(Task))}")
    if task == "events":
        return evaluate_events(corpus, split=split, limit=limit)
    if task == "event-place":
        rooms = {"recognizer": recognizer or Config().recognizer, "resolver": resolver or Config().resolver}
        return evaluate_event_places(corpus, split=split, limit=limit, watch=watch, gazetteer=gazetteer, **rooms)
    documents = read_gold(corpus, split=split, limit=limit)
    if task != "recognition" and not any(toponym.resolved for gold in documents for toponym in gold.toponyms):
        message = "no marked toponym has coordinates; give lat and lon, or evaluate recognition"
        raise ReportError(message, path=os.fspath(corpus))
    recognizer = "given" if task == "resolution" else recognizer or Config().recognizer
    resolver = resolver or Config().resolver
    geoparser = Geoparser(recognizer=recognizer, resolver=resolver, gazetteer=gazetteer)
    parsed: Iterable[ParsedDocument] = geoparser.parse(gold.document(given=recognizer == "given") for gold in documents)
    if watch is not None:
        parsed = watch(parsed, len(documents))
    return {
        "task": task,
        "corpus": Path(corpus).name,
        "split": split if any(gold.split is not None for gold in documents) else "all",
        "documents": len(documents),
        "recognizer": recognizer,
        "resolver": resolver,
        "geomap": version("geomap"),
        **_scored(task, zip(documents, parsed, strict=True), gazetteer),
    }


def _scored(
    task: Task, pairs: Iterator[tuple[GoldDocument, ParsedDocument]], gazetteer: str | os.PathLike[str] | None
) -> dict[str, object]:
    from geomap.evaluation.end_to_end import score_end_to_end
    from geomap.evaluation.recognition import score_recognition
    from geomap.evaluation.resolution import score_resolution

    if task == "recognition":
        return score_recognition(pairs)
    score = score_resolution if task == "resolution" else score_end_to_end
    return score(pairs, load_gazetteer(gazetteer))
