"""Sections about things that went out: totals, what was late, emergencies, hand-overs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import EmergencyReleaseRow, HandoverRow, LoanRow, table_of
from facility_app.domain.chart import Word
from facility_app.domain.periods import Period
from facility_app.reports.paper import Column, Row, Section, Span, Table, Value
from facility_app.services.reporting.charts import (
    drawn,
    out_chart,
    overdue_chart,
    purpose_label,
    purposes_in_order,
    time_out_chart,
)
from facility_app.services.reporting.register import Register
from facility_app.services.reporting.sign_outs import late_span
from facility_app.services.reporting.tally import PurposeTally, Tally, overdue_in

_L = table_of(LoanRow).c
_R = table_of(EmergencyReleaseRow).c
_H = table_of(HandoverRow).c
_STREAM = {"yield_per": 500}
_COUNTS = (
    Column("out", 20, right=True),
    Column("back", 20, right=True),
    Column("late-count", 20, right=True),
    Column("emergency-count", 20, right=True),
    Column("mean-time", 34, right=True),
)
_BY_PURPOSE = (Column("purpose", 60, bold=True), *_COUNTS)
_BY_WEEKDAY = (
    Column("weekday", 60, bold=True),
    Column("out", 20, right=True),
    Column("late-count", 20, right=True),
)
_OVERDUE = (
    Column("entry", 14, right=True),
    Column("resident", 36, bold=True),
    Column("room"),
    Column("purpose", 30),
    Column("destination"),
    Column("holder", 28),
    Column("due-at", 26),
    Column("back-at", 26),
    Column("late", 14),
)
_EMERGENCIES = (
    Column("entry", 14, right=True),
    Column("out-at", 26),
    Column("resident", 34, bold=True),
    Column("room"),
    Column("holder", 24),
    Column("released-by"),
    Column("reason-at", 26),
    Column("reason-by"),
    Column("reviewed-at", 26),
    Column("reviewed-by"),
    Column("remarks", 24),
)
_HANDOVERS = (
    Column("at", 30),
    Column("entry", 18, right=True),
    Column("resident", 42, bold=True),
    Column("room"),
    Column("handed-from", 28),
    Column("handed-to", 28),
    Column("recorded-by", 28),
)


def totals_section(counted: Tally, period: Period, register: Register) -> Section:
    """How often and how long, by purpose and by weekday, with charts."""
    return Section(
        "totals",
        (
            *drawn(out_chart(counted, period)),
            Table("by-purpose", _BY_PURPOSE, lambda: _by_purpose(counted, register)),
            *drawn(time_out_chart(counted, register.purposes)),
            Table(
                "by-weekday",
                _BY_WEEKDAY,
                lambda: _by_weekday(counted),
                title="reports-table-by-weekday",
            ),
        ),
        fresh=True,
    )


def overdue_section(
    reading: Reading, counted: Tally, period: Period, register: Register
) -> Section:
    """What fell due in the period and came back late, or did not come back yet."""
    table = Table("overdue", _OVERDUE, lambda: _overdue(reading, period, register))
    return Section("overdue", (*drawn(overdue_chart(counted, period)), table))


def emergency_section(reading: Reading, period: Period, register: Register) -> Section:
    """Emergency releases, with their reasons and reviews.

    Why it was is not told: it says something about a person's health, and stands in the record.
    """
    table = Table("emergencies", _EMERGENCIES, lambda: _emergencies(reading, period, register))
    return Section("emergencies", (table,))


def handover_section(reading: Reading, period: Period, register: Register) -> Section:
    """What was passed on while it was out."""
    table = Table("handovers", _HANDOVERS, lambda: _handovers(reading, period, register))
    return Section("handovers", (table,))


def _by_purpose(counted: Tally, register: Register) -> Iterator[Row]:
    if not counted.by_purpose:
        return
    for code in purposes_in_order(counted, register.purposes):
        yield (purpose_label(code, register.purposes), *_counts(counted.by_purpose[code]))
    yield (Word("reports-all-together"), *_counts(counted.total))


def _counts(each: PurposeTally) -> Row:
    mean = each.mean_minutes
    return (each.out, each.back, each.late, each.emergency, None if mean is None else Span(mean))


def _by_weekday(counted: Tally) -> Iterator[Row]:
    if counted.by_weekday:
        for number in range(1, 8):
            late = counted.late_by_weekday[number]
            yield (Word(f"date-weekday-{number}"), counted.by_weekday[number], late)


def _overdue(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(
            _L.out_seq,
            _L.resident_id,
            _L.purpose_code,
            _L.destination,
            _L.holder_id,
            _L.due_at,
            _L.closed_at,
        )
        .where(*overdue_in(period, reading.now))
        .order_by(_L.due_at, _L.id)
    )
    for loan in reading.connection.execute(query, execution_options=_STREAM):
        yield (
            loan.out_seq,
            *register.resident(loan.resident_id),
            purpose_label(loan.purpose_code, register.purposes),
            loan.destination,
            register.person(loan.holder_id),
            loan.due_at,
            loan.closed_at or Word("reports-remark-out"),
            late_span(loan.due_at, loan.closed_at, reading.now),
        )


def _emergencies(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(
            _L.out_seq,
            _L.out_at,
            _L.resident_id,
            _L.holder_id,
            _L.out_by,
            _L.agreement_missing,
            _R.reason_due_at,
            _R.reason_at,
            _R.reason_by,
            _R.reviewed_at,
            _R.reviewed_by,
        )
        .join(table_of(LoanRow), _L.id == _R.loan_id)
        .where(_L.out_at >= period.begins_at, _L.out_at < period.ends_before)
        .order_by(_L.out_at, _L.id)
    )
    for row in reading.connection.execute(query, execution_options=_STREAM):
        yield (
            row.out_seq,
            row.out_at,
            *register.resident(row.resident_id),
            register.person(row.holder_id),
            register.person(row.out_by),
            row.reason_at,
            register.person(row.reason_by),
            row.reviewed_at,
            register.person(row.reviewed_by),
            _lacks(row, reading),
        )


def _lacks(row: Any, reading: Reading) -> tuple[Value, ...]:
    """What was or still is wrong with an emergency release."""
    found: list[Value] = []
    if row.agreement_missing:
        found.append(Word("reports-remark-no-agreement"))
    if row.reason_at is None:
        found.append(Word("reports-remark-no-reason"))
    if (row.reason_at or reading.now) > row.reason_due_at:
        found.append(Word("reports-remark-reason-late"))
    if row.reviewed_at is None:
        found.append(Word("reports-remark-not-reviewed"))
    return tuple(found)


def _handovers(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(_H.at, _L.out_seq, _L.resident_id, _H.from_id, _H.to_id, _H.by)
        .join(table_of(LoanRow), _L.id == _H.loan_id)
        .where(_H.at >= period.begins_at, _H.at < period.ends_before)
        .order_by(_H.at, _H.id)
    )
    for row in reading.connection.execute(query, execution_options=_STREAM):
        yield (
            row.at,
            row.out_seq,
            *register.resident(row.resident_id),
            register.person(row.from_id),
            register.person(row.to_id),
            register.person(row.by),
        )
