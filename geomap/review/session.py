"""One review: its questions, and the file that every decision is appended to before it counts."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.corrections.corrections_file import append_corrections, read_correction_rows, standing
from geomap.corrections.records import ANY, Correction
from geomap.errors import CorrectionsError
from geomap.review.items import Item

TEXTS = ("entry_id", "event_sub_type", "event_date", "same_document", "same_words")
DEGREES = ("latitude", "longitude")
WHOLE = ("fatalities_low", "fatalities_high", "same_start", "same_mention_start")
"""The cells that a decision may have, by their kind."""


class Session:
    """Decisions on a list of items by somebody. The file is the only memory: it is read again for each answer.

    It need not be there; one that cannot be read is a `CorrectionsError`.
    """

    def __init__(self, items: Sequence[Item], *, path: Path, who: str) -> None:
        self.items = items
        self.path = path
        self.who = who
        self.rows()

    def rows(self) -> list[Correction]:
        """Return the rows of the file; none when it is not there."""
        return read_correction_rows(self.path) if self.path.exists() else []

    def decisions(self) -> list[Correction | None]:
        """Return what stands of each item: the narrowest and latest correction, or ``None``."""
        found: dict[tuple[object, ...], Correction] = {}
        for row in sorted(standing(self.rows()), key=lambda row: -row.breadth):
            found[row.about, row.document, row.words, row.start, row.mention_start] = row
        return [self._decision(item, found) for item in self.items]

    def decide(self, number: int, *, verdict: str, always: bool, why: str, cells: Mapping[str, Any]) -> Correction:
        """Append a decision on the item of a number; when this returns it is on the disk.

        The verdict is one of `geomap.corrections.records.VERDICTS`, the cells are what is right: ``entry_id``,
        ``latitude`` and so on. It may hold always, for these words in every report. That there is no such item, or that
        it makes no sense, is a `CorrectionsError`.
        """
        if not 0 <= number < len(self.items):
            raise CorrectionsError(f"there is no item {number}")
        item = self.items[number]
        spot: dict[str, Any] = {"start": item.start, "end": item.end, "mention_start": item.mention_start}
        row = Correction(
            document=ANY if always else item.document.id,
            about=item.about,
            words=item.words,
            verdict=verdict,
            **({} if always else spot),
            **{
                name: value
                for name, value in cells.items()
                if name in (*TEXTS, *DEGREES, *WHOLE) and value not in (None, "")
            },
            who=self.who,
            when=_now(),
            why=why,
        )
        append_corrections(self.path, row)
        return row

    def undo(self) -> int | None:
        """Take back the last decision of this person that stands.

        Returns
        -------
            The number of its first item; ``None`` if there is no decision, or none on these items.
        """
        mine = [row for row in standing(self.rows()) if row.who == self.who]
        if not mine:
            return None
        last = mine[-1]
        spot = {name: getattr(last, name) for name in ("document", "about", "words", "start", "end", "mention_start")}
        append_corrections(self.path, Correction(**spot, verdict="undo", who=self.who, when=_now()))
        return next((n for n, item in enumerate(self.items) if _speaks_of(last, item)), None)

    def _decision(self, item: Item, found: Mapping[tuple[object, ...], Correction]) -> Correction | None:
        spot = (item.about, item.document.id, item.words)
        keys: list[tuple[object, ...]] = [(*spot, item.start, item.mention_start), (*spot, item.start, None)]
        keys += [(*spot, None, None), (item.about, ANY, item.words, None, None)]
        return next((found[key] for key in keys if key in found), None)


def _speaks_of(row: Correction, item: Item) -> bool:
    same = row.about == item.about and row.words == item.words and row.document in (ANY, item.document.id)
    return same and row.start in (None, item.start) and row.mention_start in (None, item.mention_start)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
