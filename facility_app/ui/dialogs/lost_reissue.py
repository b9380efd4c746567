"""The new one is here: received into custody in place of the lost one."""

from __future__ import annotations

from collections.abc import Callable

from facility_app.rules.keeper import LostBook
from facility_app.services.item_kinds import KindView, item_kinds
from facility_app.services.lost_found import Reissue, reissue
from facility_app.services.lost_views import StepView
from facility_app.services.resident_data import ResidentView
from facility_app.services.resident_view import view_resident
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.pages.item_dialog import ItemDialog


class ReissueDialog(ItemDialog):
    """The form for receiving a thing, with the kind of the lost one chosen."""

    def __init__(
        self, ctx: UiContext, book: LostBook, kinds: list[KindView], view: ResidentView,
        step: StepView,
    ) -> None:  # fmt: skip
        super().__init__(ctx, kinds, view)
        self.book, self._step_id = book, int(step.id)
        self.title.set(ctx.words("loss-act-reissue"))
        self.add_note("history", ctx.words("loss-reissue-note"))
        lost = step.item.item_id if step.item is not None else None
        known = [*view.items, *view.past_items]
        code = next((each.form.kind_code for each in known if each.id == lost), None)
        self.kind.choose(code)

    def start(self) -> None:
        """Show it."""
        self.open(self.kind)

    def act(self) -> None:
        """Receive it in the lost one's place."""
        self.send_form(
            reissue,
            lambda: (
                self.book,
                Reissue(
                    self._step_id,
                    self.form(),
                    self.received_from.text(),
                    self.received_on.date_or_none(),
                ),
            ),
        )


def open_reissue(
    ctx: UiContext,
    book: LostBook,
    step: StepView,
    run: Callable[[ActDialog], object],
    failed: Callable[[Exception], object],
) -> None:
    """Read the resident and the kinds, then show the form."""
    resident = step.resident
    if resident is None:
        return
    office, actor = ctx.office, ctx.session.require()

    def read() -> tuple[list[KindView], ResidentView]:
        kinds: list[KindView] = office.ask(actor, item_kinds)
        view: ResidentView = office.ask(actor, view_resident, resident.id)
        return kinds, view

    ctx.lane.run(
        read,
        done=lambda read: run(ReissueDialog(ctx, book, read[0], read[1], step)),
        failed=failed,
        what=ctx.words("desk-busy-reading"),
    )
