"""The stories that watch: overdue, reason and review of an emergency, settings, verification."""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.dialogs.emergency import ExplainDialog, ReviewDialog
from facility_app.ui.pages.log import LogPage
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.viewmodels.settings import Section
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.tick_row import TickRow

REASON = "胸の痛みで救急搬送"
HOSPITAL = "さくら見本病院"


class WatchStories:
    """Each plays one story on `stage` and raises StoryFailed where its result cannot be seen."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.desk = stage, DeskHands(stage)
        self.hands, self.eyes = stage.hands, stage.eyes

    def overdue(self, pouch: Pouch) -> None:
        """Strip at once, sound after 15 minutes, banner after 60."""
        with self.stage.story("overdue"):
            self.stage.go("today")
            self.stage.at(12, 1)
            self._strip(pouch)
            self.stage.picture("today-overdue-strip")
            self.stage.at(12, 16)
            self._strip(pouch)
            self.stage.at(13, 2)
            self._strip(pouch)
            self.stage.wait(
                lambda: (
                    self.eyes.reads(pouch.name) and self.eyes.says("today-banner-text", holder="")
                ),
                "the banner after an hour",
            )
            self.stage.picture("today-overdue-hour")

    def _strip(self, pouch: Pouch) -> None:
        strip = self.stage.window.strip
        self.stage.wait(
            lambda: strip.isVisible() and pouch.name in strip.text(), "the red strip with the name"
        )

    def explain(self, pouch: Pouch) -> None:
        """Who was there writes what happened."""
        with self.stage.story("explain"):
            self.stage.go("today")
            self.hands.click(self.eyes.button("today-step-explain"))
            dialog = self.desk.dialog(ExplainDialog)
            self.hands.type(REASON)
            self.hands.click(dialog.place)
            self.hands.type(HOSPITAL)
            self.stage.picture("emergency-reason")
            self._finish("the reason")

    def review(self, pouch: Pouch) -> None:
        """A second person, a manager, looks at it."""
        with self.stage.story("review"):
            self.stage.go("today")
            self.hands.click(self.eyes.button("today-step-review"))
            self.desk.dialog(ReviewDialog)
            self.stage.picture("emergency-review")
            self._finish("the review")

    def two_person_setting(self) -> None:
        """The manager asks for two persons at every sign-out from now on."""
        with self.stage.story("two-person-setting"):
            self.stage.go("settings")
            page = self.stage.page(SettingsPage)
            self.hands.click(page.buttons[Section.SAFETY])
            part = page.part(Section.SAFETY)
            self.stage.wait(part.isVisible, "the settings of safety")
            self.stage.settle()
            self.hands.click(
                self.eyes.named(TickRow, self.stage.words("settings-page-two-sign-out"))
            )
            self.hands.answer(
                lambda: self.hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
                lambda: self.eyes.says("settings-page-saved"),
                "the setting",
            )
            self.stage.picture("settings-safety")

    def verify(self) -> None:
        """The whole record is verified; the verdict is the answer."""
        with self.stage.story("verify"):
            self.stage.go("log")
            self.stage.picture("log")
            page = self.stage.page(LogPage)
            self.hands.answer(
                lambda: self.hands.click(page.verify_button),
                lambda: page.verdict.level is Level.OK and not self.stage.ctx.lane.working,
                "the verdict",
            )
            self.stage.picture("log-verified")

    def _finish(self, what: str) -> None:
        dialog = self.desk.top_dialog()
        main = dialog.main
        if main is None:
            return
        self.hands.answer(lambda: self.hands.click(main), self.desk.resting, what)
