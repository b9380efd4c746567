"""One save of a vault at a time, also where several computers use the same folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LOCK_NAME = "pins.vault.lock"
"""Empty.  The system lets it go when the process that holds it ends, so none is ever left over."""

WAITS_S = 10.0
_PAUSE_S = 0.02


@contextmanager
def turn(folder: Path, waits_s: float = WAITS_S) -> Iterator[None]:
    """Nobody else is in this block for this folder.

    Raises OSError where that cannot be had, or not within `waits_s`.
    """
    with (folder / LOCK_NAME).open("ab") as file:
        until = time.monotonic() + waits_s
        while not _taken(file):
            if time.monotonic() >= until:
                raise TimeoutError("another computer does not let go of the vault")
            time.sleep(_PAUSE_S)
        yield


def _taken(file: BinaryIO) -> bool:
    """Try once; closing the file lets go."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
