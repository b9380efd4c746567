"""Charts of a period: described here once, drawn on the page and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.cards.check import Code, Level
from facility_app.db.models import CardCheckRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.chart import Chart, ChartKind, Series, Tone, Unit, Word
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.i18n import term_id
from facility_app.services.reporting.register import read_purposes
from facility_app.services.reporting.tally import Tally, first_day, so_far, stretches, tally

_C = table_of(CardCheckRow).c
_TONES = {Level.NOTICE: Tone.NOTICE, Level.WARN: Tone.WARN, Level.BLOCK: Tone.BLOCK}
_MINUTES_PER_HOUR = 60

FindingCounts = Mapping[tuple[Code, Level], int]


def charts(reading: Reading, period: Period) -> tuple[Chart, ...]:
    """Out per day, time out by purpose, overdue trend, findings of card checks.  Needs VIEW_LOG.

    Days of a period that have not come yet are left out; a long period is charted by months or
    years.
    """
    reading.require(Permission.VIEW_LOG)
    period = so_far(period, local_date(reading.now))
    purposes = read_purposes(reading.session)
    counted = tally(reading, period)
    return (
        out_chart(counted, period),
        time_out_chart(counted, purposes),
        overdue_chart(counted, period),
        findings_chart(count_findings(reading, period)),
    )


def drawn(chart: Chart) -> tuple[Chart, ...]:
    """The chart where something was counted; none where the table beside it says so already."""
    return () if chart.empty else (chart,)


def out_chart(counted: Tally, period: Period) -> Chart:
    """Sign-outs per day (month, year)."""
    return _over_time("reports-chart-out", ChartKind.BAR, period, counted.out)


def overdue_chart(counted: Tally, period: Period) -> Chart:
    """What fell due and was late, per day (month, year)."""
    return _over_time("reports-chart-overdue", ChartKind.LINE, period, counted.late)


def time_out_chart(counted: Tally, purposes: Mapping[str, str]) -> Chart:
    """Hours out by purpose, of what is back; purposes in their order, only those that occurred."""
    codes = purposes_in_order(counted, purposes)
    hours = (counted.by_purpose[code].minutes / _MINUTES_PER_HOUR for code in codes)
    return Chart(
        title=Word("reports-chart-time-out"),
        kind=ChartKind.BAR,
        unit=Unit.HOURS,
        categories=tuple(purpose_label(code, purposes) for code in codes),
        series=(Series(Word("reports-series-hours"), tuple(round(each, 1) for each in hours)),),
        note=Word("reports-chart-time-out-note"),
    )


def purposes_in_order(counted: Tally, purposes: Mapping[str, str]) -> list[str | None]:
    """The purposes that occurred, in the facility's order; emergencies, which have none, last."""
    order: list[str | None] = [*purposes, None]
    return [code for code in order if code in counted.by_purpose]


def purpose_label(code: str | None, purposes: Mapping[str, str]) -> Word | str:
    """What a purpose is called; an emergency has none."""
    if code is None:
        return Word("reports-remark-emergency")
    return purposes.get(code, code)


def count_findings(reading: Reading, period: Period) -> FindingCounts:
    """How often each finding was made at which level, gravest and most frequent first."""
    query = select(_C.findings).where(_C.at >= period.begins_at, _C.at < period.ends_before)
    found: Counter[tuple[Code, Level]] = Counter()
    for findings in reading.connection.scalars(query, execution_options={"yield_per": 500}):
        for each in findings:
            found[Code(each["code"]), Level(each["level"])] += 1
    order = sorted(found, key=lambda key: (-key[1].weight, -found[key], key[0].value))
    return {key: found[key] for key in order if key[1] in _TONES}


def findings_chart(found: FindingCounts) -> Chart:
    """Findings of card checks, by what was found, the levels upon each other."""
    codes = list(dict.fromkeys(code for code, _ in found))
    return Chart(
        title=Word("reports-chart-findings"),
        kind=ChartKind.STACKED,
        unit=Unit.CHECKS,
        categories=tuple(Word(term_id(code)) for code in codes),
        series=tuple(
            Series(Word(term_id(level)), tuple(found.get((code, level), 0) for code in codes), tone)
            for level, tone in _TONES.items()
        ),
    )


def _over_time(title: str, kind: ChartKind, period: Period, counts: Mapping[date, int]) -> Chart:
    labels = stretches(period)
    values = tuple(float(counts.get(first_day(each), 0)) for each in labels)
    series = Series(Word("reports-series-times"), values)
    return Chart(Word(title), kind, Unit.TIMES, labels, (series,))
