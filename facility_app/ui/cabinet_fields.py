"""Adding a cabinet with its numbered slots, and those that are there; for set-up and settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.viewmodels.wizard import cabinet_problem, next_cabinet
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.text import Text


class CabinetFields(QWidget):
    """One line adds a cabinet; below stand all of them.  `shown` after every reading."""

    shown = Signal()

    def __init__(self, ctx: UiContext, failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self.ctx, self._failed = ctx, failed
        theme, words = ctx.theme, ctx.words
        box = Column(theme, self, spacing=16)
        row = Row(theme, spacing=16)
        self.name = TextField(theme, icon="shelves", max_length=32)
        self.name.setText("A")
        self.count = TextField(theme, max_length=3)
        self.count.setText("30")
        row.addWidget(LabeledField(theme, words("wizard-cabinet-name"), self.name), 2)
        row.addWidget(LabeledField(theme, words("wizard-cabinet-count"), self.count), 1)
        box.addLayout(row)
        self.preview = Text(theme, tone="text2")
        box.addWidget(self.preview)
        self.add_button = ActionButton(theme, words("wizard-cabinet-add"), icon="add")
        self.add_button.clicked.connect(self._add)
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.there = Text(theme, bold=True)
        box.addWidget(self.there)
        self.slots: dict[str, int] = {}
        for edit in (self.name, self.count):
            edit.textChanged.connect(self._typed)
        self._typed()

    def load(self) -> None:
        """Read the cabinets."""
        from facility_app.services.cabinets import cabinets

        self.ctx.ask(cabinets, done=self._show, failed=self._failed)

    def _typed(self) -> None:
        words = self.ctx.words
        wrong = cabinet_problem(self.name.text(), self.count.text())
        self.add_button.setEnabled(not wrong)
        if wrong:
            self.preview.set(words("wizard-cabinet-how"))
            return
        name, count = self._wanted()
        first = self.slots.get(name, 0) + 1
        last = f"{first + count - 1:02}"
        self.preview.set(words("wizard-cabinet-preview", name=name, first=f"{first:02}", last=last))

    def _wanted(self) -> tuple[str, int]:
        return self.name.text().strip(), int(unicodedata.normalize("NFKC", self.count.text()))

    def _add(self) -> None:
        from facility_app.services.cabinets import AddSlots, add_slots

        name, count = self._wanted()
        cmd = AddSlots(name, self.slots.get(name, 0) + 1, count)
        self.ctx.do(add_slots, cmd, done=self._added, failed=self._failed)

    def _added(self, _ids: object) -> None:
        self.name.setText(next_cabinet(self.name.text().strip()))
        self.load()

    def _show(self, slots: dict[str, int]) -> None:
        self.slots = slots
        lines = [
            self.ctx.words("wizard-cabinet-there", name=name, count=str(count))
            for name, count in slots.items()
        ]
        self.there.set("\n".join(lines))
        self._typed()
        self.shown.emit()
