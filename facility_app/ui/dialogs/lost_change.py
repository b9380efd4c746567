"""What is known by now: where it went missing, whether it was stolen.  Steps may be added by it."""

from __future__ import annotations

from facility_app.domain.incidents import LostWhere, Stolen
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_cases import ChangeCase, change_case
from facility_app.services.lost_views import LostCaseView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.dialogs.lost_report import choice_row
from facility_app.ui.widgets.fields import AreaField, LabeledField, TextField


class ChangeDialog(ActDialog):
    """Filled with what is known."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-change"), icon="edit", width=800)
        self.book, self._case_id = book, case.id
        box = Box(theme)
        self.where = choice_row(ctx, "loss-fact-where", LostWhere, box, case.happened.value)
        self.stolen = choice_row(ctx, "loss-fact-stolen", Stolen, box, case.stolen.value)
        self.place = TextField(theme, hint=words("loss-place-hint"), icon="location_on-fill")
        self.place.setText(case.place)
        box.column.addWidget(LabeledField(theme, words("term-field-lost-place"), self.place))
        self.seen = AreaField(theme, lines=3)
        self.seen.setPlainText(case.last_seen)
        box.column.addWidget(LabeledField(theme, words("loss-last-seen"), self.seen))
        self.body.addWidget(box)
        self.add_note("checklist", words("loss-change-note"))
        self.set_main(words("loss-change-go"), "check")

    def start(self) -> None:
        """Show it."""
        self.open(self.where.button(self.where.value()))

    def act(self) -> None:
        """Record it."""
        self.send(
            change_case,
            self.book,
            ChangeCase(
                self._case_id,
                last_seen=self.seen.toPlainText(),
                happened=LostWhere(self.where.value()),
                place=self.place.text(),
                stolen=Stolen(self.stolen.value()),
            ),
        )
