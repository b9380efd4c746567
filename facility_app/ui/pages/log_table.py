"""The list of the record: a model that loads older entries when the person gets there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from facility_app.i18n import Words
from facility_app.ui.viewmodels.log import LogRow
from facility_app.ui.widgets.table import BOLD, FIGURES, ICON, TONE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NUMBER, _MOMENT, _ACT, _RESIDENT, _THING, _ACTOR = range(6)
_WIDTHS = (164, 186, 108, 84)
_FIGURE, _MARGINS = 11, 24


def widths(newest: int) -> tuple[int, ...]:
    """Column widths in design pixels for numbers up to `newest`; the last takes the rest."""
    return max(56, len(f"{newest:,}") * _FIGURE + _MARGINS), *_WIDTHS


class LogModel(QAbstractTableModel):
    """`older_wanted` when the end of what is loaded was reached."""

    older_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._head = (
            words("log-number"),
            words("log-at"),
            words("log-action"),
            words("log-resident"),
            words("log-item"),
            words("log-actor"),
        )
        self.rows: list[LogRow] = []
        self.more = False

    def show_rows(self, rows: Sequence[LogRow], more: bool) -> None:
        """Show these instead; `more`: older ones can be loaded."""
        self.beginResetModel()
        self.rows, self.more = list(rows), more
        self.endResetModel()

    def add_rows(self, rows: Sequence[LogRow], more: bool) -> None:
        """Older ones below."""
        if rows:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
        self.more = more

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Rows that are loaded."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Number, moment, act, resident, thing, person."""
        return 0 if parent.isValid() else len(self._head)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether older entries match."""
        return self.more and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:
        """Ask for them once; `add_rows` brings them."""
        if self.more:
            self.more = False
            self.older_wanted.emit()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and look of a cell."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == FIGURES:
            return column in (_NUMBER, _MOMENT)
        if role == BOLD:
            return column == _ACT
        if role == ICON:
            return row.icon if column == _ACT else None
        if role == TONE:
            return row.tone if column == _ACT else ("text2" if column == _NUMBER else "text")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words above; right-aligned over figures."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (_NUMBER, _MOMENT):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._head[section] if role == Qt.ItemDataRole.DisplayRole else None

    @staticmethod
    def _text(row: LogRow, column: int) -> str:
        return (row.number, row.moment, row.act, row.resident, row.thing, row.actor)[column]
