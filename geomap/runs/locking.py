"""A lock that ends with its process, however that ends."""

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def held_lock(path: Path) -> int | None:
    """Return the descriptor of a file that is locked until it is closed; ``None`` if another process has it.

    Raises
    ------
    OSError
        If the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    return descriptor
