"""How visits went, as forms and lists show it: choices, outcomes, open questions to insurers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import ResidentRow, StaffRow, VisitOutcomeRow, VisitRow
from facility_app.domain.access import Permission
from facility_app.domain.insurance import NotedRatio
from facility_app.domain.ladder_facts import Way
from facility_app.rules.visits import Choice
from facility_app.services.rule_data import rules
from facility_app.services.visit_views import VisitView, visit_of
from facility_app.services.window_plan import read_plan


@dataclass(frozen=True)
class OutcomeView:
    """An outcome as it stands.  `at` aware UTC; `by` a name; `ratio_noted` ours of that day."""

    visit_id: int
    way: Way | None
    minutes: int | None
    troubles: tuple[str, ...]
    ratio_seen: int | None
    ratio_noted: int | None
    papers: tuple[str, ...]
    note: str
    by: str
    at: datetime
    question: bool
    settled_at: datetime | None
    settled_note: str


@dataclass(frozen=True)
class OutcomeChoices:
    """What the form offers: the ways of this visit's plan first, then every other one."""

    visit: VisitView
    ways: tuple[Way, ...]
    troubles: tuple[Choice, ...]
    papers: tuple[Choice, ...]
    ratio: NotedRatio | None
    outcome: OutcomeView | None


@dataclass(frozen=True)
class RatioQuestion:
    """One open question to an insurer: what the clinic's reader showed against what is noted."""

    visit_id: int
    resident_id: int
    name: str
    room: str
    destination: str
    on: datetime
    seen: int
    noted: int | None


def outcome_choices(reading: Reading, visit_id: int) -> OutcomeChoices:
    """What the form for a visit's outcome offers.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    session = reading.session
    visit = visit_of(session, visit_id)
    plan = read_plan(session, visit, reading.now)
    planned = [step.way for step in plan.plan.steps] if plan.plan else []
    choices = rules().visit_choices
    return OutcomeChoices(
        visit=visit,
        ways=tuple(dict.fromkeys([*planned, *Way])),
        troubles=choices.troubles,
        papers=choices.papers,
        ratio=plan.ratio.noted,
        outcome=outcome_of(session, visit_id),
    )


def outcome_of(session: Session, visit_id: int) -> OutcomeView | None:
    """What was written down about a visit."""
    query = (
        select(VisitOutcomeRow, StaffRow.name)
        .join(StaffRow, StaffRow.id == VisitOutcomeRow.by)
        .where(VisitOutcomeRow.visit_id == visit_id)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    row, by = found
    return OutcomeView(
        visit_id=row.visit_id,
        way=Way(row.way) if row.way else None,
        minutes=row.minutes,
        troubles=tuple(row.troubles),
        ratio_seen=row.ratio_seen,
        ratio_noted=row.ratio_noted,
        papers=tuple(row.papers),
        note=row.note,
        by=by,
        at=row.at,
        question=row.question,
        settled_at=row.settled_at,
        settled_note=row.settled_note,
    )


def ratio_questions(reading: Reading) -> list[RatioQuestion]:
    """The open questions to insurers, the oldest first.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_ratio_questions(reading.session)


def read_ratio_questions(session: Session) -> list[RatioQuestion]:
    """As `ratio_questions`, for a query that has asked for its own permission."""
    query = (
        select(VisitOutcomeRow, VisitRow, ResidentRow.name, ResidentRow.room)
        .join(VisitRow, VisitRow.id == VisitOutcomeRow.visit_id)
        .join(ResidentRow, ResidentRow.id == VisitRow.resident_id)
        .where(VisitOutcomeRow.question, VisitOutcomeRow.settled_at.is_(None))
        .order_by(VisitOutcomeRow.at)
    )
    return [
        RatioQuestion(
            outcome.visit_id,
            visit.resident_id,
            name,
            room,
            visit.destination,
            visit.starts_at,
            outcome.ratio_seen or 0,
            outcome.ratio_noted,
        )
        for outcome, visit, name, room in session.execute(query)
    ]
