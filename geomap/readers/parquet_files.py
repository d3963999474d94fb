"""Parquet files: one report a row."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.report_rows import Row, find_columns, no_text_column, read_rows

_ROWS = 128  # at a time
_LONGEST_SHOWN = 100


def read_parquet(file: OpenFile) -> Readings:
    """Yield a document a row, some rows in memory at a time; only the columns of `Document` fields are read."""
    yield from read_rows(partial(_rows, file), replace(file, unit="row"))


def _rows(file: OpenFile) -> Iterator[Row]:
    from pyarrow import ArrowException, parquet

    file.stream.seek(0)
    try:
        # Strings stay in the dictionary they are stored in: one long text a thousand times over is one text in memory.
        names = parquet.ParquetFile(file.stream).schema_arrow.names
        wanted = _wanted(names, file)
        table = parquet.ParquetFile(file.stream, read_dictionary=wanted)
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                values = {name: _plain(batch.column(name)[index].as_py()) for name in batch.schema.names}
                yield Row(line=number, values=values)
    except (ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        if isinstance(error, ReportError):
            raise
        reason = " ".join(str(error).split())[:_LONGEST_SHOWN]
        raise file.error(f"no Parquet file that can be read ({reason}); write it again") from None


def _wanted(names: list[str], file: OpenFile) -> list[str]:
    found = find_columns(names, file.columns)
    if "text" not in found:
        raise file.error(no_text_column(names))
    return [name for name in names if name in found.values() and names.count(name) == 1]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: a day as text, what is no number and no text by its words."""
    if value is None or isinstance(value, str | int | float | list | dict):
        return None if isinstance(value, float) and value != value else value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
