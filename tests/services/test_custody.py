"""持出し: success, every refusal, and two people reaching for the same thing."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import AgreementRow, LoanLineRow, StaffRow, VisitRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import (
    AgreementMissing,
    AgreementReviewPassed,
    AgreementWithdrawn,
    KindNotCovered,
)
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.items import ItemState
from facility_app.secret import Secret
from facility_app.services.access import WITNESS_LASTS, SamePerson
from facility_app.services.custody import (
    DueInThePast,
    HolderUnavailable,
    NothingChosen,
    NotInSafe,
    SecondPersonNeeded,
    SignOut,
    sign_out,
)
from tests.conftest import HEAD_KEY, FakeClock
from tests.desk_world import DeskWorld, build, visit_row
from tests.numbers import individual_number

IN, OUT = ItemState.IN_SAFE, ItemState.OUT


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def _refused(desk: DeskWorld, error: type[Exception], cmd: SignOut, who: str = "custodian") -> None:
    """Refused, and nothing moved."""
    with pytest.raises(error):
        desk.do(who, sign_out, cmd)
    assert desk.open_items() == set()
    assert OUT not in desk.states()
    assert "item.signed_out" not in desk.actions()


def test_everything_chosen_is_out_and_recorded_as_one_act(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    assert desk.states() == [OUT] * 4
    assert desk.open_items() == set(desk.items["hanako"])
    assert desk.actions() == ["item.signed_out"]
    loan = desk.loan(loan_id)
    assert (loan.out_by, loan.holder_id) == (desk.id_of("custodian"), desk.id_of("escort"))
    assert (loan.out_at, loan.out_seq, loan.closed_at) == (desk.clock(), 1, None)
    pieces = {line.item_id: line.pieces_out for line in desk.rows(LoanLineRow)}
    assert list(pieces.values()) == [1, 1, 3, 1]


def test_what_was_not_chosen_stays_in_the_safe(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:2]))
    assert desk.states() == [OUT, OUT, IN, IN]


def test_the_day_s_visit_learns_of_its_loan(desk: DeskWorld) -> None:
    visit = visit_row(desk)
    loan_id = desk.signed_out(visit_id=visit.id)
    assert desk.one(VisitRow).loan_id == loan_id


def test_a_visit_of_somebody_else_is_left_alone(desk: DeskWorld) -> None:
    visit = visit_row(desk, "tadashi")
    desk.signed_out(visit_id=visit.id)
    assert desk.one(VisitRow).loan_id is None


def test_nothing_chosen(desk: DeskWorld) -> None:
    _refused(desk, NothingChosen, desk.out(item_ids=()))


def test_a_time_of_return_that_has_passed(desk: DeskWorld) -> None:
    _refused(desk, DueInThePast, desk.out(due_at=desk.clock()))


def test_a_destination_that_is_an_individual_number(desk: DeskWorld) -> None:
    _refused(desk, IndividualNumberRefused, desk.out(destination=f"みほん {individual_number()}"))


def test_an_auditor_signs_nothing_out(desk: DeskWorld) -> None:
    _refused(desk, NotPermitted, desk.out(), who="auditor")
    assert desk.actions() == ["act.refused"]


def test_what_is_out_cannot_leave_again(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:1]))
    with pytest.raises(NotInSafe) as refused:
        desk.signed_out()
    assert refused.value.count == 1
    assert desk.states() == [OUT, IN, IN, IN]
    assert desk.actions() == ["item.signed_out", "act.refused"]


def test_a_thing_of_somebody_else_is_not_in_this_pouch(desk: DeskWorld) -> None:
    _refused(desk, NotInSafe, desk.out(item_ids=tuple(desk.items["tadashi"])))


def test_who_does_not_work_here_today_carries_nothing(desk: DeskWorld, clock: FakeClock) -> None:
    desk.add(
        StaffRow(
            number="2099",
            name="元職員",
            active_from=date(2026, 4, 1),
            active_until=date(2026, 11, 19),
        )
    )
    left = desk.one(StaffRow, StaffRow.number == "2099").id
    _refused(desk, HolderUnavailable, desk.out(holder_id=left))
    _refused(desk, HolderUnavailable, desk.out(holder_id=9999))


def _agreement(desk: DeskWorld, **values: object) -> None:
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    for name, value in values.items():
        setattr(row, name, value)
    desk.add(row)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"withdrawn_on": date(2026, 11, 20)}, AgreementWithdrawn),
        ({"review_on": date(2026, 11, 19)}, AgreementReviewPassed),
        ({"signed_on": date(2026, 11, 21)}, AgreementMissing),
        ({"all_kinds": False}, KindNotCovered),
    ],
)
def test_no_sign_out_without_a_valid_agreement(
    desk: DeskWorld, changed: dict[str, object], error: type[Exception]
) -> None:
    _agreement(desk, **changed)
    _refused(desk, error, desk.out())


def test_two_persons_where_the_facility_asks_for_them(desk: DeskWorld, clock: FakeClock) -> None:
    desk.settings(two_person=("sign-out",))
    with pytest.raises(SecondPersonNeeded) as refused:
        desk.signed_out()
    assert refused.value.action == "sign-out"
    witness = desk.witness("second")
    clock.forward(seconds=WITNESS_LASTS.total_seconds() + 1)
    with pytest.raises(SecondPersonNeeded):
        desk.signed_out(witness=witness)
    assert desk.states() == [IN] * 4
    loan_id = desk.signed_out(witness=desk.witness("second"))
    assert desk.loan(loan_id).witness_id == desk.id_of("second")


def test_the_second_person_is_another_one(desk: DeskWorld) -> None:
    _refused(desk, SamePerson, desk.out(witness=desk.witness("custodian")))


def test_of_two_windows_exactly_one_takes_the_thing(desk: DeskWorld, tmp_path: Path) -> None:
    """Two people at two windows, both having read it as in the safe, press at the same moment."""
    other = open_engine(tmp_path / "facility.db", Secret(bytearray(range(32))))
    windows = {"custodian": desk.work, "second": Work(other, desk.clock, HEAD_KEY)}
    ready = threading.Barrier(2)
    won: list[int] = []
    lost: list[Exception] = []

    def reach(who: str) -> None:
        cmd = desk.out(due_at=desk.clock() + timedelta(hours=1))
        ready.wait(timeout=10)
        try:
            with windows[who].begin(desk.staff[who]) as tx:
                won.append(sign_out(tx, cmd))
        except NotInSafe as refusal:
            lost.append(refusal)

    people = [threading.Thread(target=reach, args=(who,)) for who in ("custodian", "second")]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=30)
    other.dispose()
    assert (len(won), len(lost)) == (1, 1)
    assert desk.open_items() == set(desk.items["hanako"])
    assert sorted(desk.actions()) == ["act.refused", "item.signed_out"]


def test_a_double_click_signs_out_once(desk: DeskWorld) -> None:
    cmd = desk.out()
    desk.do("custodian", sign_out, cmd)
    with pytest.raises(NotInSafe):
        desk.do("custodian", sign_out, cmd)
    assert len(desk.rows(LoanLineRow)) == 4
