"""A row that is ticked: the whole row is the target.

Use: ``row = TickRow(theme, "...", note="...", chip=(text, Level.WARN)); row.toggled.connect(...)``.
A row that cannot be ticked says why in `note` and is disabled.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.levels import STYLES, Level


class TickRow(QCheckBox):
    """64 high, box 36; a check box to a screen reader."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        note: str = "",
        chip: tuple[str, Level] | None = None,
        checked: bool = False,
    ) -> None:
        super().__init__(text)
        self.theme, self.note, self.chip = theme, note, chip
        self.setChecked(checked)
        self._name()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_note(self, note: str) -> None:
        """The small second line."""
        self.note = note
        self._name()
        self.update()

    def _name(self) -> None:
        chip = self.chip[0] if self.chip else ""
        self.setAccessibleName(" ".join(part for part in (self.text(), chip) if part))
        self.setAccessibleDescription(self.note)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """64 high."""
        metrics = QFontMetricsF(self.theme.font(18))
        wide = metrics.horizontalAdvance(self.text()) + self.theme.px(76) + self._chip_width()
        return QSize(round(wide), self.theme.px(64))

    def minimumSizeHint(self) -> QSize:
        """The words may be shortened, the box may not."""
        return QSize(self.theme.px(160), self.theme.px(64))

    def hitButton(self, pos: object) -> bool:
        """Anywhere in the row."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from row to row; Space ticks."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def _chip_width(self) -> float:
        if self.chip is None:
            return 0
        metrics = QFontMetricsF(self.theme.font(16, bold=True))
        return metrics.horizontalAdvance(self.chip[0]) + self.theme.px(48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint when ticked, box, words, note, chip."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            painting.panel(painter, rect, fill=theme.qcolor("tint"), radius=px(8))
        side = px(28)
        box = QRectF(px(12), (self.height() - side) / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painting.panel(painter, box, fill=theme.qcolor("primary"), radius=px(4))
            left, top, inner = box.left() + px(2), box.top() + px(2), px(24)
            paint_icon(painter, theme, "check", left, top, inner, "on_primary")
        else:
            painter.setPen(QPen(theme.qcolor("border"), px(2)))
            painter.setBrush(theme.qcolor("surface" if self.isEnabled() else "disabled"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(3), px(3))
        self._paint_words(painter)
        self._paint_chip(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, px = self.theme, self.theme.px
        room = self.width() - px(52) - px(8) - self._chip_width()
        middle = self.height() / 2
        lines = [(self.text(), theme.font(18, bold=self.isChecked()), "text")]
        if self.note:
            lines.append((self.note, theme.font(16), "text2"))
        offsets = (0.0,) if len(lines) == 1 else (-float(px(12)), float(px(13)))
        for (words, font, tone), offset in zip(lines, offsets, strict=True):
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.qcolor(tone if self.isEnabled() else "text2"))
            base = middle + offset + (metrics.ascent() - metrics.descent()) / 2
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(px(52), base), shown)

    def _paint_chip(self, painter: QPainter) -> None:
        if self.chip is None:
            return
        theme, px = self.theme, self.theme.px
        words, level = self.chip
        style = STYLES[level]
        wide = self._chip_width() - px(8)
        box = QRectF(self.width() - wide - px(8), (self.height() - px(32)) / 2, wide, px(32))
        painting.panel(painter, box, fill=theme.qcolor(style.tint), radius=px(4))
        side = px(20)
        paint_icon(
            painter, theme, style.icon, box.left() + px(8), box.top() + px(6), side, style.color
        )
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(theme.qcolor(style.text))
        painter.drawText(box.adjusted(px(32), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
