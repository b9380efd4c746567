"""Step 4: a second person, so that two-person acts and a day off are possible."""

from __future__ import annotations

from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.person_fields import PersonFields
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.text import Text

MINIMUM = 13


class CustodianStep(StepBox):
    """Number, name, and a first password that the person changes at the first unlock."""

    step = Step.CUSTODIAN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.person = PersonFields(self.ctx, self.form.own_words, MINIMUM)
        self.person.changed.connect(self.changed)
        self.box.addWidget(self.person)
        self.box.addWidget(Text(self.theme, self.words("wizard-custodian-hint"), tone="text2"))

    def missing(self) -> str:
        return "" if self.person.good() else self.words("wizard-person-missing")

    def next_words(self) -> str:
        return self.words("wizard-custodian-add")

    def go_on(self) -> None:
        from facility_app.services.first_start import add_custodian
        from facility_app.services.staff import NewStaff

        person = self.person.person()
        password = self.person.take_password()
        new = NewStaff(person.number, person.name, person.kana, None, password)
        self.ctx.do(
            add_custodian,
            new,
            whole(self.ctx.office).cost,
            done=lambda _id: self.done.emit(),
            failed=self.failed,
        )

    def clear_secrets(self) -> None:
        self.person.clear_secrets()
