"""The residents found while typing, and what to do when there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from facility_app.services.search import Findings
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column
from facility_app.ui.viewmodels.desk import found_detail, found_side
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.text import Text


class FoundView(QWidget):
    """`picked` carries the resident's id; `text` is what the shown rows were found by."""

    picked = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.words, self.text = ctx.words, ""
        words, theme = ctx.words, ctx.theme
        box = Column(theme, self)
        card = Card(theme, title=words("desk-results"), padding=0)
        self.card = card
        self.results = SearchResults(theme, words("desk-results"))
        self.results.picked.connect(self.picked)
        self.nobody = EmptyState(
            theme, icon="person_search", title=" ", text=words("desk-nobody-how")
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.results)
        self.pages.addWidget(self.nobody)
        card.body.addWidget(self.pages, 1)
        self.more = Text(theme, tone="text2")
        foot = Column(theme, margins=(16, 8, 16, 8))
        foot.addWidget(self.more)
        card.body.addLayout(foot)
        box.addWidget(card, 1)

    def show_found(self, text: str, found: Findings) -> None:
        """Show these; `text` is what was asked for."""
        words = self.words
        self.text = text
        self.card.set_count(str(found.total) if found.total else "", words("widgets-people"))
        honorific = words("widgets-honorific")
        self.results.show_hits(
            [
                Hit(
                    row.id,
                    f"{row.name}{honorific}",
                    found_detail(words, row),
                    found_side(words, row),
                )
                for row in found.rows
            ]
        )
        self.nobody.title.set(words("desk-nobody", text=text))
        self.pages.setCurrentWidget(self.results if found.rows else self.nobody)
        hidden = found.total - len(found.rows)
        self.more.set(words("desk-more-found", count=str(hidden)) if hidden else "")
        self.more.setVisible(hidden > 0)
