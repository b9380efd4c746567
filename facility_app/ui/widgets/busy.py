"""What the work lane is doing: a bar of 48 with words, and a way to stop it.

Use: ``busy = BusyBar(theme, stop=words("busy-stop")); busy.follow(lane)``.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar

from facility_app.ui.dress import Dress
from facility_app.ui.lanes import Lane
from facility_app.ui.layouts import Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text


class BusyBar(QFrame):
    """Hidden until the lane has worked for 200 ms; a moving bar, or a filling one where progress
    is known.
    """

    def __init__(self, theme: Theme, *, words: str, stop: str) -> None:
        super().__init__()
        self.theme, self._words = theme, words
        Dress(theme, self)
        self._lane: Lane | None = None
        self._told = False  # how far it is was told, perhaps before there was a bar
        row = Row(theme, self, margins=(16, 8, 8, 8), spacing=12)
        row.addWidget(IconLabel(theme, "hourglass_top", size=24, tone="primary"))
        self.text = Text(theme, words, elide=True)
        row.addWidget(self.text, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        row.addWidget(self.bar, 2)
        self.stop = ActionButton(theme, stop, kind=Kind.GREY, icon="close")
        self.stop.clicked.connect(self._cancel)
        row.addWidget(self.stop)
        theme.changed.connect(self.update)
        self.hide()

    def follow(self, lane: Lane) -> None:
        """Show the state of this lane."""
        self._lane = lane
        lane.busy_changed.connect(self._busy)
        lane.progressed.connect(self._progressed)
        lane.idle.connect(self._rest)

    def _busy(self, busy: bool) -> None:
        lane = self._lane
        if busy and lane is not None:
            if not self._told:
                self.text.set(lane.what or self._words)
                self.bar.setRange(0, 0)
            self.stop.setVisible(lane.can_cancel)
        self.setVisible(busy)

    def _progressed(self, part: float, what: str) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(part * 1000))
        if what:
            self.text.set(what)
        self._told = bool(what)

    def _rest(self) -> None:
        self._told = False

    def _cancel(self) -> None:
        if self._lane is not None:
            self._lane.cancel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet panel."""
        theme = self.theme
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface"),
            radius=theme.px(8),
            outline=theme.qcolor("line"),
        )
        painter.end()
