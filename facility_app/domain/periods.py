"""Stretches of days that a report, a review or a stocktake is about: months and quarters (JST)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from facility_app.domain.clock import JST
from facility_app.domain.dates import add_months, end_of_month


@dataclass(frozen=True)
class Period:
    """The days from `first` through `last`, both included, as the calendar in Japan has them.

    Raises ValueError where they are in the wrong order.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after the day it begins")

    @property
    def begins_at(self) -> datetime:
        """The first moment, aware UTC."""
        return _midnight(self.first)

    @property
    def ends_before(self) -> datetime:
        """The first moment that is no longer part of it, aware UTC."""
        return _midnight(self.last + timedelta(days=1))

    def months(self) -> Iterator[date]:
        """The first day of each calendar month that it touches, oldest first."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = add_months(month, 1)


def month_of(day: date) -> Period:
    """The calendar month of `day`."""
    return Period(day.replace(day=1), end_of_month(day))


def quarter_of(day: date) -> Period:
    """The quarter of `day`.

    Calendar quarters are also those of the Japanese fiscal year, which begins on 1 April.
    """
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, end_of_month(add_months(first, 2)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JST).astimezone(UTC)
