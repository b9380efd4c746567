"""An erasure down to the files: the database, its write-ahead log, and the backups.

SQLite overwrites what is deleted (secure_delete), but the write-ahead log keeps old pages until it
is emptied, and backups keep what was there when they were made, until the rotation drops them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facility_app.audit.work import Reading, Tx
from facility_app.db.engine import raw
from facility_app.domain.access import Actor, Permission
from facility_app.services.access import Witness
from facility_app.services.backup import backup_files, make_backup
from facility_app.services.office import Office
from facility_app.services.retention import erase_details
from facility_app.services.settings import load_settings


@dataclass(frozen=True)
class ErasedFrom:
    """What an erasure reached.

    seq: the entry that proves it; washed: the write-ahead log is empty too; backups: files from
    before, which still hold the data until `renew_backups` or the rotation drops them.
    """

    seq: int
    washed: bool
    backups: tuple[Path, ...]


@dataclass(frozen=True)
class RenewedBackups:
    """The new backup, the old ones that were deleted, and those that could not be."""

    made: tuple[Path, ...]
    deleted: tuple[Path, ...]
    left: tuple[Path, ...]


def erase_resident(
    office: Office, actor: Actor, resident_id: int, witness: Witness | None
) -> ErasedFrom:
    """Erase the details of a resident and wash the database's files.

    Needs MANAGE_RETENTION and a second person.  Raises what `retention.erase_details` does.
    """
    seq = office.do(actor, erase_details, resident_id, witness)
    washed = wash(office)
    return ErasedFrom(seq, washed, older_backups(office, actor))


def wash(office: Office) -> bool:
    """Empty the write-ahead log; whether that succeeded.

    It does not while another window reads; then it is emptied when the store is next closed.  A
    server empties its own.
    """
    engine = office.work.engine
    if engine.dialect.name != "sqlite":
        return True

    def empty(driver: Any) -> bool:
        busy, _pages, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(busy == 0)

    washed: bool = raw(engine, empty)
    return washed


def older_backups(office: Office, actor: Actor) -> tuple[Path, ...]:
    """All backups in the places of the settings that can be reached now.

    Needs MANAGE_RETENTION.
    """
    found = []
    for folder in office.ask(actor, _folders, office.data.backups):
        if folder.is_dir():
            found += list(backup_files(folder).values())
    return tuple(found)


def renew_backups(office: Office, actor: Actor) -> RenewedBackups:
    """Make a verified backup in every place, then delete all that were there before.

    What lies on a drive that is not there now is not reached: the rotation drops it after at most
    ten months.  Needs MANAGE_RETENTION.  Raises what `make_backup` does; then nothing is deleted.
    """
    before = older_backups(office, actor)
    made = make_backup(office, actor)
    places = {file.parent for file in made.files}
    deleted, left = [], []
    for path in before:
        if path in made.files:
            continue
        if path.parent not in places:  # no new one lies beside it
            left.append(path)
            continue
        try:
            path.unlink(missing_ok=True)
            deleted.append(path)
        except OSError:
            left.append(path)
    office.do(actor, _record_renewed, len(deleted), len(left))
    return RenewedBackups(made.files, tuple(deleted), tuple(left))


def _folders(reading: Reading, own: Path) -> list[Path]:
    reading.require(Permission.MANAGE_RETENTION)
    named = [Path(folder) for folder in load_settings(reading.session).backup_folders]
    return list(dict.fromkeys([own, *named]))


def _record_renewed(tx: Tx, deleted: int, left: int) -> None:
    tx.require(Permission.MANAGE_RETENTION)
    tx.record("backups.renewed", "backup", plain={"deleted": deleted, "left": left})
