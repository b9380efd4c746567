"""ふり返り: what works where, trouble per clinic and kind, minutes lost; for the manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.services.outcome_statistics import VisitStatistics, clinic_statistics
from facility_app.services.outcomes import RatioQuestion, ratio_questions
from facility_app.services.rule_data import rules
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.ratio_question import SettleDialog
from facility_app.ui.layouts import Column, Columns, Grid, Row
from facility_app.ui.page import Page
from facility_app.ui.pages.chart_card import ChartCard
from facility_app.ui.pages.stocktake_parts import CellRows
from facility_app.ui.viewmodels.charts import ChartText, Span, period_of
from facility_app.ui.viewmodels.visit_results import (
    HEADS,
    Figure,
    charts,
    clinic_cells,
    figures,
    question_text,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import ToDoRow
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

WIDTHS = (208, 72, 0, 96, 112, 128)


@dataclass(frozen=True)
class _Read:
    """All that the page shows, read and put into words on the lane."""

    found: VisitStatistics
    questions: Sequence[RatioQuestion]
    charts: Sequence[ChartText]


class VisitResultsPage(Page):
    """Numbers on top, a table of clinics, open questions, four charts."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.cards: list[ChartCard] = []
        self.buttons: list[ActionButton] = []
        self._asked = 0
        self._build_head()
        self.numbers = Card(self.theme, padding=16)
        self._numbers = Columns(self.theme, (1, 1, 1, 1, 1), spacing=16)
        self.numbers.body.addWidget(self._numbers)
        self._figures: list[_FigurePart] = []
        self.content.addWidget(self.numbers)
        self.questions = self._build_questions()
        self.content.addWidget(self.questions)
        self.content.addWidget(self._build_table())
        self._place = QWidget()
        self._grid = Grid(self.theme, self._place, spacing=16)
        self.content.addWidget(self._place)
        self.content.addStretch(1)
        self.theme.changed.connect(self._lay)
        ctx.session.changed.connect(self._forget)

    def _build_head(self) -> None:
        words, theme = self.words, self.theme
        self.back = ActionButton(
            theme, words("nav-visits"), kind=Kind.GREY, icon="arrow_back", key="Esc"
        )
        self.back.clicked.connect(lambda: self.ctx.navigate("visits"))
        self.spans = ReasonButtons(theme, words("charts-span"), columns=len(Span))
        self.spans.set_choices((each.value, words(f"charts-span-{each.value}")) for each in Span)
        self.spans.choose(Span.QUARTER.value)
        self.spans.chosen.connect(lambda _key: self.load())
        self.paper = ActionButton(theme, words("works-paper"), icon="description")
        self.paper.clicked.connect(self._to_paper)
        self.head.addWidget(self.back)
        self.head.addStretch(1)
        self.head.addWidget(self.spans)
        self.head.addWidget(self.paper)

    def _build_questions(self) -> Card:
        card = Card(
            self.theme, title=self.words("works-questions-title"), icon="call", padding=0,
            spacing=0,
        )  # fmt: skip
        card.hide()
        return card

    def _build_table(self) -> Card:
        words, theme = self.words, self.theme
        card = Card(theme, title=words("works-where"), icon="local_hospital", padding=0, spacing=0)
        self.table = Table(theme, words("works-where"))
        self.rows = CellRows([words(f"works-head-{name}") for name in HEADS])
        self.rows.setParent(self.table)
        self.table.setModel(self.rows)
        self.table.set_widths(WIDTHS)
        self.empty = EmptyState(
            theme, icon="stethoscope", title=words("works-none"), text=words("works-none-how")
        )
        card.body.addWidget(self.table)
        card.body.addWidget(self.empty)
        return card

    def refresh(self) -> None:
        """Count again."""
        self.load()

    def focus_first(self) -> None:
        """The span that is chosen."""
        chosen = self.spans.button(self.spans.value())
        (chosen or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def period(self) -> Period:
        """The days that are counted."""
        return period_of(Span(self.spans.value()), local_date(self.ctx.now()))

    def load(self) -> None:
        """Count for the chosen span."""
        if not self.ctx.session.unlocked:
            return
        self._asked += 1
        asked, words, period = self._asked, self.words, self.period

        def count(reading: Any) -> _Read:
            found = clinic_statistics(reading, period.first, period.last)
            troubles = {each.code: each.name(words.language)
                        for each in rules().visit_choices.troubles}  # fmt: skip
            return _Read(found, ratio_questions(reading), charts(words, found, troubles))

        self.ctx.ask(
            count, done=partial(self._show, asked), failed=self._failed,
            what=words("charts-counting"),
        )  # fmt: skip

    def _show(self, asked: int, read: _Read) -> None:
        if asked != self._asked or not self.ctx.session.unlocked:
            return
        self._show_figures(figures(self.words, read.found))
        cells = clinic_cells(self.words, read.found)
        self.rows.show_rows(cells)
        self.table.setVisible(bool(cells))
        self.table.setFixedHeight(self.theme.px(40 + 48 * min(6, max(1, len(cells))) + 2))
        self.empty.setVisible(not cells)
        self._show_questions(read.questions)
        self._show_charts(read.charts)

    def _show_figures(self, shown: Sequence[Figure]) -> None:
        if not self._figures:
            self._figures = [_FigurePart(self.ctx) for _ in shown]
            for part in self._figures:
                self._numbers.add(part)
        for part, figure in zip(self._figures, shown, strict=True):
            part.show_figure(figure)

    def _show_questions(self, questions: Sequence[RatioQuestion]) -> None:
        body = self.questions.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        may = self.ctx.session.may(Permission.MANAGE_RESIDENTS)
        for question in questions:
            title, text = question_text(self.words, question)
            button = None
            if may:
                button = ActionButton(self.theme, self.words("works-settle"))
                button.setAccessibleName(f"{button.text()} {title}")
                button.clicked.connect(lambda _on=False, each=question: self._settle(each))
                self.buttons.append(button)
            body.addWidget(ToDoRow(self.theme, Level.WARN, title, text, button))
        self.questions.setVisible(bool(questions))

    def _settle(self, question: RatioQuestion) -> None:
        dialog = SettleDialog(self.ctx, question)
        dialog.recorded.connect(lambda _done: self._settled())
        dialog.start()

    def _settled(self) -> None:
        text = self.words("works-settled")
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.ctx.session.acted.emit()
        self.load()

    def _show_charts(self, shown: Sequence[ChartText]) -> None:
        if not self.cards:
            self.cards = [ChartCard(self.ctx, each) for each in shown]
            self._lay()
        for card, each in zip(self.cards, shown, strict=True):
            card.show_chart(each)

    def _lay(self) -> None:
        across = 1 if self.theme.compact else 2
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // across, index % across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _to_paper(self) -> None:
        days = self.period
        self.ctx.navigate("reports", document="visits", first=days.first, last=days.last)

    def _forget(self) -> None:
        """Numbers of whoever was here."""
        self._asked += 1
        self.rows.show_rows([])

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)


class _FigurePart(QWidget):
    """A number with its word above."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        box = Column(ctx.theme, self, spacing=0)
        self.label = Text(ctx.theme, " ", size=16, tone="text2")
        self.value = Text(ctx.theme, " ", size=28, bold=True, tabular=True)
        self.unit = Text(ctx.theme, " ", tone="text2", wraps=False)
        box.addWidget(self.label)
        line = Row(ctx.theme, spacing=6)
        line.addWidget(self.value)
        line.addWidget(self.unit)
        line.addStretch(1)
        box.addLayout(line)

    def show_figure(self, figure: Figure) -> None:
        """Another number."""
        self.label.set(figure.label)
        self.value.set(figure.value)
        self.value.set_tone("warn_text" if figure.level else "text")
        self.unit.set(figure.unit)
        self.setAccessibleName(f"{figure.label} {figure.value} {figure.unit}")
