"""グラフ: what the record looks like over time, for people who look rather than read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.chart import Chart
from facility_app.domain.clock import local_date
from facility_app.services.reporting import charts
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Grid
from facility_app.ui.page import Page
from facility_app.ui.pages.chart_card import ChartCard
from facility_app.ui.viewmodels.charts import ChartText, Span, chart_text, period_of
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons


class ChartsPage(Page):
    """Two by two; one below the other when enlarged.  Each may be read as a table."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.query: Callable[..., Sequence[Chart]] = charts
        """What counts; another one in tests."""
        self.cards: list[ChartCard] = []
        self._asked = 0
        words = self.words
        self.spans = ReasonButtons(self.theme, words("charts-span"), columns=len(Span))
        self.spans.set_choices((each.value, words(f"charts-span-{each.value}")) for each in Span)
        self.spans.choose(Span.MONTH.value)
        self.spans.chosen.connect(lambda _key: self.load())
        self.log_button = ActionButton(
            self.theme, words("checkpoints-to-log"), kind=Kind.GREY, icon="history"
        )
        self.log_button.clicked.connect(lambda: ctx.navigate("log"))
        self.head.addWidget(self.log_button)
        self.head.addStretch(1)
        self.head.addWidget(self.spans)
        self._place = QWidget()
        self._grid = Grid(self.theme, self._place, spacing=16)
        self.content.addWidget(self._place, 1)
        self.theme.changed.connect(self._lay)
        ctx.session.changed.connect(self._forget)

    def refresh(self) -> None:
        """Count again."""
        self.load()

    def focus_first(self) -> None:
        """The span that is chosen."""
        chosen = self.spans.button(self.spans.value())
        (chosen or self.log_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Count for the chosen span."""
        self._asked += 1
        asked = self._asked
        period = period_of(Span(self.spans.value()), local_date(self.ctx.now()))
        query, words = self.query, self.words

        def counted(*args: Any) -> list[ChartText]:
            return [chart_text(words, each) for each in query(*args)]

        self.ctx.ask(
            counted, period, done=lambda shown: self._show(shown, asked), failed=self._failed,
            what=self.words("charts-counting"),
        )  # fmt: skip

    def _show(self, shown: Sequence[ChartText], asked: int) -> None:
        if asked != self._asked:  # another span was chosen meanwhile
            return
        if [card.view.chart and card.view.chart.title for card in self.cards] != [
            each.title for each in shown
        ]:
            self._clear()
            self.cards = [ChartCard(self.ctx, each) for each in shown]
            self._lay()
        for card, each in zip(self.cards, shown, strict=True):
            card.show_chart(each)

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)

    def _forget(self) -> None:
        """Numbers of whoever was here."""
        self._asked += 1
        self._clear()

    def _clear(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []

    def _lay(self) -> None:
        across = 1 if self.theme.compact else 2
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // across, index % across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
