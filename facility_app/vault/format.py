"""The bytes of a vault file, version 1 (``docs/vault-format.md``): a header, entries, one code.

Nothing here opens a secret.  The file is read as it lies: an entry becomes an object only when it
is asked for, so ten thousand of them cost little more than one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from facility_app.vault.errors import VaultDamaged, VaultForeign, VaultVersionUnknown

FORMAT_VERSION = 1
MAGIC = b"PINVAULT"
SUITE = (0x647A, 0x0001, 0x0002)
"""HPKE: KEM MLKEM768-X25519, KDF HKDF-SHA256, AEAD AES-256-GCM."""

ID_BYTES = 16
CODE_BYTES = 32
PUBLIC_KEY_BYTES = 1184 + 32
ENCAPSULATED_BYTES = 1088 + 32
TAG_BYTES = 16
PIN_BYTES = 64
"""A PIN is padded to this before it is sealed."""
SHARE_BYTES = 300
"""An officer's share is padded to this before it is sealed; 33 words are never longer."""
SEALED_PIN_BYTES = ENCAPSULATED_BYTES + PIN_BYTES + TAG_BYTES
SEALED_SHARE_BYTES = ENCAPSULATED_BYTES + SHARE_BYTES + TAG_BYTES
SEALED_KEY_BYTES = 12 + 32 + TAG_BYTES
RECOVERY_SHARES = 3
MOST_OFFICERS = 15

_FRONT = struct.Struct(">8sHIIQ")
"""Magic, version, bytes of the header, number of entries, generation."""
_RECORD = struct.Struct(f">{ID_BYTES}sQI32s{SEALED_PIN_BYTES}s")
"""Entry, resident, version, kind (ASCII, filled up with NUL), sealed PIN."""
_IDS = struct.Struct(f"{ID_BYTES}s{_RECORD.size - ID_BYTES}x")
_LONGEST_HEADER = 1 << 20
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
        _must(_whole(self.staff_id, 1, 2**63 - 1))
        _must(len(self.public_key) == PUBLIC_KEY_BYTES and len(self.salt) == ID_BYTES)
        _must(len(self.sealed_key) == SEALED_KEY_BYTES)
        _must(len(self.sealed_share) == SEALED_SHARE_BYTES)
        _must(_whole(self.cost.memory_kib, 8, _MOST_MEMORY_KIB))
        _must(_whole(self.cost.iterations, 1, _MOST_ITERATIONS))
        _must(_whole(self.cost.lanes, 1, _MOST_LANES))


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
        _must(len(self.vault_id) == len(self.key_id) == ID_BYTES)
        _must(len(self.public_key) == PUBLIC_KEY_BYTES and len(self.root_code) == CODE_BYTES)
        _must([len(each) for each in self.recovery_digests] == [CODE_BYTES] * RECOVERY_SHARES)
        _must(len(self.slots) <= MOST_OFFICERS and _whole(self.threshold, 1, len(self.slots)))
        staff = [slot.staff_id for slot in self.slots]
        _must(staff == sorted(set(staff)))

    def slot(self, staff_id: int) -> OfficerSlot | None:
        """The slot of this officer, if there is one."""
        return next((slot for slot in self.slots if slot.staff_id == staff_id), None)

    def with_slot(self, slot: OfficerSlot) -> Header:
        """The header with this officer's slot in the place of the former one."""
        slots = tuple(slot if each.staff_id == slot.staff_id else each for each in self.slots)
        return replace(self, slots=slots)


@dataclass(frozen=True)
class EntryRecord:
    """One PIN, sealed: which resident's, of which kind (code of the rule table), which version."""

    entry_id: bytes
    resident: int
    kind: str
    version: int
    sealed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _must(len(self.entry_id) == ID_BYTES and len(self.sealed) == SEALED_PIN_BYTES)
        _must(_whole(self.resident, 0, 2**63 - 1) and _whole(self.version, 1, 2**32 - 1))
        _must(kind_fits(self.kind))


def kind_fits(kind: str) -> bool:
    """Whether a kind's code can stand in a record: 1 to 32 visible ASCII characters."""
    return 1 <= len(kind) <= 32 and all("!" <= character <= "~" for character in kind)


