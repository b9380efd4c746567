"""Rule files about dates and shares: lifetimes and burden ratios."""

from __future__ import annotations

import calendar
from datetime import date

from facility_app.domain.coverage import IncomeClass
from facility_app.domain.expiry import AgeLine, Lifetimes
from facility_app.domain.insurance import BurdenRow, BurdenTable
from facility_app.rules.table import Table


def lifetimes(root: Table) -> Lifetimes:
    """``lifetimes.toml``."""
    card, grace, renewal = root.table("card"), root.table("grace"), root.table("renewal")
    lines = [
        AgeLine(row.get("applied_from", date), row.count("under", high=30))
        for row in card.tables("minor")
    ]
    period = root.table("period")
    return Lifetimes(
        card_birthdays=card.count("birthdays", low=1, high=50),
        card_birthdays_minor=card.count("birthdays_minor", low=1, high=50),
        minor_lines=tuple(sorted(lines, key=lambda line: line.applied_from)),
        certificate_birthdays=root.table("certificate").count("birthdays", low=1, high=50),
        renewal_months=renewal.count("months", low=1, high=24),
        soon_days=renewal.count("soon_days", low=1, high=365),
        grace_months=grace.count("months", high=24),
        kyokai_kenpo_months=grace.count("kyokai_kenpo_months", high=24),
        residence_extension_months=root.table("residence").count("extension_months", high=24),
        period_end_month=period.count("end_month", low=1, high=12),
        period_end_day=period.count("end_day", low=1, high=_month_days(period)),
    )


def _month_days(period: Table) -> int:
    """Days of the month in a common year: the period must end on a day that every year has."""
    return calendar.monthrange(2023, period.count("end_month", low=1, high=12))[1]


def burden(root: Table) -> BurdenTable:
    """``burden.toml``."""
    rows = []
    for row in root.tables("row"):
        ratios = frozenset(row.each("ratios", int))
        row.require(bool(ratios) and ratios <= {1, 2, 3}, "ratios")
        low = row.count("age_from", high=150)
        high = row.count("age_to", low=low, high=150) if "age_to" in row.values else None
        income = frozenset(row.each("income", IncomeClass))
        row.require(IncomeClass.UNKNOWN not in income, "income")
        since = row.get("effective_from", date, date.min)
        rows.append(BurdenRow(low, high, ratios, since, income))
    return BurdenTable(
        tuple(rows), root.count("kouki_age", high=150), root.count("kouki_age_disabled", high=150)
    )
