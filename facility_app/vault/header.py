"""The header of a vault file: public facts, the officers' slots, and their canonical JSON.

Nothing here opens a secret.  What each member means stands in ``docs/vault-format.md``.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

SUITE = (0x647A, 0x0001, 0x0002)
"""HPKE: KEM MLKEM768-X25519, KDF HKDF-SHA256, AEAD AES-256-GCM."""

ID_BYTES = 16
CODE_BYTES = 32
PUBLIC_KEY_BYTES = 1184 + 32
ENCAPSULATED_BYTES = 1088 + 32
TAG_BYTES = 16
SHARE_BYTES = 300
"""An officer's share is padded to this before it is sealed; 33 words are never longer."""
SEALED_SHARE_BYTES = ENCAPSULATED_BYTES + SHARE_BYTES + TAG_BYTES
SEALED_KEY_BYTES = 12 + 32 + TAG_BYTES
RECOVERY_SHARES = 3
MOST_OFFICERS = 15
_MOST_MEMORY_KIB, _MOST_ITERATIONS, _MOST_LANES = 4 << 20, 1000, 255


class Cost(NamedTuple):
    """Argon2id: memory in KiB, passes, lanes."""

    memory_kib: int
    iterations: int
    lanes: int


@dataclass(frozen=True)
class OfficerSlot:
    """What the file keeps of one officer; nothing of it opens without passphrase and pepper.

    sealed_key: the officer's private seed, AES-256-GCM (12 bytes nonce first).
    sealed_share: the officer's SLIP-39 share, sealed to `public_key`.
    """

    staff_id: int
    public_key: bytes
    cost: Cost
    salt: bytes
    sealed_key: bytes
    sealed_share: bytes

    def __post_init__(self) -> None:
        must(whole(self.staff_id, 1, 2**63 - 1))
        must(len(self.public_key) == PUBLIC_KEY_BYTES and len(self.salt) == ID_BYTES)
        must(len(self.sealed_key) == SEALED_KEY_BYTES)
        must(len(self.sealed_share) == SEALED_SHARE_BYTES)
        must(whole(self.cost.memory_kib, 8, _MOST_MEMORY_KIB))
        must(whole(self.cost.iterations, 1, _MOST_ITERATIONS))
        must(whole(self.cost.lanes, 1, _MOST_LANES))


@dataclass(frozen=True)
class Header:
    """All but the entries.

    key_id: changes with the officers; names the root secret that opens this vault.
    root_code: HMAC under a key of the root secret over `vouched_bytes`; see `keys.VaultKeys`.
    """

    vault_id: bytes
    store_id: str
    key_id: bytes
    public_key: bytes
    threshold: int
    slots: tuple[OfficerSlot, ...]
    recovery_digests: tuple[bytes, ...]
    made_at: str
    root_code: bytes = bytes(CODE_BYTES)

    def __post_init__(self) -> None:
        must(len(self.vault_id) == len(self.key_id) == ID_BYTES)
        must(len(self.public_key) == PUBLIC_KEY_BYTES and len(self.root_code) == CODE_BYTES)
        must([len(each) for each in self.recovery_digests] == [CODE_BYTES] * RECOVERY_SHARES)
        must(len(self.slots) <= MOST_OFFICERS and whole(self.threshold, 1, len(self.slots)))
        staff = [slot.staff_id for slot in self.slots]
        must(staff == sorted(set(staff)))

    def slot(self, staff_id: int) -> OfficerSlot | None:
        """The slot of this officer, if there is one."""
        return next((slot for slot in self.slots if slot.staff_id == staff_id), None)

    def with_slot(self, slot: OfficerSlot) -> Header:
        """The header with this officer's slot in the place of the former one."""
        slots = tuple(slot if each.staff_id == slot.staff_id else each for each in self.slots)
        return replace(self, slots=slots)


def vouched_bytes(header: Header) -> bytes:
    """What the root code covers: all of the header but the code itself and the officers' locks.

    An officer's lock (cost, salt, sealed key) is renewed without the root secret, when a passphrase
    changes; it is bound to the officer and to the public key that is covered here.
    """
    facts = _facts(header)
    del facts["root_code"]
    for slot in facts["slots"]:
        del slot["cost"], slot["salt"], slot["sealed_key"]
    return _canonical(facts)


def header_bytes(header: Header) -> bytes:
    return _canonical(_facts(header))


def _facts(header: Header) -> dict[str, Any]:
    return {
        "key_id": _text(header.key_id),
        "made_at": header.made_at,
        "public_key": _text(header.public_key),
        "recovery": [_text(each) for each in header.recovery_digests],
        "root_code": _text(header.root_code),
        "slots": [_slot_facts(slot) for slot in header.slots],
        "store_id": header.store_id,
        "suite": list(SUITE),
        "threshold": header.threshold,
        "vault_id": _text(header.vault_id),
    }


def _slot_facts(slot: OfficerSlot) -> dict[str, Any]:
    return {
        "cost": list(slot.cost),
        "public_key": _text(slot.public_key),
        "salt": _text(slot.salt),
        "sealed_key": _text(slot.sealed_key),
        "sealed_share": _text(slot.sealed_share),
        "staff_id": slot.staff_id,
    }


def header_of(text: bytes) -> Header:
    facts = json.loads(text)
    must(facts["suite"] == list(SUITE))
    header = Header(
        vault_id=_binary(facts["vault_id"]),
        store_id=_string(facts["store_id"]),
        key_id=_binary(facts["key_id"]),
        public_key=_binary(facts["public_key"]),
        threshold=facts["threshold"],
        slots=tuple(_slot(each) for each in facts["slots"]),
        recovery_digests=tuple(_binary(each) for each in facts["recovery"]),
        made_at=_string(facts["made_at"]),
        root_code=_binary(facts["root_code"]),
    )
    must(header_bytes(header) == text)
    return header


def _slot(facts: dict[str, Any]) -> OfficerSlot:
    return OfficerSlot(
        staff_id=facts["staff_id"],
        public_key=_binary(facts["public_key"]),
        cost=Cost(*facts["cost"]),
        salt=_binary(facts["salt"]),
        sealed_key=_binary(facts["sealed_key"]),
        sealed_share=_binary(facts["sealed_share"]),
    )


def _canonical(facts: dict[str, Any]) -> bytes:
    """JSON with sorted keys, without blanks, in UTF-8."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _binary(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def whole(value: object, lowest: int, highest: int) -> bool:
    """A whole number in the range; JSON's `true` is none."""
    return type(value) is int and lowest <= value <= highest


def must(holds: bool) -> None:
    if not holds:
        raise ValueError("this cannot stand in a vault file")
