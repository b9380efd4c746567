"""Words to read aloud, with stressed parts in bold: ``**...**``.

A sentence begins on a new line when it does not fit on the rest of one, so that the eye finds it
again after looking up.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui import phrases
from facility_app.ui.theme import Theme

_Word = tuple[str, bool]
"""Some characters and whether they are stressed."""

# after a full stop (U+3002) that no closing bracket (U+300D) follows, and after a Latin one
_SENTENCE = re.compile(r"(?<=\u3002)(?!\u300d)|(?<=[.?] )")


class SpokenText(QLabel):
    """`size` in design pixels; the plain words are what a screen reader reads."""

    def __init__(self, theme: Theme, *, size: int = 24) -> None:
        super().__init__()
        self.theme, self._size = theme, size
        self._sentences: list[list[_Word]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def set(self, marked: str) -> None:
        """Show other words."""
        self._sentences = [
            [word for sentence_part in _stressed(part) for word in sentence_part]
            for part in _sentences(marked)
        ]
        plain = marked.replace("**", "")
        self.setText(plain)
        self.setAccessibleName(plain)
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _high(self) -> int:
        """Closer than other text: it is read aloud, three lines at a glance."""
        return self.theme.px(round(self._size * 4 / 3))

    def _wide(self, words: list[_Word]) -> float:
        return sum(
            QFontMetricsF(self.theme.font(self._size, bold=bold)).horizontalAdvance(text)
            for text, bold in words
        )

    def _lines(self, width: float) -> list[list[_Word]]:
        lines: list[list[_Word]] = [[]]
        for sentence in self._sentences:
            if lines[-1] and self._wide(lines[-1] + sentence) > width:
                lines.append([])
            for word in sentence:
                if lines[-1] and self._wide([*lines[-1], word]) > width:
                    lines.append([])
                lines[-1].append(word)
        return [line for line in lines if line]

    def sizeHint(self) -> QSize:
        """A comfortable line."""
        high = self._high()
        return QSize(self.theme.px(480), high * max(1, len(self._lines(self.theme.px(480)))))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(self.theme.px(160), self._high())

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        return max(1, len(self._lines(width))) * self._high()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line by line, word by word."""
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("text"))
        high = self._high()
        metrics = QFontMetricsF(self.theme.font(self._size))
        rise = (high + metrics.ascent() - metrics.descent()) / 2
        for number, line in enumerate(self._lines(self.width())):
            x = 0.0
            for text, bold in line:
                font = self.theme.font(self._size, bold=bold)
                painter.setFont(font)
                painter.drawText(QPointF(x, number * high + rise), text)
                x += QFontMetricsF(font).horizontalAdvance(text)
        painter.end()


def _sentences(marked: str) -> list[tuple[str, bool]]:
    """The sentences, each with whether it begins within a stressed part."""
    found, stressed = [], False
    for part in _SENTENCE.split(marked):
        if part:
            found.append((part, stressed))
            stressed ^= part.count("**") % 2 == 1
    return found


def _stressed(part: tuple[str, bool]) -> list[list[_Word]]:
    """A sentence in phrases; what is stressed stays together with its stress."""
    sentence, bold = part
    pieces = []
    for number, piece in enumerate(sentence.split("**")):
        stress = bold ^ (number % 2 == 1)
        pieces.append([(phrase, stress) for phrase in phrases.split(piece)])
    return pieces
