"""One finding of a check as a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Grid, Sized
from facility_app.ui.viewmodels.card_findings import Act, FindingText
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft
CHIP_COLUMN = 124
NARROW_ROW = 456
"""Design pixels of width under which the words stand below chip and button."""


class FindingRow(QFrame):
    """72 high at least: chip, what is, what to do, one button; a line below.

    Where there is little room the words stand below chip and button.
    """

    acted = Signal(object)

    def __init__(self, ctx: UiContext, finding: FindingText) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.theme, self.finding = theme, finding
        self._grid = Grid(theme, self, spacing=8)
        self.chip = Chip(theme, words.term(finding.level), Level(finding.level.value))
        self._said = Column(theme, spacing=0)
        self.title = Text(theme, finding.title, bold=True)
        self.text = Text(theme, finding.text, size=16)
        self._said.addWidget(self.title)
        self._said.addWidget(self.text)
        self._said.addStretch(1)
        self.button: ActionButton | None = None
        if finding.act is not Act.NONE:
            act = words(f"check-act-{finding.act.value}")
            self.button = ActionButton(theme, act)
            self.button.setAccessibleName(f"{act} {self.title.text()}")
            self.button.clicked.connect(lambda: self.acted.emit(finding.act))
        self._narrow: bool | None = None
        self._lay_out(narrow=False)
        Sized(theme, self, min_height=72)
        spoken = (self.chip.text(), self.title.text(), self.text.text())
        self.setAccessibleName(" ".join(part for part in spoken if part))
        theme.changed.connect(self._restyle)

    def _lay_out(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        grid = self._grid
        for part in (self.chip, self._said, self.button):
            if isinstance(part, QWidget):
                grid.removeWidget(part)
            elif part is not None:
                grid.removeItem(part)
        grid.addWidget(self.chip, 0, 0, _TOP | _LEFT)
        if narrow:
            grid.addLayout(self._said, 1, 0, 1, 3)
        else:
            grid.addLayout(self._said, 0, 1)
        if self.button is not None:
            grid.addWidget(self.button, 0, 2, _MIDDLE if not narrow else _TOP)
        grid.setColumnStretch(1, 1)
        self._restyle()

    def _restyle(self) -> None:
        px = self.theme.px
        self._grid.setContentsMargins(px(16), px(9), px(16), px(9))
        self._grid.setColumnMinimumWidth(0, 0 if self._narrow else px(CHIP_COLUMN))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side or below each other."""
        super().resizeEvent(event)
        self._lay_out(narrow=self.width() < self.theme.px(NARROW_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
