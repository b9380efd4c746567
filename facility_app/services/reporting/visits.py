"""受診の受付報告: what worked where, trouble by clinic and kind, and minutes lost at desks.

About clinics, never about residents: no name and no visit of anybody stands in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from facility_app.audit.work import Reading
from facility_app.domain.chart import Chart, ChartKind, Month, Series, Tone, Unit, Word
from facility_app.domain.clock import local_date
from facility_app.domain.ladder_facts import Way
from facility_app.domain.periods import Period
from facility_app.i18n import term_id
from facility_app.reports.paper import (
    Column,
    Facts,
    Figures,
    Note,
    Paper,
    Row,
    Section,
    Span,
    Table,
    Text,
    Value,
)
from facility_app.services.outcome_statistics import (
    ClinicStatistics,
    VisitStatistics,
    clinic_statistics,
)
from facility_app.services.reporting.charts import drawn
from facility_app.services.reporting.common import (
    Occasion,
    about_days,
    checkpoint_section,
    paper,
)
from facility_app.services.reporting.tally import so_far
from facility_app.services.rule_data import rules

_MINUTES_PER_HOUR = 60
_MOST_CLINICS = 12
"""Clinics in a chart; the table has all of them."""

_CLINICS = (
    Column("clinic", 56, bold=True),
    Column("visits", 14, right=True),
    Column("told", 16, right=True),
    Column("worked", 44),
    Column("visual-mode"),
    Column("with-trouble", 18, right=True),
    Column("median-minutes", 26, right=True),
)
_TROUBLES = (
    Column("trouble", 74, bold=True),
    Column("count", 16, right=True),
    Column("clinics", 84),
)
_MONTHS = (
    Column("month", 54, bold=True),
    Column("visits", 24, right=True),
    Column("told", 28, right=True),
    Column("with-trouble", 30, right=True),
    Column("minutes-lost", 38, right=True),
)


def visits(reading: Reading, occasion: Occasion, language: str, period: Period) -> Paper:
    """The report of some days; of what has passed of them where they are not over."""
    today = local_date(reading.now)
    passed = so_far(period, today)
    found = clinic_statistics(reading, passed.first, passed.last)
    troubles = {each.code: each.name(language) for each in rules().visit_choices.troubles}
    return paper(
        reading,
        occasion,
        "visits",
        about_days(period, today),
        (
            _overview(found),
            _ways(found),
            _troubles(found, troubles),
            _months(found),
            checkpoint_section(occasion),
        ),
        rows=len(found.clinics),
    )


def ways_chart(found: VisitStatistics) -> Chart:
    """How often each way worked, those of the ladder in its order; last, how often none did."""
    order = [*rules().ladder.orders["clinic"], None]
    ways = [way for way in order if found.total.ways.get(way)]
    return Chart(
        title=Word("reports-chart-visit-ways"),
        kind=ChartKind.BAR,
        unit=Unit.TIMES,
        categories=tuple(_way(way) for way in ways),
        series=(
            Series(
                Word("reports-series-times"), tuple(float(found.total.ways[way]) for way in ways)
            ),
        ),
    )


def troubles_chart(found: VisitStatistics, names: Mapping[str, str]) -> Chart:
    """How often each kind of trouble was met, most frequent first."""
    codes = sorted(found.total.troubles, key=lambda code: (-found.total.troubles[code], code))
    counts = tuple(float(found.total.troubles[code]) for code in codes)
    return Chart(
        title=Word("reports-chart-visit-troubles"),
        kind=ChartKind.BAR,
        unit=Unit.TIMES,
        categories=tuple(names.get(code, code) for code in codes),
        series=(Series(Word("reports-series-times"), counts),),
        note=Word("reports-chart-visit-troubles-note"),
    )


def clinics_chart(found: VisitStatistics) -> Chart:
    """For the clinics with most trouble: visits without and with it, upon each other."""
    worst = sorted(found.clinics, key=lambda each: (-each.with_trouble, -each.told, each.name))
    shown = [each for each in worst if each.told][:_MOST_CLINICS]
    smooth = tuple(float(each.told - each.with_trouble) for each in shown)
    rough = tuple(float(each.with_trouble) for each in shown)
    return Chart(
        title=Word("reports-chart-visit-clinics"),
        kind=ChartKind.STACKED,
        unit=Unit.TIMES,
        categories=tuple(each.name for each in shown),
        series=(
            Series(Word("reports-series-smooth"), smooth),
            Series(Word("reports-series-with-trouble"), rough, Tone.WARN),
        ),
    )


def lost_chart(found: VisitStatistics) -> Chart:
    """Hours at desks with trouble, by month."""
    hours = tuple(round(each.minutes_lost / _MINUTES_PER_HOUR, 1) for each in found.months)
    return Chart(
        title=Word("reports-chart-visit-lost"),
        kind=ChartKind.BAR,
        unit=Unit.HOURS,
        categories=tuple(Month(each.month) for each in found.months),
        series=(Series(Word("reports-series-hours"), hours),),
        note=Word("reports-chart-visit-lost-note"),
    )


def _overview(found: VisitStatistics) -> Section:
    total = found.total
    figures = Figures(
        (
            ("visits-made", total.visits),
            ("visits-told", total.told),
            ("visits-with-trouble", total.with_trouble),
            ("visits-questions", found.questions),
        )
    )
    pairs: tuple[tuple[str, Value], ...] = (
        ("visits-minutes", Span(total.minutes)),
        ("visits-minutes-lost", Span(total.minutes_lost)),
        ("visits-median", _median(total)),
        ("visits-none-worked", total.ways.get(None, 0)),
        ("visits-open-questions", found.open_questions),
    )
    return Section("overview", (figures, Facts(pairs)), titled=False)


def _ways(found: VisitStatistics) -> Section:
    return Section(
        "visit-ways",
        (
            *drawn(ways_chart(found)),
            *drawn(clinics_chart(found)),
            Table("clinics", _CLINICS, lambda: _by_clinic(found)),
        ),
    )


def _by_clinic(found: VisitStatistics) -> Iterator[Row]:
    for each in found.clinics:
        yield (
            each.name,
            each.visits,
            each.told,
            _worked(each),
            Word(term_id(each.visual_mode)),
            each.with_trouble,
            _median(each),
        )


def _worked(clinic: ClinicStatistics) -> Value:
    """The ways that worked there, most frequent first, each with its number."""
    counts = sorted(clinic.ways.items(), key=lambda pair: -pair[1])
    return tuple(
        Text("reports-visit-way-times", {"way": _way(way), "times": times}) for way, times in counts
    )


def _troubles(found: VisitStatistics, names: Mapping[str, str]) -> Section:
    note = Note(Text("reports-note-visit-troubles"))
    table = Table("troubles", _TROUBLES, lambda: _by_trouble(found, names))
    return Section("visit-troubles", (note, *drawn(troubles_chart(found, names)), table))


def _by_trouble(found: VisitStatistics, names: Mapping[str, str]) -> Iterator[Row]:
    for code, count in Counter(found.total.troubles).most_common():
        places = [each for each in found.clinics if each.troubles.get(code)]
        places.sort(key=lambda each: -each.troubles[code])
        where = tuple(
            Text("reports-visit-clinic-times", {"name": each.name, "times": each.troubles[code]})
            for each in places
        )
        yield names.get(code, code), count, where


def _months(found: VisitStatistics) -> Section:
    return Section(
        "visit-months",
        (*drawn(lost_chart(found)), Table("visit-months", _MONTHS, lambda: _by_month(found))),
    )


def _by_month(found: VisitStatistics) -> Iterator[Row]:
    for each in found.months:
        yield (
            Month(each.month),
            each.visits,
            each.told,
            each.with_trouble,
            Span(each.minutes_lost),
        )


def _way(way: Way | None) -> Word:
    return Word("reports-visit-no-way" if way is None else f"ladder-way-{way.value}")


def _median(counted: ClinicStatistics) -> Value:
    return None if counted.median is None else Span(round(counted.median))
