"""The resident as every page shows them: furigana over the name, room and birth date.

Use::

    header = ResidentHeader(theme)
    header.show_resident(Face(name, kana, words("widgets-honorific"), lines=("203...", "...")))
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.text import Text, wrap


@dataclass(frozen=True)
class Face:
    """What stands in the header.  `kana` has the same number of parts as `name` or is empty."""

    name: str
    kana: str = ""
    honorific: str = ""
    lines: tuple[str, ...] = ()
    """First line bold (the room), the others plain."""


_SMALLEST = 18
"""Design pixels below which a long name is wrapped and shortened instead of shrunk."""

_KANA = range(0x3041, 0x3100)


def _is_kana(text: str) -> bool:
    return all(ord(char) in _KANA for char in text)


def pair(name: str, kana: str) -> list[tuple[str, str]]:
    """Name parts with their reading; kana, Latin and parts without a partner get none."""
    parts = name.split()
    readings = kana.split()
    if len(parts) != len(readings):
        single = "" if _is_kana(name.replace(" ", "")) or name.isascii() else kana.strip()
        return [(name, single)]
    return [
        (part, "" if _is_kana(part) or part.isascii() else reading)
        for part, reading in zip(parts, readings, strict=True)
    ]


class RubyName(QLabel):
    """Name with painted furigana and an honorific.  A name wider than the place gets smaller, not
    cut.
    """

    def __init__(self, theme: Theme, *, size: int = 36) -> None:
        super().__init__()
        self.theme, self._size = theme, size
        self._parts: list[tuple[str, str]] = []
        self._honorific = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def set(self, name: str, kana: str, honorific: str = "") -> None:
        """Show another person."""
        self._parts, self._honorific = pair(name, kana), honorific
        self.setText(f"{name}{honorific}")
        self.setToolTip(self.text())
        self.setAccessibleName(f"{name}{honorific} {kana}".strip())
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _ruby_size(self) -> int:
        return 18 if self._size >= 32 else 16

    def sizeHint(self) -> QSize:
        """Two lines, and the width of the spread name."""
        name_font = self.theme.font(self._size, bold=True)
        wide = sum(self._part_width(part, name_font) for part in self._parts)
        wide += self.theme.px(12) * max(0, len(self._parts) - 1)
        wide += self.theme.px(8) + self._advance(self._honorific, self.theme.font(20))
        high = self.theme.line_height(self._ruby_size()) + self.theme.line_height(self._size)
        return QSize(round(wide) + 4, high - self.theme.px(4))

    def minimumSizeHint(self) -> QSize:
        """Half of it: beyond that the name gets smaller."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.theme.px(160)), hint.height())

    @staticmethod
    def _advance(text: str, font: QFont) -> float:
        return QFontMetricsF(font).horizontalAdvance(text)

    def _part_width(self, part: tuple[str, str], font: QFont) -> float:
        name, ruby = part
        squeezed = self._advance(ruby, self.theme.font(self._ruby_size())) * 0.9
        return max(self._advance(name, font), squeezed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each reading spread over its part; a long reading is squeezed to 90 % before the name
        widens.
        """
        painter = QPainter(self)
        theme = self.theme
        hint = self.sizeHint().width()
        shrink = min(1.0, self.width() / hint) if hint else 1.0
        if shrink * self._size < _SMALLEST:
            self._paint_shortened(painter)
            return
        name_font = theme.font(self._size, bold=True)
        name_font.setPixelSize(max(theme.px(16), int(name_font.pixelSize() * shrink)))
        ruby_font = theme.font(self._ruby_size())
        ruby_font.setPixelSize(max(theme.px(12), int(ruby_font.pixelSize() * shrink)))
        ruby_high = theme.line_height(self._ruby_size()) - theme.px(4)
        base = ruby_high + QFontMetricsF(name_font).ascent() + theme.px(2)
        x = 0.0
        for index, part in enumerate(self._parts):
            x += theme.px(12) * shrink if index else 0
            wide = self._part_width(part, name_font)
            painter.setPen(theme.qcolor("text2"))
            painter.setFont(ruby_font)
            self._spread(painter, part[1], x, wide, QFontMetricsF(ruby_font).ascent() + 1)
            painter.setPen(theme.qcolor("text"))
            painter.setFont(name_font)
            own = self._advance(part[0], name_font)
            painter.drawText(QPointF(x + (wide - own) / 2, base), part[0])
            x += wide
        painter.setFont(theme.font(20))
        painter.drawText(QPointF(x + theme.px(6), base), self._honorific)
        painter.end()

    def _paint_shortened(self, painter: QPainter) -> None:
        """A name that does not fit even in small type; the whole stands in the tool tip."""
        font = self.theme.font(_SMALLEST, bold=True)
        painter.setFont(font)
        painter.setPen(self.theme.qcolor("text"))
        lines = wrap(self.text(), font, self.width())
        high = self.theme.line_height(_SMALLEST)
        fit = max(1, self.height() // high)
        if len(lines) > fit:
            rest = "".join(lines[fit - 1 :])
            short = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideMiddle, self.width())
            lines = [*lines[: fit - 1], short]
        for index, line in enumerate(lines):
            base = index * high + (high + QFontMetricsF(font).capHeight()) / 2
            painter.drawText(QPointF(0, base), line)
        painter.end()

    @staticmethod
    def _spread(painter: QPainter, ruby: str, x: float, wide: float, base: float) -> None:
        if not ruby:
            return
        metrics = QFontMetricsF(painter.font())
        natural = metrics.horizontalAdvance(ruby)
        if natural > wide:
            painter.save()
            painter.translate(x, base)
            painter.scale(wide / natural, 1)
            painter.drawText(QPointF(0, 0), ruby)
            painter.restore()
            return
        gap = (wide - natural) / len(ruby)
        at = x + gap / 2
        for char in ruby:
            painter.drawText(QPointF(at, base), char)
            at += metrics.horizontalAdvance(char) + gap


class ResidentHeader(QWidget):
    """Name 36 with furigana, then room (bold) and further lines such as birth date and slot."""

    def __init__(self, theme: Theme, *, size: int = 36) -> None:
        super().__init__()
        self.theme = theme
        self._box = Column(theme, self, spacing=4)
        self.name = RubyName(theme, size=size)
        self._box.addWidget(self.name)
        self._lines: list[Text] = []

    def show_resident(self, face: Face) -> None:
        """Replace what is shown."""
        self.name.set(face.name, face.kana, face.honorific)
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [
            Text(self.theme, line, size=20 if index == 0 else 18, bold=index == 0)
            for index, line in enumerate(face.lines)
        ]
        for text in self._lines:
            self._box.addWidget(text)
        self.setAccessibleName(" ".join((face.name, *face.lines)))
