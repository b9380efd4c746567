"""Sections about how the record was kept: refusals, PIN acts, card checks, rights, reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import or_, select

from facility_app.audit.entry import Entry, moment
from facility_app.audit.work import Reading
from facility_app.cards.check import Code, Level
from facility_app.db.models import CardCheckRow, GrantRow, StaffRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.chart import Word
from facility_app.domain.periods import Period
from facility_app.i18n import term_id
from facility_app.reports.paper import Column, Named, Note, Row, Section, Table, Text, Value
from facility_app.services.reporting.charts import FindingCounts, drawn, findings_chart
from facility_app.services.reporting.log_entries import entries
from facility_app.services.reporting.register import Register
from facility_app.services.review_report import Unreviewed

REFUSALS = ("act.refused", "unlock.refused")
PIN_ACTS = ("vault.",)
_C = table_of(CardCheckRow).c
_REFUSALS = (
    Column("at", 32),
    Column("entry", 18, right=True),
    Column("person", 36, bold=True),
    Column("act", 38),
    Column("why", 50),
)
_PIN_ACTS = (
    Column("person", 60, bold=True),
    Column("act", 80),
    Column("count", 34, right=True),
)
_FINDINGS = (
    Column("finding", 100, bold=True),
    Column("level", 40),
    Column("count", 34, right=True),
)
_CHECKS = (
    Column("at", 28),
    Column("entry", 14, right=True),
    Column("resident", 36, bold=True),
    Column("room"),
    Column("visit-on", 22),
    Column("findings", 50),
    Column("checked-by", 24),
)
_GRANTS = (
    Column("person", 36, bold=True),
    Column("staff-number"),
    Column("role", 34),
    Column("shift", 26),
    Column("from", 22),
    Column("until", 22),
    Column("deputy-for"),
    Column("granted-by", 34),
    Column("revoked-at"),
)
_REVIEWS = (
    Column("why", 60, bold=True),
    Column("to-review", 28, right=True),
    Column("reviewed", 28, right=True),
    Column("not-in-order", 30, right=True),
    Column("unreviewed", 28, right=True),
)
_WAITING = (
    Column("entry", 20, right=True),
    Column("at", 40),
    Column("why", 114, bold=True),
)


def refusal_section(reading: Reading, period: Period, register: Register) -> Section:
    """What somebody tried and was refused, wrong passwords among it."""
    table = Table("refusals", _REFUSALS, lambda: _refusals(reading, period, register))
    return Section("refusals", (table,))


def pin_section(reading: Reading, period: Period, register: Register) -> Section:
    """Acts with PINs (deposit, present, reveal) per person; what the record has of them."""
    table = Table("pin-acts", _PIN_ACTS, lambda: _pin_acts(reading, period, register))
    return Section("pin-acts", (table,))


def check_section(
    reading: Reading, period: Period, register: Register, found: FindingCounts
) -> Section:
    """Card checks: findings counted, and every check that asks for something to be done."""
    rows = [(Word(term_id(code)), level, count) for (code, level), count in found.items()]
    checks = Table(
        "checks",
        _CHECKS,
        lambda: _checks(reading, period, register),
        "reports-none-to-do",
        "reports-table-checks",
    )
    return Section(
        "card-checks",
        (*drawn(findings_chart(found)), Table("findings", _FINDINGS, lambda: rows), checks),
    )


def rights_section(reading: Reading, period: Period, register: Register) -> Section:
    """Who had which rights when."""
    table = Table("rights", _GRANTS, lambda: _grants(reading, period, register))
    return Section("rights", (table,))


def review_section(found: Unreviewed) -> Section:
    """What was reviewed, and plainly what was not."""
    counts = [
        (each.why, each.due, each.reviewed, each.not_in_order, each.unreviewed)
        for each in found.counts
    ]
    waiting = Table(
        "waiting",
        _WAITING,
        lambda: found.entries,
        "reports-none-waiting",
        "reports-table-waiting",
    )
    upto = Text("reports-note-review", {"seen": found.seen, "drawn": found.drawn})
    return Section("reviews", (Table("reviews", _REVIEWS, lambda: counts), Note(upto), waiting))


def grants_between(reading: Reading, period: Period) -> Iterator[tuple[GrantRow, str]]:
    """The grants that were in force on some day of the period, with the person's number."""
    query = (
        select(GrantRow, StaffRow.number)
        .join(StaffRow, StaffRow.id == GrantRow.staff_id)
        .where(GrantRow.valid_from <= period.last)
        .where(or_(GrantRow.valid_until.is_(None), GrantRow.valid_until >= period.first))
        .where(or_(GrantRow.revoked_at.is_(None), GrantRow.revoked_at >= period.begins_at))
        .order_by(StaffRow.number, GrantRow.id)
    )
    return ((grant, number) for grant, number in reading.session.execute(query))


def _grants(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    for grant, number in grants_between(reading, period):
        yield (
            register.person(grant.staff_id),
            number,
            grant.role,
            grant.shift,
            grant.valid_from,
            grant.valid_until,
            register.person(grant.deputy_for),
            register.person(grant.granted_by),
            grant.revoked_at,
        )


def _refusals(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    for entry in entries(reading.connection, period, *REFUSALS):
        yield (
            moment(entry.at),
            entry.seq,
            register.person(_who(entry)),
            Named("action", entry.action),
            _why(entry),
        )


def _who(entry: Entry) -> int | None:
    """Who tried; for a wrong password the person whose name was chosen."""
    if entry.actor is not None:
        return entry.actor
    kind, _, number = entry.subject.partition(":")
    return int(number) if kind == "staff" and number.isdigit() else None


def _why(entry: Entry) -> Value:
    """Which right was lacking, or which rule said no."""
    right = entry.plain.get("permission")
    if right in {each.value for each in Permission}:
        return Permission(right)
    if entry.action == "unlock.refused":
        return Word("reports-why-waiting" if entry.plain.get("waiting") else "reports-why-password")
    return Named("reports-refusal", str(entry.plain.get("refusal", "")))


def _pin_acts(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    counted: Counter[tuple[str, str]] = Counter()
    for entry in entries(reading.connection, period, *PIN_ACTS):
        if entry.plain.get("phase") != "outcome":
            counted[register.person(entry.actor), entry.action] += 1
    for (person, action), count in sorted(counted.items()):
        yield (person, Named("action", action), count)


def _checks(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(_C.at, _C.seq, _C.resident_id, _C.visit_on, _C.findings, _C.by)
        .where(_C.at >= period.begins_at, _C.at < period.ends_before)
        .where(_C.level.in_([Level.WARN, Level.BLOCK]))
        .order_by(_C.at, _C.id)
    )
    for row in reading.connection.execute(query, execution_options={"yield_per": 500}):
        grave = [each for each in row.findings if Level(each["level"]).weight >= Level.WARN.weight]
        yield (
            row.at,
            row.seq,
            *register.resident(row.resident_id),
            row.visit_on,
            tuple(Code(each["code"]) for each in grave),
            register.person(row.by),
        )
