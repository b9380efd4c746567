"""返還 with its receipt, and corrections that leave the old record standing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import HandBackItemRow, HandBackRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.items import ItemState
from facility_app.services.access import SamePerson
from facility_app.services.custody import NothingChosen, NotInSafe, SecondPersonNeeded
from facility_app.services.hand_back import (
    CorrectionWithoutReason,
    HandBack,
    HandBackReason,
    LoanCorrection,
    NothingCorrected,
    ReceiptIncomplete,
    correct_loan,
    hand_back,
)
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.numbers import individual_number

IN, OUT, RETURNED = ItemState.IN_SAFE, ItemState.OUT, ItemState.RETURNED


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def _receipt(desk: DeskWorld, **changed: Any) -> HandBack:
    values: dict[str, Any] = {
        "resident_id": desk.residents["hanako"],
        "item_ids": tuple(desk.items["hanako"]),
        "reason": HandBackReason.DISCHARGE,
        "receiver": "見本 一郎",
        "relation": "長男",
        "proof_seen": "運転免許証",
        "witness": desk.witness("second"),
    }
    return HandBack(**(values | changed))


def _refused(
    desk: DeskWorld, error: type[Exception], cmd: HandBack, who: str = "custodian"
) -> None:
    with pytest.raises(error):
        desk.do(who, hand_back, cmd)
    assert desk.rows(HandBackRow) == []
    assert RETURNED not in desk.states()


def test_what_is_handed_back_is_out_of_custody_with_its_receipt(desk: DeskWorld) -> None:
    hand_back_id = desk.do("custodian", hand_back, _receipt(desk))
    assert desk.states() == [RETURNED] * 4
    row = desk.one(HandBackRow, HandBackRow.id == hand_back_id)
    assert (row.receiver, row.relation, row.proof_seen) == ("見本 一郎", "長男", "運転免許証")
    assert (row.by, row.witness_id) == (desk.id_of("custodian"), desk.id_of("second"))
    assert {each.item_id for each in desk.rows(HandBackItemRow)} == set(desk.items["hanako"])
    assert desk.actions() == ["item.handed_back"]


def test_what_is_named_twice_is_handed_back_once(desk: DeskWorld) -> None:
    item = desk.items["hanako"][0]
    desk.do("custodian", hand_back, _receipt(desk, item_ids=(item, item)))
    assert desk.states() == [RETURNED, IN, IN, IN]


@pytest.mark.parametrize("field", ["receiver", "relation", "proof_seen"])
def test_a_receipt_says_who_how_related_and_what_proof(desk: DeskWorld, field: str) -> None:
    with pytest.raises(ReceiptIncomplete) as refused:
        desk.do("custodian", hand_back, _receipt(desk, **{field: "  "}))
    assert refused.value.field == field
    assert RETURNED not in desk.states()


def test_no_number_of_a_card_on_the_receipt(desk: DeskWorld) -> None:
    for field in ("receiver", "proof_seen", "note"):
        _refused(desk, IndividualNumberRefused, _receipt(desk, **{field: individual_number()}))


def test_two_persons_unless_the_facility_decides_otherwise(desk: DeskWorld) -> None:
    _refused(desk, SecondPersonNeeded, _receipt(desk, witness=None))
    _refused(desk, SamePerson, _receipt(desk, witness=desk.witness("custodian")))
    desk.settings(two_person=())
    desk.do("custodian", hand_back, _receipt(desk, witness=None))
    assert desk.states() == [RETURNED] * 4


def test_only_what_lies_in_the_safe(desk: DeskWorld) -> None:
    _refused(desk, NothingChosen, _receipt(desk, item_ids=()))
    _refused(desk, NotInSafe, _receipt(desk, item_ids=tuple(desk.items["tadashi"])))
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:1]))
    _refused(desk, NotInSafe, _receipt(desk))
    assert desk.states() == [OUT, IN, IN, IN]


def test_it_cannot_be_handed_back_or_signed_out_again(desk: DeskWorld) -> None:
    desk.do("custodian", hand_back, _receipt(desk))
    with pytest.raises(NotInSafe):
        desk.do("custodian", hand_back, _receipt(desk))
    with pytest.raises(NotInSafe):
        desk.signed_out()
    assert len(desk.rows(HandBackRow)) == 1


def test_an_auditor_hands_nothing_back(desk: DeskWorld) -> None:
    _refused(desk, NotPermitted, _receipt(desk), who="auditor")


def test_a_correction_is_a_new_entry_that_names_the_old_one(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    due = desk.clock() + timedelta(hours=5)
    change = LoanCorrection(
        loan_id,
        "行先を間違えました",
        destination="例示眼科",
        holder_id=desk.id_of("second"),
        due_at=due,
    )
    assert desk.do("custodian", correct_loan, change) == 2
    loan = desk.loan(loan_id)
    assert (loan.destination, loan.holder_id, loan.due_at) == (
        "例示眼科",
        desk.id_of("second"),
        due,
    )
    assert loan.out_seq == 1
    assert desk.actions() == ["item.signed_out", "loan.corrected"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_correction_says_why(desk: DeskWorld, reason: str) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(CorrectionWithoutReason):
        desk.do("custodian", correct_loan, LoanCorrection(loan_id, reason, destination="例示眼科"))
    assert desk.loan(loan_id).destination == "みほん内科"


def test_a_correction_that_changes_nothing(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"destination": "みほん内科"},
        {"purpose_code": "clinic"},
    )
    for change in changes:
        with pytest.raises(NothingCorrected):
            desk.do("custodian", correct_loan, LoanCorrection(loan_id, "理由", **change))
    assert desk.actions() == ["item.signed_out"]


def test_no_individual_number_by_way_of_a_correction(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    for change in (
        {"destination": individual_number()},
        {"destination": "x", "reason": individual_number()},
    ):
        values: dict[str, Any] = {"reason": "理由"} | change
        with pytest.raises(IndividualNumberRefused):
            desk.do("custodian", correct_loan, LoanCorrection(loan_id, **values))


def test_an_auditor_corrects_nothing(desk: DeskWorld, clock: FakeClock) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(NotPermitted):
        desk.do("auditor", correct_loan, LoanCorrection(loan_id, "理由", destination="x"))
    assert desk.loan(loan_id).destination == "みほん内科"
