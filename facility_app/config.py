"""Where things are: resources, the data folder, and ``store.json``, the public facts of a store.

``store.json`` holds nothing secret: which key opens the store (by its id), how that key is kept,
and, where a passphrase protects it, the sealed key with the cost of guessing it.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from facility_app.errors import IntegrityError, Refused

ENVIRONMENT = "FACILITY_APP_DATA"
_PACKAGE = Path(__file__).resolve().parent
_VERSION = 1


@dataclass(eq=False)
class NoStore(Refused):
    """There is no store in this data folder yet."""

    key: ClassVar[str] = "store.none"
    folder: str


@dataclass(eq=False)
class StoreSettingsDamaged(IntegrityError):
    """``store.json`` cannot be understood: cut off, edited, or from a newer version."""

    key: ClassVar[str] = "store.settings_damaged"
    path: str


class KeySource(Enum):
    """How the root secret of a store is kept."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way, not a passphrase


@dataclass(frozen=True)
class SealedKey:
    """The root secret under a passphrase: Argon2id parameters and the AES-256-GCM box.

    memory_kib in KiB, salt 16 bytes, box = 12-byte nonce + ciphertext + tag.
    """

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes
    box: bytes


@dataclass(frozen=True)
class StoreSettings:
    """The public facts of a store.

    store_id: derived from the root secret (keystore.DerivedKeys): it tells whether a key is right.
    url: a PostgreSQL address without a password, or None for the encrypted file in the data folder.
    """

    store_id: str
    key_source: KeySource
    sealed_key: SealedKey | None = None
    url: str | None = None

    def with_sealed_key(self, sealed: SealedKey | None) -> StoreSettings:
        """The same store with its root secret kept in another way."""
        source = KeySource.KEYRING if sealed is None else KeySource.PASSPHRASE
        return replace(self, key_source=source, sealed_key=sealed)


@dataclass(frozen=True)
class DataFolder:
    """The files of one store.  Only the folder is given; the names in it are fixed."""

    path: Path

    @property
    def settings_file(self) -> Path:
        return self.path / "store.json"

    @property
    def database(self) -> Path:
        return self.path / "facility.db"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    def make(self) -> None:
        """Create the folder, readable by its owner only."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)


def resources() -> Path:
    """The resource folder: inside the package once installed, beside it in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def data_folder(given: Path | None = None) -> DataFolder:
    """The data folder: as given, else ``FACILITY_APP_DATA``, else the platform's place for data."""
    if given is not None:
        return DataFolder(given.expanduser().absolute())
    named = os.environ.get(ENVIRONMENT)
    if named:
        return DataFolder(Path(named).expanduser().absolute())
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir("facility-app", appauthor=False)))


def read_settings(data: DataFolder) -> StoreSettings:
    """The settings of the store in `data`.  Raises NoStore, StoreSettingsDamaged."""
    try:
        text = data.settings_file.read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise NoStore(str(data.path)) from exc
    try:
        return _decoded(json.loads(text))
    except (KeyError, TypeError, ValueError) as exc:
        raise StoreSettingsDamaged(str(data.settings_file)) from exc


def write_settings(data: DataFolder, settings: StoreSettings) -> None:
    """Replace ``store.json`` at once: after a power cut it is the old one or the new one."""
    data.make()
    text = json.dumps(_encoded(settings), indent=1, sort_keys=True)
    replace_file(data.settings_file, text.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, on disk, then put it in place; readable by its owner only.

    On any failure `path` is as it was and nothing is left beside it.
    """
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """`replace_file` for content that comes piece by piece: in place when the block ends."""
    import tempfile  # late: it delays the first page

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable.  Windows has no such call and needs none for NTFS."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _encoded(settings: StoreSettings) -> dict[str, Any]:
    sealed = settings.sealed_key
    return {
        "version": _VERSION,
        "store_id": settings.store_id,
        "key_source": settings.key_source.value,
        "url": settings.url,
        "sealed_key": sealed
        and {
            "kdf": "argon2id",
            "memory_kib": sealed.memory_kib,
            "iterations": sealed.iterations,
            "lanes": sealed.lanes,
            "salt": base64.b64encode(sealed.salt).decode(),
            "box": base64.b64encode(sealed.box).decode(),
        },
    }


def _decoded(values: dict[str, Any]) -> StoreSettings:
    if values["version"] != _VERSION:
        raise ValueError("unknown version")
    sealed = values["sealed_key"]
    if sealed is not None and sealed["kdf"] != "argon2id":
        raise ValueError("unknown derivation")
    return StoreSettings(
        store_id=str(values["store_id"]),
        key_source=KeySource(values["key_source"]),
        url=values["url"],
        sealed_key=sealed
        and SealedKey(
            int(sealed["memory_kib"]),
            int(sealed["iterations"]),
            int(sealed["lanes"]),
            base64.b64decode(sealed["salt"], validate=True),
            base64.b64decode(sealed["box"], validate=True),
        ),
    )
