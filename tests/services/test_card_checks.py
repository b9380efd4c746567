"""カード点検: judged, stored, recorded; assigned afterwards; dates corrected from the chip."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from facility_app.audit.work import Work
from facility_app.cards.check import Code, Level
from facility_app.cards.chip import NOTHING, CardKind, ChipFacts, Pin
from facility_app.cards.protocol import NoCard
from facility_app.db.models import (
    AuditEntryRow,
    CardCheckRow,
    ResidentRow,
)
from facility_app.domain.access import NotPermitted
from facility_app.domain.attributes import Comparison
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.services.card_checks import (
    AssignCheck,
    CardNotTheirs,
    CheckOfAnother,
    CheckTooOld,
    CheckView,
    NothingDiffers,
    OtherCard,
    StoreCheck,
    assign_check,
    correct_dates,
    store_check,
)
from facility_app.services.card_views import findings_of
from facility_app.services.fields import ChangedMeanwhile
from facility_app.services.items import OutOfCustody
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, item_row, visit_row
from tests.services.cards import ENDS, GOOD, UNTIL, card_of, noted
from tests.services.registry import entries

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def stored(
    desk: DeskWorld, facts: ChipFacts = GOOD, who: str = "custodian", **more: Any
) -> CheckView:
    return desk.do(who, store_check, StoreCheck(facts, **more))


def of(desk: DeskWorld, person: str = "hanako", facts: ChipFacts = GOOD, **more: Any) -> CheckView:
    return stored(desk, facts, resident_id=desk.residents[person], **more)


def assigned(desk: DeskWorld, view: CheckView, person: str, **more: Any) -> CheckView:
    cmd = AssignCheck(view.id, more.pop("facts", GOOD), desk.residents[person], **more)
    return desk.do("custodian", assign_check, cmd)


def codes(view: CheckView) -> set[Code]:
    return {each.code for each in view.findings}


def test_a_good_card_of_a_resident_is_stored_with_nothing_to_mind(desk: DeskWorld) -> None:
    noted(desk)
    view = of(desk)
    assert codes(view) == {Code.CERTIFICATE_VALID, Code.CARD_VALID}
    assert (view.level, view.on, view.differing) == (Level.OK, TODAY, {})
    assert view.resident is not None
    assert (view.resident.name, view.item_id) == ("見本 花子", card_of(desk).id)
    assert view.noted == {"card_expires_on": ENDS, "certificate_expires_on": UNTIL}
    row = desk.one(CardCheckRow)
    assert (row.seq, row.resident_id, row.item_id) == (1, view.resident.id, view.item_id)
    assert row.by == desk.id_of("custodian")


def test_the_log_keeps_codes_in_the_open_and_seals_dates_and_counters(
    desk: DeskWorld, engine: Engine
) -> None:
    low = replace(GOOD, tries={**GOOD.tries, Pin.USER_AUTH: 1})
    view = of(desk, facts=low)
    (entry,) = entries(engine, "card.checked")
    assert (entry["subject"], entry["items"]) == (f"card_check:{view.id}", (view.item_id,))
    assert entry["plain"] == {
        "card_kind": "my_number_card",
        "level": "warn",
        "findings": ["tries_low", "dates_differ", "certificate_valid", "card_valid"],
    }
    assert entry["told"]["certificate_until"] == UNTIL.isoformat()
    assert entry["told"]["tries"]["user_auth"] == 1
    (row,) = desk.rows(AuditEntryRow)
    assert UNTIL.isoformat() not in row.canonical
    assert "user_auth" not in row.canonical


def test_without_a_resident_dates_stay_out_of_the_log(desk: DeskWorld, engine: Engine) -> None:
    view = stored(desk)
    assert (view.resident, view.item_id, view.noted, view.visit) == (None, None, {}, None)
    (entry,) = entries(engine, "card.checked")
    assert (entry["resident"], entry["items"], entry["told"]) == (None, (), {})
    (row,) = desk.rows(AuditEntryRow)
    assert UNTIL.isoformat() not in row.canonical
    assert desk.one(CardCheckRow).certificate_until == UNTIL


def test_nothing_of_a_finding_that_names_a_person_is_stored(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=(card_of(desk).id,))
    view = of(desk)
    (out,) = [each for each in view.findings if each.code is Code.OUT_TO_ANOTHER]
    assert out.other == "仮屋 健"
    kept = json.dumps(desk.one(CardCheckRow).findings, ensure_ascii=False)
    assert "仮屋" not in kept
    assert "out_to_another" in kept


def test_a_card_is_not_out_to_another_for_who_holds_it(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=(card_of(desk).id,), holder_id=desk.id_of("custodian"))
    assert Code.OUT_TO_ANOTHER not in codes(of(desk))
    again = stored(desk, who="manager", resident_id=desk.residents["hanako"])
    assert Code.OUT_TO_ANOTHER in codes(again)


def test_an_empty_reader_and_who_may_not_leave_nothing(desk: DeskWorld) -> None:
    with pytest.raises(NoCard):
        stored(desk, NOTHING)
    for who in ("auditor", "escort"):
        with pytest.raises(NotPermitted):
            stored(desk, who=who)
    assert desk.rows(CardCheckRow) == []


def test_another_kind_of_card_is_stored_as_that(desk: DeskWorld) -> None:
    view = of(desk, facts=ChipFacts(CardKind.FELICA))
    assert codes(view) == {Code.NOT_A_MY_NUMBER_CARD}
    assert (view.level, view.may_correct, view.differing) == (Level.BLOCK, False, {})
    assert desk.one(CardCheckRow).kind is CardKind.FELICA


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ItemState.LOST, Code.REPORTED_LOST),
        (ItemState.RETURNED, Code.NOT_IN_CUSTODY),
        (ItemState.DISPOSED, Code.NOT_IN_CUSTODY),
    ],
)
def test_the_state_of_the_card_in_the_register_is_a_finding(
    desk: DeskWorld, state: ItemState, expected: Code
) -> None:
    noted(desk, state=state)
    assert expected in codes(of(desk))


def test_somebody_without_a_card_in_custody(desk: DeskWorld) -> None:
    view = of(desk, "tadashi")
    assert Code.NOT_IN_CUSTODY in codes(view)
    assert (view.item_id, view.may_correct, view.differing) == (None, False, {})


def test_the_card_in_custody_counts_before_one_that_left(desk: DeskWorld) -> None:
    noted(desk, state=ItemState.LOST, card_expires_on=date(2027, 1, 1))
    new = item_row(
        desk.residents["hanako"],
        "my-number-card",
        card_expires_on=ENDS,
        certificate_expires_on=UNTIL,
    )
    desk.add(new)
    view = of(desk)
    assert view.item_id == new.id
    assert view.level is Level.OK


def test_a_face_authentication_card_that_the_eye_saw_is_no_warning(desk: DeskWorld) -> None:
    noted(desk, face_authentication=FaceAuthentication.NOTED)
    blocked = replace(GOOD, tries=dict.fromkeys(Pin, 0), signature_certificate=False)
    assert of(desk, facts=blocked).level is Level.NOTICE


# --- the day of the visit ---


def at(day: int, hour: int = 4) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_check_is_made_for_the_next_visit_within_two_weeks(desk: DeskWorld) -> None:
    assert of(desk).on == TODAY
    visit_row(desk, starts_at=at(20) + timedelta(days=15))
    assert of(desk).on == TODAY
    visit_row(desk, starts_at=at(20) + timedelta(days=14), returns_at=None)
    assert of(desk).on == date(2026, 12, 4)
    visit_row(desk, starts_at=at(24), destination="みほん眼科")
    view = of(desk)
    assert view.visit is not None
    assert (view.on, view.visit.on, view.visit.destination) == (
        date(2026, 11, 24),
        date(2026, 11, 24),
        "みほん眼科",
    )
    assert of(desk, "tadashi").on == TODAY


def test_visits_that_were_cancelled_passed_or_left_for_do_not_count(desk: DeskWorld) -> None:
    loan = desk.signed_out(item_ids=(desk.items["hanako"][2],))
    visit_row(desk, starts_at=at(20), cancelled_at=desk.clock())
    visit_row(desk, starts_at=at(20, 0), loan_id=loan)
    visit_row(desk, starts_at=at(18))
    assert of(desk).on == TODAY


def test_findings_are_those_of_the_day_asked_for(desk: DeskWorld) -> None:
    soon = replace(GOOD, certificate_until=date(2026, 12, 31))
    assert Code.CERTIFICATE_VALID in codes(of(desk, facts=soon))
    view = of(desk, facts=soon, on=date(2026, 12, 4))
    (finding,) = [each for each in view.findings if each.code is Code.CERTIFICATE_EXPIRES_SOON]
    assert (finding.until, finding.days) == (date(2026, 12, 31), 27)
    assert findings_of(desk.rows(CardCheckRow)[-1]) == view.findings


# --- assigning ---


def test_a_resident_chosen_afterwards_gets_the_check(desk: DeskWorld, engine: Engine) -> None:
    noted(desk)
    visit_row(desk, starts_at=at(24))
    first = stored(desk)
    second = assigned(desk, first, "hanako")
    assert (first.id, first.seq, second.id, second.seq) == (1, 1, 1, 2)
    assert second.resident is not None
    assert (second.resident.room, second.on) == ("203", date(2026, 11, 24))
    (entry,) = entries(engine, "card.check_assigned")
    assert entry["plain"]["of"] == 1
    assert entry["told"]["card_expires_on"] == ENDS.isoformat()
    assert len(desk.rows(CardCheckRow)) == 1


def test_how_the_attributes_compare_is_added_and_stays(desk: DeskWorld) -> None:
    noted(desk, card_expires_on=date(2030, 1, 1))
    first = of(desk)
    second = assigned(desk, first, "hanako", attributes=Comparison.REVIEW)
    assert Code.ATTRIBUTES_UNCLEAR in codes(second)
    third = assigned(desk, first, "hanako")
    assert Code.ATTRIBUTES_UNCLEAR in codes(third)
    fourth = desk.do("custodian", correct_dates, first.id)
    assert Code.ATTRIBUTES_UNCLEAR in codes(fourth)
    assert fourth.seq == 4


def test_a_check_is_not_taken_from_somebody_else(desk: DeskWorld) -> None:
    first = of(desk, "tadashi")
    with pytest.raises(CheckOfAnother):
        assigned(desk, first, "hanako")
    assert desk.one(CardCheckRow).resident_id == desk.residents["tadashi"]


def test_a_check_counts_for_half_an_hour(desk: DeskWorld) -> None:
    first = stored(desk)
    desk.forward(minutes=30, seconds=1)
    with pytest.raises(CheckTooOld):
        assigned(desk, first, "hanako")
    desk.forward(seconds=-1)
    assert assigned(desk, first, "hanako").resident is not None
    desk.forward(hours=-2)
    with pytest.raises(CheckTooOld):
        assigned(desk, first, "hanako")


def test_another_card_on_the_reader_is_noticed(desk: DeskWorld) -> None:
    first = stored(desk)
    with pytest.raises(OtherCard):
        assigned(desk, first, "hanako", facts=replace(GOOD, certificate_until=date(2028, 1, 1)))
    assert desk.one(CardCheckRow).resident_id is None


# --- dates that differ ---


def test_dates_are_corrected_from_the_chip(desk: DeskWorld, engine: Engine) -> None:
    noted(desk, certificate_expires_on=None)
    view = of(desk)
    assert view.differing == {"certificate_expires_on": UNTIL}
    assert view.may_correct
    after = desk.do("custodian", correct_dates, view.id)
    assert (after.differing, after.may_correct, after.level) == ({}, False, Level.OK)
    assert card_of(desk).certificate_expires_on == UNTIL
    (entry,) = entries(engine, "item.changed")
    assert entry["told"] == {
        "before": {"certificate_expires_on": None},
        "after": {"certificate_expires_on": UNTIL.isoformat()},
    }
    assert after.seq == 2
    assert desk.one(CardCheckRow).level is Level.OK
    with pytest.raises(NothingDiffers):
        desk.do("custodian", correct_dates, view.id)


def test_dates_that_somebody_changed_since_the_check_stay(desk: DeskWorld) -> None:
    view = of(desk)
    desk.add_change(card_of(desk), card_expires_on=date(2033, 1, 1))
    with pytest.raises(ChangedMeanwhile):
        desk.do("custodian", correct_dates, view.id)
    assert card_of(desk).card_expires_on == date(2033, 1, 1)


def test_a_note_or_a_sign_out_in_between_does_not_hinder_the_correction(desk: DeskWorld) -> None:
    view = of(desk)
    desk.add_change(card_of(desk), note="写真あり")
    desk.signed_out()
    assert desk.do("custodian", correct_dates, view.id).differing == {}


def test_nothing_is_corrected_for_what_has_left_or_is_not_theirs(desk: DeskWorld) -> None:
    other = of(desk, attributes=Comparison.DIFFERENT)
    assert (other.level, other.may_correct) == (Level.BLOCK, False)
    with pytest.raises(CardNotTheirs):
        desk.do("custodian", correct_dates, other.id)
    unknown = stored(desk)
    with pytest.raises(OutOfCustody):
        desk.do("custodian", correct_dates, unknown.id)
    desk.forward(minutes=31)  # the doubt about the same dates has lasted its time
    view = of(desk)
    desk.add_change(card_of(desk), state=ItemState.RETURNED)
    with pytest.raises(OutOfCustody):
        desk.do("custodian", correct_dates, view.id)
    assert card_of(desk).card_expires_on is None
    assert "item.changed" not in desk.actions()


# --- the earlier check of the same card ---


def test_looking_for_an_earlier_doubt_reads_an_index_however_long_the_history(
    desk: DeskWorld, engine: Engine
) -> None:
    """The program's own statement: it runs at every check of a resident's card."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if "FROM card_check" in statement and "ORDER BY" in statement:
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        of(desk)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    (statement, values) = asked[0]
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    told = " ".join(str(row[-1]) for row in plan)
    assert "USING INDEX ix_card_check" in told
    assert "SCAN" not in told


# --- namesakes ---


def test_twins_are_named(desk: DeskWorld) -> None:
    hanako = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    tadashi = desk.one(ResidentRow, ResidentRow.id == desk.residents["tadashi"])
    assert of(desk).lookalikes == ()
    desk.add_change(tadashi, birth_date=hanako.birth_date, kana="みほん ただし")
    assert of(desk).lookalikes == ("仮名 正",)
    desk.add_change(hanako, birth_date=None)
    assert of(desk).lookalikes == ()
