"""Fields for a member of staff, and for a new password with its rules shown while typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.viewmodels.wizard import Person, Rule, password_rules
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop


class NewPassword(QWidget):
    """A new password, typed twice, and its rules.  `own_words`: what it must not be made from."""

    changed = Signal()

    def __init__(self, ctx: UiContext, own_words: Callable[[], list[str]], minimum: int) -> None:
        super().__init__()
        self._own, self._minimum = own_words, minimum
        theme, words = ctx.theme, ctx.words
        box = Column(theme, self, spacing=8)
        show, hide = words("widgets-show-password"), words("widgets-hide-password")
        self.password = SecretEdit(
            theme, name=words("wizard-password"), show=show, hide=hide, height=56
        )
        self.again = SecretEdit(theme, name=words("wizard-again"), show=show, hide=hide, height=56)
        row = Row(theme, spacing=16)
        row.addWidget(LabeledField(theme, words("wizard-password"), self.password), 1, _TOP)
        row.addWidget(LabeledField(theme, words("wizard-again"), self.again), 1, _TOP)
        box.addLayout(row)
        self.rules = RuleLines(ctx, minimum)
        box.addWidget(self.rules)
        self.password.edited.connect(self.look)
        self.again.edited.connect(self.look)
        self.look()

    def good(self) -> bool:
        """Whether every rule is kept."""
        return self.rules.kept

    def take(self) -> str:
        """The password; both fields are empty afterwards."""
        self.again.clear()
        text = self.password.take()
        self.look()
        return text

    def clear_secrets(self) -> None:
        """Forget both."""
        self.password.clear()
        self.again.clear()
        self.look()

    def look(self) -> None:
        """Compare what is typed with the rules."""
        own = [text for text in self._own() if text.strip()]
        typed, again = self.password.field.text(), self.again.field.text()
        self.rules.show_rules(password_rules(typed, again, own, self._minimum))
        self.changed.emit()


class PersonFields(QWidget):
    """Staff number, name, reading, and the password where the person gets an account."""

    changed = Signal()

    def __init__(self, ctx: UiContext, own_words: Callable[[], list[str]], minimum: int) -> None:
        super().__init__()
        self._own = own_words
        theme, words = ctx.theme, ctx.words
        box = Column(theme, self, spacing=12)
        self.number = TextField(theme, icon="badge", max_length=8)
        self.name = TextField(theme, icon="person")
        self.kana = TextField(theme)
        row = Row(theme, spacing=16)
        for key, edit, share in (
            ("wizard-number", self.number, 2),
            ("wizard-name", self.name, 3),
            ("wizard-kana", self.kana, 3),
        ):
            row.addWidget(LabeledField(theme, words(key), edit), share, _TOP)
        box.addLayout(row)
        self.new = NewPassword(ctx, self._words, minimum)
        self.password, self.again = self.new.password, self.new.again
        box.addWidget(self.new)
        for edit in (self.number, self.name, self.kana):
            edit.textChanged.connect(self.new.look)
        self.new.changed.connect(self.changed)

    def person(self) -> Person:
        """What was typed, without the password."""
        return Person(self.number.text(), self.name.text(), self.kana.text())

    def set_person(self, person: Person) -> None:
        """Show somebody typed before."""
        self.number.setText(person.number)
        self.name.setText(person.name)
        self.kana.setText(person.kana)

    def with_account(self, wanted: bool) -> None:
        """Ask for a password, or not (付添職員)."""
        self.new.setVisible(wanted)
        self.new.clear_secrets()

    def good(self) -> bool:
        """Whether everything is there and every rule is kept."""
        account = not self.new.isHidden()
        return not self.person().missing() and (self.new.good() or not account)

    def take_password(self) -> str:
        """The password; both fields are empty afterwards."""
        return self.new.take()

    def clear_secrets(self) -> None:
        """Forget the passwords."""
        self.new.clear_secrets()

    def _words(self) -> list[str]:
        person = self.person()
        return [*self._own(), person.number, person.name, person.kana]


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
