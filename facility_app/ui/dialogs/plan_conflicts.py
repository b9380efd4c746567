"""What stands in the way of a visit, said while its plan is filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from facility_app.services.booking import Conflict, Wanted, conflicts_with
from facility_app.ui.context import UiContext
from facility_app.ui.viewmodels.visit_plan import conflict_texts
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level

LOOK_MS = 150
"""How long after the last key the conflicts are looked for."""


class ConflictNotice(Notice):
    """Hidden while nothing stands in the way.  `wanted` gives what is to be booked, None while the
    plan is not ready; `changed` when something was found or has gone."""

    changed = Signal()

    def __init__(self, ctx: UiContext, wanted: Callable[[], Wanted | None]) -> None:
        super().__init__(ctx.theme, Level.WARN, " ")
        self.ctx, self.words, self._wanted = ctx, ctx.words, wanted
        self.found = False
        self._asked = 0
        self._pause = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._pause.timeout.connect(self.look_now)
        self.hide()

    def look(self) -> None:
        """The plan has changed: forget what was found, and look again after a pause."""
        self._show(())
        self._asked += 1
        self._pause.start()

    def look_now(self) -> None:
        """Look at once; a dialog that was left meanwhile asks nothing any more."""
        wanted = self._wanted()
        around = self.parentWidget()
        if wanted is None or around is None or not around.isVisible():
            return
        if not self.ctx.session.unlocked:
            return
        self._asked += 1
        self.ctx.ask(
            conflicts_with, wanted, done=partial(self._answer, self._asked), failed=self._not_known
        )

    def _answer(self, asked: int, found: Sequence[Conflict]) -> None:
        if asked == self._asked:
            self._show(found)

    def _not_known(self, _exc: Exception) -> None:
        """It only helps; planning says what is wrong."""

    def _show(self, conflicts: Sequence[Conflict]) -> None:
        told = conflict_texts(self.words, conflicts)
        self.found = bool(told)
        self.setVisible(bool(told))
        if told:
            self.set(Level.WARN, self.words("plan-conflict"), "\n".join(told))
            self.ctx.announce(" ".join(told))
        self.changed.emit()
