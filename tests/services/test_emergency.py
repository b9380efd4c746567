"""緊急持出し: leaves first, is explained within the day and reviewed by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AgreementRow, EmergencyReleaseRow
from facility_app.domain.access import Identified, NotPermitted, Permission
from facility_app.domain.custody import EmergencyStanding
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.items import ItemState
from facility_app.services.access import UnknownStaffNumber, identify_by_number
from facility_app.services.custody import NotInSafe
from facility_app.services.emergency import (
    EXPECTED_BACK,
    AlreadyReviewed,
    NotExplainedYet,
    OwnRelease,
    ReasonMissing,
    Released,
    explain_emergency,
    release_emergency,
    review_emergency,
)
from facility_app.services.loans import open_loans, read_open_emergencies
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build

OUT = ItemState.OUT


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def _release(desk: DeskWorld, who: str = "custodian") -> Released:
    return desk.do(who, release_emergency, desk.residents["hanako"])


def _standings(desk: DeskWorld) -> list[EmergencyStanding]:
    with desk.work.read(desk.staff["manager"]) as reading:
        reading.require(Permission.VIEW_DESK)
        return [each.standing for each in read_open_emergencies(reading.session, reading.now)]


def test_everything_in_the_safe_leaves_at_once(desk: DeskWorld, clock: FakeClock) -> None:
    released = _release(desk)
    assert desk.states() == [OUT] * 4
    assert released.items == 4
    assert released.reason_due_at == clock.now + timedelta(hours=24)
    loan = desk.loan(released.loan_id)
    assert (loan.emergency, loan.agreement_missing) == (True, False)
    assert (loan.holder_id, loan.due_at) == (desk.id_of("custodian"), clock.now + EXPECTED_BACK)
    assert desk.actions() == ["emergency.released"]


def test_a_staff_number_alone_is_enough_and_for_nothing_else(desk: DeskWorld) -> None:
    from facility_app.domain.access import PROGRAM

    with desk.work.read(PROGRAM) as reading:
        actor = identify_by_number(reading, "１００２")
    assert actor.identified is Identified.NUMBER
    desk.staff["at the door"] = actor
    released = _release(desk, "at the door")
    with pytest.raises(NotPermitted):
        desk.do("at the door", explain_emergency, released.loan_id, "救急搬送", "みほん病院")
    assert desk.states() == [OUT] * 4


@pytest.mark.parametrize("number", ["9999", "", "2041", "3001", "!!"])
def test_not_everybody_may_release(desk: DeskWorld, number: str) -> None:
    from facility_app.domain.access import PROGRAM

    with (
        pytest.raises((UnknownStaffNumber, NotPermitted)),
        desk.work.read(PROGRAM) as reading,
    ):
        identify_by_number(reading, number)


def test_no_agreement_holds_it_up_but_it_is_flagged(desk: DeskWorld) -> None:
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    row.emergency_clause = False
    desk.add(row)
    released = _release(desk)
    assert desk.loan(released.loan_id).agreement_missing
    (view,) = desk.ask("custodian", open_loans)
    assert view.emergency
    assert view.agreement_missing


def test_only_what_is_there_can_leave(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:2]))
    assert _release(desk).items == 2
    with pytest.raises(NotInSafe):
        _release(desk)
    assert desk.open_items() == set(desk.items["hanako"])


def test_an_auditor_releases_nothing(desk: DeskWorld) -> None:
    with pytest.raises(NotPermitted):
        _release(desk, "auditor")
    assert OUT not in desk.states()


def test_reason_then_review_close_it(desk: DeskWorld, clock: FakeClock) -> None:
    released = _release(desk)
    assert _standings(desk) == [EmergencyStanding.REASON_MISSING]
    clock.forward(hours=2)
    desk.do("custodian", explain_emergency, released.loan_id, " 救急搬送 ", "みほん病院")
    assert _standings(desk) == [EmergencyStanding.REVIEW_MISSING]
    row = desk.one(EmergencyReleaseRow)
    assert (row.reason, row.reason_by) == ("救急搬送", desk.id_of("custodian"))
    assert desk.loan(released.loan_id).destination == "みほん病院"
    desk.do("manager", review_emergency, released.loan_id, "確認しました")
    assert _standings(desk) == []
    assert desk.actions() == ["emergency.released", "emergency.explained", "emergency.reviewed"]


def test_the_hours_for_the_reason_are_the_facility_s(desk: DeskWorld, clock: FakeClock) -> None:
    desk.settings(emergency_reason_hours=6)
    released = _release(desk)
    assert released.reason_due_at == clock.now + timedelta(hours=6)
    clock.forward(hours=6)
    assert _standings(desk) == [EmergencyStanding.REASON_MISSING]
    clock.forward(seconds=1)
    assert _standings(desk) == [EmergencyStanding.REASON_LATE]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_empty_reason_explains_nothing(desk: DeskWorld, reason: str) -> None:
    released = _release(desk)
    with pytest.raises(ReasonMissing):
        desk.do("custodian", explain_emergency, released.loan_id, reason, "")
    assert _standings(desk) == [EmergencyStanding.REASON_MISSING]


def test_no_individual_number_in_reason_destination_or_note(desk: DeskWorld) -> None:
    released = _release(desk)
    number = "1234 5678 9018"
    for texts in ((number, ""), ("救急", number)):
        with pytest.raises(IndividualNumberRefused):
            desk.do("custodian", explain_emergency, released.loan_id, *texts)
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "")
    with pytest.raises(IndividualNumberRefused):
        desk.do("manager", review_emergency, released.loan_id, number)


def test_a_review_waits_for_the_reason(desk: DeskWorld) -> None:
    released = _release(desk)
    with pytest.raises(NotExplainedYet):
        desk.do("manager", review_emergency, released.loan_id, "")


def test_who_released_carried_or_explained_does_not_review(desk: DeskWorld) -> None:
    released = _release(desk, "manager")
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "")
    with pytest.raises(OwnRelease):
        desk.do("manager", review_emergency, released.loan_id, "")
    assert desk.actions()[-1] == "act.refused"
    assert _standings(desk) == [EmergencyStanding.REVIEW_MISSING]


def test_a_custodian_does_not_review(desk: DeskWorld) -> None:
    released = _release(desk)
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "")
    with pytest.raises(NotPermitted):
        desk.do("second", review_emergency, released.loan_id, "")


def test_after_the_review_nothing_changes_any_more(desk: DeskWorld) -> None:
    released = _release(desk)
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "")
    desk.do("manager", review_emergency, released.loan_id, "")
    with pytest.raises(AlreadyReviewed):
        desk.do("custodian", explain_emergency, released.loan_id, "別の理由", "")
    with pytest.raises(AlreadyReviewed):
        desk.do("manager", review_emergency, released.loan_id, "")
    assert desk.one(EmergencyReleaseRow).reason == "救急"


def test_a_right_taken_away_is_gone_at_once(desk: DeskWorld) -> None:
    actor = desk.staff["custodian"]
    desk.staff["impostor"] = replace(actor, staff_id=desk.id_of("escort"))
    with pytest.raises(NotPermitted):
        _release(desk, "impostor")
