"""Where a verb writes, checked before the work begins and never a file that it reads; and what its files say of it."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.words import not_read, say, write_data
from geomap.config import Config
from geomap.errors import ConfigError
from geomap.formats import Kind, Shape, endings, format_of, in_words
from geomap.writing import Content, check_output, growing_file, write_files

if TYPE_CHECKING:
    import pandas as pd

    from geomap.exporters.export import Export

STANDARD = "-"
"""Stands for standard input among what is read, and for standard output among what is written."""
PACKAGE = "datapackage.json"
"""The file that describes those beside it, as Frictionless has it."""


Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", help=f"A file by its ending: {in_words(endings())}; - is CSV to stdout."
    ),
]
Excel = Annotated[
    bool, typer.Option("--excel", help="A CSV that Excel opens right: marked as UTF-8, and no cell is a formula.")
]
ShapeOf = Annotated[
    Shape | None,
    typer.Option(
        "--shape", help=f"Columns of ACLED or UCDP GED, as far as known; for {in_words(endings(shapes=True))}."
    ),
]
Datapackage = Annotated[
    bool, typer.Option("--datapackage", help=f"Also write {PACKAGE} beside it: columns, and how it was made.")
]


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


def check_package(output: str, inputs: Sequence[str | Path | None]) -> Path:
    """Return where the data package of a file goes; refuses what `check_outputs` does, and standard output."""
    if output == STANDARD:
        raise ConfigError("a data package describes files; give one with -o")
    package = Path(output).with_name(PACKAGE)
    check_outputs([package], inputs, option="-o in another folder")
    return package


def check_run_folder(folder: Path | None, inputs: Sequence[str | Path | None]) -> None:
    """Refuse a run folder that lies among the reports, where the next run would take its files for some."""
    for read in inputs:
        if folder is not None and read is not None and _lies_in(str(folder / "manifest.json"), str(read)):
            raise ConfigError(f"{folder} lies where the reports are; choose another folder with --run")


def is_same_file(output: str | Path, read: str | Path) -> bool:
    """Return whether an output and an input are one regular file, whatever their names."""
    file = _identity(output, 1)
    return file is not None and file == _identity(read, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a verb made its table from."""

    command: str
    """The verb, such as ``geomap events``."""
    input: str
    """The file or folder that was read, or ``-``."""
    settings: Config | None
    """The settings; ``None`` where a saved table was read, of which nobody knows with what it was made."""

    def provenance(self) -> dict[str, Any]:
        """Describe it; files are named without their folders, and by their digests: nothing is told of a machine."""
        from geomap.exporters.datapackage import provenance_of

        own = self.settings
        if own is None:
            return provenance_of(command=self.command, settings={}, gazetteers={})
        settings = {
            "recognizer": own.recognizer,
            "resolver": own.resolver,
            "demonyms": own.demonyms,
            **({"copies": True} if own.copies else {}),
            "on_error": own.on_error,
            "columns": dict(own.columns),
            **{name: _digest_of(Path(path)) for name in ("corrections", "boundaries") if (path := getattr(own, name))},
        }
        return provenance_of(command=self.command, settings=settings, gazetteers=dict(_gazetteers(own)))

    def package(self, files: Sequence[tuple[Path, Content, "pd.DataFrame | None"]]) -> str:
        """Return a ``datapackage.json`` for files that this run wrote, each with what it holds and the table in it."""
        from geomap.exporters.datapackage import datapackage_text, described

        outputs = [described(path.name, content, table) for path, content, table in files]
        return datapackage_text(outputs, inputs=list(self._inputs()), provenance=self.provenance())

    def _inputs(self) -> Iterator[dict[str, Any]]:
        """Yield the files that were read, in order of their names below the folder that was given."""
        given = Path(self.input)
        if self.input == STANDARD:
            yield {"name": "standard input"}
        elif given.is_dir():
            for path in sorted(path for path in given.rglob("*") if path.is_file()):
                yield {**_digest_of(path), "name": path.relative_to(given).as_posix()}
        else:
            yield _digest_of(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a verb writes its table, and how."""

    output: str
    """A file, or ``-``, which is CSV."""
    excel: bool = False
    """Whether a CSV is for Excel."""
    shape: Shape | None = None
    """Whose columns events are written in; ``None`` for the program's own."""
    datapackage: bool = False
    """Whether ``datapackage.json`` is written beside it."""

    def check(self, inputs: Sequence[str | Path | None]) -> None:
        """Refuse what `check_outputs` does, and an ending that does not fit, before the work begins."""
        check_outputs([self.output], inputs)
        found = format_of(self._name, shapes=self.shape is not None)
        if self.excel and found.ending != ".csv":
            raise ConfigError(f"{self.output}: --excel is for .csv; an .xlsx opens in Excel by itself")
        if self.datapackage:
            check_package(self.output, inputs)

    def write(
        self, export: "Export", *, made: Made, summary: Callable[[], str], left_out: Callable[[], str] = str
    ) -> None:
        """Write a table and say so, or as CSV to standard output and say only if something was left out.

        It grows in a file without a name as its rows come, and is there only when it is whole. Once they have come,
        ``summary`` tells what to say of it, and ``left_out`` what of the reports it says nothing of.
        """
        from geomap.exporters.export import write_export

        tells = format_of(self._name).tells
        export = replace(export, excel=self.excel, provenance=made.provenance() if tells else {})
        with growing_file(None if self.output == STANDARD else self.output) as content:
            write_export(export, self._name, content, shape=self.shape)
            said = f"{summary()}{not_read(left_out())}"
            if self.output == STANDARD:
                write_data(content)
                if left_out():
                    say(said)
                return
            files: list[tuple[str | Path, Content]] = [(self.output, content)]
            if self.datapackage:
                package = made.package([(Path(self.output), content, None if self.shape else export.table)])
                files.append((Path(self.output).with_name(PACKAGE), package))
            write_files(files)
        say(f"{said}: wrote {', '.join(str(path) for path, _ in files)}")

    @property
    def holds_several(self) -> bool:
        """Whether its file holds all tables of a run."""
        return format_of(self._name).several

    @property
    def _name(self) -> str:
        return "stdout.csv" if self.output == STANDARD else self.output


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


def companions(
    *, mentions: "pd.DataFrame | None" = None, events: "pd.DataFrame | None" = None
) -> "dict[Kind, pd.DataFrame]":
    """Return all tables of a run, for a file that holds several."""
    from geomap.tables import to_incidents, to_places

    found: dict[Kind, pd.DataFrame] = {}
    if mentions is not None:
        found |= {"mentions": mentions, "places": to_places(mentions)}
    if events is not None:
        found |= {"events": events, "incidents": to_incidents(events)}
    return found


def _gazetteers(settings: Config) -> Iterator[tuple[str, dict[str, str]]]:
    from geomap.gazetteers.inspection import gazetteer_info
    from geomap.gazetteers.installed import chosen

    lowest, imported = chosen(settings.gazetteer or None)
    for path in (lowest, *imported):
        yield path.stem if path else "bundled", {"sha256": str(gazetteer_info(path)["sha256"])}


def _digest_of(path: Path) -> dict[str, Any]:
    from geomap.runs.settings import sha256_of

    return {"name": path.name, "sha256": sha256_of(path)}
