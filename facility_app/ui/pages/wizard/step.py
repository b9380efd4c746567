"""What every step of the wizard is: a box of fields, what is missing, and what 「次へ」 does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Actor
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.viewmodels.start import Launch
from facility_app.ui.viewmodels.wizard import Person, Rule, Step, WizardForm, password_rules
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text


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


class PersonFields(QWidget):
    """Staff number, name, reading, and a new password with its rules shown while typing."""

    changed = Signal()

    def __init__(self, ctx: UiContext, own_words: Callable[[], list[str]], minimum: int) -> None:
        super().__init__()
        self.ctx, self._own, self._minimum = ctx, own_words, minimum
        theme, words = ctx.theme, ctx.words
        box = Column(theme, self, spacing=12)
        self.number = TextField(theme, name=words("wizard-number"), icon="badge")
        self.number.setMaxLength(8)
        self.name = TextField(theme, name=words("wizard-name"), icon="person")
        self.kana = TextField(theme, name=words("wizard-kana"))
        first = Row(theme, spacing=16)
        first.addWidget(LabeledField(theme, words("wizard-number"), self.number), 2)
        first.addWidget(LabeledField(theme, words("wizard-name"), self.name), 3)
        first.addWidget(LabeledField(theme, words("wizard-kana"), self.kana), 3)
        box.addLayout(first)
        show, hide = words("widgets-show-password"), words("widgets-hide-password")
        self.password = SecretEdit(
            theme, name=words("wizard-password"), show=show, hide=hide, height=56
        )
        self.again = SecretEdit(theme, name=words("wizard-again"), show=show, hide=hide, height=56)
        second = Row(theme, spacing=16)
        second.addWidget(LabeledField(theme, words("wizard-password"), self.password))
        second.addWidget(LabeledField(theme, words("wizard-again"), self.again))
        box.addLayout(second)
        self.rules = RuleLines(ctx, minimum)
        box.addWidget(self.rules)
        for edit in (self.number, self.name, self.kana):
            edit.textChanged.connect(self._typed)
        self.password.edited.connect(self._typed)
        self.again.edited.connect(self._typed)
        self._typed()

    def person(self) -> Person:
        """What was typed, without the password."""
        return Person(self.number.text(), self.name.text(), self.kana.text())

    def set_person(self, person: Person) -> None:
        """Show somebody typed before."""
        self.number.setText(person.number)
        self.name.setText(person.name)
        self.kana.setText(person.kana)

    def good(self) -> bool:
        """Whether everything is there and every rule is kept."""
        return not self.person().missing() and self.rules.kept

    def take_password(self) -> str:
        """The password; both fields are empty afterwards."""
        self.again.clear()
        return self.password.take()

    def clear_secrets(self) -> None:
        """Forget the passwords."""
        self.password.clear()
        self.again.clear()
        self._typed()

    def _typed(self) -> None:
        person = self.person()
        own = [*self._own(), person.number, person.name, person.kana]
        typed, again = self.password.field.text(), self.again.field.text()
        words = [text for text in own if text.strip()]
        self.rules.show_rules(password_rules(typed, again, words, self._minimum))
        self.changed.emit()


class RuleLines(QWidget):
    """The rules of a password, each with a sign: kept, broken, not yet known."""

    def __init__(self, ctx: UiContext, minimum: int) -> None:
        super().__init__()
        self.ctx = ctx
        self.kept = False
        box = Column(ctx.theme, self, spacing=4)
        self._lines: dict[Rule, tuple[IconLabel, Text]] = {}
        for rule in Rule:
            row = Row(ctx.theme, spacing=8)
            icon = IconLabel(ctx.theme, "radio_button_unchecked", size=20, tone="text2")
            words = ctx.words(f"wizard-rule-{rule.value}", minimum=str(minimum))
            text = Text(ctx.theme, words)
            row.addWidget(icon)
            row.addWidget(text, 1)
            box.addLayout(row)
            self._lines[rule] = (icon, text)

    def show_rules(self, rules: dict[Rule, bool | None]) -> None:
        """The rules as they stand."""
        self.kept = all(value is True for value in rules.values())
        looks = {
            True: ("check_circle-fill", "ok", "ok_text", "wizard-rule-kept"),
            False: ("cancel-fill", "danger", "danger_fill", "wizard-rule-broken"),
            None: ("radio_button_unchecked", "text2", "text", "wizard-rule-open"),
        }
        for rule, value in rules.items():
            icon, text = self._lines[rule]
            name, tone, ink, spoken = looks[value]
            icon.set(name, tone)
            text.set_tone(ink)
            text.setAccessibleDescription(self.ctx.words(spoken))
