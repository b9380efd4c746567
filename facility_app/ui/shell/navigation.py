"""Left of the window: one entry per page that the unlocked person may use, and the emergency
button.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy

from facility_app.i18n import Words
from facility_app.ui.assets import asset
from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


class NavButton(QPushButton):
    """48 high; checkable, so that a screen reader says which page is shown."""

    def __init__(self, theme: Theme, key: str, icon: str, text: str) -> None:
        super().__init__(text)
        self.theme, self.key, self._icon = theme, key, icon
        filled = f"{icon}-fill"
        self._filled = filled if asset("icons", f"{filled}.svg").is_file() else icon
        self.setCheckable(True)
        self.setObjectName(key)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """168 by 48."""
        return QSize(self.theme.px(168), self.theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """The same: the words of all pages fit."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Up and Down walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar and tint when shown."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painting.panel(
                painter,
                QRectF(self.rect()),
                fill=theme.qcolor("tint"),
                radius=px(8),
                bar=theme.qcolor("primary") if chosen else None,
                bar_width=px(6),
            )
        ink = "primary" if chosen else "text"
        side = px(24)
        icon = self._filled if chosen else self._icon
        paint_icon(painter, theme, icon, px(16), (self.height() - side) / 2, side, ink)
        font = theme.font(18, bold=chosen)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.qcolor(ink))
        base = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(px(50), base), self.text())
        painter.end()


class EmergencyButton(QPushButton):
    """64 high, red outline: icon, word, F12 under it."""

    def __init__(self, theme: Theme, text: str, key: str = "F12") -> None:
        super().__init__(text)
        self.theme, self._key = theme, key
        self.setAccessibleName(text)
        self.setAccessibleDescription(key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        Sized(theme, self, height=64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, icon, two lines."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("danger_tint" if self.underMouse() else "surface"),
            radius=px(8),
            outline=theme.qcolor("danger_fill"),
            outline_width=px(2),
        )
        side = px(28)
        paint_icon(
            painter,
            theme,
            "e911_emergency-fill",
            px(14),
            (self.height() - side) / 2,
            side,
            "danger_fill",
        )
        painter.setPen(theme.qcolor("danger_fill"))
        left, wide = px(50), self.width() - px(54)
        painter.setFont(theme.font(18, bold=True))
        painter.drawText(
            QRectF(left, px(6), wide, px(28)), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setFont(theme.font(16))
        painter.drawText(
            QRectF(left, px(32), wide, px(24)), Qt.AlignmentFlag.AlignVCenter, self._key
        )
        painter.end()


class Navigation(QFrame):
    """184 wide; gone from 150 % zoom, where the menu takes its place."""

    chosen = Signal(str)
    emergency_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme = theme
        Sized(theme, self, width=184)
        self._outer = Column(theme, self, margins=(8, 16, 8, 16), spacing=8)
        self._entries = Column(theme, spacing=8)
        self._outer.addLayout(self._entries)
        self._outer.addStretch(1)
        self.emergency = EmergencyButton(theme, words("shell-emergency"))
        self.emergency.clicked.connect(self.emergency_wanted)
        self._outer.addWidget(self.emergency)
        self._group = QButtonGroup(self)
        self.setAccessibleName(words("shell-navigation"))
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_entries(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Triples of key, icon, words."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._entries.removeWidget(button)
            button.hide()
            button.deleteLater()
        for key, icon, text in entries:
            button = NavButton(self.theme, key, icon, text)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._entries.addWidget(button)
        self._fit()

    def mark(self, key: str) -> None:
        """The page that is shown."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            if isinstance(button, NavButton):
                button.setChecked(button.key == key)
        self._group.setExclusive(True)

    def button(self, key: str) -> NavButton | None:
        """The entry of a page."""
        found = (b for b in self._group.buttons() if isinstance(b, NavButton) and b.key == key)
        return next(found, None)

    def minimumSizeHint(self) -> QSize:
        """All entries with the least space between them."""
        px = self.theme.px
        count = len(self._group.buttons())
        return QSize(px(184), count * px(50) + px(64 + 16 + 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window brings the entries closer together instead of cutting the last one."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self.theme.px
        count = len(self._group.buttons())
        needed = count * px(56) + px(64 + 16 + 32)
        self._entries.setSpacing(px(8) if needed <= self.height() else px(2))
        narrow = px(16) if needed <= self.height() else px(8)
        self._outer.setContentsMargins(px(8), narrow, px(8), narrow)

    def _restyle(self) -> None:
        self.setVisible(not self.theme.compact)
        self._fit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with a line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolor("surface"))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()
