"""What the vault's process asks of the operating system before it holds a secret (design §7).

No file with its memory when it crashes, no other program of the same person that reads its memory,
none of it in the swap, no file that others may read.  Each measure is asked for alone: what a
system does not have is left out, and `harden` tells what took.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from contextlib import suppress
from enum import StrEnum

_GET_DUMPABLE, _SET_DUMPABLE = 3, 4
_CURRENT, _FUTURE, _ON_FAULT = 1, 2, 4
"""Of <sys/prctl.h> and <sys/mman.h> on Linux; ON_FAULT locks pages as they come to be used."""

_ROOM = 512 * 1024 * 1024
"""What must still be had once memory is locked: one Argon2id of 256 MiB, twice over."""


class Measure(StrEnum):
    """One thing that was asked for and took."""

    NO_CORE = "no_core"
    NOT_DUMPABLE = "not_dumpable"
    LOCKED = "locked"
    OWN_SESSION = "own_session"


def harden() -> tuple[Measure, ...]:
    """Take every measure that this system has; gives those that took.

    Called first of all, in a process of its own: it cannot be undone.
    """
    os.umask(0o077)
    os.chdir(os.path.abspath(os.sep))  # a removable drive can be taken out while the process runs
    measures = {
        Measure.OWN_SESSION: _own_session,
        Measure.NO_CORE: _no_core,
        Measure.NOT_DUMPABLE: _not_dumpable,
        Measure.LOCKED: _locked,
    }
    return tuple(measure for measure, takes in measures.items() if takes())


def _own_session() -> bool:
    """Out of the reach of a terminal's Ctrl+C; Windows has no sessions of this kind."""
    if sys.platform == "win32":
        return False
    with suppress(PermissionError):  # it leads one already
        os.setsid()
    return os.getsid(0) == os.getpid()


def _no_core() -> bool:
    """Windows writes none unless somebody set it up for this program by name."""
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def _not_dumpable() -> bool:
    """Closes /proc/PID/mem and ptrace to other processes of the same person.

    Linux alone: macOS protects the memory of signed programs itself, on Windows a program cannot
    refuse it to its own user.
    """
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(system.prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _locked() -> bool:
    """Nothing goes to the swap.  Left out where the limit is so low that later memory would be
    refused: an agent that cannot compute its key is worse than one in an encrypted swap.

    Linux alone: macOS has no mlockall (its swap is encrypted), Windows locks single pages only.
    """
    if sys.platform != "linux":
        return False
    import resource

    with suppress(OSError, ValueError):  # as much as this person may have
        _soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    system = ctypes.CDLL(None, use_errno=True)
    if system.mlockall(_CURRENT | _FUTURE | _ON_FAULT) != 0:
        return False
    try:
        mmap.mmap(-1, _ROOM).close()
    except OSError:
        system.munlockall()
        return False
    return True
