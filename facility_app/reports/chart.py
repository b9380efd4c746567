"""A chart on paper, from its description; in black and grey, so that any printer can print it.

Points in time stand side by side; names stand one below the other, with their number beside them.
Series differ in grey and in a frame, and the legend names them.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from facility_app.domain.chart import (
    Chart,
    ChartKind,
    Series,
    Tone,
    Unit,
    Word,
    labelled,
    ticks,
)
from facility_app.reports.flow import ROOM, Flow
from facility_app.reports.page import FAINT, HEIGHT, INK, LINE, MARGIN, WIDTH, Sheet, broken

_PLOT = 32 * mm
_AXIS = 9 * mm
CHART: float = _PLOT + 24 * mm
"""The height of a chart of points in time."""
_ROW = 6.2 * mm
_NAMES = 44 * mm
_NUMBER = 14 * mm
_MARK = 11 * mm
"""Room for one label under the axis."""
_SIZE = 7.5
_SMALL = 6.8
"""A name that would be smaller than this on one line takes two."""
_GREYS = (HexColor("#4d4d4d"), HexColor("#a6a6a6"), HexColor("#d9d9d9"), HexColor("#7a7a7a"))
_TONES = {Tone.NOTICE: HexColor("#d9d9d9"), Tone.WARN: HexColor("#969696"), Tone.BLOCK: INK}


@dataclass(frozen=True)
class _Area:
    """Where values are drawn: points from the top left corner; `top` is the highest value."""

    x: float
    y: float
    width: float
    height: float
    top: float

    def down(self, value: float) -> float:
        """Where a value lies."""
        return self.y + self.height * (1 - value / self.top)


def draw_chart(flow: Flow, chart: Chart) -> None:
    """The chart with title, legend and axis; a sentence where nothing was counted."""
    named = bool(chart.categories) and all(isinstance(c, str | Word) for c in chart.categories)
    rows = len(chart.categories) * _ROW
    flow.need((13 * mm + rows + _AXIS) if named else CHART)
    sheet = flow.sheet
    sheet.text(MARGIN, flow.y + 6 * mm, flow.words(chart.title.key), 10, bold=True)
    unit = flow.words.term(chart.unit)
    sheet.text(WIDTH - MARGIN, flow.y + 6 * mm, unit, _SIZE, ink=FAINT, anchor="right")
    flow.y += 8.5 * mm
    if chart.empty:
        sheet.text(MARGIN, flow.y + 3 * mm, flow.words("reports-none"), 9.5, ink=FAINT)
        flow.y += 6 * mm
        return
    if len(chart.series) > 1:
        _legend(flow, chart.series)
    if named:
        _rows(flow, chart)
    else:
        _columns(flow, chart)
    if chart.note is not None:
        sheet.text(MARGIN, flow.y + 3 * mm, flow.words(chart.note.key), _SIZE, ink=FAINT)
        flow.y += 5 * mm
    flow.y += 2 * mm


def number_text(value: float, unit: Unit) -> str:
    """A number as it is written: hours with one decimal, all else whole."""
    return f"{value:,.1f}" if unit is Unit.HOURS else f"{round(value):,}"


def _legend(flow: Flow, series: tuple[Series, ...]) -> None:
    x = MARGIN
    for number, each in enumerate(series):
        text = flow.wording.label(each.label)
        _filled(flow.sheet, x, flow.y, 3 * mm, 3 * mm, _ink(each, number))
        x += 4.5 * mm + flow.sheet.text(x + 4.5 * mm, flow.y + 2.7 * mm, text, _SIZE) + 6 * mm
    flow.y += 6 * mm


def _columns(flow: Flow, chart: Chart) -> None:
    """Points in time side by side."""
    marks = ticks(chart.highest, 4)
    area = _Area(MARGIN + _AXIS, flow.y, ROOM - _AXIS, _PLOT, marks[-1])
    sheet = flow.sheet
    for mark in marks:
        y = area.down(mark)
        sheet.line(area.x, y, area.x + area.width, y, LINE)
        sheet.text(area.x - 2 * mm, y + 2.5, number_text(mark, Unit.TIMES), _SIZE, anchor="right")
    if chart.kind is ChartKind.LINE:
        _lines(sheet, chart, area)
    else:
        _bars(sheet, chart, area)
    step = area.width / len(chart.categories)
    for index in labelled(chart.categories, int(area.width / _MARK)):
        text = flow.wording.label(chart.categories[index], short=True)
        half = flow.setter.width(text, _SIZE) / 2
        x = min(area.x + (index + 0.5) * step, area.x + area.width - half)
        sheet.text(x, area.y + area.height + 4 * mm, text, _SIZE, anchor="middle")
    flow.y += _PLOT + 6.5 * mm


def _bars(sheet: Sheet, chart: Chart, area: _Area) -> None:
    step = area.width / len(chart.categories)
    stacked = chart.kind is ChartKind.STACKED
    wide = step * 0.7 / (1 if stacked else len(chart.series))
    for index in range(len(chart.categories)):
        below = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[index] or 0
            x = area.x + index * step + step * 0.15 + (0 if stacked else number * wide)
            y = area.down(below + value)
            if value:
                _filled(sheet, x, y, wide, area.down(below) - y, _ink(series, number))
            below += value if stacked else 0


def _lines(sheet: Sheet, chart: Chart, area: _Area) -> None:
    """Lines with a mark at every value; a gap where nothing could be counted."""
    step = area.width / len(chart.categories)
    for number, series in enumerate(chart.series):
        ink = _ink(series, number)
        before = None
        for index, value in enumerate(series.values):
            if value is None:
                before = None
                continue
            here = (area.x + (index + 0.5) * step, area.down(value))
            if before is not None:
                sheet.canvas.setStrokeColor(ink)
                sheet.canvas.setLineWidth(1.2)
                sheet.canvas.line(before[0], HEIGHT - before[1], here[0], HEIGHT - here[1])
            sheet.fill(here[0] - 1.3, here[1] - 1.3, 2.6, 2.6, ink)
            before = here


def _rows(flow: Flow, chart: Chart) -> None:
    """Names one below the other; a long name is drawn smaller, then on two lines."""
    sheet, room = flow.sheet, ROOM - _NAMES - _NUMBER
    for index, label in enumerate(chart.categories):
        text = flow.wording.label(label)
        _name(sheet, flow.y, text)
        x, whole = MARGIN + _NAMES, 0.0
        for number, series in enumerate(chart.series):
            value = series.values[index] or 0
            wide = room * value / (chart.highest or 1)
            if chart.kind is ChartKind.STACKED:
                if value:
                    _filled(sheet, x, flow.y + 1 * mm, wide, _ROW - 2 * mm, _ink(series, number))
                x += wide
            else:
                tall = (_ROW - 2 * mm) / len(chart.series)
                y = flow.y + 1 * mm + number * tall
                if value:
                    _filled(sheet, MARGIN + _NAMES, y, wide, tall, _ink(series, number))
                x = max(x, MARGIN + _NAMES + wide)
            whole += value
        shown = number_text(whole, chart.unit)
        sheet.text(x + 1.5 * mm, flow.y + 4.2 * mm, shown, _SIZE)
        flow.y += _ROW
    flow.y += 2 * mm


def _name(sheet: Sheet, y: float, text: str) -> None:
    """The name of a row: on one line, or smaller on two."""
    room = _NAMES - 3 * mm
    size = 8.5
    lines = broken(text, room, size)
    while len(lines) > (1 if size > _SMALL else 2):
        size *= 0.9
        lines = broken(text, room, size)
    for number, line in enumerate(lines):
        middle = (len(lines) - 1) / 2
        sheet.text(MARGIN, y + 4.2 * mm + (number - middle) * size * 1.08, line, size)


def _filled(sheet: Sheet, x: float, y: float, width: float, height: float, ink: HexColor) -> None:
    """A filled bar with a fine frame, so that the palest is seen too."""
    sheet.fill(x, y, width, height, ink)
    sheet.box(x, y, width, height, line=INK, thick=0.3)


def _ink(series: Series, number: int) -> HexColor:
    return _TONES.get(series.tone, _GREYS[number % len(_GREYS)])
