"""Ask how a visit went, from whatever page they came back on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facility_app.services.acts import Recorded
from facility_app.services.outcomes import OutcomeChoices, outcome_choices
from facility_app.services.visit_views import VisitState, VisitView
from facility_app.services.visits import visits_of
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.outcome import OutcomeDialog
from facility_app.ui.log_state import show_log_state
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.outcome import done_text

LATEST = 8
"""Visits of a resident among which the one that has just ended is looked for."""

Said = Callable[[str], object]
Failed = Callable[[Exception], object]


def ask_outcome(ctx: UiContext, visit_id: int, *, said: Said, failed: Failed) -> None:
    """Open the dialog; `said` gets the sentence when the outcome stands in the record."""

    def show(choices: OutcomeChoices) -> None:
        dialog = OutcomeDialog(ctx, choices)
        dialog.recorded.connect(done)
        dialog.start()

    def done(recorded: Recorded[Any]) -> None:
        number = number_text(ctx.words, recorded.seq)
        said(done_text(ctx.words, number, recorded.value))
        ctx.session.acted.emit()
        show_log_state(ctx)

    ctx.ask(outcome_choices, visit_id, done=show, failed=failed)


def ask_after_return(
    ctx: UiContext, resident_id: int, loan_id: int, *, said: Said, failed: Failed
) -> None:
    """A loan is closed: where it was made for a visit, ask how that went."""

    def look(visits: list[VisitView]) -> None:
        ended = [v for v in visits if v.loan_id == loan_id and v.state is VisitState.BACK]
        if ended and ctx.session.unlocked:
            ask_outcome(ctx, int(ended[0].id), said=said, failed=failed)

    ctx.ask(visits_of, resident_id, LATEST, done=look, failed=failed)
