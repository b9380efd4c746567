"""Text on the screen, with line height and Japanese line breaks.

Use: ``Text(theme, words("desk-title"), size=24, bold=True)``, ``text.set(...)``,
``text.set_tone("danger_text")``. `tone` is a colour token.  ``tabular=True`` for clocks and
counters (one line), ``elide=True`` for one line that may be shortened.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from facility_app.ui import figures, phrases
from facility_app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft


def wrap(text: str, font: QFont, width: float) -> list[str]:
    """`text` in lines of at most `width` screen pixels, broken between phrases if possible."""
    key = (font.family(), font.pixelSize(), font.weight() > QFont.Weight.Medium)
    return list(_wrapped(text, key, int(width)))


_FontKey = tuple[str, int, bool]
"""Family, height in screen pixels, bold."""


@lru_cache(maxsize=64)
def _metrics(key: _FontKey) -> QFontMetricsF:
    font = QFont(key[0])
    font.setPixelSize(key[1])
    font.setWeight(QFont.Weight.Bold if key[2] else QFont.Weight.Normal)
    return QFontMetricsF(font)


@lru_cache(maxsize=4096)
def _advance(text: str, key: _FontKey) -> float:
    return _metrics(key).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def _wrapped(text: str, key: _FontKey, width: int) -> tuple[str, ...]:
    """Layouts ask for the same lines many times over; measuring them costs more than all else."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for phrase in phrases.phrases_of(paragraph):
            if line and _advance((line + phrase).rstrip(), key) > width:
                lines.append(line.rstrip())
                line = ""
            line += phrase
            while len(line) > 1 and _advance(line.rstrip(), key) > width:
                fit = _fitting(line, key, width)
                lines.append(line[:fit])
                line = line[fit:]
        lines.append(line.rstrip())
    return tuple(lines)


def _fitting(line: str, key: _FontKey, width: float) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if _advance(line[:middle], key) <= width:
            low = middle
        else:
            high = middle - 1
    return low


class Text(QLabel):
    """A label that breaks only between phrases; a StaticText to a screen reader."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: int = 18,
        bold: bool = False,
        tone: str = "text",
        align: Qt.AlignmentFlag = _LEFT,
        wraps: bool = True,
        tabular: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.size_, self.bold, self.tone = theme, size, bold, tone
        self.align, self.tabular, self.elide = align, tabular, elide
        self.wraps = wraps and not tabular and not elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(self.wraps)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self.set(text)
        self._restyle()

    def set(self, text: str) -> None:
        """Show other words."""
        self._marked = text
        self.setText(phrases.plain(text))
        self.setAccessibleName(phrases.plain(text).replace("\n", " "))
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Another colour token."""
        if tone != self.tone:
            self.tone = tone
            self.update()

    def _restyle(self) -> None:
        self.setFont(self.theme.font(self.size_, bold=self.bold))
        self.updateGeometry()
        self.update()

    def _own_font(self) -> QFont:
        return self.theme.font(self.size_, bold=self.bold)

    def _key(self) -> _FontKey:
        return self.theme.family, self.theme.px(self.size_), self.bold

    def _widest(self, parts: list[str]) -> int:
        font = self._own_font()
        if self.tabular:
            return round(max((figures.width(part, font) for part in parts), default=0) + 1)
        return int(max((_advance(part, self._key()) for part in parts), default=0)) + 2

    def sizeHint(self) -> QSize:
        """As wide as the longest line, as high as the lines."""
        lines = self._plain_lines()
        return QSize(self._widest(lines), len(lines) * self.theme.line_height(self.size_))

    def minimumSizeHint(self) -> QSize:
        """The longest phrase must fit; a line that may be shortened needs three characters."""
        high = self.theme.line_height(self.size_)
        if self.elide:
            return QSize(self.theme.px(self.size_ * 3), high)
        if not self.wraps:
            return self.sizeHint()
        longest = max(
            (
                phrase.rstrip()
                for line in self._marked.split("\n")
                for phrase in phrases.phrases_of(line)
            ),
            key=len,
            default="",
        )
        return QSize(min(self._widest([longest]), self.theme.px(120)), high)

    def hasHeightForWidth(self) -> bool:
        """Only text that wraps."""
        return self.wraps

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped text at `width` screen pixels."""
        lines = _wrapped(self._marked, self._key(), width) if self.wraps else self._plain_lines()
        return len(lines) * self.theme.line_height(self.size_)

    def _plain_lines(self) -> list[str]:
        return self.text().split("\n")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line by line, vertically centred."""
        painter = QPainter(self)
        font = self._own_font()
        painter.setFont(font)
        painter.setPen(self.theme.qcolor(self.tone))
        lines = wrap(self._marked, font, self.width()) if self.wraps else self._plain_lines()
        if self.elide:
            metrics = QFontMetricsF(font)
            widest = max((metrics.horizontalAdvance(line) for line in lines), default=0)
            if self.size_ > 16 and widest > self.width():
                font = self.theme.font(16, bold=self.bold)  # smaller before shorter
                painter.setFont(font)
            metrics = QFontMetricsF(font)
            mode = Qt.TextElideMode.ElideRight
            lines = [metrics.elidedText(line, mode, self.width()) for line in lines]
        height = self.theme.line_height(self.size_)
        top = (self.height() - height * len(lines)) / 2
        for index, line in enumerate(lines):
            rect = QRectF(0, top + index * height, self.width(), height)
            self._paint_line(painter, rect, line)
        painter.end()

    def _paint_line(self, painter: QPainter, rect: QRectF, line: str) -> None:
        if self.tabular:
            figures.paint(painter, rect, line, self.align)
            return
        metrics = QFontMetricsF(painter.font())
        x = rect.left()
        if self.align & Qt.AlignmentFlag.AlignRight:
            x = rect.right() - metrics.horizontalAdvance(line)
        elif self.align & Qt.AlignmentFlag.AlignHCenter:
            x = rect.center().x() - metrics.horizontalAdvance(line) / 2
        base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, base), line)
