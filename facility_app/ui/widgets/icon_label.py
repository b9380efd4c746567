"""An icon that stands beside words.  Decoration only: a screen reader passes over it unless
`name` is given.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme


class IconLabel(QLabel):
    """`size` in design pixels, `tone` a colour token."""

    def __init__(
        self, theme: Theme, icon: str, *, size: int = 24, tone: str = "text", name: str = ""
    ) -> None:
        super().__init__()
        self.theme, self._icon, self._side, self._tone = theme, icon, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self._restyle)

    def set(self, icon: str, tone: str, name: str = "") -> None:
        """Another icon."""
        self._icon, self._tone = icon, tone
        self.setAccessibleName(name)
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's square."""
        return QSize(self.theme.px(self._side), self.theme.px(self._side))

    def minimumSizeHint(self) -> QSize:
        """An icon is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon, centred."""
        painter = QPainter(self)
        side = self.theme.px(self._side)
        x, y = (self.width() - side) / 2, (self.height() - side) / 2
        paint_icon(painter, self.theme, self._icon, x, y, side, self._tone)
        painter.end()
