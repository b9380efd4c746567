"""The root secret of a store: where it is kept, and the keys derived from it.

One 32-byte root secret opens everything. It lies in the operating system's keyring, or sealed
under a passphrase where there is no keyring; never in a file beside the data (design §5). The only
module that imports keyring.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from facility_app.config import SealedKey
from facility_app.errors import Refused
from facility_app.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "facility-app"
ROOT_BYTES = 32
_TRUSTED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)
"""Backends that the system protects.  Plain-text, null and failing ones are not among them."""


@dataclass(eq=False)
class KeyringMissing(Refused):
    """This computer has no keyring that protects a secret."""

    key: ClassVar[str] = "store.keyring_missing"


@dataclass(eq=False)
class KeyringLocked(Refused):
    """The keyring is there but was not unlocked, or refused to answer."""

    key: ClassVar[str] = "store.keyring_locked"


@dataclass(eq=False)
class RootSecretMissing(Refused):
    """The keyring works and does not hold the key of this store (another computer or account)."""

    key: ClassVar[str] = "store.root_secret_missing"


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """The passphrase does not open the sealed key, or the sealed key was altered."""

    key: ClassVar[str] = "store.wrong_passphrase"


@dataclass(eq=False)
class PassphraseTooShort(Refused):
    """A passphrase protects everything against guessing on a copied disk; `minimum` characters."""

    key: ClassVar[str] = "store.passphrase_too_short"
    minimum: int


@dataclass(eq=False)
class PassphraseNeeded(Refused):
    """The store's key is kept under a passphrase and none was given."""

    key: ClassVar[str] = "store.passphrase_needed"


class RootKeys(Protocol):
    """Where root secrets are kept by store id."""

    def fetch(self, store_id: str) -> Secret:
        """The 32 bytes.  Raises KeyringMissing, KeyringLocked, RootSecretMissing."""

    def keep(self, store_id: str, root: Secret) -> None:
        """Store them, and read them back.  Raises KeyringMissing, KeyringLocked."""

    def forget(self, store_id: str) -> None:
        """Remove them; nothing happens where there are none."""


