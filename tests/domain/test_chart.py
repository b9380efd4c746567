"""A chart's description: what fits together, where it ends, and round numbers at its axis."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.chart import Chart, ChartKind, Series, Unit, Word, labelled, ticks

DAYS = (date(2026, 11, 1), date(2026, 11, 2))


def chart(kind: ChartKind, *values: tuple[float | None, ...]) -> Chart:
    series = tuple(Series(f"列{number}", row) for number, row in enumerate(values))
    return Chart(Word("report-chart-out"), kind, Unit.TIMES, DAYS, series)


def test_a_series_has_one_value_for_each_category():
    with pytest.raises(ValueError, match="one value"):
        chart(ChartKind.BAR, (1,))


def test_nothing_is_counted_below_zero():
    with pytest.raises(ValueError, match="nothing"):
        chart(ChartKind.LINE, (1, -1))


def test_a_stack_is_as_high_as_its_parts_together():
    assert chart(ChartKind.STACKED, (1, 2), (3, None)).highest == 4
    assert chart(ChartKind.BAR, (1, 2), (3, None)).highest == 3


def test_a_chart_of_zeros_has_nothing_to_draw():
    assert chart(ChartKind.BAR, (0, None)).empty
    assert not chart(ChartKind.BAR, (0, 1)).empty
    assert Chart(Word("report-chart-out"), ChartKind.STACKED, Unit.TIMES, (), ()).highest == 0


@given(st.floats(0, 1e9), st.integers(1, 12))
def test_the_axis_reaches_the_highest_value_in_few_whole_steps(highest, most):
    axis = ticks(highest, most)
    steps = {axis[number + 1] - axis[number] for number in range(len(axis) - 1)}
    assert axis[0] == 0
    assert axis[-1] >= highest
    assert 2 <= len(axis) <= most + 1
    assert len(steps) == 1
    assert steps.pop().is_integer()


@given(st.integers(0, 400), st.integers(1, 40))
def test_labels_are_no_more_than_there_is_room_for(count, room):
    categories = [str(number) for number in range(count)]
    shown = labelled(categories, room)
    assert len(shown) <= room
    assert bool(shown) == bool(count)
    assert not shown or shown[0] == 0
