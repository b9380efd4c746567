"""Chip recognition: a key of its own, consent per agreement, and marks that go in time."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.cards.check import Code, Level
from facility_app.cards.chip import ChipFacts
from facility_app.db.models import AgreementRow, GrantRow, ItemRow, ResidentRow, SettingRow
from facility_app.domain.access import (
    PROGRAM,
    Actor,
    Grant,
    Identified,
    NotPermitted,
    Role,
    Shift,
    StaffId,
)
from facility_app.domain.attributes import Attribute, CardAttributes, Comparison
from facility_app.domain.items import ItemState
from facility_app.domain.people import Sex
from facility_app.keystore import KeyringLocked, KeyringMissing, MemoryKeys
from facility_app.secret import Secret
from facility_app.services.access import unlock
from facility_app.services.agreements import WithdrawAgreement, withdraw_agreement
from facility_app.services.card_attributes import (
    AttributeCheckOff,
    CheckUnassigned,
    CodeOutcome,
    announce_code,
    compare_card,
    conclude_code,
)
from facility_app.services.card_checks import (
    AssignCheck,
    CardNotTheirs,
    CheckTooOld,
    CheckView,
    OtherCard,
    StoreCheck,
    assign_check,
    correct_dates,
    store_check,
)
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.items import ChangeItem, OutOfCustody, change_item, form_of
from facility_app.services.recognition import (
    MarkMissing,
    RecognitionNeedsKeyring,
    RecognitionNotAgreed,
    RecognitionOff,
    RecognitionState,
    forget_card,
    marker,
    recognition_state,
    remember_card,
    switch_recognition,
)
from facility_app.services.resident_view import view_resident
from facility_app.services.settings import Settings, change_settings, load_settings
from tests.conftest import FakeClock
from tests.desk_world import MADE, OPENED, DeskWorld, build, item_row
from tests.services.accounts import CHEAP, PASSWORD, enrol_with
from tests.services.cards import (
    GOOD,
    MARK,
    OTHER_MARK,
    agreed,
    card_of,
    marked,
    noted,
    switched_on,
)
from tests.services.registry import entries
from tests.services.store_world import StoreWorld

PUBLIC_KEY = b"a public key in DER, as the card gives it"


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    """Both have a card in custody and the clause in their agreement; recognition is on."""
    desk = build(engine, work, clock)
    switched_on(desk)
    card = item_row(desk.residents["tadashi"], "my-number-card")
    desk.add(card)
    desk.items["tadashi"].insert(0, card.id)
    for person in ("hanako", "tadashi"):
        agreed(desk, person)
        noted(desk, person)
    return desk


def checked(desk: DeskWorld, facts: ChipFacts, person: str | None = None) -> CheckView:
    resident = None if person is None else desk.residents[person]
    return desk.do("custodian", store_check, StoreCheck(facts, resident_id=resident))


def remembered(desk: DeskWorld, person: str = "hanako", mark: bytes = MARK) -> CheckView:
    facts = marked(mark)
    return desk.do("custodian", remember_card, checked(desk, facts, person).id, facts)


def codes(view: CheckView) -> set[Code]:
    return {each.code for each in view.findings}


# --- remembering and recognising ---


def test_a_card_is_remembered_and_finds_its_resident(desk: DeskWorld, engine: Engine) -> None:
    first = checked(desk, marked(), "hanako")
    assert (first.recognised, first.may_remember) == (False, True)
    after = desk.do("custodian", remember_card, first.id, marked())
    assert (after.recognised, after.may_remember) == (True, False)
    assert card_of(desk).recognition_mark == MARK
    (entry,) = entries(engine, "card.remembered")
    assert (entry["plain"], entry["told"]) == ({"of": first.seq}, {})
    found = checked(desk, marked())
    assert found.resident is not None
    assert (found.resident.name, found.recognised) == ("見本 花子", True)
    assert entries(engine, "card.checked")[-1]["plain"]["recognised"] is True
    assert not checked(desk, marked(OTHER_MARK)).recognised


def test_no_mark_is_ever_in_the_log_or_in_what_is_shown(desk: DeskWorld, engine: Engine) -> None:
    view = remembered(desk)
    desk.do("custodian", forget_card, card_of(desk).id)
    assert view.facts.mark is None
    assert MARK.hex() not in repr(checked(desk, marked()))
    with Session(engine) as session:
        kept = session.connection().exec_driver_sql("SELECT canonical FROM audit_entry").all()
    assert MARK.hex() not in str(kept).lower()
    assert [e["told"] for e in entries(engine, "card.remembered")] == [{}]


def test_somebody_elses_card_is_named_and_blocks(desk: DeskWorld) -> None:
    remembered(desk, "tadashi")
    view = checked(desk, marked(), "hanako")
    (finding,) = [e for e in view.findings if e.code is Code.CARD_OF_ANOTHER_RESIDENT]
    assert (finding.other, view.level) == ("仮名 正", Level.BLOCK)
    assert (view.may_remember, view.may_correct) == (False, False)
    with pytest.raises(CardNotTheirs):
        desk.do("custodian", remember_card, view.id, marked())


def test_a_renewed_card_takes_the_place_of_the_old_one(desk: DeskWorld, engine: Engine) -> None:
    remembered(desk)
    view = checked(desk, marked(OTHER_MARK), "hanako")
    assert Code.CARD_NOT_RECOGNISED in codes(view)
    assert view.may_remember
    desk.do("custodian", remember_card, view.id, marked(OTHER_MARK))
    assert card_of(desk).recognition_mark == OTHER_MARK
    assert entries(engine, "card.remembered")[-1]["plain"] == {"of": view.seq, "replaced": True}


def test_remembering_twice_records_once(desk: DeskWorld, engine: Engine) -> None:
    view = remembered(desk)
    assert desk.do("custodian", remember_card, view.id, marked()).recognised
    assert len(entries(engine, "card.remembered")) == 1


def test_a_form_that_is_open_does_not_become_stale(desk: DeskWorld) -> None:
    before = card_of(desk)
    remembered(desk)
    form = replace(form_of(before), note="写真あり")
    assert desk.do("custodian", change_item, ChangeItem(before.id, before.version, form))
    assert card_of(desk).recognition_mark == MARK


def test_a_resident_chosen_afterwards_is_held_against_the_mark(desk: DeskWorld) -> None:
    remembered(desk, "tadashi")
    desk.add_change(
        desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["tadashi"]),
        review_on=desk.clock().date() - timedelta(days=1),
    )
    view = checked(desk, marked())
    assert view.resident is None, "the consent is not in force"
    agreed_again = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["tadashi"])
    desk.add_change(agreed_again, review_on=None)
    cmd = AssignCheck(view.id, marked(), desk.residents["hanako"])
    assert Code.CARD_OF_ANOTHER_RESIDENT in codes(desk.do("custodian", assign_check, cmd))


@pytest.mark.parametrize("way", ["no-clause", "review-passed", "kind-not-named", "off"])
def test_without_consent_in_force_nobody_is_recognised(desk: DeskWorld, way: str) -> None:
    remembered(desk)
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    if way == "no-clause":
        desk.add_change(row, recognition_clause=False)
    elif way == "review-passed":
        desk.add_change(row, review_on=date(2026, 11, 19))
    elif way == "kind-not-named":
        desk.add_change(row, all_kinds=False)
    else:
        _setting_off(desk)
    assert checked(desk, marked()).resident is None
    view = checked(desk, marked(), "hanako")
    assert (view.recognised, view.may_remember) == (False, False)
    assert not codes(view) & {Code.CARD_RECOGNISED, Code.CARD_NOT_RECOGNISED}
    refusal = RecognitionOff if way == "off" else RecognitionNotAgreed
    with pytest.raises(refusal):
        desk.do("custodian", remember_card, view.id, marked())


def _setting_off(desk: DeskWorld) -> None:
    with Session(desk.engine.execution_options(writes=True)) as session:
        session.connection().exec_driver_sql("DELETE FROM setting")
        session.commit()


def test_what_cannot_be_remembered(desk: DeskWorld) -> None:
    plain = checked(desk, GOOD, "hanako")
    assert not plain.may_remember
    with pytest.raises(MarkMissing):
        desk.do("custodian", remember_card, plain.id, GOOD)
    facts = marked()
    other = checked(desk, facts, "hanako")
    with pytest.raises(OtherCard):
        desk.do("custodian", remember_card, other.id, marked(card_expires_on=None))
    compared = AssignCheck(other.id, facts, desk.residents["hanako"], Comparison.DIFFERENT)
    assert not desk.do("custodian", assign_check, compared).may_remember
    with pytest.raises(CardNotTheirs):
        desk.do("custodian", remember_card, other.id, facts)
    nobody = checked(desk, facts)
    with pytest.raises(OutOfCustody):
        desk.do("custodian", remember_card, nobody.id, facts)
    with pytest.raises(NotPermitted):
        desk.do("auditor", remember_card, other.id, facts)
    old = checked(desk, facts, "hanako")
    desk.forward(hours=1)
    with pytest.raises(CheckTooOld):
        desk.do("custodian", remember_card, old.id, facts)
    assert card_of(desk).recognition_mark is None
    assert "card.remembered" not in desk.actions()


# --- forgetting ---


def forgotten(engine: Engine) -> list[tuple[Any, ...]]:
    return [(e["items"], e["plain"]["reason"]) for e in entries(engine, "card.forgotten")]


def test_a_card_is_forgotten_when_asked(desk: DeskWorld, engine: Engine) -> None:
    remembered(desk)
    card = card_of(desk)
    view = desk.ask("custodian", view_resident, desk.residents["hanako"])
    assert [each.remembered for each in view.items] == [True, False, False, False]
    assert view.agreements[0].recognition_clause
    desk.do("custodian", forget_card, card.id)
    desk.do("custodian", forget_card, card.id)
    assert card_of(desk).recognition_mark is None
    assert forgotten(engine) == [((card.id,), "forget-asked")]


@pytest.mark.parametrize("reason", [HandBackReason.DISCHARGE, HandBackReason.DEATH])
def test_a_card_that_is_handed_back_is_forgotten(
    desk: DeskWorld, engine: Engine, reason: HandBackReason
) -> None:
    remembered(desk)
    cmd = HandBack(
        desk.residents["hanako"],
        tuple(desk.items["hanako"]),
        reason,
        "見本 一郎",
        "長男",
        "運転免許証",
        witness=desk.witness("second"),
    )
    desk.do("custodian", hand_back, cmd)
    assert card_of(desk).recognition_mark is None
    assert card_of(desk).state is ItemState.RETURNED
    assert forgotten(engine) == [((card_of(desk).id,), "handed-back")]


@pytest.mark.parametrize("state", [ItemState.RETURNED, ItemState.DISPOSED])
def test_the_database_itself_keeps_no_mark_of_what_left_custody(
    desk: DeskWorld, state: ItemState
) -> None:
    remembered(desk)
    with pytest.raises(IntegrityError):
        desk.add_change(card_of(desk), state=state)


def test_a_mark_stays_with_what_is_out_or_lost(desk: DeskWorld) -> None:
    remembered(desk)
    for state in (ItemState.OUT, ItemState.LOST):
        desk.add_change(card_of(desk), state=state)
    assert Code.REPORTED_LOST in codes(checked(desk, marked()))


def withdraw(desk: DeskWorld, agreement: AgreementRow) -> None:
    cmd = WithdrawAgreement(agreement.id, date(2026, 11, 20), "本人の申出")
    desk.do("custodian", withdraw_agreement, cmd)


def test_withdrawn_consent_deletes_the_mark_unless_another_agreement_carries_it(
    desk: DeskWorld, engine: Engine
) -> None:
    remembered(desk)
    remembered(desk, "tadashi", OTHER_MARK)
    first = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    second = AgreementRow(
        resident_id=first.resident_id,
        signed_on=OPENED,
        consented_by=first.consented_by,
        capacity=first.capacity,
        will=first.will,
        all_kinds=True,
        recognition_clause=True,
    )
    desk.add(second)
    withdraw(desk, first)
    assert card_of(desk).recognition_mark == MARK
    withdraw(desk, second)
    assert card_of(desk).recognition_mark is None
    assert card_of(desk, "tadashi").recognition_mark == OTHER_MARK
    assert forgotten(engine) == [((card_of(desk).id,), "consent-withdrawn")]


# --- the key ---


class NoKeyring(MemoryKeys):
    """A computer without a keyring, or with one that nobody unlocked."""

    def __init__(self, refusal: type[KeyringMissing] | type[KeyringLocked]) -> None:
        super().__init__()
        self.refusal = refusal

    def keep(self, store_id: str, root: Secret) -> None:
        raise self.refusal

    def fetch(self, store_id: str) -> Secret:
        raise self.refusal


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreWorld]:
    world = StoreWorld(tmp_path / "data")
    enrol = enrol_with(world.office.work)
    enrol("1", Role.MANAGER)
    enrol("2", Role.CUSTODIAN)
    yield world
    world.close()


def person(store: StoreWorld, number: str = "1") -> Actor:
    return unlock(store.office.work, number, PASSWORD, CHEAP)


def account(store: StoreWorld) -> str:
    return f"{store.office.keys.store_id}:recognition"


def key_of(store: StoreWorld) -> bytes:
    return store.keys.fetch(account(store)).copy_bytes()


def marks(store: StoreWorld) -> list[bytes | None]:
    with Session(store.office.work.engine) as session:
        return list(session.scalars(select(ItemRow.recognition_mark)))


def test_it_is_off_and_switching_it_on_makes_a_key_of_its_own(store: StoreWorld) -> None:
    office, manager = store.office, person(store)
    assert recognition_state(office, manager) is RecognitionState.OFF
    assert marker(office, manager) is None
    switch_recognition(office, manager, True)
    assert recognition_state(office, manager) is RecognitionState.ON
    key = key_of(store)
    assert len(key) == 32
    assert key != store.root.copy_bytes()
    mark = marker(office, person(store, "2"))
    assert mark is not None
    assert mark(PUBLIC_KEY) == hmac.new(key, PUBLIC_KEY, hashlib.sha256).digest()
    switch_recognition(office, manager, True)
    assert key_of(store) == key, "on is on"
    assert store.actions().count("recognition.switched") == 1


def test_it_works_after_the_store_was_opened_again(store: StoreWorld) -> None:
    switch_recognition(store.office, person(store), True)
    before = marker(store.office, person(store))
    store.close()
    after = marker(store.reopen(), person(store))
    assert before is not None
    assert after is not None
    assert before(PUBLIC_KEY) == after(PUBLIC_KEY)


def test_switching_it_off_deletes_the_key_and_all_marks(store: StoreWorld) -> None:
    office, manager = store.office, person(store)
    switch_recognition(office, manager, True)
    first = key_of(store)
    item = _marked_item(store)
    switch_recognition(office, manager, False)
    assert recognition_state(office, manager) is RecognitionState.OFF
    assert marks(store) == [None]
    assert marker(office, manager) is None
    told = entries(office.work.engine, "recognition.switched")[-1]
    assert (told["items"], told["plain"]) == ((item,), {"switched_on": False, "marks_deleted": 1})
    switch_recognition(office, manager, True)
    assert key_of(store) != first


def test_on_another_computer_it_says_that_the_key_is_missing_and_begins_anew(
    store: StoreWorld,
) -> None:
    office, manager = store.office, person(store)
    switch_recognition(office, manager, True)
    _marked_item(store)
    store.keys.forget(account(store))
    assert recognition_state(office, manager) is RecognitionState.KEY_MISSING
    assert marker(office, manager) is None
    switch_recognition(office, manager, True)
    assert recognition_state(office, manager) is RecognitionState.ON
    assert marks(store) == [None], "marks of a lost key recognise nobody"


@pytest.mark.parametrize("keys", [None, NoKeyring(KeyringMissing), NoKeyring(KeyringLocked)])
def test_without_a_keyring_it_stays_off(store: StoreWorld, keys: MemoryKeys | None) -> None:
    office, manager = store.office, person(store)
    office.root_keys = keys
    with pytest.raises(RecognitionNeedsKeyring):
        switch_recognition(office, manager, True)
    assert recognition_state(office, manager) is RecognitionState.OFF
    assert "recognition.switched" not in store.actions()


def test_only_who_may_change_settings_switches_it(store: StoreWorld) -> None:
    custodian = person(store, "2")
    for on in (True, False):
        with pytest.raises(NotPermitted):
            switch_recognition(store.office, custodian, on)
    with pytest.raises(NotPermitted):
        recognition_state(store.office, custodian)
    stranger = Actor(StaffId(999), "", Identified.PASSWORD)
    with pytest.raises(NotPermitted):
        marker(store.office, stranger)


def test_the_settings_page_cannot_switch_it_without_its_key(store: StoreWorld) -> None:
    office, manager = store.office, person(store)
    with pytest.raises(ValueError, match="together with its key"):
        office.do(manager, change_settings, Settings(card_recognition=True))
    switch_recognition(office, manager, True)
    with Session(office.work.engine) as session:
        on = load_settings(session)
    office.do(manager, change_settings, replace(on, attribute_check=True))
    assert recognition_state(office, manager) is RecognitionState.ON


def _marked_item(store: StoreWorld) -> int:
    """A card that is remembered, written directly."""
    engine = store.office.work.engine.execution_options(writes=True)
    with Session(engine) as session:
        person = ResidentRow(name="見本 花子", kana="みほん", sex=Sex.FEMALE, created_at=MADE)
        session.add(person)
        session.flush()
        row = item_row(person.id, "my-number-card", recognition_mark=MARK)
        session.add(row)
        session.commit()
        return row.id


# --- the four attributes ---


def test_attributes_are_compared_only_where_it_is_switched_on(desk: DeskWorld) -> None:
    card = CardAttributes("見本　花●", "例田市1", date(1945, 3, 5), Sex.FEMALE)
    person = desk.residents["hanako"]
    with pytest.raises(AttributeCheckOff):
        desk.ask("custodian", compare_card, person, card)
    on = replace(Settings(), card_recognition=True, attribute_check=True)
    desk.do("manager", change_settings, on)
    compared = desk.ask("custodian", compare_card, person, card)
    assert compared.result is Comparison.REVIEW
    assert compared.differing == (Attribute.NAME, Attribute.SEX), "the register says no sex"
    with pytest.raises(NotPermitted):
        desk.ask("auditor", compare_card, person, card)


def test_a_code_is_announced_before_it_is_sent_and_its_outcome_recorded(desk: DeskWorld) -> None:
    """ADR 0007: a try of the card may be gone whatever happens to the program."""
    resident = desk.residents["hanako"]
    view = desk.do("custodian", store_check, StoreCheck(GOOD, resident_id=resident))
    with pytest.raises(AttributeCheckOff):
        desk.do("custodian", announce_code, view.id)
    desk.add(SettingRow(name="attribute_check", value=True))
    nobodys = desk.do(
        "custodian", store_check, StoreCheck(replace(GOOD, signature_certificate=None))
    )
    with pytest.raises(CheckUnassigned):
        desk.do("custodian", announce_code, nobodys.id)
    intent = desk.do("custodian", announce_code, view.id)
    with pytest.raises(NotPermitted), desk.work.begin(desk.staff["custodian"]) as tx:
        conclude_code(tx, intent, CodeOutcome.DONE, sent=True)  # nobody closes it but the program
    with desk.work.begin(PROGRAM) as tx:
        number = conclude_code(tx, intent, CodeOutcome.UNKNOWN, sent=True)
    said = entries(desk.engine, "card.code_presented")
    assert [each["plain"]["phase"] for each in said] == ["intent", "outcome"]
    assert (said[1]["plain"]["result"], said[1]["plain"]["sent"]) == ("unknown", True)
    assert number > intent
    with pytest.raises(ValueError, match="outcome already"), desk.work.begin(PROGRAM) as tx:
        conclude_code(tx, intent, CodeOutcome.DONE, sent=True)


def test_another_day_or_another_reading_does_not_forget_that_the_card_is_not_theirs(
    desk: DeskWorld,
) -> None:
    """Seen in a review: the block was gone, and a stranger's dates went into the register."""
    resident = desk.residents["hanako"]
    view = desk.do("custodian", store_check, StoreCheck(GOOD, resident_id=resident))
    command = AssignCheck(view.id, GOOD, resident, Comparison.DIFFERENT)
    assert not desk.do("custodian", assign_check, command).may_correct
    later = StoreCheck(GOOD, date(2026, 12, 1), resident)
    again = desk.do("custodian", store_check, later)
    assert Code.ATTRIBUTES_DIFFER in {each.code for each in again.findings}
    assert not again.may_correct
    with pytest.raises(CardNotTheirs):
        desk.do("custodian", correct_dates, again.id)
    other = StoreCheck(replace(GOOD, card_expires_on=date(2033, 1, 1)), resident_id=resident)
    found = desk.do("custodian", store_check, other).findings
    assert Code.ATTRIBUTES_DIFFER not in {each.code for each in found}, "another card"


