"""Step 1: the facility, as its name stands on papers.  Nothing is written yet."""

from __future__ import annotations

from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.wizard import Step


class FacilityStep(StepBox):
    """Name, address, telephone."""

    step = Step.FACILITY

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        form = self.form
        self.name = self.field("wizard-facility-name", value=form.name, icon="apartment")
        self.address = self.field("wizard-facility-address", value=form.address)
        self.phone = self.field("wizard-facility-phone", value=form.phone, icon="call")

    def missing(self) -> str:
        return "" if self.name.text().strip() else self.words("wizard-facility-missing")

    def go_on(self) -> None:
        from facility_app.domain.individual_number import refuse_individual_number
        from facility_app.errors import Refused

        try:
            for part, edit in (("name", self.name), ("address", self.address)):
                refuse_individual_number(part, edit.text())
        except Refused as exc:
            self.failed(exc)
            return
        self.form.name = self.name.text().strip()
        self.form.address = self.address.text().strip()
        self.form.phone = self.phone.text().strip()
        self.done.emit()
