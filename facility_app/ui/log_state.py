"""The bottom of the window: the last recorded act, and whether the record is verified."""

from __future__ import annotations

from typing import Any

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext

_SEES = (Permission.VIEW_DESK, Permission.VIEW_LOG, Permission.VERIFY_LOG)


def show_log_state(ctx: UiContext) -> None:
    """Read the state of the record on the lane and show it; nothing for somebody without a right.

    The reading costs O(log n) whatever the length of the record.
    """
    if not any(ctx.session.may(each) for each in _SEES):
        return
    from facility_app.services.log_check import last_state

    def show(state: Any) -> None:
        from facility_app.ui.viewmodels.log import bar_texts

        act, told, level = bar_texts(ctx.words, state)
        if ctx.shell is not None:
            ctx.shell.show_log_state(told, level)
            if act:
                ctx.shell.show_last_act(act)

    ctx.ask(last_state, done=show, failed=lambda _exc: None)  # a decoration: the page itself tells
