"""The rows of 受診: a visit or a house call of the day, and the entries of the week."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from facility_app.i18n import Words
from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.visits import VisitLine, VisitStep
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.rows import LoanRow
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
Press = Callable[[VisitLine], object]


def step_button(theme: Theme, words: Words, line: VisitLine, press: Press) -> ActionButton | None:
    """The one button of a row; None where there is nothing to do."""
    if line.step is VisitStep.NONE:
        return None
    text = words(f"calendar-step-{line.step.value}")
    button = ActionButton(theme, text)
    button.setAccessibleName(f"{text} {line.about}")
    button.clicked.connect(lambda: press(line))
    return button


def edit_button(theme: Theme, words: Words, line: VisitLine, press: Press) -> ActionButton:
    """Look at the plan, or change it."""
    text = words("calendar-edit")
    button = ActionButton(theme, text, kind=Kind.TEXT)
    button.setAccessibleName(f"{text} {line.about}")
    button.clicked.connect(lambda: press(line))
    return button


class VisitRow(QFrame):
    """One row of the day: time, who and where, state, and the button at the same place in each."""

    def __init__(
        self, theme: Theme, words: Words, line: VisitLine, press: Press, edit: Press
    ) -> None:
        super().__init__()
        self.theme, self.line = theme, line
        row = Row(theme, self, margins=(16, 10, 16, 10), spacing=12)
        time = Text(theme, line.time, size=20, bold=True, tabular=True)
        Sized(theme, time, width=72)
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._who(words), 1)
        place = QWidget()
        chip = Row(theme, place, spacing=0)
        chip.addWidget(Chip(theme, line.chip, Level(line.level)), 0, _MIDDLE)
        chip.addStretch(1)
        Sized(theme, place, width=176)
        row.addWidget(place, 0, _MIDDLE)
        self.edit = edit_button(theme, words, line, edit)
        row.addWidget(self.edit, 0, _MIDDLE)
        self.action = step_button(theme, words, line, press)
        if self.action is None:
            spare = QWidget()
            Sized(theme, spare, width=152)
            row.addWidget(spare)
        else:
            Sized(theme, self.action, width=152)
            row.addWidget(self.action, 0, _MIDDLE)
        told = (line.time, line.title, line.room, line.place, line.who, line.chip)
        self.setAccessibleName(" ".join(part for part in told if part))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def _who(self, words: Words) -> Column:
        theme, line = self.theme, self.line
        who = Column(theme, spacing=2)
        name = Row(theme, spacing=6)
        name.addWidget(Text(theme, line.title, size=20, bold=True, elide=True))
        if line.round_id is None:
            name.addWidget(Text(theme, words("widgets-honorific"), wraps=False))
        name.gap(2)
        name.addWidget(Text(theme, line.room, tone="text2", wraps=False))
        name.addStretch(1)
        who.addLayout(name)
        where = Row(theme, spacing=6)
        for icon, text in (("location_on-fill", line.place), ("directions_walk", line.who)):
            if text:
                where.addWidget(IconLabel(theme, icon, size=20, tone="text2"), 0, _MIDDLE)
                where.addWidget(Text(theme, text, elide=True))
                where.gap(10)
        where.addStretch(1)
        who.addLayout(where)
        return who

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line below."""
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class NarrowRow(QWidget):
    """The same row on the enlarged screen: the buttons below."""

    def __init__(
        self, theme: Theme, words: Words, line: VisitLine, press: Press, edit: Press
    ) -> None:
        super().__init__()
        column = Column(theme, self, spacing=0)
        lines = [("location_on-fill", line.place), ("directions_walk", line.who)]
        column.addWidget(
            LoanRow(
                theme,
                head=line.time,
                chip=Chip(theme, line.chip, Level(line.level)),
                name=line.title,
                honorific=words("widgets-honorific") if line.round_id is None else "",
                room=line.room,
                lines=[(icon, text) for icon, text in lines if text],
            )
        )
        buttons = Row(theme, margins=(16, 8, 16, 16), spacing=8)
        self.action = step_button(theme, words, line, press)
        self.edit = edit_button(theme, words, line, edit)
        if self.action is not None:
            buttons.addWidget(self.action, 1)
        buttons.addWidget(self.edit, 1 if self.action is None else 0)
        column.addLayout(buttons)


class WeekEntry(QPushButton):
    """A visit in the week: time and who, with the icon of its state; opens it."""

    def __init__(self, theme: Theme, words: Words, line: VisitLine) -> None:
        super().__init__()
        self.theme, self.line = theme, line
        self._level = Level(line.level)
        told = (line.time, line.title, line.room, line.place, line.chip)
        self.setAccessibleName(" ".join(part for part in told if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """72 high: time, then who."""
        return QSize(self.theme.px(120), self.theme.px(64))

    def minimumSizeHint(self) -> QSize:
        """The same: names are shortened."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, time with the state's icon at its right, name below."""
        theme, px, style = self.theme, self.theme.px, STYLES[self._level]
        painter = QPainter(self)
        hover = self.underMouse() or self.isDown()
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("tint" if hover else "surface"),
            radius=px(8),
            outline=theme.qcolor("border"),
        )
        bold = theme.font(18, bold=True)
        painter.setFont(bold)
        painter.setPen(theme.qcolor("text"))
        inner = QRectF(self.rect()).adjusted(px(8), px(6), -px(8), -px(6))
        half = inner.height() / 2
        painter.drawText(
            QRectF(inner.left(), inner.top(), inner.width(), half), _MIDDLE, self.line.time
        )
        side = px(20)
        paint_icon(
            painter, theme, style.icon, inner.right() - side, inner.top() + (half - side) / 2,
            side, style.color,
        )  # fmt: skip
        font = theme.font(16)
        painter.setFont(font)
        shown = QFontMetricsF(font).elidedText(
            self.line.title, Qt.TextElideMode.ElideRight, inner.width()
        )
        below = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        painter.drawText(below, _MIDDLE, shown)
        painter.end()
