"""Finding entries: by days, person, resident, item and action, newest first, at any length of log.

Days become ranges of numbers by bisection: between two ``clock.set_back`` entries time never falls
as the number rises.  Everything else is answered from indexes over generated columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.engine import Connection

from facility_app.audit.entry import Entry, moment_text, parse
from facility_app.audit.log import stored_size
from facility_app.db.models import AuditEntryRow, ItemRow
from facility_app.domain.clock import JST

COUNT_TO = 10_000
"""Matching entries are counted up to here; beyond it the page says "more than"."""

SET_BACK = "clock.set_back"
_ENTRY = AuditEntryRow.__table__
_E = _ENTRY.c


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed to; None lets everything pass.  Days are JST, both included."""

    first_day: date | None = None
    last_day: date | None = None
    actor: int | None = None
    resident: int | None = None
    item: int | None = None
    action: str | None = None


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; `more`: older ones match as well."""

    entries: tuple[Entry, ...]
    more: bool


@dataclass(frozen=True)
class Count:
    """How many match; with `more` at least one more than `number`."""

    number: int
    more: bool


Span = tuple[int, int]
"""First and last number, both included."""


def page(
    connection: Connection, wanted: LogFilter, before: int | None = None, limit: int = 50
) -> Page:
    """The newest matching entries with a number under `before`; at most `limit`."""
    query = _matching(connection, wanted, select(_E.seq), before)
    if query is None:
        return Page((), False)
    numbers = list(connection.scalars(query.order_by(_E.seq.desc()).limit(limit + 1)))
    texts = select(_E.canonical).where(_E.seq.in_(numbers[:limit])).order_by(_E.seq.desc())
    entries = tuple(parse(text) for text in connection.scalars(texts))
    return Page(entries, len(numbers) > limit)


def count(connection: Connection, wanted: LogFilter, upto: int = COUNT_TO) -> Count:
    """How many entries match, counting no further than `upto`."""
    if wanted == LogFilter(wanted.first_day, wanted.last_day):
        number = sum(last - first + 1 for first, last in day_spans(connection, wanted))
        return Count(min(number, upto), number > upto)
    query = _matching(connection, wanted, select(literal(1)))
    if query is None:
        return Count(0, False)
    some = query.limit(upto + 1).subquery()
    number = connection.scalar(select(func.count()).select_from(some)) or 0
    return Count(min(number, upto), number > upto)


def day_spans(connection: Connection, wanted: LogFilter) -> list[Span]:
    """The numbers of the entries made on the wanted days, as ranges, oldest first."""
    size = stored_size(connection)
    if wanted.first_day is None and wanted.last_day is None:
        return [(1, size)] if size else []
    begin = _midnight(wanted.first_day) if wanted.first_day else ""
    end = _midnight(wanted.last_day + timedelta(days=1)) if wanted.last_day else "~"
    spans = []
    for first, last in _rising(connection, size):
        low = _first_from(connection, begin, first, last)
        high = _first_from(connection, end, low, last) - 1
        if low <= high:
            spans.append((low, high))
    return spans


def _midnight(day: date) -> str:
    return moment_text(datetime.combine(day, time(), JST).astimezone(UTC))


def _rising(connection: Connection, size: int) -> list[Span]:
    """The stretches in which time rises with the number: each begins with a clock set back."""
    query = select(_E.seq).where(_E.action == SET_BACK).order_by(_E.seq)
    starts = [1, *(seq for seq in connection.scalars(query) if seq > 1)]
    ends = [start - 1 for start in starts[1:]] + [size]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]


def _first_from(connection: Connection, at: str, low: int, high: int) -> int:
    """The first number in low..high whose time is `at` or later; high + 1 where none is."""
    while low <= high:
        middle = (low + high) // 2
        found = connection.scalar(select(_E.at).where(_E.seq == middle))
        if found is not None and found >= at:
            high = middle - 1
        else:
            low = middle + 1
    return low


def _matching(
    connection: Connection,
    wanted: LogFilter,
    columns: Select[tuple[int]],
    before: int | None = None,
) -> Select[tuple[int]] | None:
    """The query for the matching entries; None where there can be none."""
    query = columns.select_from(_ENTRY)
    if wanted.first_day is not None or wanted.last_day is not None:
        spans = day_spans(connection, wanted)
        if before is not None:
            spans = [(low, min(high, before - 1)) for low, high in spans if low < before]
        if not spans:
            return None
        query = query.where(_within(spans))
    elif before is not None:
        query = query.where(_E.seq < before)
    resident = wanted.resident
    if wanted.item is not None:
        owner = connection.scalar(select(ItemRow.resident_id).where(ItemRow.id == wanted.item))
        if owner is None or resident not in (None, owner):
            return None
        resident = owner
        query = query.where(_names_item(wanted.item))
    action: ColumnElement[Any] = _E.action
    actor: ColumnElement[Any] = _E.actor
    if resident is not None:  # computing keeps the planner from indexes with far more entries
        query = query.where(_E.resident == resident)
        action, actor = (_E.action.concat(""), _E.actor + 0)
    if wanted.action is not None:
        query = query.where(action == wanted.action)
    return query if wanted.actor is None else query.where(actor == wanted.actor)


def _within(spans: Sequence[Span]) -> ColumnElement[bool]:
    return or_(*(_E.seq.between(first, last) for first, last in spans))


def _names_item(item: int) -> ColumnElement[bool]:
    """Whether the list of item ids, as canonical text (``[3,15]``), has this one."""
    forms = (f"[{item}]", f"[{item},%", f"%,{item},%", f"%,{item}]")
    return or_(*(_E["items"].like(form) for form in forms))
