"""PINs are deposited under an agreement, replaced, and erased when their time is over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from facility_app.config import resources
from facility_app.db.models import AgreementRow, VaultEntryRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import AgreementWithdrawn
from facility_app.domain.pins import (
    Act,
    Doubt,
    EntryState,
    PinGuessable,
    PinIsIndividualNumber,
    PinKindUnknown,
    PinNotStorable,
    PinWrongCharacters,
    PinWrongLength,
    Weakness,
)
from facility_app.errors import Refused
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_register
from facility_app.services.access import Witness
from facility_app.services.agreements import WithdrawAgreement, withdraw_agreement
from facility_app.services.fields import FieldMissing
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.pin_acts import (
    PinClauseMissing,
    PinHeldAlready,
    PinNotHeld,
    PinWithoutCard,
)
from facility_app.services.pin_opening import VaultOff
from facility_app.services.pin_views import Deposit, Replace
from facility_app.services.resident_view import view_resident
from facility_app.services.residents import Discharge, discharge_resident
from facility_app.services.rule_data import working_with
from facility_app.vault.errors import VaultMissing, VaultNotWritable
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME, inspect
from facility_app.vault.keys import file_key
from tests.numbers import individual_number
from tests.services import registry
from tests.services.pin_world import DAY, OTHER_PIN, PIN, PinWorld, pin_world

CANARY = "QX7B2M9KZ41TR0PV"
"""Sixteen characters by chance: they stand nowhere unless somebody wrote them there."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    with pin_world(tmp_path) as world:
        world.switch_on()
        yield world


@pytest.fixture
def long_kind(tmp_path: Path) -> Iterator[None]:
    """A kind of sixteen characters beside the real ones."""
    folder = Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))
    with (folder / "pin_kinds.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[kind]]\ncode = "long"\nja = "長い"\nen = "Long"\nlowest = 12\nhighest = 16\n'
            'characters = "alphanumeric"\n'
        )
    with working_with(Rules(folder)):
        yield


def in_file(world: PinWorld) -> tuple[str, ...]:
    return inspect(
        world.drive, file_key(world.office.keys.device), world.office.keys.store_id
    ).entries


def agreement_of(world: PinWorld, resident: int) -> int:
    with Session(world.office.work.engine) as session:
        query = select(AgreementRow.id).where(AgreementRow.resident_id == resident)
        return session.scalars(query).one()


def rows(world: PinWorld) -> list[VaultEntryRow]:
    with Session(world.office.work.engine) as session:
        return list(session.scalars(select(VaultEntryRow).order_by(VaultEntryRow.id)))


def test_a_pin_is_held_and_the_record_says_so(world: PinWorld) -> None:
    view = world.deposit()
    assert (view.state, view.doubt, view.version) == (EntryState.HELD, None, 1)
    assert in_file(world) == (view.entry_id,)
    (outcome,) = world.outcomes("vault.deposited")
    assert outcome["result"] == "done"
    assert outcome["generation"] == world.vault().generation == 2


@pytest.mark.parametrize("who", ["manager", "auditor"])
def test_depositing_is_for_who_handles_cards_or_pins(world: PinWorld, who: str) -> None:
    with pytest.raises(NotPermitted):
        pin_acts.deposit_pin(
            world.office,
            world.actor(who),
            Deposit(world.hanako, "user-auth"),
            Secret.from_text(PIN),
        )
    assert rows(world) == []


@pytest.mark.parametrize(
    ("kind", "pin", "error"),
    [
        ("signature", "SAMPLE99", PinNotStorable),
        ("signature", "", PinNotStorable),
        ("license", PIN, PinKindUnknown),
        ("user-auth", "258", PinWrongLength),
        ("user-auth", "25801", PinWrongLength),
        ("card-info", "25A0", PinWrongCharacters),
        ("user-auth", individual_number(), PinIsIndividualNumber),
    ],
)
def test_what_may_not_be_held_is_refused_and_wiped(
    world: PinWorld, kind: str, pin: str, error: type[Refused]
) -> None:
    typed = Secret.from_text(pin)
    with pytest.raises(error):
        pin_acts.deposit_pin(
            world.office, world.actor("custodian"), Deposit(world.hanako, kind), typed
        )
    assert typed.wiped
    assert rows(world) == []
    assert in_file(world) == ()


