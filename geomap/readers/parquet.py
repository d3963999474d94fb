"""Parquet files: one report a row."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import Readings, Source
from geomap.readers.rows import Row, find_columns, no_text_column
from geomap.readers.survey import read_surveyed

_ROWS = 128  # at a time
_LONGEST_SHOWN = 100


def read_parquet(source: Source) -> Readings:
    """Yield a document a row, some rows in memory at a time; only the columns of `Document` fields are read.

    Parameters
    ----------
    source
        The file.

    Yields
    ------
        A `Document` a row, or the row's `ReportError`.
    """
    from dataclasses import replace

    yield from read_surveyed(partial(_rows, source), replace(source, unit="row"))


def _rows(source: Source) -> Iterator[Row]:
    from pyarrow import ArrowException, parquet

    source.stream.seek(0)
    try:
        # Strings stay in the dictionary they are stored in: one long text a thousand times over is one text in memory.
        names = parquet.ParquetFile(source.stream).schema_arrow.names
        wanted = _wanted(names, source)
        file = parquet.ParquetFile(source.stream, read_dictionary=wanted)
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                values = {name: _plain(batch.column(name)[index].as_py()) for name in batch.schema.names}
                yield Row(line=number, values=values)
    except (ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        if isinstance(error, ReportError):
            raise
        reason = " ".join(str(error).split())[:_LONGEST_SHOWN]
        raise source.error(f"no Parquet file that can be read ({reason}); write it again") from None


def _wanted(names: list[str], source: Source) -> list[str]:
    found = find_columns(names, source.columns)
    if "text" not in found:
        raise source.error(no_text_column(names))
    return [name for name in names if name in found.values() and names.count(name) == 1]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: a day as text, what is no number and no text by its words."""
    if value is None or isinstance(value, str | int | float | list | dict):
        return None if isinstance(value, float) and value != value else value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
