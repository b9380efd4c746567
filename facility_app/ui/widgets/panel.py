"""A quiet grey panel inside a dialog: whose thing it is, words to read aloud."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets import painting


class Panel(QFrame):
    """Page colour, radius 8, an outline where the theme has no tints; `body` is a Column."""

    def __init__(self, theme: Theme, *, padding: int = 16, spacing: int = 8) -> None:
        super().__init__()
        self.theme = theme
        self.body = Column(theme, self, margins=padding, spacing=spacing)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel."""
        theme = self.theme
        painter = QPainter(self)
        flat = theme.mode is not Mode.LIGHT
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("bg"),
            radius=theme.px(8),
            outline=theme.qcolor("line") if flat else None,
        )
        painter.end()
