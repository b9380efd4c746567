"""The one big button of the stocktake: in the card at hand, or in the bar when enlarged."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from facility_app.domain.stocktake import StocktakeState
from facility_app.services.stocktake_views import ResultView
from facility_app.ui.page import Page
from facility_app.ui.viewmodels import stocktake as screen
from facility_app.ui.viewmodels.stocktake_count import Counting, summary_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.text import Text


class MainButton:
    """Knows its words and its place; `button` is pressed."""

    def __init__(self, page: Page) -> None:
        self._page, self._words = page, page.words
        self.button = ActionButton(
            page.theme, " ", kind=Kind.FILLED, icon="arrow_forward", key="Enter", height=64
        )
        self.summary = Text(page.theme, " ", bold=True)
        page.bar.row.addWidget(self.summary, 1)
        self._box: QBoxLayout | None = None
        self._at, self._shown = 0, False
        page.theme.changed.connect(self._place)
        page.bar.hide()

    def stand(self, box: QBoxLayout | None, at: int = 0) -> None:
        """Stand in `box` at index `at`, or nowhere."""
        self._box, self._at = box, at

    def tell_nothing(self) -> None:
        """There is nothing to press."""
        self._show(False)

    def tell_count(self, counting: Counting, *, sending: bool) -> None:
        """Keep what was counted, or finish."""
        words, total = self._words, counting.total
        self.button.block("")
        if counting.complete:
            self._say(words("stocktake-count-finish"), "check")
        else:
            key = "stocktake-count-next" if total else "stocktake-count-next-none"
            self._say(words(key, count=str(total)), "arrow_forward")
        self.button.setEnabled(not sending)
        self.summary.set(summary_text(words, counting))
        self._show(counting.complete or counting.pouch is not None)

    def tell_result(self, result: ResultView) -> None:
        """Approve, or why not."""
        words, actor = self._words, self._page.ctx.session.actor
        self._say(words("stocktake-result-approve"), "verified")
        if actor is not None:
            rights = actor.rights(self._page.ctx.now())
            self.button.block(screen.approve_reason(words, result, actor.staff_id, rights))
        self.summary.set("")
        self._show(result.summary.state is StocktakeState.COMPARED)

    def _say(self, text: str, icon: str) -> None:
        self.button.set_text(text)
        self.button.set_icon(icon)

    def _show(self, shown: bool) -> None:
        self._shown = shown
        self._place()

    def _place(self) -> None:
        focused = self.button.hasFocus()
        compact, page = self._page.theme.compact, self._page
        shown = self._shown and self._box is not None
        if compact:
            page.bar.row.addWidget(self.button, 1)
        elif self._box is not None and self._box.indexOf(self.button) < 0:
            self._box.insertWidget(self._at, self.button)
        self.button.setVisible(shown)
        page.bar.setVisible(shown and compact)
        if focused and shown:
            self.button.setFocus()
