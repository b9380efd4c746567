"""What the panes of the stocktake and the review queue share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from facility_app.ui.layouts import Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.table import BOLD, ICON, TONE
from facility_app.ui.widgets.text import Text

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class HowFar(QProgressBar):
    """A quiet bar, 12 high: how much of something is done.  Says so to a screen reader."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_part(self, done: int, whole: int, told: str) -> None:
        """`told`: the same in words."""
        self.setRange(0, max(whole, 1))
        self.setValue(min(done, max(whole, 1)))
        self.setAccessibleDescription(told)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Twelve high."""
        return QSize(self.theme.px(120), self.theme.px(12))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and filled part."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painting.panel(
            painter,
            rect,
            fill=theme.qcolor("bg"),
            radius=px(6),
            outline=theme.qcolor("border"),
        )
        part = self.value() / max(1, self.maximum())
        if part:
            filled = QRectF(0, 0, max(rect.height(), rect.width() * part), rect.height())
            full = part >= 1
            fill = theme.qcolor("ok" if full else "primary")
            painting.panel(painter, filled, fill=fill, radius=px(6))
        painter.end()


class Fact(QWidget):
    """A grey label and its value, in one line."""

    def __init__(self, theme: Theme, label: str, value: str, *, width: int = 104) -> None:
        super().__init__()
        row = Row(theme, self, spacing=8)
        name = Text(theme, label, size=16, tone="text2")
        Sized(theme, name, width=width)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(theme, value, bold=True), 1)


class CellRows(QAbstractTableModel):
    """Rows of words; the first column is bold; a row may have an icon with a colour there."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self.rows: list[tuple[str, ...]] = []
        self._looks: list[tuple[str, str]] = []

    def show_rows(
        self, rows: Sequence[tuple[str, ...]], looks: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show these; `looks`: (icon, colour token) of each."""
        self.beginResetModel()
        self.rows, self._looks = list(rows), list(looks)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and look of a cell."""
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in words:
            return self.rows[index.row()][index.column()]
        if index.column() or role not in (BOLD, ICON, TONE):
            return None
        if role == BOLD:
            return True
        look = self._looks[index.row()] if self._looks else ("", "text")
        return look[0] if role == ICON else look[1]
