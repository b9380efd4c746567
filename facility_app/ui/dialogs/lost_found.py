"""見つかった: which, by whom, where, out of hand or not; and back into its pouch."""

from __future__ import annotations

from PySide6.QtCore import Signal

from facility_app.domain.clock import local_date
from facility_app.domain.items import Condition
from facility_app.domain.leak import LeakAnswer
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_found import PutBack, ReportFound, put_back, report_found
from facility_app.services.lost_views import LostCaseView, LostItemView, StepView
from facility_app.services.lost_words import name_of
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Columns
from facility_app.ui.pages.lost_evidence import MomentField
from facility_app.ui.viewmodels.lost_step import days_before
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class FoundDialog(ActDialog):
    """Says before the act what follows from it: back to the pouch, or void for good."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-found-title"), icon="check_circle-fill", width=840)
        self.book = book
        self.items = {str(item.id): item for item in case.items if item.may_be_found}
        self.which = ReasonButtons(theme, words("loss-found-which"), columns=2)
        several = len(case.residents) > 1
        self.which.set_choices(
            [(key, _called(ctx, item, several)) for key, item in self.items.items()]
        )
        if len(self.items) > 1:
            self.body.addWidget(Text(theme, words("loss-found-which"), size=20, bold=True))
            self.body.addWidget(self.which)
        else:
            self.which.hide()
            only = next(iter(self.items.values()))
            self.body.addWidget(Text(theme, _called(ctx, only, True), size=20, bold=True))
        self.by = TextField(theme, icon="person")
        self.where = TextField(theme, hint=words("loss-found-where-hint"), icon="location_on-fill")
        self.at = MomentField(ctx, days_before(local_date(ctx.now())))
        self.at.set_moment(ctx.now())
        beside = Columns(theme, (1, 1))
        beside.add(LabeledField(theme, words("term-field-found-by"), self.by))
        beside.add(LabeledField(theme, words("loss-found-at"), self.at))
        self.body.addWidget(beside)
        self.body.addWidget(LabeledField(theme, words("term-field-found-where"), self.where))
        self.hand = ReasonButtons(theme, words("loss-out-of-hand"), columns=3)
        self.hand.set_choices([(each.value, words.term(each)) for each in LeakAnswer])
        self.body.addWidget(Text(theme, words("loss-out-of-hand"), size=16, tone="text2"))
        self.body.addWidget(self.hand)
        self.follows = Notice(theme, Level.NOTICE, " ")
        self.body.addWidget(self.follows)
        self.set_main(words("loss-found-go"), "check")
        self.which.chosen.connect(self._check)
        self.hand.chosen.connect(self._check)
        for edit in (self.by, self.where):
            edit.textChanged.connect(self._check)
        if len(self.items) == 1:
            self.which.choose(next(iter(self.items)))
        self._check()

    def start(self) -> None:
        """Show it."""
        first = self.which.button(next(iter(self.items)))
        self.open(first if len(self.items) > 1 else self.by)

    def item(self) -> LostItemView | None:
        """What was found."""
        return self.items.get(self.which.value())

    def _check(self, _value: object = None) -> None:
        words, item = self.words, self.item()
        self.follows.setVisible(item is not None)
        if item is not None:
            key = "dead" if item.outcome.void else "card" if item.is_card else "back"
            level = Level.WARN if item.outcome.void else Level.NOTICE
            self.follows.set(level, words(f"loss-follows-{key}"), words(f"loss-follows-{key}-text"))
        if self.main is None or self.sending:
            return
        lacking = item is None or not self.hand.value()
        lacking = lacking or not (self.by.text().strip() and self.where.text().strip())
        self.main.block(words("loss-write-first") if lacking else "")

    def act(self) -> None:
        """Record it."""
        item, now = self.item(), self.ctx.now()
        if item is not None:
            self.send(
                report_found,
                self.book,
                ReportFound(
                    item.id, self.by.text(), self.where.text(), LeakAnswer(self.hand.value()),
                    self.at.moment(now) or now,
                ),
            )  # fmt: skip


def _called(ctx: UiContext, item: LostItemView, named: bool) -> str:
    what = name_of(ctx.words, item)
    if item.resident is None or not named:
        return what
    return ctx.words("loss-of", name=item.resident.name, item=what)


class PutBackDialog(ActDialog):
    """Back into the pouch; a card only after a check on the reader since it was found."""

    check_wanted = Signal()

    def __init__(self, ctx: UiContext, book: LostBook, step: StepView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-act-put-back"), icon="input-fill", width=800)
        self.book, self._id = book, int(step.id)
        item = step.item
        if item is not None:
            self.body.addWidget(Text(theme, _called(ctx, item, True), size=20, bold=True))
        if item is not None and item.is_card:
            self.check = ActionButton(theme, words("loss-to-reader"), icon="contactless")
            self.check.clicked.connect(self._to_reader)
            self.body.addWidget(
                Notice(theme, Level.NOTICE, words("loss-check-first"),
                       words("loss-check-first-text"), action=self.check)
            )  # fmt: skip
        self.condition = ReasonButtons(theme, words("term-field-condition"), columns=3)
        self.condition.set_choices([(each.value, words.term(each)) for each in Condition])
        self.condition.choose(Condition.GOOD.value)
        self.body.addWidget(Text(theme, words("term-field-condition"), size=16, tone="text2"))
        self.body.addWidget(self.condition)
        self.add_note("lock", words("loss-put-back-note"))
        self.notes.addStretch(1)
        self.set_main(words("loss-act-put-back"), "input")

    def _to_reader(self) -> None:
        self.dismiss()
        self.check_wanted.emit()

    def act(self) -> None:
        """Record it."""
        self.send(put_back, self.book, PutBack(self._id, Condition(self.condition.value())))
