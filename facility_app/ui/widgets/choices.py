"""A few choices of which one is taken: reasons, kinds, filters.

Use::

    reasons = ReasonButtons(theme, words("desk-reason"), columns=3)
    reasons.set_choices([("visit", words(...)), ...]); reasons.chosen.connect(...); reasons.value()
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from facility_app.ui.layouts import Grid
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


class ChoiceButton(QPushButton):
    """A checkable button of 48; light blue with a blue outline when chosen."""

    def __init__(self, theme: Theme, text: str, key: str = "") -> None:
        super().__init__(text)
        self.theme, self.key = theme, key
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Words with 12 beside them."""
        wide = QFontMetricsF(self.theme.font(18, bold=True)).horizontalAdvance(self.text())
        return QSize(round(wide) + self.theme.px(24), self.theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """The words at 16."""
        wide = QFontMetricsF(self.theme.font(16, bold=True)).horizontalAdvance(self.text())
        return QSize(max(round(wide) + self.theme.px(12), self.theme.px(48)), self.theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isChecked():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, and tint when chosen."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        chosen = self.isChecked()
        fill = "tint" if chosen or self.underMouse() else "surface"
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor(fill if self.isEnabled() else "disabled"),
            radius=px(8),
            outline=theme.qcolor("primary" if chosen else "border"),
            outline_width=px(2) if chosen else 1,
        )
        size = 18
        while size > 16 and self._wide(size) > self.width() - px(12):
            size -= 1
        painter.setFont(theme.font(size, bold=chosen))
        ink = "primary" if chosen else "text"
        painter.setPen(theme.qcolor(ink if self.isEnabled() else "disabled_text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _wide(self, size: int) -> float:
        font = self.theme.font(size, bold=self.isChecked())
        return QFontMetricsF(font).horizontalAdvance(self.text())


class ReasonButtons(QWidget):
    """Up to six choices in a grid.  `chosen` carries the key, also when set by the program."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, *, columns: int = 3) -> None:
        super().__init__()
        self.theme, self._columns = theme, columns
        self._grid = Grid(theme, self, spacing=8)
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._toggled)
        self.setAccessibleName(name)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Pairs of key and words; nothing is chosen afterwards."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        for index, (key, words) in enumerate(choices):
            button = ChoiceButton(self.theme, words, key)
            self._group.addButton(button)
            self._grid.addWidget(button, index // self._columns, index % self._columns)

    def value(self) -> str:
        """Key of the chosen one, or an empty string."""
        button = self._group.checkedButton()
        return button.key if isinstance(button, ChoiceButton) else ""

    def choose(self, key: str) -> None:
        """Choose by key; an unknown key changes nothing."""
        for button in self._group.buttons():
            if isinstance(button, ChoiceButton) and button.key == key:
                button.setChecked(True)

    def button(self, key: str) -> ChoiceButton | None:
        """The button of a key."""
        found = (b for b in self._group.buttons() if isinstance(b, ChoiceButton) and b.key == key)
        return next(found, None)

    def _toggled(self, button: object, checked: bool) -> None:
        if checked and isinstance(button, ChoiceButton):
            self.chosen.emit(button.key)
