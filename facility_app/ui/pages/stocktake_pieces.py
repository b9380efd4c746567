"""Counting pieces by pressing: one row per kind, the same rows for every pouch.

Use: ``pieces = PieceRows(theme, words); pieces.show_kinds(kinds); pieces.changed.connect(...)``
with `changed` carrying kind and +1 or -1; ``pieces.show_counts({...})``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from facility_app.i18n import Words
from facility_app.ui import figures
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.text import wrap

_MORE = (Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Space)
_LESS = (Qt.Key.Key_Left, Qt.Key.Key_Minus, Qt.Key.Key_Backspace)
_HIGH = 48


class PieceButton(QPushButton):
    """One kind: a box with how many were counted, and its name.  `stepped` carries +1 or -1.

    Letters and figures do nothing here: a scanner's first key must not change a count.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, words: Words, name: str) -> None:
        super().__init__(name)
        self.theme, self.words, self.name, self.count = theme, words, name, 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(words("stocktake-count-piece-how"))
        self.clicked.connect(lambda: self.stepped.emit(1))
        theme.changed.connect(self._restyle)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """How many pieces were counted."""
        self.count = count
        told = self.words("stocktake-count-piece", kind=self.name, count=str(count))
        self.setAccessibleName(told)
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """48 high; the name takes two lines where it is long."""
        return QSize(self.theme.px(240), self.theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Box and some words."""
        return QSize(self.theme.px(160), self.theme.px(_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Space add, Left takes away, Up and Down walk; Enter belongs to the page."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key in _MORE and not event.isAutoRepeat():
            self.stepped.emit(1)
        elif key in _LESS and not event.isAutoRepeat():
            self.stepped.emit(-1)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and figure where something was counted."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.count or self.underMouse():
            painting.panel(painter, rect, fill=theme.qcolor("tint"), radius=px(8))
        side = px(36)
        box = QRectF(px(8), (self.height() - side) / 2, side, side)
        if self.count:
            painting.panel(painter, box, fill=theme.qcolor("primary"), radius=px(4))
            painter.setFont(theme.font(20, bold=True))
            painter.setPen(theme.qcolor("on_primary"))
            figures.paint(painter, box, str(self.count), Qt.AlignmentFlag.AlignHCenter)
        else:
            painter.setPen(QPen(theme.qcolor("border"), px(2)))
            painter.setBrush(theme.qcolor("surface"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(3), px(3))
        self._paint_name(painter)
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        """One line of 18, or two of 16."""
        theme, px = self.theme, self.theme.px
        left = px(54)
        room = self.width() - left - px(4)
        size = 18
        if QFontMetricsF(theme.font(size, bold=True)).horizontalAdvance(self.name) > room:
            size = 16
        font = theme.font(size, bold=bool(self.count))
        painter.setFont(font)
        painter.setPen(theme.qcolor("text"))
        lines = wrap(self.name, font, room)[:2]
        high = theme.line_height(size) if len(lines) == 1 else px(20)
        top = (self.height() - high * len(lines)) / 2
        for index, line in enumerate(lines):
            place = QRectF(left, top + index * high, room + 2, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)


class PieceRows(QWidget):
    """All kinds in two columns; `changed` carries the kind's code and +1 or -1."""

    changed = Signal(str, int)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme, self.words = theme, words
        self.buttons: dict[str, PieceButton] = {}
        self.less: dict[str, ActionButton] = {}
        self._kinds: Sequence[tuple[str, str]] = ()
        self._box = Column(theme, self)
        self._columns: QWidget | None = None
        theme.changed.connect(self._arrange)

    def show_kinds(self, kinds: Sequence[tuple[str, str]]) -> None:
        """(code, name) of what is counted; the same kinds keep their rows."""
        if tuple(kinds) != tuple(self._kinds):
            self._kinds = tuple(kinds)
            self._arrange()

    def _arrange(self) -> None:
        if self._columns is not None:
            self._box.removeWidget(self._columns)
            self._columns.hide()
            self._columns.deleteLater()
        counts = {code: button.count for code, button in self.buttons.items()}
        self.buttons, self.less = {}, {}
        columns = Columns(self.theme, (1, 1), spacing=8)
        half = (len(self._kinds) + 1) // 2
        for part in (self._kinds[:half], self._kinds[half:]):
            side = QWidget()
            column = Column(self.theme, side, spacing=8)
            for code, name in part:
                column.addLayout(self._row(code, name))
            column.addStretch(1)
            columns.add(side)
        self._columns = columns
        self._box.addWidget(columns)
        self.show_counts(counts)

    def _row(self, code: str, name: str) -> Row:
        button = PieceButton(self.theme, self.words, name)
        button.stepped.connect(lambda by: self.changed.emit(code, by))
        less = ActionButton(self.theme, "", kind=Kind.GREY, icon="remove")
        less.setAccessibleName(self.words("stocktake-count-less", kind=name))
        less.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the left arrow key does the same
        less.clicked.connect(lambda: self.changed.emit(code, -1))
        Sized(self.theme, less, width=48)
        policy = less.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        less.setSizePolicy(policy)
        self.buttons[code], self.less[code] = button, less
        row = Row(self.theme, spacing=8)
        row.addWidget(button, 1)
        row.addWidget(less)
        return row

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many of each kind; a kind without a piece has nothing to take away."""
        for code, button in self.buttons.items():
            button.show_count(counts.get(code, 0))
            self.less[code].setVisible(button.count > 0)

    def focus_first(self) -> None:
        """The first kind."""
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
