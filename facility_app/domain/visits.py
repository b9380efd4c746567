"""受診予定: how they are got there, series of visits, and what cannot be booked together."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from facility_app.domain.dates import add_months, end_of_month

ASSUMED_LENGTH = timedelta(hours=2)
"""How long a visit takes where nobody said when they are back; for conflicts only."""

LAST = -1
"""The last such weekday of a month."""


class Transport(Enum):
    """How they are got there."""

    UNKNOWN = "unknown"
    FACILITY_CAR = "facility-car"
    CARE_TAXI = "care-taxi"
    CLINIC_BUS = "clinic-bus"
    FAMILY = "family"
    ON_FOOT = "on-foot"
    OTHER = "other"


class Repeat(Enum):
    """WEEKLY: every n weeks on a weekday.  MONTHLY_WEEKDAY: 第n曜日.  MONTHLY_DAY: on a day."""

    WEEKLY = "weekly"
    MONTHLY_WEEKDAY = "monthly-weekday"
    MONTHLY_DAY = "monthly-day"


@dataclass(frozen=True)
class Recurrence:
    """When a series falls due, from `first` through `until` (None = no end); both included.

    `every`: weeks or months, from 1.  `weekday`: 0 = Monday; `nth`: 1-5, or LAST: the 5th comes in
    the months that have one, and others are passed over.  `day`: 1-31; a shorter month's last day
    stands in for a day that it lacks, since medicine runs out in February too.

    Raises ValueError where a number lies outside its range.
    """

    repeat: Repeat
    first: date
    until: date | None = None
    every: int = 1
    weekday: int = 0
    nth: int = 1
    day: int = 1

    def __post_init__(self) -> None:
        if not (
            self.every >= 1
            and 0 <= self.weekday <= 6
            and self.nth in (1, 2, 3, 4, 5, LAST)
            and 1 <= self.day <= 31
        ):
            raise ValueError("a number of the recurrence lies outside its range")

    def days(self, begin: date, end: date) -> list[date]:
        """The days of the series from `begin` through `end`, in order."""
        begin = max(begin, self.first)
        end = end if self.until is None else min(end, self.until)
        if begin > end:
            return []
        found = self._weeks(begin, end) if self.repeat is Repeat.WEEKLY else self._months(end)
        return [day for day in found if begin <= day <= end]

    def _weeks(self, begin: date, end: date) -> Iterator[date]:
        start = self.first + timedelta(days=(self.weekday - self.first.weekday()) % 7)
        step = timedelta(weeks=self.every)
        day = start + max(0, (begin - start) // step) * step
        while day <= end:
            yield day
            day += step

    def _months(self, end: date) -> Iterator[date]:
        month = self.first.replace(day=1)
        while month <= end:
            day = self._in_month(month)
            if day is not None:
                yield day
            month = add_months(month, self.every)

    def _in_month(self, month: date) -> date | None:
        last = end_of_month(month)
        if self.repeat is Repeat.MONTHLY_DAY:
            return month.replace(day=min(self.day, last.day))
        if self.nth == LAST:
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        day = 1 + (self.weekday - month.weekday()) % 7 + 7 * (self.nth - 1)
        return month.replace(day=day) if day <= last.day else None


def nth_weekday(day: date) -> tuple[int, int]:
    """(n, weekday) of a day: the 20th of November 2026 is the 3rd Friday."""
    return (day.day - 1) // 7 + 1, day.weekday()


def is_last_weekday(day: date) -> bool:
    """Whether no other such weekday follows in its month."""
    return day.day + 7 > calendar.monthrange(day.year, day.month)[1]


class ConflictKind(Enum):
    """What stands in the way of a booking."""

    RESIDENT = "resident"
    ESCORT = "escort"
    THINGS_OUT = "things-out"


@dataclass(frozen=True)
class Booking:
    """A visit as conflicts see it.  Times aware; `id` 0 while it is not kept yet.

    `place`: two residents taken to one place by one escort are one trip; `round_id` likewise.
    """

    id: int
    resident_id: int
    escort_id: int | None
    starts_at: datetime
    returns_at: datetime | None
    place: str
    round_id: int | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is taken to be over."""
        return self.returns_at or self.starts_at + ASSUMED_LENGTH


@dataclass(frozen=True)
class Clash:
    """Two bookings that cannot both happen."""

    kind: ConflictKind
    one: Booking
    other: Booking


def overlap(one: Booking, other: Booking) -> bool:
    """Whether both are under way at the same time; one may begin at the moment another ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clash(one: Booking, other: Booking) -> ConflictKind | None:
    """Why two different bookings exclude each other; the same in both directions."""
    if one.id == other.id or not overlap(one, other):
        return None
    if one.resident_id == other.resident_id:
        return ConflictKind.RESIDENT
    if one.escort_id is None or one.escort_id != other.escort_id:
        return None
    if one.round_id is not None and one.round_id == other.round_id:
        return None
    return None if one.place == other.place else ConflictKind.ESCORT


def clashes(one: Booking, others: Iterable[Booking]) -> list[Clash]:
    """What clashes with `one`, earliest first."""
    found = [Clash(kind, one, other) for other in others if (kind := clash(one, other))]
    return sorted(found, key=lambda each: (each.other.starts_at, each.other.id))


def all_clashes(bookings: Sequence[Booking]) -> list[Clash]:
    """Every pair that clashes, each once, earliest first.

    Only those of one resident or of one escort are held against each other, so a full day is cheap.
    """
    groups: dict[tuple[str, int], list[Booking]] = {}
    for booking in sorted(bookings, key=lambda each: (each.starts_at, each.id)):
        groups.setdefault(("resident", booking.resident_id), []).append(booking)
        if booking.escort_id is not None:
            groups.setdefault(("escort", booking.escort_id), []).append(booking)
    found = {
        (one.id, other.id): Clash(kind, one, other)
        for group in groups.values()
        for number, one in enumerate(group)
        for other in group[number + 1 :]
        if (kind := clash(one, other))
    }
    return sorted(found.values(), key=lambda each: (each.one.starts_at, each.other.starts_at))
