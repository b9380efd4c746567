"""Checkpoints: a tree's size and root, signed, as text that fits on paper (C2SP tlog-checkpoint).

::

    <origin>
    <number of entries>
    <base64 of the root>

    — <origin> <base64 of 4 bytes key id and 64 bytes Ed25519 signature>

The signed part is everything up to and with the newline before the empty line (C2SP signed-note).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from facility_app.errors import Refused

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_HASH_BYTES = 32
_SIGNATURE_BYTES = 64
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_DASH = "— "


@dataclass(eq=False)
class CheckpointMalformed(Refused):
    """The text is not a checkpoint: something is missing or was mistyped."""

    key: ClassVar[str] = "audit.checkpoint_malformed"


@dataclass(eq=False)
class CheckpointOfOther(Refused):
    """The checkpoint was signed for another store; `origin` is the name it carries."""

    key: ClassVar[str] = "audit.checkpoint_of_other"
    origin: str


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says; `signed` is whether the signature belongs to this store and text."""

    origin: str
    size: int
    root: bytes
    signed: bool


def origin_of(store_id: str) -> str:
    """The name a store signs under; neither blanks nor plus signs (C2SP signed-note)."""
    return "facility-app/" + re.sub(r"[^0-9A-Za-z._-]", "-", store_id)


def key_id(origin: str, public_key: bytes) -> bytes:
    """The first 4 bytes of SHA-256(name || newline || 0x01 || public key) (C2SP signed-note)."""
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public_key).digest()[:_KEY_ID_BYTES]


@dataclass(frozen=True)
class Verifier:
    """Checks checkpoints of one store; `public_key` is 32 bytes."""

    origin: str
    public_key: bytes

    def vkey(self) -> str:
        """The key as others read it: ``<origin>+<key id>+<base64>`` (C2SP signed-note)."""
        public = base64.b64encode(_ED25519 + self.public_key).decode()
        return f"{self.origin}+{key_id(self.origin, self.public_key).hex()}+{public}"

    def read(self, text: str) -> Checkpoint:
        """The checkpoint in `text`, with its signature tried.

        Blanks at line ends and empty lines around it do not matter, since people type it.  Raises
        CheckpointMalformed or CheckpointOfOther.
        """
        origin, size, root, signatures = _parts(text)
        if origin != self.origin:
            raise CheckpointOfOther(origin)
        body = signed_text(origin, size, root)
        return Checkpoint(origin, size, root, any(self._fits(line, body) for line in signatures))

    def _fits(self, line: str, body: str) -> bool:
        name, _, blob = line.removeprefix(_DASH).rpartition(" ")
        if name != self.origin or not line.startswith(_DASH):
            return False
        raw = _decoded(blob, _KEY_ID_BYTES + _SIGNATURE_BYTES)
        if not hmac.compare_digest(raw[:_KEY_ID_BYTES], key_id(self.origin, self.public_key)):
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public_key)
            key.verify(raw[_KEY_ID_BYTES:], body.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """Signs the checkpoints of one store with Ed25519; seed: 32 bytes."""

    def __init__(self, store_id: str, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.verifier = Verifier(origin_of(store_id), public)

    def sign(self, size: int, root: bytes) -> str:
        """The checkpoint text over a tree of `size` entries with the 32-byte `root`."""
        origin = self.verifier.origin
        body = signed_text(origin, size, root)
        blob = key_id(origin, self.verifier.public_key) + self._key.sign(body.encode())
        return f"{body}\n{_DASH}{origin} {base64.b64encode(blob).decode()}\n"

    def __repr__(self) -> str:
        return f"Signer({self.verifier.origin!r})"


@dataclass(frozen=True)
class Trust:
    """What a log is verified with: the key that vouches, and the checkpoints' public key."""

    head_key: bytes = field(repr=False)
    verifier: Verifier


def signed_text(origin: str, size: int, root: bytes) -> str:
    """The lines of a checkpoint that its signature covers."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def _parts(text: str) -> tuple[str, int, bytes, list[str]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 5 or lines[3] or not _SIZE.fullmatch(lines[1]) or not all(lines[4:]):
        raise CheckpointMalformed
    return lines[0], int(lines[1]), _decoded(lines[2], _HASH_BYTES), lines[4:]


def _decoded(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as exc:
        raise CheckpointMalformed from exc
    if len(raw) != length:
        raise CheckpointMalformed
    return raw
