"""The file: what goes in comes out, and not one bit of it can be another."""

from __future__ import annotations

import hmac
import json
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.vault.errors import VaultDamaged, VaultForeign, VaultVersionUnknown
from facility_app.vault.format import (
    SEALED_PIN_BYTES,
    Cost,
    Entries,
    EntryRecord,
    Header,
    OfficerSlot,
    Vault,
    decode,
    encode,
    kind_fits,
)
from facility_app.vault.header import (
    PUBLIC_KEY_BYTES,
    SEALED_KEY_BYTES,
    SEALED_SHARE_BYTES,
    header_bytes,
)
from tests.vault.world import FILE_KEY, STORE_ID, entry_id, make_world

FRONT = 26
RECORD = 1260


def exactly(length: int) -> st.SearchStrategy[bytes]:
    """So many bytes, the long ones cheaply."""
    return st.integers(0, 255).map(lambda byte: bytes([byte]) * length)


SLOTS = st.builds(
    OfficerSlot,
    staff_id=st.integers(1, 2**63 - 1),
    public_key=exactly(PUBLIC_KEY_BYTES),
    cost=st.builds(Cost, st.integers(8, 4 << 20), st.integers(1, 1000), st.integers(1, 255)),
    salt=exactly(16),
    sealed_key=exactly(SEALED_KEY_BYTES),
    sealed_share=exactly(SEALED_SHARE_BYTES),
)
RECORDS = st.builds(
    EntryRecord,
    entry_id=st.binary(min_size=16, max_size=16),
    resident=st.integers(0, 2**63 - 1),
    kind=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=32),
    version=st.integers(1, 2**32 - 1),
    sealed=exactly(SEALED_PIN_BYTES),
)


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def vaults(draw: st.DrawFn) -> Vault:
    slots = draw(st.lists(SLOTS, min_size=1, max_size=4, unique_by=lambda slot: slot.staff_id))
    header = Header(
        vault_id=draw(exactly(16)),
        store_id=draw(TEXT),
        key_id=draw(exactly(16)),
        public_key=draw(exactly(PUBLIC_KEY_BYTES)),
        threshold=draw(st.integers(1, len(slots))),
        slots=tuple(sorted(slots, key=lambda slot: slot.staff_id)),
        recovery_digests=tuple(draw(exactly(32)) for _ in range(3)),
        made_at=draw(TEXT),
        root_code=draw(exactly(32)),
    )
    records = draw(st.lists(RECORDS, max_size=5, unique_by=lambda record: record.entry_id))
    entries = {record.entry_id: record for record in records}
    return Vault(header, draw(st.integers(0, 2**64 - 1)), entries)


@given(vaults())
def test_what_is_written_is_read(vault: Vault) -> None:
    data = encode(vault, FILE_KEY)
    read = decode(data, FILE_KEY, vault.header.store_id)
    assert (read.header, read.generation) == (vault.header, vault.generation)
    assert dict(read.entries) == dict(vault.entries)
    assert list(read.entries) == sorted(vault.entries)
    assert encode(read, FILE_KEY) == data


@given(vaults(), RECORDS, st.data())
def test_entries_are_added_replaced_and_taken_away(
    vault: Vault, record: EntryRecord, data: st.DataObject
) -> None:
    read = decode(encode(vault, FILE_KEY), FILE_KEY, vault.header.store_id)
    more = read.with_entry(record)
    assert dict(more.entries) == {**vault.entries, record.entry_id: record}
    assert list(more.entries) == sorted(more.entries)
    gone = set(data.draw(st.lists(st.sampled_from(sorted(more.entries)))))
    less = more.without(gone | {b"nowhere"})
    assert set(less.entries) == set(more.entries) - gone
    assert less.generation == more.generation + 1 == read.generation + 2
    assert all(key not in less.entries for key in gone)
    assert len(less.entries) == len(more.entries) - len(gone)


