"""What the buttons of 受診 open: the plan, a house call, an import, the outcome."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from facility_app.domain.clock import local_date
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.visit_views import VisitState, VisitView
from facility_app.ui.dialogs.house_call import RoundDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.pages.import_dialog import ImportDialog
from facility_app.ui.pages.visits_outcome import ask_outcome
from facility_app.ui.viewmodels.visit_import import VisitImport
from facility_app.ui.viewmodels.visits import VisitLine

if TYPE_CHECKING:
    from facility_app.ui.pages.visits import VisitsPage


class VisitActs:
    """On behalf of the page."""

    def __init__(self, page: VisitsPage) -> None:
        self.page, self.ctx, self.words = page, page.ctx, page.words

    def plan(self) -> None:
        """A visit on the day that is shown, or today where that has passed."""
        day = max(self.page.day, local_date(self.ctx.now()))

        def show(choices: DeskChoices) -> None:
            dialog = PlanVisitDialog(self.ctx, choices, day=day)
            self.page.run(dialog, self.words("plan-done"))

        self._with_choices(show)

    def edit(self, line: VisitLine) -> None:
        """Change a plan; what has happened already is looked at where it stands."""
        visit = line.visit
        if line.round_id is not None:
            self.ctx.navigate("house-call", round=line.round_id)
        elif visit.state is VisitState.PLANNED:
            self._with_choices(
                lambda choices: self.page.run(
                    PlanVisitDialog(self.ctx, choices, visit=visit), self.words("plan-changed")
                )
            )
        elif visit.state is VisitState.OUT:
            self.ctx.navigate("desk", resident=visit.resident_id)
        else:
            self.outcome(visit)

    def _with_choices(self, show: Callable[[DeskChoices], object]) -> None:
        self.page.ask(desk_choices, done=show)

    def plan_round(self) -> None:
        """訪問診療 of several residents."""
        day = max(self.page.day, local_date(self.ctx.now()))

        def show(choices: DeskChoices) -> None:
            self.page.run(RoundDialog(self.ctx, choices, day=day), self.words("rounds-planned"))

        self._with_choices(show)

    def take_in(self) -> None:
        """A plan from a file."""
        kind = VisitImport()
        dialog = ImportDialog(self.ctx, kind)
        dialog.imported.connect(lambda done: self.page.say(kind.done_text(self.words, done)))
        dialog.open(dialog.choose)

    def outcome(self, visit: VisitView) -> None:
        """How it went at the clinic."""
        ask_outcome(self.ctx, int(visit.id), said=self.page.say, failed=self.page.failed)
