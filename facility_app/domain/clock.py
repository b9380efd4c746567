"""Time: always aware UTC inside, Japan Standard Time only at the edges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Gives the present moment as aware UTC."""

JST = timezone(timedelta(hours=9), "JST")
"""Japan has had no daylight saving time since 1951, so a fixed offset needs no time-zone data."""


def utc_now() -> datetime:
    """The present moment, aware UTC, from the machine's wall clock."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """The calendar day in Japan at `at` (aware).

    The day that dates of law (期限) are compared with.
    """
    return at.astimezone(JST).date()


def local_time(at: datetime) -> datetime:
    """`at` (aware) as Japan Standard Time, for the screen and for paper."""
    return at.astimezone(JST)