@pytest.fixture(scope="module")
def small() -> bytes:
    """The smallest vault: one officer, one entry."""
    return encode(make_world(1, 1, {1: "4821"}).vault, FILE_KEY)


def test_every_flipped_bit_is_refused(small: bytes) -> None:
    flipped, taken = bytearray(small), []
    for place in range(len(small)):
        for bit in range(8):
            flipped[place] ^= 1 << bit
            try:
                decode(bytes(flipped), FILE_KEY, STORE_ID)
                taken.append((place, bit))
            except (VaultDamaged, VaultForeign):
                pass
            flipped[place] ^= 1 << bit
    assert taken == []
    assert bytes(flipped) == small
    decode(small, FILE_KEY, STORE_ID)


def test_every_truncation_and_every_lengthening_is_refused(small: bytes) -> None:
    for length in range(len(small)):
        for cut in (small[:length], small[length + 1 :]):
            with pytest.raises(VaultDamaged):
                decode(cut, FILE_KEY, STORE_ID)
    for longer in (small + b"\0", b"\0" + small, small + small):
        with pytest.raises(VaultDamaged):
            decode(longer, FILE_KEY, STORE_ID)


@given(st.binary(max_size=300))
def test_anything_else_is_no_vault(data: bytes) -> None:
    with pytest.raises(VaultDamaged):
        decode(data, FILE_KEY, STORE_ID)
    with pytest.raises(VaultDamaged):
        decode(coded(data), FILE_KEY, STORE_ID)


def test_another_stores_vault_is_told_from_a_damaged_one(small: bytes) -> None:
    with pytest.raises(VaultForeign):
        decode(small, b"another store's file key", "another store")
    with pytest.raises(VaultDamaged):
        decode(small, b"another store's file key", STORE_ID)
    with pytest.raises(VaultForeign):
        decode(small, FILE_KEY, "another store")


def test_a_newer_version_is_told_only_by_an_authentic_file(small: bytes) -> None:
    newer = small[:8] + struct.pack(">H", 2) + small[10:-32]
    with pytest.raises(VaultVersionUnknown) as caught:
        decode(coded(newer), FILE_KEY, STORE_ID)
    assert caught.value.facts() == {"version": 2}
    with pytest.raises(VaultDamaged):
        decode(newer + small[-32:], FILE_KEY, STORE_ID)


# The rest is about somebody who holds the file key and recomputes the code at the end.


def coded(content: bytes) -> bytes:
    return content + hmac.digest(FILE_KEY, content, "sha256")


def with_header(small: bytes, text: bytes) -> bytes:
    length, count = struct.unpack_from(">II", small, 10)
    front = struct.pack(">8sHIIQ", small[:8], 1, len(text), count, 2)
    return coded(front + text + small[FRONT + length : -32])


def test_a_header_has_one_form(small: bytes) -> None:
    length = struct.unpack_from(">I", small, 10)[0]
    text = small[FRONT : FRONT + length]
    decode(with_header(small, text), FILE_KEY, STORE_ID)
    facts = json.loads(text)
    slot = facts["slots"][0]
    for wrong in (
        {**facts, "more": 1},
        {**facts, "suite": [25722, 1, 1]},
        {**facts, "threshold": 2},
        {**facts, "threshold": True},
        {**facts, "store_id": 5},
        {**facts, "made_at": None},
        {**facts, "slots": []},
        {**facts, "slots": [slot, slot]},
        {**facts, "slots": [{**slot, "cost": [64, 1]}]},
        {**facts, "slots": [{**slot, "cost": [1 << 40, 1, 1]}]},
        {**facts, "slots": [{**slot, "cost": [64, 0, 1]}]},
        {**facts, "slots": [{**slot, "cost": [64, 1, 256]}]},
        {**facts, "slots": [{**slot, "staff_id": 0}]},
        {**facts, "slots": [{**slot, "salt": slot["salt"][:-4]}]},
        {**facts, "slots": [{**slot, "sealed_key": ""}]},
        {**facts, "slots": [{**slot, "sealed_share": ""}]},
        {**facts, "slots": 3},
        {**facts, "recovery": facts["recovery"][:2]},
        {**facts, "vault_id": "Zm9v"},
        {**facts, "key_id": 7},
        {**facts, "public_key": "!"},
        {**facts, "root_code": ""},
        {name: value for name, value in facts.items() if name != "made_at"},
        [facts],
        None,
    ):
        with pytest.raises(VaultDamaged):
            decode(with_header(small, canonical(wrong)), FILE_KEY, STORE_ID)
    for form in (json.dumps(facts).encode(), text + b" ", b"[" * 100_000, b"", b"\xff"):
        with pytest.raises(VaultDamaged):
            decode(with_header(small, form), FILE_KEY, STORE_ID)


