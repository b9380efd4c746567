"""The stories of a morning of visits: planned, checked, out with a sheet, back, and told.

Each resident is accepted in a way of their own (demo/clinics); a doctor comes to the house too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from facility_app.cards.simulator import CardProfile, SimulatedReaders
from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.house_call_stories import HouseCallStories
from facility_app.demo.pouches import Pouch
from facility_app.demo.printer import KeptPaper
from facility_app.demo.stage import Stage
from facility_app.demo.visit_cases import CASES, QUICK, Case, card_of
from facility_app.demo.visit_hands import VisitHands
from facility_app.services.departure import CheckCode
from facility_app.ui.dialogs.departure import ReasonsDialog
from facility_app.ui.dialogs.outcome import OutcomeDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.pages.departure import DeparturePage
from facility_app.ui.pages.visits import VisitsPage
from facility_app.ui.widgets.fields import ComboField

SHEET = "visit-sheet"
BACK = "0955"
"""When everybody is expected back."""


class VisitStories:
    """Each raises StoryFailed where the window does not answer.  `quick` plays fewer residents."""

    def __init__(
        self,
        stage: Stage,
        readers: SimulatedReaders,
        cards: dict[int, CardProfile],
        held: Sequence[Pouch],
        *,
        quick: bool = False,
    ) -> None:
        self.stage, self.readers, self.cards, self.held = stage, readers, cards, held
        self.hands, self.eyes, self.desk = stage.hands, stage.eyes, DeskHands(stage)
        self.visit, self.house_call = VisitHands(stage), HouseCallStories(stage, held)
        self.printer = KeptPaper(stage.out)
        self.cases = CASES[:QUICK] if quick else CASES

    def morning(self) -> None:
        """From 08:36 to 09:45; everything is in its place again."""
        stage = self.stage
        stage.at(8, 36)
        self._plan_all()
        stage.at(8, 45)
        for case in self.cases:
            self._leave(case)
        stage.at(8, 55)
        self.house_call.out()
        stage.at(9, 45)
        self._back()
        self.house_call.back()

    # --- the plan --------------------------------------------------------------------------------

    def _plan_all(self) -> None:
        with self.stage.story("visit-plan"):
            self.stage.go("visits")
            self.stage.picture("visits-morning")
            for case in self.cases:
                self._plan(case)
            self.house_call.plan()
            self.stage.picture("visits")

    def _plan(self, case: Case) -> None:
        """The tag says who; then where, when and with whom."""
        pouch = self.held[case.index]
        self.hands.click(self.stage.page(VisitsPage).plan)
        dialog = self.desk.dialog(PlanVisitDialog)
        self.hands.scan(pouch.code)
        self.stage.wait(lambda: dialog.resident_id == pouch.resident_id, pouch.name)
        self.stage.settle()
        self.hands.type(case.clinic)
        self.visit.fill(dialog.starts, case.starts)
        self.visit.fill(dialog.returns, BACK)
        self.desk.choose(dialog.escort, case.escort)
        if case.known:
            words = self.stage.words
            known = self.eyes.named(ComboField, words("plan-first-visit"), dialog)
            self.desk.choose(known, words("plan-first-visit-no"))
        if case.note:
            self.visit.fill(dialog.note, case.note)
        self.stage.settle()
        self.stage.picture(f"visit-plan-{case.name}")
        self.visit.press(dialog, f"the visit of {pouch.name} planned")

    # --- leaving ---------------------------------------------------------------------------------

    def _leave(self, case: Case) -> None:
        """Card on the reader, pouch, Enter: signed out, and the sheet is printed."""
        pouch = self.held[case.index]
        with self.stage.story(f"visit-{case.name}") as story:
            self.stage.go("visits")
            before = story.presses
            card = card_of(case, pouch.resident_id, self.cards)
            if card is not None:
                self.readers.insert(card)
            self.hands.answer(
                lambda: self.hands.scan(pouch.code),
                lambda: self._checked(case, pouch, with_card=card is not None),
                f"the check of {pouch.name}",
            )
            page = self.stage.page(DeparturePage)
            self.printer.name = name = f"{SHEET}-{case.name}"
            page.acts.papers.paper = self.printer
            if case.reason:
                self.stage.picture(f"departure-{case.name}-open")
                self._give_reason(case)
            self.stage.wait(page.button.isEnabled, f"{pouch.name} may leave")
            self.stage.picture(f"departure-{case.name}")
            self.hands.answer(
                self.hands.enter, lambda: self.printer.made(name), f"the sheet of {pouch.name}"
            )
            story.mark("card_to_sheet", before)
            self.stage.wait(lambda: self.stage.window.current_key == "visits", "the calendar")
            self.stage.picture(f"visit-left-{case.name}")
            self.readers.remove()

    def _checked(self, case: Case, pouch: Pouch, *, with_card: bool) -> bool:
        """Whether the page has looked at everything, the card on the reader too."""
        if self.stage.window.current_key != "departure" or self.stage.ctx.lane.working:
            return False
        page = self.stage.page(DeparturePage)
        form = page.form
        if form is None or form.found.plan.resident_id != pouch.resident_id:
            return False
        looked = not with_card or form.found.plan.check is not None
        return bool(page.checks.lines) and looked and (page.button.isEnabled() or bool(case.reason))

    def _give_reason(self, case: Case) -> None:
        """What is open is written down with its reason."""
        page = self.stage.page(DeparturePage)
        self.hands.click(page.go.pass_on)
        dialog = self.desk.dialog(ReasonsDialog)
        for code in (each for each in CheckCode if each in dialog.fields):
            self.visit.fill(dialog.fields[code], case.reason)
        self.stage.picture(f"departure-{case.name}-reason")
        self.hands.enter()
        self.stage.wait(lambda: not any(self.eyes.all(ReasonsDialog)), "the reasons")

    # --- back ------------------------------------------------------------------------------------

    def _back(self) -> None:
        """Scan, F4, slot; then how it went."""
        with self.stage.story("visit-back"):
            self.stage.go("desk")
            for case in self.cases:
                pouch = self.held[case.index]
                self.desk.scan(pouch)
                view = self.desk.back_view()
                self.hands.key(Qt.Key.Key_F4)
                self.stage.wait(view.slot.hasFocus, "the slot field")
                self.hands.answer(
                    partial(self.hands.scan, pouch.slot),
                    lambda: any(self.eyes.all(OutcomeDialog)),
                    f"return of {pouch.name}",
                )
                self.stage.settle()
                self.visit.tell(case.told, f"visit-outcome-{case.name}")
