"""One day of the sample facility, from the first login to the last lock."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.shared import SharedReaders
from facility_app.demo.card_stories import CardStories
from facility_app.demo.cards import sample_cards
from facility_app.demo.desk_stories import DeskStories
from facility_app.demo.door_stories import Door
from facility_app.demo.first_start import FirstStart, NewComputer, first_start_stage
from facility_app.demo.lost_stories import LostStories
from facility_app.demo.outcome import check_day, write_day
from facility_app.demo.papers import make_papers
from facility_app.demo.people import PASSWORD
from facility_app.demo.pouches import Pouch, contents, pouches
from facility_app.demo.report_stories import ReportStories
from facility_app.demo.sample import EMPTIED_CABINET, NO_AGREEMENT
from facility_app.demo.stage import Stage
from facility_app.demo.stocktake_stories import StocktakeStories
from facility_app.demo.store import SampleStore
from facility_app.demo.tour import Tour
from facility_app.demo.vault_agent import command
from facility_app.demo.vault_stories import OFFICERS, VaultStories
from facility_app.demo.visit_stories import VisitStories
from facility_app.demo.watch_stories import WatchStories
from facility_app.demo.window import NOTE, sample_program
from facility_app.domain.access import PROGRAM
from facility_app.i18n import Words
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import VaultAgent

MANAGER, CUSTODIAN, SECOND = "1001", "1002", "1003"
HANAKO, ICHIRO, YUKI, TADASHI, UME, TARO = 0, 1, 2, 3, 5, 7
ROBBED, PAPER_LOST = 9, 14
"""Residents by their place in demo/people."""


def play_day(
    store: SampleStore,
    out: Path,
    tell: Callable[[str], object],
    words: Words,
    *,
    quick: bool = False,
) -> None:
    """Play the day and leave pictures, papers and ``day.json`` in `out`.

    Raises StoryFailed at the first story without its result, DayIncomplete where the log lacks one.
    """
    out.mkdir(parents=True, exist_ok=True)
    office = store.open()
    try:
        held = office.ask(PROGRAM, pouches)
        cards = office.ask(PROGRAM, sample_cards)
        there = office.ask(PROGRAM, contents)
    finally:
        office.close()
    with tempfile.TemporaryDirectory(prefix="facility-app-start-") as folder:
        empty = Path(folder)
        with first_start_stage(empty / "store", out, tell) as first:
            setup = FirstStart(first, empty)
            setup.play()
        with first_start_stage(empty / "other", out, tell) as other:
            backup = next((empty / "backup").glob("*.backup"))
            NewComputer(other).play(setup.words, backup)
    readers = SimulatedReaders()
    with (
        tempfile.TemporaryDirectory(prefix="facility-app-drive-") as drive,
        _vault_on(store, readers) as present,
        Stage(sample_program(present, readers), store.clock, out, tell) as stage,
    ):
        stocktake = StocktakeStories(stage, held, there)
        vault = VaultStories(stage, readers, cards, Path(drive))
        losses = LostStories(stage, readers, cards)
        _Day(
            stage, held, CardStories(stage, readers, cards), stocktake, vault, losses, quick
        ).play()
    stages = (first, other, stage)
    stories = [story for each in stages for story in each.stories]
    pictures = [picture for each in stages for picture in each.pictures]
    tell(words("demo-papers"))
    office = store.open()
    try:
        manager = office.unlock(MANAGER, PASSWORD)
        make_papers(store, office, manager, out, words)
        office.lock(manager, "person")
        tell(words("demo-checking"))
        log = check_day(office, quick=quick)
    finally:
        office.close()
    write_day(out, stories, log, pictures)


@contextmanager
def _vault_on(store: SampleStore, readers: SimulatedReaders) -> Iterator[SampleStore]:
    """The same store, whose vault process sends to the card that lies on these readers."""
    with SharedReaders(readers) as shared:
        agent = partial(VaultAgent, command(shared.port))
        yield replace(store, vault=lambda: VaultKeeper(agent))


class _Day:
    """The stories in the order of the day; the clock is moved between them."""

    def __init__(
        self,
        stage: Stage,
        held: tuple[Pouch, ...],
        cards: CardStories,
        stocktake: StocktakeStories,
        vault: VaultStories,
        losses: LostStories,
        quick: bool,
    ) -> None:
        self.stage, self.held, self.cards, self.quick = stage, held, cards, quick
        self.stocktake, self.vault, self.reports = stocktake, vault, ReportStories(stage)
        self.losses = losses
        self.visits = VisitStories(stage, cards.readers, cards.cards, held, quick=quick)
        self.door, self.desk, self.watch = Door(stage), DeskStories(stage), WatchStories(stage)

    def play(self) -> None:
        """From 08:30 to 17:45, and one case to its end a week later."""
        self._morning()
        self._noon()
        self._afternoon()
        self._losses()
        self._evening()
        self._a_week_later()

    def _morning(self) -> None:
        stage, held = self.stage, self.held
        stage.at(8, 30)
        stage.picture("unlock-sample")
        note = stage.window.findChild(QWidget, NOTE)
        if note is not None:
            note.hide()  # from here on the page is as it is in a real facility
        stage.picture("unlock")
        with stage.story("unlock"):
            self.door.refused(CUSTODIAN)
            stage.picture("unlock-refused")
            stage.at(8, 31)
            self.door.unlock(CUSTODIAN)
        stage.at(8, 35)
        stage.picture("today-morning")
        self.visits.morning()
        stage.go("desk")
        stage.picture("desk-empty")
        self.desk.refusal(held[NO_AGREEMENT])
        stage.at(10, 0)
        self.desk.out_overdue(held[UME], "home-visit")
        stage.at(10, 10)
        self.desk.out_typed(held[TARO])
        stage.at(10, 20)
        self.desk.hand_over(held[TARO], "送田")
        stage.at(10, 40)
        self.stocktake.first()

    def _noon(self) -> None:
        stage, held = self.stage, self.held
        stage.at(11, 20)
        self.cards.troubles()
        self.cards.good(held[ICHIRO])
        self.cards.expiring(held[TADASHI])
        self.cards.wrong(held[HANAKO], held[TARO])
        stage.at(11, 40)
        stage.go("desk")
        self.desk.wrong_slot(held[TARO], held[HANAKO].slot)
        self.watch.overdue(held[UME])
        stage.at(13, 5)
        stage.go("desk")
        self.desk.missing_piece(held[UME])
        stage.at(13, 10)
        self.cards.on_the_desk(held[HANAKO])
        self.desk.out_scanned(held[HANAKO])
        self.cards.readers.remove()
        stage.go("today")
        stage.picture("today")
        with stage.story("lock"):
            self.door.lock()
        stage.picture("locked")

    def _afternoon(self) -> None:
        stage, held = self.stage, self.held
        stage.at(13, 30)
        with stage.story("emergency") as story:
            self.door.emergency(SECOND, held[ICHIRO])
            story.mark("locked_to_out")
            stage.picture("emergency-done")
            stage.hands.escape()  # Enter would print the sheet for the ambulance
        stage.at(14, 0)
        with stage.story("change-person"):
            self.door.unlock(SECOND)
        self.watch.explain(held[ICHIRO])
        stage.at(14, 5)
        self.stocktake.second()
        self.door.change_to(MANAGER)
        self.watch.review(held[ICHIRO])
        stage.at(14, 10)
        self.stocktake.approve()
        self.watch.two_person_setting()
        self.watch.verify()
        self.reports.monthly()
        Tour(stage, held, quick=self.quick).take()
        self._pins()

    def _pins(self) -> None:
        self.vault.switch_on()
        self.door.change_to(OFFICERS[0])
        self.vault.deposit(self.held[TARO])
        self.vault.present(self.held[TARO])
        self.vault.reveal()

    def _losses(self) -> None:
        """A card that is found again and one that is not; the other cases on a whole day."""
        stage, held = self.stage, self.held
        self.door.change_to(CUSTODIAN)
        stage.at(14, 30)
        self.losses.found_again(held[TADASHI])
        stage.at(15, 0)
        self.losses.card_outside(held[HANAKO])
        if not self.quick:
            stage.at(16, 10)
            self.losses.paper(held[PAPER_LOST])
            stage.at(16, 20)
            self.stocktake.count_empty(EMPTIED_CABINET)
            self.door.change_to(SECOND)
            self.stocktake.count_empty(EMPTIED_CABINET)
        self.door.change_to(MANAGER)
        stage.at(16, 30)
        self.losses.leak_of_it(held[HANAKO])
        if not self.quick:
            self.losses.three_pouches(self.stocktake, EMPTIED_CABINET)
            self.losses.theft(held[ROBBED])
            stage.at(16, 40)
            self.losses.drill()

    def _a_week_later(self) -> None:
        self.stage.at(10, 0, days=7)
        self.door.unlock(MANAGER)
        self.losses.reissued(self.held[HANAKO])
        self.door.lock()

    def _evening(self) -> None:
        stage, held = self.stage, self.held
        self.door.change_to(CUSTODIAN)
        stage.go("desk")
        self.desk.out_two_person(held[YUKI], SECOND)
        stage.at(17, 0)
        self.desk.returns(held[HANAKO], held[ICHIRO], held[YUKI], held[UME])
        stage.at(17, 45)
        self.door.lock()
