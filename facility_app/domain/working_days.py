"""開庁日: days on which counters are open, with the national holidays reckoned from their rules.

The rules are data (``holidays.toml``), so that a new holiday needs no new program.  国民の祝日に
関する法律 2条 and 3条 (振替休日, 国民の休日), 行政機関の休日に関する法律 (12/29 to 1/3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_EQUINOX_YEAR = 1980
_TROPICAL = 0.242194


@dataclass(frozen=True)
class FixedHoliday:
    """A holiday on a fixed day, from `first_year` through `last_year`."""

    month: int
    day: int
    first_year: int = 1
    last_year: int = 9999


@dataclass(frozen=True)
class MondayHoliday:
    """A holiday on the `nth` Monday of a month (ハッピーマンデー)."""

    month: int
    nth: int


@dataclass(frozen=True)
class Equinox:
    """春分の日 or 秋分の日, by the formula that holds from 1980 through 2099."""

    month: int
    base: float

    def in_year(self, year: int) -> date:
        """The day in `year`; the official one is announced in February of the year before."""
        years = year - _EQUINOX_YEAR
        return date(year, self.month, int(self.base + _TROPICAL * years) - years // 4)


@dataclass(frozen=True)
class Holidays:
    """国民の祝日.  `added`, `removed`: days of single years that the rules do not give."""

    fixed: tuple[FixedHoliday, ...] = ()
    mondays: tuple[MondayHoliday, ...] = ()
    equinoxes: tuple[Equinox, ...] = ()
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()


@lru_cache(maxsize=64)
def holidays_in(rules: Holidays, year: int) -> frozenset[date]:
    """All holidays of a year: the named ones, their substitutes, and days between two of them."""
    named = {
        date(year, each.month, each.day)
        for each in rules.fixed
        if each.first_year <= year <= each.last_year
    }
    named |= {_nth_monday(year, each.month, each.nth) for each in rules.mondays}
    named |= {each.in_year(year) for each in rules.equinoxes}
    named |= {day for day in rules.added if day.year == year}
    named -= rules.removed
    return frozenset(named | _substitutes(named) | _between(named))


def _nth_monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))


def _substitutes(named: set[date]) -> set[date]:
    """振替休日: the next day that is no holiday itself (3条2項)."""
    found = set()
    for day in named:
        if day.weekday() == _SUNDAY:
            while day in named:
                day += _DAY
            found.add(day)
    return found


def _between(named: Iterable[date]) -> set[date]:
    """国民の休日: a day whose neighbours are both holidays (3条3項)."""
    days = set(named)
    return {day + _DAY for day in days if day + 2 * _DAY in days} - days


@dataclass(frozen=True)
class Closed:
    """年末年始: from a month and day through another, over the turn of the year."""

    from_month: int
    from_day: int
    until_month: int
    until_day: int

    def covers(self, day: date) -> bool:
        """Whether counters are closed on this account."""
        now = (day.month, day.day)
        begins, ends = (self.from_month, self.from_day), (self.until_month, self.until_day)
        if begins <= ends:
            return begins <= now <= ends
        return now >= begins or now <= ends


@dataclass(frozen=True)
class OpenDays:
    """Which days are open; everything else is closed."""

    holidays: Holidays
    closed: Closed

    def is_open(self, day: date) -> bool:
        """Whether counters are open: no weekend, no holiday, not 年末年始."""
        return (
            day.weekday() < _SATURDAY
            and not self.closed.covers(day)
            and day not in holidays_in(self.holidays, day.year)
        )

    def next_open(self, day: date) -> date:
        """`day` itself, or the first open day after it."""
        while not self.is_open(day):
            day += _DAY
        return day

    def last_open(self, day: date) -> date:
        """`day` itself, or the last open day before it."""
        while not self.is_open(day):
            day -= _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th open day after `day`; with 0 the first one from `day` on."""
        day = self.next_open(day) if count == 0 else day
        for _ in range(count):
            day = self.next_open(day + _DAY)
        return day