class Entries(Mapping[bytes, EntryRecord]):
    """Entries by id, in rising order of the ids; each is unpacked when it is asked for."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Mapping[bytes, bytes | memoryview]) -> None:
        self._raw = raw

    @classmethod
    def of(cls, entries: Mapping[bytes, EntryRecord]) -> Entries:
        """The same entries, packed."""
        if isinstance(entries, Entries):
            return entries
        _must(all(entry_id == entry.entry_id for entry_id, entry in entries.items()))
        return cls({key: _packed(entries[key]) for key in sorted(entries)})

    def __getitem__(self, entry_id: bytes) -> EntryRecord:
        return _unpacked(self._raw[entry_id])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._raw

    def with_entry(self, entry: EntryRecord) -> Entries:
        """These and `entry`, which takes the place of the one with its id."""
        raw = {**self._raw, entry.entry_id: _packed(entry)}
        return Entries(raw if entry.entry_id in self._raw else dict(sorted(raw.items())))

    def without(self, entry_ids: Collection[bytes]) -> Entries:
        """These but for the named ones; unknown ids are no fault."""
        return Entries({key: raw for key, raw in self._raw.items() if key not in entry_ids})

    def packed(self) -> bytes:
        """The records one after the other, as they stand in the file."""
        return b"".join(self._raw.values())


@dataclass(frozen=True)
class Vault:
    """A vault file's content.  `generation` rises with every save."""

    header: Header
    generation: int
    entries: Mapping[bytes, EntryRecord]

    def with_entry(self, entry: EntryRecord) -> Vault:
        """The next generation, with `entry` in it."""
        return self.next(entries=Entries.of(self.entries).with_entry(entry))

    def without(self, entry_ids: Collection[bytes]) -> Vault:
        """The next generation, without the named entries."""
        return self.next(entries=Entries.of(self.entries).without(entry_ids))

    def next(
        self, *, header: Header | None = None, entries: Mapping[bytes, EntryRecord] | None = None
    ) -> Vault:
        """The next generation with what is given changed."""
        return Vault(
            header=self.header if header is None else header,
            generation=self.generation + 1,
            entries=self.entries if entries is None else entries,
        )


def encode(vault: Vault, file_key: bytes) -> bytes:
    """The file.  Raises ValueError for what cannot stand in one (a programming error)."""
    header = _header_bytes(vault.header)
    entries = Entries.of(vault.entries)
    front = _FRONT.pack(MAGIC, FORMAT_VERSION, len(header), len(entries), vault.generation)
    content = b"".join((front, header, entries.packed()))
    return content + _code(content, file_key)


def decode(data: bytes, file_key: bytes, store_id: str) -> Vault:
    """What an authentic file holds.  No entry is opened or even looked at.

    Raises VaultForeign where the file is another store's, VaultVersionUnknown where it is authentic
    and newer, VaultDamaged for everything else.
    """
    content = memoryview(data)[:-CODE_BYTES]
    if not hmac.compare_digest(_code(content, file_key), data[-CODE_BYTES:]):
        raise VaultForeign if _is_anothers(data, store_id) else VaultDamaged
    if len(content) < _FRONT.size or not data.startswith(MAGIC):
        raise VaultDamaged
    version = _FRONT.unpack_from(data)[1]
    if version != FORMAT_VERSION:
        raise VaultVersionUnknown(version)
    try:
        vault = _parsed(data)
    except _MALFORMED as exc:
        raise VaultDamaged from exc
    if vault.header.store_id != store_id:
        raise VaultForeign
    return vault


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


_MALFORMED = (ValueError, KeyError, TypeError, RecursionError, struct.error)


def _is_anothers(data: bytes, store_id: str) -> bool:
    """Whether a file whose code is wrong has the structure of a vault of another store."""
    try:
        return _parsed(data).header.store_id != store_id
    except _MALFORMED:
        return False


def _parsed(data: bytes) -> Vault:
    magic, version, length, count, generation = _FRONT.unpack_from(data)
    start = _FRONT.size + length
    stop = start + count * _RECORD.size
    _must(magic == MAGIC and version == FORMAT_VERSION and length <= _LONGEST_HEADER)
    _must(len(data) == stop + CODE_BYTES)
    header = _header(data[_FRONT.size : start])
    records = memoryview(data)[start:stop]
    ids = [entry_id for (entry_id,) in _IDS.iter_unpack(records)]
    _must(ids == sorted(set(ids)))
    places = range(0, len(records), _RECORD.size)
    raw = {key: records[at : at + _RECORD.size] for key, at in zip(ids, places, strict=True)}
    return Vault(header, generation, Entries(raw))


def _packed(entry: EntryRecord) -> bytes:
    kind = entry.kind.encode("ascii")
    return _RECORD.pack(entry.entry_id, entry.resident, entry.version, kind, entry.sealed)


def _unpacked(raw: bytes | memoryview) -> EntryRecord:
    entry_id, resident, version, kind, sealed = _RECORD.unpack(raw)
    try:
        return EntryRecord(entry_id, resident, kind.rstrip(b"\0").decode("ascii"), version, sealed)
    except ValueError as exc:
        raise VaultDamaged from exc


def _header_bytes(header: Header) -> bytes:
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


def _header(text: bytes) -> Header:
    facts = json.loads(text)
    _must(facts["suite"] == list(SUITE))
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
    _must(_header_bytes(header) == text)
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


def _code(content: bytes | memoryview, file_key: bytes) -> bytes:
    return hmac.digest(file_key, content, hashlib.sha256)


def _whole(value: object, lowest: int, highest: int) -> bool:
    """A whole number in the range; JSON's `true` is none."""
    return type(value) is int and lowest <= value <= highest


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError("this cannot stand in a vault file")
