"""返却 and 引継ぎ: every piece asked for, the right slot, and who carries it now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import HandoverRow, ItemRow, LoanLineRow, StaffRow
from facility_app.domain.access import NotPermitted, StaffId
from facility_app.domain.items import Condition, ItemState
from facility_app.services.access import SamePerson
from facility_app.services.custody import HolderUnavailable, NothingChosen, SecondPersonNeeded
from facility_app.services.returns import (
    HandOver,
    LoanClosed,
    PiecesMissing,
    Returned,
    SignedIn,
    SignIn,
    WrongSlot,
    hand_over,
    sign_in,
)
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build

IN, OUT = ItemState.IN_SAFE, ItemState.OUT
PIECES = (1, 1, 3, 1)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def _back(
    desk: DeskWorld, loan_id: int, pieces: Iterable[int] = PIECES, **changed: object
) -> SignedIn:
    returned = tuple(
        Returned(item, count, Condition.GOOD)
        for item, count in zip(desk.items["hanako"], pieces, strict=False)
    )
    values: dict[str, object] = {"loan_id": loan_id, "returned": returned, "slot": "A-12"}
    return desk.do("custodian", sign_in, SignIn(**(values | changed)))  # type: ignore[arg-type]  # fields by name


def test_everything_back_closes_the_loan(desk: DeskWorld, clock: FakeClock) -> None:
    loan_id = desk.signed_out()
    clock.forward(hours=1)
    assert _back(desk, loan_id) == SignedIn(seq=2, missing=0, closed=True)
    assert desk.states() == [IN] * 4
    assert desk.open_items() == set()
    assert desk.loan(loan_id).closed_at == clock.now
    assert desk.actions() == ["item.signed_out", "item.signed_in"]
    line = desk.rows(LoanLineRow)[0]
    assert (line.returned_at, line.returned_by) == (clock.now, desk.id_of("custodian"))


def test_the_condition_is_kept_with_the_thing(desk: DeskWorld) -> None:
    loan_id = desk.signed_out(item_ids=tuple(desk.items["hanako"][:1]))
    (card,) = desk.items["hanako"][:1]
    _back(desk, loan_id, returned=(Returned(card, 1, Condition.DAMAGED),))
    assert desk.one(ItemRow, ItemRow.id == card).condition is Condition.DAMAGED
    assert desk.rows(LoanLineRow)[0].condition_in is Condition.DAMAGED


def test_a_wrong_slot_names_the_right_one_and_records_the_attempt(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(WrongSlot) as refused:
        _back(desk, loan_id, slot="A-13")
    assert (refused.value.expected, refused.value.given) == ("A-12", "A-13")
    assert desk.states() == [OUT] * 4
    assert desk.actions() == ["item.signed_out", "act.refused"]


@pytest.mark.parametrize("slot", ["a-12", "A12", "Ａ－１２", " A-12 ", "A-012"])
def test_a_slot_may_be_typed_in_many_ways(desk: DeskWorld, slot: str) -> None:
    assert _back(desk, desk.signed_out(), slot=slot).closed


@pytest.mark.parametrize("slot", ["", "A-1", "A-121", "B-12", "12"])
def test_another_slot_is_another_slot(desk: DeskWorld, slot: str) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(WrongSlot):
        _back(desk, loan_id, slot=slot)


def test_a_missing_piece_needs_a_word_and_stays_out(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(PiecesMissing) as refused:
        _back(desk, loan_id, (1, 0, 2, 1))
    assert refused.value.count == 2
    assert desk.states() == [OUT] * 4
    done = _back(desk, loan_id, (1, 0, 2, 1), accept_missing=True)
    assert (done.missing, done.closed) == (2, False)
    assert desk.states() == [IN, OUT, OUT, IN]
    assert desk.open_items() == set(desk.items["hanako"][1:3])
    assert desk.loan(loan_id).closed_at is None
    assert _back(desk, loan_id, (0, 1, 1, 0)).closed
    assert desk.states() == [IN] * 4


def test_more_than_left_counts_as_all(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    assert _back(desk, loan_id, (2, 1, 9, 1)).closed
    assert max(line.pieces_in or 0 for line in desk.rows(LoanLineRow)) == 3


def test_a_thing_that_never_left_is_not_taken_for_one_that_did(desk: DeskWorld) -> None:
    card, *_ = desk.items["hanako"]
    loan_id = desk.signed_out(item_ids=(card,))
    foreign = Returned(desk.items["tadashi"][0], 1, Condition.DAMAGED)
    with pytest.raises(NothingChosen):
        _back(desk, loan_id, returned=(foreign,), accept_missing=True)
    assert _back(desk, loan_id, returned=(Returned(card, 1, Condition.GOOD), foreign)).closed
    untouched = desk.one(ItemRow, ItemRow.id == desk.items["tadashi"][0])
    assert (untouched.condition, untouched.version) == (Condition.GOOD, 1)


def test_nothing_came_back(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(NothingChosen):
        _back(desk, loan_id, (0, 0, 0, 0), accept_missing=True)
    assert desk.states() == [OUT] * 4


def test_a_second_return_finds_the_loan_closed(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    _back(desk, loan_id)
    with pytest.raises(LoanClosed):
        _back(desk, loan_id)
    assert desk.actions() == ["item.signed_out", "item.signed_in"]


def test_a_return_by_two_persons(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    desk.settings(two_person=("sign-in",))
    with pytest.raises(SecondPersonNeeded):
        _back(desk, loan_id)
    assert _back(desk, loan_id, witness=desk.witness("second")).closed


def test_an_auditor_takes_nothing_back(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(NotPermitted):
        desk.do("auditor", sign_in, SignIn(loan_id, (), "A-12"))
    assert desk.states() == [OUT] * 4


def test_who_carries_it_now_is_on_record(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    assert desk.do("custodian", hand_over, HandOver(loan_id, desk.id_of("second"))) == 2
    assert desk.loan(loan_id).holder_id == desk.id_of("second")
    row = desk.one(HandoverRow)
    assert (row.from_id, row.to_id, row.by) == (
        desk.id_of("escort"),
        desk.id_of("second"),
        desk.id_of("custodian"),
    )
    assert desk.actions() == ["item.signed_out", "loan.handed_over"]


def test_a_hand_over_to_the_same_person_is_none(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    with pytest.raises(SamePerson):
        desk.do("custodian", hand_over, HandOver(loan_id, desk.id_of("escort")))
    assert desk.rows(HandoverRow) == []


def test_nobody_takes_over_what_is_back_or_after_leaving(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    desk.add(
        StaffRow(
            number="2099",
            name="元職員",
            active_from=date(2026, 4, 1),
            active_until=date(2026, 11, 19),
        )
    )
    left = StaffId(desk.one(StaffRow, StaffRow.number == "2099").id)
    with pytest.raises(HolderUnavailable):
        desk.do("custodian", hand_over, HandOver(loan_id, left))
    _back(desk, loan_id)
    with pytest.raises(LoanClosed):
        desk.do("custodian", hand_over, HandOver(loan_id, desk.id_of("second")))


def test_a_hand_over_by_two_persons(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    desk.settings(two_person=("hand-over",))
    to = desk.id_of("second")
    with pytest.raises(SecondPersonNeeded):
        desk.do("custodian", hand_over, HandOver(loan_id, to))
    desk.do("custodian", hand_over, HandOver(loan_id, to, desk.witness("manager")))
    assert desk.loan(loan_id).holder_id == to
