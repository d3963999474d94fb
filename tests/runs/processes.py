"""Who is whose child, from ``/proc``."""

import os
import time
from collections.abc import Iterable
from pathlib import Path


def children(parent: int) -> list[int]:
    """Return the ids of the processes that a process has started and that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, owner = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(owner) == parent and state != "Z":
            found.append(int(status.parent.name))
    return found


def workers(parent: int) -> list[int]:
    """Return the ids of a process's workers."""
    return [child for child in children(parent) if b"spawn_main" in _command(child)]


def gone(processes: Iterable[int], *, within: float) -> bool:
    """Return whether processes end within a number of seconds."""
    end = time.monotonic() + within
    left = list(processes)
    while left and time.monotonic() < end:
        time.sleep(0.05)
        left = [one for one in left if _runs(one)]
    return not left


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
