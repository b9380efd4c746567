"""Several small things of which any may be ticked: buttons in a grid.

Use::

    ticks = TickButtons(theme, words("..."), columns=3)
    ticks.set_choices([("code", words(...)), ...]); ticks.changed.connect(...); ticks.values()
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Grid
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


class TickButton(QCheckBox):
    """48 high: a small box, then the words, which shrink to 16 and then are shortened."""

    def __init__(self, theme: Theme, text: str, key: str) -> None:
        super().__init__(text)
        self.theme, self.key = theme, key
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: object) -> bool:
        """Anywhere."""
        return True

    def _wide(self, size: int) -> float:
        font = self.theme.font(size, bold=self.isChecked())
        return QFontMetricsF(font).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        """Box and words."""
        return QSize(round(self._wide(18)) + self.theme.px(56), self.theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """The words may be shortened, the target may not."""
        return QSize(self.theme.px(120), self.theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from one to the next, as in a list; Space ticks."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, box, words."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        chosen = self.isChecked()
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("tint" if chosen or self.underMouse() else "surface"),
            radius=px(8),
            outline=theme.qcolor("primary" if chosen else "border"),
            outline_width=px(2) if chosen else 1,
        )
        side = px(24)
        top = (self.height() - side) / 2
        box = QRectF(px(10), top, side, side)
        if chosen:
            painting.panel(painter, box, fill=theme.qcolor("primary"), radius=px(4))
            paint_icon(painter, theme, "check", box.left(), box.top(), side, "on_primary")
        else:
            painting.panel(
                painter, box, fill=theme.qcolor("surface"), radius=px(4),
                outline=theme.qcolor("border"), outline_width=px(2),
            )  # fmt: skip
        room = self.width() - px(50)
        size = 18
        while size > 16 and self._wide(size) > room:
            size -= 1
        font = theme.font(size, bold=chosen)
        painter.setFont(font)
        painter.setPen(theme.qcolor("primary" if chosen else "text"))
        shown = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        words = QRectF(px(42), 0, room + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class TickButtons(QWidget):
    """A grid of them; one column when enlarged."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, *, columns: int = 3) -> None:
        super().__init__()
        self.theme, self._columns = theme, columns
        self._grid = Grid(theme, self, spacing=8)
        self.buttons: dict[str, TickButton] = {}
        self.setAccessibleName(name)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Pairs of key and words; nothing is ticked afterwards."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        across = 1 if self.theme.compact else self._columns
        for index, (key, words) in enumerate(choices):
            button = TickButton(self.theme, words, key)
            button.toggled.connect(lambda _on: self.changed.emit())
            self.buttons[key] = button
            self._grid.addWidget(button, index // across, index % across)
        for column in range(across):
            self._grid.setColumnStretch(column, 1)

    def values(self) -> tuple[str, ...]:
        """The keys that are ticked, in their order."""
        return tuple(key for key, button in self.buttons.items() if button.isChecked())

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(keys)
        for key, button in self.buttons.items():
            button.setChecked(key in wanted)
