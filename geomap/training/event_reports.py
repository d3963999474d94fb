"""Reports with their events marked, parsed by the program, for `geomap.training.event_models`.

They are the training reports of ``event_reports.jsonl``, the project's own (``marked/reports.txt``), and texts of the
corpora that have been marked for the project (``marked/news.jsonl``, which holds offsets and no text).
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.evaluation.rows import rows_of
from geomap.events.telling import Telling, tell_report
from geomap.pipeline import Geoparser
from geomap.training.marked_reports import read_marked_reports
from geomap.types import Document, ParsedDocument, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its gold and what the program finds in it."""

    gold: dict[str, Any]
    parsed: ParsedDocument
    tellings: dict[int, Telling]


def marked_rows(corpora: Path) -> list[dict[str, Any]]:
    """Return all reports that are marked to learn from, in the shape of ``event_reports.jsonl``."""
    given = rows_of(corpora / "event_reports.jsonl", ("train",))
    with_marks = files("geomap.training").joinpath("marked")
    own = read_marked_reports(Path(str(with_marks / "reports.txt")))
    return [*given, *own, *_news(Path(str(with_marks / "news.jsonl")), corpora)]


def _news(path: Path, corpora: Path) -> list[dict[str, Any]]:
    """Return the marked texts of corpora with their texts put in again."""
    marked = rows_of(path)
    texts: dict[str, str] = {}
    for corpus in sorted({row["corpus"] for row in marked}):
        texts |= {f"{corpus}/{row['doc_id']}": row["text"] for row in rows_of(corpora / f"{corpus}.jsonl")}
    found = []
    for row in marked:
        text = texts[row["doc_id"]].replace("\r", "")[slice(*row["span"])]
        parts = {name: [one | _words(text, one) for one in row[name]] for name in ("toponyms", "events", "traps")}
        found.append(row | {"text": text} | parts)
    return found


def _words(text: str, part: dict[str, Any]) -> dict[str, str]:
    return {"text": text[part["start"] : part["end"]]}


def parse_marked(rows: Sequence[dict[str, Any]], geoparser: Geoparser) -> list[ParsedDocument]:
    """Return marked reports parsed, in the same order."""
    documents = (
        Document(
            id=row["doc_id"],
            text=row["text"],
            title=row["title"] or "",
            published=datetime.date.fromisoformat(row["date"]) if row["date"] else None,
        )
        for row in rows
    )
    return list(geoparser.parse(documents))


def read_reports(rows: Sequence[dict[str, Any]], parsed: Iterable[ParsedDocument]) -> list[Report]:
    """Return marked reports with what their sentences tell."""
    return [
        Report(gold=row, parsed=one, tellings=tell_report(one, one.sentences))
        for row, one in zip(rows, parsed, strict=True)
    ]


def triggers_of_rows(rows: Iterable[dict[str, Any]]) -> list[tuple[str, list[Span]]]:
    """Return the texts of marked reports with the spans of their triggers."""
    return [(row["text"], sorted({(event["start"], event["end"]) for event in row["events"]})) for row in rows]
