"""The manager's decisions: leaving a step out, cause and measures, closing, reviews."""

from __future__ import annotations

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import review_days
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_close import (
    Explain,
    LostReview,
    close_case,
    explain_case,
    review_case,
)
from facility_app.services.lost_steps import waive_step
from facility_app.services.lost_views import LostCaseView, StepView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import AreaField, LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class _TextDialog(ActDialog):
    """Areas that must be filled in; the button says why it is off."""

    def add_area(self, label: str, hint: str, text: str = "", lines: int = 3) -> AreaField:
        """An area with its label."""
        area = AreaField(self.theme, hint=hint, lines=lines)
        area.setPlainText(text)
        self.body.addWidget(LabeledField(self.theme, label, area))
        area.textChanged.connect(self.check)
        return area

    def areas(self) -> tuple[AreaField, ...]:
        """What must be filled in."""
        return ()

    def check(self) -> None:
        """The button is on once all is there and the person has the right."""
        if self.main is None or self.sending:
            return
        if not self.ctx.session.may(Permission.MANAGE_LOST):
            self.main.block(self.words("loss-manager-only"))
            return
        empty = any(not area.toPlainText().strip() for area in self.areas())
        self.main.block(self.words("loss-write-first") if empty else "")

    def start(self) -> None:
        """Show it."""
        self.open(self.areas()[0])


class WaiveDialog(_TextDialog):
    """Why a step is not done."""

    def __init__(self, ctx: UiContext, step: StepView) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("loss-waive"), icon="edit_note-fill", width=800)
        self._id = int(step.id)
        self.body.addWidget(Text(ctx.theme, step.title(words.language), size=20, bold=True))
        self.reason = self.add_area(words("term-field-reason"), words("loss-waive-hint"))
        self.add_note("history_edu", words("loss-waive-note"))
        self.notes.addStretch(1)
        self.set_main(words("loss-waive-go"), "edit_note")
        self.check()

    def areas(self) -> tuple[AreaField, ...]:
        return (self.reason,)

    def act(self) -> None:
        """Record it."""
        self.send(waive_step, self._id, self.reason.toPlainText())


class MeasuresDialog(_TextDialog):
    """Why it happened, and what is done so that it does not happen again."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("loss-measures-title"), icon="edit_note-fill")
        self.book, self._id = book, case.id
        cause, measures = words("term-field-cause"), words("term-field-measures")
        self.cause = self.add_area(cause, words("loss-cause-hint"), case.cause)
        self.measures = self.add_area(measures, words("loss-measures-hint"), case.measures)
        self.add_note("description", words("loss-measures-note"))
        self.notes.addStretch(1)
        self.set_main(words("loss-measures-go"), "edit_note")
        self.check()

    def areas(self) -> tuple[AreaField, ...]:
        return self.cause, self.measures

    def act(self) -> None:
        """Record it."""
        texts = (self.cause.toPlainText(), self.measures.toPlainText())
        self.send(explain_case, self.book, Explain(self._id, *texts))


class ReviewDialog(_TextDialog):
    """Whether the measures hold, 30 or 90 days later."""

    def __init__(self, ctx: UiContext, case: LostCaseView, which: LostReview) -> None:
        words = ctx.words
        super().__init__(ctx, title=words.term(which), icon="fact_check-fill")
        self._id, self._which = case.id, which
        for label, text in (
            (words("term-field-cause"), case.cause),
            (words("term-field-measures"), case.measures),
        ):
            if text:
                self.body.addWidget(self.fact(label, text))
        self.told = self.add_area(words("loss-review-field"), words("loss-review-hint"))
        self.add_note("history_edu", words("loss-review-note"))
        self.notes.addStretch(1)
        self.set_main(words("loss-review-record"), "fact_check")
        self.check()

    def areas(self) -> tuple[AreaField, ...]:
        return (self.told,)

    def act(self) -> None:
        """Record it."""
        self.send(review_case, self._id, self._which, self.told.toPlainText())


class CloseDialog(ActDialog):
    """End a case: what stays lost stays in sight, and the reviews come."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-close-title"), icon="verified-fill", width=800)
        self.book, self._id = book, case.id
        missing = [item.called for item in case.items if item.may_be_found]
        if missing:
            names = words("list-separator").join(dict.fromkeys(missing))
            self.body.addWidget(
                Notice(theme, Level.WARN, words("loss-close-missing", items=names),
                       words("loss-close-missing-text"))
            )  # fmt: skip
        first, second = review_days(book.lost, local_date(ctx.now()))
        self.body.addWidget(self.fact(words.term(LostReview.FIRST), words.day(first)))
        self.body.addWidget(self.fact(words.term(LostReview.SECOND), words.day(second)))
        self.body.addWidget(Text(theme, words("loss-close-text")))
        self.set_main(words("loss-close-go"), "verified")

    def act(self) -> None:
        """Close it."""
        self.send(close_case, self.book, self._id)
