"""Rows of a case turned into what pages and papers show; for use cases of this area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LostItemRow,
    LostStepRow,
    ResidentRow,
    StaffRow,
)
from facility_app.domain.clock import JST
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import Evidence
from facility_app.domain.leak import LeakAnswer, LeakDeadlines
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_leak import assessment_of
from facility_app.services.lost_rows import steps_of
from facility_app.services.lost_steps import LostStepId, Proof
from facility_app.services.lost_views import (
    LeakView,
    LostItemView,
    LostStepState,
    PersonView,
    StepView,
)


def item_views(
    session: Session, book: LostBook, rows: Sequence[LostItemRow]
) -> dict[int, LostItemView]:
    persons = people(session, {row.resident_id for row in rows if row.resident_id is not None})
    ids = [row.item_id for row in rows if row.item_id is not None]
    query = (
        select(ItemRow.id, ItemRow.label, ItemRow.state, ItemKindRow.name, ItemKindRow.is_card)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.id.in_(ids))
    )
    registered = {row.id: row for row in session.execute(query)}
    return {row.id: _item(book, row, registered.get(row.item_id or 0), persons) for row in rows}


def _item(
    book: LostBook, row: LostItemRow, item: Any, persons: Mapping[int, PersonView]
) -> LostItemView:
    thing = book.lost.things.get(row.thing)
    name = item.name if item is not None else thing.name.ja if thing is not None else row.thing
    return LostItemView(
        id=row.id,
        code=row.thing,
        thing=thing,
        name=name,
        label=row.label or ("" if item is None else item.label),
        resident=persons.get(row.resident_id or 0),
        item_id=row.item_id,
        state=None if item is None else item.state,
        is_card=item is not None and item.is_card,
        outcome=row.outcome,
        found_at=row.found_at,
        found_by=row.found_by,
        found_where=row.found_where,
        out_of_hand=row.out_of_hand,
        back_at=row.back_at,
        new_item_id=row.new_item_id,
    )


def people(session: Session, ids: Iterable[int]) -> dict[int, PersonView]:
    query = select(ResidentRow).where(ResidentRow.id.in_(list(ids)))
    return {
        row.id: PersonView(row.id, row.name, row.kana, row.room, row.birth_date, row.address)
        for row in session.scalars(query)
    }


def staff_names(session: Session) -> dict[int, str]:
    return {id_: name for id_, name in session.execute(select(StaffRow.id, StaffRow.name))}


def step_views(
    session: Session,
    book: LostBook,
    case_id: int,
    items: Mapping[int, LostItemView],
    staff: Mapping[int, str],
    now: datetime,
) -> tuple[StepView, ...]:
    persons = {item.resident.id: item.resident for item in items.values() if item.resident}
    rows = sorted(
        steps_of(session, case_id), key=lambda row: (_deadline(row), row.position, row.id)
    )
    return tuple(
        StepView(
            id=LostStepId(row.id),
            code=row.code,
            rule=book.lost.by_code.get(row.code),
            kept_title=row.title,
            resident=persons.get(row.resident_id or 0),
            item=items.get(row.lost_item_id or 0),
            due=Due(row.due_at, row.due_on),
            state=_state(row, now),
            evidence=read_evidence(row.evidence),
            done_at=row.done_at,
            done_by=staff.get(row.done_by or 0, ""),
            waived_at=row.waived_at,
            waived_by=staff.get(row.waived_by or 0, ""),
            waived_reason=row.waived_reason,
            seq=row.seq,
        )
        for row in rows
    )


def _deadline(row: LostStepRow) -> datetime:
    """The moment after which it is late; a day ends at midnight in Japan."""
    if row.due_at is not None:
        return row.due_at
    day = (row.due_on or date.max - timedelta(days=2)) + timedelta(days=1)
    return datetime.combine(day, time(), JST).astimezone(UTC)


def _state(row: LostStepRow, now: datetime) -> LostStepState:
    if row.done_at is not None:
        return LostStepState.DONE
    if row.waived_at is not None:
        return LostStepState.WAIVED
    if row.dropped_at is not None:
        return LostStepState.DROPPED
    return LostStepState.LATE if Due(row.due_at, row.due_on).is_past(now) else LostStepState.WAITING


def read_evidence(kept: Mapping[str, Any]) -> dict[Evidence, Proof]:
    """Evidence from its row; what a newer version wrote is left out."""
    known = {field.value: field for field in Evidence}
    return {known[key]: _proof(known[key], value) for key, value in kept.items() if key in known}


def _proof(field: Evidence, value: Any) -> Proof:
    if field is Evidence.PLACES:
        return tuple(value)
    if field is Evidence.AT:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if field.is_day else str(value)


def leak_view(session: Session, case_id: int, staff: Mapping[int, str]) -> LeakView | None:
    row = assessment_of(session, case_id)
    if row is None:
        return None
    return LeakView(
        answers={code: LeakAnswer(value) for code, value in row.answers.items()},
        known_on=row.known_on,
        deadlines=LeakDeadlines(row.first_safe, row.first_last, row.final_safe, row.final_last),
        decision=row.decision,
        consulted=row.consulted,
        decided_by=row.decided_by,
        draft=dict(row.draft),
        at=row.at,
        by=staff.get(row.by, ""),
    )
