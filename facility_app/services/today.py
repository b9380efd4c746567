"""What the page きょう shows: what is out, today's visits, and what is to be done.

Nothing here reads history: open loans, open emergencies, today's visits, dates of things in
custody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    AgreementRow,
    BackupRow,
    ResidentRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.duties import RENEWALS, DutyKind, Urgency
from facility_app.domain.periods import month_of
from facility_app.services.agreement_standing import uncovered_residents
from facility_app.services.desk import Level
from facility_app.services.duties import DutyView, duties
from facility_app.services.loans import (
    EmergencyView,
    LoanView,
    read_open_emergencies,
    read_open_loans,
)
from facility_app.services.lost_due import LostReminderKind, lost_reminders
from facility_app.services.outcome_views import read_ratio_questions
from facility_app.services.review import waiting_reviews
from facility_app.services.stocktake_due import URGENT_DAYS, days_left, due_cabinets
from facility_app.services.visits import VisitView, visits_on

BACKUP_DUE = timedelta(days=1)
"""A backup older than this is a thing to do."""

ROWS_OF_A_KIND = 3
"""More tasks of one kind that do not lapse stand as one row with their number."""

REVIEW_AHEAD = timedelta(days=30)
"""An agreement's review is announced this long before."""


class ToDoKind(Enum):
    """What there is to do; the sentence and the button stand in the catalogue."""

    AGREEMENT_MISSING = "agreement-missing"
    AGREEMENT_REVIEW = "agreement-review"
    EXPIRED = "expired"
    IN_GRACE = "in-grace"
    EXPIRES_SOON = "expires-soon"
    RENEWABLE = "renewable"
    BACKUP_MISSING = "backup-missing"
    STOCKTAKE_DUE = "stocktake-due"
    REVIEW_DUE = "review-due"
    RATIO_QUESTION = "ratio-question"
    LOST_STEPS = "lost-steps"
    LOST_CLOSE = "lost-close"
    LOST_REVIEW = "lost-review"
    DUTY = "duty"
    DUTIES = "duties"


@dataclass(frozen=True)
class ToDo:
    """One row of やること: `on` is the date it turns on, `item` a kind's name, `cabinets` their
    names, `count` how many; ids 0 where none; `case_id` of a loss, whose next task is `name`;
    `duty`: what services/duties asks for."""

    kind: ToDoKind
    level: Level
    resident_id: int = 0
    name: str = ""
    room: str = ""
    item: str = ""
    on: date | None = None
    cabinets: tuple[str, ...] = ()
    count: int = 0
    case_id: int = 0
    duty: DutyKind | None = None


@dataclass(frozen=True)
class Today:
    """The whole page, read in one consistent view at `now` (aware UTC)."""

    now: datetime
    loans: tuple[LoanView, ...]
    visits: tuple[VisitView, ...]
    emergencies: tuple[EmergencyView, ...]
    todos: tuple[ToDo, ...]

    @property
    def late(self) -> tuple[LoanView, ...]:
        """The loans past their time, longest first."""
        return tuple(loan for loan in self.loans if loan.due_at <= self.now)


_URGENCIES = {
    Urgency.OVER: (ToDoKind.EXPIRED, Level.DANGER),
    Urgency.GRACE: (ToDoKind.IN_GRACE, Level.LATE),
    Urgency.SOON: (ToDoKind.EXPIRES_SOON, Level.WARN),
    Urgency.OPEN: (ToDoKind.RENEWABLE, Level.NOTICE),
}


