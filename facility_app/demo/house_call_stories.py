"""The stories of a doctor who comes to the house: cards out together, and back together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.hands import Stuck
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.demo.visit_cases import SEEN_AT_HOME, Told
from facility_app.demo.visit_hands import VisitHands
from facility_app.domain.coverage import HouseCallDevice
from facility_app.ui.dialogs.house_call import RoundDialog
from facility_app.ui.pages.house_call import HouseCallPage
from facility_app.ui.pages.house_call_parts import TogetherCard
from facility_app.ui.pages.visits import VisitsPage
from facility_app.ui.pages.visits_rows import VisitRow

TOLD = Told("1", papers=())


class HouseCallStories:
    """Each raises StoryFailed where the window does not answer."""

    def __init__(self, stage: Stage, held: Sequence[Pouch]) -> None:
        self.stage, self.seen = stage, [held[index] for index in SEEN_AT_HOME]
        self.hands, self.eyes = stage.hands, stage.eyes
        self.visit, self.desk = VisitHands(stage), DeskHands(stage)

    def plan(self) -> None:
        """The tags say who is seen; part of a story about plans."""
        self.hands.click(self.stage.page(VisitsPage).rounds)
        dialog = self.desk.dialog(RoundDialog)
        self.stage.wait(lambda: dialog.ticks and dialog.clinic.count(), "residents and clinics")
        self.visit.fill(dialog.starts, "0900")
        self.visit.fill(dialog.ends, "0950")
        self.desk.choose(dialog.device, self.stage.words.term(HouseCallDevice.APP))
        self.desk.choose(dialog.escort, "送田")
        for pouch in self.seen:
            self.hands.scan(pouch.code)
            self.stage.wait(dialog.ticks[pouch.resident_id].isChecked, pouch.name)
        self.stage.picture("house-call-plan")
        self.visit.press(dialog, "the house call planned")

    def out(self) -> None:
        """One whose card was read before needs none; Enter takes the others out together."""
        with self.stage.story("house-call-out"):
            page = self._open()
            self.stage.picture("house-call")
            known = self._visit_of(page, self.seen[-1])
            self.hands.click(page.people.buttons[known])
            self.stage.settle()
            self.hands.answer(
                self.hands.enter, lambda: page.state and page.state.returning, "the cards out"
            )
            self.stage.picture("house-call-out")

    def back(self) -> None:
        """A scan for every pouch that lies in its place, Enter for all of them."""
        with self.stage.story("house-call-back"):
            page = self._open()
            ticks = self.eyes.one(TogetherCard).ticks
            for pouch in self.seen[:-1]:
                loan = self._loan_of(page, pouch)
                self.hands.scan(pouch.code)
                self.stage.wait(ticks[loan].isChecked, f"{pouch.name} in its place")
            self.stage.picture("house-call-back")
            self.hands.answer(
                self.hands.enter,
                lambda: page.state and not page.state.returning,
                "the cards back",
            )
            for pouch in self.seen:
                self.stage.settle()
                self.hands.click(page.people.buttons[self._visit_of(page, pouch)])
                self.visit.tell(TOLD)
            self.stage.picture("house-call-told")

    def _open(self) -> HouseCallPage:
        """From its row in the calendar."""
        self.stage.go("visits")
        rows = (row for row in self.eyes.all(VisitRow) if row.line.round_id is not None)
        row = next(rows, None)
        if row is None or row.action is None:
            raise Stuck("the house call in the calendar")
        self.hands.answer(
            partial(self.hands.click, row.action),
            lambda: self.stage.window.current_key == "house-call" and self._filled(),
            "the house call",
        )
        return self.stage.page(HouseCallPage)

    def _filled(self) -> bool:
        page = self.stage.page(HouseCallPage)
        return page.state is not None and not self.stage.ctx.lane.working

    def _visit_of(self, page: HouseCallPage, pouch: Pouch) -> int:
        visits = page.state.view.visits if page.state is not None else ()
        found = (each.visit for each in visits if each.visit.resident_id == pouch.resident_id)
        return next((int(visit.id) for visit in found), 0)

    def _loan_of(self, page: HouseCallPage, pouch: Pouch) -> int:
        residents = page.together.residents
        return next(loan for loan, resident in residents.items() if resident == pouch.resident_id)
