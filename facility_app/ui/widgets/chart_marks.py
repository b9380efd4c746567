"""What tells the series of a chart apart: colour, pattern, dash and mark, each enough by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from facility_app.domain.chart import ChartKind, Tone
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.charts import ChartText

_Brush, _Dash = Qt.BrushStyle, Qt.PenStyle


@dataclass(frozen=True)
class Look:
    """How a series is drawn.  `corners` of its mark: 0 is a circle."""

    tone: str
    pattern: Qt.BrushStyle
    dash: Qt.PenStyle
    corners: int


PLAIN = (
    Look("primary", _Brush.SolidPattern, _Dash.SolidLine, 0),
    Look("late", _Brush.BDiagPattern, _Dash.DashLine, 4),
    Look("ok", _Brush.Dense4Pattern, _Dash.DotLine, 3),
    Look("text2", _Brush.HorPattern, _Dash.DashDotLine, 4),
    Look("warn", _Brush.DiagCrossPattern, _Dash.DashDotDotLine, 3),
    Look("danger", _Brush.VerPattern, _Dash.DashLine, 0),
)
"""Series without a meaning of their own, in their order."""

MEANT = {
    Tone.NOTICE: Look("primary", _Brush.SolidPattern, _Dash.SolidLine, 0),
    Tone.WARN: Look("warn", _Brush.BDiagPattern, _Dash.DashLine, 3),
    Tone.BLOCK: Look("danger", _Brush.DiagCrossPattern, _Dash.DotLine, 4),
}


def look_of(chart: ChartText, index: int) -> Look:
    """The look of a series: by its meaning, else by its place among those without one."""
    tone = chart.series[index].tone
    if tone is not Tone.PLAIN:
        return MEANT[tone]
    before = sum(each.tone is Tone.PLAIN for each in chart.series[:index])
    return PLAIN[before % len(PLAIN)]


def paint_bar(painter: QPainter, theme: Theme, rect: QRectF, look: Look) -> None:
    """A filled bar; a pattern keeps its outline, so that a thin bar is seen as well."""
    ink = theme.qcolor(look.tone)
    if look.pattern is _Brush.SolidPattern:
        painter.fillRect(rect, ink)
        return
    painter.fillRect(rect, theme.qcolor("surface"))
    painter.fillRect(rect, QBrush(ink, look.pattern))
    wide = theme.px(2)
    inset = min(wide / 2, rect.width() / 2, rect.height() / 2)
    painter.setBrush(_Brush.NoBrush)
    painter.setPen(QPen(ink, wide, _Dash.SolidLine, Qt.PenCapStyle.FlatCap, _MITRE))
    painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


def paint_mark(painter: QPainter, theme: Theme, at: QPointF, look: Look) -> None:
    """The mark of a point: circle, triangle or square."""
    reach = theme.px(5)
    painter.setPen(QPen(theme.qcolor("surface"), theme.px(1)))
    painter.setBrush(theme.qcolor(look.tone))
    if look.corners == 0:
        painter.drawEllipse(at, reach, reach)
    elif look.corners == 3:
        low, side = at.y() + reach, reach * 1.2
        corners = [QPointF(at.x(), at.y() - side)]
        corners += [QPointF(at.x() - side, low), QPointF(at.x() + side, low)]
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawRect(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach))


def line_pen(theme: Theme, look: Look) -> QPen:
    """The pen of a line."""
    pen = QPen(theme.qcolor(look.tone), theme.px(3), look.dash)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_swatch(
    painter: QPainter, theme: Theme, rect: QRectF, look: Look, kind: ChartKind
) -> None:
    """The look as a sample beside the word."""
    if kind is not ChartKind.LINE:
        paint_bar(painter, theme, rect, look)
        return
    painter.setPen(line_pen(theme, look))
    middle = rect.center()
    painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
    paint_mark(painter, theme, middle, look)


_MITRE = Qt.PenJoinStyle.MiterJoin
