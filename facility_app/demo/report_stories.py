"""The story of the report: a manager makes last month's, and looks at its real pages."""

from __future__ import annotations

from facility_app.demo.stage import Stage
from facility_app.ui.pages.reports import ReportsPage


class ReportStories:
    """Plays on `stage` as a manager and raises StoryFailed where no page can be seen."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hands, self.eyes = stage, stage.hands, stage.eyes

    def monthly(self) -> None:
        """Last month is chosen already: one button, and the first page is the answer."""
        with self.stage.story("report"):
            self.stage.go("log")
            self.hands.click(self.eyes.button("log-reports"))
            self.stage.wait(lambda: self.stage.window.current_key == "reports", "the reports")
            page = self.stage.page(ReportsPage)
            self.stage.settle()
            self.hands.answer(
                lambda: self.hands.click(page.go), lambda: self._shown(page), "the first page"
            )
            self.stage.picture("report-made")
            self.hands.answer(
                lambda: self.hands.click(page.view.on), lambda: self._shown(page), "the next page"
            )
            self.stage.picture("report-page-2")
            self.hands.click(page.view.other)

    def _shown(self, page: ReportsPage) -> bool:
        """Whether the page that was asked for stands there as it will be printed."""
        drawn = not page.view.view.sheet.drawn.isNull()
        return page.made is not None and drawn and not self.stage.ctx.lane.working
