"""Work on a file of somebody else's, tried first by a process of its own that ends when it takes too much.

Lines that cross each other a million times, a view of a database that never ends, bytes that bring a library down: what
they cost is known only when it is spent. The process that tries says nothing but how it ended, so that nothing it reads
comes back with it.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from pkgutil import resolve_name

SECONDS, SECONDS_A_BYTE = 10.0, 1 / 100_000
"""Of processor time that work on a file may take, as a report may; see `geomap.runs.parsing.Budget`."""
MEMORY = 2_000_000_000
"""Bytes that it may take on top of what its libraries do."""

_WAITS = 20
"""Times as many seconds of the clock, for a machine that is busy, or a process that sleeps."""
_NO_MEMORY = 3
_LACKS = ("bad_alloc", "out of memory", "cannot allocate")
"""What libraries without a `MemoryError` say: GEOS, GDAL."""
_SMALL = 4_000
"""Bytes of a file that is not tried: 700 corners, whose lines cross in some tenths of a second."""
_PROGRAM = "from geomap.trial import main; main()"


def trial(work: str, path: Path, *arguments: str) -> str:
    """Return why work on a file is not to be done; empty where it ended, be it with an error that it says itself.

    The work is a ``module:function`` that takes the path and the arguments; what it returns is lost. A file that is not
    there, or that is small, is not tried.
    """
    try:
        facts = path.stat()
    except OSError:
        return ""
    if facts.st_size <= _SMALL:
        return ""
    return _tried(work, str(path), facts.st_size, facts.st_mtime_ns, arguments)


@lru_cache(maxsize=64)
def _tried(work: str, path: str, size: int, changed: int, arguments: tuple[str, ...]) -> str:
    if not sys.executable:  # within another program
        return ""
    seconds = SECONDS + size * SECONDS_A_BYTE
    command = [sys.executable, "-c", _PROGRAM, work, str(seconds), path, *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    quiet = subprocess.DEVNULL
    try:
        ended = subprocess.run(  # noqa: S603 - this program, and nothing of the file
            command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_WAITS * seconds, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        ended = -signal.SIGALRM
    return _in_words(ended, seconds)


def _in_words(ended: int, seconds: float) -> str:
    if ended == _NO_MEMORY:
        return f"takes more than the {MEMORY // 10**9} GB of memory that a file may"
    if ended in {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM}:
        return f"takes longer than the {seconds:.0f} s that a file of its size may"
    return "brings down the library that reads it" if ended < 0 else ""


def main() -> None:
    """Do the work that the arguments name within the limits; for the process that tries."""
    work, seconds, path, *arguments = sys.argv[1:]
    call = resolve_name(work)
    with suppress(ImportError, OSError, ValueError):  # no such limits on Windows
        import resource

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
        spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent + float(seconds)) + 1, int(spent + float(seconds)) + 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        call(Path(path), *arguments)
    except Exception as error:  # any other one the one who does it in earnest meets, too, and says so
        lacks = isinstance(error, MemoryError) or any(words in str(error).lower() for words in _LACKS)
        os._exit(_NO_MEMORY if lacks else 0)
    os._exit(0)
