"""A step in a list that opens it: number in a circle, words, deadline or time at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme

PLACE = 382
"""Design pixels of the list that it stands in; what does not fit beside the words goes below."""

# look -> (colour of the words, of the side, icon instead of the number)
_LOOKS = {
    "open": ("text", "text2", ""),
    "late": ("text", "late_text", ""),
    "done": ("text2", "ok_text", "check_circle-fill"),
    "waived": ("text2", "text2", "remove"),
    "dropped": ("text2", "text2", "remove"),
}


class StepButton(QPushButton):
    """56 high, 72 with a second line; checkable: the one that is shown is light blue with a bar."""

    def __init__(
        self, theme: Theme, *, number: str, text: str, beside: str, side: str, look: str, state: str
    ) -> None:
        super().__init__(plain(text))
        self.theme, self.number, self.beside, self.side, self.look = (
            *(theme, number, beside, side),
            look if look in _LOOKS else "open",
        )
        self.setCheckable(True)
        told = (number, plain(text), beside, side, state)
        self.setAccessibleName(" ".join(part for part in told if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Circle and words."""
        theme = self.theme
        wide = QFontMetricsF(theme.font(18, bold=True)).horizontalAdvance(self.text())
        wide += QFontMetricsF(theme.font(16)).horizontalAdvance(self.side)
        return QSize(round(wide) + theme.px(96), theme.px(72 if self._two_lines() else 56))

    def minimumSizeHint(self) -> QSize:
        """The words may be shortened."""
        return QSize(self.theme.px(160), self.sizeHint().height())

    def _below(self) -> bool:
        """Whether the side stands in the second line: enlarged, or beside words too long for it."""
        sizes = ((self.text(), 16, True), (self.side, 16, True))
        wide = sum(self._advance(*each) for each in sizes)
        return self.theme.compact or wide > self.theme.px(PLACE - 64 - 12 - 16)

    def _two_lines(self) -> bool:
        return bool(self.beside) or self._below()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; up and down walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, tint and bar, circle, words, side."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), theme.qcolor("tint"))
        if self.isChecked():
            painter.fillRect(0, 0, px(8), self.height(), theme.qcolor("primary"))
        painter.setPen(theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        self._paint_circle(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_circle(self, painter: QPainter) -> None:
        theme, px = self.theme, self.theme.px
        side = px(28)
        circle = QRectF(px(22), (self.height() - side) / 2, side, side)
        icon = _LOOKS[self.look][2]
        if icon:
            tone = "ok" if self.look == "done" else "text2"
            paint_icon(painter, theme, icon, circle.left(), circle.top(), side, tone)
            return
        chosen = self.isChecked()
        ink = "primary" if chosen else "late" if self.look == "late" else "text2"
        painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(theme.qcolor(ink), px(2)))
        painter.setBrush(theme.qcolor("primary" if chosen else "surface"))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(theme.qcolor("on_primary" if chosen else "text"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.number)

    def _paint_words(self, painter: QPainter) -> None:
        """With two lines the side stands in the second when there is nothing beside it."""
        theme, px = self.theme, self.theme.px
        tone, side_tone, _icon = _LOOKS[self.look]
        chosen = self.isChecked()
        left, right = px(64), px(16)
        side_font = theme.font(16, bold=chosen or self.look == "late")
        side_wide = QFontMetricsF(side_font).horizontalAdvance(self.side)
        below = self._below()
        room = self.width() - left - right - (0 if below else side_wide + px(12))
        first = self.height() / 2 - (px(12) if self._two_lines() else 0)
        self._line(painter, self.text(), left, first, room, 18, chosen, tone)
        if self._two_lines():
            second = self.height() / 2 + px(14)
            room = self.width() - left - right - (side_wide + px(12) if below else 0)
            self._line(painter, self.beside, left, second, room, 16, False, "text2")
        ink = "primary" if chosen and self.look == "open" else side_tone
        at = left if below and not self.beside else self.width() - right - side_wide
        line = self.height() / 2 + px(14) if below else first
        self._line(painter, self.side, at, line, side_wide + 2, 16, side_font.bold(), ink)

    def _line(
        self, painter: QPainter, words: str, x: float, middle: float, room: float, size: int,
        bold: bool, tone: str,
    ) -> None:  # fmt: skip
        while size > 16 and self._advance(words, size, bold) > room:
            size -= 1  # smaller before shorter
        font = self.theme.font(size, bold=bold)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.qcolor(tone))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, base), shown)

    def _advance(self, words: str, size: int, bold: bool) -> float:
        return QFontMetricsF(self.theme.font(size, bold=bold)).horizontalAdvance(words)
