"""Run the rooms over reports, with a progress bar and a list of what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from geomap.cli.options import Work
from geomap.cli.outputs import check_run_folder, companions
from geomap.cli.summary import named, say_corrections
from geomap.cli.words import count, note_set_aside, say, say_list, with_bar
from geomap.config import Config
from geomap.corrections.applying import corrected
from geomap.corrections.corrections_file import read_corrections
from geomap.corrections.matching import Tally
from geomap.errors import ReportError
from geomap.exporters.export import Export
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.installed import chosen, names_path
from geomap.language.detection import language_of
from geomap.readers import read_documents
from geomap.runs.copies import without_copies
from geomap.runs.many import parse_many
from geomap.runs.parsing import geoparser_of
from geomap.runs.settings import settings_of
from geomap.tables import EVENT_COLUMNS, MENTION_COLUMNS, one_row_an_occurrence, to_events
from geomap.tables.events import EventIds, event_rows
from geomap.tables.mentions import mention_rows
from geomap.tables.schema import SCHEMAS, Rows, in_parts
from geomap.types import Document, ParsedDocument

_LISTED = 50
_KNOWING_NAMES = ("encoder", "fast")
"""The recognisers that know the names of gazetteers."""


@dataclass(slots=True)
class Run:
    """One run over reports; use its iterator once, then look at what was skipped."""

    reports: str
    """A file, a folder, or ``-``."""
    config: Config
    """The settings."""
    format: str | None = None
    """Format of the reports; ``None`` to go by the file name."""
    work: Work | None = None
    """By whom the reports are parsed; ``None``: here, with the features of every candidate, as `explain` shows them."""
    text: str | None = None
    """A text to parse in place of the reports."""
    keep_documents: bool = False
    """Whether `documents` is filled, for the reading pane of the map."""
    documents: list[Document] = field(default_factory=list)
    """The reports read so far, if they are kept."""
    skipped: list[ReportError] = field(default_factory=list)
    """What could not be read."""
    aside: list[ReportError] = field(default_factory=list)
    """What was read and could not be parsed."""
    passed_over: list[ReportError] = field(default_factory=list)
    """Files of a folder that are no reports, each with the reason."""
    copies: list[str] = field(default_factory=list)
    """Ids of reports that came again and count once."""
    read: int = 0
    """Number of reports read so far."""
    foreign: int = 0
    """How many of them are not in English, so that nothing follows from what was not found in them."""
    undated: int = 0
    """How many of them have no date of publication."""
    rows: int = 0
    """Number of rows of the exported table so far."""
    tally: Tally | None = None
    """The corrections of the run and how often they were found to hold; ``None`` without any."""

    def parsed(self) -> Iterator[ParsedDocument]:
        """Yield the parsed reports; the corrections, the gazetteer and the pipeline are opened first."""
        if self.config.corrections:
            self.tally = Tally(corrections=read_corrections(self.config.corrections))
        if self.config.recognizer in _KNOWING_NAMES:
            _say_names_to_read(self.config.gazetteer or None)
        found = self._found()
        if self.tally:
            found = corrected(found, self.tally, gazetteer=load_gazetteer(self.config.gazetteer or None))
        size = _size(self.reports)
        size_of = _text_size if size is not None else lambda _: 1
        yield from with_bar(found, size, noun="reports", size_of=size_of)

    def _found(self) -> Iterator[ParsedDocument]:
        if self.work is not None:
            check_run_folder(self.work.run, [self.reports])
            return parse_many(
                self._read(),
                config=self.config,
                workers=self.work.workers,
                cluster=self.work.cluster,
                run=self.work.run,
                again=self.work.again,
                on_set_aside=self.aside.append,
            )
        return geoparser_of(settings_of(self.config)).parse(self._read())

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the mention table and the event table of all reports, and say what is missing (`say_missing`)."""
        mentions, events, ids = Rows(MENTION_COLUMNS), Rows(EVENT_COLUMNS), EventIds()
        for one in self.parsed():
            mentions.add(mention_rows(one))
            events.add(event_rows(one, ids))
        self.say_missing()
        return mentions.taken(), events.taken()

    def events(self) -> pd.DataFrame:
        """Return the event table alone, and say what is missing."""
        found = to_events(self.parsed())
        self.say_missing()
        return found

    def export(self, kind: Literal["mentions", "events"], *, several: bool, once: bool = False) -> Export:
        """Return a table to write: its rows come as the reports are parsed, and at its end is said what is missing.

        Of a file that holds several, all tables of the run are collected first. With ``once`` events have one row for
        what a report tells more than once.
        """
        if not several:
            return Export(table=Rows(SCHEMAS[kind]).taken(), more=self._parts(kind, once=once))
        mentions, events = self.tables()
        beside = companions(mentions=mentions, events=one_row_an_occurrence(events) if once else events)
        self.rows = len(beside[kind])
        return Export(table=beside[kind], beside=beside)

    def _parts(self, kind: Literal["mentions", "events"], *, once: bool) -> Iterator[pd.DataFrame]:
        rows_of = mention_rows if kind == "mentions" else event_rows
        for part in in_parts(map(rows_of, self.parsed()), SCHEMAS[kind]):
            table = one_row_an_occurrence(part) if once else part
            self.rows += len(table)
            yield table
        self.say_missing()

    def corrections_in_words(self) -> list[tuple[str, str]]:
        """Return each correction of a report that was read, and for how much it holds or why it does not match."""
        outcomes = self.tally.outcomes() if self.tally else []
        return [(one.correction.in_words(), one.in_words()) for one in outcomes if one.in_words()]

    def left_out(self) -> str:
        """Return the numbers of what the result says nothing of, such as "1 file passed over"; empty for nothing."""
        counts = (
            (self.foreign, f"{count(self.foreign, 'report')} not in English"),
            (
                len(self.skipped),
                f"{count(len(self.skipped), 'report')} {'set aside' if self.config.on_error == 'aside' else 'skipped'}",
            ),
            (len(self.aside), f"{count(len(self.aside), 'report')} not parsed"),
            (len(self.passed_over), f"{count(len(self.passed_over), 'file')} passed over"),
        )
        return ", ".join(text for number, text in counts if number)

    def say_missing(self) -> None:
        """Say which files were passed over and which reports could not be read, and that no report has a date.

        Raises a `ReportError` if there were no others.
        """
        say_list(f"passed over {count(len(self.passed_over), 'file')}:", self.passed_over, most=_LISTED)
        if self.read and self.undated == self.read and self.text is None:
            say('note: no report has a date of publication, so that days such as "on Friday" stay open')
        _say_copies(self.copies)
        if self.skipped:
            told = self.config.on_error == "aside"
            if told and len(self.skipped) == 1 and not self.read:
                raise self.skipped[0]
            done = "set aside" if told else "skipped"
            heading = f"{done} {count(len(self.skipped), 'report')} that could not be read:"
            say_list(heading, self.skipped, most=_LISTED)
            if told and self.read:
                note_set_aside(len(self.skipped))
            if not self.read:
                raise ReportError("no report could be read; correct the files named above", path=self.reports)
        if self.aside:
            heading = f"set aside {count(len(self.aside), 'report')} that could not be parsed:"
            say_list(heading, self.aside, most=_LISTED)
            note_set_aside(len(self.aside))
            if len(self.aside) == self.read:
                raise ReportError("no report could be parsed; see the reasons above", path=self.reports)
        if self.tally:
            say_corrections(self.tally.outcomes(), self.config.corrections)

    def _read(self) -> Iterator[Document]:
        if self.text is not None:
            yield Document(id="text", text=self.text, language=language_of(self.text))
            return
        documents = read_documents(
            self.reports,
            columns=dict(self.config.columns) or None,
            format=self.format,
            encoding=self.config.encoding,
            on_error=None if self.config.on_error == "raise" else self.skipped.append,
            on_passed_over=self.passed_over.append,
        )
        if not self.config.copies:
            documents = without_copies(documents, on_copy=lambda one: self.copies.append(one.id))
        for document in documents:
            self.read += 1
            self.foreign += document.language != "en"
            self.undated += document.published is None
            if self.keep_documents:
                self.documents.append(document)
            yield document


def _say_names_to_read(choice: str | None) -> None:
    """Say which imported gazetteers are in use for the first time, since that takes a while for a large one."""
    for path in chosen(choice)[1]:
        if not names_path(path).exists():
            say(f"{path.stem}: reading its names for the recogniser, this once")


def _say_copies(copies: Sequence[str]) -> None:
    """Say which reports came again and count once; nothing when none did."""
    if copies:
        told = f"{count(len(copies), 'report')} came again with address, day and text of an earlier one"
        say(f"note: {told} and count{'s' if len(copies) == 1 else ''} once ({named(copies)}); --copies keeps every one")


def _size(reports: str) -> int | None:
    """Return the bytes there are to read, for the time left; ``None`` when that cannot be known."""
    path = Path(reports)
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _text_size(parsed: ParsedDocument) -> int:
    """Return the bytes of a report's text; for pages with much markup less than were read: the bar may then jump."""
    return len(parsed.document.text.encode("utf-8", "replace"))
