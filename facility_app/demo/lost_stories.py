"""The stories of losses: a card outside, one found again, paper, pouches, a theft, a drill.

The first two are always played, for they are what a facility meets; the others on a whole day.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.cards.simulator import CardProfile, SimulatedReaders
from facility_app.demo.lost_hands import LostHands
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.demo.stocktake_stories import StocktakeStories
from facility_app.domain.incidents import LostCaseState, LostPaper
from facility_app.domain.items import DateRole, ItemState
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.services.lost_drill import DrillScenario
from facility_app.ui.dialogs.lost_end import CloseDialog, MeasuresDialog
from facility_app.ui.dialogs.lost_found import FoundDialog, PutBackDialog
from facility_app.ui.dialogs.lost_leak import LeakDialog
from facility_app.ui.dialogs.lost_reissue import ReissueDialog
from facility_app.ui.dialogs.lost_report import ReportDialog
from facility_app.ui.pages.card_check import CardCheckPage
from facility_app.ui.pages.lost_drill import DrillPage
from facility_app.ui.pages.stocktake import StocktakePage
from facility_app.ui.widgets.button import ActionButton

CARD, PAPER = "マイナンバーカード", "資格確認書"
POLICE, CITY = "みほん警察署", "みほん市役所"
MANAGER = "架空 誠"
NONE = "なし"
"""What is written where the call had no number."""

REPORT_WANTED = "事故報告書を5日以内に出してほしいとのこと"
CAR_PARK = "みほん内科の駐車場"
BEHIND = "事務室のカードリーダーの裏"
NEW_CARD = {DateRole.CARD_EXPIRES: "2036/3/5", DateRole.CERTIFICATE_EXPIRES: "2031/3/5"}
CAUSE = "受付で受け取ったときに、声に出して数えなかった"
MEASURES = "受け取ったその場で、2人で点数を読み上げる"
CONSULTED = {
    LeakDecision.REPORT: "個人情報保護委員会の相談ダイヤル 16時。答え：速報を出してほしい",
    LeakDecision.NO_REPORT: "個人情報保護委員会の相談ダイヤル 16時。答え：報告は要らない",
}


class LostStories:
    """Each plays one story on `stage` and raises StoryFailed where its result cannot be seen."""

    def __init__(
        self, stage: Stage, readers: SimulatedReaders, cards: dict[int, CardProfile]
    ) -> None:
        self.stage, self.readers, self.cards = stage, readers, cards
        self.hands, self.eyes = stage.hands, stage.eyes
        self.lost = LostHands(stage)

    # --- a card, lost outside --------------------------------------------------------------------

    def card_outside(self, pouch: Pouch) -> None:
        """Reported, stopped, searched for, told, and void at the city office; then waiting."""
        with self.stage.story("lost-card") as story:
            before = story.presses
            dialog = self.lost.report(pouch)
            self.lost.tick(dialog, CARD)
            self.lost.choose(dialog.where, "outside")
            self.lost.choose(dialog.stolen, "no")
            self.lost.write(dialog.place, CAR_PARK)
            self.stage.picture("lost-report")
            self.lost.opened(dialog)
            story.mark("noticed_to_first_call", before)
            self.stage.at(15, 4)
            self.stage.picture("lost-first-call")
            self.lost.do("card-stop", receipt=NONE)
            self.lost.do("search")
            self.lost.do("manager", spoke_to=MANAGER)
            self.lost.do("police", office=POLICE)
            self.stage.at(15, 20)
            self.lost.do("tell-person", spoke_to="長女")
            for code in ("insurer", "clinic-meanwhile"):
                self.lost.do(code)
            self.lost.do("authority-report", note=REPORT_WANTED)
            self.stage.picture("lost-case")
            self.lost.save(LostPaper.CHECKLIST, "lost-papers")
            self.lost.save(LostPaper.AUTHORITY)
            self.stage.at(16, 0)
            for code in ("card-cancel", "card-reissue"):
                self.lost.do(code)

    def leak_of_it(self, pouch: Pouch) -> None:
        """The manager asks, and decides: no report of this one."""
        with self.stage.story("lost-leak-asked"):
            self._show(pouch)
            self._leak({}, LeakDecision.NO_REPORT)

    def reissued(self, pouch: Pouch) -> None:
        """A week later: the new card comes into custody, and the case is closed."""
        with self.stage.story("lost-reissued"):
            self._show(pouch)
            new = self.lost.own("receive-new", ReissueDialog)
            for role, day in NEW_CARD.items():
                self.lost.write(new.dated[role].field, day)
            self.lost.write(new.received_from, CITY)
            self.stage.picture("lost-reissue")
            self.lost.send(new)
            measures = self.lost.own("cause", MeasuresDialog)
            self.lost.write(measures.cause, CAUSE)
            self.lost.write(measures.measures, MEASURES)
            self.lost.send(measures)
            self.lost.save(LostPaper.REPORT)
            self.hands.click(self.lost.page().case.end.main)
            self.lost.send(self.lost.dialog(CloseDialog))
            self.stage.wait(
                lambda: self.lost.case().state is LostCaseState.CLOSED, "the case closed"
            )
            self.stage.picture("lost-closed")

    # --- found again -----------------------------------------------------------------------------

    def found_again(self, pouch: Pouch) -> None:
        """Stopped, then found before 廃止: back only after its card was read, the stop lifted."""
        with self.stage.story("lost-found"):
            dialog = self.lost.report(pouch)
            self.lost.tick(dialog, CARD)
            self.lost.choose(dialog.where, "inside")
            self.lost.choose(dialog.stolen, "no")
            self.lost.opened(dialog)
            self.stage.at(14, 32)
            self.lost.do("card-stop", receipt=NONE)
            self.stage.at(14, 40)
            self.hands.key(Qt.Key.Key_F9)
            found = self.lost.dialog(FoundDialog)
            self.lost.write(found.by, "控井 恵")
            self.lost.write(found.where, BEHIND)
            self.lost.choose(found.hand, LeakAnswer.NO.value)
            self.stage.picture("lost-found")
            self.lost.send(found)
            self.stage.picture("lost-found-steps")
            self._read_card(pouch)
            self._show(pouch)
            back = self.lost.own("put-back", PutBackDialog)
            self.stage.picture("lost-put-back")
            self.lost.send(back)
            self.stage.wait(
                lambda: self.lost.case().items[0].state is ItemState.IN_SAFE, "the card in custody"
            )
            self.lost.do("person-found")

    def _read_card(self, pouch: Pouch) -> None:
        """Lay it on the reader and say whose it is."""
        self.stage.at(14, 44)
        self.stage.go("cards")
        self.readers.insert(self.cards[pouch.resident_id])
        page = self.stage.page(CardCheckPage)
        self.stage.wait(lambda: page.state.view is not None, "the findings")
        self.stage.settle()

        def known() -> bool:
            view = page.state.view
            who = view.resident if view is not None else None
            return who is not None and who.id == pouch.resident_id

        self.hands.answer(lambda: self.hands.scan(pouch.code), known, "the check recorded")
        self.stage.settle()
        self.readers.remove()

    # --- the others ------------------------------------------------------------------------------

    def paper(self, pouch: Pouch) -> None:
        """A certificate on paper: no stop and no city office, but the insurer."""
        with self.stage.story("lost-paper"):
            dialog = self.lost.report(pouch)
            self.lost.tick(dialog, PAPER)
            self.lost.choose(dialog.where, "inside")
            self.lost.opened(dialog)
            self.lost.choose_step("insurer")
            self.stage.picture("lost-paper")
            for code in ("insurer", "clinic-meanwhile"):
                self.lost.do(code)
            self.lost.save(LostPaper.CHECKLIST)

    def three_pouches(self, stocktake: StocktakeStories, cabinet: str) -> None:
        """Neither count saw them: the result of the stocktake leads to one case for all."""
        with self.stage.story("lost-pouches"):
            page: StocktakePage = stocktake.show_result(cabinet)
            self.stage.picture("lost-stocktake")
            self.hands.click(page.outcome.lost)
            dialog = self.lost.dialog(ReportDialog)
            self.lost.choose(dialog.where, "inside")
            self.stage.picture("lost-pouches-report")
            self.lost.opened(dialog)
            self.stage.wait(lambda: len(self.lost.case().residents) == 3, "three residents")
            self.stage.picture("lost-pouches")
            self.lost.do("card-stop", receipt=NONE)
            self.lost.save(LostPaper.CHECKLIST)

    def theft(self, pouch: Pouch) -> None:
        """Stolen: the police first, and a report to the Commission with a letter to the person."""
        with self.stage.story("lost-theft"):
            dialog = self.lost.report(pouch)
            self.lost.tick(dialog, CARD)
            self.lost.choose(dialog.where, "outside")
            self.lost.choose(dialog.stolen, "yes")
            self.lost.write(dialog.place, CAR_PARK)
            self.lost.opened(dialog)
            self.lost.do("card-stop", receipt=NONE)
            self.lost.do("police", office=POLICE)
            self._leak({"wrongful": LeakAnswer.YES}, LeakDecision.REPORT, "lost-leak")
            self.lost.do("leak-first-report", receipt="見本-1120")
            for paper in (LostPaper.LEAK_REPORT, LostPaper.NOTICE, LostPaper.REPORT):
                self.lost.save(paper)
            self.stage.picture("lost-theft")

    def drill(self) -> None:
        """Rehearsed on invented people: one entry says that it was held."""
        with self.stage.story("lost-drill"):
            self._list()
            self.stage.picture("lost-list")
            self.hands.click(self.lost.page().home.drill)
            page = self.stage.page(DrillPage)
            self.stage.wait(page.go.isVisible, "the choice of a drill")
            self.lost.choose(page.which, DrillScenario.CARD_OUTSIDE.value)
            self.stage.picture("lost-drill-choice")
            self.hands.answer(
                lambda: self.hands.click(page.go),
                lambda: page.inner is not None and not self.stage.ctx.lane.working,
                "the drill",
            )
            inner = page.inner
            if inner is not None:
                self.stage.wait(lambda: inner.shown is not None, "the case of the drill")
                self.lost.do("card-stop", inner)
            self.stage.at(16, 52)
            self.stage.picture("lost-drill")
            self.hands.answer(
                lambda: self.hands.click(page.frame.end), page.banner.isVisible, "the drill held"
            )

    # --- what they share -------------------------------------------------------------------------

    def _leak(
        self, answers: dict[str, LeakAnswer], decision: LeakDecision, picture: str = ""
    ) -> None:
        dialog = self.lost.own("leak", LeakDialog)
        for code, buttons in dialog.answers.items():
            self.lost.choose(buttons, answers.get(code, LeakAnswer.NO).value)
        if picture:
            self.hands.bring_into_view(next(iter(dialog.answers.values())))
            self.stage.picture(picture)
        self.lost.choose(dialog.decision, decision.value)
        self.lost.write(dialog.consulted, CONSULTED[decision])
        self.lost.write(dialog.decided, MANAGER)
        self.lost.send(dialog)

    def _list(self) -> None:
        """All cases: the page, and back from the only open one."""
        self.stage.go("lost")
        page = self.lost.page()
        if not page.home.isVisible():
            self.hands.answer(
                lambda: self.hands.click(page.case.band.back),
                lambda: page.home.isVisible() and not self.stage.ctx.lane.working,
                "the list of cases",
            )

    def _show(self, pouch: Pouch) -> None:
        """The case of this resident from the list."""
        self._list()
        page = self.lost.page()
        button = self.eyes.named(ActionButton, pouch.name, page.home)
        self.hands.answer(
            lambda: self.hands.click(button),
            lambda: page.case.isVisible() and not self.stage.ctx.lane.working,
            "the case",
        )
