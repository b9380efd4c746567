"""Officers and printed shares: enough of them open the vault, and nobody and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from facility_app.keystore import PassphraseCost, PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault.errors import (
    NotEnoughOfficers,
    ShareInvalid,
    ShareOfAnother,
    SharesTooFew,
    VaultDamaged,
    WrongVaultPassphrase,
)
from facility_app.vault.header import Cost, Header
from facility_app.vault.keys import VaultKeys, officer_pepper
from facility_app.vault.officers import (
    OfficerKey,
    check_share,
    combine,
    lock_officer,
    make_officer,
    needs_raising,
    open_officer,
    open_share,
    recover,
    split,
)
from facility_app.vault.renewal import found, renew
from tests.vault.world import (
    CHEAP,
    MADE_AT,
    PEPPER,
    STORE_ID,
    World,
    make_officers,
    make_world,
    opened,
    passphrase,
    share_of,
    slot_of,
)


def words(share: Secret) -> list[str]:
    return share.copy_bytes().decode().split()


def typed(text: str) -> Secret:
    return Secret.from_text(text)


@pytest.mark.parametrize("threshold", [1, 2, 3, 4])
def test_any_t_of_n_officers_open_and_fewer_do_not(threshold: int) -> None:
    world = make_world(5, threshold, {1: "4821"})
    staff = range(1, 6)
    roots = [world.root(quorum) for quorum in combinations(staff, threshold)]
    assert all(root == roots[0] for root in roots)
    assert world.root(list(staff)) == roots[0]
    assert world.opened(world.keys([5, 4, 3, 2][:threshold])) == world.pins
    for few in combinations(staff, threshold - 1):
        with pytest.raises(NotEnoughOfficers) as caught:
            world.root(few)
        assert caught.value.facts() == {"have": threshold - 1, "need": threshold}


@pytest.mark.parametrize("threshold", [1, 2, 4])
def test_any_two_printed_shares_open_and_one_does_not(threshold: int) -> None:
    world = make_world(4, threshold, {1: "4821"})
    root = world.root(range(1, threshold + 1))
    for shares in [*combinations(world.recovery, 2), tuple(world.recovery)]:
        assert recover(shares, world.header) == root
    for alone in world.recovery:
        for few in ([], [alone], [alone, alone]):
            with pytest.raises(SharesTooFew) as caught:
                recover(few, world.header)
            assert caught.value.facts() == {"have": len(few[:1]), "need": 2}


def test_the_same_officer_twice_is_one_officer_too_few() -> None:
    world = make_world(3, 2)
    with pytest.raises(VaultDamaged):
        combine([world.share(1), world.share(1)], world.header)


def test_an_officers_and_a_printed_share_do_not_mix() -> None:
    world = make_world(3, 2)
    with pytest.raises(ShareOfAnother):
        recover([world.share(1), world.recovery[0]], world.header)
    with pytest.raises(VaultDamaged):
        combine([world.share(1), world.recovery[0]], world.header)


@settings(max_examples=25)  # each splits and joins twice: 40 ms
@given(st.binary(min_size=32, max_size=32), st.integers(1, 4), st.data())
def test_what_was_split_is_put_together(root: bytes, threshold: int, data: st.DataObject) -> None:
    parts = split(Secret(root), b"v" * 16, b"k" * 16, OFFICERS, threshold)
    header = header_of(parts, threshold)
    quorum = data.draw(st.permutations(range(1, 5)))[:threshold]
    assert combine([share_of(header, each) for each in quorum], header) == Secret(root)
    two = data.draw(st.permutations(parts.recovery))[:2]
    assert recover(two, header) == Secret(root)


OFFICERS = make_officers(b"v" * 16, 4)


def header_of(parts, threshold: int) -> Header:
    return Header(
        vault_id=b"v" * 16,
        store_id=STORE_ID,
        key_id=b"k" * 16,
        public_key=bytes(1216),
        threshold=threshold,
        slots=parts.slots,
        recovery_digests=parts.recovery_digests,
        made_at=MADE_AT,
    )


@pytest.mark.parametrize(("threshold", "count"), [(0, 3), (4, 3), (1, 0)])
def test_there_are_at_least_as_many_officers_as_it_takes(threshold: int, count: int) -> None:
    with pytest.raises(NotEnoughOfficers):
        split(Secret(bytes(32)), b"v" * 16, b"k" * 16, OFFICERS[:count], threshold)


# The lock of an officer


def test_a_lock_opens_with_passphrase_and_pepper_alone() -> None:
    header = make_world(2, 2).header
    slot = slot_of(header, 1)
    seed = open_officer(header.vault_id, slot, passphrase(1), PEPPER)
    assert len(seed) == 32
    for wrong in (passphrase(2), typed("見本の合言葉 第1号 "), typed("")):
        with pytest.raises(WrongVaultPassphrase):
            open_officer(header.vault_id, slot, wrong, PEPPER)


def test_a_copied_vault_without_the_pepper_does_not_open_with_the_right_passphrase() -> None:
    header = make_world(2, 1).header
    elsewhere = officer_pepper(Secret.random(32))
    for staff_id in (1, 2):
        with pytest.raises(WrongVaultPassphrase):
            open_officer(
                header.vault_id, slot_of(header, staff_id), passphrase(staff_id), elsewhere
            )


def test_a_lock_is_bound_to_officer_vault_cost_and_public_key() -> None:
    header = make_world(2, 2).header
    first, second = header.slots
    for wrong in (
        replace(first, staff_id=2),
        replace(first, salt=second.salt),
        replace(first, public_key=second.public_key),
        replace(first, cost=Cost(64, 2, 1)),
        replace(first, cost=Cost(128, 1, 1)),
        replace(second, staff_id=1),
    ):
        with pytest.raises(WrongVaultPassphrase):
            open_officer(header.vault_id, wrong, passphrase(1), PEPPER)
    with pytest.raises(WrongVaultPassphrase):
        open_officer(make_world(1, 1).header.vault_id, first, passphrase(1), PEPPER)


@given(st.integers(0, 8 * 60 - 1))
def test_a_flipped_bit_of_a_lock_is_refused(bit: int) -> None:
    slot = OFFICERS[0].slot(bytes(1436))
    flipped = bytearray(slot.sealed_key)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(WrongVaultPassphrase):
        open_officer(b"v" * 16, replace(slot, sealed_key=bytes(flipped)), passphrase(1), PEPPER)


def test_swapped_shares_do_not_open() -> None:
    header = make_world(2, 2).header
    first, second = header.slots
    seed = open_officer(header.vault_id, first, passphrase(1), PEPPER)
    with pytest.raises(VaultDamaged):
        open_share(header, replace(first, sealed_share=second.sealed_share), seed)
    with pytest.raises(VaultDamaged):
        open_share(header, replace(first, staff_id=2), seed)
    with pytest.raises(VaultDamaged):
        open_share(replace(header, key_id=bytes(16)), first, seed)


def test_a_new_passphrase_and_a_higher_cost_keep_key_share_and_root_code() -> None:
    world = make_world(2, 2, {1: "4821"})
    header, slot = world.header, slot_of(world.header, 1)
    dearer = replace(CHEAP, memory_kib=128)
    assert needs_raising(slot, dearer)
    assert needs_raising(slot, replace(CHEAP, iterations=2))
    assert not needs_raising(slot, CHEAP)
    seed = open_officer(header.vault_id, slot, passphrase(1), PEPPER)
    new = Secret.from_text("もっと長い 見本の合言葉")
    renewed = lock_officer(header.vault_id, 1, seed, new, PEPPER, dearer).slot(slot.sealed_share)
    assert not needs_raising(renewed, dearer)
    assert renewed.public_key == slot.public_key
    with pytest.raises(WrongVaultPassphrase):
        open_officer(header.vault_id, renewed, passphrase(1), PEPPER)
    assert open_officer(header.vault_id, renewed, new, PEPPER) == seed
    changed = header.with_slot(renewed)
    shares = [open_share(changed, renewed, seed), share_of(changed, 2)]
    assert opened(world.vault, VaultKeys.opening(changed, combine(shares, changed))) == world.pins


def test_a_short_passphrase_and_a_cheap_guess_are_refused() -> None:
    with pytest.raises(PassphraseTooShort) as caught:
        make_officer(b"v" * 16, 1, typed("九文字の合言葉です"), PEPPER, CHEAP)
    assert caught.value.facts() == {"minimum": 10}
    with pytest.raises(ValueError, match="floor"):
        make_officer(b"v" * 16, 1, passphrase(1), PEPPER, PassphraseCost(64, 1, 1, minimum=10))


# A printed share


def test_a_printed_share_is_checked_alone() -> None:
    world = make_world(2, 2)
    assert [check_share(share, world.header) for share in world.recovery] == [1, 2, 3]


def test_a_share_may_be_typed_as_people_type() -> None:
    world = make_world(2, 2)
    share = words(world.recovery[1])
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in " ".join(share))
    for text in (
        " ".join(share).upper(),
        "\n".join(share),
        "　".join(share) + " ",
        " ".join(word[:4] for word in share),
        wide,
    ):
        assert check_share(typed(text), world.header) == 2
        assert recover([typed(text), world.recovery[0]], world.header) == world.root([1, 2])


def test_a_share_of_another_vault_is_told() -> None:
    world, other = make_world(2, 2), make_world(2, 2)
    with pytest.raises(ShareOfAnother):
        check_share(other.recovery[0], world.header)
    with pytest.raises(ShareOfAnother):
        recover([world.recovery[0], other.recovery[1]], world.header)
    with pytest.raises(ShareOfAnother):
        check_share(world.share(1), world.header)


@given(st.integers(0, 32), st.sampled_from(WORDLIST))
def test_one_wrong_word_is_found(place: int, word: str) -> None:
    share = words(SHARES.recovery[0])
    if share[place] == word:
        return
    share[place] = word
    with pytest.raises(ShareInvalid) as caught:
        check_share(typed(" ".join(share)), SHARES.header)
    assert caught.value.facts() == {"word": 0}


SHARES = make_world(1, 1)


@given(st.integers(0, 31))
def test_two_swapped_words_are_found(place: int) -> None:
    share = words(SHARES.recovery[0])
    if share[place] == share[place + 1]:
        return
    share[place], share[place + 1] = share[place + 1], share[place]
    with pytest.raises(ShareInvalid):
        check_share(typed(" ".join(share)), SHARES.header)


@pytest.mark.parametrize("wrong", ["zebra", "aca", "academics", "acadamic", "12", "例", "-"])
def test_an_unknown_word_is_named_by_its_place(wrong: str) -> None:
    share = words(SHARES.recovery[0])
    share[6] = wrong
    with pytest.raises(ShareInvalid) as caught:
        check_share(typed(" ".join(share)), SHARES.header)
    assert caught.value.facts() == {"word": 7}


def test_too_few_and_too_many_words_are_told() -> None:
    share = words(SHARES.recovery[0])
    for text in ("", " ".join(share[:-1]), " ".join([*share, share[0]]), " ".join(share[:20])):
        with pytest.raises(ShareInvalid) as caught:
            check_share(typed(text), SHARES.header)
        assert caught.value.word == 0


def test_no_error_repeats_a_word_of_a_share() -> None:
    share = words(SHARES.recovery[0])
    for text in (" ".join([*share[:5], "zebra", *share[6:]]), " ".join(share[::-1])):
        with pytest.raises(ShareInvalid) as caught:
            check_share(typed(text), SHARES.header)
        error: BaseException | None = caught.value
        assert error is not None
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
        assert not any(word in str(error) + repr(error) for word in [*share, "zebra"])


# Change of officers


def changed(world: World, stay: list[int], new: list[int], threshold: int) -> World:
    """The world with other officers; those who stay are not asked for their passphrase."""
    header = world.header
    officers = [OfficerKey.of(slot_of(header, each)) for each in stay]
    officers += [
        make_officer(header.vault_id, each, passphrase(each), PEPPER, CHEAP) for each in new
    ]
    made = found(header.vault_id, STORE_ID, officers, threshold, MADE_AT)
    return World(renew(world.vault, world.keys(), made.header), made.recovery, world.pins)


def test_after_a_change_of_officers_every_entry_opens_for_the_new_ones() -> None:
    before = make_world(3, 2, {1: "4821", 2: "7730", 3: "0042"})
    after = changed(before, [1, 3], [8], 3)
    assert [slot.staff_id for slot in after.header.slots] == [1, 3, 8]
    assert after.vault.generation == before.vault.generation + 1
    assert after.opened() == before.pins
    assert after.header.vault_id == before.header.vault_id
    assert after.header.key_id != before.header.key_id
    for staff_id in (1, 3):
        kept = slot_of(before.header, staff_id)
        assert OfficerKey.of(slot_of(after.header, staff_id)) == OfficerKey.of(kept)


def test_a_removed_officers_old_share_opens_nothing_new() -> None:
    before = make_world(3, 2, {1: "4821"})
    old = {each: before.share(each) for each in (1, 2, 3)}
    old_root, old_keys = before.root([1, 2]), before.keys()
    after = changed(before, [1, 3], [], 2)
    assert after.header.slot(2) is None
    with pytest.raises(VaultDamaged):
        VaultKeys.opening(after.header, old_root)
    with pytest.raises(VaultDamaged):
        opened(after.vault, old_keys)
    mixed = [[old[2], old[1]], [old[2], after.share(1)], [after.share(3), old[2]]]
    for shares in mixed:
        with pytest.raises(VaultDamaged):
            VaultKeys.opening(after.header, combine(shares, after.header))
    slot = slot_of(before.header, 2)
    seed = open_officer(before.header.vault_id, slot, passphrase(2), PEPPER)
    for each in after.header.slots:
        with pytest.raises(VaultDamaged):
            open_share(after.header, each, seed)


@pytest.mark.parametrize("threshold", [1, 2])
def test_old_printed_shares_open_nothing_new(threshold: int) -> None:
    before = make_world(3, threshold, {1: "4821"})
    after = changed(before, [1, 2, 3], [], threshold)
    with pytest.raises(ShareOfAnother):
        recover(before.recovery[:2], after.header)
    with pytest.raises(ShareOfAnother):
        recover([before.recovery[0], after.recovery[1]], after.header)
    assert recover(after.recovery[:2], after.header) == after.root([1, 2])


def test_an_entry_that_does_not_open_stops_the_change() -> None:
    world = make_world(2, 1, {1: "4821", 2: "7730"})
    first, second = world.vault.entries.values()
    world.vault = world.vault.with_entry(replace(first, sealed=second.sealed))
    with pytest.raises(VaultDamaged):
        changed(world, [1], [], 1)


def test_two_printed_shares_put_new_officers_in() -> None:
    world = make_world(2, 2, {1: "4821"})
    keys = VaultKeys.opening(world.header, recover(world.recovery[1:], world.header))
    officers = [make_officer(world.header.vault_id, 9, passphrase(9), PEPPER, CHEAP)]
    made = found(world.header.vault_id, STORE_ID, officers, 1, MADE_AT)
    after = World(renew(world.vault, keys, made.header), made.recovery)
    assert after.opened() == world.pins
