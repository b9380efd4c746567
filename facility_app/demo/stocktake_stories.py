"""The stories of the stocktake: two people count one small cabinet, a manager answers for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.pouches import Contents, Pouch
from facility_app.demo.sample import SMALL_CABINET
from facility_app.demo.stage import Stage
from facility_app.domain.stocktake import StocktakeState
from facility_app.ui.pages.stocktake import StocktakePage
from facility_app.ui.pages.stocktake_dialogs import ApproveDialog, ExplainDialog

AWAY = "medicine-book"
"""What both counters miss in the last pouch."""

EXPLANATION = "お薬手帳は薬局に預けたままでした。受け取って袋に戻しました。"


class StocktakeStories:
    """Each plays one story on `stage`; `contents` is what really lies in the pouches of `held`."""

    def __init__(self, stage: Stage, held: tuple[Pouch, ...], contents: Contents) -> None:
        self.stage, self.desk = stage, DeskHands(stage)
        self.hands, self.eyes = stage.hands, stage.eyes
        here = [pouch for pouch in held if pouch.slot.startswith(SMALL_CABINET)]
        self.found = {pouch: dict(contents[pouch.resident_id]) for pouch in here}
        del self.found[here[-1]][AWAY]

    def first(self) -> None:
        """A custodian scans every pouch, presses once for each piece, and says what is empty."""
        with self.stage.story("stocktake-first"):
            self._count(SMALL_CABINET, self.found, pictures=True)

    def second(self) -> None:
        """Another person counts the same places blindly, and explains what differs."""
        with self.stage.story("stocktake-second"):
            page = self._count(SMALL_CABINET, self.found)
            self._result(page, SMALL_CABINET)
            self.stage.picture("stocktake-difference")
            self.hands.click(page.outcome.buttons[0])
            dialog = self.desk.dialog(ExplainDialog)
            self.hands.click(dialog.field)
            self.hands.type(EXPLANATION)
            self.stage.picture("stocktake-explain")
            main = self.eyes.button("stocktake-explain-go", dialog)
            self.hands.answer(
                lambda: self.hands.click(main),
                lambda: self.desk.resting() and self.eyes.reads(EXPLANATION),
                "the explanation",
            )
            self.hands.click(page.back)

    def approve(self) -> None:
        """A manager who did not count looks at the result and answers for it."""
        with self.stage.story("stocktake-approve"):
            page = self.show_result(SMALL_CABINET)
            self.stage.picture("stocktake-result")
            self.hands.click(page.button)
            dialog = self.desk.dialog(ApproveDialog)
            self.stage.picture("stocktake-approve")
            main = self.eyes.button("stocktake-approve-go", dialog)
            self.hands.answer(
                lambda: self.hands.click(main), lambda: self._approved(page), "the approval"
            )
            self.hands.click(page.back)

    def count_empty(self, cabinet: str) -> None:
        """Somebody counts a cabinet in which no pouch lies."""
        self._count(cabinet, {})

    def show_result(self, cabinet: str) -> StocktakePage:
        """What the counts of a cabinet differ in."""
        self.stage.go("stocktake")
        page = self.stage.page(StocktakePage)
        self._result(page, cabinet)
        return page

    # --- counting --------------------------------------------------------------------------------

    def _count(
        self, cabinet: str, found: dict[Pouch, dict[str, int]], *, pictures: bool = False
    ) -> StocktakePage:
        self.stage.go("stocktake")
        page = self.stage.page(StocktakePage)
        self.hands.answer(
            lambda: self.hands.click(page.home.buttons[cabinet]),
            lambda: page.counting is not None and page.field.hasFocus() and self.desk.resting(),
            "the places of the cabinet",
        )
        for pouch, pieces in found.items():
            self._pouch(page, pouch, pieces, picture=pictures)
            pictures = False
        counting = page.counting
        for _empty in range(len(counting.view.places) - counting.done if counting else 0):
            self._next_place(page, Qt.Key.Key_F4)
        self.hands.answer(
            self.hands.enter,
            lambda: page.counting is None and page.home.isVisible() and self.desk.resting(),
            "the end of the count",
        )
        return page

    def _pouch(
        self, page: StocktakePage, pouch: Pouch, pieces: dict[str, int], *, picture: bool
    ) -> None:
        self.hands.answer(
            partial(self.hands.scan, pouch.code),
            lambda: self._in_hand(page) == pouch.resident_id,
            pouch.name,
        )
        for kind, count in pieces.items():
            for _piece in range(count):
                self.hands.click(page.count.pieces.buttons[kind])
        total = sum(pieces.values())
        self.stage.wait(
            lambda: page.counting is not None and page.counting.total == total, "the pieces counted"
        )
        if picture:
            self.stage.picture("stocktake-count")
        self._next_place(page, Qt.Key.Key_Return)

    def _next_place(self, page: StocktakePage, key: Qt.Key) -> None:
        """One key keeps what lies here; the next place is the answer."""
        before = page.counting.done if page.counting else 0

        def kept() -> bool:
            done = page.counting.done if page.counting else 0
            return done > before and not page.acts.sending and self.desk.resting()

        self.hands.answer(lambda: self.hands.key(key), kept, "the place kept")

    def _in_hand(self, page: StocktakePage) -> int | None:
        pouch = page.counting.pouch if page.counting is not None else None
        return pouch.resident_id if pouch is not None and self.desk.resting() else None

    # --- the result ------------------------------------------------------------------------------

    def _result(self, page: StocktakePage, cabinet: str) -> None:
        self.hands.answer(
            lambda: self.hands.click(page.home.buttons[cabinet]),
            lambda: page.result is not None and page.outcome.isVisible() and self.desk.resting(),
            "what the counts differ in",
        )

    def _approved(self, page: StocktakePage) -> bool:
        result = page.result
        approved = result is not None and result.summary.state is StocktakeState.APPROVED
        return approved and self.desk.resting()
