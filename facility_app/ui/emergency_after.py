"""After an emergency release: the sheet for the crew with one key, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from facility_app.errors import FacilityError
from facility_app.ui.printing import UsualPaper, print_straight
from facility_app.ui.viewmodels.emergency import Done, EmergencyCalls, FamilyCall
from facility_app.ui.widgets.button import Kind

if TYPE_CHECKING:
    from facility_app.ui.emergency_dialog import EmergencyDialog


class AfterRelease(QObject):
    """On behalf of the dialog: its big button prints first, then closes.

    `paper` answers the system's questions; another one in tests.
    """

    def __init__(self, dialog: EmergencyDialog, calls: EmergencyCalls) -> None:
        super().__init__(dialog)
        self.dialog, self.ctx, self.words = dialog, dialog.ctx, dialog.ctx.words
        self._calls = calls
        self.paper: UsualPaper | None = None
        self.calls_known = self.printed = self._making = False

    def begin(self, done: Done) -> None:
        """Things have left: offer the sheet, and look up whom to call."""
        button = self.dialog.button
        button.set_text(self.words("release-sheet"))
        button.set_icon("print")
        button.set_kind(Kind.FILLED)
        actor, calls, words = self.dialog.form.actor, self._calls, self.words
        if actor is not None:
            self.ctx.lane.run(
                lambda: calls.family(actor, words, done.loan_id),
                done=self._show_calls,
                failed=self._no_calls,
            )

    def _show_calls(self, calls: Sequence[FamilyCall]) -> None:
        target = self.dialog.form.target
        if target is not None:
            self.calls_known = True
            self.dialog.family.show_calls(target, calls)
            self.dialog.pages.setCurrentWidget(self.dialog.family)

    def _no_calls(self, _exc: Exception) -> None:
        """The list only helps; the pouch is out."""
        self._show_calls(())

    def press(self) -> None:
        """The big button: print, and afterwards leave."""
        actor, done = self.dialog.form.actor, self.dialog.form.done
        if self.printed or actor is None or done is None:
            self.dialog.dismiss()
            return
        if self._making:
            return
        self._making = True
        calls, words = self._calls, self.words
        self.ctx.lane.run(
            lambda: calls.sheet(actor, words, done.loan_id),
            done=self._made,
            failed=self._failed,
            what=words("release-doing-sheet"),
        )

    def _made(self, pdf: bytes) -> None:
        self._making = False
        title = self.words("release-sheet-title")
        try:
            kept = print_straight(self.dialog, pdf, title, self.paper)
        except FacilityError as exc:
            self._failed(exc)
            return
        if kept:
            self._end(self.words("release-sheet-done"))

    def _failed(self, exc: Exception) -> None:
        """The things have left all the same; the button closes now."""
        self._making = False
        self.ctx.show_error(exc, self.dialog)
        self._end("")

    def _end(self, said: str) -> None:
        self.printed = True
        button = self.dialog.button
        button.set_text(self.words("widgets-close"))
        button.set_icon("check")
        if said:
            self.dialog.whose.say(said)
            self.ctx.announce(said)
