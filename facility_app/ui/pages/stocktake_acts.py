"""What the counter's page does with the services: finding a pouch, keeping a place, finishing."""

from __future__ import annotations

from typing import Any

from facility_app.domain.stocktake import Found
from facility_app.domain.tags import parse_code
from facility_app.errors import Refused
from facility_app.services.acts import Recorded, recorded
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.services.stocktake_count import (
    CountedElsewhere,
    MovedMeanwhile,
    count_place,
    rest_empty,
)
from facility_app.services.stocktake_own import (
    CountView,
    OpenedPouch,
    count_view,
    opened_pouch,
    pouch_of_tag,
)
from facility_app.services.stocktake_result import PlacesChanged, finish_count
from facility_app.ui.pages.stocktake_dialogs import ConfirmDialog
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.stocktake_count import Counting

FOUND = 8  # as on the desk: with more hits, typing on is quicker than reading


class CountActs:
    """On behalf of the page; a second act while one is on its way is nothing."""

    def __init__(self, page: Any) -> None:
        """`page` is the StocktakePage."""
        self.page, self.ctx, self.words = page, page.ctx, page.words
        self.sending = False
        self._then: OpenedPouch | None = None
        self._asked = 0

    @property
    def counting(self) -> Counting | None:
        """The count on the screen."""
        counting: Counting | None = self.page.counting
        return counting

    # --- finding a pouch -------------------------------------------------------------------------

    def scanned(self, text: str) -> None:
        """Enter in the field or a burst: a tag, a place of this cabinet, or somebody's name."""
        counting = self.counting
        if counting is None or self.sending:
            return
        code = parse_code(text)
        if code is not None:
            self._ask_tag(code)
            return
        place = counting.labelled(text)
        if place is not None:
            self.page.field.clear()
            self.page.go_to(place.slot_id)
        elif self.page.count.found_text != text or not self.page.count.results.pick_current():
            self.search(text, pick=True)

    def _ask_tag(self, code: str) -> None:
        self._asked += 1
        asked = self._asked
        self.ctx.ask(
            pouch_of_tag,
            code,
            done=lambda pouch: self._tag_read(asked, pouch),
            failed=self._failed,
            what=self.words("stocktake-busy"),
        )

    def _tag_read(self, asked: int, pouch: OpenedPouch | None) -> None:
        if asked != self._asked:
            return
        self.page.field.clear()
        if pouch is None:
            words = self.words
            self.page.count.show_hint(
                words("stocktake-count-strange-tag"), words("stocktake-count-strange-tag-how")
            )
            return
        self.take_up(pouch)

    def search(self, text: str, *, pick: bool) -> None:
        """Whom the typed text means; Enter takes the only one."""
        if not self.ctx.session.unlocked:
            return
        if not text:
            self.page.count.leave_found()
            return
        self._asked += 1
        asked = self._asked
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=FOUND),
            done=lambda found: self._show_found(asked, text, found, pick),
            failed=lambda exc: self._not_found(exc, loud=pick),
            what=self.words("stocktake-busy"),
        )

    def _show_found(self, asked: int, text: str, found: Findings, pick: bool) -> None:
        if asked != self._asked or self.counting is None:
            return
        if pick and found.total == 1:
            self.pick(found.rows[0].id)
        elif pick or self.page.field.wanted() == text:
            self.page.count.show_found(text, found.rows)

    def _not_found(self, exc: Exception, *, loud: bool) -> None:
        """While somebody types, a refusal of half a word is none of their business."""
        if loud or not isinstance(exc, Refused):
            self.ctx.show_error(exc, self.page)

    def pick(self, resident_id: int) -> None:
        """This resident's things are in the hand."""
        self.page.field.clear()
        self.ctx.ask(
            opened_pouch,
            resident_id,
            done=self.take_up,
            failed=self._failed,
            what=self.words("stocktake-busy"),
        )

    def take_up(self, pouch: OpenedPouch) -> None:
        """Another pouch ends the one before, if something of it was counted."""
        counting = self.counting
        if counting is None or self.sending:
            return
        other = counting.pouch is not None and counting.pouch.resident_id != pouch.resident_id
        if other and not counting.total:
            words = self.words
            self.page.count.show_hint(
                words("stocktake-count-nothing-yet"), words("stocktake-count-nothing-yet-how")
            )
            return
        if other:
            self.keep(Found.POUCH, then=pouch)
            return
        if counting.place is None or counting.complete:
            return
        counting.take_up(pouch)
        self.page.show_count()
        self.page.count.pieces.focus_first()
        self.ctx.announce(pouch.name)

    # --- keeping ---------------------------------------------------------------------------------

    def keep(
        self,
        found: Found,
        *,
        stay: bool = False,
        twice: bool = False,
        then: OpenedPouch | None = None,
    ) -> None:
        """Write down what lies here; `stay`: there is another pouch beside it; `then`: the next
        one is in the hand already."""
        counting = self.counting
        if counting is None or counting.place is None or self.sending:
            return
        self._send(True)
        label = counting.place.label
        self.ctx.do(
            recorded(count_place),
            counting.command(found, twice=twice),
            done=lambda _done: self._kept(label, stay, then),
            failed=lambda exc: self._not_kept(exc, found, stay, then),
            what=self.words("stocktake-count-busy"),
        )

    def _kept(self, label: str, stay: bool, then: OpenedPouch | None) -> None:
        self.ctx.announce(self.words("stocktake-count-kept", place=label))
        self.page.clear_problem()
        self._then = then
        self.read(stay=stay)

    def _not_kept(self, exc: Exception, found: Found, stay: bool, then: OpenedPouch | None) -> None:
        self._send(False)
        if isinstance(exc, CountedElsewhere):
            again = lambda: self.keep(found, stay=stay, twice=True, then=then)  # noqa: E731  # once
            ConfirmDialog(self.ctx, "stocktake-twice", again, place=exc.place).start()
            return
        self.ctx.show_error(exc, self.page)
        if isinstance(exc, MovedMeanwhile):
            self.read()

    def read(self, *, stay: bool = False) -> None:
        """Read the count again: places, marks, and the record's size."""
        if self.counting is None:
            return
        self.ctx.ask(
            count_view,
            self.counting.view.id,
            done=lambda view: self._show(view, stay),
            failed=self._failed,
            what=self.words("stocktake-busy"),
        )

    def _show(self, view: CountView, stay: bool) -> None:
        self._send(False)
        counting, then = self.counting, self._then
        self._then = None
        if counting is None or counting.view.id != view.id:
            return
        counting.show(view, stay=stay)
        self.page.show_count()
        if then is not None:
            self.take_up(then)
        else:
            self.page.focus_count()

    # --- ending ----------------------------------------------------------------------------------

    def rest(self) -> None:
        """Ask first: every place that is left is empty."""
        counting = self.counting
        if counting is None:
            return
        left = sum(not place.marks for place in counting.view.places)
        ConfirmDialog(self.ctx, "stocktake-rest", self._rest, count=str(left)).start()

    def _rest(self) -> None:
        counting = self.counting
        if counting is not None and not self.sending:
            self._send(True)
            self.ctx.do(
                rest_empty,
                counting.view.id,
                counting.view.position,
                done=lambda _count: self.read(),
                failed=self._failed_sending,
                what=self.words("stocktake-count-busy"),
            )

    def finish(self) -> None:
        """End the count."""
        counting = self.counting
        if counting is not None and not self.sending:
            self._send(True)
            self.ctx.do(
                recorded(finish_count),
                counting.view.id,
                done=self._finished,
                failed=self._failed_sending,
                what=self.words("stocktake-count-busy"),
            )

    def _finished(self, done: Recorded[int]) -> None:
        self._send(False)
        number = number_text(self.words, done.seq)
        self.page.leave_count(self.words("stocktake-count-ended", number=number))

    def _failed_sending(self, exc: Exception) -> None:
        self._send(False)
        self.ctx.show_error(exc, self.page)
        if isinstance(exc, PlacesChanged | MovedMeanwhile):
            self.read()

    def _failed(self, exc: Exception) -> None:
        self._send(False)
        self.ctx.show_error(exc, self.page)

    def _send(self, sending: bool) -> None:
        self.sending = sending
        self.page.tell()
