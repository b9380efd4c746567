"""The stories at the door of the program: unlock, change of person, lock, cover, emergency."""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.demo.hands import Stuck
from facility_app.demo.people import PASSWORD
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.emergency_dialog import EmergencyDialog


class Door:
    """Comes in and goes out on `stage`."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.eyes, self.hands = stage, stage.eyes, stage.hands

    def unlock(self, number: str) -> None:
        """Staff number, Enter, password, Enter; the first page is the answer."""
        session, page = self.stage.ctx.session, self.stage.program.unlock_page
        if page.form.number != number:
            self.stage.wait(page.number.hasFocus, "the number field with the focus")
            self.hands.type(number)
            self.hands.answer(self.hands.enter, page.password.field.hasFocus, "the password field")
        self.stage.wait(lambda: not page.form.seconds_left(), "the wait after a wrong password")
        self.hands.type(PASSWORD)
        self.hands.answer(
            self.hands.enter,
            lambda: session.unlocked and not self.stage.ctx.lane.working,
            f"{number} unlocked",
        )
        self.stage.wait(self.stage.window.work_area.isVisible, "the page behind the lock")

    def refused(self, number: str) -> None:
        """A wrong password; the refusal in words is the answer."""
        page = self.stage.program.unlock_page
        self.hands.type(number)
        self.hands.enter()
        self.hands.type("no such password")
        self.hands.answer(self.hands.enter, page.refusal.isVisible, "the refusal in words")

    def lock(self) -> None:
        """Ctrl+L; the unlock page is the answer."""
        page = self.stage.program.unlock_page
        self.hands.answer(
            lambda: self.hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
            lambda: page.isVisible() and page.number.hasFocus(),
            "the unlock page",
        )

    def change_to(self, number: str) -> None:
        """Another person takes over; the page stays."""
        if self.stage.ctx.session.unlocked:
            self.lock()
        self.unlock(number)

    def emergency(self, number: str, pouch: Pouch) -> EmergencyDialog:
        """F12, badge, tag, Enter from the locked screen; the entry's number is the answer."""
        self.hands.answer(
            lambda: self.hands.key(Qt.Key.Key_F12),
            lambda: self._emergency() is not None,
            "the emergency dialog",
        )
        dialog = self._emergency()
        if dialog is None:
            raise Stuck("the emergency dialog")
        self.hands.scan(number)
        self.stage.wait(lambda: dialog.form.actor is not None, f"{number} known")
        self.hands.answer(
            lambda: self.hands.scan(pouch.code), dialog.button.isEnabled, f"the pouch {pouch.slot}"
        )
        self.stage.picture("emergency")
        self.hands.answer(
            self.hands.enter, lambda: dialog.form.done is not None, "the emergency recorded"
        )
        return dialog

    def _emergency(self) -> EmergencyDialog | None:
        return next(iter(self.eyes.all(EmergencyDialog)), None)
