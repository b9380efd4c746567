"""Visits on PostgreSQL: the same answers as on the encrypted file."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.models import VisitRow
from facility_app.domain.access import PROGRAM
from facility_app.domain.ladder_facts import Way
from facility_app.domain.visits import Recurrence, Repeat
from facility_app.services.booking import BookingConflict
from facility_app.services.day_plan import day_plan
from facility_app.services.departure import Depart, depart, departure
from facility_app.services.house_call_acts import (
    DepartRound,
    ReturnRound,
    depart_round,
    return_round,
    round_out,
)
from facility_app.services.house_calls import PlanRound, RoundForm, plan_round
from facility_app.services.outcome_statistics import clinic_statistics
from facility_app.services.outcomes import RecordOutcome, ratio_questions, record_outcome
from facility_app.services.visit_import import import_visits_file
from facility_app.services.visit_series import (
    PlanSeries,
    SeriesForm,
    extend_series,
    plan_series,
)
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock
from tests.db.test_postgresql import engine, pytestmark, server
from tests.visits_desk import STARTS, TODAY, VisitWorld, build_visits

__all__ = ["engine", "pytestmark", "server"]


@pytest.fixture
def world(engine: Engine) -> VisitWorld:
    clock = FakeClock()
    work = Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))
    return build_visits(engine, work, clock)


def test_the_chain_from_the_plan_to_the_statistics(world: VisitWorld) -> None:
    desk, visit = world.desk, world.ready()
    with pytest.raises(BookingConflict):
        world.plan()
    assert desk.ask("custodian", departure, visit, desk.codes["hanako"]).green
    due = STARTS + timedelta(hours=2)
    cmd = Depart(visit, world.taken(), desk.id_of("escort"), due, desk.codes["hanako"])
    desk.do("custodian", depart, cmd)
    desk.forward(hours=4)
    told = RecordOutcome(visit, Way.VISUAL, 7, ("face-failed",), ratio_seen=2)
    assert desk.do("custodian", record_outcome, told).question
    assert [each.visit_id for each in desk.ask("custodian", ratio_questions)] == [visit]
    (seen,) = desk.ask("custodian", day_plan, TODAY).visits
    assert seen.visit.loan_id is not None
    counted = desk.ask("auditor", clinic_statistics, date(2026, 11, 1), TODAY)
    assert counted.total.ways == {Way.VISUAL: 1}
    assert counted.total.minutes_lost == 7


def test_series_rounds_and_a_list(world: VisitWorld, tmp_path) -> None:
    desk = world.desk
    form = SeriesForm(
        Recurrence(Repeat.MONTHLY_DAY, TODAY, day=31), "clinic", time(9), clinic_id=world.clinic_id
    )
    made = desk.do("custodian", plan_series, PlanSeries(desk.residents["tadashi"], form))
    assert made.days[0] == date(2026, 11, 30)
    desk.forward(days=20)
    with desk.work.begin(PROGRAM) as tx:
        assert extend_series(tx) == 1
        assert extend_series(tx) == 0
    starts = desk.clock() + timedelta(hours=2)
    round_form = RoundForm(
        world.clinic("訪問見本診療所", house_calls=True), starts, starts + timedelta(hours=1)
    )
    people = (desk.residents["hanako"], desk.residents["umeko"])
    round_id = desk.do("custodian", plan_round, PlanRound(round_form, people))
    out = DepartRound(round_id, desk.id_of("escort"), starts + timedelta(hours=1))
    assert len(desk.do("custodian", depart_round, out)) == 2
    out_now = desk.ask("custodian", round_out, round_id)
    slots = {int(each.loan.id): each.loan.slot for each in out_now}
    desk.do("custodian", return_round, ReturnRound(round_id, slots))
    path = tmp_path / "list.csv"
    path.write_text("氏名,日付,時刻,受診先\n例示 梅子,12/24,9:30,みほん内科\n", encoding="utf-8")
    actor = desk.staff["custodian"]
    assert import_visits_file(desk.work, actor, path, False).counts.new == 1
    assert import_visits_file(desk.work, actor, path, False).counts.unchanged == 1
    assert len(desk.rows(VisitRow)) == len(made.days) + 1 + 2 + 1
