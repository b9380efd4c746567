"""The stories of the PIN vault: switched on, a PIN held, sent to its card, shown for seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from facility_app.cards.chip import Pin
from facility_app.cards.simulator import CardProfile, SimulatedReaders
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.pin_deposit import DepositDialog
from facility_app.ui.dialogs.pin_release import ReleaseDialog
from facility_app.ui.dialogs.pin_reveal import RevealDialog
from facility_app.ui.dialogs.pin_shares import SharesDialog
from facility_app.ui.pages.pins import PinsPage
from facility_app.ui.pages.pins_vault import VaultPage
from facility_app.ui.pages.pins_walk_steps import DOES_NOT
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.viewmodels.settings import Section
from facility_app.ui.widgets.dialog import Dialog

D = TypeVar("D", bound=Dialog)
OFFICERS = ("1004", "1009")
REASON = "reader-broken"


def passphrase(number: str) -> str:
    """What a sample officer types; the sample facility has no secrets."""
    return f"aoi ringo {number}"


class VaultStories:
    """Each raises StoryFailed where the window does not answer."""

    def __init__(
        self,
        stage: Stage,
        readers: SimulatedReaders,
        cards: dict[int, CardProfile],
        drive: Path,
    ) -> None:
        self.stage, self.readers, self.cards, self.drive = stage, readers, cards, drive
        self.hands, self.eyes = stage.hands, stage.eyes

    # --- the manager -----------------------------------------------------------------------------

    def switch_on(self) -> None:
        """First whether it is needed at all; then where, who, and what only they know."""
        with self.stage.story("vault-on"):
            self.stage.go("settings")
            settings = self.stage.page(SettingsPage)
            self.hands.click(settings.buttons[Section.PINS])
            self.stage.settle()
            self.stage.picture("settings-pins")
            self.hands.click(self.eyes.button("pin-off-set-up"))
            page = self.stage.page(VaultPage)
            self.stage.wait(page.next.isVisible, "the first question")
            for question in page.walk.ways.questions.values():
                question.choose(DOES_NOT)
            self.stage.picture("pin-walk")
            self.hands.click(page.next)
            folder = page.walk.place.folder.edit
            folder.setFocus()
            self.hands.type(str(self.drive))
            self.stage.picture("pin-walk-place")
            self.hands.click(page.next)
            for tick in page.walk.officers.ticks.values():
                self.hands.click(tick)
            self.stage.picture("pin-walk-officers")
            self.hands.click(page.next)
            self._type_passphrases(page)
            self.hands.click(page.next)
            self._print_shares()
            self.stage.wait(page.manage.isVisible, "the vault on the page")
            self.stage.picture("pin-vault")

    def _type_passphrases(self, page: VaultPage) -> None:
        step = page.walk.passphrases
        for number in OFFICERS:
            for field in (step.new.first, step.new.again):
                field.setFocus()
                self.hands.type(passphrase(number))
            self.hands.enter()
        self.stage.picture("pin-walk-passphrases")

    def _print_shares(self) -> None:
        """There is no printer here: the dialog is told that the papers are made."""
        dialog = self._shown(SharesDialog)
        dialog.paper_made()
        asked = zip(dialog.fields, dialog.check.words, dialog.check.positions, strict=True)
        for field, share, at in asked:
            field.setFocus()
            self.hands.type(share[at - 1][:4])
        self.stage.picture("pin-shares")
        self.hands.answer(self.hands.enter, lambda: not self._open(SharesDialog), "papers checked")

    # --- the officers ----------------------------------------------------------------------------

    def deposit(self, pouch: Pouch) -> None:
        """The tag says whose it is; the PIN is typed twice and seen by nobody."""
        with self.stage.story("pin-held"):
            self.stage.go("pins")
            page = self.stage.page(PinsPage)
            self.hands.click(page.deposit)
            self._shown(ChooseResidentDialog)
            self.hands.scan(pouch.code)
            dialog = self._shown(DepositDialog)
            self.stage.wait(lambda: dialog.found is not None, "the agreement")
            pin = self.cards[pouch.resident_id].code(Pin.USER_AUTH).decode()
            for field in (dialog.pin, dialog.again):
                field.setFocus()
                self.hands.type(pin)
            self.stage.picture("pin-deposit")
            self.hands.answer(
                self.hands.enter, lambda: not self._open(DepositDialog), "the PIN held"
            )
            self.stage.settle()

    def present(self, pouch: Pouch) -> None:
        """The card lies there, two people agree, the card gets its PIN once."""
        with self.stage.story("pin-presented"):
            self.readers.insert(self.cards[pouch.resident_id])
            self.stage.picture("pins")
            dialog = self._release()
            self.hands.click(dialog.face)
            self._first(dialog)
            self._second(dialog)
            self.stage.picture("pin-release")
            self.hands.answer(
                self.hands.enter, lambda: not self._open(ReleaseDialog), "the card's answer"
            )
            page = self.stage.page(PinsPage)
            self.stage.wait(page.banner.isVisible, "what the card said")
            self.stage.picture("pin-presented")
            self.readers.remove()

    def reveal(self) -> None:
        """Where no card can be reached: a reason, two people, twenty seconds."""
        with self.stage.story("pin-revealed"):
            dialog = self._release()
            self.hands.click(dialog.turn)
            dialog.reasons.choose(REASON)
            self.stage.picture("pin-reveal-reason")
            self._first(dialog)
            self._second(dialog)
            self.hands.enter()
            shown = self._shown(RevealDialog)
            self.hands.click(shown.picture.sheet)  # where the pointer is, the PIN is seen
            self.stage.picture("pin-reveal")
            self.hands.escape()
            self.stage.wait(lambda: not self._open(RevealDialog), "the PIN gone")

    def _release(self) -> ReleaseDialog:
        self.hands.click(self.eyes.button("pin-list-use"))
        dialog = self._shown(ReleaseDialog)
        self.stage.settle()
        return dialog

    def _first(self, dialog: ReleaseDialog) -> None:
        self._passphrase(dialog, 0)
        self.hands.enter()
        self.stage.wait(lambda: dialog.form.seats[0].confirmed, "the first person")

    def _second(self, dialog: ReleaseDialog) -> None:
        panel = dialog.seats.panels[1]
        panel.chooser.setCurrentIndex(1)
        self._passphrase(dialog, 1)

    def _passphrase(self, dialog: ReleaseDialog, at: int) -> None:
        field = dialog.seats.panels[at].field
        field.setFocus()
        self.stage.wait(field.hasFocus, "the field for the passphrase")
        self.hands.type(passphrase(OFFICERS[at]))

    # --- looking ---------------------------------------------------------------------------------

    def _open(self, kind: type[Dialog]) -> bool:
        return any(self.eyes.all(kind))

    def _shown(self, kind: type[D]) -> D:
        self.stage.wait(lambda: self._open(kind), kind.__name__)
        return self.eyes.one(kind)
