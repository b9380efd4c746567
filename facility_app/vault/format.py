"""The bytes of a vault file, version 1 (``docs/vault-format.md``): a header, entries, one code.

Nothing here opens a secret.  The file is read as it lies: an entry becomes an object only when it
is asked for, so ten thousand of them cost little more than one.
"""

from __future__ import annotations

import hmac
import operator
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from facility_app.vault.errors import VaultDamaged, VaultForeign, VaultVersionUnknown
from facility_app.vault.header import (
    CODE_BYTES,
    ENCAPSULATED_BYTES,
    ID_BYTES,
    TAG_BYTES,
    header_bytes,
    header_of,
    must,
    whole,
)
from facility_app.vault.header import Cost as Cost
from facility_app.vault.header import Header as Header
from facility_app.vault.header import OfficerSlot as OfficerSlot

FORMAT_VERSION = 1
MAGIC = b"PINVAULT"
PIN_BYTES = 64
"""A PIN is padded to this before it is sealed."""
SEALED_PIN_BYTES = ENCAPSULATED_BYTES + PIN_BYTES + TAG_BYTES

_FRONT = struct.Struct(">8sHIIQ")
"""Magic, version, bytes of the header, number of entries, generation."""
_RECORD = struct.Struct(f">{ID_BYTES}sQI32s{SEALED_PIN_BYTES}s")
"""Entry, resident, version, kind (ASCII, filled up with NUL), sealed PIN."""
_IDS = struct.Struct(f"{ID_BYTES}s{_RECORD.size - ID_BYTES}x")
_VERSION = struct.Struct(f">{ID_BYTES + 8}xI")
"""Of a record, its version alone."""
_LONGEST_HEADER = 1 << 20


@dataclass(frozen=True)
class EntryRecord:
    """One PIN, sealed: which resident's, of which kind (code of the rule table), which version."""

    entry_id: bytes
    resident: int
    kind: str
    version: int
    sealed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        must(len(self.entry_id) == ID_BYTES and len(self.sealed) == SEALED_PIN_BYTES)
        must(whole(self.resident, 0, 2**63 - 1) and whole(self.version, 1, 2**32 - 1))
        must(kind_fits(self.kind))


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
        must(all(entry_id == entry.entry_id for entry_id, entry in entries.items()))
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

    def versions(self) -> tuple[int, ...]:
        """The version of each, in the same order; no entry is unpacked for it."""
        return tuple(_VERSION.unpack_from(raw)[0] for raw in self._raw.values())

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
    header = header_bytes(vault.header)
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
    must(magic == MAGIC and version == FORMAT_VERSION and length <= _LONGEST_HEADER)
    must(len(data) == stop + CODE_BYTES)
    header = header_of(data[_FRONT.size : start])
    records = memoryview(data)[start:stop]
    ids = [entry_id for (entry_id,) in _IDS.iter_unpack(records)]
    must(all(map(operator.lt, ids, ids[1:])))
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


def _code(content: bytes | memoryview, file_key: bytes) -> bytes:
    return hmac.digest(file_key, content, "sha256")
