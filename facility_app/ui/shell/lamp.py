"""The reader's lamp: icon, the word for the reader, its state; it leads to カード点検."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from facility_app.cards.supervisor import ReaderState
from facility_app.i18n import Words
from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting

_LOOKS: dict[ReaderState, tuple[str, str, str]] = {
    ReaderState.NO_READER: ("contactless_off", "text2", "text2"),
    ReaderState.EMPTY: ("contactless-fill", "ok", "ok_text"),
    ReaderState.CARD: ("contactless-fill", "ok", "ok_text"),
    ReaderState.BUSY: ("hourglass_top-fill", "text2", "text2"),
    ReaderState.SILENT: ("warning-fill", "warn", "warn_text"),
    ReaderState.SERVICE_STOPPED: ("power_off", "danger", "danger_fill"),
    ReaderState.FAULT: ("warning-fill", "danger", "danger_fill"),
}
"""Icon, its colour, the colour of the word."""

_QUIET = (ReaderState.NO_READER,)
"""Not shown on the enlarged screen: a facility may do without a reader."""


class ReaderLamp(QAbstractButton):
    """48 high; disabled while nobody is unlocked, without looking different."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.state = ReaderState.NO_READER
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self.set(ReaderState.NO_READER)

    def set(self, state: ReaderState) -> bool:
        """Another state; True = it was another one before."""
        changed, self.state = state is not self.state, state
        self.setText(plain(self._words(f"shell-reader-{state.value}")))
        self.setAccessibleName(f"{self._what()} {self.text()}")
        self._restyle()
        return changed

    def _what(self) -> str:
        return plain(self._words("shell-reader"))

    def _restyle(self) -> None:
        self.setVisible(not self._theme.compact or self.state not in _QUIET)
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[float, float]:
        """Of the word for the reader, which the enlarged screen has no room for, and its state."""
        theme = self._theme
        what = QFontMetricsF(theme.font(16)).horizontalAdvance(self._what()) + theme.px(8)
        state = QFontMetricsF(theme.font(16, bold=True)).horizontalAdvance(self.text())
        return (0 if theme.compact else what), state

    def sizeHint(self) -> QSize:
        """Icon and words."""
        px = self._theme.px
        return QSize(round(sum(self._widths())) + px(44), px(48))

    def minimumSizeHint(self) -> QSize:
        """A state is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon 24, the words beside it; a tint under the mouse."""
        theme, px = self._theme, self._theme.px
        icon, tone, ink = _LOOKS[self.state]
        painter = QPainter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painting.panel(painter, self.rect().toRectF(), fill=theme.qcolor("tint"), radius=px(8))
        side = px(24)
        paint_icon(painter, theme, icon, px(4), (self.height() - side) / 2, side, tone)
        what, _state = self._widths()
        for words, bold, left, colour in (
            (self._what() if what else "", False, px(36), "text2"),
            (self.text(), True, px(36) + what, ink),
        ):
            font = theme.font(16, bold=bold)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.qcolor(colour))
            base = (self.height() + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(left, base), words)
        painter.end()
