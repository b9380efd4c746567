"""Backups: made while the desk works, and counted only after they were opened and compared.

A backup is one encrypted file, opened by the store's own key (on another computer: by the recovery
words). It counts when it was opened, its structure was checked, and the root of its log is the root
of the store's log at that size. Only then is it put in the backup places and recorded.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Engine, select

from facility_app.audit import log
from facility_app.audit.keyed import head_key
from facility_app.audit.log import LogTampered
from facility_app.audit.work import Reading, Tx
from facility_app.db.copies import never, place_copy, quick_check, snapshot
from facility_app.db.engine import DatabaseDamaged
from facility_app.db.migrate import revision_of
from facility_app.db.models import BackupRow
from facility_app.db.store import open_file
from facility_app.domain import backup_rotation
from facility_app.domain.access import PROGRAM, Actor, Permission
from facility_app.errors import FacilityError, IntegrityError, Refused
from facility_app.keystore import DerivedKeys
from facility_app.services.office import Office
from facility_app.services.settings import load_settings

AT_MOST_EVERY = timedelta(minutes=30)
_NAME = re.compile(r"facility-(\d{8}T\d{6}Z)\.backup")
_STAMP = "%Y%m%dT%H%M%SZ"
_LEFT_OVER = timedelta(hours=6)


@dataclass(eq=False)
class BackupDamaged(IntegrityError):
    """The file cannot be opened with this store's key, or what is in it is not sound."""

    key: ClassVar[str] = "backup.damaged"
    file: str


@dataclass(eq=False)
class BackupMissing(Refused):
    """There is no such file."""

    key: ClassVar[str] = "backup.missing"
    file: str


@dataclass(eq=False)
class BackupDiffers(IntegrityError):
    """The log in the backup is not the past of the store's log."""

    key: ClassVar[str] = "backup.differs"
    file: str


@dataclass(eq=False)
class BackupOnServer(Refused):
    """A store on a PostgreSQL server is backed up there."""

    key: ClassVar[str] = "backup.on_server"


@dataclass(frozen=True)
class BackupFacts:
    """What is in a backup: log entries, root of the log, schema, bytes."""

    path: Path
    size: int
    root: bytes
    revision: str
    bytes: int


@dataclass(frozen=True)
class Backup:
    """A backup that counts.  `failed` are places that could not be written, each with why."""

    made_at: datetime
    size: int
    root: bytes
    files: tuple[Path, ...]
    failed: tuple[tuple[Path, FacilityError], ...] = ()


def make_backup(
    office: Office,
    actor: Actor,
    out: Path | None = None,
    cancelled: Callable[[], bool] = never,
) -> Backup:
    """Make a backup in `out`, or in every backup place of the settings, and thin the places.

    Blocks for about 20 ms per MB; call it on the work lane. Raises NotPermitted, BackupOnServer,
    Cancelled; DiskFull, PlaceUnreachable where no place could be written; DatabaseDamaged,
    BackupDiffers. After any of them no file is left and earlier backups are as they were.
    """
    now, folders = office.ask(actor, _asked)
    targets = [out] if out else [each / file_name(now) for each in folders or (_own(office),)]
    if office.work.engine.dialect.name != "sqlite":
        raise BackupOnServer
    draft = _draft(office.data.path, now)
    try:
        snapshot(office.work.engine, draft, cancelled)
        facts = read_backup(draft, office.keys, cancelled)
        office.ask(actor, _compare, facts)
        files, failed = _placed(draft, targets)
    finally:
        draft.unlink(missing_ok=True)
    backup = Backup(now, facts.size, facts.root, files, failed)
    office.do(actor, _record_backup, backup, facts.bytes)
    if out is None:
        for file in files:
            _sweep(file.parent, now)
            thin(file.parent, now)
    return backup


def automatic_backup(office: Office, cancelled: Callable[[], bool] = never) -> Backup | None:
    """A backup by the program itself where the last is 30 minutes old; None where it is younger."""
    newest = office.ask(PROGRAM, newest_backup)
    age = office.work.clock() - newest if newest else AT_MOST_EVERY
    if timedelta(0) <= age < AT_MOST_EVERY:
        return None
    return make_backup(office, PROGRAM, cancelled=cancelled)


def newest_backup(reading: Reading) -> datetime | None:
    """When the newest backup that counts was made, aware UTC; None where there is none."""
    reading.require(Permission.BACK_UP)
    query = select(BackupRow.made_at).order_by(BackupRow.id.desc()).limit(1)
    return reading.session.scalar(query)


def verify_backup(
    office: Office, actor: Actor, path: Path, cancelled: Callable[[], bool] = never
) -> BackupFacts:
    """Open a backup, check it, compare its log with the store's, and record that.

    Raises NotPermitted, BackupMissing, BackupDamaged, BackupDiffers (its log is another one or
    longer than the store's), Cancelled.
    """
    office.ask(actor, _asked)
    facts = read_backup(path, office.keys, cancelled)
    office.ask(actor, _compare, facts)
    office.do(actor, _record_verified, facts)
    return facts


