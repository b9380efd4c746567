"""Rows of text under heads, for tables that only show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from facility_app.ui.widgets.table import FIGURES

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_WORDS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class TextRows(QAbstractTableModel):
    """The first column holds figures; a long cell is whole in its tip."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._heads, self._rows = tuple(heads), tuple(rows)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """How many."""
        return len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The heads."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """The words of a cell."""
        if role in _WORDS:
            return self._rows[index.row()][index.column()]
        return index.column() == 0 if role == FIGURES else None
