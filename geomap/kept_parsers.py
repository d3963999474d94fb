"""Parsers that are kept between calls, so that a notebook loads its models once."""

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypedDict, Unpack

from geomap.bundle import bundled_path, from_folder, own_model
from geomap.errors import ConfigError, did_you_mean
from geomap.gazetteers.installed import chosen
from geomap.pipeline import Geoparser
from geomap.types import Document, ParsedDocument

MOST = 2
"""Parsers that are kept at once: each takes some 400 MB."""


class Settings(TypedDict, total=False):
    """The settings of `Geoparser`."""

    recognizer: str
    resolver: str
    gazetteer: str | os.PathLike[str] | None
    demonyms: bool
    events: bool
    boundaries: str | os.PathLike[str] | None


def parse_kept(documents: Iterable[Document], **settings: Unpack[Settings]) -> Iterator[ParsedDocument]:
    """Parse documents as `Geoparser.parse` does, with the parser of an earlier call that had the same settings.

    A parser is made anew once a file that it was made from has changed, and in another process. Several threads may
    call this at once: they take turns, document by document.

    Raises
    ------
    ConfigError
        If there is no such setting, and as `Geoparser` does.
    """
    parser, turn = _kept(os.getpid(), _files(settings), tuple(sorted(_plain(settings).items())))
    stream = parser.parse(documents)
    while True:
        with turn:
            one = next(stream, None)
        if one is None:
            return
        yield one


def forget_parsers() -> None:
    """Let go of the kept parsers, and so of their memory."""
    _kept.cache_clear()


@lru_cache(maxsize=MOST)
def _kept(process: int, files: tuple[object, ...], settings: tuple[tuple[str, Any], ...]) -> tuple[Geoparser, Lock]:
    return Geoparser(**dict(settings)), Lock()


def _plain(settings: Settings) -> dict[str, Any]:
    """Return settings that can be compared, paths as absolute texts: the working folder may change."""
    known = Settings.__annotations__
    for name in settings:
        if name not in known:
            hint = did_you_mean(name, known, otherwise=f"known settings: {', '.join(known)}")
            raise ConfigError(f"unknown setting {name!r}; {hint}")
    plain: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    if "recognizer" in plain:
        plain["recognizer"] = from_folder(plain["recognizer"], Path.cwd())
    kind, _, model = plain.get("resolver", "").partition(":")
    if model:
        plain["resolver"] = f"{kind}:{Path(model).absolute()}"
    if "boundaries" in plain:
        plain["boundaries"] = str(Path(plain["boundaries"]).absolute())
    if "gazetteer" in plain:
        lowest, _ = chosen(plain["gazetteer"])
        plain["gazetteer"] = str(lowest.absolute()) if lowest else os.fspath(plain["gazetteer"])
    return plain


def _files(settings: Settings) -> tuple[object, ...]:
    """Return what tells the files that a parser is made from apart from later ones of the same names."""
    boundaries = settings.get("boundaries")
    lowest, imported = chosen(settings.get("gazetteer"))
    paths = [lowest or bundled_path("gazetteer.sqlite"), *imported, *([Path(boundaries)] if boundaries else [])]
    if own := own_model(settings.get("recognizer") or ""):
        paths.append(own)
    if model := settings.get("resolver", "").partition(":")[2]:
        paths.append(Path(model, "resolver.json") if Path(model).is_dir() else Path(model))
    return tuple(_stamp(path.absolute()) for path in paths)


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:  # whoever opens it will say so
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
