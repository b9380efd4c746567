"""What is done to the vault's file behind the program's back, and what a crash between the file and
the register leaves: nothing old is used, nothing that went comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from facility_app.db.models import VaultRow
from facility_app.demo.vault_agent import command
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.pins import Act, Doubt, EntryState, EraseReason
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_setup
from facility_app.services.pin_acts import PinNotHeld
from facility_app.services.pin_approval import NotAnOfficer, PinDoubted
from facility_app.services.pin_due import forget_pins
from facility_app.services.pin_opening import opened
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import AgentGone, VaultAgent
from facility_app.vault.errors import (
    FormerVaultLeft,
    VaultExists,
    VaultForeign,
    VaultNotWritable,
    VaultOutdated,
)
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME, inspect
from facility_app.vault.keys import file_key
from facility_app.vault.turn import LOCK_NAME
from tests.services.pin_world import (
    CHEAP,
    OTHER_PIN,
    PIN,
    PinWorld,
    passphrase,
    pin_world,
    staff,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    with pin_world(tmp_path) as world:
        world.switch_on()
        yield world


def in_file(world: PinWorld) -> tuple[str, ...]:
    return summary(world).entries


def summary(world: PinWorld):
    return inspect(world.drive, file_key(world.office.keys.device), world.office.keys.store_id)


def replaced(world: PinWorld, entry: int, pin: str):
    secret = Secret.from_text(pin)
    return pin_acts.replace_pin(
        world.office, world.actor("officer"), pin_acts.Replace(entry), secret
    )


# --- an older file ----------------------------------------------------------------------------


def test_a_replaced_pin_of_the_generation_before_is_not_used(world: PinWorld) -> None:
    """The file has the PIN of before under the same id: it lacks the one that is held."""
    view = world.deposit(OTHER_PIN)
    before = (world.drive / FILE_NAME).read_bytes()
    replaced(world, view.id, PIN)
    world.office.vault.close()
    (world.drive / PREVIOUS_NAME).write_bytes(before)
    (world.drive / FILE_NAME).write_bytes(b"nothing")
    pin_setup.use_previous(world.office, world.actor("manager"))
    assert world.entry().doubt is Doubt.MISSING
    with pytest.raises(PinDoubted):
        world.begin("custodian", Act.PRESENT, view.id)
    assert replaced(world, view.id, PIN).doubt is None


def test_a_replaced_pin_lies_in_no_generation(world: PinWorld) -> None:
    """“The former one is gone”, says the screen."""
    view = world.deposit(OTHER_PIN)
    replaced(world, view.id, PIN)
    world.office.vault.close()
    current, former = ((world.drive / name).read_bytes() for name in (FILE_NAME, PREVIOUS_NAME))
    assert former == current


def test_an_older_file_put_back_while_the_vault_is_open_is_refused(world: PinWorld) -> None:
    view = world.deposit(OTHER_PIN)
    former = (world.drive / FILE_NAME).read_bytes()
    replaced(world, view.id, PIN)
    assert world.office.vault.running
    release = world.begin("custodian", Act.PRESENT, view.id)
    (world.drive / FILE_NAME).write_bytes(former)
    with pytest.raises(VaultOutdated):
        world.approve(release, "officer")
    with pytest.raises(VaultOutdated):
        world.deposit(OTHER_PIN, kind="card-info")
    assert world.vault().generation == 3, "never lowered"
    assert world.outcomes("vault.deposited")[-1]["why"] == "vault.outdated"


def test_another_vault_put_there_while_it_is_open_is_refused(world: PinWorld) -> None:
    """Of the same store, so its code is right; a PIN sealed to it would be lost."""
    mine = world.drive / FILE_NAME
    another = VaultAgent(command(world.readers.port))
    elsewhere = world.drive.with_name("elsewhere")
    elsewhere.mkdir()
    keys = world.office.keys
    opened(world.office)
    another.create(
        elsewhere, keys.store_id, keys.device.copy(), CHEAP, {7: passphrase("another")}, 1
    )
    another.kill()
    mine.write_bytes((elsewhere / FILE_NAME).read_bytes())
    with pytest.raises(VaultForeign):
        world.deposit()


# --- a crash between the file and the register ------------------------------------------------


class Dying(VaultAgent):
    """Ends right after the officers were changed, before anybody hears of it; and between the two
    files: the second still holds the generation before."""

    drive: Path

    def change_officers(self, *given):
        before = (self.drive / FILE_NAME).read_bytes()
        super().change_officers(*given)
        (self.drive / PREVIOUS_NAME).write_bytes(before)
        self.kill()
        raise AgentGone


def test_officers_whose_change_a_crash_cut_off_leave_nothing_behind(world: PinWorld) -> None:
    world.deposit()
    manager = world.actor("manager")
    with Session(world.office.work.engine.execution_options(writes=True)) as session:
        session.execute(update(VaultRow).values(recovery_checked_at=world.clock()))
        session.commit()
    world.office.vault.close()
    agent = Dying(command(world.readers.port))
    agent.drive = world.drive
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    release = world.approve(
        world.begin("manager", Act.OFFICERS), "officer", "third", unlocked="manager"
    )
    with pytest.raises(AgentGone):
        pin_setup.change_officers(
            world.office, manager, release, staff(world, "officer", "deputy"), {}, 2
        )
    opened(world.office)
    assert world.vault().recovery_checked_at is None, "nobody has the new shares"
    assert (world.drive / PREVIOUS_NAME).read_bytes() == (world.drive / FILE_NAME).read_bytes()
    with pytest.raises(NotAnOfficer):
        world.approve(world.begin("custodian", Act.PRESENT, world.entry().id), "third")
    release = world.begin("custodian", Act.PRESENT, world.entry().id)
    assert world.present(world.approve(release, "officer", "deputy")).outcome.value == "accepted"


# --- two computers ----------------------------------------------------------------------------


class Meanwhile(VaultAgent):
    """Does something after the PIN was put into the file and before the register says so."""

    what: Callable[[], None] | None = None

    def deposit(self, place, pin):
        generation = super().deposit(place, pin)
        what, self.what = self.what, None
        if what is not None:
            what()
        return generation


def ended(tx) -> None:
    """On another computer the card is handed back."""
    tx.require(Permission.IDENTIFY)
    forget_pins(tx, EraseReason.HANDED_BACK)


@pytest.mark.parametrize("erased", [False, True])
@pytest.mark.parametrize("replacing", [False, True])
def test_a_pin_whose_time_ends_while_it_is_deposited_is_not_held(
    world: PinWorld, replacing: bool, erased: bool
) -> None:
    agent = Meanwhile(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    view = world.deposit(OTHER_PIN) if replacing else None

    def what() -> None:
        if erased:
            world.office.do(PROGRAM, ended)
        else:
            with world.office.work.begin(PROGRAM) as tx:
                ended(tx)

    agent.what = what
    with pytest.raises(PinNotHeld):
        if view is None:
            world.deposit()
        else:
            replaced(world, view.id, PIN)
    assert world.entry().state is EntryState.ERASED
    assert world.entry().erase_reason is EraseReason.HANDED_BACK
    assert in_file(world) == ()


def test_a_later_generation_that_another_computer_noted_stays(world: PinWorld) -> None:
    agent = Meanwhile(command(world.readers.port))
    world.office.vault = VaultKeeper(lambda: agent, CHEAP)
    world.deposit(OTHER_PIN, kind="card-info")

    def what() -> None:
        generation = agent.erase(())
        with Session(world.office.work.engine.execution_options(writes=True)) as session:
            session.execute(update(VaultRow).values(generation=generation))
            session.commit()

    agent.what = what
    world.deposit()
    assert world.vault().generation == summary(world).generation == 4


@pytest.mark.parametrize("act", [Act.PRESENT, Act.REVEAL])
def test_a_pin_whose_time_ends_before_the_act_is_announced_is_not_let_out(
    world: PinWorld, act: Act
) -> None:
    """It is asked for once more in the transaction that announces the act."""

    class Between(VaultKeeper):
        def spend(self, release: str) -> None:
            super().spend(release)
            with world.office.work.begin(PROGRAM) as tx:
                ended(tx)

    world.office.vault = Between(lambda: VaultAgent(command(world.readers.port)), CHEAP)
    release = world.begin("officer", act, world.deposit().id, "カードリーダーの故障")
    release = world.approve(release, "officer", "deputy", unlocked="officer")
    with pytest.raises(PinNotHeld):
        if act is Act.PRESENT:
            world.present(release, "officer")
        else:
            world.reveal(release)
    assert world.logged("vault.presented") == world.logged("vault.revealed") == []


# --- switching on -----------------------------------------------------------------------------


class DiesMaking(VaultAgent):
    """The file is there, and the program is gone before it can say so."""

    def create(self, *given):
        super().create(*given)
        self.kill()
        raise AgentGone


def test_what_a_crash_left_of_switching_on_stands_in_nobodys_way(world: PinWorld) -> None:
    """An empty vault that no register knows; nobody ever had its shares."""
    manager = world.actor("manager")
    pin_setup.switch_off(world.office, manager)
    world.office.vault = VaultKeeper(lambda: DiesMaking(command(world.readers.port)), CHEAP)
    with pytest.raises(AgentGone):
        world.switch_on()
    assert world.vault() is None
    assert (world.drive / FILE_NAME).exists()
    world.office.vault = VaultKeeper(lambda: VaultAgent(command(world.readers.port)), CHEAP)
    world.switch_on()
    assert world.deposit().state is EntryState.HELD


def test_a_vault_with_pins_that_the_register_does_not_know_is_left_alone(world: PinWorld) -> None:
    """A register from before it was switched on was restored, for example."""
    world.deposit()
    elsewhere = world.drive.with_name("elsewhere")
    elsewhere.mkdir()
    kept = (world.drive / FILE_NAME).read_bytes()
    (elsewhere / FILE_NAME).write_bytes(kept)
    pin_acts.erase_pins(world.office, world.actor("manager"), [world.entry().id], "試験")
    pin_setup.switch_off(world.office, world.actor("manager"))
    world.drive = elsewhere
    with pytest.raises(VaultExists):
        world.switch_on()
    assert (elsewhere / FILE_NAME).read_bytes() == kept


# --- the vault moves --------------------------------------------------------------------------


def test_a_move_that_failed_leaves_no_second_copy(world: PinWorld, tmp_path: Path) -> None:
    view = world.deposit()
    new = tmp_path / "another drive"
    new.mkdir()
    (world.drive / PREVIOUS_NAME).unlink()
    (world.drive / PREVIOUS_NAME).mkdir()
    with pytest.raises(VaultNotWritable):
        pin_setup.move_vault(world.office, world.actor("manager"), new)
    assert list(new.iterdir()) == []
    assert world.vault().folder == str(world.drive)
    assert in_file(world) == (view.entry_id,)


def test_former_files_that_cannot_be_deleted_are_told(world: PinWorld, tmp_path: Path) -> None:
    """The vault is in its new place; the old files would keep PINs that are erased later."""
    view = world.deposit()
    new = tmp_path / "another drive"
    new.mkdir()
    (world.drive / LOCK_NAME).unlink()
    (world.drive / LOCK_NAME).mkdir()
    with pytest.raises(FormerVaultLeft) as told:
        pin_setup.move_vault(world.office, world.actor("manager"), new)
    assert told.value.facts() == {"folder": str(world.drive)}
    assert world.vault().folder == str(new)
    world.drive = new
    assert in_file(world) == (view.entry_id,)
