"""Planned visits: they fill in the desk, and close when their things have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from facility_app.db.models import VisitRow
from facility_app.domain.access import NotPermitted, Role
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.services import visits
from facility_app.services.fields import DatesInWrongOrder, FieldMissing
from tests.services.registry import TODAY, entries, register, seed

NUMBER = "11122233344" + str(check_digit("11122233344"))


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


@pytest.fixture
def form(clock):
    begins = clock.now + timedelta(hours=2)
    return visits.VisitForm("clinic", begins, "例示クリニック", begins + timedelta(hours=2))


@pytest.fixture
def resident(work, custodian):
    return register(work, custodian)


def plan(work, actor, resident, form):
    with work.begin(actor) as tx:
        return visits.plan_visit(tx, visits.PlanVisit(resident, form))


def test_a_visit_stands_on_its_day_in_japan(work, engine, custodian, resident, form):
    visit = plan(work, custodian, resident, replace(form, escort_id=custodian.staff_id))
    with work.read(custodian) as reading:
        (seen,) = visits.visits_on(reading, TODAY)
        assert visits.visits_on(reading, date(2026, 11, 21)) == []
        assert [each.id for each in visits.visits_of(reading, resident)] == [visit]
    assert (seen.id, seen.destination, seen.purpose) == (visit, "例示クリニック", "受診")
    assert seen.escort == custodian.name
    assert entries(engine, "visit.planned")[0]["told"]["destination"] == "例示クリニック"


def test_a_plan_is_changed_and_cancelled_and_then_closed(work, engine, custodian, resident, form):
    visit = plan(work, custodian, resident, form)
    moved = replace(form, destination="見本歯科")
    with work.begin(custodian) as tx:
        visits.change_visit(tx, visits.ChangeVisit(visit, moved))
    with work.begin(custodian) as tx:
        visits.cancel_visit(tx, visit)
    with work.read(custodian) as reading:
        assert visits.visits_on(reading, TODAY) == []
        assert visits.visits_of(reading, resident)[0].cancelled
    with pytest.raises(visits.VisitClosed), work.begin(custodian) as tx:
        visits.change_visit(tx, visits.ChangeVisit(visit, form))
    (changed,) = entries(engine, "visit.changed")
    assert changed["told"]["after"] == {"destination": "見本歯科"}
    assert len(entries(engine, "visit.cancelled")) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"destination": " "}, FieldMissing),
        ({"destination": NUMBER}, IndividualNumberRefused),
    ],
)
def test_a_plan_with_a_refused_field_is_not_kept(
    work, engine, custodian, resident, form, change, refusal
):
    with pytest.raises(refusal):
        plan(work, custodian, resident, replace(form, **change))
    with Session(engine) as session:
        assert session.query(VisitRow).count() == 0


def test_a_visit_lies_ahead_and_ends_after_it_begins(work, custodian, resident, form, clock):
    with pytest.raises(DatesInWrongOrder):
        plan(work, custodian, resident, replace(form, returns_at=form.starts_at))
    clock.forward(hours=3)
    with pytest.raises(visits.VisitInThePast):
        plan(work, custodian, resident, form)


def test_an_auditor_plans_nothing(work, resident, form, actor_with):
    with pytest.raises(NotPermitted):
        plan(work, actor_with(Role.AUDITOR), resident, form)
