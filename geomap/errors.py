"""Every error geomap raises on purpose.

::

    GeomapError
    ├── ConfigError (ValueError)          a setting, flag or name that makes no sense
    ├── ReportError (ValueError)          a report that cannot be read: names file, line and remedy
    ├── TableError (ValueError)           a mention table that lacks columns or cannot be read
    ├── CorrectionsError (ValueError)     a correction, or a file of them, that makes no sense: names file and line
    ├── OutputError (OSError)             a result that cannot be written
    ├── GazetteerError                    the gazetteer is missing, damaged or of another version
    └── ModelNotFoundError (OSError)      a model is not installed: gives the install command

Each also inherits the built-in a caller would expect, so ``except ValueError`` keeps working. The message is one line
and ends with the remedy. Doubts that do not stop the work are `GeomapWarning`.
"""

from collections.abc import Iterable


class GeomapError(Exception):
    """Anything that geomap refuses to do, with the remedy in the message: one line, whatever a library says."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(" ".join(one.splitlines()) if isinstance(one, str) else one for one in args))


class ConfigError(GeomapError, ValueError):
    """A setting, flag or registered name that makes no sense."""


class ReportError(GeomapError, ValueError):
    """A report that cannot be read.

    Parameters
    ----------
    message
        What is wrong and what to do about it.
    path
        The file, or ``<stdin>``.
    line
        Line in the file, counted from 1; ``None`` when the whole file is meant.
    unit
        What is counted where it is no line: ``entry`` of a feed, ``row`` of a workbook.
    """

    def __init__(self, message: str, *, path: str = "", line: int | None = None, unit: str = "line") -> None:
        self.path = path
        self.line = line
        where = f"{path}, {unit} {line}" if line is not None else path
        message = " ".join(message.split())  # what a library says of a damaged file can run over lines
        super().__init__(f"{where}: {message}" if where else message)


class TableError(GeomapError, ValueError):
    """A mention table that lacks columns or cannot be read."""


class CorrectionsError(GeomapError, ValueError):
    """A correction, or a file of them, that makes no sense."""


class OutputError(GeomapError, OSError):
    """A result that cannot be written."""


class GazetteerError(GeomapError):
    """The gazetteer is missing, damaged or of another version."""


class ModelNotFoundError(GeomapError, OSError):
    """A model is not installed; the message gives the command that installs it."""


class GeomapWarning(UserWarning):
    """Something odd that did not stop the work, such as a publication date that cannot be read."""


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return the remedy for a name that is not known: the one that is meant, or else what is known, in given words."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else otherwise
