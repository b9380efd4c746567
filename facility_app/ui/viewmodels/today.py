"""きょう: three columns of rows, each with one button.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.custody import EmergencyStanding, Escalation
from facility_app.i18n import Words
from facility_app.services.desk import Level
from facility_app.services.loans import EmergencyView, LoanView
from facility_app.services.today import Today, ToDo, ToDoKind
from facility_app.services.visit_views import CalendarDay, VisitState
from facility_app.ui.viewmodels.desk import is_late, late_text, room_text
from facility_app.ui.viewmodels.visits import VisitLine, day_lines

May = frozenset[Permission]


class Step(Enum):
    """What a row's button does."""

    EXPLAIN = "explain"
    REVIEW = "review"
    RESIDENT = "resident"
    AGREEMENT = "agreement"
    BACKUP = "backup"
    STOCKTAKE = "stocktake"
    RECORD = "record"
    QUESTION = "question"
    LOST = "lost"
    NONE = "none"


@dataclass(frozen=True)
class ToDoLine:
    """One row of やること.  `what` chooses sentence and icon; `loan_id` for emergencies."""

    what: str
    level: str
    title: str
    text: str
    step: Step
    resident_id: int = 0
    emergency: EmergencyView | None = None
    case_id: int = 0


_STEPS = {
    ToDoKind.AGREEMENT_MISSING: Step.AGREEMENT,
    ToDoKind.AGREEMENT_REVIEW: Step.AGREEMENT,
    ToDoKind.EXPIRED: Step.RESIDENT,
    ToDoKind.IN_GRACE: Step.RESIDENT,
    ToDoKind.EXPIRES_SOON: Step.RESIDENT,
    ToDoKind.RENEWABLE: Step.RESIDENT,
    ToDoKind.BACKUP_MISSING: Step.BACKUP,
    ToDoKind.STOCKTAKE_DUE: Step.STOCKTAKE,
    ToDoKind.REVIEW_DUE: Step.RECORD,
    ToDoKind.RATIO_QUESTION: Step.QUESTION,
    ToDoKind.DUTY: Step.RESIDENT,
    ToDoKind.DUTIES: Step.RESIDENT,
    ToDoKind.LOST_STEPS: Step.LOST,
    ToDoKind.LOST_CLOSE: Step.LOST,
    ToDoKind.LOST_REVIEW: Step.LOST,
}


_ORDER = {
    VisitState.PLANNED: 0,
    VisitState.OUT: 1,
    VisitState.BACK: 2,
    VisitState.DONE: 3,
    VisitState.CANCELLED: 3,
}


def visit_lines(words: Words, today: Today, rights: May) -> list[VisitLine]:
    """Today's visits: those still to come by time, then what is out, then what is back."""
    day = CalendarDay(local_date(today.now), today.visits)
    lines = day_lines(words, day, rights, today.now)
    return sorted(lines, key=_rank)


def _rank(line: VisitLine) -> tuple[int, datetime]:
    """A house call stands where the first of its visits does."""
    return min(_ORDER[visit.state] for visit in line.visits), line.visit.starts_at


def todo_lines(words: Words, today: Today, rights: May) -> list[ToDoLine]:
    """What is to be done: emergencies first, then by gravity; renewals of one kind together."""
    lines = [_emergency_line(words, view, rights, today.now) for view in today.emergencies]
    renewable = [todo for todo in today.todos if todo.kind is ToDoKind.RENEWABLE]
    for todo in today.todos:
        if todo.kind is ToDoKind.RENEWABLE and len(renewable) > 1:
            continue
        lines.append(_todo_line(words, todo))
    if len(renewable) > 1:
        people = len({todo.resident_id for todo in renewable})
        lines.append(
            ToDoLine(
                ToDoKind.RENEWABLE.value,
                Level.NOTICE.name.lower(),
                words("today-do-renewable-many"),
                words("today-do-renewable-many-text", count=str(people)),
                Step.RESIDENT,
            )
        )
    return lines


