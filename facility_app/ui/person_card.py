"""The card on the reader while somebody's form is shown: read, checked, told to the form.

The form never waits for it.  Every card is read once for every form, but a card that was checked
for one resident is not checked for the next one before it was lifted, on whatever page.

Use::

    self.card = PersonCard(ctx, form, parent=page)    # `form` is a CardForm
    self.card.prepare()        # the page is shown
    self.card.look()           # a form was shown
    self.card.leave()          # it has gone
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from facility_app.cards.chip import Reading
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.services.card_checks import CheckView, StoreCheck
from facility_app.ui.card_checker import CardChecker
from facility_app.ui.card_thread import CardCase
from facility_app.ui.context import UiContext


class CardForm(Protocol):
    """What is told of the card of the resident on the screen."""

    def card_of(self) -> tuple[int, str] | None:
        """Id and name of whose form is shown; None while none is, or while it is recorded."""

    def card_day(self) -> date:
        """The day that the card is to be good for."""

    def show_card(self, view: CheckView) -> None:
        """The card was read, and the check stands in the log."""

    def show_card_problem(self, problem: Exception) -> None:
        """Something lies on the reader, and nothing is known of it."""

    def show_card_of(self, former: str) -> None:
        """The card of whoever came before lies there still; an empty name: no longer."""


class PersonCard(QObject):
    """One for each page with such a form."""

    def __init__(self, ctx: UiContext, form: CardForm, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx, self._form = ctx, form
        self._checker = CardChecker(ctx, self)
        self._case: CardCase | None = None
        self._told_former = False
        if ctx.cards is not None:
            ctx.cards.state_changed.connect(self._changed)

    def prepare(self) -> None:
        """The page is shown: what may be read of a card?"""
        self._checker.prepare(self.look)

    def look(self) -> None:
        """A form was shown: is its card there?"""
        if self.ctx.cards is not None:
            self._changed(self.ctx.cards.now)

    def leave(self) -> None:
        """The form has gone: the next one, also of the same resident, asks the card anew."""
        self._case, self._told_former = None, False

    def _changed(self, now: ReaderNow) -> None:
        shown = self._form.card_of()
        may = self._checker.allowed and self._checker.ready
        if shown is None or not may:
            return
        if now.state is not ReaderState.CARD:
            self._lifted(now.state)
            return
        case = (shown[0], now.reader, now.insertion)
        if case == self._case:
            return
        self._case = case
        former = self._former(case)
        if former:
            self._told_former = True
            self._form.show_card_of(former)
        else:
            self._checker.read(done=partial(self._read, case), failed=partial(self._not_read, case))

    def _former(self, case: CardCase) -> str:
        """Whose the card is, where it lies there since it was stored for somebody else."""
        stored = self.ctx.cards.stored if self.ctx.cards is not None else None
        known, name = stored or (case, "")
        return name if known[1:] == case[1:] and known[0] != case[0] else ""

    def _lifted(self, state: ReaderState) -> None:
        """The card of whoever came before has gone."""
        if self._told_former and state is not ReaderState.BUSY:
            self._case, self._told_former = None, False
            self._form.show_card_of("")

    def _read(self, case: CardCase, reading: Reading) -> None:
        shown = self._form.card_of()
        if shown is None or not self._still(case) or self.ctx.cards is None:
            return
        self.ctx.cards.stored = case, shown[1]
        self._checker.store(
            StoreCheck(reading.facts, self._form.card_day(), case[0]),
            done=partial(self._stored, case),
            failed=partial(self._not_stored, case),
        )

    def _stored(self, case: CardCase, view: CheckView) -> None:
        if self._still(case):
            self._form.show_card(view)

    def _not_stored(self, case: CardCase, problem: Exception) -> None:
        cards = self.ctx.cards
        if cards is not None and cards.stored is not None and cards.stored[0] == case:
            cards.stored = None
        self._not_read(case, problem)

    def _not_read(self, case: CardCase, problem: Exception) -> None:
        if self._still(case):
            self._form.show_card_problem(problem)

    def _still(self, case: CardCase) -> bool:
        """Whether the form that the card was read for is still on the screen."""
        shown = self._form.card_of()
        return self._case == case and shown is not None and shown[0] == case[0]
