"""The rule file about reporting a leak (漏えい等報告), and the one about open days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from facility_app.domain.leak import AboutThings, Ask, LeakClass, LeakClock, LeakItem, LeakRules
from facility_app.domain.working_days import (
    Closed,
    Equinox,
    FixedHoliday,
    Holidays,
    MondayHoliday,
    OpenDays,
)
from facility_app.rules.incidents import named, said
from facility_app.rules.table import Table, require_unique_codes

_LONGEST_DAYS = 400


def leak_rules(root: Table, phones: Collection[str], things: Collection[str]) -> LeakRules:
    """``leak.toml``; `phones`, `things`: the codes that it may name."""
    classes, items = root.tables("class"), root.tables("item")
    for rows in (classes, items):
        require_unique_codes(rows)
    return LeakRules(
        clock=_clock(root.table("clock")),
        classes=tuple(
            LeakClass(
                row.get("code", str),
                named(row),
                said(row.table("help", optional=True), needed=False),
                row.get("wrongful", bool, False),
            )
            for row in classes
        ),
        items=tuple(LeakItem(row.get("code", str), named(row)) for row in items),
        ask=tuple(_ask(row, phones) for row in root.tables("ask")),
        data=tuple(_about(row, things) for row in root.tables("data")),
        protections=tuple(_about(row, things) for row in root.tables("protection")),
    )


def _clock(row: Table) -> LeakClock:
    first = row.count("first_safe_days", low=1, high=_LONGEST_DAYS)
    last = row.count("first_last_days", low=first, high=_LONGEST_DAYS)
    final = row.count("final_days", low=last, high=_LONGEST_DAYS)
    return LeakClock(
        knowing_is_day_one=row.get("knowing_is_day_one", bool),
        first_safe_days=first,
        first_last_days=last,
        final_days=final,
        final_days_wrongful=row.count("final_days_wrongful", low=final, high=_LONGEST_DAYS),
        final_moves=row.get("final_moves", bool),
    )


def _ask(row: Table, phones: Collection[str]) -> Ask:
    contact = row.get("contact", str)
    row.require(contact in phones, "contact")
    return Ask(contact, named(row))


def _about(row: Table, things: Collection[str]) -> AboutThings:
    about = frozenset(row.each("things", str))
    row.require(bool(about) and about <= set(things), "things")
    return AboutThings(about, named(row))


def open_days(root: Table) -> OpenDays:
    """``holidays.toml``."""
    closed = root.table("closed")
    begins, ends = closed.table("from"), closed.table("until")
    return OpenDays(
        Holidays(
            fixed=tuple(_fixed(row) for row in root.tables("fixed")),
            mondays=tuple(
                MondayHoliday(row.count("month", low=1, high=12), row.count("nth", low=1, high=4))
                for row in root.tables("monday")
            ),
            equinoxes=tuple(_equinox(row) for row in root.tables("equinox")),
            added=frozenset(_days(root, "added")),
            removed=frozenset(_days(root, "removed")),
        ),
        Closed(*_month_day(begins), *_month_day(ends)),
    )


def _fixed(row: Table) -> FixedHoliday:
    first = row.count("from", low=1, high=9999, default=1)
    last = row.count("until", low=first, high=9999, default=9999)
    return FixedHoliday(*_month_day(row), first, last)


def _month_day(row: Table) -> tuple[int, int]:
    """A month and a day that every year has."""
    month, day = row.count("month", low=1, high=12), row.count("day", low=1, high=31)
    row.require(day <= (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31), "day")
    return month, day


def _equinox(row: Table) -> Equinox:
    base = row.get("base", float)
    row.require(18 <= base <= 25, "base")
    return Equinox(row.count("month", low=1, high=12), base)


def _days(root: Table, key: str) -> list[date]:
    found = root.each(key, lambda each: each)
    root.require(all(type(each) is date for each in found), key)
    return found
