"""A chip: a short state in a row or a head.  Never a target.

Use: ``Chip(theme, words("desk-grace"), Level.WARN)``; `icon` replaces the level's own.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.levels import STYLES, Level

_WIDEST = 320


class Chip(QLabel):
    """32 high, tint, icon 20, bold word 16; in high contrast an outline instead of the tint."""

    def __init__(
        self, theme: Theme, text: str, level: Level = Level.NOTICE, icon: str = ""
    ) -> None:
        super().__init__(plain(text))
        self.theme, self.level, self._icon = theme, level, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain(text))
        theme.changed.connect(self._restyle)

    def set(self, text: str, level: Level, icon: str = "") -> None:
        """Another state."""
        self.level, self._icon = level, icon
        self.setText(plain(text))
        self.setAccessibleName(plain(text))
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetricsF(self.theme.font(16, bold=True))
        words = metrics.horizontalAdvance(self.text())
        wide = min(round(words) + 2, self.theme.px(_WIDEST))
        return QSize(wide + self.theme.px(40), self.theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """A chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, icon and word."""
        theme, px, style = self.theme, self.theme.px, STYLES[self.level]
        painter = QPainter(self)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        tint = "tint" if self.level is Level.NOTICE and not contrast else style.tint
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor(tint),
            radius=px(4),
            outline=theme.qcolor(style.color) if contrast else None,
            outline_width=px(2),
        )
        side = px(20)
        top = (self.height() - side) / 2
        paint_icon(painter, theme, self._icon or style.icon, px(8), top, side, style.color)
        font = theme.font(16, bold=True)
        painter.setFont(font)
        painter.setPen(theme.qcolor(style.text))
        metrics = QFontMetricsF(font)
        base = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        room = self.width() - px(38)
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(px(32), base), shown)
        painter.end()
