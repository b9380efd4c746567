"""One thing that should come back: a tick, a count where it has several pieces, its condition."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.items import Condition
from facility_app.i18n import Words
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.sign_in import BackRow
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import ComboField
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


class BackLine(QWidget):
    """`counted` carries the number of pieces, `looks` the condition."""

    counted = Signal(int)
    looks = Signal(object)

    def __init__(self, theme: Theme, words: Words, row: BackRow) -> None:
        super().__init__()
        self._words, self._row, self._filling = words, row, False
        box = Column(theme, self, spacing=8)
        line = Row(theme, spacing=8)
        box.addLayout(line)
        self.tick = TickRow(theme, row.title)
        self.tick.toggled.connect(self._ticked)
        line.addWidget(self.tick, 1)
        self.figure = Text(theme, bold=True, wraps=False)
        if row.expected > 1:
            self._add_counter(theme, box)
        self.condition = ComboField(theme, name=f"{words('desk-condition')} {row.title}")
        self.condition.set_choices([(each, words.term(each)) for each in Condition])
        self.condition.currentIndexChanged.connect(self._condition_chosen)
        Sized(theme, self.condition, width=168)
        line.addWidget(self.condition)
        self.show_row(row)

    def _add_counter(self, theme: Theme, box: Column) -> None:
        words = self._words
        line = Row(theme, margins=(52, 0, 0, 8), spacing=12)
        less = ActionButton(theme, "", kind=Kind.GREY, icon="remove")
        more = ActionButton(theme, "", kind=Kind.GREY, icon="add")
        for button, step, key in ((less, -1, "desk-back-less"), (more, 1, "desk-back-more")):
            button.setAccessibleName(f"{words(key)} {self._row.title}")
            button.clicked.connect(lambda _c=False, by=step: self._step(by))
            Sized(theme, button, width=48)
        line.addWidget(less)
        line.addWidget(self.figure)
        line.addWidget(more)
        line.addStretch(1)
        box.addLayout(line)

    def show_row(self, row: BackRow) -> None:
        """What the form says now."""
        self._filling = True
        self._row = row
        self.tick.setChecked(row.count > 0)
        self.figure.set(
            self._words("desk-back-count", count=str(row.count), expected=str(row.expected))
        )
        self.condition.choose(row.condition)
        self.condition.setEnabled(row.count > 0)
        self._filling = False

    def _ticked(self, on: bool) -> None:
        if not self._filling:
            self.counted.emit(self._row.expected if on else 0)

    def _step(self, by: int) -> None:
        self.counted.emit(self._row.count + by)

    def _condition_chosen(self) -> None:
        if not self._filling:
            self.looks.emit(self.condition.value())
