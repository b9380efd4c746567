"""A doctor comes to the house: cards out together, back together, none where it was read before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from facility_app.db.models import AgreementRow, VisitRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import AgreementMissing
from facility_app.domain.coverage import Answer, HouseCallDevice
from facility_app.domain.items import ItemState
from facility_app.domain.ladder_facts import Openness, Way
from facility_app.domain.visits import ConflictKind
from facility_app.services.booking import BookingConflict
from facility_app.services.custody import NothingChosen
from facility_app.services.fields import DatesInWrongOrder
from facility_app.services.house_call_acts import (
    DepartRound,
    NotOfRound,
    ReturnRound,
    depart_round,
    return_round,
    round_out,
)
from facility_app.services.house_calls import (
    NoHouseCalls,
    PlanRound,
    RoundClosed,
    RoundForm,
    add_to_round,
    cancel_round,
    change_round,
    mark_read_before,
    plan_round,
    round_view,
    rounds_on,
)
from facility_app.services.outcomes import RecordOutcome, record_outcome
from facility_app.services.returns import PiecesMissing, WrongSlot
from facility_app.services.visits import VisitInThePast
from tests.visits_desk import STARTS, TODAY, VisitWorld, build_visits

ENDS = STARTS + timedelta(hours=1)


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    made = build_visits(engine, work, clock)
    made.clinic_id = made.clinic("訪問見本診療所", house_calls=True)
    return made


def form(world: VisitWorld, **changed: Any) -> RoundForm:
    values: dict[str, Any] = {
        "clinic_id": world.clinic_id,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "device": HouseCallDevice.APP,
    }
    return RoundForm(**(values | changed))


def planned(world: VisitWorld, *people: str, **changed: Any) -> int:
    ids = tuple(world.desk.residents[person] for person in people or ("hanako", "umeko"))
    return world.desk.do("custodian", plan_round, PlanRound(form(world, **changed), ids))


def depart(world: VisitWorld, round_id: int, **changed: Any):
    cmd = DepartRound(round_id, world.desk.id_of("escort"), ENDS, **changed)
    return world.desk.do("custodian", depart_round, cmd)


def view(world: VisitWorld, round_id: int):
    return world.desk.ask("custodian", round_view, round_id)


def test_a_round_hangs_a_visit_on_everybody_who_is_seen(world: VisitWorld) -> None:
    round_id = planned(world)
    seen = view(world, round_id)
    assert [each.visit.name for each in seen.visits] == ["見本 花子", "例示 梅子"]
    assert all(each.visit.in_house and each.needs_card for each in seen.visits)
    assert seen.clinic == "訪問見本診療所"
    plan = seen.visits[0].plan.plan
    assert plan is not None
    assert plan.step(Way.FACE).openness is Openness.CLOSED
    assert [each.id for each in world.desk.ask("custodian", rounds_on, TODAY)] == [round_id]
    assert world.entries("house_call.planned")[0][0]["visits"] == 2


def test_the_cards_leave_together_and_come_back_together(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world)
    loans = depart(world, round_id)
    assert len(loans) == 2
    assert desk.actions()[-3:] == ["item.signed_out", "item.signed_out", "house_call.departed"]
    assert desk.states("umeko") == [ItemState.OUT]
    out = desk.ask("custodian", round_out, round_id)
    assert [each.loan.slot for each in out] == ["A-12", "B-03"]
    slots = {int(each.loan.id): each.loan.slot for each in out}
    back = desk.do("custodian", return_round, ReturnRound(round_id, slots))
    assert all(each.closed for each in back)
    assert desk.open_items() == set()
    assert desk.actions()[-1] == "house_call.returned"


def test_one_pouch_in_the_wrong_slot_leaves_all_of_them_out(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world)
    first, second = depart(world, round_id)
    with pytest.raises(WrongSlot):
        desk.do("custodian", return_round, ReturnRound(round_id, {first: "A-12", second: "A-05"}))
    assert len(desk.open_items()) == 2


def test_what_does_not_come_back_is_confirmed_and_stays_in_sight(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world)
    first, second = depart(world, round_id)
    slots = {first: "A-12", second: "B-03"}
    missing = {desk.items["umeko"][0]: 1}
    with pytest.raises(PiecesMissing) as refused:
        desk.do("custodian", return_round, ReturnRound(round_id, slots, missing))
    assert refused.value.count == 1
    desk.do("custodian", return_round, ReturnRound(round_id, slots, missing, accept_missing=True))
    assert desk.open_items() == set(desk.items["umeko"])
    assert desk.loan(second).closed_at is None


def test_who_was_read_before_needs_no_card(world: VisitWorld) -> None:
    desk, first = world.desk, planned(world)
    visit = view(world, first).visits[1].visit.id
    desk.forward(hours=4)
    desk.do("custodian", record_outcome, RecordOutcome(visit, Way.VISUAL, 3))
    later = STARTS + timedelta(days=7)
    second = planned(world, starts_at=later, ends_at=later + timedelta(hours=1))
    seen = view(world, second)
    assert [each.needs_card for each in seen.visits] == [True, False]
    plan = seen.visits[1].plan.plan
    assert plan is not None
    assert plan.steps[0].way is Way.RECHECK
    depart(world, second)
    assert desk.states("umeko") == [ItemState.IN_SAFE]


def test_it_can_be_said_whether_a_clinic_has_read_a_card(world: VisitWorld) -> None:
    round_id = planned(world)
    visit = view(world, round_id).visits[0].visit.id
    world.desk.do("custodian", mark_read_before, visit, Answer.YES)
    assert not view(world, round_id).visits[0].needs_card
    assert world.visit(visit).first_visit is Answer.NO


def test_a_refusal_of_one_keeps_all_cards_in_the_safe(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world)
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["umeko"])
    desk.add_change(row, all_kinds=False, withdrawn_on=None, signed_on=TODAY + timedelta(days=1))
    with pytest.raises(AgreementMissing):
        depart(world, round_id)
    assert desk.open_items() == set()


def test_only_visits_of_the_round_leave(world: VisitWorld) -> None:
    round_id, other = planned(world, "hanako"), planned(world, "umeko")
    visit = view(world, other).visits[0].visit.id
    with pytest.raises(NotOfRound):
        depart(world, round_id, items={visit: tuple(world.desk.items["umeko"])})
    with pytest.raises(NothingChosen):
        depart(world, round_id, items={})


def test_residents_are_added_and_the_time_moves_until_the_cards_are_out(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world, "hanako")
    both = [desk.residents["hanako"], desk.residents["umeko"]]
    desk.do("custodian", add_to_round, round_id, both)
    later = form(world, ends_at=ENDS + timedelta(hours=1))
    desk.do("custodian", change_round, round_id, later)
    rows = desk.rows(VisitRow)
    assert [row.returns_at for row in rows] == [ENDS + timedelta(hours=1)] * 2
    depart(world, round_id)
    for act, *args in ((change_round, later), (cancel_round,), (add_to_round, both)):
        with pytest.raises(RoundClosed):
            desk.do("custodian", act, round_id, *args)


def test_cancelling_cancels_every_visit(world: VisitWorld) -> None:
    desk, round_id = world.desk, planned(world)
    assert desk.do("custodian", cancel_round, round_id) == 2
    assert all(row.cancelled_at for row in desk.rows(VisitRow))
    assert desk.ask("custodian", rounds_on, TODAY) == []
    with pytest.raises(RoundClosed):
        depart(world, round_id)


def test_nothing_to_take_back_is_told(world: VisitWorld) -> None:
    with pytest.raises(NothingChosen):
        world.desk.do("custodian", return_round, ReturnRound(planned(world), {}))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"starts_at": STARTS - timedelta(hours=4)}, VisitInThePast),
        ({"ends_at": STARTS}, DatesInWrongOrder),
    ],
)
def test_a_round_lies_ahead_and_ends_after_it_begins(
    world: VisitWorld, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        planned(world, **changed)


def test_the_clinic_must_come_to_the_house(world: VisitWorld) -> None:
    with pytest.raises(NoHouseCalls):
        planned(world, clinic_id=world.clinic("例示歯科"))


def test_who_is_at_a_clinic_is_not_seen_in_the_house(world: VisitWorld) -> None:
    world.plan("umeko")
    with pytest.raises(BookingConflict) as refused:
        planned(world)
    assert refused.value.kind is ConflictKind.RESIDENT


def test_an_auditor_takes_no_cards_out(world: VisitWorld) -> None:
    round_id = planned(world)
    cmd = DepartRound(round_id, world.desk.id_of("escort"), ENDS)
    with pytest.raises(NotPermitted):
        world.desk.do("auditor", depart_round, cmd)
