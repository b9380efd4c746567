"""What every step of the wizard is: a box of fields, what is missing, and what 「次へ」 does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Actor
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column
from facility_app.ui.viewmodels.start import Launch
from facility_app.ui.viewmodels.wizard import Step, WizardForm
from facility_app.ui.widgets.fields import LabeledField, TextField


@dataclass
class Desk:
    """What the steps share.  `fail` shows an error on the wizard's page."""

    ctx: UiContext
    launch: Launch
    form: WizardForm
    fail: Callable[[Exception], object]
    made: Callable[[Any, Actor], object]
    """The store was made and this is its manager: unlock with them."""


class StepBox(QWidget):
    """One step.  `go_on` does its work and emits `done`; `changed` when what is missing changed."""

    step: Step
    done = Signal()
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.ctx, self.form = desk, desk.ctx, desk.form
        self.theme, self.words = desk.ctx.theme, desk.ctx.words
        self.box = Column(self.theme, self, spacing=16)

    def enter(self) -> None:
        """The step is shown."""

    def focus_first(self) -> None:
        """The first field or button of the step."""
        for widget in self.findChildren(QWidget):
            tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tab and widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def missing(self) -> str:
        """What is still missing, in words for the main button; empty when it may be pressed."""
        return ""

    def next_words(self) -> str:
        """What the main button says."""
        return self.words("wizard-next")

    def go_on(self) -> None:
        """The main button."""
        self.done.emit()

    def clear_secrets(self) -> None:
        """Forget half-typed secrets."""

    def failed(self, exc: Exception) -> None:
        """An error of this step."""
        self.desk.fail(exc)
        self.changed.emit()

    def field(self, key: str, *, note: str = "", value: str = "", icon: str = "") -> TextField:
        """A labelled line of text, added to the step."""
        edit = TextField(self.theme, name=self.words(key), icon=icon)
        edit.setText(value)
        words = self.words(note) if note else ""
        self.box.addWidget(LabeledField(self.theme, self.words(key), edit, note=words))
        edit.textChanged.connect(self.changed)
        return edit
