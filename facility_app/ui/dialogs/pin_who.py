"""The two halves that a release is made of: whose PIN for which card, and who lets it out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.pin_card import CardSaid
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tries import TriesDots

_MIDDLE, _RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


class WhoBand(QFrame):
    """Name with furigana, which PIN and what for, the card on the reader with its tries."""

    def __init__(self, ctx: UiContext, name: str, kana: str, kind: str, what_for: str) -> None:
        super().__init__()
        theme = ctx.theme
        self.theme, self.words = theme, ctx.words
        columns = Columns(theme, (5, 5, 6))
        self.name = RubyName(theme, size=32)
        self.name.set(name, kana, ctx.words("widgets-honorific"))
        columns.add(self.name)
        about = QWidget()
        lines = Column(theme, about, spacing=0)
        lines.addWidget(Text(theme, kind, bold=True))
        self.what_for = Text(theme, what_for)
        lines.addWidget(self.what_for)
        lines.addStretch(1)
        columns.add(about)
        columns.add(self._build_card())
        Column(theme, self, margins=(16, 8, 24, 8)).addWidget(columns)
        theme.changed.connect(self.update)

    def _build_card(self) -> QWidget:
        theme = self.theme
        box = QWidget()
        lines = Column(theme, box, spacing=4)
        top = Row(theme, spacing=8)
        top.addStretch(1)
        self.lamp = IconLabel(theme, "contactless-fill", size=24, tone="text2")
        top.addWidget(self.lamp)
        self.card = Text(theme, bold=True)
        top.addWidget(self.card)
        lines.addLayout(top)
        below = Row(theme, spacing=12)
        below.addStretch(1)
        self.left = Text(theme, self.words("pin-release-left"), wraps=False)
        self.dots = TriesDots(theme)
        self.figures = Text(theme, bold=True, tabular=True)
        for part in (self.left, self.dots, self.figures):
            below.addWidget(part, 0, _MIDDLE)
        lines.addLayout(below)
        lines.addStretch(1)
        return box

    def show_card(self, said: CardSaid) -> None:
        """Another card, or another state of the reader."""
        self.lamp.set(said.icon, said.tone)
        self.card.set(said.text)
        self.card.set_tone(said.tone)
        counted = said.left is not None
        for part in (self.left, self.dots, self.figures):
            part.setVisible(counted)
        self.dots.set(said.left or 0, said.most, said.dots_tone, said.figures)
        self.figures.set(said.figures)
        self.setAccessibleName(f"{self.name.accessibleName()} {self.card.text()} {said.figures}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A grey panel; in high contrast an outline."""
        theme = self.theme
        painter = QPainter(self)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("bg"),
            radius=theme.px(8),
            outline=theme.qcolor("line") if contrast else None,
            outline_width=2,
        )
        painter.end()


class Consequence(QWidget):
    """One line of what will happen, with its icon; both change with the act."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = Row(theme, self, spacing=8)
        self.mark = IconLabel(theme, "info", size=24, tone="text2")
        Sized(theme, self.mark, height=28)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.text = Text(theme)
        row.addWidget(self.text, 1)

    def show_words(self, icon: str, words: str) -> None:
        """Another consequence."""
        self.mark.set(icon, "text2")
        self.text.set(words)
