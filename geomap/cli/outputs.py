"""Where a verb writes: checked before the work begins, and never a file that it reads."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.words import not_read, say, write_data
from geomap.errors import ConfigError
from geomap.writing import check_output, write_file

if TYPE_CHECKING:
    import pandas as pd

STANDARD = "-"
"""Stands for standard input among what is read, and for standard output among what is written."""


def check_outputs(outputs: Iterable[str | Path], inputs: Sequence[str | Path | None], *, option: str = "-o") -> None:
    """Refuse files that cannot be written, or that are read: by any path, link or redirection, or in a folder that is.

    Parameters
    ----------
    outputs
        Files to write, or ``-``.
    inputs
        Files and folders to read, or ``-``; ``None`` for what was not given.
    option
        Which chooses the outputs.

    Raises
    ------
    ConfigError
        If an output is an input, or lies in a folder of reports, where the next run would take it for one.
    OutputError
        If an output cannot be written.
    """
    for output in map(str, outputs):
        if output != STANDARD:
            check_output(output)
        for read in (str(name) for name in inputs if name is not None):
            if output != STANDARD and _lies_in(output, read):
                raise ConfigError(
                    f"{output} lies where the reports are and would be taken for one; choose another with {option}"
                )
            same = next((file for file in _files(read) if is_same_file(output, file)), None)
            if same is not None:
                shown = "standard output" if output == STANDARD else output
                raise ConfigError(f"{shown} is the same file as {same}, which is read; choose another with {option}")


def is_same_file(output: str | Path, read: str | Path) -> bool:
    """Return whether an output and an input are one regular file, whatever their names."""
    file = _identity(output, 1)
    return file is not None and file == _identity(read, 0)


def check_table_output(output: str, *, inputs: Sequence[str | Path | None]) -> None:
    """Refuse a table's output as `check_outputs` does, and an ending that no table can be written with.

    Raises
    ------
    ConfigError
        If the ending does not fit, or the output is an input.
    OutputError
        If it cannot be written.
    """
    from geomap.exporters.formats import table_format

    check_outputs([output], inputs)
    table_format(_format_name(output))


def write_table(table: "pd.DataFrame", output: str, summary: str, *, left_out: str = "") -> None:
    """Write a table to a file and say so, or as CSV to standard output and say only if something was left out."""
    from geomap.exporters.formats import table_format

    data = table_format(_format_name(output))(table)
    if output == STANDARD:
        write_data(data)
        if left_out:
            say(f"{summary}{not_read(left_out)}")
    else:
        write_file(output, data)
        say(f"{summary}{not_read(left_out)}: wrote {output}")


def _format_name(output: str) -> str:
    return "stdout.csv" if output == STANDARD else output


def _lies_in(output: str, folder: str) -> bool:
    parents = Path(os.path.realpath(output)).parents
    return _is_folder(folder) and any(parent.exists() and parent.samefile(folder) for parent in parents)


def _files(read: str) -> Iterator[str]:
    """Yield a file, or the files below a folder."""
    if read == STANDARD or not _is_folder(read):
        yield read
        return
    for parent, _, names in os.walk(read):
        yield from (str(Path(parent) / name) for name in names)


def _is_folder(read: str) -> bool:
    return os.path.isdir(read)  # noqa: PTH112 - pathlib raises on names that are too long


def _identity(name: str | Path, descriptor: int) -> tuple[int, int] | None:
    """Return what tells a regular file from any other, also behind a standard stream; ``None`` for anything else."""
    try:
        found = os.fstat(descriptor) if str(name) == STANDARD else os.stat(name)  # noqa: PTH116 - see above
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
