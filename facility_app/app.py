"""Wiring by hand: from a data folder to an open `Office`, and back to a closed one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Work
from facility_app.config import DataFolder, read_settings
from facility_app.db.migrate import HEAD, migrate, require_head, revision_of
from facility_app.db.store import Store, open_store, unlock_keys
from facility_app.domain.access import PROGRAM
from facility_app.domain.clock import Clock, utc_now
from facility_app.keystore import RootKeys, SystemKeyring
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services.backup import BackupOnServer, copy_before_migration
from facility_app.services.office import Office
from facility_app.services.passwords import PasswordCost
from facility_app.services.restore import Restored, record_restore, restore_backup
from facility_app.services.store_setup import (
    KeyPlace,
    begin_records,
    create_store,
    record_migration,
)
from facility_app.services.vault_keeper import VaultKeeper


def open_office(
    data: DataFolder,
    root_keys: RootKeys | None = None,
    passphrase: Secret | None = None,
    *,
    clock: Clock = utc_now,
    cost: PasswordCost | None = None,
    exclusive: bool = True,
    vault: VaultKeeper | None = None,
) -> Office:
    """Open the store in `data` for work.  `vault`: another way to the vault's process.

    `exclusive` is for the window: it takes the instance lock, migrates an older schema after a
    checked copy, and closes acts that a crash left without outcome. Without it (a command beside
    the window) an older schema is refused with SchemaOutdated. Other errors as in `open_store`;
    nothing stays open after any.
    """
    root_keys = root_keys or SystemKeyring()
    store = open_store(data, root_keys, passphrase, exclusive=exclusive)
    try:
        if not exclusive:
            require_head(store.engine)
            return _office(store, root_keys, clock, cost, vault)
        moved = _migrated(store, clock())
        office = _office(store, root_keys, clock, cost, vault)
        if moved is not None:
            office.do(PROGRAM, record_migration, *moved)
        office.work.close_open_intents()
    except BaseException:
        store.close()
        raise
    return office


def new_office(
    data: DataFolder,
    place: KeyPlace,
    *,
    clock: Clock = utc_now,
    cost: PasswordCost | None = None,
) -> tuple[Office, Secret]:
    """Make a store and open it; with the root secret, whose words go on the recovery sheet.

    The caller wipes the secret. Errors as in `create_store`.
    """
    root = create_store(data, place)
    try:
        office = open_office(data, place.root_keys, place.passphrase, clock=clock, cost=cost)
        office.do(PROGRAM, begin_records, Rules())
    except BaseException:
        root.wipe()
        raise
    return office, root


def restore_office(
    data: DataFolder,
    backup: Path,
    root_keys: RootKeys | None = None,
    passphrase: Secret | None = None,
    *,
    clock: Clock = utc_now,
) -> Restored:
    """Put `backup` in the place of the database, bring it to this schema and record it.

    Nobody may have the store open. Errors as in `restore_backup` and `open_office`.
    """
    root_keys = root_keys or SystemKeyring()
    settings = read_settings(data)
    if settings.url is not None:
        raise BackupOnServer
    keys = unlock_keys(settings, root_keys, passphrase)
    try:
        restored = restore_backup(data, keys, backup, clock())
    finally:
        keys.wipe()
    office = open_office(data, root_keys, passphrase, clock=clock)
    try:
        office.do(PROGRAM, record_restore, restored)
    finally:
        office.close()
    return restored


def _office(
    store: Store,
    root_keys: RootKeys,
    clock: Clock,
    cost: PasswordCost | None,
    vault: VaultKeeper | None,
) -> Office:
    seed = store.keys.checkpoint_seed.copy_bytes()
    signer = Signer(store.settings.store_id, seed)
    work = Work(store.engine, clock, head_key(seed), signer)
    return Office(
        work,
        store.data,
        store.keys,
        cost or PasswordCost(),
        store.close,
        root_keys,
        vault or VaultKeeper(),
    )


def _migrated(store: Store, now: datetime) -> tuple[str, str, str] | None:
    """Bring the schema to this program's; (before, after, name of the copy) where it moved."""
    before = revision_of(store.engine)
    copies: list[Path] = []

    def copy() -> None:
        if store.engine.dialect.name == "sqlite":
            copies.append(copy_before_migration(store.engine, store.data.backups, store.keys, now))

    if not migrate(store.engine, copy):
        return None
    return before, HEAD, copies[0].name if copies else ""