class SystemKeyring:
    """The operating system's keyring: Credential Manager, Keychain, Secret Service or KWallet.

    Settings that point keyring to another backend are ignored: a file beside the data would protect
    nothing.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend

    def fetch(self, store_id: str) -> Secret:
        with _translated():
            text = self._chosen().get_password(SERVICE, store_id)
        if text is None:
            raise RootSecretMissing
        try:
            return Secret(bytearray.fromhex(text))
        except ValueError as exc:
            raise RootSecretMissing from exc

    def keep(self, store_id: str, root: Secret) -> None:
        with _translated():
            self._chosen().set_password(SERVICE, store_id, root.view().hex())
        with self.fetch(store_id) as kept:
            if kept != root:
                raise KeyringMissing

    def forget(self, store_id: str) -> None:
        from keyring.errors import PasswordDeleteError

        with _translated():
            try:
                self._chosen().delete_password(SERVICE, store_id)
            except PasswordDeleteError:
                return

    def _chosen(self) -> KeyringBackend:
        if self._backend is None:
            self._backend = _best_backend()
        return self._backend


class MemoryKeys:
    """Keys that live as long as this object: for the sample facility with invented residents."""

    def __init__(self) -> None:
        self._held: dict[str, Secret] = {}

    def fetch(self, store_id: str) -> Secret:
        try:
            return self._held[store_id].copy()
        except KeyError as exc:
            raise RootSecretMissing from exc

    def keep(self, store_id: str, root: Secret) -> None:
        self._held[store_id] = root.copy()

    def forget(self, store_id: str) -> None:
        self._held.pop(store_id, None)


def _best_backend() -> KeyringBackend:
    """The protected backend that keyring itself would prefer.  Raises KeyringMissing."""
    from keyring.backend import get_all_keyring

    found = [each for each in get_all_keyring() if type(each).__module__ in _TRUSTED]
    if not found:
        raise KeyringMissing
    return max(found, key=lambda each: float(each.priority))


@contextmanager
def _translated() -> Iterator[None]:
    """Errors of the keyring and of the D-Bus below it, as ours; their texts are not repeated."""
    from keyring.errors import InitError, KeyringError, NoKeyringError
    from keyring.errors import KeyringLocked as Locked

    try:
        yield
    except (Locked, InitError) as exc:
        raise KeyringLocked from exc
    except NoKeyringError as exc:
        raise KeyringMissing from exc
    except KeyringError as exc:
        raise KeyringLocked from exc
    except Refused:
        raise
    except _unreachable() as exc:
        raise KeyringMissing from exc


def _unreachable() -> tuple[type[Exception], ...]:
    """What comes through keyring when there is no keyring, or its daemon goes away."""
    if not sys.platform.startswith("linux"):
        return (OSError, RuntimeError)
    from secretstorage.exceptions import SecretStorageException

    return (OSError, RuntimeError, SecretStorageException)


@dataclass(frozen=True)
class PassphraseCost:
    """What one guess costs: Argon2id memory in KiB, passes and lanes; `minimum` characters."""

    memory_kib: int = 256 * 1024
    iterations: int = 3
    lanes: int = 4
    minimum: int = 13
    floor_kib: int = 64 * 1024
    floor_iterations: int = 3

    def below_floor(self) -> bool:
        """Whether this is cheaper than what may protect a store."""
        return self.memory_kib < self.floor_kib or self.iterations < self.floor_iterations


def seal_root(root: Secret, passphrase: Secret, store_id: str, cost: PassphraseCost) -> SealedKey:
    """The root secret under a passphrase, bound to the store.

    Raises PassphraseTooShort; ValueError for a cost under its floor (a programming error).
    """
    if len(passphrase.copy_bytes().decode("utf-8")) < cost.minimum:
        raise PassphraseTooShort(cost.minimum)
    if cost.below_floor():
        raise ValueError("the cost of a guess is under the floor")
    salt, nonce = os.urandom(16), os.urandom(12)
    empty = SealedKey(cost.memory_kib, cost.iterations, cost.lanes, salt, b"")
    with _stretched(passphrase, empty) as key:
        box = AESGCM(key.view()).encrypt(nonce, root.view(), _bound_to(store_id))
    return SealedKey(cost.memory_kib, cost.iterations, cost.lanes, salt, nonce + box)


def open_root(sealed: SealedKey, passphrase: Secret, store_id: str) -> Secret:
    """The root secret from under its passphrase.  Raises WrongPassphrase."""
    try:
        with _stretched(passphrase, sealed) as key:
            opened = AESGCM(key.view()).decrypt(
                sealed.box[:12], sealed.box[12:], _bound_to(store_id)
            )
    except (InvalidTag, ValueError) as exc:
        raise WrongPassphrase from exc
    return Secret(bytearray(opened))


def _stretched(passphrase: Secret, sealed: SealedKey) -> Secret:
    kdf = Argon2id(
        salt=sealed.salt,
        length=32,
        iterations=sealed.iterations,
        lanes=sealed.lanes,
        memory_cost=sealed.memory_kib,
    )
    return Secret(bytearray(kdf.derive(passphrase.copy_bytes())))


def _bound_to(store_id: str) -> bytes:
    return f"facility-app root secret of {store_id}".encode()


class DerivedKeys:
    """The keys of one store, derived from its root secret by HKDF-SHA256; 32 bytes each.

    Each use has its own `info`, so that none of them says anything about another. The store's id is
    derived too: it is public, it tells a wrong root secret from a damaged file, and it lets the
    recovery words alone open a backup on another computer.
    """

    def __init__(self, root: Secret) -> None:
        self.database = _derived(root, "database", 32)
        self.checkpoint_seed = _derived(root, "checkpoint", 32)
        self.device = _derived(root, "device", 32)
        self.store_id = _derived(root, "store id", 16).view().hex()

    def wipe(self) -> None:
        """Overwrite all keys."""
        for key in (self.database, self.checkpoint_seed, self.device):
            key.wipe()


def _derived(root: Secret, use: str, length: int) -> Secret:
    info = f"facility-app/1/{use}".encode()
    kdf = HKDF(algorithm=SHA256(), length=length, salt=None, info=info)
    return Secret(bytearray(kdf.derive(root.view())))
