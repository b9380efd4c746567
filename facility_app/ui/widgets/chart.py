"""A chart, painted: columns along time, rows for names, lines; to a screen reader a sentence.

Use::

    view = ChartView(theme)
    view.show_chart(chart_text(words, chart))      # viewmodels/charts.py

Every series has a colour, a pattern (or a dash and a mark) and its word beside it, so that it also
reads in grey; numbers stand at the columns as far as there is room.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.domain.chart import ChartKind
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.charts import ChartText
from facility_app.ui.widgets import chart_marks
from facility_app.ui.widgets.chart_axes import paint_columns, paint_lines, paint_rows

_ROW = 32
_LEGEND_LINE = 28
_LEAST = 156


class ChartView(QLabel):
    """As wide as its place, at least 156 high; rows of names need 32 each."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.chart: ChartText | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def show_chart(self, chart: ChartText) -> None:
        """Another chart in the same place."""
        self.chart = chart
        self.setText(chart.spoken)
        self.setAccessibleName(chart.spoken)
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _least(self, width: int) -> int:
        """Height in screen pixels that the chart needs at `width`."""
        px, chart = self.theme.px, self.chart
        if chart is None or chart.empty:
            return px(_LEAST)
        legend = px(_LEGEND_LINE) * len(self._legend(width))
        rows = px(_ROW) * len(chart.categories) + px(8) if chart.named else 0
        return legend + max(px(_LEAST), rows)

    def hasHeightForWidth(self) -> bool:
        """The legend may need several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As much as the chart needs."""
        return self._least(width)

    def sizeHint(self) -> QSize:
        """Room for a month of columns."""
        return QSize(self.theme.px(480), self._least(self.theme.px(480)))

    def minimumSizeHint(self) -> QSize:
        """A chart may be squeezed sideways, not cut."""
        return QSize(self.theme.px(240), self._least(max(self.width(), self.theme.px(240))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Legend, then the chart below it."""
        chart, px = self.chart, self.theme.px
        if chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if chart.empty:
            painter.setFont(self.theme.font(18))
            painter.setPen(self.theme.qcolor("text2"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, chart.empty)
        else:
            place.adjust(0, px(_LEGEND_LINE) * self._paint_legend(painter), 0, 0)
            self._paint_chart(painter, place, chart)
        painter.end()

    def _paint_chart(self, painter: QPainter, place: QRectF, chart: ChartText) -> None:
        if chart.kind is ChartKind.LINE:
            paint_lines(painter, self.theme, place, chart)
        elif chart.named:
            paint_rows(painter, self.theme, place, chart)
        else:
            paint_columns(painter, self.theme, place, chart)

    def _legend(self, width: int) -> list[list[int]]:
        """The series in lines of the legend; one series needs none, the title names it."""
        chart = self.chart
        if chart is None or len(chart.series) < 2:
            return []
        lines: list[list[int]] = [[]]
        used = 0.0
        for index in range(len(chart.series)):
            wide = self._entry_width(index)
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0.0
            lines[-1].append(index)
            used += wide
        return lines

    def _entry_width(self, index: int) -> float:
        if self.chart is None:
            return 0.0
        metrics = QFontMetricsF(self.theme.font(16))
        return metrics.horizontalAdvance(self.chart.series[index].label) + self.theme.px(
            28 + 8 + 20
        )

    def _paint_legend(self, painter: QPainter) -> int:
        """Paint it; gives how many lines it has."""
        px, chart = self.theme.px, self.chart
        lines = self._legend(self.width())
        if chart is None:
            return 0
        for row, line in enumerate(lines):
            x, high = 0.0, px(_LEGEND_LINE)
            for index in line:
                swatch = QRectF(x, row * high + px(6), px(28), px(14))
                look = chart_marks.look_of(chart, index)
                chart_marks.paint_swatch(painter, self.theme, swatch, look, chart.kind)
                painter.setFont(self.theme.font(16))
                painter.setPen(self.theme.qcolor("text"))
                label = QRectF(x + px(36), row * high, self._entry_width(index), high - px(2))
                painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, chart.series[index].label)
                x += self._entry_width(index)
        return len(lines)
