"""緊急持出し afterwards: the reason by whoever was there, and the review by a second person."""

from __future__ import annotations

from facility_app.services.emergency import explain_emergency, review_emergency
from facility_app.services.emergency_detail import EmergencyDetail
from facility_app.services.loans import EmergencyView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.viewmodels.desk import due_text
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import AreaField, LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.text import Text


class ExplainDialog(ActDialog):
    """What happened, and where the things went."""

    def __init__(self, ctx: UiContext, release: EmergencyView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("explain-title"), icon="edit_note-fill", width=800)
        self._loan_id = release.loan_id
        out = due_text(words, release.out_at, ctx.now())
        what = words("explain-what", name=release.name, time=out)
        self.body.addWidget(Text(theme, what, size=20, bold=True))
        due = due_text(words, release.reason_due_at, ctx.now())
        self.body.addWidget(Text(theme, words("explain-due", due=due)))
        self.reason = AreaField(theme, hint=words("explain-reason-hint"), lines=3)
        self.body.addWidget(LabeledField(theme, words("explain-reason"), self.reason))
        self.place = TextField(
            theme, hint=words("explain-place-hint"), icon="location_on-fill", max_length=200
        )
        self.body.addWidget(LabeledField(theme, words("explain-place"), self.place))
        self.add_note("group", words("explain-note"))
        self.add_note("info", words("explain-individual"))
        self.set_main(words("explain-go"), "edit_note").setEnabled(False)
        self.reason.textChanged.connect(self._check)

    def start(self) -> None:
        """Show it."""
        self.open(self.reason)

    def _check(self) -> None:
        if self.main is not None and not self.sending:
            self.main.setEnabled(bool(self.reason.toPlainText().strip()))

    def act(self) -> None:
        """Record the reason."""
        self.send(explain_emergency, self._loan_id, self.reason.toPlainText(), self.place.text())


class ReviewDialog(ActDialog):
    """What was written, and that a second person has looked at it."""

    def __init__(self, ctx: UiContext, detail: EmergencyDetail) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("review-title"), icon="fact_check-fill", width=800)
        self._loan_id = detail.loan_id
        out = due_text(words, detail.out_at, ctx.now())
        what = words("explain-what", name=detail.name, time=out)
        self.body.addWidget(Text(theme, what, size=20, bold=True))
        if detail.agreement_missing:
            self.body.addWidget(Notice(theme, Level.WARN, words("review-flag")))
        panel = Panel(theme, padding=16, spacing=8)
        panel.body.addWidget(self.fact(words("review-reason"), detail.reason))
        panel.body.addWidget(self.fact(words("review-place"), detail.destination))
        by = Text(theme, words("review-by", name=detail.reason_by), tone="text2")
        panel.body.addWidget(by)
        self.body.addWidget(panel)
        self.note = AreaField(theme, lines=2)
        self.body.addWidget(LabeledField(theme, words("review-note-field"), self.note))
        self.add_note("info", words("review-note"))
        self.set_main(words("review-go"), "fact_check")

    def start(self) -> None:
        """Show it."""
        self.open(self.main)

    def act(self) -> None:
        """Record the review."""
        self.send(review_emergency, self._loan_id, self.note.toPlainText())
