"""A line that opens and closes what belongs to it; to a screen reader a checkable button.

Use::

    line = DisclosureButton(theme, number="1", icon="face", text=words("..."))
    line.toggled.connect(details.setVisible)
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import wrap


class DisclosureButton(QPushButton):
    """56 high, more where the words need two lines: number in a circle, icon, words, state."""

    def __init__(
        self,
        theme: Theme,
        *,
        text: str,
        number: str = "",
        icon: str = "",
        chip: tuple[str, Level] | None = None,
        strong: bool = True,
    ) -> None:
        super().__init__(plain(text))
        self.theme, self._number, self._icon, self._chip = theme, number, icon, chip
        self._strong = strong
        self.setCheckable(True)
        told = (number, plain(text), chip[0] if chip else "")
        self.setAccessibleName(" ".join(part for part in told if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _side(self) -> float:
        """What stands right of the words: the chip's icon and the arrow."""
        return self.theme.px(40) + (self.theme.px(28) if self._chip else 0)

    def _left(self) -> float:
        px = self.theme.px
        return px(8) + (px(40) if self._number else 0) + (px(34) if self._icon else 0)

    def _lines(self, width: int) -> list[str]:
        font = self.theme.font(18, bold=self._strong)
        return wrap(self.text(), font, max(1, width - self._left() - self._side()))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """At least 56."""
        high = len(self._lines(width)) * self.theme.line_height(18) + self.theme.px(16)
        return max(self.theme.px(56 if self._number else 48), high)

    def sizeHint(self) -> QSize:
        """The words on one line."""
        metrics = QFontMetricsF(self.theme.font(18, bold=self._strong))
        wide = metrics.horizontalAdvance(self.text()) + self._left() + self._side()
        return QSize(round(wide), self.theme.px(56 if self._number else 48))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(self.theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, icon, words, state, arrow."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            painting.panel(painter, QRectF(self.rect()), fill=theme.qcolor("tint"), radius=px(8))
        middle = self.height() / 2
        at = float(px(8))
        if self._number:
            self._paint_number(painter, at, middle)
            at += px(40)
        if self._icon:
            paint_icon(painter, theme, self._icon, at, middle - px(13), px(26), "text")
        self._paint_words(painter)
        right = self.width() - px(32)
        arrow = "remove" if self.isChecked() else "keyboard_arrow_down"
        paint_icon(painter, theme, arrow, right, middle - px(12), px(24), "text2")
        if self._chip is not None:
            style = STYLES[self._chip[1]]
            paint_icon(
                painter, theme, style.icon, right - px(30), middle - px(12), px(24), style.color
            )
        painter.end()

    def _paint_number(self, painter: QPainter, at: float, middle: float) -> None:
        theme, px = self.theme, self.theme.px
        side = px(32)
        circle = QRectF(at, middle - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        painter.setPen(Qt.PenStyle.NoPen if not contrast else theme.qcolor("line"))
        painter.setBrush(theme.qcolor("text"))
        painter.drawEllipse(circle)
        painter.setPen(theme.qcolor("surface"))
        painter.setFont(theme.font(18, bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._number)

    def _paint_words(self, painter: QPainter) -> None:
        font = self.theme.font(18, bold=self._strong)
        painter.setFont(font)
        painter.setPen(self.theme.qcolor("text"))
        metrics = QFontMetricsF(font)
        lines = self._lines(self.width())
        high = self.theme.line_height(18)
        top = (self.height() - high * len(lines)) / 2
        for index, line in enumerate(lines):
            base = top + index * high + (high + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(self._left(), base), line)
