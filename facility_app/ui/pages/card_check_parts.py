"""The top of a check on the screen: whose card it is, and the verdict."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Row
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.card_findings import Verdict
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text

_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
NARROW_BAND = 944
"""Design pixels of width under which the buttons of the verdict stand below it."""


class WhoRow(QWidget):
    """On top once a resident was chosen: the name in 28, the room, two rarer acts."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.theme = theme
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        said = Row(theme, spacing=8)
        self.name = Text(theme, size=28, bold=True)
        self.honorific = Text(theme, words("widgets-honorific"), wraps=False)
        self.room = Text(theme, size=20, bold=True, wraps=False)
        said.addWidget(self.name)
        said.addWidget(self.honorific)
        said.gap(8)
        said.addWidget(self.room)
        said.addStretch(1)
        self._box.addLayout(said, 1)
        acts = Row(theme, spacing=8)
        self.attributes = ActionButton(
            theme, words("check-attributes"), kind=Kind.OUTLINED, icon="id_card-fill"
        )
        self.other = ActionButton(
            theme, words("check-other-resident"), kind=Kind.TEXT, icon="person_search"
        )
        acts.addWidget(self.other)
        acts.addWidget(self.attributes)
        acts.addStretch(1)
        self._box.addLayout(acts)
        theme.changed.connect(self._turn)
        self._turn()
        self.hide()

    def show_who(self, name: str, room: str, compares: bool) -> None:
        """Another resident, or nobody."""
        self.setVisible(bool(name))
        self.name.set(name)
        self.room.set(room)
        self.room.setVisible(bool(room))
        self.attributes.setVisible(compares)
        self._turn()
        self.setAccessibleName(f"{self.name.text()} {self.honorific.text()} {self.room.text()}")

    def _turn(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        crowded = self.theme.compact and self.attributes.isVisibleTo(self)
        self._box.setDirection(down if crowded else across)
        self._box.setSpacing(self.theme.px(8))


class VerdictBand(QFrame):
    """The first thing to read: tint and bar by level, 32 high words, the two rarer buttons."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.theme, self.level = theme, Level.OK
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        said = Column(theme, spacing=0)
        head = Row(theme, spacing=16)
        self.title = Text(theme, size=32, bold=True)
        head.addWidget(self.title)
        self.chip = Chip(theme, " ", Level.WARN)
        head.addWidget(self.chip, 0, _MIDDLE)
        head.addStretch(1)
        said.addLayout(head)
        below = Row(theme, spacing=12)
        self.text = Text(theme)
        self.number = Text(theme, bold=True, wraps=False)
        below.addWidget(self.text)
        below.addWidget(self.number, 0, _TOP)
        below.addStretch(1)
        said.addLayout(below)
        self._box.addLayout(said, 1)
        acts = Row(theme, spacing=8)
        self.day = ActionButton(theme, " ", kind=Kind.GREY, icon="event")
        self.again = ActionButton(
            theme, words("check-again"), kind=Kind.GREY, icon="refresh", key="F5"
        )
        acts.addWidget(self.day)
        acts.addWidget(self.again)
        self._box.addLayout(acts)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons beside the words, or below them."""
        super().resizeEvent(event)
        self._restyle()

    def show_verdict(self, verdict: Verdict, text: str, number: str) -> None:
        """Another check, or the same one with another sentence under it."""
        self.level = Level(verdict.level.value)
        self.title.set(verdict.title)
        self.title.set_tone(STYLES[self.level].text)
        self.chip.set(verdict.chip or " ", Level.WARN)
        self.chip.setVisible(bool(verdict.chip))
        self.text.set(text)
        self.number.set(number)
        spoken = (verdict.title, verdict.chip, self.text.text(), number)
        self.setAccessibleName(" ".join(part for part in spoken if part))
        self.update()

    def _restyle(self) -> None:
        px = self.theme.px
        narrow = self.theme.compact or self.width() < px(NARROW_BAND)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if narrow else across)
        left = px(64 if self.theme.compact else 96)
        self._box.setContentsMargins(left, px(12), px(16), px(12))
        self._box.setSpacing(px(12 if narrow else 16))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel by level, and its icon beside the title."""
        theme, px, style = self.theme, self.theme.px, STYLES[self.level]
        painter = QPainter(self)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        outlined = style.outline or contrast
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor(style.tint),
            radius=px(8),
            outline=theme.qcolor(style.color) if outlined else None,
            outline_width=max(style.outline, 2 if contrast else 1),
            bar=theme.qcolor(style.color),
            bar_width=px(8),
        )
        side, left = (px(32), px(20)) if theme.compact else (px(48), px(28))
        middle = self.title.geometry().center().y()
        paint_icon(painter, theme, style.icon, left, middle - side / 2, side, style.color)
        painter.end()
