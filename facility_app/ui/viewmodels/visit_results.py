"""ふり返り: what works where, trouble per clinic and kind, minutes lost.  Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facility_app.domain.chart import Chart, ChartKind, Month, Series, Tone, Unit, Word
from facility_app.domain.clock import local_date
from facility_app.domain.ladder_facts import Way
from facility_app.i18n import Words
from facility_app.services.ladder_words import way_text
from facility_app.services.outcome_statistics import ClinicStatistics, VisitStatistics
from facility_app.services.outcomes import RatioQuestion
from facility_app.ui.viewmodels.charts import ChartText, chart_text

SHOWN = 8
"""Categories of a chart; the rest stands in the table."""

Names = Mapping[str, str]
"""Code of a trouble → its name."""


@dataclass(frozen=True)
class Figure:
    """One number over the page, with its word; `level` where it is to be minded."""

    value: str
    unit: str
    label: str
    level: str = ""


def figures(words: Words, found: VisitStatistics) -> list[Figure]:
    """The numbers that matter."""
    total = found.total
    times = words("works-unit-times")
    return [
        Figure(str(total.visits), times, words("works-visits")),
        Figure(str(total.told), times, words("works-told")),
        Figure(
            str(total.with_trouble), times, words("works-trouble"),
            "warn" if total.with_trouble else "",
        ),
        Figure(f"{total.minutes_lost:,}", words("works-unit-minutes"), words("works-lost")),
        Figure(
            str(found.open_questions), words("works-unit-cases"), words("works-questions"),
            "warn" if found.open_questions else "",
        ),
    ]  # fmt: skip


HEADS = ("clinic", "visits", "ways", "trouble", "median", "lost")


def clinic_cells(words: Words, found: VisitStatistics) -> list[tuple[str, ...]]:
    """The table, one row for each place."""
    return [_cells(words, each) for each in found.clinics]


def _cells(words: Words, each: ClinicStatistics) -> tuple[str, ...]:
    told = Counter({_way(words, way): count for way, count in each.ways.items()})
    ways = [words("works-way-count", way=way, count=str(n)) for way, n in told.most_common()]
    median = "" if each.median is None else f"{each.median:g}"
    return (
        each.name,
        str(each.visits),
        words("list-separator").join(ways),
        str(each.with_trouble) if each.told else "",
        median,
        f"{each.minutes_lost:,}" if each.told else "",
    )


def _way(words: Words, way: Way | None) -> str:
    return words("outcome-no-way") if way is None else way_text(words, way)


def charts(words: Words, found: VisitStatistics, troubles: Names) -> list[ChartText]:
    """By month, by way, by kind of trouble, minutes lost by clinic."""
    drawn = (_by_month(found), _by_way(words, found), _by_trouble(found, troubles), _lost(found))
    return [chart_text(words, chart) for chart in drawn]


def _by_month(found: VisitStatistics) -> Chart:
    months = found.months
    smooth = tuple(float(each.told - each.with_trouble) for each in months)
    trouble = tuple(float(each.with_trouble) for each in months)
    return Chart(
        title=Word("works-chart-months"),
        kind=ChartKind.STACKED,
        unit=Unit.TIMES,
        categories=tuple(Month(each.month) for each in months),
        series=(
            Series(Word("works-series-smooth"), smooth),
            Series(Word("works-series-trouble"), trouble, Tone.WARN),
        ),
    )


def _named(title: str, unit: Unit, rows: Sequence[tuple[str, float]], label: str) -> Chart:
    shown = [(name, value) for name, value in rows if value][:SHOWN]
    return Chart(
        title=Word(title),
        kind=ChartKind.BAR,
        unit=unit,
        categories=tuple(name for name, _ in shown),
        series=(Series(Word(label), tuple(value for _, value in shown)),),
    )


def _by_way(words: Words, found: VisitStatistics) -> Chart:
    ways = sorted(found.total.ways.items(), key=lambda each: -each[1])
    rows = [(_way(words, way), float(count)) for way, count in ways]
    return _named("works-chart-ways", Unit.TIMES, rows, "works-visits")


def _by_trouble(found: VisitStatistics, troubles: Names) -> Chart:
    kinds = found.total.troubles.items()
    rows = [(troubles.get(code, code), float(count)) for code, count in kinds]
    return _named("works-chart-troubles", Unit.TIMES, rows, "works-trouble")


def _lost(found: VisitStatistics) -> Chart:
    rows = sorted(
        ((each.name, float(each.minutes_lost)) for each in found.clinics), key=lambda each: -each[1]
    )
    return _named("works-chart-lost", Unit.MINUTES, rows, "works-lost")


def question_text(words: Words, question: RatioQuestion) -> tuple[str, str]:
    """(title, second line) of an open question to an insurer."""
    title = words("works-question", name=question.name)
    noted = question.noted
    text = words(
        "works-question-text",
        seen=words("ways-ratio", tenths=str(question.seen)),
        noted=words("ways-ratio", tenths=str(noted)) if noted else words("ways-ratio-unknown"),
        place=question.destination,
        day=words.short_day(local_date(question.on)),
    )
    return title, text
