"""An error in words: what happened, what did not happen, what to do now."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from facility_app.i18n import ErrorText
from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text


class ErrorPanel(QFrame):
    """Inline panel; hidden until there is something to say, announced when it appears."""

    def __init__(self, theme: Theme, close: str) -> None:
        super().__init__()
        self.theme = theme
        self.level = Level.WARN
        row = Row(theme, self, margins=(64, 12, 8, 12), spacing=16)
        words = Column(theme, spacing=0)
        self.what = Text(theme, bold=True, size=20)
        self.undone = Text(theme, bold=True)
        self.todo = Text(theme)
        for text in (self.what, self.undone, self.todo):
            words.addWidget(text)
        row.addLayout(words, 1)
        self.close_button = ActionButton(theme, close, kind=Kind.TEXT, icon="close")
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)
        self.hide()

    def show_text(self, text: ErrorText, level: Level = Level.WARN) -> None:
        """Show these words."""
        self.level = level
        self.what.set_tone(STYLES[level].text)
        for label, words in (
            (self.what, text.what),
            (self.undone, text.undone),
            (self.todo, text.todo),
        ):
            label.set(words)
            label.setVisible(bool(words))
        self.setAccessibleName(str(text).replace("\n", " "))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, bar and icon by level."""
        theme, px, style = self.theme, self.theme.px, STYLES[self.level]
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor(style.tint),
            radius=px(8),
            outline=theme.qcolor(style.color),
            outline_width=2 if style.outline else 1,
            bar=theme.qcolor(style.color),
            bar_width=px(8),
        )
        middle = self.what.geometry().center().y()
        paint_icon(painter, theme, style.icon, px(24), middle - px(14), px(28), style.color)
        painter.end()
