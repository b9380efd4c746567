"""Reading cases: one in full, the list, and what could be lost with where the log saw it last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from facility_app.audit.entry import moment
from facility_app.audit.query import LogFilter, page
from facility_app.audit.work import Reading
from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LostCaseRow,
    LostItemRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import LostCaseState
from facility_app.domain.items import ItemState
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_freeze import LOSABLE
from facility_app.services.lost_leak import leak_deadlines
from facility_app.services.lost_rows import LostCaseId, lost_items
from facility_app.services.lost_shape import (
    item_views,
    leak_view,
    people,
    staff_names,
    step_views,
)
from facility_app.services.lost_views import (
    LostCaseView,
    LostStepState,
    PersonView,
)


@dataclass(eq=False)
class NoSuchCase(Refused):
    """There is no case of this id."""

    key: ClassVar[str] = "lost.no_such_case"


@dataclass(frozen=True)
class LostCaseLine:
    """One row of the list of cases, newest first.  `due`: of the most urgent step that waits."""

    id: LostCaseId
    number: int
    state: LostCaseState
    noticed_at: datetime
    things: tuple[str, ...]
    residents: tuple[str, ...]
    left: int
    late: int
    due: Due | None


@dataclass(frozen=True)
class LastSeen:
    """The newest act in the log about a thing.  `at` aware UTC; `action` its name in the log."""

    at: datetime
    action: str
    actor: str
    seq: int


@dataclass(frozen=True)
class LosableThing:
    """Something that can be reported lost, and where the log saw it last."""

    item_id: int
    kind: str
    label: str
    resident: PersonView
    state: ItemState
    last_seen: LastSeen | None


def lost_case(reading: Reading, book: LostBook, case_id: int) -> LostCaseView:
    """One case in full.  Needs VIEW_LOST.  Raises NoSuchCase."""
    reading.require(Permission.VIEW_LOST)
    session = reading.session
    row = session.get(LostCaseRow, case_id)
    if row is None:
        raise NoSuchCase
    items = item_views(session, book, lost_items(session, case_id))
    staff = staff_names(session)
    leak = leak_view(session, case_id, staff)
    return LostCaseView(
        id=LostCaseId(row.id),
        number=row.number,
        now=reading.now,
        state=row.state,
        opened_at=row.opened_at,
        opened_by=staff.get(row.opened_by, ""),
        noticed_at=row.noticed_at,
        noticed_by=row.noticed_by,
        last_seen=row.last_seen,
        happened=row.happened,
        place=row.place,
        stolen=row.stolen,
        cause=row.cause,
        measures=row.measures,
        items=tuple(items.values()),
        steps=step_views(session, book, case_id, items, staff, reading.now),
        leak=leak,
        deadlines=leak.deadlines if leak else leak_deadlines(book, {}, local_date(row.noticed_at)),
        closed_at=row.closed_at,
        closed_by=staff.get(row.closed_by or 0, ""),
        first_review_on=row.first_review_on,
        first_reviewed_at=row.first_reviewed_at,
        first_review=row.first_review,
        second_review_on=row.second_review_on,
        second_reviewed_at=row.second_reviewed_at,
        second_review=row.second_review,
    )


def lost_cases(
    reading: Reading, book: LostBook, state: LostCaseState | None = LostCaseState.OPEN
) -> list[LostCaseLine]:
    """The cases in a state (None = all), newest first.  Needs VIEW_LOST."""
    reading.require(Permission.VIEW_LOST)
    query = select(LostCaseRow).order_by(LostCaseRow.number.desc())
    if state is not None:
        query = query.where(LostCaseRow.state == state)
    return [_line(reading, book, row) for row in reading.session.scalars(query)]


def cases_about(reading: Reading, item_id: int) -> list[LostCaseId]:
    """The cases that a thing of the register was lost in, newest first.  Needs VIEW_LOST."""
    reading.require(Permission.VIEW_LOST)
    query = select(LostItemRow.case_id).where(LostItemRow.item_id == item_id)
    found = reading.session.scalars(query.order_by(LostItemRow.case_id.desc()))
    return [LostCaseId(each) for each in found]


def losable_things(reading: Reading, resident_ids: Iterable[int]) -> list[LosableThing]:
    """What these residents have that can be reported lost.  Needs REPORT_LOST."""
    reading.require(Permission.REPORT_LOST)
    session = reading.session
    query = (
        select(ItemRow, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id.in_(list(resident_ids)), ItemRow.state.in_(LOSABLE))
        .order_by(ItemRow.resident_id, ItemKindRow.sort, ItemRow.id)
    )
    rows = session.execute(query).all()
    persons = people(session, {item.resident_id for item, _ in rows})
    staff = staff_names(session)
    return [
        LosableThing(
            item.id,
            kind,
            item.label,
            persons[item.resident_id],
            item.state,
            _last_seen(reading, item.id, staff),
        )
        for item, kind in rows
    ]


def _last_seen(reading: Reading, item_id: int, staff: Mapping[int, str]) -> LastSeen | None:
    newest = page(reading.connection, LogFilter(item=item_id), limit=1).entries
    if not newest:
        return None
    entry = newest[0]
    return LastSeen(moment(entry.at), entry.action, staff.get(entry.actor or 0, ""), entry.seq)


def _line(reading: Reading, book: LostBook, row: LostCaseRow) -> LostCaseLine:
    session = reading.session
    items = item_views(session, book, lost_items(session, row.id))
    steps = step_views(session, book, row.id, items, {}, reading.now)
    waiting = [step for step in steps if step.waits]
    names = dict.fromkeys(item.resident.name for item in items.values() if item.resident)
    return LostCaseLine(
        id=LostCaseId(row.id),
        number=row.number,
        state=row.state,
        noticed_at=row.noticed_at,
        things=tuple(item.called for item in items.values()),
        residents=tuple(names),
        left=len(waiting),
        late=sum(step.state is LostStepState.LATE for step in waiting),
        due=waiting[0].due if waiting else None,
    )
