"""Step 5: cabinets and their numbered slots."""

from __future__ import annotations

from facility_app.ui.cabinet_fields import CabinetFields
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.wizard import Step


class CabinetsStep(StepBox):
    """At least one cabinet, or later."""

    step = Step.CABINETS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fields = CabinetFields(self.ctx, self.failed)
        self.fields.shown.connect(self.changed)
        self.box.addWidget(self.fields)

    def enter(self) -> None:
        self.fields.load()

    def missing(self) -> str:
        return "" if self.fields.slots else self.words("wizard-cabinet-missing")
