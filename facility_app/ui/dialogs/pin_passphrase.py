"""An officer's own passphrase: the old one, and the new one twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.errors import VaultError
from facility_app.services import pin_officers
from facility_app.services.vault_keeper import VAULT_COST
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.pin_edit import PinEdit
from facility_app.ui.widgets.rule_line import RuleLine
from facility_app.ui.widgets.text import Text

LEAST = VAULT_COST.minimum
"""Characters of the shortest passphrase."""


class NewPassphrase(QWidget):
    """A passphrase typed twice, with what it still lacks."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.words = words
        box = Column(theme, self, spacing=8)
        pair = Columns(theme, (1, 1))
        self.first, self.again = PinEdit(theme), PinEdit(theme)
        names = ("pin-passphrase-new", "pin-passphrase-again")
        for edit, key in zip((self.first, self.again), names, strict=True):
            pair.add(LabeledField(theme, words(key), edit))
            edit.edited.connect(self._look)
        self.first.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self.submitted)
        box.addWidget(pair)
        self.long = RuleLine(theme, words)
        self.same = RuleLine(theme, words)
        rules = Column(theme, spacing=8)
        rules.addWidget(self.long)
        rules.addWidget(self.same)
        self.beside = Row(theme, spacing=16)
        """The rules, and room for a button."""
        self.beside.addLayout(rules, 1)
        box.addLayout(self.beside)
        box.addWidget(Text(theme, words("pin-passphrase-how"), size=16, tone="text2"))
        self._look()

    def good(self) -> bool:
        """Long enough, and twice the same."""
        return len(self.first) >= LEAST and self.first.same_as(self.again)

    def clear(self) -> None:
        """Forget both."""
        self.first.clear()
        self.again.clear()

    def _look(self) -> None:
        first, again = len(self.first), len(self.again)
        long_enough = first >= LEAST if first else None
        text = self.words("pin-passphrase-long", least=str(LEAST), count=str(first))
        self.long.show_kept(long_enough, text)
        same = self.first.same_as(self.again) if again else None
        self.same.show_kept(same, self.words("pin-rule-again"))
        self.changed.emit()


class OwnPassphraseDialog(ActDialog):
    """`changed` when it is done; the dialog is gone by then."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-own-title"), icon="key-fill")
        self.old = PinEdit(ctx.theme)
        self.body.addWidget(LabeledField(ctx.theme, words("pin-passphrase-old"), self.old))
        self.new = NewPassphrase(ctx)
        self.body.addWidget(self.new)
        self.add_note("info", words("pin-own-note"))
        self.add_note("history", words("pin-own-recorded"))
        self.set_main(words("pin-own-go"), "check")
        self.old.edited.connect(self._look)
        self.old.submitted.connect(self.new.first.setFocus)
        self.new.changed.connect(self._look)
        self.new.submitted.connect(self._submit)
        ctx.session.changed.connect(self.dismiss)
        self._look()

    def start(self) -> None:
        """Show it, with the focus in the field of the old one."""
        self.open(self.old)

    def _look(self) -> None:
        if self.main is not None and not self.sending:
            ready = self.new.good() and not self.old.is_empty()
            self.main.block("" if ready else self.words("pin-own-type"))

    def _submit(self) -> None:
        if self.main is not None and self.main.isEnabled():
            self.press()

    def act(self) -> None:
        """Both leave their fields at once."""
        old, new = self.old.take(), self.new.first.take()
        self.new.clear()
        self.set_sending(True)
        on_vault(
            self.ctx, pin_officers.change_passphrase, old, new,
            done=self._changed, failed=self._failed, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _changed(self, _none: None) -> None:
        self.sending = False
        self.dismiss()
        self.changed.emit()

    def _failed(self, exc: Exception) -> None:
        self.set_sending(False)
        self._look()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)
        self.old.setFocus()

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.old.clear()
        self.new.clear()
        self.dismiss()
