"""Counting the sign-outs of a period in one pass: by purpose, weekday and stretch of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from facility_app.audit.work import Reading
from facility_app.db.models import LoanRow, table_of
from facility_app.domain.chart import Label, Month, Year
from facility_app.domain.clock import JST, local_date
from facility_app.domain.periods import Period

MOST_DAYS = 62
"""A longer period is charted by months."""

MOST_MONTHS = 60
"""A period of more months is charted by years."""

_L = table_of(LoanRow).c
_MINUTE = timedelta(minutes=1)


@dataclass
class PurposeTally:
    """Sign-outs for one purpose; `minutes`: time out of those that are back."""

    out: int = 0
    back: int = 0
    late: int = 0
    emergency: int = 0
    minutes: int = 0

    @property
    def mean_minutes(self) -> int | None:
        """How long one was out on average; None before one is back."""
        return self.minutes // self.back if self.back else None


@dataclass
class Tally:
    """The counts of a period.

    by_purpose: by code, None for emergencies, which have none; by_weekday: 1 Monday to 7; out, late
    by stretch (`stretch_of`); late counts what fell due in the period and came back after it, or is
    still out.
    """

    by_purpose: dict[str | None, PurposeTally] = field(default_factory=dict)
    by_weekday: Counter[int] = field(default_factory=Counter)
    late_by_weekday: Counter[int] = field(default_factory=Counter)
    out: Counter[date] = field(default_factory=Counter)
    late: Counter[date] = field(default_factory=Counter)
    overdue: int = 0
    still_out: int = 0

    @property
    def total(self) -> PurposeTally:
        """All purposes together."""
        parts = self.by_purpose.values()
        return PurposeTally(
            out=sum(each.out for each in parts),
            back=sum(each.back for each in parts),
            late=sum(each.late for each in parts),
            emergency=sum(each.emergency for each in parts),
            minutes=sum(each.minutes for each in parts),
        )


def so_far(period: Period, today: date) -> Period:
    """The days of a period that have begun; its first where none has."""
    return Period(period.first, max(period.first, min(period.last, today)))


def stretches(period: Period) -> tuple[Label, ...]:
    """The stretches that a period is charted by: days, months or years."""
    if (period.last - period.first).days < MOST_DAYS:
        count = (period.last - period.first).days + 1
        return tuple(period.first + timedelta(days=number) for number in range(count))
    months = list(period.months())
    if len(months) <= MOST_MONTHS:
        return tuple(Month(first) for first in months)
    return tuple(Year(number) for number in range(period.first.year, period.last.year + 1))


def first_day(label: Label) -> date:
    """The day by which a stretch is counted.  Raises TypeError for a name."""
    match label:
        case Month(first):
            return first
        case Year(number):
            return date(number, 1, 1)
        case date():
            return label
    raise TypeError(type(label).__name__)


def tally(reading: Reading, period: Period) -> Tally:
    """Count the sign-outs of a period.  The caller has asked for its permission."""
    found = Tally()
    sort = type(stretches(period)[0])
    columns = (_L.purpose_code, _L.out_at, _L.due_at, _L.closed_at, _L.emergency)
    began = (_L.out_at >= period.begins_at, _L.out_at < period.ends_before)
    for loan in _streamed(reading.connection, select(*columns).where(*began)):
        _count(found, loan, reading.now, sort)
    for due_at, closed_at in _streamed(
        reading.connection, select(_L.due_at, _L.closed_at).where(*overdue_in(period, reading.now))
    ):
        found.overdue += 1
        found.still_out += closed_at is None
        found.late[_start(local_date(due_at), sort)] += 1
    return found


def overdue_in(period: Period, now: datetime) -> tuple[Any, ...]:
    """The condition for loans that fell due in the period and came back late, or did not yet."""
    late = or_(_L.closed_at > _L.due_at, and_(_L.closed_at.is_(None), _L.due_at < now))
    return _L.due_at >= period.begins_at, _L.due_at < period.ends_before, late


def count_overdue(connection: Connection, period: Period, now: datetime) -> int:
    """How many there are."""
    query = select(func.count()).select_from(table_of(LoanRow)).where(*overdue_in(period, now))
    return connection.scalar(query) or 0


def _streamed(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execute(query, execution_options={"yield_per": 1000})


def _count(found: Tally, loan: Any, now: datetime, sort: type) -> None:
    code, out_at, due_at, closed_at, emergency = loan
    counted = found.by_purpose.get(code)
    if counted is None:
        counted = found.by_purpose[code] = PurposeTally()
    here = out_at.astimezone(JST)
    late = due_at < (closed_at or now)
    counted.out += 1
    counted.late += late
    counted.emergency += emergency
    if closed_at is not None:
        counted.back += 1
        counted.minutes += (closed_at - out_at) // _MINUTE
    found.by_weekday[here.isoweekday()] += 1
    found.late_by_weekday[here.isoweekday()] += late
    found.out[_start(here.date(), sort)] += 1


def _start(day: date, sort: type) -> date:
    if sort is Month:
        return day.replace(day=1)
    return date(day.year, 1, 1) if sort is Year else day
