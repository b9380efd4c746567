"""Text with all digits equally wide: clocks, counters, tables, phone numbers.

BIZ UDPGothic has no tabular figures and its 1 is narrower, so a running clock would tremble: the
painter puts each digit into the width of 0 and lifts the colon to the middle of the digits.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter


def width(text: str, font: QFont) -> float:
    """Width in screen pixels that `paint` will need."""
    metrics = QFontMetricsF(font)
    zero = metrics.horizontalAdvance("0")
    return sum(zero if char.isdigit() else metrics.horizontalAdvance(char) for char in text)


def paint(painter: QPainter, rect: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
    """Paint one line with the painter's font and pen, vertically centred in `rect`."""
    font = painter.font()
    metrics = QFontMetricsF(font)
    zero = metrics.horizontalAdvance("0")
    total = width(text, font)
    x = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        x = rect.right() - total
    elif align & Qt.AlignmentFlag.AlignHCenter:
        x = rect.center().x() - total / 2
    base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    lift = metrics.capHeight() * 0.12
    for char in text:
        advance = metrics.horizontalAdvance(char)
        slot = zero if char.isdigit() else advance
        y = base - lift if char == ":" else base
        painter.drawText(QPointF(x + (slot - advance) / 2, y), char)
        x += slot
