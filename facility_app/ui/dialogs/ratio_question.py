"""What the insurer said about a burden ratio that differed at a clinic's desk."""

from __future__ import annotations

from facility_app.services.fields import Field
from facility_app.services.outcomes import RatioQuestion, settle_question
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.viewmodels.visit_results import question_text
from facility_app.ui.widgets.text import Text


class SettleDialog(FormDialog):
    """The answer in words; the ratio itself is changed where it is noted."""

    def __init__(self, ctx: UiContext, question: RatioQuestion) -> None:
        words = ctx.words
        title, text = question_text(words, question)
        super().__init__(
            ctx, title=words("works-settle-title"), icon="call", save=words("works-settle-save")
        )
        self.question = question
        self.place(Text(ctx.theme, title, size=20, bold=True), 2)
        self.place(Text(ctx.theme, text), 2)
        self.answer = self.area_field(Field.NOTES, lines=3)
        self.labels[Field.NOTES].label.set(words("works-answer"))
        self.answer.setAccessibleName(words("works-answer"))
        self.add_note("info", words("works-settle-note"))

    def start(self) -> None:
        """Show it."""
        self.open(self.answer)

    def act(self) -> None:
        """Write it down."""
        self.send_form(settle_question, lambda: (self.question.visit_id, self.answer.toPlainText()))
