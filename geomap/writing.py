"""Write results to disk: under temporary names first, so that a stopped run never leaves half a file or half a set."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from geomap.errors import OutputError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_AT_ONCE = 1 << 20


Content = bytes | str | BinaryIO
"""What a file is to hold: bytes, or text, encoded as UTF-8; a lone surrogate, which has no bytes, becomes "?"; or all
that is in another file, open for reading and writing."""


def check_output(path: str | os.PathLike[str]) -> None:
    """Refuse, as an `OutputError`, a path that no file can be written to, before the work that would be lost begins.

    It is a folder, its folder does not exist, or the folder or file may not be written to.
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


def write_file(path: str | os.PathLike[str], content: Content) -> None:
    """Write a file whole or not at all, as `write_files` does several, with its errors."""
    write_files([(path, content)])


def write_files(contents: Sequence[tuple[str | os.PathLike[str], Content]]) -> None:
    """Write a set of files whole or not at all: each under a temporary name in its folder, then all are renamed.

    Parameters
    ----------
    contents
        Pairs of a file and what it is to hold. Existing files are replaced; the folders must exist. A link is followed
        and kept, a device such as ``/dev/stdout`` is written to.

    Raises
    ------
    OutputError
        If one of them cannot be written; then none is, the old ones are as they were, and nothing is left behind.
    """
    drafts: list[tuple[Path, Path]] = []
    devices: list[tuple[Path, Content]] = []
    for path, _ in contents:
        check_output(path)
    try:
        for path, content in contents:
            target = Path(os.path.realpath(path))
            if _is_special(target):
                devices.append((target, content))
            else:
                drafts.append((draft_of(target), target))
                _write_through(drafts[-1][0], content)
        _rename(drafts)
        for target, content in devices:
            with target.open("wb") as file:
                write_content(content, file)
    except OSError as error:
        shown = error.filename2 or path  # of a renaming, where the file was to go
        raise OutputError(f"{shown}: cannot be written ({error.strerror}); choose another place with -o") from None
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)


@contextmanager
def growing_file(output: str | os.PathLike[str] | None) -> Iterator[BinaryIO]:
    """Open a file without a name for what is made bit by bit: whoever is killed as it grows leaves nothing behind.

    Parameters
    ----------
    output
        What it will be copied to, in whose folder it grows; ``None`` for standard output. For that and for a device it
        grows where the system has its temporary files.

    Raises
    ------
    OutputError
        If it cannot be made.
    """
    target = None if output is None else Path(os.path.realpath(output))
    with ExitStack() as opened:
        try:
            folder = target.parent if target and not _is_special(target) else None
            file = opened.enter_context(tempfile.TemporaryFile(dir=folder))
        except OSError as error:
            shown = "standard output" if output is None else output
            raise OutputError(f"{shown}: cannot be written ({error.strerror}); choose another place with -o") from None
        yield cast("BinaryIO", file)


def draft_of(target: Path) -> Path:
    """Return a name beside a file for what will replace it: random, so that no other run and no leftover has it."""
    return target.with_name(f".geomap-{secrets.token_hex(8)}.part")


def _is_special(path: Path) -> bool:
    """Whether it is there and neither file nor folder: a device or a pipe, which cannot be replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def write_content(content: Content, file: "SupportsWrite[bytes]") -> None:
    """Write into an open file what it is to hold."""
    if isinstance(content, str | bytes):
        file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    else:
        content.seek(0)
        shutil.copyfileobj(content, file, _AT_ONCE)


def _write_through(draft: Path, content: Content) -> None:
    with draft.open("xb") as file:
        write_content(content, file)
        file.flush()
        os.fsync(file.fileno())


def _rename(drafts: Sequence[tuple[Path, Path]]) -> None:
    """Put drafts in their targets' places; if one cannot be, those before it get their old files back."""
    if len(drafts) == 1:
        drafts[0][0].replace(drafts[0][1])
        return
    done: list[tuple[Path, Path | None]] = []
    try:
        for draft, target in drafts:
            done.append((target, _second_copy(target)))
            draft.replace(target)
    except BaseException:  # also when the run is stopped between two of them
        for target, old in done:
            if old:
                old.replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        for _, old in done:
            if old:
                old.unlink(missing_ok=True)


def _second_copy(target: Path) -> Path | None:
    """Return a second name for an existing file, or a copy where the disk knows no hard links."""
    if not target.exists():
        return None
    spare = draft_of(target)
    try:
        os.link(target, spare)
    except OSError:
        shutil.copy2(target, spare)
    return spare
