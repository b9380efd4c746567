"""Charts in words: axis, table, and the sentence for a screen reader."""

from __future__ import annotations

from datetime import date

import pytest

from facility_app.domain.chart import Chart, ChartKind, Month, Series, Tone, Unit, Word, Year
from facility_app.domain.periods import Period
from facility_app.i18n import Words
from facility_app.ui.viewmodels.charts import Span, chart_text, period_of

WORDS = Words("ja")
TITLE = Word("reports-chart-out")
DAYS = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3))


def counted(values: tuple[float | None, ...] = (3.0, 14.0, 0.0)) -> Chart:
    series = (Series(Word("reports-series-times"), values),)
    return Chart(TITLE, ChartKind.BAR, Unit.TIMES, DAYS, series)


def test_days_are_short_at_the_axis_and_whole_in_the_table():
    text = chart_text(WORDS, counted())
    assert text.marks == ("11/1", "11/2", "11/3")
    assert text.rows()[1] == ("11月2日(月)", "14")
    assert text.heads[0] == "日"
    assert len(text.heads) == len(text.rows()[0])
    assert text.ticks == (0.0, 5.0, 10.0, 15.0)
    assert not text.named
    assert text.empty == ""


def test_a_screen_reader_hears_the_sum_and_the_highest():
    text = chart_text(WORDS, counted())
    title = WORDS(TITLE.key)
    unit = WORDS.term(Unit.TIMES)
    assert text.spoken == f"{title}。合計17{unit}。いちばん多いのは11月2日(月)の14{unit}です。"


def test_what_could_not_be_counted_is_empty_and_not_nothing():
    text = chart_text(WORDS, counted((None, 2.0, 0.0)))
    assert text.series[0].shown == ("", "2", "0")
    assert text.value(0, 0) == 0.0


def test_nothing_counted_is_said_in_words():
    text = chart_text(WORDS, counted((0.0, None, 0.0)))
    assert text.empty == "この期間には、数えるものがありません"
    assert text.empty[:-1] in text.spoken


def test_names_stand_in_rows_with_hours_to_one_decimal():
    series = (Series("時間", (1240.0, 0.25)),)
    text = chart_text(WORDS, Chart(TITLE, ChartKind.BAR, Unit.HOURS, ("受診", "外出"), series))
    assert text.named
    assert text.series[0].shown == ("1,240.0", "0.2")


def test_several_series_are_each_told():
    series = (
        Series("お知らせ", (1.0, 2.0), Tone.NOTICE),
        Series("使えません", (0.0, 5.0), Tone.BLOCK),
    )
    months = (Month(date(2026, 10, 1)), Month(date(2026, 11, 1)))
    text = chart_text(WORDS, Chart(TITLE, ChartKind.STACKED, Unit.CHECKS, months, series))
    assert text.totals == ("1", "7")
    assert text.marks == ("10月", "11月")
    assert text.categories[1] == "令和8年11月"
    assert "お知らせ 3" in text.spoken
    assert "使えません 5" in text.spoken


def test_years_have_their_word():
    series = (Series("回", (1.0,)),)
    text = chart_text(WORDS, Chart(TITLE, ChartKind.LINE, Unit.TIMES, (Year(2026),), series))
    assert text.categories == ("2026年",)


@pytest.mark.parametrize(
    ("span", "period"),
    [
        (Span.MONTH, Period(date(2026, 11, 1), date(2026, 11, 20))),
        (Span.LAST_MONTH, Period(date(2026, 10, 1), date(2026, 10, 31))),
        (Span.QUARTER, Period(date(2026, 9, 1), date(2026, 11, 20))),
        (Span.YEAR, Period(date(2025, 12, 1), date(2026, 11, 20))),
    ],
)
def test_spans_end_today_or_with_the_month(span, period):
    assert period_of(span, date(2026, 11, 20)) == period