def read_backup(
    path: Path, keys: DerivedKeys, cancelled: Callable[[], bool] = never
) -> BackupFacts:
    """Open a backup read-only and check structure and log by itself; nothing is recorded.

    Raises BackupMissing, BackupDamaged, Cancelled.
    """
    if not path.is_file():
        raise BackupMissing(str(path))
    try:
        with open_file(path, keys, read_only=True) as engine:
            if quick_check(engine, cancelled):
                raise BackupDamaged(str(path))
            revision = revision_of(engine)
            if not revision:
                raise BackupDamaged(str(path))
            size, root = _head(engine, keys)
    except (DatabaseDamaged, LogTampered) as exc:
        raise BackupDamaged(str(path)) from exc
    return BackupFacts(path, size, root, revision, path.stat().st_size)


def copy_before_migration(engine: Engine, folder: Path, keys: DerivedKeys, now: datetime) -> Path:
    """A checked copy of a store whose schema is about to change; its log cannot be written yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(folder, now)
    try:
        snapshot(engine, draft)
        read_backup(draft, keys)
        target = folder / file_name(now)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def file_name(at: datetime) -> str:
    """The name of a backup made at `at` (aware): ``facility-20261120T050607Z.backup``."""
    return f"facility-{at.astimezone(UTC).strftime(_STAMP)}.backup"


def backup_files(folder: Path) -> dict[datetime, Path]:
    """The backups in `folder` by when they were made, newest first; other files do not count."""
    found = {}
    for path in folder.glob("facility-*.backup"):
        match = _NAME.fullmatch(path.name)
        if match:
            found[datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)] = path
    return dict(sorted(found.items(), reverse=True))


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups in `folder` that the rotation does not keep; gives what was deleted."""
    files = backup_files(folder)
    kept = backup_rotation.keep(files, now)
    gone = [path for at, path in files.items() if at not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _asked(reading: Reading) -> tuple[datetime, list[Path]]:
    reading.require(Permission.BACK_UP)
    folders = load_settings(reading.session).backup_folders
    return reading.now, [Path(folder) for folder in folders]


def _own(office: Office) -> Path:
    return office.data.backups


def _draft(folder: Path, now: datetime) -> Path:
    """A new name for a file in the making."""
    _sweep(folder, now)
    return folder / f".backup-{secrets.token_hex(8)}.draft"


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what a crash left half-made in `folder`, once it is hours old."""
    for pattern in (".backup-*.draft", ".copy-*"):
        for old in folder.glob(pattern):
            if old.stat().st_mtime < (now - _LEFT_OVER).timestamp():
                old.unlink(missing_ok=True)


def _placed(
    draft: Path, targets: Sequence[Path]
) -> tuple[tuple[Path, ...], tuple[tuple[Path, FacilityError], ...]]:
    files, failed = [], []
    for target in targets:
        try:
            place_copy(draft, target)
            files.append(target)
        except FacilityError as exc:
            failed.append((target.parent, exc))
    if not files:
        raise failed[0][1]
    return tuple(files), tuple(failed)


def _head(engine: Engine, keys: DerivedKeys) -> tuple[int, bytes]:
    """Size and root of the log in a file, vouched for by the store's key.  Raises LogTampered."""
    key = head_key(keys.checkpoint_seed.copy_bytes())
    with engine.connect() as connection:
        head = log.trusted_head(connection, log.kept_head(connection), key)
    return head.size, head.root()


def _compare(reading: Reading, facts: BackupFacts) -> None:
    """Refuse a backup whose log is not the beginning of the store's."""
    reading.require(Permission.BACK_UP)
    connection = reading.session.connection()
    size = log.stored_size(connection)
    if facts.size > size or log.stored_head(connection, facts.size).root() != facts.root:
        raise BackupDiffers(str(facts.path))


def _record_backup(tx: Tx, backup: Backup, length: int) -> None:
    tx.require(Permission.BACK_UP)
    places = [str(file) for file in backup.files]
    tx.session.add(
        BackupRow(made_at=backup.made_at, size=backup.size, root=backup.root.hex(), places=places)
    )
    plain = {"size": backup.size, "root": backup.root.hex(), "bytes": length}
    counts = {"places": len(backup.files), "failed": len(backup.failed)}
    tx.record("backup.made", "backup", plain=plain | counts)


def _record_verified(tx: Tx, facts: BackupFacts) -> None:
    tx.require(Permission.BACK_UP)
    plain = {"size": facts.size, "root": facts.root.hex(), "bytes": facts.bytes}
    tx.record("backup.verified", "backup", plain=plain)
