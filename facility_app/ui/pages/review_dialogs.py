"""What is not in order, in words; and the target of a quarter."""

from __future__ import annotations

from facility_app.domain.review import Verdict
from facility_app.services.review import SignOff, set_target, sign_off
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.viewmodels.settings import number
from facility_app.ui.widgets.fields import AreaField, LabeledField, TextField
from facility_app.ui.widgets.text import Text


class NoteDialog(ActDialog):
    """Sign an act off as not in order; without words it is not sent."""

    def __init__(self, ctx: UiContext, seq: int, what: str) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("review-fault-title"), icon="edit_note-fill", width=800)
        self._seq = seq
        self.body.addWidget(Text(theme, what, size=20, bold=True))
        self.field = AreaField(theme, hint=words("review-fault-hint"), lines=4)
        self.body.addWidget(LabeledField(theme, words("review-fault-field"), self.field))
        self.set_main(words("review-fault-go"), "edit_note")
        self.field.textChanged.connect(self._check)
        self._check()

    def start(self) -> None:
        """Show it."""
        self.open(self.field)

    def _check(self) -> None:
        if self.main is not None and not self.sending:
            self.main.setEnabled(bool(self.field.toPlainText().strip()))

    def act(self) -> None:
        """Record it."""
        note = self.field.toPlainText()
        self.send(sign_off, SignOff(self._seq, Verdict.NOT_IN_ORDER, note))


class TargetDialog(ActDialog):
    """How many acts are reviewed in three months."""

    def __init__(self, ctx: UiContext, target: int) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("review-target-title"), icon="edit", width=720)
        self.body.addWidget(Text(theme, words("review-target-text")))
        self.field = TextField(theme, max_length=4)
        self.field.setText(str(target))
        self.body.addWidget(LabeledField(theme, words("review-target-field"), self.field))
        self.set_main(words("review-target-go"), "check")

    def start(self) -> None:
        """Show it."""
        self.open(self.field)
        self.field.selectAll()

    def act(self) -> None:
        """Set it; what is no number is refused as out of range."""
        self.send(set_target, number(self.field.text()))
