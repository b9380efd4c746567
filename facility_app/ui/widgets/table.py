"""A table of 48 high rows without a grid: line, icon and equally wide figures are painted.

Use::

    table = Table(theme, words("log-table"))
    table.setModel(model)                 # any QAbstractTableModel
    table.set_widths([96, 160, 176])      # design pixels; the last column takes the rest
    table.opened.connect(...)             # row number: click, Enter

A model says how a cell looks with its roles: `BOLD` (bool), `ICON` (name), `TONE` (colour token),
`FIGURES` (bool, right-aligned and equally wide).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from facility_app.ui import figures
from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.text import wrap

BOLD = Qt.ItemDataRole.UserRole + 1
ICON = Qt.ItemDataRole.UserRole + 2
TONE = Qt.ItemDataRole.UserRole + 3
FIGURES = Qt.ItemDataRole.UserRole + 4
ROW_HEIGHT = 48
_SIZE = 18

_Index = QModelIndex | QPersistentModelIndex


def _font(theme: Theme, index: _Index) -> QFont:
    return theme.font(_SIZE, bold=bool(index.data(BOLD)))


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: Table) -> None:
        super().__init__(parent)
        self._theme, self._table = theme, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._theme.px(96), self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.qcolor("tint" if chosen else "surface"))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.qcolor("line")
        )
        tone = index.data(TONE) or "text"
        left = rect.left() + px(8)
        icon = index.data(ICON)
        if icon:
            side = px(22)
            paint_icon(painter, theme, icon, left, rect.center().y() - side / 2, side, tone)
            left += side + px(8)
            tone = "text"
        font = _font(theme, index)
        painter.setFont(font)
        painter.setPen(theme.qcolor(tone))
        box = QRectF(left, rect.top(), rect.right() - left - px(8), rect.height())
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.data(FIGURES):
            figures.paint(painter, box, words, Qt.AlignmentFlag.AlignRight)
        elif index.column() == self._table.whole:
            self._paint_lines(painter, box, wrap(words, font, box.width()))
        else:
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_lines(self, painter: QPainter, box: QRectF, lines: Sequence[str]) -> None:
        high = self._theme.line_height(_SIZE)
        top = box.center().y() - high * len(lines) / 2
        for number, line in enumerate(lines):
            place = QRectF(box.left(), top + number * high, box.width(), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)


class Table(QTableView):
    """Whole rows are chosen; one click or Enter opens."""

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self._widths: tuple[int, ...] = ()
        self.whole: int | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(_CellDelegate(theme, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Column widths in design pixels; columns without one share the rest."""
        self._widths = tuple(widths)
        self._lay_columns()

    def keep_whole(self, column: int) -> None:
        """Words of `column` are never shortened: they go over several lines and the row grows.

        Call it after `setModel`.
        """
        self.whole = column
        self.model().modelReset.connect(self._fit_rows)
        self._fit_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns without a width take the rest."""
        super().resizeEvent(event)
        self._lay_columns()

    def _restyle(self) -> None:
        px = self.theme.px
        self.verticalHeader().setMinimumSectionSize(px(ROW_HEIGHT))  # first: it holds the other up
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(px(40))
        self.setMinimumHeight(px(40 + ROW_HEIGHT * 2))
        self._lay_columns()

    def _lay_columns(self) -> None:
        model = self.model()
        if model is None:
            return
        count = model.columnCount()
        px = self.theme.px
        given = [px(self._widths[i]) if i < len(self._widths) else 0 for i in range(count)]
        open_columns = [i for i, wide in enumerate(given) if not wide] or [count - 1]
        rest = self.viewport().width() - sum(given)
        for index, wide in enumerate(given):
            share = rest // len(open_columns) if index in open_columns else 0
            self.setColumnWidth(index, max(wide + share, px(64)))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """The heights of the rows follow the lines of what must stay whole."""
        if self.whole is None:
            return
        px, model = self.theme.px, self.model()
        room = self.columnWidth(self.whole) - px(16)
        for row in range(model.rowCount()):
            index = model.index(row, self.whole)
            font = _font(self.theme, index)
            lines = wrap(str(index.data() or ""), font, room)
            high = max(px(ROW_HEIGHT), len(lines) * self.theme.line_height(_SIZE) + px(8))
            if high != self.rowHeight(row):
                self.setRowHeight(row, high)
