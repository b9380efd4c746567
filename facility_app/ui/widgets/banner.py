"""A line that says what was just done, with ten seconds to take it back.

Use: ``banner.show_done(words, undo=words_undo, on_undo=callable)``; custody records have no undo
(pass no `on_undo`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from facility_app.ui.layouts import Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

UNDO_S = 10


class Banner(QFrame):
    """Green, 64 high; goes away after ten seconds or when something else is said."""

    def __init__(self, theme: Theme, undo: str = "") -> None:
        super().__init__()
        self.theme = theme
        self._left = 0
        self._on_undo: Callable[[], object] | None = None
        row = Row(theme, self, margins=(16, 8, 8, 8), spacing=12)
        row.addWidget(IconLabel(theme, "check_circle-fill", size=28, tone="ok"))
        self.text = Text(theme, bold=True, tone="ok_text")
        row.addWidget(self.text, 1)
        self._left_text = Text(theme, size=16, tone="text", tabular=True)
        row.addWidget(self._left_text)
        self.undo = ActionButton(theme, undo, kind=Kind.GREY, icon="undo")
        self.undo.clicked.connect(self._take_back)
        row.addWidget(self.undo)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        theme.changed.connect(self.update)
        self.hide()

    def show_done(
        self, words: str, *, undo: str = "", on_undo: Callable[[], object] | None = None
    ) -> None:
        """Say `words` for ten seconds."""
        self.text.set(words)
        self._on_undo, self._left = on_undo, UNDO_S
        if undo:
            self.undo.set_text(undo)
        self.undo.setVisible(on_undo is not None)
        self._left_text.setVisible(on_undo is not None)
        self._left_text.set(str(self._left))
        self.setAccessibleName(self.text.text())
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Go away now; what was done stays done."""
        self._timer.stop()
        self._on_undo = None
        self.hide()

    def _tick(self) -> None:
        self._left -= 1
        self._left_text.set(str(self._left))
        if self._left <= 0:
            self.dismiss()

    def _take_back(self) -> None:
        act = self._on_undo
        self.dismiss()
        if act is not None:
            act()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Green tint with a bar."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("ok_tint"),
            radius=px(8),
            outline=theme.qcolor("ok"),
            bar=theme.qcolor("ok"),
            bar_width=px(8),
        )
        painter.end()
