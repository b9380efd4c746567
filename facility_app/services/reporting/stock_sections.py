"""Sections about counting and keeping: stocktakes, expiry, agreements, backups, the record."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from facility_app.audit.entry import Entry, moment
from facility_app.audit.work import Reading
from facility_app.db.models import BackupRow, table_of
from facility_app.domain.chart import Month, Word
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.domain.stocktake import Figures
from facility_app.reports.paper import (
    Column,
    Facts,
    Named,
    Note,
    Row,
    Section,
    Table,
    Text,
    Value,
)
from facility_app.services.agreement_standing import uncovered_residents
from facility_app.services.reporting.expiring import Expiring, expiring_table
from facility_app.services.reporting.log_entries import count_entries, entries
from facility_app.services.reporting.register import Register
from facility_app.services.stocktake_report import StocktakeReport, StocktakeSummary

SOON_DAYS = 90
DRILLS = ("backup.verified", "store.restored")
VERIFIED = "log.verified"
_B = table_of(BackupRow).c
_STOCKTAKES = (
    Column("month", 26, bold=True),
    Column("cabinet", 26),
    Column("stocktake-state", 28),
    Column("counters", 38),
    Column("closed-at", 32),
    Column("closed-by"),
    Column("differences-count", 24, right=True),
)
_DIFFERENCES = (
    Column("cabinet", 24),
    Column("month"),
    Column("slot", 22),
    Column("home"),
    Column("difference", 30, bold=True),
    Column("resident", 32),
    Column("item"),
    Column("first-count", 16),
    Column("second-count", 16),
    Column("explanation", 34),
    Column("explained-by"),
)
_NOT_DONE = (Column("month", 60, bold=True), Column("cabinet", 114))
_UNCOVERED = (Column("resident", 100, bold=True), Column("room", 74))
_DRILLS = (
    Column("at", 34),
    Column("entry", 24, right=True),
    Column("act", 50, bold=True),
    Column("person", 40),
    Column("entries-held", 26, right=True),
)
_VERIFICATIONS = (
    Column("at", 40),
    Column("entry", 24, right=True),
    Column("person", 50),
    Column("entries-checked", 30, right=True),
    Column("outcome", 30, bold=True),
)


def stocktake_section(report: StocktakeReport) -> Section:
    """The stocktakes, what differed, and where none was done."""
    return Section(
        "stocktakes",
        (
            Table("stocktakes", _STOCKTAKES, lambda: map(_stocktake, report.rows)),
            Table(
                "differences",
                _DIFFERENCES,
                lambda: (row for each in report.rows for row in _differences(each)),
                "reports-none-differ",
                "reports-table-differences",
            ),
            Table(
                "stocktakes-not-done",
                _NOT_DONE,
                lambda: ((Month(month), cabinet) for month, cabinet in report.not_done),
                "reports-none-undone",
                "reports-table-not-done",
            ),
        ),
    )


def expiry_section(found: list[Expiring]) -> Section:
    """What expires within 90 days of the day of the report."""
    return Section(
        "expiring",
        (Note(Text("reports-note-expiring", {"days": SOON_DAYS})), expiring_table(found)),
    )


def agreement_section(reading: Reading) -> Section:
    """Residents with things in custody that no agreement carries today."""
    rows = [
        (name, room)
        for _id, name, room in uncovered_residents(reading.session, local_date(reading.now))
    ]
    table = Table("no-agreement", _UNCOVERED, lambda: rows, "reports-none-uncovered")
    return Section("agreements", (Note(Text("reports-note-agreements")), table))


def backup_section(reading: Reading, period: Period, register: Register) -> Section:
    """Backups that were opened and compared, days without one, and what was tried of restoring."""
    in_period = (_B.made_at >= period.begins_at, _B.made_at < period.ends_before)
    count, newest = reading.connection.execute(
        select(func.count(), func.max(_B.made_at)).where(*in_period)
    ).one()
    days = {
        local_date(at) for at in reading.connection.scalars(select(_B.made_at).where(*in_period))
    }
    whole = (min(period.last, local_date(reading.now)) - period.first).days + 1
    facts = Facts(
        (
            ("backups", count),
            ("newest-backup", newest or Word("reports-none-short")),
            ("days-without-backup", max(0, whole - len(days))),
        )
    )
    drills = Table(
        "drills",
        _DRILLS,
        lambda: map(lambda e: _drill(e, register), entries(reading.connection, period, *DRILLS)),
        "reports-none-drilled",
        "reports-table-drills",
    )
    return Section("backups", (facts, drills))


def record_section(reading: Reading, period: Period, register: Register) -> Section:
    """How often the record was verified, and whether the clock was set back."""
    connection = reading.connection
    facts = Facts(
        (
            ("checkpoints", count_entries(connection, period, "checkpoint.made")),
            ("clock-set-back", count_entries(connection, period, "clock.set_back")),
            ("corrections", count_entries(connection, period, "loan.corrected")),
        )
    )
    table = Table(
        "verifications",
        _VERIFICATIONS,
        lambda: map(lambda e: _verified(e, register), entries(connection, period, VERIFIED)),
        "reports-none-verified",
        "reports-table-verifications",
    )
    return Section("record", (facts, table))


def _stocktake(each: StocktakeSummary) -> Row:
    state: Value = each.state if each.reason is None else (each.state, each.reason)
    return (
        Month(each.month),
        each.cabinet,
        state,
        each.counters,
        each.closed_at,
        each.closed_by,
        len(each.differences),
    )


def _differences(each: StocktakeSummary) -> Iterator[Row]:
    for view in each.differences:
        found = view.difference
        yield (
            each.cabinet,
            Month(each.month),
            found.slot,
            found.home,
            found.kind,
            view.name,
            view.item,
            _figures(found.first),
            _figures(found.second),
            view.explanation,
            view.explained_by,
        )


def _figures(figures: Figures | None) -> Value:
    return None if figures is None else f"{figures.counted} / {figures.expected}"


def _drill(entry: Entry, register: Register) -> Row:
    person: Value = register.person(entry.actor) or Word("log-program")
    size = entry.plain.get("size")
    return (
        moment(entry.at),
        entry.seq,
        Named("action", entry.action),
        person,
        size if isinstance(size, int) else None,
    )


def _verified(entry: Entry, register: Register) -> Row:
    person: Value = register.person(entry.actor) or Word("log-program")
    size = entry.plain.get("size")
    clean = entry.plain.get("clean") is True
    return (
        moment(entry.at),
        entry.seq,
        person,
        size if isinstance(size, int) else None,
        Word("reports-outcome-clean" if clean else "reports-outcome-found"),
    )
