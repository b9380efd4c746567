"""利用者: the list, and one resident with what is kept, agreed, planned and was out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QAbstractButton

from facility_app.services.acts import Recorded
from facility_app.services.cabinets import slots
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.imports import ImportResult
from facility_app.services.item_kinds import item_kinds
from facility_app.services.items import ChangeItem, change_item
from facility_app.services.recognition import forget_card
from facility_app.services.resident_data import ItemView, ResidentView
from facility_app.services.resident_view import view_resident
from facility_app.services.residents import (
    ChangeResident,
    Readmit,
    change_resident,
    readmit_resident,
)
from facility_app.services.visits import cancel_visit
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.page import Page
from facility_app.ui.pages.agreement_dialog import AgreementDialog, ReviewDialog, WithdrawDialog
from facility_app.ui.pages.import_dialog import ImportDialog
from facility_app.ui.pages.item_dialog import ItemDialog
from facility_app.ui.pages.proxy_dialog import EndProxyDialog, ProxyDialog
from facility_app.ui.pages.resident_detail import ResidentDetail
from facility_app.ui.pages.resident_dialog import DischargeDialog, ResidentDialog
from facility_app.ui.pages.resident_list import ResidentList
from facility_app.ui.pages.resident_tags import TagActs
from facility_app.ui.pages.shown_part import ShownPart

RENEWAL = "renewal"
"""The purpose that a planned renewal is filled in with."""


class ResidentsPage(Page):
    """`open(resident=id)` shows one; without it the list."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.resident: int | None = None
        self._tab = ""
        self.list = ResidentList(ctx)
        self.detail = ResidentDetail(ctx)
        self.stack = ShownPart(self.theme)
        self.stack.add(self.list)
        self.stack.add(self.detail)
        self.content.addWidget(self.stack, 1)
        self.tags = TagActs(self)
        self._connect_list()
        self._connect_detail()
        self.theme.changed.connect(self._place_main)

    def _connect_list(self) -> None:
        self.list.opened.connect(self._open)
        self.list.register_wanted.connect(self._register)
        self.list.import_wanted.connect(self._import)

    def _connect_detail(self) -> None:
        detail = self.detail
        detail.back_wanted.connect(self._back)
        detail.edit.clicked.connect(self._edit)
        detail.head.sign_out.clicked.connect(self._to_desk)
        detail.items.receive_wanted.connect(lambda: self._item(None))
        detail.items.edit_wanted.connect(self._item)
        detail.items.renew_wanted.connect(lambda _item: self._visit(None, RENEWAL))
        detail.items.forget_wanted.connect(lambda item: self._do(forget_card, item.id))
        detail.items.agree_wanted.connect(self._agree)
        detail.items.lost_wanted.connect(lambda item: self.ctx.navigate("lost", item=item.id))
        detail.items.report_wanted.connect(
            lambda: self.ctx.navigate("lost", report=True, residents=[self.view().id])
        )
        detail.agreements.add_wanted.connect(self._agree)
        detail.agreements.review_wanted.connect(
            lambda each: self._dialog(ReviewDialog(self.ctx, self.view(), each), "reviewed")
        )
        detail.agreements.withdraw_wanted.connect(
            lambda each: self._dialog(WithdrawDialog(self.ctx, self.view(), each), "withdrawn")
        )
        self._connect_records(detail)

    def _connect_records(self, detail: ResidentDetail) -> None:
        detail.proxies.add_wanted.connect(
            lambda: self._dialog(ProxyDialog(self.ctx, self.view()), "saved")
        )
        detail.proxies.edit_wanted.connect(
            lambda each: self._dialog(ProxyDialog(self.ctx, self.view(), each), "saved")
        )
        detail.proxies.end_wanted.connect(
            lambda each: self._dialog(EndProxyDialog(self.ctx, self.view(), each), "saved")
        )
        detail.visits.add_wanted.connect(lambda: self._visit(None))
        detail.visits.edit_wanted.connect(self._visit)
        detail.visits.cancel_wanted.connect(lambda each: self._do(cancel_visit, each.id))
        papers = detail.papers
        papers.print_wanted.connect(lambda: self.tags.paper(self.view().id, to_printer=True))
        papers.save_wanted.connect(lambda: self.tags.paper(self.view().id, to_printer=False))
        papers.replace_wanted.connect(lambda: self.tags.replace(self.view()))
        papers.discharge_wanted.connect(
            lambda: self._dialog(DischargeDialog(self.ctx, self.view()), "discharged")
        )
        papers.readmit_wanted.connect(
            lambda: self._do(readmit_resident, Readmit(self.view().id, self.view().version))
        )

    # --- Page ----------------------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """Show one resident (`tab` by name, see `TABS`), or the list with a fresh field."""
        resident, tab = args.get("resident"), args.get("tab")
        self._tab = tab if isinstance(tab, str) else ""
        self.resident = resident if isinstance(resident, int) else None
        if self.resident is None:
            self.list.reset()

    def refresh(self) -> None:
        """Load what is shown."""
        self.clear_problem()
        if self.resident is None:
            self.stack.show_part(self.list)
            self._place_main()
            self.list.refresh()
        else:
            self.load(self.resident)

    def focus_first(self) -> None:
        """The search field, or the main button."""
        if self.resident is None:
            self.list.scan.setFocus()
        else:
            self.detail.head.back.setFocus()

    def scan(self, text: str) -> None:
        """A tag: its resident, wherever one is on this page."""
        self._back()
        self.list.scan.scan(text)

    def main_button(self) -> QAbstractButton | None:
        """Enter signs out (or in) where one resident is shown."""
        return self.detail.head.sign_out if self.resident is not None else None

    # --- what is shown ---------------------------------------------------------------------------

    def view(self) -> ResidentView:
        """The resident that is shown.  Raises LookupError while none is."""
        if self.detail.view is None:
            raise LookupError("no resident is shown")
        return self.detail.view

    def load(self, resident: int) -> None:
        """Read one resident and show them."""
        self.ctx.ask(
            view_resident,
            resident,
            done=self._show,
            failed=lambda exc: self.ctx.show_error(exc, self),
            what=self.words("residents-busy-load"),
        )

    def _show(self, view: ResidentView) -> None:
        if view.id != self.resident:
            return  # an answer that came after somebody else was opened
        self.detail.show_view(view)
        if self._tab:
            self.detail.choose(self._tab)
            self._tab = ""
        self.stack.show_part(self.detail)
        self._place_main()

    def _place_main(self) -> None:
        """Enlarged, the main button stands in the fixed bar, in sight beside what it is about."""
        head = self.detail.head
        in_bar = self.theme.compact and self.stack.current is self.detail
        if in_bar:
            self.act_row.addWidget(head.sign_out)
        else:
            head.take_main()
        self.bar.setVisible(in_bar)

    def _open(self, resident: int) -> None:
        self.resident = resident
        self.load(resident)
        self.detail.head.back.setFocus()

    def _back(self) -> None:
        self.resident = None
        self.refresh()
        self.list.scan.setFocus()

    # --- acts ------------------------------------------------------------------------------------

    def _to_desk(self) -> None:
        self.ctx.navigate("desk", resident=self.view().id)

    def _register(self) -> None:
        def show(free: list[Any]) -> None:
            dialog = ResidentDialog(self.ctx, free, None)
            dialog.recorded.connect(self._registered)
            dialog.open(dialog.name)

        self._ask(slots, show)

    def _registered(self, done: Recorded[int]) -> None:
        self.resident = done.value
        self.load(done.value)
        self.banner.show_done(self.words("residents-done-registered"))

    def _edit(self) -> None:
        before = self.view()

        def show(free: list[Any]) -> None:
            dialog = ResidentDialog(self.ctx, free, before)
            dialog.recorded.connect(lambda done: self._changed(before, done.value))
            dialog.open(dialog.name)

        self._ask(slots, show)

    def _changed(self, before: ResidentView, version: int) -> None:
        self.load(before.id)
        if version == before.version:
            return
        self.banner.show_done(
            self.words("residents-done-changed"),
            on_undo=lambda: self._do(
                change_resident, ChangeResident(before.id, version, before.form)
            ),
        )

    def _item(self, item: ItemView | None) -> None:
        view = self.view()

        def show(kinds: list[Any]) -> None:
            dialog = ItemDialog(self.ctx, kinds, view, item)
            if item is None:
                dialog.recorded.connect(lambda _done: self.done("received"))
            else:
                dialog.recorded.connect(lambda done: self._item_changed(item, done.value))
            dialog.open(dialog.kind)

        self._ask(item_kinds, show)

    def _item_changed(self, before: ItemView, version: int) -> None:
        self.load(self.view().id)
        if version == before.version:
            return
        self.banner.show_done(
            self.words("residents-done-changed"),
            on_undo=lambda: self._do(change_item, ChangeItem(before.id, version, before.form)),
        )

    def _agree(self) -> None:
        view = self.view()
        self._ask(
            item_kinds,
            lambda kinds: self._dialog(AgreementDialog(self.ctx, kinds, view), "agreed"),
        )

    def _visit(self, visit: Any, purpose: str = "") -> None:
        view = self.view()
        who = (view.id, view.form.name, view.form.room)

        def show(choices: DeskChoices) -> None:
            dialog = PlanVisitDialog(self.ctx, choices, visit=visit, who=who, purpose=purpose)
            dialog.recorded.connect(lambda _done: self.done("visit"))
            dialog.start()

        self._ask(desk_choices, show)

    def _import(self) -> None:
        dialog = ImportDialog(self.ctx)
        dialog.imported.connect(self._imported)
        dialog.open(dialog.choose)

    def _imported(self, result: ImportResult) -> None:
        self.list.refresh()
        self.banner.show_done(
            self.words(
                "import-done",
                residents=str(result.residents.new + result.residents.changed),
                items=str(result.items.new + result.items.changed),
            )
        )

    def _ask(self, query: Callable[..., Any], show: Callable[[Any], None]) -> None:
        self.ctx.ask(query, done=show, failed=lambda exc: self.ctx.show_error(exc, self))

    def _dialog(self, dialog: ActDialog, done: str) -> None:
        dialog.recorded.connect(lambda _done: self.done(done))
        dialog.open()

    def done(self, what: str) -> None:
        """Read the resident anew and say what was done."""
        self.load(self.view().id)
        self.banner.show_done(self.words(f"residents-done-{what}"))

    def _do(self, use_case: Callable[..., Any], *args: Any) -> None:
        self.ctx.do(
            use_case,
            *args,
            done=lambda _value: self.done("saved"),
            failed=lambda exc: self.ctx.show_error(exc, self),
            what=self.words("residents-busy-save"),
        )
