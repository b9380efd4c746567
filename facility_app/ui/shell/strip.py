"""The red strip: something is overdue, or an emergency lacks its reason.  The whole strip leads
there.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme


class Strip(QPushButton):
    """48 high, hidden while there is nothing to say."""

    def __init__(self, theme: Theme, open_words: str) -> None:
        super().__init__()
        self.theme, self._open = theme, open_words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(open_words)
        theme.changed.connect(self._restyle)
        self.hide()

    def set(self, text: str) -> None:
        """Show `text`; an empty one hides the strip."""
        self.setText(text)
        self.setAccessibleName(f"{text} {self._open}")
        self.setVisible(bool(text))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """48 high."""
        return QSize(self.theme.px(320), self.theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """The words may be shortened."""
        return QSize(self.theme.px(160), self.theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Clock, words, and where it leads."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.qcolor("strip"))
        side = px(28)
        top = (self.height() - side) / 2
        paint_icon(painter, theme, "alarm-fill", px(16), top, side, "on_strip")
        painter.setPen(theme.qcolor("on_strip"))
        middle = Qt.AlignmentFlag.AlignVCenter
        plain = theme.font(18)
        lead = QFontMetricsF(plain).horizontalAdvance(self._open)
        arrow = self.width() - px(48)
        paint_icon(
            painter, theme, "chevron_right", arrow, (self.height() - px(24)) / 2, px(24), "on_strip"
        )
        painter.setFont(plain)
        painter.drawText(
            QRectF(arrow - lead - px(16), 0, lead + 2, self.height()), middle, self._open
        )
        bold = theme.font(18, bold=True)
        room = arrow - lead - px(32) - px(56)
        words = QFontMetricsF(bold).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.drawText(QRectF(px(56), 0, room + 2, self.height()), middle, words)
        painter.end()
