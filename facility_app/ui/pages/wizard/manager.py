"""Step 2: the first manager.  The password stays in memory until the key is made in step 3."""

from __future__ import annotations

from facility_app.secret import Secret
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.person_fields import PersonFields
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.text import Text

MINIMUM = 13


class ManagerStep(StepBox):
    """Number, name, password with its rules."""

    step = Step.MANAGER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.person = PersonFields(self.ctx, lambda: [self.form.name], MINIMUM)
        self.person.changed.connect(self.changed)
        self.box.addWidget(self.person)
        self.box.addWidget(Text(self.theme, self.words("wizard-password-hint"), tone="text2"))
        self.password: Secret | None = None

    def enter(self) -> None:
        self.person.set_person(self.form.manager)
        self.ctx.lane.run(_warm)

    def missing(self) -> str:
        return "" if self.person.good() else self.words("wizard-person-missing")

    def go_on(self) -> None:
        self.form.manager = self.person.person()
        self.forget()
        self.password = Secret.from_text(self.person.take_password())
        self.done.emit()

    def forget(self) -> None:
        """Wipe the password that was kept for step 3."""
        if self.password is not None:
            self.password.wipe()
            self.password = None

    def clear_secrets(self) -> None:
        self.person.clear_secrets()


def _warm() -> None:
    """On the lane: load the list of common passwords before the first key is pressed."""
    from facility_app.domain.passwords import derivations

    derivations([])
