"""The vault is switched on and off, moved, and opened by other officers; an old file is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from facility_app.db.models import VaultOfficerRow, VaultRow
from facility_app.demo.vault_agent import command
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.pins import (
    Act,
    Approval,
    ApprovalsMissing,
    Doubt,
    EntryState,
    EraseReason,
    OfficerCountImpossible,
    Way,
)
from facility_app.i18n import Words
from facility_app.keystore import PassphraseTooShort
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_register, pin_setup
from facility_app.services.access import MustWait
from facility_app.services.fields import FieldMissing
from facility_app.services.pin_approval import NotAnOfficer, PinDoubted, WrongOfficerPassphrase
from facility_app.services.pin_lost import VaultAtHand, give_up_vault
from facility_app.services.pin_opening import VaultOff, opened
from facility_app.services.pin_papers import share_papers
from facility_app.services.pin_setup import PinsStillHeld, PlaceNotSeparate, VaultOnAlready
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import AgentGone, VaultAgent
from facility_app.vault.client import Deposit as Place
from facility_app.vault.errors import (
    NotEnoughOfficers,
    ShareInvalid,
    ShareOfAnother,
    SharesTooFew,
    VaultDamaged,
    VaultExists,
    VaultForeign,
    VaultMissing,
    VaultOutdated,
)
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME
from tests.services.pin_world import (
    CHEAP,
    DAY,
    OTHER_PIN,
    PIN,
    PinWorld,
    passphrase,
    pin_world,
    staff,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    """Nothing is switched on yet."""
    with pin_world(tmp_path) as world:
        yield world


def officers(world: PinWorld) -> set[int]:
    with Session(world.office.work.engine) as session:
        return set(session.scalars(select(VaultOfficerRow.staff_id)))


def state(world: PinWorld):
    return world.office.ask(world.actor("manager"), pin_register.vault_state)


def works(world: PinWorld, *who: str) -> None:
    """A PIN goes through: deposited where there is none, and sent with these officers."""
    held = world.office.ask(world.actor("custodian"), pin_register.held_pins)
    pin = held[0] if held else world.deposit()
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), *who)
    assert world.present(release).outcome.value == "accepted"


def change(world: PinWorld, stay: list[str], new: list[str], threshold: int, *by: str):
    release = world.begin("manager", Act.OFFICERS)
    release = world.approve(release, *by, unlocked="manager")
    return pin_setup.change_officers(
        world.office,
        world.actor("manager"),
        release,
        staff(world, *stay),
        {world.ids[each]: passphrase(each) for each in new},
        threshold,
    )


# --- on, off, elsewhere -----------------------------------------------------------------------


def test_a_vault_is_off_until_a_manager_switches_it_on(world: PinWorld) -> None:
    assert not state(world).on
    assert not world.office.vault.running
    words = world.switch_on()
    assert len({*words}) == 3
    found = state(world)
    assert (found.on, found.threshold, found.generation, found.held) == (True, 2, 1, 0)
    assert {each.staff_id for each in found.officers} == set(
        staff(world, "officer", "deputy", "third")
    )
    (outcome,) = world.outcomes("vault.created")
    assert (outcome["result"], outcome["generation"]) == ("done", 1)
    with pytest.raises(VaultOnAlready):
        world.switch_on()
    works(world, "officer", "third")


@pytest.mark.parametrize("who", ["custodian", "officer", "auditor"])
def test_only_a_manager_runs_the_vault(world: PinWorld, who: str) -> None:
    with pytest.raises(NotPermitted):
        pin_setup.switch_on(world.office, world.actor(who), world.drive, {}, 1)
    with pytest.raises(NotPermitted):
        pin_setup.switch_off(world.office, world.actor(who))


def test_only_pin_officers_get_a_slot(world: PinWorld) -> None:
    with pytest.raises(NotAnOfficer):
        world.switch_on("officer", "custodian")
    assert not state(world).on
    seen = world.office.ask(world.actor("manager"), pin_setup.officer_candidates)
    assert {each.staff_id for each in seen} == set(staff(world, "officer", "deputy", "third"))


@pytest.mark.parametrize("threshold", [0, 3])
def test_no_more_approvals_than_officers(world: PinWorld, threshold: int) -> None:
    with pytest.raises(OfficerCountImpossible):
        world.switch_on("officer", "deputy", threshold=threshold)


def test_a_short_passphrase_makes_no_vault(world: PinWorld) -> None:
    typed = Secret.from_text("short")
    with pytest.raises(PassphraseTooShort):
        pin_setup.switch_on(
            world.office, world.actor("manager"), world.drive, {world.ids["officer"]: typed}, 1
        )
    assert typed.wiped
    assert not state(world).on
    assert list(world.drive.iterdir()) == []
    assert world.outcomes("vault.created")[-1]["result"] == "failed"


def test_a_vault_lies_apart_from_the_register(world: PinWorld) -> None:
    inside = world.data.path / "vault"
    inside.mkdir()
    world.drive.rmdir()
    world.drive.symlink_to(inside)
    with pytest.raises(PlaceNotSeparate):
        world.switch_on()


def test_another_vault_is_not_written_over(world: PinWorld) -> None:
    (world.drive / FILE_NAME).write_bytes(b"somebody's")
    with pytest.raises(VaultExists):
        world.switch_on()
    assert (world.drive / FILE_NAME).read_bytes() == b"somebody's"


def test_switching_off_deletes_the_file_when_nothing_is_held(world: PinWorld) -> None:
    world.switch_on()
    view = world.deposit()
    with pytest.raises(PinsStillHeld):
        pin_setup.switch_off(world.office, world.actor("manager"))
    pin_acts.erase_pins(world.office, world.actor("manager"), [view.id], "やめるため")
    pin_setup.switch_off(world.office, world.actor("manager"))
    assert list(world.drive.iterdir()) == []
    assert not state(world).on
    assert not world.office.vault.running
    with pytest.raises(VaultOff):
        world.deposit()
    world.switch_on()
    works(world, "officer", "deputy")


def test_a_vault_moves_with_everything_in_it(world: PinWorld, tmp_path: Path) -> None:
    world.switch_on()
    world.deposit()
    new = tmp_path / "another drive"
    with pytest.raises(VaultMissing):
        pin_setup.move_vault(world.office, world.actor("manager"), new)
    assert state(world).folder == str(world.drive)
    new.mkdir()
    pin_setup.move_vault(world.office, world.actor("manager"), new)
    assert state(world).folder == str(new)
    assert list(world.drive.iterdir()) == []
    works(world, "officer", "deputy")
    with pytest.raises(VaultExists):
        pin_setup.move_vault(world.office, world.actor("manager"), new)


# --- officers ---------------------------------------------------------------------------------


def test_a_removed_officer_opens_nothing_any_more(world: PinWorld) -> None:
    world.switch_on()
    world.deposit()
    change(world, ["officer", "deputy"], [], 2, "officer", "third")
    assert officers(world) == set(staff(world, "officer", "deputy"))
    pin = world.entry().id
    with pytest.raises(NotAnOfficer):
        world.approve(world.begin("custodian", Act.PRESENT, pin), "officer", "third")
    works(world, "officer", "deputy")
    (outcome,) = world.outcomes("vault.officers_changed")
    assert (outcome["result"], outcome["generation"]) == ("done", world.vault().generation)


def test_a_new_officer_approves_and_the_old_shares_are_void(world: PinWorld) -> None:
    old = world.switch_on("officer", "deputy")
    world.deposit()
    new = change(world, ["officer"], ["third"], 2, "officer", "deputy")
    works(world, "officer", "third")
    manager = world.actor("manager")
    with pytest.raises(ShareOfAnother):
        pin_setup.check_share(world.office, manager, Secret.from_text(old[0]))
    assert pin_setup.check_share(world.office, manager, new[1]) == 2
    assert state(world).recovery_checked_at == world.clock()


def test_officers_change_only_with_enough_of_them(world: PinWorld) -> None:
    world.switch_on()
    with pytest.raises(ApprovalsMissing):
        change(world, ["officer", "deputy"], [], 1, "officer")
    with pytest.raises(NotAnOfficer):
        change(world, ["officer"], ["custodian"], 1, "officer", "deputy")
    assert officers(world) == set(staff(world, "officer", "deputy", "third"))


def test_two_printed_shares_name_new_officers(world: PinWorld) -> None:
    words = world.switch_on("officer", "deputy")
    world.deposit()
    manager = world.actor("manager")

    def recovered(*shares: str):
        return pin_setup.recover(
            world.office,
            manager,
            [Secret.from_text(each) for each in shares],
            {world.ids["third"]: passphrase("third")},
            1,
        )

    with pytest.raises(SharesTooFew):
        recovered(words[0])
    with pytest.raises(ShareInvalid):
        recovered(words[0], "見本 " + words[1])
    assert officers(world) == set(staff(world, "officer", "deputy"))
    new = recovered(words[0], words[2])
    assert len(new) == 3
    assert officers(world) == set(staff(world, "third"))
    works(world, "third")
    with pytest.raises(ShareOfAnother):
        recovered(words[0], words[2])
    results = [each["result"] for each in world.outcomes("vault.recovered")]
    assert results == ["failed", "failed", "done", "failed"]


def test_a_share_is_tried_alone_and_opens_nothing(world: PinWorld) -> None:
    words = world.switch_on()
    generation = world.vault().generation
    for number, each in enumerate(words, 1):
        share = Secret.from_text(each)
        assert pin_setup.check_share(world.office, world.actor("manager"), share) == number
        assert share.wiped
    assert world.vault().generation == generation
    assert [each["share"] for each in world.outcomes("vault.recovery_checked")] == [1, 2, 3]


def test_an_officer_changes_the_own_passphrase(world: PinWorld) -> None:
    world.switch_on("officer", "deputy")
    actor = world.actor("officer")

    def change_to(old: Secret, new: Secret) -> None:
        pin_setup.change_passphrase(world.office, actor, old, new)
        assert old.wiped
        assert new.wiped

    with pytest.raises(WrongOfficerPassphrase):
        change_to(passphrase("wrong"), passphrase("another"))
    with pytest.raises(PassphraseTooShort):
        change_to(passphrase("officer"), Secret.from_text("short"))
    with pytest.raises(NotAnOfficer):
        pin_setup.change_passphrase(
            world.office, world.actor("third"), passphrase("third"), passphrase("x")
        )
    change_to(passphrase("officer"), passphrase("another"))
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    with pytest.raises(WrongOfficerPassphrase):
        world.approve(release, "officer")
    for _ in range(2):
        with pytest.raises((WrongOfficerPassphrase, MustWait)):
            pin_setup.change_passphrase(
                world.office, actor, passphrase("wrong"), passphrase("another")
            )
    with pytest.raises(MustWait):
        change_to(passphrase("another"), passphrase("officer"))


# --- the file and what is known of it ---------------------------------------------------------


def test_an_older_file_put_back_is_refused_and_recorded(world: PinWorld) -> None:
    world.switch_on()
    former = (world.drive / FILE_NAME).read_bytes()
    world.deposit()
    world.office.vault.close()
    now = (world.drive / FILE_NAME).read_bytes()
    (world.drive / FILE_NAME).write_bytes(former)
    with pytest.raises(VaultOutdated) as refused:
        world.begin("custodian", Act.PRESENT, world.entry().id)
    assert (refused.value.generation, refused.value.expected) == (1, 2)
    assert not world.office.vault.running
    assert world.logged("vault.generation_found") == [{"known_generation": 2, "generation": 1}]
    (world.drive / FILE_NAME).write_bytes(now)
    works(world, "officer", "deputy")


def test_a_file_newer_than_known_is_what_a_crash_left(world: PinWorld) -> None:
    """The file was saved and the program was gone before it could say so."""
    world.switch_on()
    world.deposit()

    with Session(world.office.work.engine.execution_options(writes=True)) as session:
        session.execute(update(VaultRow).values(generation=1))
        session.commit()
    world.office.vault.close()
    works(world, "officer", "deputy")
    assert world.logged("vault.generation_found") == [{"known_generation": 1, "generation": 2}]
    assert world.vault().generation == 3, "saved once more, as both generations"


def test_the_vault_of_another_store_is_not_opened(world: PinWorld, tmp_path: Path) -> None:
    world.switch_on()
    world.deposit()
    world.office.vault.close()
    mine = (world.drive / FILE_NAME).read_bytes()
    shutil.rmtree(world.drive)
    world.drive.mkdir()
    with Session(world.office.work.engine.execution_options(writes=True)) as session:
        held = session.get_one(VaultRow, 1)
        kept = {name: getattr(held, name) for name in ("vault_id", "generation")}
        session.delete(held)
        session.commit()
    world.switch_on()
    world.office.vault.close()
    (world.drive / FILE_NAME).write_bytes(mine)
    assert kept["vault_id"] != world.vault().vault_id
    with pytest.raises(VaultForeign):
        opened(world.office)


def test_a_damaged_file_is_told_and_the_previous_one_takes_its_place(world: PinWorld) -> None:
    world.switch_on()
    kept = world.deposit()
    lost = world.deposit(OTHER_PIN, kind="card-info")
    world.office.vault.close()
    whole = bytearray((world.drive / FILE_NAME).read_bytes())
    whole[len(whole) // 2] ^= 1
    (world.drive / FILE_NAME).write_bytes(whole)
    with pytest.raises(VaultDamaged) as damaged:
        opened(world.office)
    assert damaged.value.previous
    pin_setup.use_previous(world.office, world.actor("manager"))
    held = {
        each.id: each for each in world.office.ask(world.actor("officer"), pin_register.held_pins)
    }
    assert held[kept.id].doubt is None
    assert held[lost.id].doubt is Doubt.MISSING
    assert world.vault().generation > 3
    (outcome,) = world.outcomes("vault.previous_used")
    assert outcome["result"] == "done"
    release = world.approve(world.begin("custodian", Act.PRESENT, kept.id), "officer", "deputy")
    assert world.present(release).outcome.value == "accepted"
    again = pin_acts.replace_pin(
        world.office,
        world.actor("custodian"),
        pin_acts.Replace(lost.id),
        Secret.from_text(OTHER_PIN),
    )
    assert again.doubt is None


def test_where_nothing_sound_is_left_nothing_is_done(world: PinWorld) -> None:
    world.switch_on()
    world.deposit()
    world.office.vault.close()
    for name in (FILE_NAME, PREVIOUS_NAME):
        (world.drive / name).write_bytes(b"nothing")
    with pytest.raises(VaultDamaged):
        pin_setup.use_previous(world.office, world.actor("manager"))
    assert not world.office.vault.running


def test_a_sound_file_stays_in_its_place(world: PinWorld) -> None:
    world.switch_on()
    world.deposit()
    pin_setup.use_previous(world.office, world.actor("manager"))
    assert world.vault().generation == 2
    assert world.logged("vault.previous_used") == []


def test_a_copied_vault_does_not_open_on_another_computer(world: PinWorld) -> None:
    """Another device key: the same passphrases open nothing."""
    world.switch_on()
    world.deposit(PIN)
    world.office.vault.close()
    kept = world.office.keys.device
    world.office.keys.device = Secret.random(32)
    with pytest.raises((VaultForeign, VaultDamaged)):
        opened(world.office)
    world.office.keys.device = kept
    works(world, "officer", "deputy")


def test_the_store_closes_with_the_vaults_process(tmp_path: Path) -> None:
    with pin_world(tmp_path) as world:
        world.switch_on()
        keeper = world.office.vault
        assert keeper.running
    assert not keeper.running


def test_too_few_approvals_are_no_quorum_for_other_officers(world: PinWorld) -> None:
    """Even where the list of approvals says so: the vault counts passphrases."""
    world.switch_on()
    release = world.begin("manager", Act.OFFICERS)
    now = world.clock()
    made_up = tuple(
        Approval(each, "", now, Way.OFFICER) for each in staff(world, "officer", "deputy")
    )
    with pytest.raises(NotEnoughOfficers):
        pin_setup.change_officers(
            world.office,
            world.actor("manager"),
            replace(release, approvals=made_up),
            staff(world, "officer"),
            {},
            1,
        )


def test_a_vault_that_is_gone_for_good_is_given_up(world: PinWorld) -> None:
    world.switch_on()
    world.deposit()
    manager = world.actor("manager")
    with pytest.raises(VaultAtHand):
        give_up_vault(world.office, manager, "USBメモリーの紛失")
    world.office.vault.close()
    shutil.rmtree(world.drive)
    with pytest.raises(FieldMissing):
        give_up_vault(world.office, manager, " ")
    assert state(world).on
    assert give_up_vault(world.office, manager, "USBメモリーの紛失") == 1
    assert not state(world).on
    assert world.entry().state is EntryState.ERASED
    assert world.logged("vault.lost") == [{"kind": "user-auth"}, {"count": 1}]
    world.drive.mkdir()
    world.switch_on()
    works(world, "officer", "deputy")


class Dying(VaultAgent):
    """A process that is gone just after it has saved, before it could say so."""

    dies = False

    def deposit(self, place: Place, pin: Secret) -> int:
        generation = super().deposit(place, pin)
        if self.dies:
            self.kill()
            raise AgentGone
        return generation


def test_a_deposit_whose_end_nobody_knows_is_erased_at_the_next_opening(world: PinWorld) -> None:
    """Nobody was told that it is held; the file is newer than the register knows."""
    agent = Dying(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    world.switch_on()
    agent.dies = True
    with pytest.raises(AgentGone):
        world.deposit()
    assert world.entry().state is EntryState.DEPOSITING
    assert world.outcomes("vault.deposited")[-1]["result"] == "unknown"
    assert world.vault().generation == 1
    agent.dies = False
    opened(world.office)
    assert world.entry().state is EntryState.ERASED
    assert world.entry().erase_reason is EraseReason.UNFINISHED
    assert world.logged("vault.generation_found") == [{"known_generation": 1, "generation": 2}]
    works(world, "officer", "deputy")


def test_a_replacement_whose_end_nobody_knows_waits_for_the_next(world: PinWorld) -> None:
    agent = Dying(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    world.switch_on()
    view = world.deposit(OTHER_PIN)
    agent.dies = True
    replacing = pin_acts.Replace(view.id)
    with pytest.raises(AgentGone):
        pin_acts.replace_pin(world.office, world.actor("officer"), replacing, Secret.from_text(PIN))
    assert world.entry().doubt is Doubt.REPLACING
    agent.dies = False
    with pytest.raises(PinDoubted):
        world.begin("custodian", Act.PRESENT, view.id)
    again = pin_acts.replace_pin(
        world.office, world.actor("officer"), replacing, Secret.from_text(PIN)
    )
    assert (again.doubt, again.version) == (None, 3)
    works(world, "officer", "deputy")


def test_an_act_that_a_crash_left_open_is_closed_as_unknown(world: PinWorld) -> None:
    world.switch_on()
    with world.office.work.begin(world.actor("manager")) as tx:
        tx.require(Permission.MANAGE_VAULT)
        tx.intend("vault.moved", "vault")
    world.office.close()
    world.reopen()
    assert world.outcomes("vault.moved")[-1]["result"] == "unknown"
    works(world, "officer", "deputy")


def test_a_lock_while_the_vault_is_opened_leaves_no_process(world: PinWorld) -> None:
    """The lock comes from another thread between the start and the first answer."""

    class Locked(VaultAgent):
        def open(self, *given):
            summary = super().open(*given)
            world.office.vault.kill()
            return summary

    world.switch_on()
    world.office.vault.kill()
    agent = Locked(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    with pytest.raises(AgentGone):
        opened(world.office)
    assert not agent.running


@pytest.mark.parametrize("damaged", [False, True])
def test_a_lock_just_before_the_process_starts_leaves_none(world: PinWorld, damaged: bool) -> None:
    """Neither one that makes a vault, nor one that looks at a damaged one."""

    class Late(VaultAgent):
        def create(self, *given):
            world.office.vault.kill()
            return super().create(*given)

        def open(self, *given):
            world.office.vault.kill()
            return super().open(*given)

    if damaged:
        world.switch_on()
        world.deposit()
        world.office.vault.close()
        (world.drive / FILE_NAME).write_bytes(b"nothing")
    agent = Late(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    if damaged:
        with pytest.raises(AgentGone):
            pin_setup.use_previous(world.office, world.actor("manager"))
    else:
        world.switch_on()
    assert not agent.running


def test_the_recovery_sheets_carry_the_shares_and_leave_nothing_behind(world: PinWorld) -> None:
    words = world.switch_on()
    shares = [Secret.from_text(each) for each in words]
    manager = world.actor("manager")
    pdf = share_papers(world.office, manager, Words("ja"), shares, DAY)
    assert all(each.wiped for each in shares)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    for share, page in zip(words, pages, strict=True):
        assert all(word in page for word in share.split())
    number = f"{world.vault().vault_id[:4]}-{world.vault().key_id[:4]}"
    assert all(number in page for page in pages)
    with pytest.raises(NotPermitted):
        share_papers(world.office, world.actor("officer"), Words("ja"), [], DAY)
