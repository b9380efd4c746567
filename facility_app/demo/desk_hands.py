"""What a custodian does with a pouch at the desk, by hand."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from facility_app.demo.hands import Stuck
from facility_app.demo.people import PASSWORD
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.second_person import SecondPersonDialog
from facility_app.ui.pages.desk_back import BackView
from facility_app.ui.pages.desk_out import OutView
from facility_app.ui.phrases import plain
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.search_results import SearchResults

D = TypeVar("D", bound=Dialog)


class DeskHands:
    """Works at the desk of `stage`; every method raises Stuck where the window does not answer."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.eyes, self.hands = stage, stage.eyes, stage.hands
        self._recorded = plain(stage.words("desk-done", number="")).strip()

    # --- what is seen ----------------------------------------------------------------------------

    def last_record(self) -> str:
        """The sentence that says what was recorded last, or nothing."""
        said = (plain(label.text()) for label in self.eyes.all(QLabel))
        return next((text for text in said if text.startswith(self._recorded)), "")

    def out_view(self) -> OutView:
        """The form of a sign-out."""
        return self.eyes.one(OutView)

    def back_view(self) -> BackView:
        """The form of a return."""
        return self.eyes.one(BackView)

    def page_button(self) -> QAbstractButton:
        """The big button of the page."""
        page = self.stage.window.current_page()
        button = page.main_button() if page is not None else None
        if button is None:
            raise Stuck("the main button")
        return button

    def one_less(self) -> QAbstractButton:
        """The button that takes one piece away, of the first thing with several."""
        return self.eyes.named(QAbstractButton, plain(self.stage.words("desk-back-less")))

    def shows(self, pouch: Pouch) -> bool:
        """Whether the desk shows a form for this pouch and has come to rest."""
        names = [plain(form.person.name.text()) for form in self.eyes.all(OutView)]
        names += [plain(form.person.name.text()) for form in self.eyes.all(BackView)]
        quiet = not self.stage.ctx.lane.working
        return quiet and any(name.startswith(pouch.name) for name in names)

    def resting(self) -> bool:
        """Whether no dialog is open and nothing is under way."""
        return not any(self.eyes.all(Dialog)) and not self.stage.ctx.lane.working

    # --- small things ----------------------------------------------------------------------------

    def scan(self, pouch: Pouch) -> None:
        """Scan the tag; the form with the resident's name is the answer."""
        self.hands.answer(
            lambda: self.hands.scan(pouch.code), lambda: self.shows(pouch), f"{pouch.name}"
        )

    def type_room(self, pouch: Pouch) -> None:
        """Type the room number into the field on top, look, and Enter; the form is the answer."""
        self.hands.answer(
            lambda: self.hands.type(pouch.room),
            lambda: self.eyes.there(QLabel, pouch.name) or self._hit(pouch),
            f"{pouch.name} among the found",
        )
        self.hands.answer(self.hands.enter, lambda: self.shows(pouch), f"{pouch.name}")

    def _hit(self, pouch: Pouch) -> bool:
        lists = self.eyes.all(SearchResults)
        return any(
            pouch.name in box.item(row).text() for box in lists for row in range(box.count())
        )

    def enter(self, what: str) -> None:
        """Enter does it; a new record is the answer."""
        before = self.last_record()
        self.hands.answer(
            self.hands.enter, lambda: self.last_record() not in ("", before), f"{what}"
        )

    def purpose(self, view: OutView, code: str) -> QAbstractButton:
        """The button of a reason, once it can be seen."""
        self.stage.wait(lambda: _visible(view.purposes.button(code)), f"the reason {code}")
        return view.purposes.button(code) or self.page_button()

    def dialog(self, kind: type[D]) -> D:
        """Wait for an open dialog."""
        self.stage.wait(lambda: any(self.eyes.all(kind)), kind.__name__)
        return self.eyes.one(kind)

    def top_dialog(self) -> ActDialog:
        """The dialog that lies on top."""
        return self.eyes.one(ActDialog)

    def choose(self, box: QComboBox, name: str) -> None:
        """Choose from a list by keys, as it stands with the focus."""
        wanted = next((i for i in range(box.count()) if name in box.itemText(i)), -1)
        if wanted < 0:
            raise Stuck(f"{name} in {box.accessibleName()}")
        if not box.hasFocus():
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        while box.currentIndex() != wanted:
            down = box.currentIndex() < wanted
            self.hands.key(Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def second_person(self, number: str) -> None:
        """Badge and password of a second person; the dialog's going is the answer."""
        dialog = self.dialog(SecondPersonDialog)
        self.hands.scan(number)
        self.stage.wait(dialog.password.field.hasFocus, "the second password field")
        self.hands.type(PASSWORD)
        before = self.last_record()
        self.stage.picture("second-person")
        self.hands.answer(
            self.hands.enter,
            lambda: self.resting() and self.last_record() not in ("", before),
            "the act of two persons",
        )


def _visible(button: QAbstractButton | None) -> bool:
    return button is not None and button.isVisible()
