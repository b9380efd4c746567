"""The dialogs of the stocktake's page: what opens them, and what is said when they are done."""

from __future__ import annotations

from typing import Any

from facility_app.services.acts import Recorded
from facility_app.services.stocktake_views import ResultView
from facility_app.ui.pages.stocktake_dialogs import ApproveDialog, ExplainDialog, StopDialog
from facility_app.ui.pages.stocktake_sheet import SheetDialog
from facility_app.ui.viewmodels import stocktake as screen
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.stocktake import DifferenceText


class Decisions:
    """On behalf of the page."""

    def __init__(self, page: Any) -> None:
        """`page` is the StocktakePage."""
        self.page, self.ctx, self.words = page, page.ctx, page.words

    def explain(self, found: DifferenceText) -> None:
        """Say what a difference comes from."""
        self._open(ExplainDialog(self.ctx, found), "stocktake-explained")

    def approve(self, result: ResultView) -> None:
        """Answer for the result."""
        self._open(ApproveDialog(self.ctx, result), "stocktake-result-approved-now")

    def stop(self) -> None:
        """Give up any stocktake or count that is open."""
        home = self.page.overview
        if home is not None and (choices := screen.stoppable(self.words, home)):
            self._stop(choices)

    def throw(self) -> None:
        """Throw one's own count away."""
        counting = self.page.counting
        if counting is not None:
            cabinet = self.words("stocktake-home-cabinet", cabinet=counting.view.cabinet)
            own = screen.own_count_text(
                self.words, cabinet, counting.view.number, self.ctx.session.require().name
            )
            self._stop([(f"c{counting.view.id}", own)])

    def recount(self) -> None:
        """Let one of the counts of the result be made again."""
        result: ResultView | None = self.page.result
        if result is not None:
            cabinet = self.words("stocktake-home-cabinet", cabinet=result.summary.cabinet)
            self._stop(
                [
                    (f"c{count.id}", screen.stop_text(self.words, cabinet, count))
                    for count in result.counts
                ]
            )

    def report_lost(self) -> None:
        """Report what the stocktake did not find, ticked already."""
        result: ResultView | None = self.page.result
        if result is not None:
            missing = screen.missing_things(result)
            people = list(dict.fromkeys(resident for resident, _kind in missing))
            self.ctx.navigate("lost", report=True, residents=people, missing=missing)

    def sheet(self) -> None:
        """Print a count sheet."""
        home = self.page.overview
        if home is not None and home.cabinets:
            names = [line.cabinet for line in home.cabinets]
            done = self.words("stocktake-sheet-done")
            SheetDialog(self.ctx, names, lambda: self.page.say(done)).start()

    def _stop(self, choices: list[tuple[str, str]]) -> None:
        self._open(StopDialog(self.ctx, choices), "stocktake-stopped", ended=True)

    def _open(self, dialog: Any, said: str, *, ended: bool = False) -> None:
        def done(recorded: Recorded[Any]) -> None:
            number = number_text(self.words, recorded.seq)
            self.page.decided(self.words(said, number=number), ended=ended)

        dialog.recorded.connect(done)
        dialog.start()
