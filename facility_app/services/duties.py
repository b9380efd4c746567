"""やること from the rules: one list with who and when, each task once.

Duties are computed (domain/duties); only what somebody acted on is stored, by the duty's key
(services/duty_acts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import DutyRow, StaffRow
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.duties import (
    RENEWALS,
    SEASON,
    Duty,
    DutyKind,
    DutyPlace,
    DutyRule,
    Urgency,
    urgency,
)
from facility_app.domain.duty_life import duties_of
from facility_app.domain.life_events import DutyState
from facility_app.services.duty_facts import KindNames, Named, portions, read_frame, read_people
from facility_app.services.rule_data import rules

DutyKey = NewType("DutyKey", str)


class DutyList(Enum):
    """Which list: everything; the July–August season; 要配慮者 without a 資格確認書."""

    ALL = "all"
    SEASON = "season"
    CONSIDERATION = "consideration"


_LISTS = {
    DutyList.ALL: frozenset(DutyKind),
    DutyList.SEASON: SEASON,
    DutyList.CONSIDERATION: frozenset({DutyKind.ASK_CERTIFICATE, DutyKind.FOLLOW_CERTIFICATE}),
}


@dataclass(frozen=True)
class DutyView:
    """One task.  go_by: the last open day in time, where it is done at a counter; item: the names
    of the thing's kind; assigned_to: a member of staff, with `assigned` their name."""

    key: DutyKey
    duty: Duty
    urgency: Urgency
    rule: DutyRule
    name: str
    room: str
    item: KindNames | None = None
    go_by: date | None = None
    assigned_to: StaffId | None = None
    assigned: str = ""

    @property
    def kind(self) -> DutyKind:
        """What is to be done."""
        return self.duty.kind


@dataclass(frozen=True)
class ActedDuty:
    """A task that was settled, for the list of what was done."""

    key: DutyKey
    kind: DutyKind
    state: DutyState
    proof: str
    resident_id: int | None
    on: date
    by: str


def duties(
    reading: Reading,
    today: date | None = None,
    *,
    which: DutyList = DutyList.ALL,
    resident_id: int | None = None,
) -> list[DutyView]:
    """What is to be done on `today` (default: the clock's), the most pressing first, each once.

    Needs VIEW_DESK.  Reads whom the dates concern, never history.
    """
    reading.require(Permission.VIEW_DESK)
    session, day = reading.session, today or local_date(reading.now)
    frame, kinds = read_frame(session)
    wanted = _LISTS[which]
    found = [
        (named, duty)
        for named in read_people(session, day, frame, kinds, resident_id)
        for duty in duties_of(named.person, day, frame)
        if duty.kind in wanted
    ]
    acted = acted_rows(session, (duty.key for _, duty in found))
    staff = _staff_names(session, acted)
    seen: set[str] = set()
    open_days = _OpenDays()
    views = []
    for named, duty in found:
        row = acted.get(duty.key)
        if duty.key in seen or (row is not None and is_settled(row, duty, day)):
            continue
        seen.add(duty.key)
        views.append(_view(named, duty, day, row, staff, kinds.names, open_days))
    return sorted(views, key=_rank)


_URGENCIES = {each: number for number, each in enumerate(Urgency)}


def _rank(view: DutyView) -> tuple[int, date, str, str]:
    return (
        -_URGENCIES[view.urgency],
        view.duty.due or date.max,
        view.name,
        view.key,
    )


def is_settled(row: DutyRow, duty: Duty, today: date) -> bool:
    """A renewal that was reported as done is believed until its day: then the register decides."""
    if row.state is DutyState.PUT_OFF:
        return row.put_off_until is not None and today < row.put_off_until
    if row.state is DutyState.DONE and duty.kind in RENEWALS:
        return duty.due is not None and today <= duty.due
    return row.state in (DutyState.DONE, DutyState.DISMISSED)


def acted_rows(session: Session, keys: Iterable[str]) -> dict[str, DutyRow]:
    """What somebody did about these duties, by key."""
    found: dict[str, DutyRow] = {}
    for portion in portions(keys):
        for row in session.scalars(select(DutyRow).where(DutyRow.key.in_(portion))):
            found[row.key] = row
    return found


def _staff_names(session: Session, acted: dict[str, DutyRow]) -> dict[int, str]:
    ids = {row.assigned_to for row in acted.values() if row.assigned_to is not None}
    if not ids:
        return {}
    rows = session.execute(select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(ids)))
    return {row.id: row.name for row in rows}


class _OpenDays(dict[date, date]):
    """The last open day up to a day, looked up once: thousands of papers end on one day."""

    def __missing__(self, due: date) -> date:
        self[due] = rules().open_days.last_open(due)
        return self[due]


def _view(
    named: Named,
    duty: Duty,
    today: date,
    row: DutyRow | None,
    staff: dict[int, str],
    kinds: dict[str, KindNames],
    open_days: _OpenDays,
) -> DutyView:
    data = rules()
    rule = data.duties.kinds[duty.kind]
    code = next((each.kind for each in named.person.held if each.id == duty.item_id), None)
    counter = rule.place in (DutyPlace.CITY, DutyPlace.INSURER, DutyPlace.WELFARE)
    assigned = row.assigned_to if row is not None else None
    return DutyView(
        key=DutyKey(duty.key),
        duty=duty,
        urgency=urgency(duty, today, data.duties),
        rule=rule,
        name=named.name,
        room=named.room,
        item=kinds.get(code) if code is not None else None,
        go_by=open_days[duty.due] if counter and duty.due is not None else None,
        assigned_to=StaffId(assigned) if assigned is not None else None,
        assigned=staff.get(assigned, "") if assigned is not None else "",
    )


def settled_duties(reading: Reading, resident_id: int) -> list[ActedDuty]:
    """What was done or dismissed for a resident, newest first.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = (
        select(DutyRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == DutyRow.acted_by)
        .where(
            DutyRow.resident_id == resident_id,
            DutyRow.state.in_((DutyState.DONE, DutyState.DISMISSED)),
        )
        .order_by(DutyRow.acted_at.desc())
    )
    return [
        ActedDuty(
            DutyKey(row.key),
            DutyKind(row.kind),
            row.state,
            row.proof,
            row.resident_id,
            local_date(row.acted_at),
            by or "",
        )
        for row, by in reading.session.execute(query)
    ]
