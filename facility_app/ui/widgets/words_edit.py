"""A field for the words of a printed share: shown while it is typed, and wipeable all the same.

33 words cannot be typed blindly.  They are painted letter by letter from the bytes; no text of
them is made.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.pin_edit import PinEdit

MOST_LETTERS = 400
_SPACE = 0x20


class WordsEdit(PinEdit):
    """Four lines high; words are kept whole on a line."""

    def __init__(self, theme: Theme, *, name: str = "", lines: int = 4) -> None:
        self._lines = lines
        super().__init__(theme, name=name, icon="", most=MOST_LETTERS)

    def words(self) -> int:
        """How many words were typed so far."""
        count, inside = 0, False
        with self.looked_at() as content:
            for byte in content:
                if byte != _SPACE and not inside:
                    count += 1
                inside = byte != _SPACE
        return count

    def sizeHint(self) -> QSize:
        """All its lines."""
        return QSize(self.theme.px(480), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(self.theme.px(240), self._height())

    def _height(self) -> int:
        return self._lines * self.theme.line_height(20) + self.theme.px(24)

    def _widths(self, metrics: QFontMetricsF) -> list[float]:
        with self.looked_at() as content:
            return [metrics.horizontalAdvance(chr(byte)) for byte in content]

    def _places(self, widths: list[float], room: float) -> list[tuple[int, float]]:
        """Line and left edge of every letter; one more for the caret."""
        with self.looked_at() as content:
            starts = [
                at
                for at, byte in enumerate(content)
                if byte != _SPACE and (at == 0 or content[at - 1] == _SPACE)
            ]
            ends = {at: self._end(content, at) for at in starts}
        places: list[tuple[int, float]] = []
        line, x = 0, 0.0
        for at, wide in enumerate(widths):
            if at in ends and x and x + sum(widths[at : ends[at]]) > room:
                line, x = line + 1, 0.0
            places.append((line, x))
            x += wide
        return [*places, (line, x)]

    @staticmethod
    def _end(content: memoryview, start: int) -> int:
        at = start
        while at < len(content) and content[at] != _SPACE:
            at += 1
        return at

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, letters, caret; the last lines where not all fit."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        wrong = self.property("level") == "block"
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface" if self.isEnabled() else "disabled"),
            radius=px(8),
            outline=theme.qcolor("danger" if wrong else "border"),
            outline_width=px(2) if wrong else 1,
        )
        font = theme.font(20)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._ink())
        places = self._places(self._widths(metrics), self.width() - px(32))
        first = max(0, places[-1][0] - self._lines + 1)
        high = theme.line_height(20)

        def at(place: tuple[int, float]) -> QPointF:
            return QPointF(px(16) + place[1], px(12) + (place[0] - first) * high)

        with self.looked_at() as content:
            for byte, place in zip(content, places, strict=False):
                if place[0] >= first:
                    base = at(place) + QPointF(0, (high + metrics.capHeight()) / 2)
                    painter.drawText(base, chr(byte))
        if self.hasFocus():
            top = at(places[-1])
            painter.fillRect(QRectF(top.x() + 1, top.y() + 2, max(2, px(2)), high - 4), self._ink())
        painter.end()