def test_a_match_is_not_taken_over_by_a_card_that_only_has_the_same_dates(desk: DeskWorld) -> None:
    resident = desk.residents["hanako"]
    view = desk.do("custodian", store_check, StoreCheck(GOOD, resident_id=resident))
    desk.do("custodian", assign_check, AssignCheck(view.id, GOOD, resident, Comparison.MATCH))
    again = desk.do("custodian", store_check, StoreCheck(GOOD, resident_id=resident))
    assert Code.ATTRIBUTES_MATCH not in {each.code for each in again.findings}


def test_who_may_only_check_changes_nothing_in_the_register(desk: DeskWorld) -> None:
    """A night grant checks cards before an emergency and manages no residents."""
    night = desk.staff["custodian"]
    grant = Grant(Role.CUSTODIAN, OPENED, shift=Shift.NIGHT)
    row = desk.one(GrantRow, GrantRow.staff_id == night.staff_id)
    desk.add_change(row, shift=grant.shift)
    desk.forward(hours=12)
    view = desk.do("custodian", store_check, marked_check(desk))
    assert not view.may_correct
    assert not view.may_remember
    for use_case, *args in (
        (correct_dates, view.id),
        (remember_card, view.id, marked()),
        (forget_card, card_of(desk).id),
    ):
        with pytest.raises(NotPermitted):
            desk.do("custodian", use_case, *args)


def marked_check(desk: DeskWorld) -> StoreCheck:
    return StoreCheck(marked(), resident_id=desk.residents["hanako"])
