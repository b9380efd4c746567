"""The card on the reader while somebody's sign-out form is shown: put among the warnings.  The form
never waits for it, and it never turns the main button off.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from facility_app.domain.clock import local_date
from facility_app.services.card_checks import CheckView
from facility_app.ui.person_card import PersonCard
from facility_app.ui.viewmodels.desk_card import DeskCheck

if TYPE_CHECKING:
    from facility_app.ui.pages.desk import DeskPage


class DeskCard:
    """One for the desk; see `PersonCard`."""

    def __init__(self, page: DeskPage) -> None:
        self._page, self.ctx = page, page.ctx
        self._card = PersonCard(page.ctx, self, page)

    def prepare(self) -> None:
        """The page is shown: what may be read of a card?"""
        self._card.prepare()

    def look(self) -> None:
        """A form was shown: is its card there?"""
        self._card.look()

    def leave(self) -> None:
        """The form has gone: the next one, also of the same resident, asks the card anew."""
        self._card.leave()
        self._page.out.checked = DeskCheck()

    # --- what the card is told of ----------------------------------------------------------------

    def card_of(self) -> tuple[int, str] | None:
        """Whose form is shown; None while none is, or while it is being recorded."""
        page, form = self._page, self._page.out.form
        shown = page.isVisible() and page.views.currentWidget() is page.out
        if form is None or not shown or page.acts.sending or not self.ctx.session.unlocked:
            return None
        return form.resident.id, form.resident.name

    def card_day(self) -> date:
        """Today: it leaves now."""
        return local_date(self.ctx.now())

    def show_card(self, view: CheckView) -> None:
        """Among the warnings, and aloud."""
        self._page.out.show_card(view)
        self.ctx.announce(self._page.out.spoken())

    def show_card_problem(self, problem: Exception) -> None:
        """Nothing is known of what lies there."""
        self._page.out.show_card_problem(problem)

    def show_card_of(self, former: str) -> None:
        """Whose card lies there still; an empty name: no longer."""
        self._page.out.show_card_of(former)
        if former:
            self.ctx.announce(self._page.out.spoken())
