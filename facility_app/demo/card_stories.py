"""The stories of the card reader: a good card, one that expires soon, and the wrong one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.simulator import CardProfile, SimulatedReaders
from facility_app.cards.simulator.profiles import other
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.pages.card_check import CardCheckPage


class CardStories:
    """Lays cards on the sample reader; each raises StoryFailed where the page does not answer."""

    def __init__(
        self, stage: Stage, readers: SimulatedReaders, cards: dict[int, CardProfile]
    ) -> None:
        self.stage, self.readers, self.cards = stage, readers, cards
        self.hands, self.eyes = stage.hands, stage.eyes

    def good(self, pouch: Pouch) -> None:
        """Read by itself; Enter, the pouch's tag: recorded for its owner."""
        stage = self.stage
        with stage.story("card-good"):
            stage.go("cards")
            stage.wait(lambda: self.eyes.says("check-ready"), "the empty reader")
            stage.picture("card-empty")
            self._lay_on(self.cards[pouch.resident_id])
            stage.picture("card-check")
            self.hands.answer(
                self.hands.enter,
                lambda: any(self.eyes.all(ChooseResidentDialog)),
                "the question whose it is",
            )
            self._say_whose(pouch)
            stage.picture("card-good")
            self.readers.remove()

    def expiring(self, pouch: Pouch) -> None:
        """A scan alone says whose it is; a wrong PIN is remembered by the card."""
        stage = self.stage
        with stage.story("card-expiring"):
            tries = {**MOST_TRIES, Pin.USER_AUTH: 2}
            self._lay_on(self.cards[pouch.resident_id], tries)
            self._say_whose(pouch)
            said = "card-finding-certificate-expires-soon"
            stage.wait(lambda: self.eyes.says(said), "the end of the certificate")
            stage.picture("card-expiring")
            self.readers.remove()

    def wrong(self, pouch: Pouch, of: Pouch) -> None:
        """Somebody else's card for this pouch: the dates are not those of the register."""
        stage = self.stage
        with stage.story("card-wrong"):
            self._lay_on(self.cards[of.resident_id])
            self._say_whose(pouch)
            stage.wait(lambda: self.eyes.says("card-finding-dates-differ"), "dates of another card")
            stage.picture("card-wrong")
            self.readers.insert(other(CardKind.FELICA))
            stage.wait(
                lambda: self.eyes.says("card-finding-not-a-my-number-card"), "another kind of card"
            )
            stage.settle()
            stage.picture("card-other")
            self.readers.remove()

    def troubles(self) -> None:
        """Pictures of a reader that cannot read; nothing is recorded."""
        stage, readers = self.stage, self.readers
        stage.go("cards")
        for happens, back, name in (
            (readers.unplug, readers.plug, "no-reader"),
            (readers.stop_service, readers.start_service, "service-stopped"),
        ):
            happens()
            stage.wait(partial(self._says_trouble, f"card-{name}"), name)
            stage.picture(f"card-{name}")
            back()
            stage.wait(lambda: self.eyes.says("check-ready"), "the reader again")

    def on_the_desk(self, pouch: Pouch) -> None:
        """Lay this pouch's card on, for a sign-out that is about to begin."""
        self.readers.insert(self.cards[pouch.resident_id])

    def _lay_on(self, card: CardProfile, tries: dict[Pin, int] | None = None) -> None:
        self.readers.insert(card if tries is None else replace(card, tries=tries))
        page = self.stage.page(CardCheckPage)
        self.stage.wait(lambda: page.state.view is not None, "the findings")
        self.stage.settle()

    def _say_whose(self, pouch: Pouch) -> None:
        """Scan the pouch's tag; the check is its owner's then."""
        page = self.stage.page(CardCheckPage)

        def said() -> bool:
            view = page.state.view
            who = view.resident if view is not None else None
            return who is not None and who.id == pouch.resident_id

        scan = partial(self.hands.scan, pouch.code)
        self.hands.answer(scan, said, f"the check for {pouch.name}")
        self.stage.settle()

    def _says_trouble(self, key: str) -> bool:
        """Titles have no full stop."""
        return self.eyes.reads(self.stage.words(key)[:-1])
