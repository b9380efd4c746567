"""The keys of a vault and what they seal: HPKE (RFC 9180) with MLKEM768-X25519.

Everything that opens entries is derived from the root secret, which exists only while officers (or
two recovery shares) have put it together. A key pair is known by a 32-byte seed, expanded as X-Wing
does, so that any implementation of that KEM can hold it. Every HKDF use has its own `info`.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from facility_app.secret import Secret
from facility_app.vault.errors import VaultDamaged
from facility_app.vault.format import PIN_BYTES, EntryRecord
from facility_app.vault.header import Header, vouched_bytes

SEED_BYTES = 32
ROOT_BYTES = 32
LONGEST_PIN = PIN_BYTES - 1
USE = b"facility-app/vault/1/"
"""Every `info` and associated data of the vault begins so."""
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC, _MLKEM_SEED = 1184, 64


def file_key(device: Secret) -> bytes:
    """The key of the code at the end of the file, from the store's device key; 32 bytes."""
    return derive(device, b"file").copy_bytes()


def officer_pepper(device: Secret) -> Secret:
    """What a guess at a passphrase needs besides the vault file; 32 bytes from the device key."""
    return derive(device, b"officer pepper")


def derive(key: Secret, use: bytes, salt: Secret | None = None) -> Secret:
    """32 bytes for one use, by HKDF-SHA256."""
    held = None if salt is None else salt.copy_bytes()
    kdf = HKDF(algorithm=SHA256(), length=32, salt=held, info=USE + use)
    return Secret(bytearray(kdf.derive(key.view())))


class KeyPair:
    """A MLKEM768-X25519 key pair from its 32-byte seed, which stays with the caller."""

    def __init__(self, seed: Secret) -> None:
        if len(seed) != SEED_BYTES:
            raise ValueError("a seed has 32 bytes")
        expanded = Secret(bytearray(hashlib.shake_256(seed.view()).digest(_MLKEM_SEED + 32)))
        with expanded:
            lattice = MLKEM768PrivateKey.from_seed_bytes(expanded.view()[:_MLKEM_SEED])
            curve = X25519PrivateKey.from_private_bytes(expanded.view()[_MLKEM_SEED:])
        self._private = MLKEM768X25519PrivateKey(lattice, curve)
        self.public_key = (
            lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        )

    def open(self, sealed: bytes, info: bytes) -> Secret:
        """What was sealed to this pair with this `info`.  Raises VaultDamaged."""
        try:
            return Secret(bytearray(_SUITE.decrypt(sealed, self._private, info)))
        except (InvalidTag, ValueError) as exc:
            raise VaultDamaged from exc


def seal(public_key: bytes, plain: Secret, info: bytes) -> bytes:
    """`plain` sealed to a key pair, bound to `info`.  Raises VaultDamaged for what is no key."""
    try:
        return _SUITE.encrypt(plain.view(), _public(public_key), info)
    except ValueError as exc:
        raise VaultDamaged from exc


@lru_cache(maxsize=32)
def _public(raw: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
    )


class VaultKeys:
    """What the root secret opens.  `wipe` it after the act; the root secret is not kept."""

    def __init__(self, root: Secret) -> None:
        with derive(root, b"hpke seed") as seed:
            self._pair: KeyPair | None = KeyPair(seed)
        self.public_key = self._pair.public_key
        self._header_key = derive(root, b"header")

    @classmethod
    def opening(cls, header: Header, root: Secret) -> VaultKeys:
        """The keys of this very vault.  Raises VaultDamaged where `root` did not vouch for it."""
        keys = cls(root)
        if not hmac.compare_digest(keys.root_code(header), header.root_code):
            keys.wipe()
            raise VaultDamaged
        return keys

    def root_code(self, header: Header) -> bytes:
        """The code that a header must carry; 32 bytes."""
        with_place = USE + b"header\0" + vouched_bytes(header)
        return hmac.digest(self._header_key.copy_bytes(), with_place, "sha256")

    def open(self, sealed: bytes, info: bytes) -> Secret:
        """What was sealed to the vault with this `info`.  Raises VaultDamaged."""
        if self._pair is None:
            raise ValueError("these keys were wiped")
        return self._pair.open(sealed, info)

    def wipe(self) -> None:
        """Forget everything; every later use raises ValueError."""
        self._pair = None
        self._header_key.wipe()


@dataclass(frozen=True)
class EntryPlace:
    """What a sealed PIN is bound to: it opens in no other place."""

    vault_id: bytes
    key_id: bytes
    entry_id: bytes
    resident: int
    kind: str
    version: int

    @classmethod
    def of(cls, header: Header, entry: EntryRecord) -> EntryPlace:
        """The place at which `entry` lies in the vault of `header`."""
        return cls(
            header.vault_id,
            header.key_id,
            entry.entry_id,
            entry.resident,
            entry.kind,
            entry.version,
        )

    def info(self) -> bytes:
        """The `info` of HPKE; ids have 16 bytes each."""
        ids = self.vault_id + self.key_id + self.entry_id
        numbers = struct.pack(">QI", self.resident, self.version)
        return USE + b"entry\0" + ids + numbers + self.kind.encode("ascii")


def seal_entry(public_key: bytes, place: EntryPlace, pin: Secret) -> bytes:
    """A PIN of 1 to 63 bytes, padded so that its length does not show, sealed for its place.

    Raises ValueError for a PIN of another length.
    """
    if not 1 <= len(pin) <= LONGEST_PIN:
        raise ValueError("a PIN has 1 to 63 bytes")
    padded = bytearray(PIN_BYTES)
    padded[0] = len(pin)
    padded[1 : 1 + len(pin)] = pin.view()
    with Secret(padded) as plain:
        return seal(public_key, plain, place.info())


def open_entry(keys: VaultKeys, place: EntryPlace, sealed: bytes) -> Secret:
    """The PIN.  Raises VaultDamaged where it was not sealed for this place and these keys."""
    with keys.open(sealed, place.info()) as padded:
        view = padded.view()
        if len(view) != PIN_BYTES or not 1 <= view[0] <= LONGEST_PIN or any(view[1 + view[0] :]):
            raise VaultDamaged
        return Secret(bytearray(view[1 : 1 + view[0]]))