def today(reading: Reading) -> Today:
    """The page きょう as it stands.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    session, day = reading.session, local_date(reading.now)
    todos = [
        *_duties(reading, day),
        *_agreements(session, day),
        *_backup(session, reading.now),
        *_stocktake(session, day),
        *_reviews(reading),
        *_ratio_questions(session),
        *_losses(reading),
    ]
    return Today(
        now=reading.now,
        loans=tuple(read_open_loans(session, reading.now)),
        visits=tuple(visits_on(reading, day)),
        emergencies=tuple(read_open_emergencies(session, reading.now)),
        todos=tuple(sorted(todos, key=lambda todo: (-todo.level, todo.on or date.max, todo.name))),
    )


def _duties(reading: Reading, day: date) -> Iterator[ToDo]:
    """What lapses as a row of its own; of other tasks of one kind and gravity, many as one row."""
    others: dict[tuple[DutyKind, Level], list[ToDo]] = {}
    for view in duties(reading, day):
        if _is_said_elsewhere(view):
            continue
        kind, level = _URGENCIES[view.urgency]
        lapses = view.kind in RENEWALS or view.kind is DutyKind.NEW_PAPER
        if not lapses or (view.kind is DutyKind.NEW_PAPER and view.urgency is Urgency.OPEN):
            kind, level = ToDoKind.DUTY, min(level, Level.LATE)
        in_grace = view.urgency is Urgency.GRACE
        todo = ToDo(
            kind,
            level,
            view.duty.resident_id,
            view.name,
            view.room,
            view.item.ja if view.item is not None else "",
            view.duty.grace_until if in_grace else view.duty.due,
            duty=view.kind,
        )
        if kind is ToDoKind.DUTY:
            others.setdefault((view.kind, level), []).append(todo)
        else:
            yield todo
    for (kind_of_duty, level), rows in others.items():
        if len(rows) <= ROWS_OF_A_KIND:
            yield from rows
        else:
            first = min((row.on for row in rows if row.on is not None), default=None)
            yield ToDo(ToDoKind.DUTIES, level, on=first, count=len(rows), duty=kind_of_duty)


def _is_said_elsewhere(view: DutyView) -> bool:
    """Dates that nobody noted are asked for at the desk, when the thing is in somebody's hand; a
    missing notice is part of a renewal that is pressing by itself."""
    pressing = view.urgency is not Urgency.OPEN
    return view.kind is DutyKind.NOTE_DATES or (view.kind is DutyKind.NOTICE_MISSING and pressing)


def _agreements(session: Session, day: date) -> Iterator[ToDo]:
    for resident_id, name, room in uncovered_residents(session, day):
        yield ToDo(ToDoKind.AGREEMENT_MISSING, Level.DANGER, resident_id, name, room)
    query = (
        select(AgreementRow.review_on, ResidentRow.id, ResidentRow.name, ResidentRow.room)
        .join(ResidentRow, ResidentRow.id == AgreementRow.resident_id)
        .where(AgreementRow.withdrawn_on.is_(None), ResidentRow.discharged_on.is_(None))
        .where(AgreementRow.review_on.between(day, day + REVIEW_AHEAD))
    )
    for row in session.execute(query):
        review_on, resident_id, name, room = row
        yield ToDo(ToDoKind.AGREEMENT_REVIEW, Level.NOTICE, resident_id, name, room, on=review_on)


def _backup(session: Session, now: datetime) -> Iterator[ToDo]:
    newest = session.scalar(select(func.max(BackupRow.made_at)))
    if newest is None or now - newest > BACKUP_DUE:
        on = None if newest is None else local_date(newest)
        yield ToDo(ToDoKind.BACKUP_MISSING, Level.DANGER, on=on)


def _stocktake(session: Session, day: date) -> Iterator[ToDo]:
    cabinets = due_cabinets(session, day)
    if cabinets:
        level = Level.WARN if days_left(day) <= URGENT_DAYS else Level.NOTICE
        last = month_of(day).last
        yield ToDo(ToDoKind.STOCKTAKE_DUE, level, on=last, cabinets=tuple(cabinets))


def _reviews(reading: Reading) -> Iterator[ToDo]:
    """What waits for a review that this person may make."""
    if reading.actor.staff_id is None or not reading.may(Permission.REVIEW_RECORD):
        return
    waiting = waiting_reviews(reading.session, reading.staff_id)
    if waiting:
        yield ToDo(ToDoKind.REVIEW_DUE, Level.NOTICE, count=waiting)


_LOST = {
    LostReminderKind.STEPS: ToDoKind.LOST_STEPS,
    LostReminderKind.CLOSE: ToDoKind.LOST_CLOSE,
    LostReminderKind.REVIEW: ToDoKind.LOST_REVIEW,
}


def _losses(reading: Reading) -> Iterator[ToDo]:
    """Open cases until they are closed, and their reviews."""
    if not reading.may(Permission.VIEW_LOST):
        return
    for each in lost_reminders(reading):
        open_steps = each.kind is LostReminderKind.STEPS
        level = Level.DANGER if each.late else Level.LATE if open_steps else Level.NOTICE
        yield ToDo(
            _LOST[each.kind], level, name=each.task, item=each.things[0] if each.things else "",
            on=each.on, count=each.left, case_id=int(each.case_id),
        )  # fmt: skip


def _ratio_questions(session: Session) -> Iterator[ToDo]:
    """Where a clinic's desk showed another burden ratio, until the insurer was asked."""
    for each in read_ratio_questions(session):
        kind = ToDoKind.RATIO_QUESTION
        yield ToDo(kind, Level.WARN, each.resident_id, each.name, each.room, each.destination)
