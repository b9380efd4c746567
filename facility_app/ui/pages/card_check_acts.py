"""What can be done with a check: choose the resident or the day, take dates over, go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from facility_app.cards.chip import Reading
from facility_app.domain.attributes import Compared
from facility_app.services.card_checks import (
    AssignCheck,
    CheckedResident,
    CheckView,
    StoreCheck,
    assign_check,
    correct_dates,
)
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.recognition import remember_card
from facility_app.services.search import Findings, FoundResident, ResidentQuery, find_residents
from facility_app.ui.card_code import CodePresenter
from facility_app.ui.dialogs.attribute_check import AttributeDialog
from facility_app.ui.dialogs.check_day import CheckDayDialog
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.viewmodels.card_check import Picture, Whose
from facility_app.ui.viewmodels.card_findings import Act, act_line
from facility_app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from facility_app.ui.pages.card_check import CardCheckPage

RENEWAL = "renewal"
"""The purpose that a renewal is planned with."""


class CheckActs(QObject):
    """Acts of the page; `awaited` is whose card was announced by a scan before it was laid on."""

    def __init__(self, page: CardCheckPage) -> None:
        super().__init__(page)
        self.page, self.ctx, self.words = page, page.ctx, page.words
        self._presenter = CodePresenter(page.ctx, self)
        self._awaited: Whose | None = None
        self._person = 0
        """Counts who was unlocked; what one of them scanned is nothing to the next."""

    # --- for the next card -----------------------------------------------------------------------

    def wanted(self) -> tuple[date | None, int | None]:
        """Day and resident that the next check is stored with; None = found out there."""
        state = self.page.state
        if state.owner is None:
            state.owner, self._awaited = self._awaited, None
        return state.day, state.owner.id if state.owner is not None else None

    def stored(self, view: CheckView) -> None:
        """A check was stored; a tag that was scanned before it was is heard now."""
        if self.ctx.shell is not None:
            self.ctx.shell.show_last_act(act_line(self.words, view))
        self.ctx.session.acted.emit()
        awaited, self._awaited = self._awaited, None
        if isinstance(awaited, FoundResident):
            self._announced(awaited)

    def awaited(self, picture: Picture) -> Picture:
        """The picture of a reader that waits for a card, with the name of whose it is to be."""
        if self._awaited is None or picture.trouble or self.page.state.busy:
            return picture
        name, former = self._awaited.name, self.page.state.former
        if former is None:
            return replace(picture, title=self.words("check-ready-for", name=name))
        title = self.words("check-former", name=former.name)
        todo = self.words("check-former-todo", name=name)
        return replace(picture, icon="front_hand", title=title, todo=todo)

    def await_nobody(self) -> None:
        """Whoever was announced does not come."""
        self._awaited = None

    def forget(self) -> None:
        """Locked, or another person: what was scanned before is not heard any more."""
        self._awaited = None
        self._person += 1

    # --- who -------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """The big button: whose card it is; once that is known, on to the desk."""
        view = self.page.state.view
        if not self.page.shows_my_number_card():
            self.page.read_again()
        elif view is not None and view.resident is not None:
            self.ctx.navigate("desk", resident=view.resident.id)
        else:
            self.choose()

    def choose(self, text: str = "") -> None:
        """Ask whose card it is; a tag that was scanned answers at once, or as soon as the card was
        read."""
        if not self.ctx.session.unlocked:
            return
        if not text:
            if not self.page.state.busy:
                self._ask(self._chosen)
            return
        person = self._person
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=2),
            done=lambda found: self._scanned(person, text, found),
            failed=lambda exc: self._failed(exc) if person == self._person else None,
        )

    def _scanned(self, person: int, text: str, found: Findings) -> None:
        if person != self._person:
            return  # locked meanwhile
        if found.exact or found.total == 1:
            self._announced(found.rows[0])
        else:
            self._ask(self._announced, text)

    def _ask(self, chosen: Callable[[FoundResident], None], text: str = "") -> None:
        dialog = ChooseResidentDialog(self.ctx, title=self.words("check-choose-title"))
        dialog.chosen.connect(chosen)
        self._watch(dialog)
        dialog.start(text)

    def _announced(self, resident: FoundResident) -> None:
        """A tag alone: the card that lies there is theirs, unless it is known to be another's.
        Of that one, and of a card that was lifted, nothing changes: theirs is still to come."""
        state, whose = self.page.state, self.page.state.whose
        another = whose is not None and whose.id != resident.id
        if state.busy or state.storing:
            self._awaited = resident
        elif state.reading is None or state.lifted or another:
            self._wait_for(resident)
        else:
            self._assign(resident)

    def _chosen(self, resident: FoundResident) -> None:
        """The dialog asked whose the card on the screen is; it may have been lifted meanwhile, but
        not exchanged."""
        state, whose = self.page.state, self.page.state.whose
        gone = state.reading is None or state.exchanged
        if gone or (state.lifted and whose is not None and whose.id != resident.id):
            self._wait_for(resident)
        else:
            self._assign(resident)

    def _assign(self, resident: FoundResident) -> None:
        state, view = self.page.state, self.page.state.view
        if state.reading is None:
            return
        facts = state.reading.facts
        if view is None:
            self.page.store(StoreCheck(facts, state.day, resident.id))
        elif view.resident is None:
            self._do(assign_check, AssignCheck(view.id, facts, resident.id))
        elif view.resident.id != resident.id:
            self.page.store(StoreCheck(facts, None, resident.id))

    def _wait_for(self, resident: FoundResident) -> None:
        self._awaited = resident
        if not self.page.state.busy:
            self.page.state.wait_for(resident.id)
        self.page.tell()
        self.page.look()

    # --- when ------------------------------------------------------------------------------------

    def choose_day(self) -> None:
        """Ask for which day."""
        screen = self.page.state
        day = screen.view.on if screen.view is not None else screen.day or self.page.today()
        dialog = CheckDayDialog(self.ctx, day)
        dialog.chosen.connect(self._day_chosen)
        self._watch(dialog)
        dialog.start()

    def _day_chosen(self, day: date) -> None:
        """Another day is another check: it is stored too."""
        screen = self.page.state
        if screen.reading is None:
            return
        resident = screen.view.resident if screen.view is not None else None
        screen.day = day
        resident_id = resident.id if resident is not None else None
        self.page.store(StoreCheck(screen.reading.facts, day, resident_id))

    # --- what a finding leads to -----------------------------------------------------------------

    def act(self, act: Act) -> None:
        """The button of a finding."""
        view, reading = self.page.state.view, self.page.state.reading
        if act is Act.PLAN:
            self.ctx.ask(desk_choices, done=self._plan, failed=self._failed)
        elif view is None or reading is None:
            return
        elif act is Act.CORRECT_DATES:
            self._do(correct_dates, view.id)
        elif act is Act.REMEMBER:
            self._do(remember_card, view.id, reading.facts)
        elif act is Act.RESIDENT and view.resident is not None:
            self.ctx.navigate("residents", resident=view.resident.id)

    def _plan(self, choices: DeskChoices) -> None:
        view = self.page.state.view
        who = view.resident if view is not None else None
        known = (who.id, who.name, who.room) if who is not None else None
        dialog = PlanVisitDialog(self.ctx, choices, who=known, purpose=RENEWAL)
        self._watch(dialog)
        dialog.recorded.connect(lambda _done: self.page.banner.show_done(self.words("plan-done")))
        dialog.start()

    def compare_attributes(self) -> None:
        """Ask for the code on the face, and compare."""
        view = self.page.state.view
        if view is None or view.resident is None:
            return
        dialog = AttributeDialog(self.ctx, self.page.checker, self._presenter, view)
        who = view.resident
        dialog.compared.connect(self._compared)
        dialog.closed.connect(lambda: self._count_again(who) if dialog.spent else None)
        self._watch(dialog)
        dialog.start()

    def _compared(self, reading: Reading, compared: Compared) -> None:
        """The answer goes into the check; what the card said of its owner is gone already."""
        state = self.page.state
        state.laid_again(reading)
        view = state.view
        if view is None or state.reading is None or view.resident is None:
            return
        state.differing = compared.differing
        self._do(
            assign_check,
            AssignCheck(view.id, state.reading.facts, view.resident.id, compared.result),
        )

    def _count_again(self, who: CheckedResident) -> None:
        """A try was used: what the counters say now is another check of the same card."""
        self._awaited = who
        self.page.state.leave()

    def _watch(self, dialog: Dialog) -> None:
        """While somebody decides, no card takes the place of the one it is about; then it does."""
        dialog.closed.connect(lambda: QTimer.singleShot(0, self.page.look))

    def _do(self, use_case: Any, *args: Any) -> None:
        reading = self.page.state.reading
        self.page.clear_problem()
        self.ctx.do(
            use_case,
            *args,
            done=lambda view: self.page.show_view(reading, view),
            failed=self._failed,
            what=self.words("desk-busy-recording"),
        )

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self.page)
