"""訂正: the record as it is and as it should be, side by side; the old one stays."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.hand_back import correct_loan
from facility_app.services.loans import LoanView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.dialogs.due_fields import DueFields
from facility_app.ui.layouts import Columns
from facility_app.ui.viewmodels.desk import due_text
from facility_app.ui.viewmodels.receipts import CorrectionForm
from facility_app.ui.viewmodels.sign_out import DAYS_OFFERED
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.text import Text


class CorrectDialog(ActDialog):
    """Old at the left, new at the right, the reason below."""

    def __init__(self, ctx: UiContext, loan: LoanView, choices: DeskChoices) -> None:
        words, theme = ctx.words, ctx.theme
        honorific = words("widgets-honorific")
        super().__init__(
            ctx,
            title=words("correct-title"),
            subtitle=f"{loan.name}{honorific}",
            icon="edit_note-fill",
        )
        self.form = CorrectionForm(loan)
        columns = Columns(theme, (2, 3), spacing=24)
        columns.add(self._build_old(loan))
        columns.add(self._build_new(choices))
        self.body.addWidget(columns)
        self.reason = TextField(theme, hint=words("correct-reason-hint"), max_length=200)
        self.reason.textChanged.connect(self._read)
        self.body.addWidget(LabeledField(theme, words("correct-reason"), self.reason))
        self.add_note("history", words("correct-note"))
        self.set_main(words("correct-go"), "edit")
        self._read()

    def _build_old(self, loan: LoanView) -> QWidget:
        words = self.words
        panel = Panel(self.theme, padding=16, spacing=16)
        panel.body.addWidget(Text(self.theme, words("correct-old"), size=20, bold=True))
        due = due_text(words, loan.due_at, self.ctx.now())
        for label, value in (
            ("correct-destination", loan.destination),
            ("correct-holder", loan.holder),
            ("correct-due", due),
        ):
            panel.body.addWidget(Text(self.theme, words(label), size=16, tone="text2"))
            panel.body.addWidget(Text(self.theme, value or " "))
        panel.body.addStretch(1)
        return panel

    def _build_new(self, choices: DeskChoices) -> QWidget:
        words, theme, form = self.words, self.theme, self.form
        box = Box(theme)
        box.column.addWidget(Text(theme, words("correct-new"), size=20, bold=True))
        self.destination = TextField(theme, icon="location_on-fill")
        self.destination.setText(form.destination)
        self.holder = ComboField(theme, icon="directions_walk")
        holders = list(choices.holders)
        if form.loan.holder_id not in dict(holders):
            holders.append((form.loan.holder_id, form.loan.holder))
        self.holder.set_choices(holders)
        self.holder.choose(form.holder_id)
        self.due = DueFields(theme, words)
        first = min(local_date(self.ctx.now()), form.due_day or local_date(self.ctx.now()))
        days = {first + timedelta(days=each) for each in DAYS_OFFERED}
        days.add(form.due_day or first)
        self.due.show_due(form.due_day, form.due_time, sorted(days))
        for label, field in (
            ("correct-destination", self.destination),
            ("correct-holder", self.holder),
            ("correct-due", self.due),
        ):
            box.column.addWidget(LabeledField(theme, words(label), field))
        self.destination.textChanged.connect(self._read)
        self.holder.currentIndexChanged.connect(self._read)
        self.due.changed.connect(self._read)
        return box

    def start(self) -> None:
        """Show it."""
        self.open(self.destination)

    def _read(self) -> None:
        form = self.form
        form.destination, form.reason = self.destination.text(), self.reason.text()
        form.holder_id = self.holder.value()
        form.due_day, form.due_time = self.due.day, self.due.at
        if self.main is not None and not self.sending:
            self.main.setEnabled(form.ready())

    def act(self) -> None:
        """Record the correction."""
        if self.form.ready():
            self.send(correct_loan, self.form.command())
