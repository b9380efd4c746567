"""A result: what differs, in words, its explanations, and the approval."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.domain.stocktake import StocktakeState
from facility_app.services.stocktake_views import ResultView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.stocktake_parts import Fact
from facility_app.ui.viewmodels import stocktake as screen
from facility_app.ui.viewmodels.stocktake import DifferenceText
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import ToDoRow

_ICONS = {
    "missing": "search_off-fill",
    "wrong-place": "shelves",
    "unknown-pouch": "help-fill",
    "pieces": "rule",
}


class ResultPane(QWidget):
    """Left the differences, right what the stocktake was and the acts."""

    explain_wanted = Signal(object)
    stop_wanted = Signal()
    lost_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.buttons: list[ActionButton] = []
        words, theme = ctx.words, ctx.theme
        box = Column(theme, self)
        columns = Columns(theme, (8, 4))
        title = words("stocktake-result-differences")
        self.card = Card(theme, title=title, icon="rule", padding=0, spacing=0)
        self.rows = InnerScroll(theme, spacing=0, margins=0)
        self.card.body.addWidget(self.rows, 1)
        columns.add(self.card)
        self.about = Card(theme, title=words("stocktake-result-about"), icon="shelves", spacing=8)
        self.facts = Column(theme, spacing=8)
        self.about.body.addLayout(self.facts)
        self.before_main = self.about.body.count()
        self.recount = ActionButton(
            theme, words("stocktake-result-recount"), kind=Kind.GREY, icon="undo"
        )
        self.recount.clicked.connect(self.stop_wanted)
        self.about.body.addWidget(self.recount)
        self.lost = ActionButton(theme, words("loss-report-missing"), icon="search_off")
        self.lost.clicked.connect(self.lost_wanted)
        self.about.body.addWidget(self.lost)
        self.about.body.addStretch(1)
        columns.add(self.about)
        box.addWidget(columns, 1)

    def show_result(self, result: ResultView) -> None:
        """Show this result as the unlocked person sees it."""
        words, session = self.words, self.ctx.session
        summary = result.summary
        if self.about.title is not None:
            cabinet = words("stocktake-home-cabinet", cabinet=summary.cabinet)
            self.about.title.set(cabinet)
        open_ = summary.state is StocktakeState.COMPARED
        explains = open_ and session.may(Permission.COUNT_STOCKTAKE)
        self._show_differences(screen.difference_texts(words, result), explains)
        while (item := self.facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label, value in screen.result_lines(words, result):
            self.facts.addWidget(Fact(self.theme, label, value))
        self.lost.setVisible(
            bool(screen.missing_things(result)) and session.may(Permission.REPORT_LOST)
        )
        self.recount.setVisible(open_ and session.may(Permission.APPROVE_STOCKTAKE))

    def _show_differences(self, found: Sequence[DifferenceText], explains: bool) -> None:
        words = self.words
        self.rows.clear()
        self.buttons = []
        self.card.set_count(str(len(found)), words("widgets-cases"))
        for each in found:
            self.rows.box.addWidget(self._row(each, explains))
        if not found:
            none = EmptyState(
                self.theme,
                icon="check_circle-fill",
                title=words("stocktake-result-none"),
                text=words("stocktake-result-none-how"),
            )
            self.rows.box.addWidget(none, 1)
        self.rows.box.addStretch(1)

    def _row(self, found: DifferenceText, explains: bool) -> ToDoRow:
        words, explanation = self.words, found.view.explanation
        button = None
        if explains:
            key = "stocktake-result-again" if explanation else "stocktake-result-explain"
            kind = Kind.GREY if explanation else Kind.OUTLINED
            button = ActionButton(self.theme, words(key), kind=kind, icon="edit")
            button.setAccessibleName(f"{words(key)} {found.title}")
            button.clicked.connect(lambda: self.explain_wanted.emit(found))
            self.buttons.append(button)
        told = words("stocktake-result-explained", text=explanation) if explanation else ""
        text = "\n".join(part for part in (found.text, found.agreed, told) if part)
        icon = _ICONS[found.view.difference.kind.value]
        return ToDoRow(self.theme, Level(found.level), found.title, text, button, icon=icon)
