"""Proxies: enter or change one, note that the power has ended."""

from __future__ import annotations

from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.services.fields import Field
from facility_app.services.proxies import (
    AddProxy,
    ChangeProxy,
    EndProxy,
    ProxyForm,
    add_proxy,
    change_proxy,
    end_proxy,
)
from facility_app.services.resident_data import ProxyView, ResidentView
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


class ProxyDialog(FormDialog):
    """Who, in what relation, with which papers seen; numbers of papers are never kept."""

    def __init__(self, ctx: UiContext, view: ResidentView, proxy: ProxyView | None = None) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-proxy-change" if proxy else "residents-dialog-proxy"),
            subtitle=words("residents-who", name=view.form.name),
            icon="supervisor_account",
            save=words("residents-save"),
        )
        self.view, self.proxy = view, proxy
        form = proxy.form if proxy else ProxyForm(ProxyKind.FAMILY, "")
        self.kind = self.choice_field(
            Field.CAPACITY, [(each, words.term(each)) for each in ProxyKind], form.kind
        )
        self.name = self.line_field(Field.NAME, form.name)
        self.phone = self.line_field(Field.PHONE, form.phone)
        self.until = self.date_field(Field.VALID_UNTIL, form.valid_until)
        self.place(Text(ctx.theme, words("residents-proxy-seen"), bold=True), 2)
        self.proofs: dict[ProofKind, TickRow] = {}
        for proof in ProofKind:
            tick = TickRow(ctx.theme, words.term(proof), checked=proof in form.proofs)
            self.proofs[proof] = tick
            self.place(tick)
        self.seen = self.date_field(Field.PROOF_SEEN_ON, form.proof_seen_on)
        self.note = self.area_field(Field.NOTES, form.note)
        self.add_note("info", words("residents-proxy-note"))

    def form(self) -> ProxyForm:
        """What the fields say."""
        return ProxyForm(
            kind=self.kind.value(),
            name=self.name.text(),
            phone=self.phone.text(),
            proofs=frozenset(proof for proof, tick in self.proofs.items() if tick.isChecked()),
            proof_seen_on=self.seen.date_or_none(),
            valid_until=self.until.date_or_none(),
            note=self.note.toPlainText(),
        )

    def act(self) -> None:
        """Enter or change."""
        proxy = self.proxy
        if proxy is None:
            self.send_form(add_proxy, lambda: AddProxy(self.view.id, self.form()))
        else:
            self.send_form(change_proxy, lambda: ChangeProxy(proxy.id, self.form()))


class EndProxyDialog(FormDialog):
    """The power has ended."""

    def __init__(self, ctx: UiContext, view: ResidentView, proxy: ProxyView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-proxy-end"),
            subtitle=words("residents-who", name=proxy.form.name),
            icon="person_off",
            save=words("residents-proxy-end"),
        )
        self.view, self.proxy = view, proxy
        self.on = self.date_field(Field.ENDED_ON, view.today)
        self.add_note("info", words("residents-proxy-end-note"))

    def act(self) -> None:
        """Note it."""
        today = self.view.today
        self.send_form(
            end_proxy,
            lambda: EndProxy(self.proxy.id, self.on.date_or_none() or today),
            required=(Field.ENDED_ON,),
        )
