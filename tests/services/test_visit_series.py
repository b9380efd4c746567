"""Series are written out 90 days ahead, once for every day, by people and by the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from facility_app.db.models import ResidentRow, StaffRow, VisitRow, VisitSeriesRow
from facility_app.domain.access import PROGRAM, NotPermitted
from facility_app.domain.clock import local_date, local_time
from facility_app.domain.visits import Recurrence, Repeat
from facility_app.services.fields import DatesInWrongOrder, NumberOutOfRange
from facility_app.services.visit_series import (
    AHEAD,
    ChangeSeries,
    PlanSeries,
    SeriesEmpty,
    SeriesEnded,
    SeriesForm,
    change_series,
    end_series,
    extend_series,
    plan_series,
    series_of,
)
from facility_app.services.visits import ChangeVisit, cancel_visit, change_visit
from tests.visits_desk import STARTS, TODAY, VisitWorld, build_visits

FRIDAYS = Recurrence(Repeat.WEEKLY, TODAY, weekday=4)


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def form(world: VisitWorld, recurrence: Recurrence = FRIDAYS, **changed: Any) -> SeriesForm:
    made = SeriesForm(
        recurrence,
        "clinic",
        time(13, 30),
        120,
        clinic_id=world.clinic_id,
        escort_id=world.desk.id_of("escort"),
    )
    return replace(made, **changed)


def planned(world: VisitWorld, recurrence: Recurrence = FRIDAYS, **changed: Any):
    cmd = PlanSeries(world.desk.residents["hanako"], form(world, recurrence, **changed))
    return world.desk.do("custodian", plan_series, cmd)


def days(world: VisitWorld) -> list[date]:
    rows = world.desk.rows(VisitRow, VisitRow.cancelled_at.is_(None))
    return sorted(local_date(row.starts_at) for row in rows)


def extended(world: VisitWorld) -> int:
    with world.desk.work.begin(PROGRAM) as tx:
        return extend_series(tx)


def test_a_series_is_written_out_for_ninety_days(world: VisitWorld) -> None:
    made = planned(world)
    assert list(made.days) == days(world)
    assert made.days[0] == TODAY
    assert made.days[-1] <= TODAY + AHEAD < made.days[-1] + timedelta(weeks=1)
    row = world.desk.rows(VisitRow)[0]
    assert local_time(row.starts_at).time() == time(13, 30)
    assert row.returns_at == row.starts_at + timedelta(hours=2)
    assert row.destination == "みほん内科"
    (told,) = world.entries("visit.series_planned")
    assert told[0] == {"visits": len(made.days)}
    assert told[1]["days"][0] == "2026-11-20"


def test_a_time_that_has_passed_today_is_not_planned(world: VisitWorld) -> None:
    made = planned(world, starts=time(9, 59))
    assert made.days[0] == TODAY + timedelta(weeks=1)


def test_the_program_writes_on_where_time_passes_and_nothing_twice(world: VisitWorld) -> None:
    made = planned(world)
    assert extended(world) == 0
    assert world.entries("visit.series_extended") == []
    world.desk.forward(days=20)
    assert extended(world) == 3
    assert extended(world) == 0
    found = days(world)
    assert len(found) == len(set(found)) == len(made.days) + 3
    assert found[-1] <= TODAY + timedelta(days=20) + AHEAD
    assert world.entries("visit.series_extended")[0][0] == {"visits": 3}


def test_a_visit_that_was_moved_or_cancelled_is_not_written_again(world: VisitWorld) -> None:
    desk = world.desk
    planned(world)
    first, second = desk.rows(VisitRow)[1:3]
    moved = world.form(starts_at=STARTS + timedelta(days=8), returns_at=None)
    desk.do("custodian", change_visit, ChangeVisit(first.id, moved))
    desk.do("custodian", cancel_visit, second.id)
    before = days(world)
    desk.forward(days=1)
    assert extended(world) == 1
    assert days(world) == [*before, TODAY + timedelta(weeks=13)]
    assert desk.one(VisitRow, VisitRow.id == first.id).series_on == TODAY + timedelta(weeks=1)


def test_days_in_the_way_of_something_are_planned_and_told(world: VisitWorld) -> None:
    world.plan(escort_id=None)
    made = planned(world)
    assert made.in_conflict == (TODAY,)
    assert TODAY in made.days


def test_ending_a_series_cancels_what_lies_ahead_and_keeps_what_was(world: VisitWorld) -> None:
    desk, made = world.desk, planned(world)
    desk.forward(days=10)
    assert desk.do("custodian", end_series, made.id) == len(made.days) - 2
    assert days(world) == list(made.days[:2])
    assert extended(world) == 0
    with pytest.raises(SeriesEnded):
        desk.do("custodian", end_series, made.id)
    (view,) = desk.ask("custodian", series_of, desk.residents["hanako"])
    assert (view.ended, view.next_day) == (True, None)


def test_a_change_begins_where_the_new_series_begins(world: VisitWorld) -> None:
    desk, made = world.desk, planned(world)
    first = TODAY + timedelta(days=10)
    monthly = Recurrence(Repeat.MONTHLY_WEEKDAY, first, weekday=1, nth=1)
    new = desk.do("custodian", change_series, ChangeSeries(made.id, form(world, monthly)))
    kept = [day for day in made.days if day < first]
    assert days(world) == sorted([*kept, *new.days])
    running = [v for v in desk.ask("custodian", series_of, desk.residents["hanako"]) if not v.ended]
    assert [(each.id, each.form.recurrence) for each in running] == [(new.id, monthly)]
    assert running[0].next_day == new.days[0]


def test_nobody_goes_after_leaving_and_no_escort_after_quitting(world: VisitWorld) -> None:
    desk = world.desk
    resident = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(resident, discharged_on=TODAY + timedelta(days=21))
    escort = desk.one(StaffRow, StaffRow.id == desk.id_of("escort"))
    desk.add_change(escort, active_until=TODAY + timedelta(days=7))
    made = planned(world)
    assert made.days == tuple(TODAY + timedelta(weeks=n) for n in range(4))
    rows = sorted(desk.rows(VisitRow), key=lambda row: row.starts_at)
    assert [row.escort_id is None for row in rows] == [False, False, True, True]


@pytest.mark.parametrize(
    ("recurrence", "changed", "refusal"),
    [
        (Recurrence(Repeat.WEEKLY, TODAY, TODAY - timedelta(days=1)), {}, DatesInWrongOrder),
        (
            Recurrence(Repeat.WEEKLY, TODAY, TODAY + timedelta(days=2), weekday=0),
            {},
            SeriesEmpty,
        ),
        (FRIDAYS, {"length_minutes": 0}, NumberOutOfRange),
        (replace(FRIDAYS, every=53), {}, NumberOutOfRange),
    ],
)
def test_a_series_that_makes_no_sense_is_not_kept(
    world: VisitWorld, recurrence: Recurrence, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        planned(world, recurrence, **changed)
    assert world.desk.rows(VisitSeriesRow) == []


def test_an_auditor_plans_no_series(world: VisitWorld) -> None:
    cmd = PlanSeries(world.desk.residents["hanako"], form(world))
    with pytest.raises(NotPermitted):
        world.desk.do("auditor", plan_series, cmd)
