"""One chart on the page: the drawing, and the same numbers as a table at the press of a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Sized
from facility_app.ui.viewmodels.charts import ChartText
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chart import ChartView
from facility_app.ui.widgets.table import BOLD, FIGURES, Table
from facility_app.ui.widgets.text import Text

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NAME_WIDTH = 136


class NumbersModel(QAbstractTableModel):
    """Category, then a number for each series."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()

    def show_chart(self, chart: ChartText) -> None:
        """Other numbers."""
        self.beginResetModel()
        self._heads, self._rows = chart.heads, chart.rows()
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One for each category."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The category and the series."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; numbers right-aligned and equally wide."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == FIGURES:
            return index.column() > 0
        return index.column() == 0 if role == BOLD else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words above."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None


class ChartCard(Card):
    """Title, drawing or table, how it was counted, and the button between the two."""

    def __init__(self, ctx: UiContext, chart: ChartText) -> None:
        super().__init__(ctx.theme, title=chart.title, padding=12, spacing=4)
        self.words = ctx.words
        self.switch = ActionButton(ctx.theme, " ", kind=Kind.GREY, icon="table_rows")
        self.switch.clicked.connect(self._turn)
        if self.head is not None:
            self.head.addWidget(self.switch)
        self.places = QStackedWidget()
        self.view = ChartView(ctx.theme)
        self.model = NumbersModel()
        self.table = Table(ctx.theme, chart.title)
        self.table.setModel(self.model)
        self.table.set_widths((_NAME_WIDTH,))
        self.places.addWidget(self.view)
        self.places.addWidget(self.table)
        Sized(ctx.theme, self.places, min_height=156)
        self.body.addWidget(self.places, 1)
        self.note = Text(ctx.theme, size=16, tone="text2")
        self.body.addWidget(self.note)
        self.show_chart(chart)
        self.show_table(False)

    def show_chart(self, chart: ChartText) -> None:
        """Other numbers in the same card."""
        self.view.show_chart(chart)
        self.model.show_chart(chart)
        self.note.set(chart.note)
        self.note.setVisible(bool(chart.note))
        self.switch.setVisible(not chart.empty)

    def _turn(self) -> None:
        self.show_table(self.places.currentWidget() is self.view)

    def show_table(self, table: bool) -> None:
        """The numbers instead of the drawing, or back."""
        self.places.setCurrentWidget(self.table if table else self.view)
        self.switch.set_text(self.words("charts-as-chart" if table else "charts-as-table"))
        self.switch.set_icon("bar_chart" if table else "table_rows")
        title = self.title.text() if self.title is not None else ""
        self.switch.setAccessibleName(f"{title} {self.switch.text()}")
