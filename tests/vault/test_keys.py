"""Sealed PINs: opened by the right keys in their own place, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.secret import Secret
from facility_app.vault.errors import VaultDamaged
from facility_app.vault.format import SEALED_PIN_BYTES
from facility_app.vault.keys import (
    EntryPlace,
    KeyPair,
    VaultKeys,
    file_key,
    officer_pepper,
    open_entry,
    seal,
    seal_entry,
)
from tests.vault.world import DEVICE, make_world, opened, slot_of

ROOT = Secret(b"root secret of the tests, 32 b. ")
KEYS = VaultKeys(ROOT)
PLACE = EntryPlace(b"v" * 16, b"k" * 16, b"e" * 16, 7, "user_auth", 1)
PINS = st.binary(min_size=1, max_size=63)


@given(PINS)
def test_a_sealed_pin_opens_and_shows_no_length(pin: bytes) -> None:
    sealed = seal_entry(KEYS.public_key, PLACE, Secret(pin))
    assert len(sealed) == SEALED_PIN_BYTES
    assert open_entry(KEYS, PLACE, sealed) == Secret(pin)


@pytest.mark.parametrize("length", [0, 64, 1000])
def test_a_pin_of_another_length_is_a_programming_error(length: int) -> None:
    with pytest.raises(ValueError, match="63 bytes"):
        seal_entry(KEYS.public_key, PLACE, Secret(bytes(length)))


PLACES = st.builds(
    EntryPlace,
    vault_id=st.sampled_from([b"v" * 16, b"w" * 16]),
    key_id=st.sampled_from([b"k" * 16, b"v" * 16]),
    entry_id=st.sampled_from([b"e" * 16, b"k" * 16]),
    resident=st.sampled_from([7, 8, 7 << 32]),
    kind=st.sampled_from(["user_auth", "user_aut", "card_info"]),
    version=st.sampled_from([1, 2, 7]),
)


@given(PLACES, PLACES)
def test_a_pin_opens_in_its_own_place_alone(place: EntryPlace, other: EntryPlace) -> None:
    sealed = seal_entry(KEYS.public_key, place, Secret(b"4821"))
    if place == other:
        assert open_entry(KEYS, other, sealed) == Secret(b"4821")
    else:
        with pytest.raises(VaultDamaged):
            open_entry(KEYS, other, sealed)


@given(st.integers(0, 8 * SEALED_PIN_BYTES - 1))
def test_a_flipped_bit_of_a_sealed_pin_is_refused(bit: int) -> None:
    flipped = bytearray(seal_entry(KEYS.public_key, PLACE, Secret(b"4821")))
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VaultDamaged):
        open_entry(KEYS, PLACE, bytes(flipped))


@pytest.mark.parametrize("length", [0, 1, 1119, 1120, 1199])
def test_a_cut_sealed_pin_is_refused(length: int) -> None:
    sealed = seal_entry(KEYS.public_key, PLACE, Secret(b"4821"))
    with pytest.raises(VaultDamaged):
        open_entry(KEYS, PLACE, sealed[:length])


@pytest.mark.parametrize(
    "plain",
    [
        b"\x04" + b"4821" + bytes(58),
        b"\0" + bytes(63),
        b"\x40" + bytes(63),
        b"\x01" + b"12" * 31 + b"1",
    ],
)
def test_padding_has_one_form(plain: bytes) -> None:
    sealed = seal(KEYS.public_key, Secret(plain), PLACE.info())
    with pytest.raises(VaultDamaged):
        open_entry(KEYS, PLACE, sealed)


def test_another_root_secret_opens_nothing() -> None:
    sealed = seal_entry(KEYS.public_key, PLACE, Secret(b"4821"))
    with pytest.raises(VaultDamaged):
        open_entry(VaultKeys(Secret(bytes(32))), PLACE, sealed)


def test_what_is_no_public_key_is_refused() -> None:
    for wrong in (b"\xff" * 1216, b"", KEYS.public_key[:-32] + bytes(32)):
        with pytest.raises(VaultDamaged):
            seal_entry(wrong, PLACE, Secret(b"4821"))


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyPair(Secret(bytes(31)))


def test_wiped_keys_open_nothing() -> None:
    keys = VaultKeys(ROOT)
    sealed = seal_entry(keys.public_key, PLACE, Secret(b"4821"))
    keys.wipe()
    with pytest.raises(ValueError, match="wiped"):
        open_entry(keys, PLACE, sealed)
    with pytest.raises(ValueError, match="wiped"):
        keys.root_code(make_world(1, 1).header)


def test_the_device_key_gives_two_keys_that_differ() -> None:
    other = Secret(bytes(32))
    keys = {file_key(DEVICE), officer_pepper(DEVICE).copy_bytes()}
    keys |= {file_key(other), officer_pepper(other).copy_bytes()}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


# Somebody who holds the file key can write any header; the root secret vouches for the right one.


def test_the_root_secret_vouches_for_all_of_the_header_but_the_locks() -> None:
    world, other = make_world(3, 2), make_world(3, 2)
    header, root = world.header, world.root([1, 2])
    VaultKeys.opening(header, root)
    first, second, third = header.slots
    for wrong in (
        replace(header, vault_id=other.header.vault_id),
        replace(header, store_id="another"),
        replace(header, key_id=other.header.key_id),
        replace(header, public_key=other.header.public_key),
        replace(header, threshold=1),
        replace(header, made_at="2026-11-21T01:00:00Z"),
        replace(header, recovery_digests=header.recovery_digests[::-1]),
        replace(header, slots=header.slots[:2]),
        replace(header, slots=other.header.slots),
        replace(header, root_code=other.header.root_code),
        header.with_slot(replace(first, public_key=second.public_key)),
        header.with_slot(replace(first, sealed_share=second.sealed_share)),
        replace(header, slots=(replace(second, staff_id=1), replace(first, staff_id=2), third)),
    ):
        with pytest.raises(VaultDamaged):
            VaultKeys.opening(wrong, root)
    VaultKeys.opening(header.with_slot(replace(first, salt=second.salt)), root)


def test_swapped_entries_do_not_open() -> None:
    world = make_world(2, 1, {1: "4821", 2: "7730"})
    keys = world.keys()
    assert world.opened(keys) == world.pins
    first, second = world.vault.entries.values()
    swapped = world.vault.with_entry(replace(first, sealed=second.sealed))
    swapped = swapped.with_entry(replace(second, sealed=first.sealed))
    for entry in swapped.entries.values():
        with pytest.raises(VaultDamaged):
            open_entry(keys, EntryPlace.of(swapped.header, entry), entry.sealed)
    relabelled = world.vault.with_entry(replace(second, entry_id=first.entry_id))
    moved = relabelled.entries[first.entry_id]
    with pytest.raises(VaultDamaged):
        open_entry(keys, EntryPlace.of(world.header, moved), moved.sealed)


def test_an_entry_of_another_vault_does_not_open() -> None:
    world, other = make_world(2, 1, {1: "4821"}), make_world(2, 1, {1: "7730"})
    (entry,) = other.vault.entries.values()
    mixed = world.vault.with_entry(entry)
    with pytest.raises(VaultDamaged):
        opened(mixed, world.keys())
    with pytest.raises(VaultDamaged):
        opened(replace(other.vault, header=world.header), other.keys())


def test_an_older_version_does_not_pass_for_the_newer() -> None:
    world = make_world(2, 1, {1: "4821"})
    (old,) = world.vault.entries.values()
    world.deposit(1, "7730", version=2)
    back = world.vault.with_entry(replace(old, version=2))
    with pytest.raises(VaultDamaged):
        opened(back, world.keys())


def test_an_unknown_officer_has_no_slot() -> None:
    header = make_world(2, 1).header
    assert header.slot(9) is None
    assert slot_of(header, 2).staff_id == 2