def test_an_individual_number_is_refused_where_the_kind_is_long_enough(
    world: PinWorld, long_kind: None
) -> None:
    with pytest.raises(PinIsIndividualNumber):
        world.deposit(individual_number(), kind="long")
    assert world.deposit(CANARY, kind="long").kind is not None


@pytest.mark.parametrize(
    ("pin", "why"),
    [("0305", Weakness.BIRTH_DATE), ("2003", Weakness.BIRTH_DATE), ("7777", Weakness.REPEATED)],
)
def test_a_guessable_pin_is_held_only_when_it_is_confirmed(
    world: PinWorld, pin: str, why: Weakness
) -> None:
    """The resident was born on 1945-03-05, 昭和20年3月5日."""
    with pytest.raises(PinGuessable) as refused:
        world.deposit(pin)
    assert refused.value.weaknesses == (why,)
    assert rows(world) == []
    assert world.deposit(pin, confirmed=True).state is EntryState.HELD


def test_the_agreement_has_the_clause_or_nothing_is_held(world: PinWorld) -> None:
    other = world.resident("仮名 正", "かめい ただし", clause=False)
    world.receive(other)
    found = world.office.ask(world.actor("custodian"), pin_register.may_hold, other, "user-auth")
    assert (found.may, found.agreed.clause, found.card, found.held) == (False, False, True, None)
    with pytest.raises(PinClauseMissing):
        world.deposit(resident_id=other)


def test_a_consent_that_was_withdrawn_carries_no_pin(world: PinWorld) -> None:
    withdrawn(world)
    with pytest.raises(AgreementWithdrawn):
        world.deposit()
    assert rows(world) == []


def test_no_pin_is_held_of_a_card_that_is_not_in_custody(world: PinWorld) -> None:
    other = world.resident("仮名 正", "かめい ただし")
    with pytest.raises(PinWithoutCard):
        world.deposit(resident_id=other)


def test_one_of_a_kind_is_held(world: PinWorld) -> None:
    world.deposit()
    with pytest.raises(PinHeldAlready):
        world.deposit(OTHER_PIN)
    assert world.deposit(OTHER_PIN, kind="card-info").code == "card-info"


def test_another_pin_takes_the_place_of_one_and_ends_the_doubt(world: PinWorld) -> None:
    view = world.deposit(OTHER_PIN)
    world.present(
        world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer", "deputy")
    )
    assert world.entry().doubt is Doubt.WRONG
    typed = Secret.from_text(PIN)
    again = pin_acts.replace_pin(world.office, world.actor("officer"), Replace(view.id), typed)
    assert typed.wiped
    assert (again.id, again.version, again.doubt) == (view.id, 2, None)
    assert in_file(world) == (view.entry_id,)
    told = world.present(
        world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer", "deputy")
    )
    assert told.outcome.value == "accepted"


def test_a_replacement_that_was_broken_off_is_not_used(world: PinWorld) -> None:
    """Which of the two PINs lies in the file nobody knows; the next replacement says."""
    view = world.deposit()
    spoilt = world.drive / FILE_NAME
    kept = spoilt.read_bytes()
    spoilt.unlink()
    (world.drive / PREVIOUS_NAME).unlink()
    with pytest.raises(VaultMissing):
        pin_acts.replace_pin(
            world.office, world.actor("officer"), Replace(view.id), Secret.from_text(OTHER_PIN)
        )
    spoilt.write_bytes(kept)
    assert world.entry().doubt is Doubt.REPLACING
    assert world.outcomes("vault.replaced")[-1]["result"] == "failed"
    again = pin_acts.replace_pin(
        world.office, world.actor("officer"), Replace(view.id), Secret.from_text(PIN)
    )
    assert (again.doubt, again.version) == (None, 3)


def test_a_deposit_that_failed_stands_in_nobodys_way(world: PinWorld) -> None:
    spoilt = world.drive / FILE_NAME
    kept = spoilt.read_bytes()
    spoilt.unlink()
    with pytest.raises(VaultMissing):
        world.deposit()
    assert [row.state for row in rows(world)] == [EntryState.DEPOSITING]
    assert world.office.ask(world.actor("officer"), pin_register.held_pins) == []
    spoilt.write_bytes(kept)
    assert world.deposit().state is EntryState.HELD
    assert [row.state for row in rows(world)] == [EntryState.ERASED, EntryState.HELD]


