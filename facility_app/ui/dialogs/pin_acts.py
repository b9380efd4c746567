"""What else is done with a PIN that is held: one list of acts, and erasing it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from facility_app.errors import VaultError
from facility_app.services import pin_acts
from facility_app.services.pin_views import PinView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pins import RowAct, kind_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class MoreDialog(Dialog):
    """Each act with what it does; `chosen` carries the `RowAct`, the dialog is gone by then."""

    chosen = Signal(object)

    def __init__(self, ctx: UiContext, pin: PinView, acts: dict[RowAct, str]) -> None:
        """`acts`: what is offered, each with why it cannot be done now (empty = it can)."""
        words = ctx.words
        super().__init__(
            ctx.theme,
            ctx.host(),
            title=words("pin-more-title"),
            subtitle=f"{pin.name} {words('widgets-honorific')} {kind_text(words, pin.kind)}",
            icon="password",
            close=words("widgets-cancel"),
            width=800,
        )
        self.buttons: dict[RowAct, ActionButton] = {}
        for act, why_not in acts.items():
            row = Row(ctx.theme, spacing=16)
            button = ActionButton(
                ctx.theme,
                words(f"pin-more-{act.value}"),
                kind=Kind.OUTLINED if act is not RowAct.ERASE else Kind.GREY,
                icon=_ICONS[act],
                height=64,
                size=18,
            )
            Sized(ctx.theme, button, min_width=256)
            button.clicked.connect(lambda _c=False, each=act: self._choose(each))
            row.addWidget(button)
            said = Column(ctx.theme, spacing=0)
            said.addWidget(Text(ctx.theme, words(f"pin-more-{act.value}-what")))
            if why_not:
                button.setEnabled(False)
                button.setAccessibleDescription(why_not)
                said.addWidget(Text(ctx.theme, why_not, size=16, tone="danger_fill"))
            row.addLayout(said, 1)
            self.body.addLayout(row)
            self.buttons[act] = button

    def start(self) -> None:
        """Show it, with the focus on the first act that can be done."""
        self.open(next((each for each in self.buttons.values() if each.isEnabled()), None))

    def _choose(self, act: RowAct) -> None:
        self.dismiss()
        self.chosen.emit(act)


_ICONS = {RowAct.CHECK: "check", RowAct.REPLACE: "autorenew", RowAct.ERASE: "delete"}


class EraseDialog(ActDialog):
    """Says what goes for good before it goes; `erased` when it is done."""

    erased = Signal()

    def __init__(self, ctx: UiContext, pin: PinView) -> None:
        words = ctx.words
        name = f"{pin.name} {words('widgets-honorific')}"
        super().__init__(ctx, title=words("pin-erase-title"), subtitle=name, icon="delete")
        self.pin = pin
        kind = kind_text(words, pin.kind, pin.code)
        self.body.addWidget(Text(ctx.theme, words("pin-erase-what", kind=kind), size=20, bold=True))
        self.reason = TextField(ctx.theme, icon="edit_note")
        self.reason.textChanged.connect(self._look)
        self.body.addWidget(LabeledField(ctx.theme, words("pin-erase-reason"), self.reason))
        self.add_note("delete-fill", words("pin-erase-for-good"))
        self.add_note("history", words("pin-erase-recorded"))
        self.set_main(words("pin-erase-go"), "delete-fill", Kind.RED_FILLED)
        self._look()

    def start(self) -> None:
        """Show it, with the focus on the reason."""
        self.open(self.reason)

    def _look(self) -> None:
        if self.main is not None:
            empty = not self.reason.text().strip()
            self.main.block(self.words("pin-erase-say-why") if empty else "")

    def act(self) -> None:
        """Marked first: without the vault at hand it goes when the vault is opened next."""
        self.set_sending(True)
        on_vault(
            self.ctx, pin_acts.erase_pins, [self.pin.id], self.reason.text(),
            done=self._erased, failed=self._not_erased, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _erased(self, _count: int) -> None:
        self.sending = False
        self.dismiss()
        self.erased.emit()

    def _not_erased(self, exc: Exception) -> None:
        self.set_sending(False)
        self._look()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.WARN)
        else:
            self.ctx.show_error(exc, self)
