"""初期設定: nine steps, which can be left and taken up again (issue #2).

Before the key exists the page stands in the unlock page's place; from then on it is an ordinary
page of the manager who is unlocked.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton

from facility_app.domain.access import Actor, Permission
from facility_app.errors import FacilityError
from facility_app.log import incident
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.page import Page
from facility_app.ui.pages.wizard.backup import BackupStep
from facility_app.ui.pages.wizard.cabinets import CabinetsStep
from facility_app.ui.pages.wizard.custodian import CustodianStep
from facility_app.ui.pages.wizard.facility import FacilityStep
from facility_app.ui.pages.wizard.key import KeyStep
from facility_app.ui.pages.wizard.manager import ManagerStep
from facility_app.ui.pages.wizard.reader import ReaderStep
from facility_app.ui.pages.wizard.residents import ResidentsStep
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.pages.wizard.tags import TagsStep
from facility_app.ui.viewmodels.start import Launch
from facility_app.ui.viewmodels.wizard import LAST, MAY_WAIT, Step, WizardForm
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.steps import StepHeader, StepState
from facility_app.ui.widgets.text import Text


class WizardPage(Page):
    """Left the nine steps, right the present one, below the way on."""

    help_key = "wizard"
    store_made = Signal(object, object)
    """The store exists: the open office and its manager, unlocked."""
    finished = Signal()
    recovery_wanted = Signal()
    """There is a store already: its recovery sheet and a backup are at hand."""

    def __init__(self, ctx: UiContext, launch: Launch) -> None:
        super().__init__(ctx)
        self.form = WizardForm()
        desk = Desk(ctx, launch, self.form, self.fail, self._made)
        manager = ManagerStep(desk)
        steps: list[StepBox] = [
            FacilityStep(desk),
            manager,
            KeyStep(desk, manager),
            CustodianStep(desk),
            CabinetsStep(desk),
            ResidentsStep(desk),
            TagsStep(desk),
            ReaderStep(desk),
            BackupStep(desk),
        ]
        self.steps = {box.step: box for box in steps}
        row = Row(self.theme, spacing=16)
        self.list_card = self._build_list()
        row.addWidget(self.list_card)
        row.addWidget(self._build_card(), 1)
        self.content.addLayout(row)
        self.content.addStretch(1)
        self._build_acts()
        self.theme.changed.connect(self._restyle)
        self._restyle()
        self._show_step()

    def _build_list(self) -> Card:
        card = Card(self.theme, title=self.words("wizard-title"), padding=0, spacing=0)
        Sized(self.theme, card, width=336)
        self.headers: dict[Step, StepHeader] = {}
        for step in Step:
            words = self.words(f"wizard-step-{step.value}")
            header = StepHeader(self.theme, str(step.value), words, state=StepState.OPEN)
            Sized(self.theme, header, height=48)
            self.headers[step] = header
            card.body.addWidget(header)
        card.body.addStretch(1)
        return card

    def _build_card(self) -> Card:
        card = Card(self.theme, padding=24, spacing=16)
        self.count = Text(self.theme, tone="text2")
        self.title = Text(self.theme, size=28, bold=True)
        self.why = Text(self.theme)
        for widget in (self.count, self.title, self.why):
            card.body.addWidget(widget)
        for box in self.steps.values():
            card.body.addWidget(box)
            box.hide()
            box.done.connect(self._step_done)
            box.changed.connect(self._show_state)
        card.body.addStretch(1)
        return card

    def _build_acts(self) -> None:
        theme, words, row = self.theme, self.words, self.act_row
        self.back_button = ActionButton(
            theme, words("wizard-back"), kind=Kind.GREY, icon="arrow_back", height=64
        )
        self.later_button = ActionButton(
            theme, words("wizard-later"), kind=Kind.TEXT, icon="schedule", height=64, size=18
        )
        self.next_button = ActionButton(
            theme, "", kind=Kind.FILLED, icon="arrow_forward", key="Enter", height=64
        )
        Sized(theme, self.next_button, min_width=320)
        self.back_button.clicked.connect(self._back)
        self.later_button.clicked.connect(self._later)
        self.next_button.clicked.connect(self._next)
        self.sheet_button = ActionButton(
            theme, words("wizard-from-sheet"), kind=Kind.TEXT, icon="article", height=64, size=18
        )
        self.sheet_button.clicked.connect(self.recovery_wanted)
        row.addWidget(self.back_button)
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        row.addWidget(self.later_button)
        row.addWidget(self.next_button)

    # --- Page ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """As a page of its own: how far the set-up has come."""
        if self.ctx.session.may(Permission.MANAGE_SETTINGS):
            from facility_app.services.first_start import read_progress

            self.ctx.ask(read_progress, done=self._resumed)

    def focus_first(self) -> None:
        self.box().focus_first()

    def clear_secrets(self) -> None:
        for box in self.steps.values():
            box.clear_secrets()

    def main_button(self) -> QAbstractButton | None:
        return self.next_button

    # --- steps -----------------------------------------------------------------------------------

    def box(self) -> StepBox:
        """The step that is shown."""
        return self.steps[self.form.step]

    def fail(self, exc: Exception) -> None:
        """An error of a step, above it."""
        known = isinstance(exc, FacilityError)
        self.show_problem(self.words.error(exc, "" if known else incident(exc)))

    def _resumed(self, progress: Any) -> None:
        facility = progress.facility
        self.form.name, self.form.address = facility.name, facility.address
        self.form.phone, self.form.actor = facility.phone, self.ctx.session.actor
        before = self.form.step
        key = self.steps[Step.KEY]
        if not (isinstance(key, KeyStep) and key.sheet is not None and before is Step.KEY):
            self.form.resume(facility.setup_step)
        self._show_step()

    def _made(self, office: Any, actor: Actor) -> None:
        self.form.actor, self.form.reached = actor, Step.MANAGER.value
        self.store_made.emit(office, actor)

    def _next(self) -> None:
        self.clear_problem()
        if not self.box().missing():
            self.box().go_on()

    def _back(self) -> None:
        self.clear_problem()
        self.box().clear_secrets()
        self.form.back()
        self._show_step()

    def _later(self) -> None:
        self.clear_problem()
        self.box().clear_secrets()
        self._step_done()

    def _step_done(self) -> None:
        step = self.form.step
        self.clear_problem()
        if step.value >= Step.KEY.value:
            from facility_app.services.first_start import reach_step

            self.ctx.do(reach_step, step.value, done=lambda _none: self._went(step))
        else:
            self._went(step)

    def _went(self, step: Step) -> None:
        self.form.done(step)
        if step.value == LAST:
            self.finished.emit()
        else:
            self._show_step()

    def _show_step(self) -> None:
        step, words = self.form.step, self.words
        for key, box in self.steps.items():
            box.setVisible(key is step)
        self.count.set(words("wizard-count", number=str(step.value), all=str(LAST)))
        self.title.set(words(f"wizard-step-{step.value}"))
        self.why.set(words(f"wizard-why-{step.value}"))
        self.steps[step].enter()
        self._show_state()
        self.area.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.focus_first()
        self.ctx.announce(f"{self.count.text()} {self.title.text()}")

    def _show_state(self) -> None:
        form = self.form
        for step, header in self.headers.items():
            done = step.value <= form.reached
            state = StepState.DONE if done else StepState.OPEN
            if step is form.step:
                state = StepState.PRESENT
            spoken = self.words(f"wizard-state-{state.name.lower()}")
            header.set_state(state, spoken=spoken)
        self.back_button.setVisible(form.can_go_back())
        self.later_button.setVisible(form.step in MAY_WAIT)
        self.sheet_button.setVisible(form.step is Step.FACILITY and form.actor is None)
        if self.next_button.text() != self.box().next_words():
            self.next_button.set_text(self.box().next_words())
        self.next_button.block(self.box().missing())

    def _restyle(self) -> None:
        self.list_card.setVisible(not self.theme.compact)
