"""What a custodian does in the forms about visits, by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.hands import Stuck
from facility_app.demo.stage import Stage
from facility_app.demo.visit_cases import Told
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.outcome import OutcomeDialog


class VisitHands:
    """Works on `stage`; every method raises Stuck where the window does not answer."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.desk = stage, DeskHands(stage)
        self.hands, self.eyes = stage.hands, stage.eyes

    def fill(self, field: QWidget, text: str) -> None:
        """Go to a field and type."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hands.type(text)

    def press(self, dialog: ActDialog, what: str) -> None:
        """The big button of a dialog; its going is the answer."""
        main = dialog.main
        if main is None:
            raise Stuck(what)
        self.stage.wait(main.isEnabled, f"{what}: the button on")
        self.hands.answer(lambda: self.hands.click(main), self.desk.resting, what)

    def tell(self, told: Told, picture: str = "") -> None:
        """Which way worked, minutes, what the clinic's reader showed, what came along."""
        dialog = self.desk.dialog(OutcomeDialog)
        self.stage.settle()
        way = told.way or dialog.form.choices.ways[0].value
        for button in (dialog.way.button(way), dialog.ratio.button(told.ratio)):
            if button is not None:
                self.hands.click(button)
        self.fill(dialog.minutes, told.minutes)
        if told.troubles:
            self.hands.click(dialog.had_trouble)
        for ticks, wanted in ((dialog.troubles, told.troubles), (dialog.papers, told.papers)):
            for code in wanted:
                self.hands.click(ticks.buttons[code])
        if picture:
            self.stage.picture(picture)
        self.press(dialog, "how it went")
