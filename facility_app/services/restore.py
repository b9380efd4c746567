"""Putting a backup in the place of a damaged or lost database (issue #2).

The old file is never opened: it is moved aside under a dated name, together with its log files, and
stays there. The backup is checked before anything is moved.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facility_app.audit.work import Tx
from facility_app.config import DataFolder, sync_folder
from facility_app.db.copies import place_copy
from facility_app.db.migrate import HEAD, SchemaTooNew
from facility_app.db.place import InstanceLock
from facility_app.domain.access import Permission
from facility_app.keystore import DerivedKeys
from facility_app.services.backup import BackupFacts, read_backup

_PARTS = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where the old file is now (None where there was none)."""

    facts: BackupFacts
    aside: Path | None


def restore_backup(data: DataFolder, keys: DerivedKeys, path: Path, now: datetime) -> Restored:
    """Replace the database in `data`, which nobody may have open, by the backup at `path`.

    Raises AlreadyRunning, BackupMissing, BackupDamaged, SchemaTooNew, DiskFull, PlaceUnreachable;
    the old database is then where it was. The entry is written by `record_restore` once the store
    is open again.
    """
    data.make()
    lock = InstanceLock(data.lock)
    lock.acquire()
    try:
        facts = read_backup(path, keys)
        if facts.revision > HEAD:
            raise SchemaTooNew(facts.revision)
        ready = data.path / f".restore-{secrets.token_hex(8)}.draft"
        try:
            place_copy(path, ready)
            aside = _move_aside(data, now)
            ready.replace(data.database)
        finally:
            ready.unlink(missing_ok=True)
        sync_folder(data.path)
    finally:
        lock.release()
    return Restored(facts, aside)


def record_restore(tx: Tx, restored: Restored) -> None:
    """Record that the store was put back to an earlier state, and where the old file is kept."""
    tx.require(Permission.RESTORE)
    tx.record(
        "store.restored",
        "store",
        plain={
            "size": restored.facts.size,
            "root": restored.facts.root.hex(),
            "aside": restored.aside.name if restored.aside else "",
        },
    )


def _move_aside(data: DataFolder, now: datetime) -> Path | None:
    """Rename the database, then its log files: never may a new database meet an old log."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = data.path / f"facility-aside-{stamp}.db"
    moved = False
    for part in _PARTS:
        old = data.database.with_name(data.database.name + part)
        if old.exists():
            old.replace(kept.with_name(kept.name + part))
            moved = True
    return kept if moved else None