def test_without_a_vault_there_is_nothing_to_deposit_into(tmp_path: Path) -> None:
    with pin_world(tmp_path) as off:
        with pytest.raises(VaultOff):
            off.deposit()
        assert not off.office.vault.running


def test_an_absent_drive_is_told_and_changes_nothing(world: PinWorld) -> None:
    world.office.vault.close()
    world.drive.rename(world.drive.with_name("elsewhere"))
    with pytest.raises(VaultMissing):
        world.deposit()
    assert rows(world) == []
    state = world.office.ask(world.actor("officer"), pin_register.vault_state)
    assert (state.on, state.reachable) == (True, False)


# --- erased -----------------------------------------------------------------------------------


def handed_back(world: PinWorld, reason: HandBackReason = HandBackReason.REQUEST) -> None:
    actor, second = world.actor("manager"), world.actor("custodian")
    witness = Witness(world.ids["custodian"], second.name, world.clock())
    world.office.do(
        actor,
        hand_back,
        HandBack(
            world.hanako, (world.card,), reason, "見本 一郎", "長男", "運転免許証", witness=witness
        ),
    )


def withdrawn(world: PinWorld) -> None:
    cmd = WithdrawAgreement(agreement_of(world, world.hanako), DAY, "本人の申出")
    world.office.do(world.actor("manager"), withdraw_agreement, cmd)


def died(world: PinWorld) -> None:
    view = world.office.ask(world.actor("manager"), view_resident, world.hanako)
    cmd = Discharge(world.hanako, view.version, DAY, deceased=True)
    world.office.do(world.actor("manager"), discharge_resident, cmd)


ENDS: dict[str, Any] = {
    "handed-back": handed_back,
    "consent-withdrawn": withdrawn,
    "deceased": died,
}


@pytest.mark.parametrize("reason", ENDS)
def test_a_pin_goes_with_the_card_the_consent_and_the_person(world: PinWorld, reason: str) -> None:
    view = world.deposit()
    world.deposit(OTHER_PIN, kind="card-info")
    ENDS[reason](world)
    assert [row.state for row in rows(world)] == [EntryState.ERASED] * 2
    assert in_file(world) == ()
    assert view.entry_id.encode() not in (world.drive / PREVIOUS_NAME).read_bytes()
    due = world.logged("vault.erase_due")
    assert [each["reason"] for each in due] == [reason] * 2
    done = world.outcomes("vault.erased")
    assert {each["result"] for each in done} == {"done"}
    assert {each["generation"] for each in done} == {world.vault().generation}
    proofs = [row.erased_seq for row in rows(world)]
    assert None not in proofs
    assert len(set(proofs)) == 2


def test_a_consent_that_another_agreement_gives_too_keeps_the_pin(world: PinWorld) -> None:
    first = agreement_of(world, world.hanako)
    registry.agree(world.office.work, world.actor("manager"), world.hanako, pin_clause=True)
    world.deposit()
    world.office.do(
        world.actor("manager"), withdraw_agreement, WithdrawAgreement(first, DAY, "書き直し")
    )
    assert world.entry().state is EntryState.HELD


def test_other_things_handed_back_take_no_pin_along(world: PinWorld) -> None:
    book = registry.receive(world.office.work, world.actor("manager"), world.hanako, registry.BOOK)
    world.deposit()
    world.card, card = book, world.card
    handed_back(world)
    world.card = card
    assert world.entry().state is EntryState.HELD


def test_what_is_due_waits_for_an_absent_drive(world: PinWorld) -> None:
    view = world.deposit()
    world.office.vault.close()
    away = world.drive.with_name("elsewhere")
    world.drive.rename(away)
    handed_back(world)
    assert world.entry().state is EntryState.ERASE_DUE
    (shown,) = world.office.ask(world.actor("officer"), pin_register.held_pins)
    assert (shown.state, shown.usable) == (EntryState.ERASE_DUE, False)
    with pytest.raises(PinNotHeld):
        world.begin("custodian", Act.PRESENT, view.id)
    away.rename(world.drive)
    other = world.resident("仮名 正", "かめい ただし")
    world.receive(other)
    world.deposit(resident_id=other)  # the next opening
    assert [row.state for row in rows(world)] == [EntryState.ERASED, EntryState.HELD]
    assert view.entry_id not in in_file(world)


