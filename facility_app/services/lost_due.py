"""What きょう reminds of until a case is closed, and its reviews afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import ItemKindRow, ItemRow, LostCaseRow, LostItemRow, LostStepRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import LostCaseState
from facility_app.services.lost_rows import LostCaseId, steps_of
from facility_app.services.lost_steps import is_settled


class LostReminderKind(Enum):
    """STEPS: an open case; CLOSE: nothing waits but the closing; REVIEW: a review is due."""

    STEPS = "steps"
    CLOSE = "close"
    REVIEW = "review"


@dataclass(frozen=True)
class LostReminder:
    """One row of やること.  on: the day of the most urgent step or of the review; left, late: how
    many steps wait, and are past their time; things: names of kinds, empty for keys and drives."""

    kind: LostReminderKind
    case_id: LostCaseId
    number: int
    on: date | None
    left: int = 0
    late: int = 0
    task: str = ""
    things: tuple[str, ...] = ()


def lost_reminders(reading: Reading) -> list[LostReminder]:
    """All that is to be reminded of, the most urgent first.  Needs VIEW_DESK or VIEW_LOST.

    It reads open cases and due reviews only, never history.
    """
    reading.require(Permission.VIEW_LOST)
    today = local_date(reading.now)
    found = [
        _of_open(reading, row)
        for row in reading.session.scalars(
            select(LostCaseRow).where(LostCaseRow.state == LostCaseState.OPEN)
        )
    ]
    for row in reading.session.scalars(
        select(LostCaseRow).where(LostCaseRow.state == LostCaseState.CLOSED)
    ):
        found += [
            LostReminder(LostReminderKind.REVIEW, LostCaseId(row.id), row.number, on)
            for on, done in (
                (row.first_review_on, row.first_reviewed_at),
                (row.second_review_on, row.second_reviewed_at),
            )
            if on is not None and done is None and on <= today
        ]
    return sorted(found, key=lambda each: (-each.late, each.on or date.max, each.number))


def _of_open(reading: Reading, row: LostCaseRow) -> LostReminder:
    waiting = [step for step in steps_of(reading.session, row.id) if not is_settled(step)]
    names = reading.session.scalars(
        select(ItemKindRow.name)
        .join(ItemRow, ItemRow.kind_code == ItemKindRow.code)
        .join(LostItemRow, LostItemRow.item_id == ItemRow.id)
        .where(LostItemRow.case_id == row.id)
        .order_by(ItemKindRow.sort)
    )
    things = tuple(dict.fromkeys(names))
    if not waiting:
        return LostReminder(
            LostReminderKind.CLOSE, LostCaseId(row.id), row.number, None, things=things
        )
    first = min(waiting, key=lambda step: (_due(step).day, step.position))
    late = sum(_due(step).is_past(reading.now) for step in waiting)
    return LostReminder(
        LostReminderKind.STEPS,
        LostCaseId(row.id),
        row.number,
        _due(first).day,
        len(waiting),
        late,
        first.title,
        things,
    )


def _due(step: LostStepRow) -> Due:
    return Due(step.due_at, step.due_on)
