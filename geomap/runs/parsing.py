"""What a worker does: load its models once, and parse batches of documents, each within its budget.

The time is kept by a watch that needs no interpreter (`faulthandler`'s): it ends the process also when a library hangs
in the middle of its C code. Who gave the batch sees the process end, and parses the documents again one by one.
"""

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from multiprocessing.connection import wait
from typing import TextIO

from geomap.errors import ConfigError, GazetteerError, GeomapError, ModelNotFoundError
from geomap.pipeline import Geoparser
from geomap.runs.packing import pack
from geomap.runs.settings import Settings, origin_of
from geomap.types import Document

_ALONE = threading.Lock()
_FIRST = Document(id="", text="Shelling hit Kyiv on Friday and killed two people.")
_OF_THE_RUN = (ConfigError, GazetteerError, ModelNotFoundError)
"""What is wrong with the run and not with a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a document may take of a worker before it is set aside."""

    seconds: float = 10.0
    """However short it is."""
    seconds_a_character: float = 1 / 100_000
    """On top of that, for each character."""
    memory: int = 2_000_000_000
    """Bytes on top of what the models take."""

    def seconds_for(self, document: Document) -> float:
        """Return how long a document may take."""
        return self.seconds + len(document.text) * self.seconds_a_character


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a document: what was found in it, or why it was set aside."""

    line: str = ""
    """As `geomap.runs.packing.pack` writes it; empty for a document that was set aside."""
    error: str = ""
    """Why it was; empty for a document that was parsed."""


def parse_batch(
    settings: Settings, documents: Sequence[Document], *, budget: Budget | None = None, origin: str = ""
) -> list[Finding]:
    """Parse documents, and return what came of each.

    Parameters
    ----------
    settings
        Of the `Geoparser`, which is made once a process.
    documents
        Each is tried twice before its error is what came of it.
    budget
        A document that takes longer ends the process; ``None`` for as long as it takes. For workers alone.
    origin
        Digest of what the results must be made with, see `geomap.runs.settings.Origin`; empty for no such demand.

    Raises
    ------
    ConfigError
        If this machine has another version, gazetteer or library than the one that asks.
    GazetteerError
        If the gazetteer is missing or damaged.
    ModelNotFoundError
        If a model is not installed.
    """
    with _ALONE:
        if origin and origin != _origin(settings):
            raise ConfigError("a worker has another geomap, gazetteer or library; install the same there")
        geoparser = _geoparser(settings)
        return [_finding(geoparser, document, budget=budget) for document in documents]


def begin() -> None:
    """Make ready a process that parses for another: it ends with that one, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def load(settings: Settings, memory: int) -> int:
    """Load the models, let nothing after that take more memory than a number of bytes, and return the process's id."""
    _geoparser(settings).parse_one(_FIRST)  # some models are loaded on their first use
    with suppress(ImportError, OSError, ValueError):  # no such limits on Windows, nor a /proc outside Linux
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, resource.RLIM_INFINITY))
    return os.getpid()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _finding(geoparser: Geoparser, document: Document, *, budget: Budget | None) -> Finding:
    first = _attempt(geoparser, document, budget=budget)
    return _attempt(geoparser, document, budget=budget) if first.error else first


def _attempt(geoparser: Geoparser, document: Document, *, budget: Budget | None) -> Finding:
    if budget is not None:
        faulthandler.dump_traceback_later(budget.seconds_for(document), exit=True, file=_nowhere())
    try:
        return Finding(line=pack(geoparser.parse_one(document)))
    except _OF_THE_RUN:
        raise
    except MemoryError:
        return Finding(error="takes more memory than a report may; cut it into several")
    except GeomapError as error:
        return Finding(error=str(error).removeprefix(f"{document.id}: "))
    except Exception as error:  # whatever a report brings about in a library is no reason to lose the others
        return Finding(error=f"cannot be parsed ({type(error).__name__}: {error!s:.200}); leave it out, and tell us")
    finally:
        if budget is not None:
            faulthandler.cancel_dump_traceback_later()


def geoparser_of(settings: Settings) -> Geoparser:
    """Return a new `Geoparser` with some settings."""
    return Geoparser(
        recognizer=settings.recognizer,
        resolver=settings.resolver,
        gazetteer=settings.gazetteer or None,
        demonyms=settings.demonyms,
        boundaries=settings.boundaries or None,
    )


_geoparser = lru_cache(maxsize=1)(geoparser_of)


@cache
def _origin(settings: Settings) -> str:
    return origin_of(settings).digest()


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="ascii")  # noqa: PTH123 - kept open as long as the process lives