def test_what_waits_is_erased_when_somebody_looks_and_the_drive_is_there(world: PinWorld) -> None:
    """Nothing else is held, so nobody would ever open the vault again, nor switch it off."""
    world.deposit()
    world.office.vault.close()
    away = world.drive.with_name("elsewhere")
    world.drive.rename(away)
    handed_back(world)
    officer = world.actor("officer")
    assert not pin_acts.erase_waiting(world.office, officer)
    assert world.entry().state is EntryState.ERASE_DUE
    away.rename(world.drive)
    assert pin_acts.erase_waiting(world.office, officer)
    assert world.entry().state is EntryState.ERASED
    assert in_file(world) == ()
    world.office.vault.close()
    assert not pin_acts.erase_waiting(world.office, officer)
    assert not world.office.vault.running
    with pytest.raises(NotPermitted):
        pin_acts.erase_waiting(world.office, world.actor("auditor"))


def test_what_another_computer_is_depositing_now_is_left_alone(world: PinWorld) -> None:
    spoilt = world.drive / FILE_NAME
    kept = spoilt.read_bytes()
    spoilt.unlink()
    with pytest.raises(VaultMissing):
        world.deposit()
    spoilt.write_bytes(kept)
    officer = world.actor("officer")
    assert not pin_acts.erase_waiting(world.office, officer)
    assert world.entry().state is EntryState.DEPOSITING
    world.clock.now += timedelta(minutes=2)
    assert pin_acts.erase_waiting(world.office, officer)
    assert world.entry().state is EntryState.ERASED


def test_what_is_due_does_not_start_the_process_after_a_lock(world: PinWorld) -> None:
    world.deposit()
    world.office.vault.kill()
    handed_back(world)
    assert not world.office.vault.running
    assert world.entry().state is EntryState.ERASE_DUE


def test_nothing_due_starts_nothing(world: PinWorld) -> None:
    world.office.vault.close()
    assert pin_acts.erase_due(world.office) == 0
    assert not world.office.vault.running


def test_a_pin_is_erased_because_somebody_asked(world: PinWorld) -> None:
    view = world.deposit()
    with pytest.raises(FieldMissing):
        pin_acts.erase_pins(world.office, world.actor("officer"), [view.id], " ")
    with pytest.raises(NotPermitted):
        pin_acts.erase_pins(world.office, world.actor("custodian"), [view.id], "本人の申出")
    assert pin_acts.erase_pins(world.office, world.actor("officer"), [view.id], "本人の申出") == 1
    assert world.entry().state is EntryState.ERASED
    with pytest.raises(PinNotHeld):
        pin_acts.erase_pins(world.office, world.actor("officer"), [view.id], "本人の申出")
    assert len(world.logged("vault.erase_due")) == 1


def test_what_cannot_be_erased_stays_marked(world: PinWorld) -> None:
    world.deposit()
    world.office.vault.close()
    spoilt = world.drive / FILE_NAME
    kept = spoilt.read_bytes()
    shutil.rmtree(world.drive)
    with pytest.raises((VaultMissing, VaultNotWritable)):
        pin_acts.erase_pins(world.office, world.actor("officer"), [world.entry().id], "本人の申出")
    assert world.entry().state is EntryState.ERASE_DUE
    world.drive.mkdir()
    spoilt.write_bytes(kept)
    assert pin_acts.erase_due(world.office) == 1
    assert world.entry().state is EntryState.ERASED


# --- where a PIN is not -----------------------------------------------------------------------


def test_a_pin_stands_nowhere_but_in_the_vaults_process(
    world: PinWorld, long_kind: None, tmp_path: Path
) -> None:
    """Deposited, shown, erased: the characters are in no file and no entry of the record."""
    view = world.deposit(CANARY, kind="long")
    release = world.begin("officer", Act.REVEAL, view.id, "通院のため")
    picture = world.reveal(world.approve(release, "officer", "deputy"))
    assert CANARY.encode() not in picture.grey
    world.office.vault.close()
    encodings = [CANARY.encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be")]
    looked = 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(each in content for each in encodings), path.name
            looked += 1
    with world.office.work.engine.connect() as connection:
        entries = connection.execute(text("SELECT canonical FROM audit_entry")).scalars().all()
    written = "".join(map(str, entries))
    assert CANARY not in written
    assert "見本の合言葉" not in written
    assert "通院のため" not in written  # sealed under the resident's key
    assert looked > 5
