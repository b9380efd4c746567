"""Steps of a wizard or of a list: number in a circle, tick when done, blue when present.

Use: ``StepHeader(theme, "2", words("..."))`` over a group of fields,
``step.set_state(StepState.DONE)``.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme


class StepState(Enum):
    """Where a step stands."""

    OPEN = auto()
    PRESENT = auto()
    DONE = auto()
    PLAIN = auto()
    """A black circle without meaning of progress, as over a group of fields."""


class StepHeader(QLabel):
    """56 high in a list, 32 over fields (``PLAIN``); `side` = deadline or time at the right."""

    def __init__(
        self,
        theme: Theme,
        number: str,
        text: str,
        *,
        state: StepState = StepState.PLAIN,
        side: str = "",
    ) -> None:
        super().__init__(plain(text))
        self.theme, self.number, self.state, self.side = theme, number, state, side
        self.setAccessibleName(f"{number} {plain(text)} {side}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_state(self, state: StepState, side: str = "", spoken: str = "") -> None:
        """Move on; `spoken` says the state to a screen reader."""
        self.state, self.side = state, side
        words = f"{self.number} {self.text()} {side} {spoken}"
        self.setAccessibleName(" ".join(words.split()))
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Circle and words."""
        theme = self.theme
        wide = QFontMetricsF(theme.font(20, bold=True)).horizontalAdvance(self.text())
        wide += QFontMetricsF(theme.font(16)).horizontalAdvance(self.side)
        high = 32 if self.state is StepState.PLAIN else 56
        return QSize(round(wide) + theme.px(72), theme.px(high))

    def minimumSizeHint(self) -> QSize:
        """The words may be shortened."""
        return QSize(self.theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar and tint for the present one, circle, words, side."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_list = self.state is not StepState.PLAIN
        left = px(20) if in_list else 0
        if self.state is StepState.PRESENT:
            painter.fillRect(self.rect(), theme.qcolor("tint"))
            painter.fillRect(0, 0, px(8), self.height(), theme.qcolor("primary"))
        side = px(32)
        circle = QRectF(left, (self.height() - side) / 2, side, side)
        self._paint_circle(painter, circle)
        bold = self.state in (StepState.PRESENT, StepState.PLAIN)
        font = theme.font(18 if in_list else 20, bold=bold)
        side_font = theme.font(16, bold=self.state is StepState.PRESENT)
        side_wide = QFontMetricsF(side_font).horizontalAdvance(self.side)
        at = left + side + px(8 if not in_list else 12)
        room = self.width() - at - side_wide - px(16 if self.side else 0)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.qcolor("text2" if self.state is StepState.DONE else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(at, 0, room + 2, self.height()), middle, words)
        painter.setFont(side_font)
        tones = {StepState.PRESENT: "primary", StepState.DONE: "ok_text"}
        painter.setPen(theme.qcolor(tones.get(self.state, "text2")))
        box = QRectF(self.width() - side_wide - px(16), 0, side_wide + 2, self.height())
        painter.drawText(box, middle, self.side)
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        theme = self.theme
        if self.state is StepState.DONE:
            side = round(circle.width())
            icon = "check_circle-fill"
            paint_icon(painter, theme, icon, circle.left(), circle.top(), side, "ok")
            return
        fills = {StepState.PLAIN: ("text", "surface"), StepState.PRESENT: ("primary", "on_primary")}
        fill, ink = fills.get(self.state, ("surface", "text"))
        painter.setPen(
            QPen(theme.qcolor("text"), theme.px(2)) if ink == "text" else Qt.PenStyle.NoPen
        )
        painter.setBrush(theme.qcolor(fill))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(18, bold=True))
        painter.setPen(theme.qcolor(ink))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.number)
