"""Shapes that several widgets paint: rounded panels with a bar, key caps, circles with a letter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from facility_app.ui.theme import Theme


def panel(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: QColor,
    radius: float,
    outline: QColor | None = None,
    outline_width: float = 1,
    bar: QColor | None = None,
    bar_width: float = 0,
) -> None:
    """A rounded rectangle; a bar on the left keeps the corners round (a style sheet would bend
    it).
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = outline_width / 2 if outline is not None else 0
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.fillPath(path, fill)
    if outline is not None:
        painter.setPen(QPen(outline, outline_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    if bar is not None and bar_width:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(rect, radius, radius)
        painter.setClipPath(clip)
        painter.fillRect(QRectF(rect.left(), rect.top(), bar_width, rect.height()), bar)
        painter.restore()


def key_cap_width(theme: Theme, text: str) -> float:
    """Width in screen pixels of a key cap."""
    return QFontMetricsF(theme.font(16)).horizontalAdvance(text) + theme.px(16)


def key_cap(painter: QPainter, theme: Theme, rect: QRectF, text: str, ink: QColor) -> None:
    """The outline of a key, 28 high, centred in `rect`'s height."""
    high = theme.px(28)
    box = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setFont(theme.font(16))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def circle_letter(painter: QPainter, theme: Theme, rect: QRectF, letter: str, token: str) -> None:
    """A member of staff: a filled circle with the first character of the name."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(token))
    painter.drawEllipse(rect)
    font = theme.font(20, bold=True)
    font.setPixelSize(max(1, round(rect.height() * 0.46)))
    painter.setFont(font)
    painter.setPen(theme.qcolor("on_staff"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
