"""Rows of lists: one thing, and one button with its next action at the same place in every row.

Use::

    ToDoRow(theme, Level.WARN, title, text, button)          # 96 high
    LoanRow(theme, head="15:00", side="...", name=name, room=room,
            lines=[("location_on-fill", place)], action=button, chip=chip)   # 112 high
    LateRow(theme, ...)                      # the overdue loan with the filled button
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LONG = 10
_NEAR, _APART = 2, 10
_UNLIMITED = 1 << 20


class _Line(QFrame):
    """A row with a thin line under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class ToDoRow(_Line):
    """Icon by level, a title of one or two lines, a small second line, one button."""

    def __init__(
        self,
        theme: Theme,
        level: Level,
        title: str,
        text: str = "",
        action: ActionButton | None = None,
        *,
        icon: str = "",
    ) -> None:
        super().__init__(theme)
        style = STYLES[level]
        row = Row(theme, self, margins=(16, 12, 16, 12), spacing=12)
        row.addWidget(IconLabel(theme, icon or style.icon, size=28, tone=style.color), 0, _TOP)
        words = Column(theme, spacing=0)
        self.title = Text(theme, title, bold=True)
        words.addWidget(self.title)
        if text:
            words.addWidget(Text(theme, text, size=16, tone="text2"))
        row.addLayout(words, 1)
        self.action = action
        if action is not None:
            row.addWidget(action, 0, _MIDDLE)
        self.setAccessibleName(" ".join(part for part in (title, text) if part))


class _Who(QWidget):
    """Words of one person on a line; what does not fit goes whole to the next line."""

    def __init__(self, theme: Theme, first: Sequence[Text], then: Text | None) -> None:
        super().__init__()
        self._theme, self._first, self._then = theme, tuple(first), then
        for text in (*self._first, *self._after()):
            text.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def _after(self) -> tuple[Text, ...]:
        return (self._then,) if self._then is not None else ()

    def _places(self, width: int) -> list[QRect]:
        """One for every text, for a widget `width` wide."""
        places: list[QRect] = []
        left = top = 0
        high = max((text.sizeHint().height() for text in self._first), default=0)
        for text in (*self._first, *self._after()):
            size = text.sizeHint()
            left += self._theme.px(_NEAR if text is not self._then else _APART) if left else 0
            if text is self._then and left and left + size.width() > width:
                left, top, high = 0, high, size.height()
            places.append(QRect(left, top, size.width(), max(high, size.height())))
            left += size.width()
        return places

    def _size_at(self, width: int) -> QSize:
        places = self._places(width)
        wide = max((place.right() + 1 for place in places), default=0)
        return QSize(wide, max((place.bottom() + 1 for place in places), default=0))

    def sizeHint(self) -> QSize:
        """All on one line."""
        return self._size_at(_UNLIMITED)

    def minimumSizeHint(self) -> QSize:
        """On two lines."""
        return QSize(self._size_at(0).width(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """A narrow place makes two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line or two."""
        return self._size_at(width).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        texts = (*self._first, *self._after())
        for text, place in zip(texts, self._places(self.width()), strict=True):
            text.setGeometry(place)

    def _restyle(self) -> None:
        self.updateGeometry()
        self._place()


class _PersonLines(QWidget):
    """Name, honorific, room; then lines with an icon each."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        honorific: str,
        room: str,
        lines: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        box = Column(theme, self, spacing=0)
        who: list[Text] = []
        named = Text(theme, name, size=20, bold=True, wraps=len(name) > _LONG)
        if len(name) > _LONG:  # a name is never shortened: two people may begin alike
            box.addWidget(named)
        else:
            who.append(named)
        if honorific:
            who.append(Text(theme, honorific, wraps=False))
        where = Text(theme, room, tone="text2", wraps=False) if room else None
        box.addWidget(_Who(theme, who, where))
        for icon, words in lines:
            line = Row(theme, spacing=6)
            line.addWidget(IconLabel(theme, icon, size=20, tone="text2"), 0, _MIDDLE)
            line.addWidget(Text(theme, words, elide=True), 1)
            box.addLayout(line)


class LoanRow(_Line):
    """A loan or a visit: time first, then who and where; the button at the right."""

    def __init__(
        self,
        theme: Theme,
        *,
        head: str,
        side: str = "",
        chip: Chip | None = None,
        name: str,
        honorific: str = "",
        room: str = "",
        lines: Sequence[tuple[str, str]] = (),
        action: ActionButton | None = None,
    ) -> None:
        super().__init__(theme)
        row = Row(theme, self, margins=(16, 12, 16, 12), spacing=8)
        words = Column(theme, spacing=0)
        top = Row(theme, spacing=8)
        top.addWidget(Text(theme, head, size=20, bold=True, tabular=True))
        if side:
            top.addWidget(Text(theme, side, wraps=False))
        if chip is not None:
            top.gap(6)
            top.addWidget(chip, 0, _MIDDLE)
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(_PersonLines(theme, name, honorific, room, lines))
        row.addLayout(words, 1)
        self.action = action
        if action is not None:
            row.addWidget(action, 0, _MIDDLE)
        extra = " ".join(words_ for _icon, words_ in lines)
        self.setAccessibleName(f"{head} {side} {name}{honorific} {room} {extra}".strip())


class LateRow(QFrame):
    """The overdue loan: bar, tint, minutes in 28, and the only filled button of the column."""

    def __init__(
        self,
        theme: Theme,
        *,
        late: str,
        due: str,
        name: str,
        honorific: str = "",
        room: str = "",
        lines: Sequence[tuple[str, str]] = (),
        action: ActionButton | None = None,
    ) -> None:
        super().__init__()
        self.theme = theme
        box = Column(theme, self, margins=(16, 12, 16, 16), spacing=4)
        top = Row(theme, spacing=8)
        top.addWidget(IconLabel(theme, "alarm-fill", size=32, tone="late"), 0, _MIDDLE)
        top.addWidget(Text(theme, late, size=28, bold=True, tone="late_text", wraps=False))
        top.addStretch(1)
        self._due_beside = Text(theme, due, wraps=False)
        self._due_below = Text(theme, due)
        top.addWidget(self._due_beside)
        box.addLayout(top)
        box.addWidget(self._due_below)
        box.addWidget(_PersonLines(theme, name, honorific, room, lines))
        self.action = action
        if action is not None:
            box.gap(8)
            action.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.addWidget(action)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{late} {due} {name}{honorific} {room}")
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        """Between 100 and 150 % the columns stay and get too narrow for both on one line."""
        tight = self.theme.zoom > 100 and not self.theme.compact
        self._due_beside.setVisible(not tight)
        self._due_below.setVisible(tight)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and bar, edge to edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolor("late_tint"))
        painter.fillRect(0, 0, self.theme.px(8), self.height(), self.theme.qcolor("late"))
        painter.end()
