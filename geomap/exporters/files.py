"""Write results to disk: under a temporary name first, so that a stopped run never leaves half a file."""

import io
import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from geomap.errors import ConfigError, OutputError
from geomap.exporters.delimited import to_csv
from geomap.exporters.jsonlines import to_jsonl


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write a table in the format that the file name asks for.

    Parameters
    ----------
    table
        A mention table or any other table of the program.
    path
        Ends in ``.csv``, ``.jsonl`` or ``.parquet``; the last needs the extra ``geomap[parquet]``.

    Raises
    ------
    ConfigError
        If the suffix is another one, or pyarrow is not installed.
    OutputError
        If the file cannot be written.
    """
    write_file(path, table_format(path)(table))


def table_format(path: str | os.PathLike[str]) -> Callable[[pd.DataFrame], bytes]:
    """Return the function that turns a table into the bytes of a file of this name.

    Worth calling before a long run, so that a wrong suffix or a missing pyarrow is found out at its start.

    Raises
    ------
    ConfigError
        If the suffix is unknown, or pyarrow is needed and not installed.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _FORMATS:
        raise ConfigError(f"{path}: a table can be written as {', '.join(_FORMATS)}; choose one of these endings")
    if suffix == ".parquet":
        _require_pyarrow()
    return _FORMATS[suffix]


def check_output(path: str | os.PathLike[str]) -> None:
    """Refuse a path that no file can be written to, before the work that would be lost begins.

    Raises
    ------
    OutputError
        If the path is a folder, its folder does not exist, or the folder or file may not be written to.
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file in it, such as {target / 'map.html'}")
    if not target.parent.is_dir():
        raise OutputError(
            f"{target}: the folder {target.parent} does not exist; make it with: mkdir -p {target.parent}"
        )
    if not os.access(target if _is_special(target) else target.parent, os.W_OK):
        raise OutputError(f"{target}: no permission to write there; choose another folder with -o")


def write_file(path: str | os.PathLike[str], content: bytes | str) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        The file; an existing one is replaced. Its folder must exist. A device such as ``/dev/stdout`` is written to.
    content
        Bytes, or text that is encoded as UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes "?".

    Raises
    ------
    OutputError
        If the file cannot be written; nothing is left behind.
    """
    check_output(path)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        if _is_special(target):
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another place with -o") from None


def _is_special(path: Path) -> bool:
    """Whether it is there and neither file nor folder: a device or a pipe, which cannot be replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _to_parquet(table: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table.to_parquet(out, engine="pyarrow", index=False)
    return out.getvalue()


def _require_pyarrow() -> None:
    if find_spec("pyarrow") is None:
        raise ConfigError("Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]'")


_FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": lambda table: to_csv(table).encode("utf-8", "replace"),
    ".jsonl": lambda table: to_jsonl(table).encode("utf-8", "replace"),
    ".parquet": _to_parquet,
}
