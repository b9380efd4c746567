"""Making a store, and moving its root secret: a new computer, another passphrase, the keyring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.work import Tx
from facility_app.config import (
    DataFolder,
    KeySource,
    StoreSettings,
    read_settings,
    write_settings,
)
from facility_app.db.engine import WrongDatabaseKey
from facility_app.db.migrate import migrate
from facility_app.db.place import InstanceLock, refuse_network_share
from facility_app.db.store import open_file, root_secret
from facility_app.domain.access import Permission
from facility_app.errors import Refused
from facility_app.keystore import ROOT_BYTES, DerivedKeys, PassphraseCost, RootKeys, seal_root
from facility_app.recovery import root_of, words_of
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services.item_kinds import seed_kinds
from facility_app.services.purposes import seed_purposes


@dataclass(eq=False)
class StoreExists(Refused):
    """There is a store in this folder, or a database whose settings are missing."""

    key: ClassVar[str] = "store.exists"
    folder: str


@dataclass(frozen=True)
class KeyPlace:
    """Where the root secret goes: the keyring, or under `passphrase` at `cost`."""

    root_keys: RootKeys
    passphrase: Secret | None = None
    cost: PassphraseCost = field(default_factory=PassphraseCost)

    def keep(self, root: Secret) -> StoreSettings:
        """Put the root secret there; gives the settings that find it again.

        Raises KeyringMissing, KeyringLocked, PassphraseTooShort.
        """
        store_id = _id_of(root)
        if self.passphrase is None:
            self.root_keys.keep(store_id, root)
            return StoreSettings(store_id, KeySource.KEYRING)
        sealed = seal_root(root, self.passphrase, store_id, self.cost)
        return StoreSettings(store_id, KeySource.PASSPHRASE, sealed)


def create_store(data: DataFolder, place: KeyPlace) -> Secret:
    """Make an empty store in `data`; gives the root secret for the recovery sheet.

    The caller prints its words, has three typed back, and wipes it. What the log of the new store
    begins with is written by `begin_records`. Raises StoreExists, NetworkShareRefused,
    AlreadyRunning, KeyringMissing, KeyringLocked, PassphraseTooShort, DiskFull; then there is no
    store, and the next try begins anew.
    """
    refuse_network_share(data.path)
    data.make()
    lock = InstanceLock(data.lock)
    lock.acquire()
    try:
        if data.settings_file.exists() or data.database.exists():
            raise StoreExists(str(data.path))
        root = Secret.random(ROOT_BYTES)
        _make_database(data, root)
        settings = place.keep(root)
        draft = _draft(data)
        draft.replace(data.database)
        write_settings(data, settings)
        return root
    finally:
        for part in ("", "-wal", "-shm", "-journal"):
            _draft(data).with_name(_draft(data).name + part).unlink(missing_ok=True)
        lock.release()


def begin_records(tx: Tx, rules: Rules) -> None:
    """The first entries: the store was made, kinds and purposes entered, the first checkpoint."""
    tx.require(Permission.SET_UP)
    tx.record("store.created", "store")
    seed_kinds(tx, rules.item_kinds)
    seed_purposes(tx, rules.purposes)
    make_checkpoint(tx, "asked")


def recover_store(data: DataFolder, place: KeyPlace, words: Sequence[str]) -> StoreSettings:
    """Put the root secret, typed from the recovery sheet, into `place` of this computer.

    Works with a store whose key is lost, with a copied database alone, and with an empty folder
    into which a backup is restored next. Raises the errors of `recovery.root_of` and of
    `KeyPlace.keep`, and WrongDatabaseKey where the words belong to another store; nothing is
    changed then.
    """
    with root_of(words) as root:
        keys = DerivedKeys(root)
        url = None
        if data.settings_file.exists():
            present = read_settings(data)
            url = present.url
            if present.store_id != keys.store_id:
                raise WrongDatabaseKey
        elif data.database.exists():
            with open_file(data.database, keys, read_only=True):
                pass
        keys.wipe()
        settings = place.keep(root)
    settings = StoreSettings(settings.store_id, settings.key_source, settings.sealed_key, url)
    write_settings(data, settings)
    return settings


def move_key(data: DataFolder, old: KeyPlace, new: KeyPlace) -> StoreSettings:
    """Keep the root secret in another way: a new passphrase, or between passphrase and keyring.

    Raises WrongPassphrase, KeyringLocked … for the old place, PassphraseTooShort … for the new one;
    the old way then still works. A keyring entry that is no longer used is removed last.
    """
    before = read_settings(data)
    with root_secret(before, old.root_keys, old.passphrase) as root:
        kept = new.keep(root)
    after = before.with_sealed_key(kept.sealed_key)
    write_settings(data, after)
    if before.key_source is KeySource.KEYRING and after.key_source is KeySource.PASSPHRASE:
        old.root_keys.forget(before.store_id)
    return after


def record_key_moved(tx: Tx, settings: StoreSettings) -> None:
    """Record that the root secret is kept in another way now."""
    tx.require(Permission.MANAGE_SETTINGS)
    tx.record("store.key_moved", "store", plain={"source": settings.key_source.value})


def record_migration(tx: Tx, before: str, after: str, copy: str) -> None:
    """Record that the schema moved, and the name of the copy made before it."""
    tx.require(Permission.SET_UP)
    tx.record("store.migrated", "store", plain={"before": before, "after": after, "copy": copy})


def recovery_words(data: DataFolder, place: KeyPlace) -> tuple[str, ...]:
    """The 24 words of an existing store, to print the recovery sheet again."""
    with root_secret(read_settings(data), place.root_keys, place.passphrase) as root:
        return words_of(root)


def _id_of(root: Secret) -> str:
    keys = DerivedKeys(root)
    try:
        return keys.store_id
    finally:
        keys.wipe()


def _draft(data: DataFolder) -> Path:
    return data.path / ".new-facility.db"


def _make_database(data: DataFolder, root: Secret) -> None:
    """The encrypted file with the newest schema, beside its place."""
    keys = DerivedKeys(root)
    try:
        with open_file(_draft(data), keys) as engine:
            migrate(engine)
    finally:
        keys.wipe()
