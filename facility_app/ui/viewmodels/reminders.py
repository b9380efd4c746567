"""What is said once at every unlock: a report that is due, checkpoints missing outside.  No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from facility_app.i18n import Words
from facility_app.ui.viewmodels.months import month_text

if TYPE_CHECKING:
    from facility_app.services.checkpoint_sinks import SinkState


@dataclass(frozen=True)
class Reminder:
    """One line above the page; `level` is one of the warnings' levels.

    short: instead of title and text where everything is enlarged.  button: what leads to `page`;
    both empty where nobody can do anything on the screen.
    """

    level: str
    title: str
    text: str
    short: str
    button: str = ""
    page: str = ""
    args: Mapping[str, object] = field(default_factory=dict)


def due_reminder(words: Words, month: date) -> Reminder:
    """The monthly report of `month` (its first day) has not been made yet."""
    return Reminder(
        "notice",
        words("reports-page-due", month=month_text(words, month)),
        words("reports-page-due-text"),
        words("reports-page-due-short", month=month_text(words, month)),
        words("reports-page-due-go"),
        "reports",
        {"document": "monthly", "month": month},
    )


def sink_reminders(words: Words, states: Sequence[SinkState], *, may_set: bool) -> list[Reminder]:
    """Folders outside that something is wrong with.

    may_set: the person may choose other folders.
    """
    lead = {"button": words("checkpoints-open-settings"), "page": "settings"} if may_set else {}
    return [
        Reminder(
            "warn",
            words(state.key, **state.facts()),
            words.attribute(state.key, "todo", **state.facts()),
            words("checkpoints-outside-short"),
            args={"section": "checkpoints"} if may_set else {},
            **lead,
        )
        for state in states
        if state.problem is not None and state.error is None
    ]
