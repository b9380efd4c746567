"""The PIN vault beside a store on PostgreSQL: the same answers as on the encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.shared import SharedReaders
from facility_app.demo.vault_agent import command
from facility_app.domain.access import PROGRAM
from facility_app.domain.pins import Act, Doubt, EntryState
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_register, pin_setup
from facility_app.services.office import Office
from facility_app.services.pin_approval import PinDoubted
from facility_app.services.store_setup import begin_records
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import VaultAgent
from facility_app.vault.file import FILE_NAME
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID
from tests.db.test_postgresql import engine, pytestmark, server
from tests.services.pin_world import CARD, CHEAP, OTHER_PIN, PIN, PinWorld
from tests.services.test_pin_acts import ENDS

__all__ = ["engine", "pytestmark", "server"]


class ServerWorld(PinWorld):
    """Keys and folders of a store in a file; the register on the server."""

    engine: Engine

    def reopen(self) -> Office:
        here = super().reopen()
        work = Work(self.engine, self.clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))
        with work.begin(PROGRAM) as tx:
            begin_records(tx, Rules())
        self.office = Office(work, here.data, here.keys, here.cost, here.on_close)
        self.office.vault = VaultKeeper(lambda: VaultAgent(command(self.readers.port)), CHEAP)
        return self.office


@pytest.fixture
def world(tmp_path: Path, engine: Engine) -> Iterator[ServerWorld]:
    simulated = SimulatedReaders("Reader")
    simulated.insert(CARD)
    kind = type("OnThisServer", (ServerWorld,), {"engine": engine})
    with SharedReaders(simulated) as shared:
        world = kind(tmp_path / "data", shared, simulated)
        try:
            world.switch_on()
            yield world
        finally:
            world.close()


def test_from_the_deposit_to_the_card_and_the_screen(world: ServerWorld) -> None:
    view = world.deposit()
    release = world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer", "deputy")
    assert world.present(release).outcome.value == "accepted"
    shown = world.begin("officer", Act.REVEAL, view.id, "カードリーダーの故障")
    shown = world.approve(shown, "officer", "deputy", unlocked="officer")
    assert world.reveal(shown).width > 0
    months = world.office.ask(world.actor("manager"), pin_register.pin_month_counts)
    assert (months[-1].presented, months[-1].revealed) == (1, 1)
    assert len(world.office.ask(world.actor("manager"), pin_register.ways_without_pin)) == 1


@pytest.mark.parametrize("reason", ENDS)
def test_a_pin_goes_with_the_card_the_consent_and_the_person(
    world: ServerWorld, reason: str
) -> None:
    world.deposit()
    ENDS[reason](world)
    assert world.entry().state is EntryState.ERASED
    assert world.outcomes("vault.erased")[-1]["result"] == "done"


def test_what_the_previous_generation_lacks_is_flagged(world: ServerWorld) -> None:
    world.deposit(OTHER_PIN, kind="card-info")
    view = world.deposit()
    world.office.vault.close()
    (world.drive / FILE_NAME).write_bytes(b"nothing")
    pin_setup.use_previous(world.office, world.actor("manager"))
    assert world.entry().doubt is Doubt.MISSING
    with pytest.raises(PinDoubted):
        world.begin("custodian", Act.PRESENT, view.id)
    again = pin_acts.Replace(view.id)
    pin = Secret.from_text(PIN)
    assert pin_acts.replace_pin(world.office, world.actor("officer"), again, pin).doubt is None


def test_other_officers_and_off(world: ServerWorld) -> None:
    manager = world.actor("manager")
    release = world.approve(
        world.begin("manager", Act.OFFICERS), "officer", "deputy", unlocked="manager"
    )
    stay = [world.ids["officer"], world.ids["deputy"]]
    assert len(pin_setup.change_officers(world.office, manager, release, stay, {}, 2)) == 3
    state = world.office.ask(manager, pin_register.vault_state)
    assert {each.staff_id for each in state.officers} == set(stay)
    pin_setup.switch_off(world.office, manager)
    assert world.vault() is None
