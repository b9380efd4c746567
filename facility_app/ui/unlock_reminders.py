"""Asked at every unlock: is a monthly report due, and are the checkpoints outside where they
should be?  Nothing is made, nothing is written; the person decides.
"""

from __future__ import annotations

from typing import Any

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.shell.reminders import Reminders
from facility_app.ui.viewmodels.reminders import due_reminder, sink_reminders
from facility_app.ui.viewmodels.start import whole

_HEARS_OF_SINKS = (Permission.MAKE_CHECKPOINT, Permission.VERIFY_LOG)


def remind(ctx: UiContext, reminders: Reminders) -> None:
    """Look behind all that the first page asks for: a drive may be slow."""
    words, asked = ctx.words, ctx.session.actor
    reminders.clear()

    def still_here() -> bool:
        return asked is not None and ctx.session.actor is asked

    def due(period: Any) -> None:
        if period is not None and still_here():
            reminders.add([due_reminder(words, period.first)])

    def outside(states: Any) -> None:
        for problem in filter(None, (state.error for state in states)):
            ctx.show_error(problem)
        if still_here():
            may_set = ctx.session.may(Permission.MANAGE_SETTINGS)
            reminders.add(sink_reminders(words, states, may_set=may_set))

    if ctx.session.may(Permission.MAKE_REPORTS):
        ctx.ask(_due_monthly, done=due)
    if any(ctx.session.may(each) for each in _HEARS_OF_SINKS):
        office = ctx.office
        ctx.lane.run(lambda: _sink_state(office), done=outside)


def _due_monthly(reading: Any) -> Any:
    from facility_app.services.reporting import due_monthly  # here: reportlab comes along

    return due_monthly(reading)


def _sink_state(office: Any) -> Any:
    from facility_app.services.checkpoint_sinks import sink_state

    return sink_state(whole(office))
