"""What can be done with a check: choose the resident or the day, take dates over, go on."""

from __future__ import annotations

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
from facility_app.ui.viewmodels.card_check import Picture
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
        self._awaited: FoundResident | CheckedResident | None = None

    # --- for the next card -----------------------------------------------------------------------

    def wanted(self) -> tuple[date | None, int | None]:
        """Day and resident that the next check is stored with; None = found out there."""
        return self.page.state.day, self._awaited.id if self._awaited is not None else None

    def stored(self, view: CheckView) -> None:
        """A check was stored: whoever was awaited has come."""
        self._awaited = None
        if self.ctx.shell is not None:
            self.ctx.shell.show_last_act(act_line(self.words, view))
        self.ctx.session.acted.emit()

    def awaited(self, picture: Picture) -> Picture:
        """The picture of a reader that waits for a card, with the name of whose it is to be."""
        if self._awaited is None or picture.trouble or self.page.state.busy:
            return picture
        name = self._awaited.name
        return replace(picture, title=self.words("check-ready-for", name=name))

    def forget(self) -> None:
        """Nobody is awaited."""
        self._awaited = None

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
        """Ask whose card it is; a tag that was scanned answers at once."""
        if self.page.state.busy or not self.ctx.session.unlocked:
            return
        if not text:
            self._ask()
            return
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=2),
            done=lambda found: self._scanned(text, found),
            failed=lambda exc: self.ctx.show_error(exc, self.page),
        )

    def _scanned(self, text: str, found: Findings) -> None:
        if found.exact or found.total == 1:
            self._chosen(found.rows[0])
        else:
            self._ask(text)

    def _ask(self, text: str = "") -> None:
        dialog = ChooseResidentDialog(self.ctx, title=self.words("check-choose-title"))
        dialog.chosen.connect(self._chosen)
        self._watch(dialog)
        dialog.start(text)

    def _chosen(self, resident: FoundResident) -> None:
        page, view = self.page, self.page.state.view
        reading = page.state.reading
        known = view.resident.id if view is not None and view.resident is not None else None
        if known == resident.id:
            return
        if reading is None or (known is not None and page.state.lifted):
            self._wait_for(resident)  # the card of the next pouch is still to come
        elif view is None or known is not None:
            page.store(StoreCheck(reading.facts, None, resident.id))
        else:
            command = AssignCheck(view.id, reading.facts, resident.id)
            self._do(assign_check, command)

    def _wait_for(self, resident: FoundResident) -> None:
        self._awaited = resident
        self.page.state.forget()
        self.page.tell()

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
