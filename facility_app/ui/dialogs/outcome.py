"""受診結果: which way worked, minutes, troubles, the ratio that was shown, papers received.

Use: ``OutcomeDialog(ctx, choices)`` with `OutcomeChoices`; `recorded` carries `Recorded` of
`OutcomeRecorded`.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.services.outcomes import OutcomeChoices, correct_outcome, record_outcome
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.layouts import Columns
from facility_app.ui.viewmodels.outcome import (
    NOT_SEEN,
    OTHER_WAY,
    OutcomeForm,
    other_ways,
    ours_text,
    paper_choices,
    trouble_choices,
    way_choices,
)
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.disclosure import DisclosureButton
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_buttons import TickButtons


class OutcomeDialog(ActDialog):
    """The way at the left, minutes and ratio at the right; troubles only where there were any."""

    def __init__(self, ctx: UiContext, choices: OutcomeChoices) -> None:
        words, visit = ctx.words, choices.visit
        day = words.short_day(local_date(visit.starts_at))
        super().__init__(
            ctx,
            title=words("outcome-title"),
            icon="edit_note",
            subtitle=words("outcome-of", name=visit.name, day=day, place=visit.destination),
        )
        self.form = OutcomeForm(choices)
        columns = Columns(ctx.theme, (3, 2), spacing=24)
        columns.add(self._build_way(choices))
        columns.add(self._build_numbers(choices))
        self.body.addWidget(columns)
        self._build_troubles(choices)
        self._build_rest(choices)
        if self.form.corrects:
            self.add_note("history", words("outcome-note-corrects"))
        self.set_main(words("outcome-go"), "check")
        self._fill()
        self._connect()
        self._read()

    def _build_way(self, choices: OutcomeChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=8)
        box.column.addWidget(Text(theme, words("outcome-way"), size=20, bold=True))
        self.way = ReasonButtons(theme, words("outcome-way"), columns=1 if theme.compact else 2)
        self.way.set_choices(way_choices(words, choices))
        box.column.addWidget(self.way)
        self.other = ComboField(theme, name=words("outcome-other-way"))
        self.other.set_choices(other_ways(words, choices))
        self.other.hide()
        box.column.addWidget(self.other)
        box.column.addStretch(1)
        return box

    def _build_numbers(self, choices: OutcomeChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=8)
        self.minutes = TextField(theme, icon="schedule-fill", hint="10", max_length=3)
        self.minutes_place = LabeledField(theme, words("outcome-minutes"), self.minutes)
        box.column.addWidget(self.minutes_place)
        box.column.addWidget(Text(theme, words("outcome-ratio"), size=16, tone="text2"))
        self.ratio = ReasonButtons(theme, words("outcome-ratio"), columns=4)
        shown = [(str(each), words("ways-ratio", tenths=str(each))) for each in (1, 2, 3)]
        self.ratio.set_choices([*shown, (str(NOT_SEEN), words("outcome-ratio-not-seen"))])
        box.column.addWidget(self.ratio)
        box.column.addWidget(Text(theme, ours_text(words, choices), size=16, tone="text2"))
        self.differs = Notice(theme, Level.WARN, words("outcome-differs"),
                              words("outcome-differs-text"))  # fmt: skip
        self.differs.hide()
        box.column.addWidget(self.differs)
        box.column.addStretch(1)
        return box

    def _build_troubles(self, choices: OutcomeChoices) -> None:
        words, theme = self.words, self.theme
        self.had_trouble = DisclosureButton(
            theme, text=words("outcome-troubles"), icon="warning", strong=True
        )
        self.body.addWidget(self.had_trouble)
        self.troubles = TickButtons(theme, words("outcome-troubles"), columns=2)
        self.troubles.set_choices(trouble_choices(words, choices))
        self.body.addWidget(self.troubles)
        self.troubles.hide()
        self.had_trouble.toggled.connect(self.troubles.setVisible)

    def _build_rest(self, choices: OutcomeChoices) -> None:
        words, theme = self.words, self.theme
        self.body.addWidget(Text(theme, words("outcome-papers"), size=20, bold=True))
        self.papers = TickButtons(theme, words("outcome-papers"), columns=4)
        self.papers.set_choices(paper_choices(words, choices))
        self.body.addWidget(self.papers)
        self.note = TextField(theme, icon="edit_note", hint=words("outcome-note-hint"))
        self.body.addWidget(LabeledField(theme, words("outcome-note"), self.note))

    def _fill(self) -> None:
        form = self.form
        self.way.choose(form.way)
        self.minutes.setText(form.minutes)
        self.ratio.choose(str(form.ratio))
        self.troubles.tick(form.troubles)
        self.had_trouble.setChecked(bool(form.troubles))
        self.papers.tick(form.papers)
        self.note.setText(form.note)

    def _connect(self) -> None:
        self.way.chosen.connect(lambda _key: self._read())
        self.ratio.chosen.connect(lambda _key: self._read())
        self.other.currentIndexChanged.connect(lambda _at: self._read())
        for field in (self.minutes, self.note):
            field.textChanged.connect(lambda _text: self._read())
        for ticks in (self.troubles, self.papers):
            ticks.changed.connect(self._read)

    def start(self) -> None:
        """Show it, on the first way."""
        self.open(self.way.button(self.way.value() or self.form.choices.ways[0].value))

    def scan(self, text: str) -> None:
        """The next pouch: this outcome can be told later, from the list of visits."""
        self.dismiss()
        self.ctx.navigate("desk", scan=text)

    def _read(self) -> None:
        form = self.form
        key = self.way.value()
        self.other.setVisible(key == OTHER_WAY)
        form.way = (self.other.value() or "") if key == OTHER_WAY else key
        form.minutes, form.note = self.minutes.text(), self.note.text()
        form.ratio = int(self.ratio.value() or NOT_SEEN)
        form.troubles = self.troubles.values() if self.had_trouble.isChecked() else ()
        form.papers = self.papers.values()
        wrong = self.words("outcome-minutes-wrong") if form.wrong_minutes() else ""
        self.minutes_place.show_problem(wrong)
        self.differs.setVisible(form.differs())
        if self.main is not None and not self.sending:
            self.main.block("" if form.ready() else self.words("outcome-off"))

    def act(self) -> None:
        """Write it down, or correct it."""
        if not self.form.ready():
            return
        use_case = correct_outcome if self.form.corrects else record_outcome
        self.send(use_case, self.form.command())
