"""What stands in the way of a visit, and booking all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from facility_app.domain.visits import ConflictKind
from facility_app.services.booking import BookingConflict, Wanted, conflicts_on, conflicts_with
from facility_app.services.visits import (
    ChangeVisit,
    PlanVisit,
    VisitForm,
    calendar,
    cancel_visit,
    change_visit,
    last_visit_again,
    plan_visit,
    visits_on,
)
from tests.visits_desk import STARTS, TODAY, VisitWorld, build_visits


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def test_a_resident_is_not_in_two_places(world: VisitWorld) -> None:
    world.plan()
    with pytest.raises(BookingConflict) as refused:
        world.plan(starts_at=STARTS + timedelta(hours=1), returns_at=None, escort_id=None)
    assert (refused.value.kind, refused.value.count) == (ConflictKind.RESIDENT, 1)
    assert refused.value.name == "見本 花子"


def test_an_escort_takes_two_to_one_place_but_not_to_two(world: VisitWorld) -> None:
    world.plan()
    world.plan("tadashi")
    with pytest.raises(BookingConflict) as refused:
        world.plan("umeko", clinic_id=world.clinic())
    assert refused.value.kind is ConflictKind.ESCORT


def test_things_that_are_out_until_later_stand_in_the_way(world: VisitWorld) -> None:
    desk = world.desk
    desk.signed_out("tadashi", due_at=STARTS + timedelta(minutes=1))
    with pytest.raises(BookingConflict) as refused:
        world.plan("tadashi")
    assert refused.value.kind is ConflictKind.THINGS_OUT
    world.plan("tadashi", starts_at=STARTS + timedelta(minutes=1))


def test_who_knows_better_books_all_the_same(world: VisitWorld) -> None:
    world.plan()
    wanted = PlanVisit(world.desk.residents["hanako"], world.form(), despite_conflicts=True)
    world.desk.do("custodian", plan_visit, wanted)
    with world.desk.work.read(world.desk.staff["custodian"]) as reading:
        assert len(visits_on(reading, TODAY)) == 2
        (clash,) = conflicts_on(reading.session, TODAY, TODAY)
    assert clash.kind is ConflictKind.RESIDENT


def test_the_form_is_told_while_it_is_filled_in(world: VisitWorld) -> None:
    visit = world.plan()
    wanted = Wanted(world.desk.residents["hanako"], None, STARTS, None, "見本歯科")
    (conflict,) = world.desk.ask("custodian", conflicts_with, wanted)
    assert (conflict.visit_id, conflict.destination) == (visit, "みほん内科")
    same = Wanted(world.desk.residents["hanako"], None, STARTS, None, "見本歯科", visit)
    assert world.desk.ask("custodian", conflicts_with, same) == ()


def test_a_cancelled_visit_stands_in_nobodys_way(world: VisitWorld) -> None:
    world.desk.do("custodian", cancel_visit, world.plan())
    world.plan()


def test_a_change_that_moves_nothing_is_not_asked_about_conflicts(world: VisitWorld) -> None:
    desk, visit = world.desk, world.plan()
    twice = PlanVisit(desk.residents["hanako"], world.form(), despite_conflicts=True)
    desk.do("custodian", plan_visit, twice)
    desk.do("custodian", change_visit, ChangeVisit(visit, world.form(note="検査のみ")))
    with pytest.raises(BookingConflict):
        desk.do(
            "custodian",
            change_visit,
            ChangeVisit(visit, world.form(starts_at=STARTS + timedelta(minutes=5))),
        )


def test_the_clinic_gives_the_destination(world: VisitWorld) -> None:
    world.plan(note="検査のみ", booked=True)
    with world.desk.work.read(world.desk.staff["custodian"]) as reading:
        (seen,) = visits_on(reading, TODAY)
    assert (seen.destination, seen.clinic_id) == ("みほん内科", world.clinic_id)
    assert (seen.clinic_phone, seen.note, seen.booked) == ("000-0000-0000", "検査のみ", True)
    assert world.entries("visit.planned")[0][1]["note"] == "検査のみ"


def test_the_calendar_has_every_day_of_the_week(world: VisitWorld) -> None:
    world.plan()
    world.plan("tadashi", starts_at=STARTS + timedelta(days=2), returns_at=None)
    week = world.desk.ask("custodian", calendar, TODAY, TODAY + timedelta(days=6))
    assert [len(day.visits) for day in week] == [1, 0, 1, 0, 0, 0, 0]
    assert week[0].day == TODAY


def test_the_last_visit_is_repeated_a_week_later(world: VisitWorld) -> None:
    assert world.desk.ask("custodian", last_visit_again, world.desk.residents["hanako"]) is None
    world.plan()
    again = world.desk.ask("custodian", last_visit_again, world.desk.residents["hanako"])
    assert isinstance(again, VisitForm)
    assert again.starts_at == STARTS + timedelta(weeks=1)
    assert again.returns_at == STARTS + timedelta(weeks=1, hours=2)
    world.desk.forward(days=30)
    later = world.desk.ask("custodian", last_visit_again, world.desk.residents["hanako"])
    assert later.starts_at == STARTS + timedelta(days=31)
