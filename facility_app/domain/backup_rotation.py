"""Which backups stay: all of 2 days, 12 daily, 10 weekly, 9 monthly (issue #2, as Anki thins)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta

from facility_app.domain.clock import local_date

ALL_DAYS = 2
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def keep(backups: Iterable[datetime], now: datetime) -> set[datetime]:
    """The backups (aware moments) to keep at `now`; the others may be deleted.

    The newest backup, and one dated after `now` (the clock was set back), always stay.  Each day,
    ISO week or month counts in Japan and keeps its newest; empty ones are not counted.
    """
    newest_first = sorted(set(backups), reverse=True)
    recent = {each for each in newest_first if each > now - timedelta(days=ALL_DAYS)}
    kept, rest = (
        recent | set(newest_first[:1]),
        [each for each in newest_first if each not in recent],
    )
    for limit, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        chosen, rest = _newest_of_each(rest, limit, period)
        kept |= chosen
    return kept


def _newest_of_each(
    newest_first: list[datetime], limit: int, period: Callable[[datetime], Hashable]
) -> tuple[set[datetime], list[datetime]]:
    """The newest backup of each of the first `limit` periods, and the backups before them all."""
    chosen: dict[Hashable, datetime] = {}
    for index, backup in enumerate(newest_first):
        name = period(backup)
        if name not in chosen and len(chosen) == limit:
            return set(chosen.values()), newest_first[index:]
        chosen.setdefault(name, backup)
    return set(chosen.values()), []


def _day(at: datetime) -> Hashable:
    return local_date(at)


def _week(at: datetime) -> Hashable:
    return local_date(at).isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    day = local_date(at)
    return day.year, day.month
