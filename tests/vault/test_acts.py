"""The acts of the vault's process, called here without a process: rules about approvals, versions
and what is wiped."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from facility_app.cards.protocol import NoCard
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.keystore import PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault import file
from facility_app.vault.acts import Acts
from facility_app.vault.errors import (
    EntryUnknown,
    NotEnoughOfficers,
    OfficerUnknown,
    ShareInvalid,
    ShareOfAnother,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultOutdated,
    WrongVaultPassphrase,
)
from facility_app.vault.messages import CardPin, Deposit, ExpectedCard, PinOutcome
from facility_app.vault.present import OtherCardLies
from tests.vault.agents import PIN, passphrases, place
from tests.vault.test_present import codes_sent
from tests.vault.world import CHEAP, DEVICE, FILE_KEY, STORE_ID, entry_id, passphrase

GOOD = good(date(2026, 11, 20))
CARD = ExpectedCard(GOOD.card_expires_on, GOOD.certificate_until)
ENTRY = entry_id(1).hex()
RELEASE = "release"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A vault of three officers, two of whom are enough, with one PIN in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.readers = folder, Clock(), SimulatedReaders()
        self.acts = Acts(self.readers, clock=self.clock)
        self.made = self.acts.create(folder, STORE_ID, DEVICE, CHEAP, passphrases(3), 2)
        self.acts.deposit(place(), Secret(PIN))

    def approve(self, *staff: int, release: str = RELEASE) -> None:
        self.acts.approvals.begin(release)
        for each in staff:
            self.acts.approve(each, passphrase(each))

    def present(self, release: str = RELEASE, entry: str = ENTRY):
        kind = CardPin.USER_AUTH
        return self.acts.present(release, entry, CARD, kind, check_only_full=False)

    def reveal(self, release: str = RELEASE, entry: str = ENTRY):
        return self.acts.reveal(release, entry, height_px=64, ink=0, paper=255)

    @property
    def vault(self):
        return file.load(self.folder, FILE_KEY, STORE_ID)


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


# --- approvals ------------------------------------------------------------------------------------


def refused(desk: Desk, have: int, release: str = RELEASE) -> None:
    card = desk.readers.insert(GOOD)
    with pytest.raises(NotEnoughOfficers) as error:
        desk.present(release)
    assert error.value.facts() == {"have": have, "need": 2}
    assert card.sent == []


def test_two_officers_open_one_act_and_no_second(desk):
    card = desk.readers.insert(GOOD)
    desk.approve(1, 3)
    assert desk.present().outcome is PinOutcome.ACCEPTED
    assert codes_sent(card) == 1
    refused(desk, 0)


def test_one_officer_twice_is_one(desk):
    desk.approve(1, 1)
    assert len(desk.acts.approvals) == 1
    refused(desk, 1)


def test_approvals_are_for_the_release_that_was_begun(desk):
    desk.approve(1, 2)
    refused(desk, 0, "another")
    desk.approve(1, 2)
    desk.acts.approvals.begin(RELEASE)
    refused(desk, 0)


def test_without_a_release_nobody_approves(desk):
    with pytest.raises(NotEnoughOfficers):
        desk.acts.approve(1, passphrase(1))


def test_approvals_lapse_one_by_one_after_five_minutes(desk):
    desk.approve(1)
    desk.clock.now += 200
    desk.acts.approve(2, passphrase(2))
    assert desk.acts.approvals.lapse() == pytest.approx(100)
    desk.clock.now += 99.9
    assert len(desk.acts.approvals) == 2
    desk.clock.now += 0.1
    assert len(desk.acts.approvals) == 1
    refused(desk, 1)
    assert desk.acts.approvals.lapse() is None


def held(desk: Desk) -> list[Secret]:
    return [each.share for each in desk.acts.approvals._given.values()]


def test_shares_are_wiped_by_the_act_by_the_next_release_and_by_time(desk):
    def time_passes() -> None:
        desk.clock.now += 300
        desk.acts.approvals.lapse()

    for end in (
        desk.reveal,
        lambda: desk.acts.approvals.begin("next"),
        time_passes,
        lambda: desk.acts.open(desk.folder, STORE_ID, DEVICE, CHEAP),
    ):
        desk.approve(1, 2)
        shares = held(desk)
        assert [each.wiped for each in shares] == [False, False]
        end()
        assert [each.wiped for each in shares] == [True, True]


@pytest.mark.parametrize("refusal", ["no card", "another card", "no entry"])
def test_approvals_are_used_up_by_a_presentation_that_sent_nothing(desk, refusal):
    desk.approve(1, 2)
    if refusal == "another card":
        desk.readers.insert(replace(GOOD, card_expires_on=date(2035, 1, 1)))
    error = {"no card": NoCard, "another card": OtherCardLies}.get(refusal, EntryUnknown)
    with pytest.raises(error):
        desk.present(entry=ENTRY if refusal != "no entry" else "00" * 16)
    if refusal != "no entry":
        assert len(desk.acts.approvals) == 0


def test_a_wrong_passphrase_and_somebody_who_is_no_officer(desk):
    desk.approve(1)
    with pytest.raises(WrongVaultPassphrase):
        desk.acts.approve(2, passphrase(1))
    with pytest.raises(OfficerUnknown):
        desk.acts.approve(9, passphrase(9))
    assert len(desk.acts.approvals) == 1


# --- deposits -------------------------------------------------------------------------------------


def test_another_pin_takes_the_place_of_the_former(desk):
    assert desk.acts.deposit(place(version=2), Secret(b"1470")) == 3
    card = desk.readers.insert(replace(GOOD, codes={}))
    desk.approve(1, 2)
    assert desk.present().outcome is PinOutcome.WRONG
    assert codes_sent(card) == 1


def test_a_deposit_that_was_not_acknowledged_may_be_made_again(desk):
    assert desk.acts.deposit(place(version=1), Secret(PIN)) == 3
    assert len(desk.vault.entries) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        replace(place(), version=1),
        replace(place(version=3), resident=7),
        replace(place(version=3), kind="x"),
    ],
)
def test_a_deposit_goes_neither_back_nor_to_somebody_else(desk, wrong):
    desk.acts.deposit(place(version=2), Secret(PIN))
    with pytest.raises(EntryUnknown):
        desk.acts.deposit(wrong, Secret(b"1470"))
    assert desk.vault.generation == 3


def test_erased_is_in_neither_generation(desk):
    desk.acts.deposit(place(2), Secret(PIN))
    assert desk.acts.erase([ENTRY, "00" * 16]) == 4
    previous = file.load_previous(desk.folder, FILE_KEY, STORE_ID)
    assert list(desk.vault.entries) == list(previous.entries) == [entry_id(2)]
    assert desk.acts.erase([ENTRY]) == 5
    desk.approve(1, 2)
    with pytest.raises(EntryUnknown):
        desk.reveal()


def test_somebody_else_who_saves_the_same_vault_is_not_overwritten(desk):
    """The change is made anew on what the other computer saved."""
    other = Acts(desk.readers)
    other.open(desk.folder, STORE_ID, DEVICE, CHEAP)
    other.deposit(place(2), Secret(PIN))
    assert desk.acts.deposit(place(3), Secret(PIN)) == 4
    assert set(desk.vault.entries) == {entry_id(each) for each in (1, 2, 3)}


def test_two_computers_at_once_lose_no_acknowledged_pin(desk):
    """Each says VaultOutdated sooner than it writes over what the other has saved."""
    acknowledged: list[str] = []
    together = threading.Barrier(2)

    def deposit(numbers: range) -> None:
        acts = Acts(desk.readers)
        acts.open(desk.folder, STORE_ID, DEVICE, CHEAP)
        for number in numbers:
            together.wait(30)
            with suppress(VaultOutdated):
                acts.deposit(place(number), Secret(PIN))
                acknowledged.append(place(number).entry_id)

    computers = [
        threading.Thread(target=deposit, args=(range(first, first + 20),)) for first in (100, 200)
    ]
    for each in computers:
        each.start()
    for each in computers:
        each.join(60)
    held = {each.hex() for each in desk.vault.entries}
    assert len(acknowledged) >= 20
    assert set(acknowledged) <= held


def test_a_race_that_is_lost_each_time_is_told(desk):
    other = Acts(desk.readers)
    other.open(desk.folder, STORE_ID, DEVICE, CHEAP)
    numbers = iter(range(2, 99))

    def change(vault):
        other.deposit(place(next(numbers)), Secret(PIN))
        return vault.without([])

    with pytest.raises(VaultOutdated):
        desk.acts._place.saved(change)


# --- officers -------------------------------------------------------------------------------------


def test_a_lock_that_is_too_cheap_is_raised_while_it_is_open(desk):
    dear = replace(CHEAP, memory_kib=128, iterations=2)
    desk.acts.open(desk.folder, STORE_ID, DEVICE, dear)
    desk.acts.approvals.begin(RELEASE)
    told = desk.acts.approve(1, passphrase(1))
    assert (told.have, told.need, told.strengthened_generation) == (1, 2, 3)
    assert [slot.cost[:2] for slot in desk.vault.header.slots] == [(128, 2), (64, 1), (64, 1)]
    assert desk.acts.approve(2, passphrase(2)).strengthened_generation == 4
    assert desk.reveal().height == 64
    desk.acts.approvals.begin(RELEASE)
    assert desk.acts.approve(1, passphrase(1)).strengthened_generation is None


def test_a_lock_that_cannot_be_raised_hinders_no_approval(desk):
    dear = replace(CHEAP, memory_kib=128, minimum=99)
    desk.acts.open(desk.folder, STORE_ID, DEVICE, dear)
    desk.acts.approvals.begin(RELEASE)
    assert desk.acts.approve(1, passphrase(1)).strengthened_generation is None
    assert len(desk.acts.approvals) == 1


def test_a_new_passphrase_opens_and_the_old_does_not(desk):
    new = "新しい見本の合言葉"
    desk.approve(1)
    with pytest.raises(WrongVaultPassphrase):
        desk.acts.change_passphrase(2, passphrase(1), Secret.from_text(new))
    with pytest.raises(PassphraseTooShort):
        desk.acts.change_passphrase(2, passphrase(2), Secret.from_text("短い"))
    with pytest.raises(PassphraseTooShort):
        desk.acts.change_passphrase(2, passphrase(2), Secret.from_text(new))
    new += "です"
    assert desk.acts.change_passphrase(2, passphrase(2), Secret.from_text(new)) == 3
    with pytest.raises(WrongVaultPassphrase):
        desk.acts.approve(2, passphrase(2))
    desk.acts.approve(2, Secret.from_text(new))
    assert desk.reveal().height == 64
    assert file.load_previous(desk.folder, FILE_KEY, STORE_ID).header == desk.vault.header


def test_officers_change_with_a_quorum_and_the_pins_stay(desk):
    desk.approve(1, 2)
    made = desk.acts.change_officers(RELEASE, [1], {4: passphrase(4)}, 2)
    assert made.summary.officers == (1, 4)
    assert (made.summary.generation, made.summary.previous_generation) == (3, 3)
    assert file.load_previous(desk.folder, FILE_KEY, STORE_ID) == desk.vault
    assert made.summary.key_id != desk.made.summary.key_id
    card = desk.readers.insert(GOOD)
    desk.approve(1, 4)
    assert desk.present().outcome is PinOutcome.ACCEPTED
    assert codes_sent(card) == 1
    with pytest.raises(OfficerUnknown):
        desk.approve(2)
    with pytest.raises(ShareOfAnother):
        desk.acts.check_share(desk.made.shares[0])
    assert desk.acts.check_share(made.shares[2]) == 3


def test_approvals_given_before_the_officers_changed_open_nothing(desk):
    other = Acts(desk.readers)
    other.open(desk.folder, STORE_ID, DEVICE, CHEAP)
    other.approvals.begin(RELEASE)
    for each in (1, 2):
        other.approve(each, passphrase(each))
    desk.approve(1, 2)
    desk.acts.change_officers(RELEASE, [1, 2], {}, 2)
    with pytest.raises(NotEnoughOfficers):
        other.reveal(RELEASE, ENTRY, height_px=64, ink=0, paper=255)


def test_officers_change_with_no_less_and_not_to_too_few(desk):
    desk.approve(1)
    with pytest.raises(NotEnoughOfficers):
        desk.acts.change_officers(RELEASE, [1, 2], {}, 2)
    desk.approve(1, 2)
    with pytest.raises(OfficerUnknown):
        desk.acts.change_officers(RELEASE, [1, 9], {}, 2)
    with pytest.raises(PassphraseTooShort):
        desk.acts.change_officers(RELEASE, [1], {4: Secret.from_text("短い")}, 2)
    assert len(desk.acts.approvals) == 2, "what was asked wrongly used nothing up"
    with pytest.raises(NotEnoughOfficers):
        desk.acts.change_officers(RELEASE, [1], {}, 2)
    assert desk.vault.generation == 2


def test_two_printed_shares_make_new_officers(desk):
    shares = desk.made.shares
    with pytest.raises(ShareInvalid):
        desk.acts.recover([Secret(b"no share at all"), shares[1]], passphrases(7, 8), 2)
    made = desk.acts.recover([shares[0].copy(), shares[2].copy()], passphrases(7, 8), 2)
    assert made.summary.officers == (7, 8)
    desk.approve(7, 8)
    assert desk.reveal().height == 64


def test_officers_do_not_change_where_the_vault_is_gone_meanwhile(desk):
    desk.approve(1, 2)
    desk.folder.rename(desk.folder.with_name("gone"))
    with pytest.raises(VaultMissing):
        desk.acts.change_officers(RELEASE, [1, 2], {}, 2)


# --- files ----------------------------------------------------------------------------------------


def test_a_vault_is_not_written_over(desk):
    with pytest.raises(VaultExists):
        Acts(desk.readers).create(desk.folder, STORE_ID, DEVICE, CHEAP, passphrases(2), 2)


def test_the_generation_before_takes_the_place_of_a_damaged_one(desk):
    desk.acts.deposit(place(2), Secret(PIN))
    assert desk.acts.use_previous(40) == 3, "a sound one stays"
    path = desk.folder / file.FILE_NAME
    path.write_bytes(path.read_bytes()[:-1])
    acts = Acts(desk.readers)
    with pytest.raises(VaultDamaged) as error:
        acts.open(desk.folder, STORE_ID, DEVICE, CHEAP)
    assert error.value.facts() == {"previous": True}
    assert acts.use_previous(40) == 41
    assert acts.open(desk.folder, STORE_ID, DEVICE, CHEAP).generation == 41
    assert list(desk.vault.entries) == [entry_id(1)]


def test_nothing_is_done_before_a_vault_was_opened():
    acts = Acts(SimulatedReaders())
    with pytest.raises(ValueError, match="no vault"):
        acts.deposit(Deposit(ENTRY, 1, "user_auth", 1), Secret(PIN))
