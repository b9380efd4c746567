"""引継ぎ: who carries the pouch from now on; and 所在確認, from where an overdue loan goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance

from facility_app.domain.access import Permission, StaffId
from facility_app.services.access import Witness
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.loans import LoanView
from facility_app.services.returns import HandOver, hand_over
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.second_person import ask_second
from facility_app.ui.viewmodels.desk import due_text, late_text, room_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class HandOverDialog(ActDialog):
    """From who has it to somebody who works here today."""

    def __init__(self, ctx: UiContext, loan: LoanView, choices: DeskChoices) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("handover-title"), icon="handshake-fill", width=720)
        self.loan, self._needs_second = loan, "hand-over" in choices.two_person
        self.body.addWidget(
            Text(
                ctx.theme,
                words("handover-what", name=loan.name, count=str(loan.pieces)),
                size=20,
                bold=True,
            )
        )
        self.body.addWidget(Text(ctx.theme, words("handover-from", name=loan.holder)))
        self.to = ComboField(ctx.theme, icon="directions_walk")
        others = [(id_, name) for id_, name in choices.holders if id_ != loan.holder_id]
        self.to.set_choices(others)
        me = ctx.session.require().staff_id
        self.to.choose(me)
        self.body.addWidget(LabeledField(ctx.theme, words("handover-to"), self.to))
        self.add_note("info", words("handover-note"))
        main = self.set_main(words("handover-go"), "handshake")
        main.setEnabled(bool(others))

    def start(self) -> None:
        """Show it."""
        self.open(self.to)

    @property
    def chosen(self) -> str:
        """The name of who takes over."""
        return self.to.currentText()

    def act(self) -> None:
        """Record it, after a second person where the facility asks for one."""
        if not self._needs_second:
            self._send(None)
            return
        ask_second(
            self.ctx,
            act=self.words("handover-title"),
            name=self.loan.name,
            confirmed=self._send,
        )

    def _send(self, witness: Witness | None) -> None:
        to: StaffId = self.to.value()
        self.send(hand_over, HandOver(self.loan.id, to, witness))


class LocateDialog(ActDialog):
    """What is known of an overdue loan, and the three ways it goes on."""

    return_wanted = Signal()
    hand_over_wanted = Signal()
    correct_wanted = Signal()
    lost_wanted = Signal()

    def __init__(self, ctx: UiContext, loan: LoanView) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("locate-title"), icon="call-fill", width=800)
        honorific = words("widgets-honorific")
        room = room_text(words, loan.room)
        self.body.addWidget(
            Notice(
                ctx.theme,
                Level.LATE,
                f"{loan.name}{honorific} {room}",
                words("locate-late", late=late_text(words, loan), due=words.clock(loan.due_at)),
                size=20,
            )
        )
        where = loan.destination or loan.purpose
        for label, value in (
            ("locate-holder", f"{loan.holder}{honorific}"),
            ("locate-place", where),
            ("locate-out", due_text(words, loan.out_at, ctx.now())),
            ("locate-pieces", words("desk-pieces", count=str(loan.pieces))),
        ):
            self.body.addWidget(self.fact(words(label), value))
        self.add_note("call", words("locate-how"))
        self.notes.addStretch(1)
        self._button("locate-return", "input", self.return_wanted, Permission.SIGN_IN, Kind.FILLED)
        self._button("locate-handover", "handshake", self.hand_over_wanted, Permission.HAND_OVER)
        self._button("locate-correct", "edit", self.correct_wanted, Permission.CORRECT_RECORD)
        self._button("loss-report-this", "search_off", self.lost_wanted, Permission.REPORT_LOST)

    def _button(
        self,
        key: str,
        icon: str,
        signal: SignalInstance,
        right: Permission,
        kind: Kind = Kind.OUTLINED,
    ) -> None:
        button = ActionButton(
            self.theme, self.words(key), kind=kind, icon=icon, height=64 if not self.main else 48
        )
        if self.main is None:
            self.main = button
        button.clicked.connect(lambda: self._leave_for(signal))
        self.acts.addWidget(button)
        button.setVisible(self.ctx.session.may(right))

    def _leave_for(self, signal: SignalInstance) -> None:
        self.dismiss()
        signal.emit()

    def start(self) -> None:
        """Show it."""
        self.open(self.main)
