"""The rows of a case, and the steps laid out for it; for use cases of this area.

None of these asks for a permission: the use case has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import LostCaseRow, LostItemRow, LostStepRow
from facility_app.domain.incident_steps import Known, LostOne, Planned, plan
from facility_app.domain.incidents import LostCaseState, LostOutcome, Phase
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook

LostCaseId = NewType("LostCaseId", int)


@dataclass(eq=False)
class CaseClosed(Refused):
    """The case is closed; what is found later opens it again."""

    key: ClassVar[str] = "lost.case_closed"
    number: int


def open_one(session: Session, case_id: int) -> LostCaseRow:
    """A case that is open.  Raises CaseClosed."""
    case = session.get_one(LostCaseRow, case_id)
    if case.state is not LostCaseState.OPEN:
        raise CaseClosed(case.number)
    return case


def lost_items(session: Session, case_id: int) -> list[LostItemRow]:
    """The things of a case, in their order."""
    query = select(LostItemRow).where(LostItemRow.case_id == case_id)
    return list(session.scalars(query.order_by(LostItemRow.id)))


def missing_of(session: Session, case_id: int) -> list[LostItemRow]:
    """The things that nobody found yet and that are not void."""
    return [row for row in lost_items(session, case_id) if row.outcome is LostOutcome.MISSING]


def ones(rows: Iterable[LostItemRow]) -> list[LostOne]:
    """Rows as planning needs them."""
    return [LostOne(row.id, row.thing, row.resident_id) for row in rows]


def steps_of(session: Session, case_id: int) -> list[LostStepRow]:
    """All steps of a case, in their order."""
    query = select(LostStepRow).where(LostStepRow.case_id == case_id)
    return list(session.scalars(query.order_by(LostStepRow.position, LostStepRow.id)))


def add_steps(
    tx: Tx,
    book: LostBook,
    case: LostCaseRow,
    phase: Phase,
    rows: Sequence[LostItemRow],
    since: datetime,
    known: Known | None = None,
) -> list[LostStepRow]:
    """Lay out the steps of a phase that the case does not have yet; for use cases of this area."""
    session = tx.session
    session.flush()
    there = steps_of(session, case.id)
    keys = {(step.code, step.resident_id, step.lost_item_id) for step in there}
    done = frozenset(step.code for step in there if step.done_at is not None)
    known = known or Known(case.happened, case.stolen, case.noticed_at, done)
    planned = plan(book.lost, book.calendar, phase, ones(rows), known, since)
    fresh = [each for each in planned if each.key not in keys]
    order = {rule.code: number for number, rule in enumerate(book.lost.steps)}
    made = [_step_row(case.id, each, order[each.rule.code]) for each in fresh]
    session.add_all(made)
    session.flush()
    return made


def _step_row(case_id: int, planned: Planned, position: int) -> LostStepRow:
    return LostStepRow(
        case_id=case_id,
        code=planned.rule.code,
        title=planned.rule.title.ja,
        resident_id=planned.resident_id,
        lost_item_id=planned.lost_id,
        position=position,
        due_at=planned.due.at,
        due_on=planned.due.on,
        evidence={},
    )
