"""月次監査報告書: everything an auditor asks for about one month, with its proof on the first page.

What the program has no data for is said plainly and never invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from facility_app.audit.work import Reading
from facility_app.cards.check import Level
from facility_app.db.models import EmergencyReleaseRow, LoanRow, table_of
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.reports.paper import Facts, Figures, Paper, Section, Text, Value
from facility_app.services.agreement_standing import uncovered_residents
from facility_app.services.reporting.charts import FindingCounts, count_findings
from facility_app.services.reporting.common import (
    Occasion,
    about_days,
    checkpoint_blocks,
    paper,
)
from facility_app.services.reporting.control_sections import (
    REFUSALS,
    check_section,
    pin_section,
    refusal_section,
    review_section,
    rights_section,
)
from facility_app.services.reporting.custody_sections import (
    emergency_section,
    handover_section,
    overdue_section,
    totals_section,
)
from facility_app.services.reporting.expiring import Expiring, expiring
from facility_app.services.reporting.log_entries import count_entries
from facility_app.services.reporting.register import Register, read_register
from facility_app.services.reporting.sign_outs import sign_out_table
from facility_app.services.reporting.stock_sections import (
    SOON_DAYS,
    agreement_section,
    backup_section,
    expiry_section,
    record_section,
    stocktake_section,
)
from facility_app.services.reporting.tally import Tally, so_far, tally
from facility_app.services.review_report import Unreviewed, unreviewed
from facility_app.services.stocktake_report import StocktakeReport, stocktakes

_L = table_of(LoanRow).c
_R = table_of(EmergencyReleaseRow).c


@dataclass(frozen=True)
class _Month:
    """What several sections need."""

    period: Period
    register: Register
    counted: Tally
    findings: FindingCounts
    expiring: list[Expiring]
    stock: StocktakeReport
    reviews: Unreviewed


def monthly(reading: Reading, occasion: Occasion, period: Period) -> Paper:
    """The report of a month; of what has passed of it where it is not over."""
    today = local_date(reading.now)
    passed = so_far(period, today)
    month = _Month(
        passed,
        read_register(reading.session),
        tally(reading, passed),
        count_findings(reading, passed),
        expiring(reading, SOON_DAYS),
        stocktakes(reading, passed),
        unreviewed(reading, passed),
    )
    return paper(
        reading,
        occasion,
        "monthly",
        about_days(period, today),
        (_cover(reading, occasion, month), *_custody(reading, month), *_control(reading, month)),
        seals=("head", "manager", "auditor"),
        rows=month.counted.total.out,
        years=False,
    )


def _cover(reading: Reading, occasion: Occasion, month: _Month) -> Section:
    total = month.counted.total
    figures = Figures(
        (
            ("sign-outs", total.out),
            ("back", total.back),
            ("overdue", month.counted.overdue),
            ("emergencies", total.emergency),
        )
    )
    blocks = (figures, Facts(_to_look_at(reading, month)), *checkpoint_blocks(occasion))
    return Section("cover", blocks, titled=False)


def _to_look_at(reading: Reading, month: _Month) -> tuple[tuple[str, Value], ...]:
    """What an auditor turns to first, in numbers."""
    grave = sum(count for (_, level), count in month.findings.items() if level is not Level.NOTICE)
    differences = sum(len(each.differences) for each in month.stock.rows)
    today = local_date(reading.now)
    return (
        ("still-out", month.counted.still_out),
        ("emergencies-open", _open_emergencies(reading, month.period)),
        ("refusals", count_entries(reading.connection, month.period, *REFUSALS)),
        ("grave-findings", grave),
        (
            "expiring-soon",
            Text("reports-within", {"count": len(month.expiring), "days": SOON_DAYS}),
        ),
        ("no-agreement", len(uncovered_residents(reading.session, today))),
        ("stocktakes-not-done", len(month.stock.not_done)),
        ("differences", differences),
        (
            "not-reviewed",
            Text("reports-of", {"part": month.reviews.open, "all": month.reviews.due}),
        ),
    )


def _open_emergencies(reading: Reading, period: Period) -> int:
    """Releases of the period without reason or review."""
    query = (
        select(func.count())
        .select_from(table_of(EmergencyReleaseRow))
        .join(table_of(LoanRow), _L.id == _R.loan_id)
        .where(and_(_L.out_at >= period.begins_at, _L.out_at < period.ends_before))
        .where(or_(_R.reason_at.is_(None), _R.reviewed_at.is_(None)))
    )
    return reading.connection.scalar(query) or 0


def _custody(reading: Reading, month: _Month) -> tuple[Section, ...]:
    period, register = month.period, month.register
    return (
        totals_section(month.counted, period, register),
        overdue_section(reading, month.counted, period, register),
        emergency_section(reading, period, register),
        handover_section(reading, period, register),
    )


def _control(reading: Reading, month: _Month) -> tuple[Section, ...]:
    period, register = month.period, month.register
    return (
        refusal_section(reading, period, register),
        pin_section(reading, period, register),
        check_section(reading, period, register, month.findings),
        expiry_section(month.expiring),
        agreement_section(reading),
        stocktake_section(month.stock),
        rights_section(reading, period, register),
        backup_section(reading, period, register),
        record_section(reading, period, register),
        review_section(month.reviews),
        Section(
            "sign-outs",
            (sign_out_table(reading, period, register, "sign-outs"),),
            fresh=True,
        ),
    )
