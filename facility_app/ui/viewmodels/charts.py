"""Charts in words: what the widget paints, the table says and a screen reader hears.  No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.domain.chart import (
    Chart,
    ChartKind,
    Label,
    Month,
    Series,
    Tone,
    Unit,
    Word,
    Year,
    ticks,
)
from facility_app.domain.periods import Period, month_of
from facility_app.i18n import Words
from facility_app.ui.viewmodels.months import month_before, month_text


class Span(Enum):
    """The days that the page counts; the value is part of the key of its words."""

    MONTH = "month"
    LAST_MONTH = "last-month"
    QUARTER = "quarter"
    YEAR = "year"


def period_of(span: Span, today: date) -> Period:
    """The days of a span: this month so far, the month before, three months or twelve with it."""
    if span is Span.LAST_MONTH:
        return month_of(month_before(today))
    back = {Span.MONTH: 0, Span.QUARTER: 2, Span.YEAR: 11}[span]
    return Period(month_before(today, back), today)


@dataclass(frozen=True)
class SeriesText:
    """One row of numbers; `shown` as they are written, empty where nothing could be counted."""

    label: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True)
class ChartText:
    """A chart as it is shown.

    title: with the unit; heads: above the table; categories: in full, in the table; marks: short,
    for the axis; totals: what the series add up to in each.  named: the categories are names and
    not points in time, so they are drawn one below the other.  spoken: the chart in a sentence or
    two.
    """

    kind: ChartKind
    title: str
    note: str
    heads: tuple[str, ...]
    categories: tuple[str, ...]
    marks: tuple[str, ...]
    totals: tuple[str, ...]
    named: bool
    series: tuple[SeriesText, ...]
    ticks: tuple[float, ...]
    spoken: str
    empty: str
    """What stands in its place where nothing was counted; else no text."""

    def value(self, series: int, category: int) -> float:
        """A number to draw; 0 where nothing could be counted."""
        return self.series[series].values[category] or 0.0

    def rows(self) -> list[tuple[str, ...]]:
        """The same as a table: category, then a column for each series."""
        columns = [each.shown for each in self.series]
        return list(zip(self.categories, *columns, strict=True))


def chart_text(words: Words, chart: Chart) -> ChartText:
    """The chart in the language of `words`."""
    series = tuple(_series(words, chart, each) for each in chart.series)
    title = words(chart.title.key)
    return ChartText(
        kind=chart.kind,
        title=words("charts-counted", name=title, unit=words.term(chart.unit)),
        note=words(chart.note.key) if chart.note is not None else "",
        heads=(
            words(f"charts-head-{_sort(chart.categories)}"),
            *(label_text(words, each.label) for each in chart.series),
        ),
        categories=tuple(label_text(words, each) for each in chart.categories),
        marks=tuple(_mark(words, each) for each in chart.categories),
        totals=tuple(number_text(each, chart.unit) for each in _sums(chart)),
        named=_sort(chart.categories) == "name",
        series=series,
        ticks=ticks(chart.highest),
        spoken=_spoken(words, chart, title),
        empty=words("charts-nothing") if chart.empty else "",
    )


def label_text(words: Words, label: Label) -> str:
    """A category or a series in full."""
    match label:
        case Word(key):
            return words(key)
        case Month(first):
            return month_text(words, first)
        case Year(number):
            return words("charts-year", year=str(number))
        case date():
            return words.short_day(label)
    return label


def number_text(value: float | None, unit: Unit) -> str:
    """A number as it is written: hours with one decimal, all else whole."""
    if value is None:
        return ""
    return f"{value:,.1f}" if unit is Unit.HOURS else f"{round(value):,}"


def _mark(words: Words, label: Label) -> str:
    """Short, for the axis."""
    match label:
        case Month(first):
            return words("charts-mark-month", month=str(first.month))
        case date():
            return words("charts-mark-day", month=str(label.month), day=str(label.day))
    return label_text(words, label)


def _sort(categories: Sequence[Label]) -> str:
    match categories[0] if categories else "":
        case Month():
            return "month"
        case Year():
            return "year"
        case date():
            return "day"
    return "name"


def _series(words: Words, chart: Chart, series: Series) -> SeriesText:
    shown = tuple(number_text(value, chart.unit) for value in series.values)
    return SeriesText(label_text(words, series.label), series.values, shown, series.tone)


def _sums(chart: Chart) -> list[float]:
    """What the series add up to in each category."""
    return [
        sum(each.values[at] or 0 for each in chart.series) for at in range(len(chart.categories))
    ]


def _spoken(words: Words, chart: Chart, title: str) -> str:
    """Title, what it adds up to, and where it is highest."""
    if chart.empty:
        return words("charts-spoken-nothing", title=title)
    unit = words.term(chart.unit)
    sums = _sums(chart)
    top = max(range(len(sums)), key=sums.__getitem__)
    told = words(
        "charts-spoken",
        title=title,
        total=number_text(sum(sums), chart.unit),
        unit=unit,
        top=label_text(words, chart.categories[top]),
        most=number_text(sums[top], chart.unit),
    )
    if len(chart.series) == 1:
        return told
    parts = [
        words(
            "charts-spoken-series",
            name=label_text(words, each.label),
            total=number_text(each.total, chart.unit),
            unit=unit,
        )
        for each in chart.series
    ]
    return f"{told} {words('list-separator').join(parts)}"
