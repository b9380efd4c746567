"""Step 5: cabinets and their numbered slots."""

from __future__ import annotations

import unicodedata

from facility_app.ui.layouts import Row
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.wizard import Step, cabinet_problem
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.text import Text


class CabinetsStep(StepBox):
    """One line adds a cabinet; below stand those that are there."""

    step = Step.CABINETS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, words = self.theme, self.words
        row = Row(theme, spacing=16)
        self.name = TextField(theme, name=words("wizard-cabinet-name"), icon="shelves")
        self.name.setText("A")
        self.count = TextField(theme, name=words("wizard-cabinet-count"))
        self.count.setText("30")
        row.addWidget(LabeledField(theme, words("wizard-cabinet-name"), self.name), 2)
        row.addWidget(LabeledField(theme, words("wizard-cabinet-count"), self.count), 1)
        self.box.addLayout(row)
        self.preview = Text(theme, tone="text2")
        self.box.addWidget(self.preview)
        self.add_button = ActionButton(theme, words("wizard-cabinet-add"), icon="add")
        self.add_button.clicked.connect(self._add)
        line = Row(theme, spacing=16)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.box.addLayout(line)
        self.there = Text(theme, bold=True)
        self.box.addWidget(self.there)
        self.slots: dict[str, int] = {}
        for edit in (self.name, self.count):
            edit.textChanged.connect(self._typed)
        self._typed()

    def enter(self) -> None:
        from facility_app.services.cabinets import cabinets

        self.ctx.ask(cabinets, done=self._show, failed=self.failed)

    def missing(self) -> str:
        return "" if self.slots else self.words("wizard-cabinet-missing")

    def _typed(self) -> None:
        wrong = cabinet_problem(self.name.text(), self.count.text())
        self.add_button.setEnabled(not wrong)
        if wrong:
            self.preview.set(self.words("wizard-cabinet-how"))
            return
        last = f"{int(unicodedata.normalize('NFKC', self.count.text())):02}"
        name = self.name.text().strip()
        self.preview.set(self.words("wizard-cabinet-preview", name=name, last=last))

    def _add(self) -> None:
        from facility_app.services.cabinets import AddSlots, add_slots

        count = int(unicodedata.normalize("NFKC", self.count.text()))
        cmd = AddSlots(self.name.text().strip(), 1, count)
        self.ctx.do(add_slots, cmd, done=lambda _ids: self.enter(), failed=self.failed)

    def _show(self, slots: dict[str, int]) -> None:
        self.slots = slots
        lines = [
            self.words("wizard-cabinet-there", name=name, count=str(count))
            for name, count in slots.items()
        ]
        self.there.set("\n".join(lines))
        if slots:
            name = self.name.text().strip()
            if name in slots and len(name) == 1 and "A" <= name < "Z":
                self.name.setText(chr(ord(name) + 1))
        self.changed.emit()
