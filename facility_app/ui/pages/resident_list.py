"""The list of residents: search field, table, kana index at the side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from facility_app.domain.access import Permission
from facility_app.services.search import (
    SHOWN,
    Findings,
    KanaRow,
    ResidentQuery,
    find_residents,
)
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Grid, Row, Sized
from facility_app.ui.pages.shown_part import ShownPart
from facility_app.ui.viewmodels.residents import ListRow, Mark, count_text, list_rows
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ChoiceButton
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.table import BOLD, FIGURES, ICON, TONE, Table
from facility_app.ui.widgets.text import Text

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("name", "kana", "room", "slot", "presence", "expiry")
WIDTHS = (232, 208, 96, 96, 200)
SHOWN_TYPED = 30
"""Rows shown while somebody types: the answer comes with every key, and more is typed on."""

COMPACT_WIDTHS = (0, 1, 96, 1, 200, 1)
SHORT_CODE = 6
"""A longer room or slot is written as text, which can be shortened."""


class ResidentModel(QAbstractTableModel):
    """The rows of a search."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self.rows: list[ListRow] = []

    def show_rows(self, rows: list[ListRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Name, reading, room, slot, where things are, gravest date."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The heads."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Words, icons and tones of a cell."""
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        value = getattr(row, column)
        if isinstance(value, Mark):
            words = value.words
            looks: dict[int, Any] = {TONE: "text2"}
            if value.level:
                style = STYLES[Level(value.level)]
                looks = {ICON: value.icon or style.icon, TONE: style.color}
        else:
            words = value or ""
            short = column in ("room", "slot") and len(words) <= SHORT_CODE
            looks = {BOLD: column == "name", FIGURES: short}
            if column == "kana":
                looks[TONE] = "text2"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        return looks.get(role)


class KanaIndex(QWidget):
    """One button per row of the kana table; the pressed one again takes the filter away."""

    chosen = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        grid = Grid(ctx.theme, self, spacing=8)
        self.setAccessibleName(ctx.words("residents-kana-index"))
        self.buttons: dict[KanaRow, ChoiceButton] = {}
        for number, row in enumerate(KanaRow):
            button = ChoiceButton(ctx.theme, ctx.words.term(row), row.name)
            Sized(ctx.theme, button, width=56)
            button.clicked.connect(lambda _on=False, row=row: self._press(row))
            self.buttons[row] = button
            grid.addWidget(button, number // 2, number % 2)
        grid.setRowStretch(len(KanaRow), 1)

    def clear(self) -> None:
        """No row is chosen."""
        for button in self.buttons.values():
            button.setChecked(False)

    def _press(self, row: KanaRow) -> None:
        for other, button in self.buttons.items():
            if other is not row:
                button.setChecked(False)
        self.chosen.emit(row if self.buttons[row].isChecked() else None)


class ResidentList(QWidget):
    """`opened` carries a resident's id."""

    opened = Signal(int)
    register_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, theme, words = ctx, ctx.theme, ctx.words
        self._asked = 0
        self._row: KanaRow | None = None
        self._open_exact = False
        outer = Column(theme, self, spacing=12)
        self._head = head = Row(theme, spacing=8)
        self.scan = ScanField(theme, words("residents-search-hint"), icon="search")
        self.scan.textEdited.connect(self._typed)
        self.scan.scanned.connect(self._entered)
        self.scan.installEventFilter(self)
        head.addWidget(self.scan, 1)
        self.import_button = ActionButton(
            theme, words("residents-import"), kind=Kind.GREY, icon="upload_file", height=56
        )
        self.import_button.clicked.connect(self.import_wanted)
        self.register_button = ActionButton(
            theme, words("residents-register"), kind=Kind.FILLED, icon="person_add",
            height=56, size=18,
        )  # fmt: skip
        self.register_button.clicked.connect(self.register_wanted)
        acts = Row(theme, spacing=8)
        acts.addWidget(self.import_button)
        acts.addWidget(self.register_button)
        head.addLayout(acts)
        outer.addLayout(head)
        self.count = Text(theme, " ", tone="text2")
        outer.addWidget(self.count)
        outer.addLayout(self._build_middle(), 1)
        theme.changed.connect(self._rezoomed)
        self._rezoomed()

    def _build_middle(self) -> Row:
        theme, words = self.ctx.theme, self.ctx.words
        row = Row(theme, spacing=16)
        self.table = Table(theme, words("residents-list"))
        self.model = ResidentModel([words(f"residents-head-{name}") for name in COLUMNS])
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS)
        self.table.keep_whole(COLUMNS.index("name"))
        self.table.opened.connect(self._open_row)
        self.empty = EmptyState(
            theme, icon="group", title=words("residents-none"), text=words("residents-none-how")
        )
        self.nobody = EmptyState(
            theme, icon="search_off", title=words("residents-nobody"),
            text=words("residents-nobody-how"),
        )  # fmt: skip
        self.stack = ShownPart(theme)
        for widget in (self.table, self.empty, self.nobody):
            self.stack.add(widget)
        row.addWidget(self.stack, 1)
        self.kana = KanaIndex(self.ctx)
        self.kana.chosen.connect(self._choose_row)
        row.addWidget(self.kana)
        return row

    def _rezoomed(self) -> None:
        """Enlarged: buttons below the field, no index, and only what tells people apart."""
        compact = self.ctx.theme.compact
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._head.setDirection(down if compact else across)
        self.kana.setVisible(not compact)
        for name in ("kana", "slot", "expiry"):
            self.table.setColumnHidden(COLUMNS.index(name), compact)
        self.table.set_widths(COMPACT_WIDTHS if compact else WIDTHS)

    def refresh(self) -> None:
        """Search again with what stands in the field."""
        may = self.ctx.session.may
        self.register_button.setVisible(may(Permission.MANAGE_RESIDENTS))
        self.import_button.setVisible(may(Permission.IMPORT))
        self._typed()

    def reset(self) -> None:
        """An empty field and no row of the index."""
        self.scan.clear()
        self.kana.clear()
        self._row = None

    def _typed(self, _text: str = "") -> None:
        self._search(exact=False)

    def _entered(self, _text: str) -> None:
        self._search(exact=True)

    def _search(self, exact: bool) -> None:
        self._asked += 1
        self._open_exact = exact
        number, text = self._asked, self.scan.wanted()
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, self._row, limit=SHOWN_TYPED if text else SHOWN),
            done=lambda found: self._show(number, found),
            failed=self._refused,
            what=self.ctx.words("residents-busy-search"),
        )

    def _show(self, number: int, found: Findings) -> None:
        if number != self._asked:
            return  # an answer that came after the next key
        self.model.show_rows(list_rows(self.ctx.words, found))
        self.count.set(count_text(self.ctx.words, found))
        self.ctx.announce(self.count.text())
        asked = bool(self.scan.wanted()) or self._row is not None
        shown = self.table if found.rows else self.nobody if asked else self.empty
        self.stack.show_part(shown)
        if found.rows:
            self.table.selectRow(0)
        if found.exact or (self._open_exact and len(found.rows) == 1):
            self.opened.emit(found.rows[0].id)

    def _refused(self, exc: Exception) -> None:
        self.model.show_rows([])
        self.stack.show_part(self.nobody)
        self.count.set(" ")
        self.ctx.show_error(exc, self)

    def _choose_row(self, row: KanaRow | None) -> None:
        self._row = row
        self._search(exact=False)

    def _open_row(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.opened.emit(self.model.rows[row].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field move in the table; Enter on an empty field opens the row."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.model.rows:
            at = self.table.currentIndex().row() + step
            self.table.selectRow(max(0, min(len(self.model.rows) - 1, at)))
            return True
        return super().eventFilter(watched, event)