def _left(words: Words, due: datetime, now: datetime) -> str:
    """How long there is left, or by how much it is over."""
    minutes = int((due - now).total_seconds() // 60)
    if minutes < 0:
        return words("today-over-hours", count=str(-minutes // 60))
    if minutes < 60:
        return words("today-left-minutes", count=str(minutes))
    return words("today-left-hours", count=str(minutes // 60))


def _emergency_line(words: Words, view: EmergencyView, rights: May, now: datetime) -> ToDoLine:
    review = view.standing is EmergencyStanding.REVIEW_MISSING
    right, step = (
        (Permission.REVIEW_EMERGENCY, Step.REVIEW)
        if review
        else (Permission.EXPLAIN_EMERGENCY, Step.EXPLAIN)
    )
    late = view.standing is EmergencyStanding.REASON_LATE
    key = f"today-do-{view.standing.value}"
    return ToDoLine(
        what=view.standing.value,
        level=(Level.BLOCK if late else Level.WARN if review else Level.DANGER).name.lower(),
        title=words(key),
        text=words(f"{key}-text", name=view.name, left=_left(words, view.reason_due_at, now)),
        step=step if right in rights else Step.NONE,
        resident_id=view.resident_id,
        emergency=view,
    )


def _todo_line(words: Words, todo: ToDo) -> ToDoLine:
    key = f"today-do-{todo.kind.value}"
    facts = {
        "what": _asked(words, todo),
        "name": todo.name,
        "room": room_text(words, todo.room),
        "item": todo.item or (words("today-do-lost-thing") if todo.case_id else ""),
        "day": words.short_day(todo.on) if todo.on else words("today-never"),
        "cabinets": todo.cabinets,
        "count": str(todo.count),
    }
    return ToDoLine(
        todo.kind.value,
        todo.level.name.lower(),
        words(key, **facts),
        words(f"{key}-text" if todo.on or not todo.duty else f"{key}-anytime", **facts),
        _STEPS[todo.kind],
        todo.resident_id,
        case_id=todo.case_id,
    )


def _asked(words: Words, todo: ToDo) -> str:
    """What a duty asks for."""
    if todo.duty is None:
        return ""
    return words(f"duty-{todo.duty.value}", item=todo.item or words("duty-calendar-paper"))


def strip_text(words: Words, today: Today) -> str:
    """The red strip: what is overdue, else an emergency without its reason; empty when neither."""
    late = [loan for loan in today.loans if is_late(loan)]
    if late:
        first = late[0]
        return words(
            "today-strip-late",
            count=str(len(late)),
            name=first.name,
            room=room_text(words, first.room),
            late=late_text(words, first),
        )
    missing = [view for view in today.emergencies if lacks_reason(view)]
    if missing:
        return words("today-strip-reason", count=str(len(missing)), name=missing[0].name)
    return ""


def lacks_reason(view: EmergencyView) -> bool:
    """Whether nobody has written yet why it left."""
    return view.standing in (EmergencyStanding.REASON_MISSING, EmergencyStanding.REASON_LATE)


@dataclass
class Alarm:
    """Which overdue loans were already sounded for: once at 15 minutes, once at 60, then again
    every quarter of an hour."""

    repeat_min: int = 15
    _sounded: dict[int, int] = field(default_factory=dict)

    def rings(self, loans: tuple[LoanView, ...]) -> bool:
        """Whether to sound now; a loan that is back is forgotten."""
        marks = {int(loan.id): self._mark(loan) for loan in loans}
        due = any(mark > self._sounded.get(loan, 0) for loan, mark in marks.items())
        self._sounded = marks
        return due

    def _mark(self, loan: LoanView) -> int:
        if loan.escalation < Escalation.LATE_15:
            return 0
        if loan.escalation < Escalation.LATE_60:
            return 1
        return 2 + (loan.minutes_late - 60) // self.repeat_min


def very_late(today: Today) -> list[LoanView]:
    """Loans an hour late or more: they get a banner over the page."""
    return [loan for loan in today.loans if loan.escalation is Escalation.LATE_60]
