"""「カードが答えたこと」: the drawn card, its dates, the tries that are left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from facility_app.cards.check import Level as Found
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.card_findings import DateText, TriesText
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.drawn_card import CardField, DrawnCard
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tries import TriesRow

_TOP, _LEFT = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
NARROW_CARD = 480
"""Design pixels of width under which there is no room for the drawing."""


class DateBlock(QWidget):
    """What ends, when, and what that means on the day."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        box = Column(theme, self, spacing=0)
        head = Row(theme, spacing=6)
        head.addWidget(IconLabel(theme, icon, size=20, tone="text2"))
        self.label = Text(theme, size=16, tone="text2", wraps=False)
        head.addWidget(self.label)
        head.addStretch(1)
        box.addLayout(head)
        self.day = Text(theme, bold=True)
        box.addWidget(self.day)
        self.chip = Chip(theme, " ", Level.OK)
        box.addWidget(self.chip, 0, _LEFT)

    def show_date(self, date: DateText) -> None:
        """Another card."""
        self.label.set(date.label)
        self.day.set(date.day)
        shown = bool(date.state) and date.level is not None
        if shown and date.level is not None:
            self.chip.set(date.state, Level(date.level.value))
        self.chip.setVisible(shown)
        self.setAccessibleName(f"{self.label.text()} {self.day.text()} {date.state}".strip())


class ChipCard(Card):
    """「カードが答えたこと」: the drawn card, its dates, and the tries that are left."""

    def __init__(self, ctx: UiContext) -> None:
        theme, words = ctx.theme, ctx.words
        super().__init__(theme, padding=14, spacing=2)
        self.words = words
        self.body.addWidget(Text(theme, words("check-said"), size=20, bold=True))
        self._face = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.drawing = DrawnCard(theme, title=words("check-card"), name=words("check-drawing"))
        self._face.addWidget(self.drawing, 0, _TOP | _LEFT)
        dates = Column(theme, spacing=8)
        self.dates = [DateBlock(theme, "event-fill"), DateBlock(theme, "verified_user-fill")]
        for block in self.dates:
            dates.addWidget(block)
        dates.addStretch(1)
        self._face.addLayout(dates, 1)
        self.body.addLayout(self._face)
        self.body.gap(2)
        self.never = QWidget()
        never = Row(theme, self.never, spacing=8)
        never.addWidget(IconLabel(theme, "visibility_off-fill", size=20, tone="text2"), 0, _TOP)
        never.addWidget(Text(theme, words("check-never-read"), size=16, tone="text2"), 1)
        self.body.addWidget(self.never)
        self._line = _Line(theme)
        self.body.addWidget(self._line)
        head = Row(theme, spacing=8)
        head.addWidget(Text(theme, words("check-tries"), size=20, bold=True, wraps=False))
        head.addStretch(1)
        head.addWidget(Text(theme, words("check-tries-free"), size=16, tone="text2", elide=True))
        self.body.addLayout(head)
        self.tries: list[TriesRow] = []
        self._tries_box = Column(theme, spacing=0)
        self.body.addLayout(self._tries_box)
        self.body.addStretch(1)
        theme.changed.connect(self._turn)
        self._turn()

    def show_card(self, dates: Sequence[DateText], tries: Sequence[TriesText]) -> None:
        """Another card."""
        self.drawing.show_fields([CardField(_level(each.level), each.label) for each in dates])
        for block, each in zip(self.dates, dates, strict=True):
            block.show_date(each)
        for row in self.tries:
            self._tries_box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.tries = [self._tries(each) for each in tries]

    def _tries(self, each: TriesText) -> TriesRow:
        row = TriesRow(self.theme, each.label)
        if each.left is None:
            row.show_words(each.words)
        else:
            row.show_tries(each.left, each.most, each.tone, each.words)
        self._tries_box.addWidget(row)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for both, the dates matter more than the drawing."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        self._face.setSpacing(self.theme.px(16))
        drawn = self.width() >= self.theme.px(NARROW_CARD)
        for part in (self.drawing, self.never):
            part.setVisible(drawn)


class _Line(QFrame):
    """A thin line between two groups of one card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        Sized(theme, self, height=9)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
        painter.end()


def _level(level: Found | None) -> Level | None:
    return None if level is None else Level(level.value)
