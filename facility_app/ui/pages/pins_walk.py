"""Turning the vault on: first whether it is needed, then where, who, and their passphrases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.services.pin_views import OfficerView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.pages.pins_walk_steps import (
    OfficersStep,
    PassphrasesStep,
    PlaceStep,
    WalkStep,
    WaysStep,
)
from facility_app.ui.viewmodels.pin_setup import SetUp, Stage
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.steps import StepHeader, StepState
from facility_app.ui.widgets.text import Text


class VaultWalk(QWidget):
    """Left the steps, right the present one; the page has the buttons.  `changed` after all."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.form = SetUp()
        self.ways, self.place = WaysStep(ctx, self.form), PlaceStep(ctx, self.form)
        self.officers = OfficersStep(ctx, self.form)
        self.passphrases = PassphrasesStep(ctx, self.form)
        self.steps: dict[Stage, WalkStep] = {
            Stage.WAYS: self.ways,
            Stage.PLACE: self.place,
            Stage.OFFICERS: self.officers,
            Stage.PASSPHRASES: self.passphrases,
        }
        row = Row(self.theme, self, spacing=16)
        self.list_card = self._build_list()
        row.addWidget(self.list_card)
        row.addWidget(self._build_card(), 1)
        for step in self.steps.values():
            step.changed.connect(self.changed)
        self.theme.changed.connect(self._restyle)
        self._restyle()
        self.show_step()

    def _build_list(self) -> Card:
        card = Card(self.theme, title=self.words("pin-walk-title"), padding=0, spacing=0)
        Sized(self.theme, card, width=296)
        self.headers: dict[Stage, StepHeader] = {}
        for number, stage in enumerate(Stage, 1):
            words = self.words(f"pin-walk-step-{stage.value}")
            header = StepHeader(self.theme, str(number), words, state=StepState.OPEN)
            self.headers[stage] = header
            card.body.addWidget(header)
        card.body.addStretch(1)
        return card

    def _build_card(self) -> Card:
        card = Card(self.theme, padding=24, spacing=12)
        self.title = Text(self.theme, size=28, bold=True)
        card.body.addWidget(self.title)
        for step in self.steps.values():
            card.body.addWidget(step)
        card.body.addStretch(1)
        return card

    def show_candidates(self, officers: Sequence[OfficerView]) -> None:
        """Who may become an officer."""
        self.officers.show_candidates(officers)
        self.passphrases.show_names(officers)

    def step(self) -> WalkStep:
        """The present one."""
        return self.steps[self.form.stage]

    def show_step(self) -> None:
        """The present step, and how far it has come."""
        stages = list(Stage)
        at = stages.index(self.form.stage)
        for number, (stage, header) in enumerate(self.headers.items()):
            state = StepState.DONE if number < at else StepState.OPEN
            header.set_state(StepState.PRESENT if number == at else state)
            self.steps[stage].setVisible(number == at)
        self.title.set(self.words(f"pin-walk-step-{self.form.stage.value}"))
        self.step().enter()
        self.ctx.announce(self.title.text())
        self.changed.emit()

    def clear_secrets(self) -> None:
        """Cover and lock: who has typed a passphrase types it again."""
        self.passphrases.clear_secrets()
        if self.form.stage is Stage.PASSPHRASES:
            self.passphrases.enter()
        self.changed.emit()

    def begin_anew(self) -> None:
        """As if nothing had been answered."""
        self.clear_secrets()
        self.form.stage = Stage.WAYS
        self.show_step()

    def _restyle(self) -> None:
        self.list_card.setVisible(not self.theme.compact)
