"""What stands in the way of a visit: another one of the resident or of the escort at the same time,
or things that are out already and not due back before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import LoanRow, ResidentRow, VisitRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.periods import Period
from facility_app.domain.visits import (
    ASSUMED_LENGTH,
    Booking,
    Clash,
    ConflictKind,
    all_clashes,
    clashes,
)
from facility_app.errors import Refused

LONGEST = timedelta(days=14)
"""How long before a visit another one may have begun that is still under way (a hospital stay)."""

_V = table_of(VisitRow).c
_L = table_of(LoanRow).c


@dataclass(frozen=True)
class Conflict:
    """One conflict.  `visit_id` or `loan_id` of what stands in the way, times aware UTC; `name` is
    whose visit it is."""

    kind: ConflictKind
    name: str
    starts_at: datetime
    ends_at: datetime
    destination: str
    visit_id: int | None = None
    loan_id: int | None = None


@dataclass(eq=False)
class BookingConflict(Refused):
    """Something stands in the way; `count` such things, the first of them named.

    Who knows better books all the same (`despite_conflicts`).
    """

    key: ClassVar[str] = "visits.conflict"
    kind: ConflictKind
    name: str
    at: datetime
    count: int


@dataclass(frozen=True)
class Wanted:
    """A visit that is to be booked; `visit_id` where it is in the plan already."""

    resident_id: int
    escort_id: int | None
    starts_at: datetime
    returns_at: datetime | None
    destination: str
    visit_id: int = 0
    round_id: int | None = None

    def booking(self) -> Booking:
        """As the rule sees it."""
        return Booking(
            self.visit_id,
            self.resident_id,
            self.escort_id,
            self.starts_at,
            self.returns_at,
            self.destination,
            self.round_id,
        )


def conflicts_with(reading: Reading, wanted: Wanted) -> tuple[Conflict, ...]:
    """What stands in the way, for the form while it is filled in.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_conflicts(reading.session, wanted)


def refuse_conflict(session: Session, wanted: Wanted) -> None:
    """Raise BookingConflict where anything stands in the way."""
    found = read_conflicts(session, wanted)
    if found:
        first = found[0]
        raise BookingConflict(first.kind, first.name, first.starts_at, len(found))


def read_conflicts(session: Session, wanted: Wanted) -> tuple[Conflict, ...]:
    """As `conflicts_with`, for a use case that has asked for its own permission."""
    me = wanted.booking()
    mine = (_V.resident_id == me.resident_id) | (
        (_V.escort_id == me.escort_id) & _V.escort_id.is_not(None)
    )
    names, others = _load(session, _under_way(me.starts_at, me.ends_at).where(mine))
    found = [conflict_of(clash, names) for clash in clashes(me, others)]
    return (*found, *_things_out(session, me))


def conflicts_on(session: Session, first: date, last: date) -> tuple[Clash, ...]:
    """Every pair of visits from `first` through `last` that cannot both happen."""
    period = Period(first, last)
    _, bookings = _load(session, _under_way(period.begins_at, period.ends_before))
    return tuple(all_clashes(bookings))


def read_bookings(session: Session, begins: datetime, ends: datetime) -> Sequence[Booking]:
    """Every visit that may be under way between two moments; for an import."""
    return _load(session, _under_way(begins, ends))[1]


def conflict_of(clash: Clash, names: dict[int, str]) -> Conflict:
    """A clash as the form shows it."""
    other = clash.other
    return Conflict(
        clash.kind,
        names.get(other.resident_id, ""),
        other.starts_at,
        other.ends_at,
        other.place,
        visit_id=other.id,
    )


def _under_way(begins: datetime, ends: datetime) -> Select[Any]:
    """Visits that are under way at some time between two moments; found by when they begin."""
    lasts = or_(_V.returns_at > begins, _V.starts_at > begins - ASSUMED_LENGTH)
    return (
        select(
            _V.id,
            _V.resident_id,
            _V.escort_id,
            _V.starts_at,
            _V.returns_at,
            _V.destination,
            _V.round_id,
            ResidentRow.name,
        )
        .join(ResidentRow, ResidentRow.id == _V.resident_id)
        .where(_V.starts_at >= begins - LONGEST, _V.starts_at < ends, lasts)
        .where(_V.cancelled_at.is_(None))
    )


def _load(session: Session, query: Select[Any]) -> tuple[dict[int, str], list[Booking]]:
    names: dict[int, str] = {}
    bookings = []
    for *fields, name in session.connection().execute(query).all():
        booking = Booking(*fields)
        names[booking.resident_id] = name
        bookings.append(booking)
    return names, bookings


def _things_out(session: Session, me: Booking) -> Iterable[Conflict]:
    """Open loans of the resident that are not due back when the visit begins."""
    query = (
        select(_L.id, _L.out_at, _L.due_at, _L.destination, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == _L.resident_id)
        .outerjoin(VisitRow, VisitRow.loan_id == _L.id)
        .where(_L.closed_at.is_(None), _L.resident_id == me.resident_id)
        .where(_L.due_at > me.starts_at, (_V.id.is_(None)) | (_V.id != me.id))
        .order_by(_L.due_at)
    )
    for loan_id, out_at, due_at, destination, name in session.connection().execute(query):
        kind = ConflictKind.THINGS_OUT
        yield Conflict(kind, name, out_at, due_at, destination, loan_id=loan_id)
