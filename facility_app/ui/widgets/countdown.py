"""A bar that runs empty; a progress bar to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


class CountdownBar(QProgressBar):
    """12 high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._soon = False
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set(self, part: float, *, soon: bool) -> None:
        """`part` 0.0-1.0 is left; `soon` changes the colour."""
        self._soon = soon
        self.setValue(round(max(0.0, min(1.0, part)) * 1000))
        self.update()

    def sizeHint(self) -> QSize:
        """480 by 12."""
        return QSize(self.theme.px(480), self.theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and what is left."""
        theme = self.theme
        painter = QPainter(self)
        radius = self.height() / 2
        whole = QRectF(self.rect())
        painting.panel(painter, whole, fill=theme.qcolor("muted"), radius=radius)
        wide = whole.width() * self.value() / 1000
        if wide > 2:
            left = QRectF(whole.left(), whole.top(), max(wide, whole.height()), whole.height())
            fill = theme.qcolor("late" if self._soon else "primary")
            painting.panel(painter, left, fill=fill, radius=radius)
        painter.end()
