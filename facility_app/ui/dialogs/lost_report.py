"""紛失を届ける: what, whose, who noticed and when, inside or outside, stolen or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.domain.incidents import LostWhere, Stolen
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_cases import OpenCase, open_case
from facility_app.services.lost_read import LosableThing, losable_things
from facility_app.services.search import FoundResident
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.pages.lost_evidence import MomentField
from facility_app.ui.viewmodels.lost_report import (
    COPIES,
    last_seen_text,
    lost_things,
    thing_row,
)
from facility_app.ui.viewmodels.lost_step import days_before
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import AreaField, LabeledField, TextField
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_buttons import TickButtons
from facility_app.ui.widgets.tick_row import TickRow


class ReportDialog(ActDialog):
    """Ticks at the left, what is known at the right; everything but the ticks has a default."""

    def __init__(
        self, ctx: UiContext, book: LostBook, things: Sequence[LosableThing], *,
        ticked: Collection[int] = (),
    ) -> None:  # fmt: skip
        words = ctx.words
        super().__init__(ctx, title=words("loss-report"), icon="search_off-fill")
        self.book, self.things = book, list(things)
        self._written = False
        columns = Columns(ctx.theme, (1, 1), spacing=24)
        columns.add(self._build_what())
        columns.add(self._build_known())
        self.body.addWidget(columns)
        self.add_note("lock", words("loss-report-note-frozen"))
        self.add_note("checklist", words("loss-report-note-steps"))
        self.set_main(words("loss-report-go"), "arrow_forward")
        self._show_things(set(ticked))
        self._check()

    def _build_what(self) -> Box:
        words, theme = self.words, self.theme
        box = Box(theme)
        box.column.addWidget(Text(theme, words("loss-what"), size=20, bold=True))
        place = QWidget()
        self._rows_box = Column(theme, place, spacing=8)
        self.rows: dict[int, TickRow] = {}
        box.column.addWidget(place)
        self.nobody = Text(theme, words("loss-nobody-yet"), tone="text2")
        box.column.addWidget(self.nobody)
        self.add = ActionButton(theme, words("loss-add-person"), icon="person_search")
        self.add.clicked.connect(self._choose_person)
        box.column.addWidget(self.add)
        box.column.addWidget(Text(theme, words("loss-others"), size=16, tone="text2"))
        self.others = TickButtons(theme, words("loss-others"), columns=1)
        language = words.language
        self.others.set_choices(
            [
                (each.code, each.name.of(language))
                for each in self.book.lost.things.values()
                if not each.registered
            ]
        )
        self.others.changed.connect(self._check)
        box.column.addWidget(self.others)
        self.label = TextField(theme, hint=words("loss-which-hint"))
        self.which = LabeledField(theme, words("loss-which"), self.label)
        box.column.addWidget(self.which)
        box.column.addStretch(1)
        return box

    def _build_known(self) -> Box:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=8)
        box.column.addWidget(Text(theme, words("loss-known"), size=20, bold=True))
        today = local_date(self.ctx.now())
        self.noticed = MomentField(self.ctx, days_before(today))
        self.noticed.set_moment(self.ctx.now())
        box.column.addWidget(LabeledField(theme, words("loss-noticed-at"), self.noticed))
        self.by = TextField(theme, icon="person")
        actor = self.ctx.session.actor
        self.by.setText(actor.name if actor is not None else "")
        box.column.addWidget(LabeledField(theme, words("term-field-noticed-by"), self.by))
        self.where = choice_row(self.ctx, "loss-fact-where", LostWhere, box)
        self.stolen = choice_row(self.ctx, "loss-fact-stolen", Stolen, box)
        self.place = TextField(theme, hint=words("loss-place-hint"), icon="location_on-fill")
        box.column.addWidget(LabeledField(theme, words("term-field-lost-place"), self.place))
        self.seen = AreaField(theme, lines=2)
        self.seen.textChanged.connect(self._seen_changed)
        box.column.addWidget(
            LabeledField(theme, words("loss-last-seen"), self.seen, note=words("loss-from-log"))
        )
        box.column.addStretch(1)
        return box

    def start(self) -> None:
        """Show it, on the first thing, or on the search where nobody was chosen yet."""
        self.open(next(iter(self.rows.values()), self.add))
        if not self.rows:
            self._choose_person()

    def scan(self, text: str) -> None:
        """A pouch was scanned: whose things they are."""
        self._choose_person(text)

    # --- what is lost ----------------------------------------------------------------------------

    def _choose_person(self, text: str | bool = "") -> None:
        dialog = ChooseResidentDialog(
            self.ctx, title=self.words("loss-whose"), note=self.words("loss-whose-note")
        )
        dialog.chosen.connect(self._person_chosen)
        dialog.start(text if isinstance(text, str) else "")

    def _person_chosen(self, row: FoundResident) -> None:
        self.ctx.ask(
            losable_things,
            [row.id],
            done=self._add_things,
            failed=lambda exc: self.ctx.show_error(exc, self),
        )

    def _add_things(self, found: list[LosableThing]) -> None:
        known = {each.item_id for each in self.things}
        fresh = [each for each in found if each.item_id not in known]
        self.things += fresh
        self._show_things(set(self.ticked()))
        if fresh:
            self.rows[fresh[0].item_id].setFocus()

    def _show_things(self, ticked: set[int]) -> None:
        for old in self.rows.values():
            self._rows_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        named = len({each.resident.id for each in self.things}) > 1
        for thing in self.things:
            row = thing_row(self.words, thing, named=named)
            tick = TickRow(self.theme, row.title, note=row.note, checked=row.item_id in ticked)
            tick.toggled.connect(self._check)
            self.rows[row.item_id] = tick
            self._rows_box.addWidget(tick)
        people = list(dict.fromkeys(each.resident.name for each in self.things))
        if len(people) == 1:
            self.title.set(self.words("loss-report-of", name=people[0]))
        else:
            self.title.set(self.words("loss-report"))
        self.nobody.setVisible(not self.rows)
        self.add.set_text(self.words("loss-add-more" if self.rows else "loss-add-person"))
        self._check()

    def ticked(self) -> list[int]:
        """Ids of what is ticked, in the order of the list."""
        return [key for key, row in self.rows.items() if row.isChecked()]

    def _seen_changed(self) -> None:
        if self.seen.hasFocus():
            self._written = True  # from now on the person's own words

    def _check(self, _on: object = None) -> None:
        ticked, others = self.ticked(), self.others.values()
        self.which.setVisible(bool(others))
        if not self._written:
            text = last_seen_text(self.words, self.things, ticked)
            if text != self.seen.toPlainText():
                self.seen.setPlainText(text)
        if self.main is not None and not self.sending:
            count = len(ticked) + len(others)
            self.main.block("" if count else self.words("loss-tick-something"))

    # --- the act ---------------------------------------------------------------------------------

    def act(self) -> None:
        """Open the case; a time that is none is said under its field by the rules."""
        now = self.ctx.now()
        residents = [each.resident.id for each in self.things]
        owner = residents[0] if COPIES in self.others.values() and residents else None
        self.send(
            open_case,
            self.book,
            OpenCase(
                things=lost_things(self.ticked(), self.others.values(), self.label.text(), owner),
                noticed_at=self.noticed.moment(now) or now,
                noticed_by=self.by.text(),
                last_seen=self.seen.toPlainText(),
                happened=LostWhere(self.where.value()),
                place=self.place.text(),
                stolen=Stolen(self.stolen.value()),
            ),
        )


def choice_row(
    ctx: UiContext, label: str, kinds: type[LostWhere] | type[Stolen], box: Box, now: str = ""
) -> ReasonButtons:
    """Three choices under their label; what nobody knows is chosen at first."""
    words, theme = ctx.words, ctx.theme
    buttons = ReasonButtons(theme, words(label), columns=3)
    buttons.set_choices([(each.value, words.term(each)) for each in kinds])
    buttons.choose(now or kinds.UNKNOWN.value)
    box.column.addWidget(Text(theme, words(label), size=16, tone="text2"))
    box.column.addWidget(buttons)
    return buttons
