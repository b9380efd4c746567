"""The decisions of a stocktake: explain, approve, throw away, and what slips easily."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from facility_app.domain.stocktake import StopReason
from facility_app.services.stocktake import GiveUp, discard_count, give_up_stocktake
from facility_app.services.stocktake_result import (
    Explain,
    approve_stocktake,
    explain_difference,
)
from facility_app.services.stocktake_views import ResultView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.viewmodels.months import month_text
from facility_app.ui.viewmodels.stocktake import DifferenceText
from facility_app.ui.widgets.button import Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import AreaField, LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class ExplainDialog(ActDialog):
    """What a difference comes from, in words."""

    def __init__(self, ctx: UiContext, found: DifferenceText) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(
            ctx, title=words("stocktake-explain-title"), icon="edit_note-fill", width=800
        )
        self._id = found.view.id
        self.body.addWidget(Text(theme, found.title, size=20, bold=True))
        self.body.addWidget(Text(theme, found.text))
        if found.agreed:
            self.body.addWidget(Notice(theme, Level.WARN, found.agreed))
        self.field = AreaField(theme, hint=words("stocktake-explain-hint"), lines=3)
        self.field.setPlainText(found.view.explanation)
        self.body.addWidget(LabeledField(theme, words("stocktake-explain-field"), self.field))
        self.add_note("history_edu", words("stocktake-explain-note"))
        self.set_main(words("stocktake-explain-go"), "edit_note")
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
        self.send(explain_difference, Explain(self._id, self.field.toPlainText()))


class ApproveDialog(ActDialog):
    """Answer for the result; it cannot be taken back."""

    def __init__(self, ctx: UiContext, result: ResultView) -> None:
        words = ctx.words
        super().__init__(
            ctx, title=words("stocktake-approve-title"), icon="verified-fill", width=800
        )
        summary = result.summary
        self._id = summary.id
        what = words(
            "stocktake-approve-text",
            cabinet=words("stocktake-home-cabinet", cabinet=summary.cabinet),
            month=month_text(words, summary.month),
            count=str(len(summary.differences)),
        )
        self.body.addWidget(Text(ctx.theme, what, size=20, bold=True))
        for note in ("stocktake-approve-note-1", "stocktake-approve-note-2"):
            self.body.addWidget(Text(ctx.theme, words(note)))
        self.set_main(words("stocktake-approve-go"), "verified")

    def act(self) -> None:
        """Approve."""
        self.send(approve_stocktake, self._id)


class StopDialog(ActDialog):
    """Throw a count away or end a stocktake: which, and why.  Choices are ``s7`` or ``c3``."""

    def __init__(self, ctx: UiContext, choices: Sequence[tuple[str, str]]) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("stocktake-stop-title"), icon="delete-fill", width=800)
        self.what = ReasonButtons(theme, words("stocktake-stop-what"), columns=1)
        self.what.set_choices(choices)
        self._first = choices[0][0]
        if len(choices) == 1:
            self.what.choose(choices[0][0])
        self.body.addWidget(Text(theme, words("stocktake-stop-what"), size=20, bold=True))
        self.body.addWidget(self.what)
        self.why = ReasonButtons(theme, words("stocktake-stop-why"), columns=2)
        self.why.set_choices([(reason.value, words.term(reason)) for reason in StopReason])
        self.body.addWidget(Text(theme, words("stocktake-stop-why"), size=20, bold=True))
        self.body.addWidget(self.why)
        self.add_note("history_edu", words("stocktake-stop-note"))
        self.set_main(words("stocktake-stop-go"), "delete", Kind.RED_FILLED)
        for buttons in (self.what, self.why):
            buttons.chosen.connect(self._check)
        self._check()

    def start(self) -> None:
        """Show it; nothing is chosen beforehand but the only thing there is."""
        if self.what.value():
            self.open(self.why.button(StopReason.BY_MISTAKE.value))
        else:
            self.open(self.what.button(self._first))

    def _check(self) -> None:
        if self.main is not None and not self.sending:
            self.main.setEnabled(bool(self.what.value()) and bool(self.why.value()))

    def act(self) -> None:
        """Throw it away."""
        what, reason = self.what.value(), StopReason(self.why.value())
        use_case = give_up_stocktake if what.startswith("s") else discard_count
        self.send(use_case, GiveUp(int(what[1:]), reason))


class ConfirmDialog(ActDialog):
    """One question with one button; `confirmed` runs after the dialog is gone."""

    def __init__(
        self, ctx: UiContext, key: str, confirmed: Callable[[], object], **facts: object
    ) -> None:
        words = ctx.words
        super().__init__(ctx, title=words(f"{key}-title"), icon="help-fill", width=720)
        self._confirmed = confirmed
        self.body.addWidget(Text(ctx.theme, words(f"{key}-text", **facts), size=20, bold=True))
        self.body.addWidget(Text(ctx.theme, words(f"{key}-note")))
        self.set_main(words(f"{key}-go", **facts), "check")

    def start(self) -> None:
        """Show it; Enter alone confirms nothing: the button that leaves has the focus."""
        self.open(self.close_button)

    def act(self) -> None:
        """Yes."""
        self.dismiss()
        self._confirmed()
