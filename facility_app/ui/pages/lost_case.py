"""One case: the band, the step that is shown big, all steps; when all is done, closing and reviews.

From 150 % zoom the step stands first, the list under it, and the button in the bar.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.incidents import LostCaseState
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_close import LostReview
from facility_app.services.lost_views import LostCaseView, StepView
from facility_app.services.settings import Facility
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row, settle
from facility_app.ui.page import Page
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.lost_band import LostBand
from facility_app.ui.pages.lost_step import StepPane
from facility_app.ui.pages.shown_part import ShownPart
from facility_app.ui.viewmodels import lost as screen
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.step_button import StepButton
from facility_app.ui.widgets.text import Text


class EndPane(Card):
    """Nothing is left to do: what is known, closing, reviews."""

    close_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=0, spacing=0)
        self.ctx, self.words = ctx, ctx.words
        self.inner = InnerScroll(ctx.theme, spacing=12, margins=16)
        self.body.addWidget(self.inner, 1)
        self.place = QWidget()
        self.acts = Row(ctx.theme, self.place, margins=(16, 8, 16, 16))
        self.main = ActionButton(
            ctx.theme, " ", kind=Kind.FILLED, icon="verified", key="Enter", height=64
        )
        self.main.clicked.connect(self._pressed)
        self.acts.addWidget(self.main, 1)
        self.body.addWidget(self.place)
        self.review: LostReview | None = None
        self._closes = False

    def show_case(self, case: LostCaseView) -> None:
        """The end of a case."""
        theme, words, box = self.theme, self.words, self.inner.box
        self.inner.clear()
        now = self.ctx.now()
        self.review = screen.due_review(case, now)
        self._closes = case.may_close
        closed = case.state is LostCaseState.CLOSED
        title = words("loss-end-closed" if closed else "loss-end-open")
        text = words("loss-end-closed-text" if closed else "loss-end-open-text")
        box.addWidget(Notice(theme, Level.OK, title, text, size=20))
        for label, value in (*screen.case_facts(words, case), *screen.review_facts(words, case)):
            box.addWidget(fact_line(self.ctx, label, value))
        for label, value in (
            (words("term-field-cause"), case.cause),
            (words("term-field-measures"), case.measures),
        ):
            if value:
                box.addWidget(fact_line(self.ctx, label, value))
        box.addStretch(1)
        may = self.ctx.session.may(Permission.MANAGE_LOST)
        if self.review is not None:
            self.main.set_text(words("loss-review-go", which=self.review))
            self.main.set_icon("fact_check")
        else:
            self.main.set_text(words("loss-close-go"))
            self.main.set_icon("verified")
        self.main.block("" if may else words("loss-manager-only"))
        self.main.setVisible(self._closes or self.review is not None)
        self.place.setVisible(self.main.isVisibleTo(self.place))

    def _pressed(self) -> None:
        if self.review is not None:
            self.review_wanted.emit()
        elif self._closes:
            self.close_wanted.emit()


def fact_line(ctx: UiContext, label: str, value: str) -> QWidget:
    """A grey label and what stands there."""
    line = QWidget()
    row = Row(ctx.theme, line, spacing=16)
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(Text(ctx.theme, label, tone="text2"), 2, top)
    row.addWidget(Text(ctx.theme, value, bold=True), 5)
    return line


class CasePane(QWidget):
    """`step_chosen` carries the step's id."""

    step_chosen = Signal(int)
    papers_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, ctx: UiContext, page: Page) -> None:
        super().__init__()
        self.ctx, self.theme, self.words, self._page = ctx, ctx.theme, ctx.words, page
        box = Column(ctx.theme, self, spacing=16)
        self.band = LostBand(ctx)
        box.addWidget(self.band)
        columns = Columns(ctx.theme, (720, 400))
        self.step, self.end = StepPane(ctx), EndPane(ctx)
        self.big = ShownPart(ctx.theme)
        self.big.add(self.step)
        self.big.add(self.end)
        columns.add(self.big)
        columns.add(self._build_list())
        box.addWidget(columns, 1)
        self.buttons: dict[int, StepButton] = {}
        self._group = QButtonGroup(self)
        ctx.theme.changed.connect(self.place_main)

    def _build_list(self) -> Card:
        words, theme = self.words, self.theme
        self.list = Card(theme, title=words("loss-steps"), padding=0, spacing=0)
        self.left = Text(theme, " ", tone="text2", wraps=False)
        if self.list.head is not None:
            self.list.head.addWidget(self.left)
        self.rows = InnerScroll(theme, spacing=0, margins=0)
        self.list.body.addWidget(self.rows, 1)
        self._list_foot = foot = Row(theme, margins=(8, 4, 8, 4), spacing=8)
        self.papers = ActionButton(theme, words("loss-papers"), kind=Kind.TEXT, icon="print")
        self.change = ActionButton(theme, words("loss-change"), kind=Kind.TEXT, icon="edit")
        self.papers.clicked.connect(self.papers_wanted)
        self.change.clicked.connect(self.change_wanted)
        foot.addWidget(self.papers)
        foot.addWidget(self.change)
        foot.addStretch(1)
        self.list.body.addLayout(foot)
        return self.list

    def show_case(
        self, facility: Facility, book: LostBook, case: LostCaseView, step: StepView | None,
        *, correcting: bool = False,
    ) -> None:  # fmt: skip
        """A case with one of its steps big; None: its end."""
        now = self.ctx.now()
        self.tick(case)
        self.left.set(screen.left_text(self.words, case))
        chosen = None if step is None else int(step.id)
        self._show_rows(screen.step_lines(self.words, case, chosen, now), chosen)
        if step is None:
            self.end.show_case(case)
            self.big.show_part(self.end)
        else:
            self.step.show_step(facility, book, case, step, correcting=correcting)
            self.big.show_part(self.step)
        may = self.ctx.session.may(Permission.REPORT_LOST)
        open_ = case.state is LostCaseState.OPEN
        self.papers.setVisible(may)
        self.change.setVisible(may and open_)
        self.place_main()

    def tick(self, case: LostCaseView) -> None:
        """The clock goes on."""
        self.band.show_band(screen.band(self.words, case, self.ctx.now()))
        if not self.ctx.session.may(Permission.REPORT_LOST):
            self.band.found.hide()

    def _show_rows(self, lines: list[screen.StepLine], chosen: int | None) -> None:
        focused = next((key for key, each in self.buttons.items() if each.hasFocus()), None)
        for button in self.buttons.values():
            self._group.removeButton(button)
        self.rows.clear()
        self.buttons = {}
        self._group.setExclusive(False)
        for line in lines:
            button = StepButton(
                self.theme, number=line.number, text=line.title, beside=line.beside,
                side=line.side, look=line.look, state=line.state,
            )  # fmt: skip
            button.setChecked(line.step_id == chosen)
            button.clicked.connect(lambda _on=False, key=line.step_id: self.step_chosen.emit(key))
            self._group.addButton(button)
            self.buttons[line.step_id] = button
            self.rows.box.addWidget(button)
        self._group.setExclusive(chosen is not None)
        self.rows.box.addStretch(1)
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        shown = self.buttons.get(chosen or 0)
        if shown is not None and not self.theme.compact:
            settle(self.rows.inside)
            self.rows.ensureWidgetVisible(shown, 0, 0)

    @property
    def main(self) -> QAbstractButton:
        """The button that Enter presses."""
        return self.step.main if self.big.current is self.step else self.end.main

    def place_main(self) -> None:
        """Enlarged, the button and the waiver stand in the bar, in sight beside the words."""
        compact, bar = self.theme.compact, self._page.bar
        back = self.band.back
        if compact:
            self._list_foot.insertWidget(0, back)
        else:
            self.band.acts.insertWidget(0, back)
        back.show()
        shown = self.big.current is self.step and self.step.step is not None
        ended = self.big.current is self.end and self.end.main.isVisibleTo(self.end)
        for part, at_home, here in (
            (self.step.main, self.step.acts, shown),
            (self.end.main, self.end.acts, ended),
        ):
            focused = part.hasFocus()
            hidden = part.isHidden()
            if compact and here and self.isVisibleTo(self._page):
                bar.row.addWidget(part, 1)
            else:
                at_home.insertWidget(0, part, 1)
            part.setVisible(not hidden)
            if focused:
                part.setFocus()
        bar.setVisible(compact and (shown or ended) and self.isVisibleTo(self._page))
