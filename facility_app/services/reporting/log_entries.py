"""Entries of the record that a report tells about, read as a stream from the days of a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.engine import Connection

from facility_app.audit.entry import Entry, parse, unseal
from facility_app.audit.query import LogFilter, day_spans
from facility_app.db.models import AuditEntryRow, table_of
from facility_app.domain.periods import Period
from facility_app.i18n import Words
from facility_app.services.record_words import DetailWords

_E = table_of(AuditEntryRow).c
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def entries(connection: Connection, period: Period, *actions: str) -> Iterator[Entry]:
    """The entries of these actions that were made in the period, oldest first.

    An action that ends with a dot stands for all that begin so.
    """
    where = _made_in(connection, period)
    if where is None:
        return
    query = select(_E.canonical).where(where, _done(actions)).order_by(_E.seq)
    for canonical in connection.scalars(query, execution_options={"yield_per": 500}):
        yield parse(canonical)


def count_entries(connection: Connection, period: Period, *actions: str) -> int:
    """How many there are."""
    where = _made_in(connection, period)
    if where is None:
        return 0
    query = select(func.count()).select_from(table_of(AuditEntryRow))
    return connection.scalar(query.where(where, _done(actions))) or 0


def entries_where(connection: Connection, period: Period | None) -> ColumnElement[bool] | None:
    """The condition for entries of a period, of all time for None; None where there can be none."""
    return _E.seq >= 1 if period is None else _made_in(connection, period)


def _made_in(connection: Connection, period: Period) -> ColumnElement[bool] | None:
    spans = day_spans(connection, LogFilter(period.first, period.last))
    return or_(*(_E.seq.between(first, last) for first, last in spans)) if spans else None


def _done(actions: tuple[str, ...]) -> Any:
    whole = [each for each in actions if not each.endswith(".")]
    begun = [_E.action.startswith(each) for each in actions if each.endswith(".")]
    return or_(_E.action.in_(whole), *begun)


def told_details(told: DetailWords, words: Words, entry: Entry, key: bytes | None) -> str:
    """What else an entry says, a line for each detail; `key`: of its resident, None where it was
    destroyed."""
    sealed: Mapping[str, Any] = {}
    erased = ""
    if entry.sealed:
        try:
            sealed = unseal(entry, key) if key else {}
        except ValueError:  # sealed under an older key that was destroyed
            sealed = {}
        erased = "" if sealed else words("log-erased")
    said = {**entry.plain, **sealed}
    details = {key: value for key, value in said.items() if value not in _NOTHING}
    lines = [f"{label} {value}" for label, value in told.details(details)]
    lines += [f"{label} {before} → {after}" for label, before, after in told.changed(details)]
    return "\n".join(line for line in (*lines, erased) if line)
