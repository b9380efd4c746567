"""Opening a store: settings, root secret, derived keys, engine; a wrong key is told from damage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from facility_app.config import DataFolder, KeySource, StoreSettings, read_settings
from facility_app.db.engine import DatabaseDamaged, WrongDatabaseKey, open_engine, open_server
from facility_app.db.place import InstanceLock, refuse_network_share
from facility_app.errors import Refused
from facility_app.keystore import (
    DerivedKeys,
    PassphraseNeeded,
    RootKeys,
    RootSecretMissing,
    open_root,
)
from facility_app.secret import Secret


@dataclass
class Store:
    """An open store.  `engine` goes to audit's `Work`; `keys.checkpoint_seed` signs checkpoints."""

    data: DataFolder
    settings: StoreSettings
    keys: DerivedKeys
    engine: Engine
    lock: InstanceLock | None = None

    def close(self) -> None:
        """Close the database, wipe the keys and free the lock; the store is not used afterwards."""
        self.engine.dispose()
        self.keys.wipe()
        if self.lock is not None:
            self.lock.release()


def open_store(
    data: DataFolder,
    root_keys: RootKeys,
    passphrase: Secret | None = None,
    *,
    exclusive: bool = False,
) -> Store:
    """Open the store in `data`; `exclusive` takes the instance lock as well.

    Raises NoStore, StoreSettingsDamaged, NetworkShareRefused, AlreadyRunning; KeyringMissing,
    KeyringLocked, RootSecretMissing, PassphraseNeeded, WrongPassphrase; WrongDatabaseKey,
    DatabaseDamaged and the others of `open_engine`. Nothing stays open after any of them.
    """
    settings = read_settings(data)
    refuse_network_share(data.path)
    lock = InstanceLock(data.lock) if exclusive else None
    if lock is not None:
        lock.acquire()
    try:
        keys = unlock_keys(settings, root_keys, passphrase)
        engine = _opened(data, settings, keys, root_keys)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Store(data, settings, keys, engine, lock)


def root_secret(
    settings: StoreSettings, root_keys: RootKeys, passphrase: Secret | None = None
) -> Secret:
    """The root secret of a store, from the keyring or from under the passphrase."""
    if settings.key_source is KeySource.KEYRING:
        return root_keys.fetch(settings.store_id)
    if passphrase is None or settings.sealed_key is None:
        raise PassphraseNeeded
    return open_root(settings.sealed_key, passphrase, settings.store_id)


def unlock_keys(
    settings: StoreSettings, root_keys: RootKeys, passphrase: Secret | None = None
) -> DerivedKeys:
    """The derived keys.  Raises WrongDatabaseKey where the root secret is another store's."""
    with root_secret(settings, root_keys, passphrase) as root:
        return checked_keys(settings, root)


def checked_keys(settings: StoreSettings, root: Secret) -> DerivedKeys:
    """The keys derived from `root`.  Raises WrongDatabaseKey where it is not this store's."""
    keys = DerivedKeys(root)
    if keys.store_id != settings.store_id:
        keys.wipe()
        raise WrongDatabaseKey
    return keys


@contextmanager
def open_file(path: Path, keys: DerivedKeys, *, read_only: bool = False) -> Iterator[Engine]:
    """The engine of one database file for a while (backups).  Errors as in `try_engine`."""
    engine = open_engine(path, keys.database, read_only=read_only, pooled=False)
    try:
        try_engine(engine)
        yield engine
    finally:
        engine.dispose()


def try_engine(engine: Engine) -> None:
    """Connect once.  The key is known to be right, so a file it does not open is damaged."""
    try:
        with engine.connect():
            return
    except WrongDatabaseKey as exc:
        raise DatabaseDamaged from exc


def _opened(
    data: DataFolder, settings: StoreSettings, keys: DerivedKeys, root_keys: RootKeys
) -> Engine:
    if settings.url is not None:
        engine = open_server(settings.url, _server_password(settings, root_keys))
    elif not data.database.is_file() or data.database.stat().st_size == 0:
        raise DatabaseDamaged
    else:
        engine = open_engine(data.database, keys.database)
    try:
        try_engine(engine)
    except BaseException:
        engine.dispose()
        keys.wipe()
        raise
    return engine


def _server_password(settings: StoreSettings, root_keys: RootKeys) -> Secret | None:
    """The password of the server, from the keyring; without one ~/.pgpass may have it."""
    try:
        return root_keys.fetch(f"{settings.store_id}:postgresql")
    except Refused as exc:
        if isinstance(exc, RootSecretMissing):
            return None
        raise
