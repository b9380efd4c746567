"""The three ways a chart is laid out: columns along time, lines along time, rows of names."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from facility_app.domain.chart import ChartKind, labelled
from facility_app.ui import figures
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.charts import ChartText
from facility_app.ui.widgets import chart_marks

_RIGHT, _CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
_SMALL = 16
_WIDEST = 40
"""A column of few is no wall."""
_NAMES = 0.42
"""At most this part of the width goes to the names of rows."""


def paint_columns(painter: QPainter, theme: Theme, place: QRectF, chart: ChartText) -> None:
    """Columns, side by side or upon each other, with their numbers as far as there is room."""
    area = _paint_scale(painter, theme, place, chart)
    slot = area.width() / len(chart.categories)
    lanes = 1 if chart.kind is ChartKind.STACKED else len(chart.series)
    wide = min(slot * 0.72, theme.px(_WIDEST) * lanes) / lanes
    for category in range(len(chart.categories)):
        left = area.left() + slot * category + (slot - wide * lanes) / 2
        base = area.bottom()
        for index in range(len(chart.series)):
            high = area.height() * chart.value(index, category) / chart.ticks[-1]
            lane = 0 if lanes == 1 else index
            bar = QRectF(left + wide * lane, base - high, wide, high)
            if high:
                chart_marks.paint_bar(painter, theme, bar, chart_marks.look_of(chart, index))
            if chart.kind is ChartKind.STACKED:
                base -= high
    _paint_base(painter, theme, area)
    _paint_marks(painter, theme, area, chart)
    if len(chart.series) == 1:
        _paint_numbers(painter, theme, area, chart)


def paint_lines(painter: QPainter, theme: Theme, place: QRectF, chart: ChartText) -> None:
    """One line for each series; it is broken where nothing could be counted."""
    area = _paint_scale(painter, theme, place, chart)
    slot = area.width() / len(chart.categories)
    _paint_base(painter, theme, area)
    for index, series in enumerate(chart.series):
        look = chart_marks.look_of(chart, index)
        points = [
            None
            if value is None
            else QPointF(
                area.left() + slot * (at + 0.5),
                area.bottom() - area.height() * value / chart.ticks[-1],
            )
            for at, value in enumerate(series.values)
        ]
        painter.setPen(chart_marks.line_pen(theme, look))
        for one, other in pairwise(points):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        for point in points:
            if point is not None:
                chart_marks.paint_mark(painter, theme, point, look)
    _paint_marks(painter, theme, area, chart)
    if len(chart.series) == 1:
        _paint_numbers(painter, theme, area, chart)


def paint_rows(painter: QPainter, theme: Theme, place: QRectF, chart: ChartText) -> None:
    """A row for each name: the name, the bar, the number; long names are shortened."""
    px, count = theme.px, len(chart.categories)
    metrics = QFontMetricsF(theme.font(_SMALL))
    names = max(metrics.horizontalAdvance(name) for name in chart.categories)
    names = min(names, place.width() * _NAMES)
    high = min(place.height() / count, px(56))
    for at, name in enumerate(chart.categories):
        line = QRectF(place.left(), place.top() + high * at, place.width(), high)
        painter.setFont(theme.font(_SMALL))
        painter.setPen(theme.qcolor("text"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
        box = QRectF(line.left(), line.top(), names, high)
        painter.drawText(box, _RIGHT | Qt.AlignmentFlag.AlignVCenter, shown)
        _paint_row(painter, theme, line.adjusted(names + px(12), 0, 0, 0), chart, at)
    left = place.left() + names + px(12)
    painter.setPen(QPen(theme.qcolor("border"), px(2)))
    painter.drawLine(QPointF(left, place.top()), QPointF(left, place.top() + high * count))


def _paint_row(
    painter: QPainter, theme: Theme, line: QRectF, chart: ChartText, category: int
) -> None:
    """The bar of one name, with the number at its end."""
    px, bold = theme.px, theme.font(_SMALL, bold=True)
    longest = max(_whole(chart, at) for at in range(len(chart.categories)))
    numbers = max(figures.width(text, bold) for text in chart.totals)
    room = line.width() - numbers - px(12)
    x, thick = line.left(), min(line.height() * 0.6, px(24))
    for index in range(len(chart.series)):
        wide = room * chart.value(index, category) / longest if longest else 0
        bar = QRectF(x, line.center().y() - thick / 2, wide, thick)
        if wide:
            chart_marks.paint_bar(painter, theme, bar, chart_marks.look_of(chart, index))
        x += wide
    painter.setFont(bold)
    painter.setPen(theme.qcolor("text"))
    behind = QRectF(x + px(8), line.top(), numbers + px(8), line.height())
    figures.paint(painter, behind, chart.totals[category], Qt.AlignmentFlag.AlignLeft)


def _whole(chart: ChartText, category: int) -> float:
    return sum(chart.value(index, category) for index in range(len(chart.series)))


def _paint_scale(painter: QPainter, theme: Theme, place: QRectF, chart: ChartText) -> QRectF:
    """Lines and numbers of the upright axis; gives the area for the columns."""
    px = theme.px
    font = theme.font(_SMALL)
    painter.setFont(font)
    shown = [f"{tick:,.0f}" for tick in chart.ticks]
    numbers = max(figures.width(text, font) for text in shown)
    above = px(24 if len(chart.series) == 1 else 12)
    area = place.adjusted(numbers + px(12), above, -px(4), -px(28))
    for tick, text in zip(chart.ticks, shown, strict=True):
        y = area.bottom() - area.height() * tick / chart.ticks[-1]
        painter.setPen(theme.qcolor("muted"))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(theme.qcolor("text2"))
        figures.paint(
            painter, QRectF(place.left(), y - px(12), numbers + px(4), px(24)), text, _RIGHT
        )
    return area


def _paint_base(painter: QPainter, theme: Theme, area: QRectF) -> None:
    painter.setPen(QPen(theme.qcolor("border"), theme.px(2)))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _paint_marks(painter: QPainter, theme: Theme, area: QRectF, chart: ChartText) -> None:
    """Words under the axis: as many as fit beside each other, evenly."""
    font = theme.font(_SMALL)
    painter.setFont(font)
    painter.setPen(theme.qcolor("text2"))
    widest = max(figures.width(mark, font) for mark in chart.marks) + theme.px(12)
    slot = area.width() / len(chart.marks)
    for at in labelled(chart.marks, int(area.width() / widest)):
        box = QRectF(area.left() + slot * (at + 0.5) - widest, area.bottom(), 2 * widest, 0)
        box.setHeight(theme.px(28))
        figures.paint(painter, box, chart.marks[at], _CENTRE)


def _paint_numbers(painter: QPainter, theme: Theme, area: QRectF, chart: ChartText) -> None:
    """The number above each column; where they are too narrow, only above the highest."""
    series = chart.series[0]
    font = theme.font(_SMALL, bold=True)
    painter.setFont(font)
    painter.setPen(theme.qcolor("text"))
    slot = area.width() / len(chart.categories)
    fits = max(figures.width(text, font) for text in series.shown) + theme.px(4) <= slot
    top = max(range(len(series.values)), key=lambda at: series.values[at] or 0)
    lift = theme.px(26 if chart.kind is ChartKind.LINE else 22)
    for at, value in enumerate(series.values):
        if not value or not (fits or at == top):
            continue
        y = area.bottom() - area.height() * value / chart.ticks[-1] - lift
        wide = max(slot, theme.px(64))
        x = area.left() + slot * (at + 0.5) - wide / 2
        figures.paint(painter, QRectF(x, y, wide, theme.px(22)), series.shown[at], _CENTRE)
