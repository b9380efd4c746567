"""The card on the reader while somebody's sign-out form is shown: read, checked, put among the
warnings.  The form never waits for it, and it never turns the main button off.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from facility_app.cards.chip import Reading
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.domain.clock import local_date
from facility_app.services.card_checks import CheckView, StoreCheck
from facility_app.ui.card_checker import CardChecker
from facility_app.ui.viewmodels.desk_card import DeskCheck

if TYPE_CHECKING:
    from facility_app.ui.pages.desk import DeskPage

Case = tuple[int, str, int]
"""A resident, a reader, and which card was put on it."""


class DeskCard(QObject):
    """One for the desk.  Every card is read once for every form, but a card that was checked for
    one resident is not checked for the next one before it was lifted."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page, self.ctx = page, page.ctx
        self._checker = CardChecker(page.ctx, self)
        self._case: Case | None = None
        self._known: tuple[Case, str] | None = None
        """The card that was stored last, and the name it was stored for."""
        if self.ctx.cards is not None:
            self.ctx.cards.state_changed.connect(self._changed)

    def prepare(self) -> None:
        """The page is shown: what may be read of a card?"""
        self._checker.prepare(self.look)

    def look(self) -> None:
        """A form was shown: is its card there?"""
        if self.ctx.cards is not None:
            self._changed(self.ctx.cards.now)

    def leave(self) -> None:
        """The form has gone: the next one, also of the same resident, asks the card anew."""
        self._case = None
        self._page.out.checked = DeskCheck()

    def _changed(self, now: ReaderNow) -> None:
        resident_id = self._resident()
        may = self._checker.allowed and self._checker.ready
        if resident_id is None or not may:
            return
        if now.state is not ReaderState.CARD:
            self._lifted(now.state)
            return
        case = (resident_id, now.reader, now.insertion)
        if case == self._case:
            return
        self._case = case
        former = self._former(case)
        if former:
            self._page.out.show_card_of(former)
            self.ctx.announce(self._page.out.spoken())
        else:
            self._checker.read(done=partial(self._read, case), failed=partial(self._not_read, case))

    def _former(self, case: Case) -> str:
        """Whose the card is, where it lies there since it was stored for somebody else."""
        known, name = self._known or (case, "")
        return name if known[1:] == case[1:] and known[0] != case[0] else ""

    def _lifted(self, state: ReaderState) -> None:
        """The card of whoever came before has gone."""
        if self._page.out.checked.former and state is not ReaderState.BUSY:
            self._case = None
            self._page.out.show_card_of("")

    def _read(self, case: Case, reading: Reading) -> None:
        form = self._page.out.form
        if form is None or not self._still(case):
            return
        today = local_date(self.ctx.now())
        self._known = case, form.resident.name
        self._checker.store(
            StoreCheck(reading.facts, today, case[0]),
            done=partial(self._stored, case),
            failed=partial(self._not_stored, case),
        )

    def _stored(self, case: Case, view: CheckView) -> None:
        if self._still(case):
            self._page.out.show_card(view)
            self.ctx.announce(self._page.out.spoken())

    def _not_stored(self, case: Case, problem: Exception) -> None:
        if self._known is not None and self._known[0] == case:
            self._known = None
        self._not_read(case, problem)

    def _not_read(self, case: Case, problem: Exception) -> None:
        if self._still(case):
            self._page.out.show_card_problem(problem)

    def _still(self, case: Case) -> bool:
        """Whether the form that the card was read for is still on the screen."""
        return self._case == case and self._resident() == case[0]

    def _resident(self) -> int | None:
        """Whose form is shown; None while none is, or while it is being recorded."""
        page, form = self._page, self._page.out.form
        shown = page.isVisible() and page.views.currentWidget() is page.out
        if form is None or not shown or page.acts.sending or not self.ctx.session.unlocked:
            return None
        return form.resident.id
