"""Charts of a period: described here once, drawn on the page and on paper."""

from __future__ import annotations

from facility_app.audit.work import Reading
from facility_app.domain.access import Permission
from facility_app.domain.chart import Chart
from facility_app.domain.periods import Period


def charts(reading: Reading, period: Period) -> tuple[Chart, ...]:
    """Out per day, time out by purpose, overdue trend, findings of card checks.  Needs VIEW_LOG."""
    reading.require(Permission.VIEW_LOG)
    raise NotImplementedError