def canonical(facts: object) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_header_longer_than_any_is_not_parsed(small: bytes) -> None:
    with pytest.raises(VaultDamaged):
        decode(with_header(small, b'"' + b"a" * (1 << 20) + b'"'), FILE_KEY, STORE_ID)


def test_swapped_or_doubled_records_are_refused() -> None:
    data = encode(make_world(2, 2, {1: "4821", 2: "7730"}).vault, FILE_KEY)
    front, records = data[: -32 - 2 * RECORD], data[-32 - 2 * RECORD : -32]
    first, second = records[:RECORD], records[RECORD:]
    decode(coded(front + first + second), FILE_KEY, STORE_ID)
    for records in (second + first, first + first, first):
        with pytest.raises(VaultDamaged):
            decode(coded(front + records), FILE_KEY, STORE_ID)


def test_swapped_slots_are_refused() -> None:
    vault = make_world(2, 2).vault
    data = encode(vault, FILE_KEY)
    facts = json.loads(header_bytes(vault.header))
    facts["slots"].reverse()
    with pytest.raises(VaultDamaged):
        decode(with_header(data, canonical(facts)), FILE_KEY, STORE_ID)


@pytest.mark.parametrize(
    "kind", [b"", b"user\0auth", b"two words", "種類".encode(), b"\x01", b"\x7f"]
)
def test_a_record_with_an_impossible_kind_is_refused_when_it_is_asked_for(
    small: bytes, kind: bytes
) -> None:
    at = len(small) - 32 - RECORD
    record = small[at : at + 28] + kind.ljust(32, b"\0") + small[at + 60 : -32]
    vault = decode(coded(small[:at] + record), FILE_KEY, STORE_ID)
    with pytest.raises(VaultDamaged):
        vault.entries[entry_id(1)]


def test_what_cannot_stand_in_a_file_is_a_programming_error() -> None:
    vault = make_world(2, 2, {1: "4821"}).vault
    record = vault.entries[entry_id(1)]
    for change in (
        {"entry_id": b"short"},
        {"resident": -1},
        {"version": 0},
        {"kind": "k" * 33},
        {"sealed": b""},
    ):
        with pytest.raises(ValueError, match="cannot stand"):
            replace(record, **change)
    with pytest.raises(ValueError, match="cannot stand"):
        encode(replace(vault, entries={entry_id(2): record}), FILE_KEY)
    with pytest.raises(ValueError, match="cannot stand"):
        replace(vault.header, slots=vault.header.slots[::-1])
    with pytest.raises(ValueError, match="cannot stand"):
        replace(vault.header, threshold=3)


def test_a_kind_is_a_short_word() -> None:
    assert kind_fits("user_auth")
    assert not any(kind_fits(each) for each in ("", "k" * 33, "a b", "ひ", "a\0"))


def test_a_sealed_pin_is_not_printed() -> None:
    record = EntryRecord(entry_id(1), 7, "user_auth", 1, b"s" * SEALED_PIN_BYTES)
    assert "sss" not in repr(record)
    assert Entries.of({entry_id(1): record})[entry_id(1)] == record
