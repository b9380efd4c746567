"""Agreements: enter one, look at it again, withdraw it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from facility_app.domain.access import PROGRAM
from facility_app.domain.agreements import POWERS, Capacity, Power, WillConfirmed, capacity_of
from facility_app.domain.dates import add_months
from facility_app.services.agreements import (
    MakeAgreement,
    ReviewAgreement,
    WithdrawAgreement,
    make_agreement,
    review_agreement,
    withdraw_agreement,
)
from facility_app.services.closing import Opened, read_opened
from facility_app.services.fields import Field, FieldMissing
from facility_app.services.item_kinds import KindView
from facility_app.services.resident_data import AgreementView, ResidentView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Grid
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

REVIEW_MONTHS = 12
"""A review is proposed a year ahead; the facility may choose another day."""


class AgreementDialog(FormDialog):
    """Who consents, in what capacity, to what.

    Nothing that was agreed to is ticked or chosen beforehand: a consent stands in the record
    because somebody entered it from the paper.
    """

    def __init__(self, ctx: UiContext, kinds: list[KindView], view: ResidentView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-agreement"),
            subtitle=words("residents-who", name=view.form.name),
            icon="signature",
            save=words("residents-agreement-save"),
        )
        self.view = view
        self.capacity = self.choice_field(
            Field.CAPACITY, [(each, words.term(each)) for each in self._capacities()], Capacity.SELF
        )
        self.by = self.line_field(Field.CONSENTED_BY, view.form.name)
        self.capacity.currentIndexChanged.connect(self._show_capacity)
        self.signed = self.date_field(Field.SIGNED_ON, view.today)
        self.review = self.date_field(Field.REVIEW_ON, add_months(view.today, REVIEW_MONTHS))
        self.will = self.choice_field(
            Field.WILL_CONFIRMED,
            [(each, words.term(each)) for each in WillConfirmed],
            None,
        )
        self.will.setPlaceholderText(words("residents-agreement-choose"))
        self.will.setCurrentIndex(-1)
        self.witness = self.line_field(Field.WITNESS)
        self.will_note = self.line_field(
            Field.NOTES, columns=2, note=words("residents-agreement-will-note")
        )
        self.labels[Field.NOTES].label.set(words("residents-agreement-how"))
        self.powers = TickRow(ctx.theme, words("residents-agreement-powers"))
        self.place(self.powers, 2)
        self.emergency = TickRow(ctx.theme, words("residents-agreement-emergency"))
        self.pin = TickRow(ctx.theme, words("residents-agreement-pin"))
        self.place(self.emergency)
        self.place(self.pin)
        self.recognition = TickRow(
            ctx.theme,
            words("agreement-recognition"),
            note=words("agreement-recognition-note"),
        )
        self.place(self.recognition, 2)
        self.recognition.hide()
        self._build_kinds(kinds)
        self._show_capacity()

    def open(self, first: QWidget | None = None) -> None:
        """Show it; the clause of recognition only where the facility recognises cards."""
        super().open(first)
        office = self.ctx.office
        self.ctx.lane.run(
            lambda: office.ask(PROGRAM, read_opened), done=self._show_clauses, failed=self._failed
        )

    def _show_clauses(self, known: Opened) -> None:
        self.recognition.setVisible(known.settings.card_recognition)

    def _capacities(self) -> list[Capacity]:
        """The person, and the capacities of the proxies whose power holds."""
        held = {capacity_of(proxy.form.kind) for proxy in self.view.proxies if not proxy.over}
        return [each for each in Capacity if each is Capacity.SELF or each in held]

    def _build_kinds(self, kinds: list[KindView]) -> None:
        self.body.addWidget(Text(self.theme, self.words("residents-agreement-which"), bold=True))
        grid = Grid(self.theme, spacing=4)
        self.kinds: dict[str, TickRow] = {}
        english = self.words.language == "en"
        for number, kind in enumerate(kinds):
            name = kind.form.name_en if english and kind.form.name_en else kind.form.name
            tick = TickRow(self.theme, name)
            self.kinds[kind.code] = tick
            columns = 1 if self.theme.compact else 2
            grid.addWidget(tick, number // columns, number % columns)
        self.body.addLayout(grid)

    def _show_capacity(self) -> None:
        capacity = self.capacity.value() or Capacity.SELF
        self.powers.setVisible(POWERS[capacity] is Power.IF_NAMED)
        proxy = self._proxy(capacity)
        self.by.setText(proxy.form.name if proxy else self.view.form.name)

    def _proxy(self, capacity: Capacity):  # type: ignore[no-untyped-def]  # ProxyView or None
        fitting = (
            p for p in self.view.proxies if not p.over and capacity_of(p.form.kind) is capacity
        )
        return next(fitting, None)

    def act(self) -> None:
        """Enter it, once it is said how the will was confirmed."""
        if self.will.value() is None:
            self._failed(FieldMissing(Field.WILL_CONFIRMED))
            return
        self.send_form(make_agreement, self._command, required=(Field.SIGNED_ON,))

    def _command(self) -> MakeAgreement:
        capacity = self.capacity.value() or Capacity.SELF
        proxy = self._proxy(capacity)
        return MakeAgreement(
            resident_id=self.view.id,
            signed_on=self.signed.date_or_none() or self.view.today,
            consented_by=self.by.text(),
            capacity=capacity,
            kinds=frozenset(code for code, tick in self.kinds.items() if tick.isChecked()),
            will=self.will.value(),
            will_note=self.will_note.text(),
            proxy_id=proxy.id if proxy else None,
            powers_name_card=self.powers.isChecked(),
            witness=self.witness.text(),
            pin_clause=self.pin.isChecked(),
            emergency_clause=self.emergency.isChecked(),
            recognition_clause=self.recognition.isChecked(),
            review_on=self.review.date_or_none(),
        )


class ReviewDialog(FormDialog):
    """The agreement was gone through and stands: when next?"""

    def __init__(self, ctx: UiContext, view: ResidentView, agreement: AgreementView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-review"),
            subtitle=words("residents-who", name=view.form.name),
            icon="history_edu",
            save=words("residents-review-save"),
        )
        self.agreement = agreement
        self.next = self.date_field(Field.REVIEW_ON, add_months(view.today, REVIEW_MONTHS))
        self.note = self.area_field(Field.NOTES)
        self.add_note("info", words("residents-review-note"))

    def act(self) -> None:
        """Note it."""
        self.send_form(review_agreement, self._command, required=(Field.REVIEW_ON,))

    def _command(self) -> ReviewAgreement:
        next_day = self.next.date_or_none() or self.agreement.signed_on
        return ReviewAgreement(self.agreement.id, next_day, self.note.toPlainText())


class WithdrawDialog(FormDialog):
    """The agreement is withdrawn: what loses its cover is handed back."""

    def __init__(self, ctx: UiContext, view: ResidentView, agreement: AgreementView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-withdraw"),
            subtitle=words("residents-who", name=view.form.name),
            icon="block",
            save=words("residents-withdraw-save"),
        )
        self.view, self.agreement = view, agreement
        self.on = self.date_field(Field.WITHDRAWN_ON, view.today)
        self.reason = self.area_field(Field.REASON)
        self.add_note("warning", words("residents-withdraw-note"))

    def act(self) -> None:
        """Note it."""
        self.send_form(withdraw_agreement, self._command, required=(Field.WITHDRAWN_ON,))

    def _command(self) -> WithdrawAgreement:
        on = self.on.date_or_none() or self.view.today
        return WithdrawAgreement(self.agreement.id, on, self.reason.toPlainText())
