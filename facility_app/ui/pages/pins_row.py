"""One PIN that is held as a row: for whom, which, how it stands, and 使う at the same place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.viewmodels.pins import RowText
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
LONG_NAME = 10
"""Characters from which a name has a line of its own."""
CHIPS_WIDTH = 360
"""Design pixels of one line of chips."""


class PinRow(QFrame):
    """72 high at least; enlarged, chips and buttons stand below the words."""

    use_wanted = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, ctx: UiContext, row: RowText, *, may_use: bool, may_more: bool) -> None:
        super().__init__()
        self.theme, self.words, self.row = ctx.theme, ctx.words, row
        self.chosen = False
        outer = Row(self.theme, self, margins=(16, 8, 16, 8), spacing=16)
        outer.addWidget(IconLabel(self.theme, "password", size=28, tone="text2"), 0, _MIDDLE)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        outer.addLayout(self._box, 1)
        self._box.addWidget(self._build_words(), 7)
        self._box.addWidget(self._build_chips(), 5)
        self._box.addWidget(self._build_acts(may_use, may_more))
        Sized(self.theme, self, min_height=80)
        spoken = (row.name, row.room, row.kind, *(chip.text for chip in row.chips))
        self.setAccessibleName(" ".join(part for part in spoken if part))
        self.theme.changed.connect(self._turn)
        self._turn()

    def _build_words(self) -> QWidget:
        theme, row = self.theme, self.row
        box = QWidget()
        lines = Column(theme, box, spacing=0)
        who = Row(theme, spacing=4)
        long = len(row.name) > LONG_NAME
        self.name = Text(theme, row.name, size=20, bold=True, wraps=long)
        if long:  # a name is never shortened: two people may begin alike
            lines.addWidget(self.name)
        else:
            who.addWidget(self.name)
        who.addWidget(Text(theme, self.words("widgets-honorific"), wraps=False))
        who.gap(8)
        who.addWidget(Text(theme, row.room, tone="text2", wraps=False))
        who.gap(8)
        who.addWidget(Text(theme, row.since, size=16, tone="text2", elide=True), 1)
        lines.addLayout(who)
        lines.addWidget(Text(theme, row.kind, wraps=False))
        return box

    def _build_chips(self) -> QWidget:
        box = QWidget()
        lines = Column(self.theme, box, spacing=4)
        lines.addStretch(1)
        line = Row(self.theme, spacing=8)
        wide = 0
        for each in self.row.chips:
            chip = Chip(self.theme, each.text, Level(each.grade.value))
            if wide and wide + chip.sizeHint().width() > self.theme.px(CHIPS_WIDTH):
                line.addStretch(1)
                lines.addLayout(line)
                line, wide = Row(self.theme, spacing=8), 0
            line.addWidget(chip)
            wide += chip.sizeHint().width() + self.theme.px(8)
        line.addStretch(1)
        lines.addLayout(line)
        lines.addStretch(1)
        return box

    def _build_acts(self, may_use: bool, may_more: bool) -> QWidget:
        theme, words, row = self.theme, self.words, self.row
        box = QWidget()
        line = Row(theme, box, spacing=8)
        line.addStretch(1)
        self.more = ActionButton(theme, words("pin-list-more"), kind=Kind.GREY)
        self.more.setAccessibleName(f"{words('pin-list-more')} {row.name} {row.kind}")
        self.more.clicked.connect(lambda: self.more_wanted.emit(row.pin))
        self.use = ActionButton(theme, words("pin-list-use"))
        Sized(theme, self.use, min_width=104)
        self.use.setAccessibleName(f"{words('pin-list-use')} {row.name} {row.kind}")
        self.use.clicked.connect(lambda: self.use_wanted.emit(row.pin))
        self.use.setEnabled(not row.why_not)
        self.use.setAccessibleDescription(row.why_not)
        self.use.setToolTip(row.why_not)
        line.addWidget(self.more)
        line.addWidget(self.use)
        self.more.setVisible(may_more)  # inside the box: without a parent it becomes a window
        self.use.setVisible(may_use)
        return box

    def choose(self, chosen: bool) -> None:
        """Found by its pouch tag: light blue."""
        self.chosen = chosen
        self.update()

    def _turn(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if self.theme.compact else across)
        self._box.setSpacing(self.theme.px(8 if self.theme.compact else 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and bar when chosen, and the line."""
        theme = self.theme
        painter = QPainter(self)
        if self.chosen:
            painter.fillRect(self.rect(), theme.qcolor("tint"))
            painter.fillRect(0, 0, theme.px(8), self.height(), theme.qcolor("primary"))
        painter.setPen(theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
