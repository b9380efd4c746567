"""二人確認: the second person identifies with number and password, and the act is done.

Use: ``ask_second(ctx, act=words(...), name=..., confirmed=callable)``; `confirmed` gets a Witness.
"""

from __future__ import annotations

from collections.abc import Callable

from facility_app.services.access import Witness
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.layouts import Columns
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text


class SecondPersonDialog(ActDialog):
    """Number and password of somebody else."""

    def __init__(
        self, ctx: UiContext, *, act: str, name: str, confirmed: Callable[[Witness], object]
    ) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("second-title"), icon="group-fill", width=800)
        self._confirmed = confirmed
        self.body.addWidget(
            Text(ctx.theme, words("second-what", name=name, act=act), size=20, bold=True)
        )
        self.body.addWidget(Text(ctx.theme, words("second-how"), tone="text2"))
        columns = Columns(ctx.theme, (1, 1))
        self.number = ScanField(ctx.theme, words("second-number"), icon="badge-fill", height=64)
        self.number.setMaxLength(20)
        self.number.returnPressed.connect(self._to_password)
        left = Box(ctx.theme)
        left.column.addWidget(LabeledField(ctx.theme, words("second-number"), self.number))
        left.column.addStretch(1)
        columns.add(left)
        self.password = SecretEdit(
            ctx.theme,
            name=words("second-password"),
            show=words("widgets-show-password"),
            hide=words("widgets-hide-password"),
        )
        columns.add(LabeledField(ctx.theme, words("second-password"), self.password))
        self.body.addWidget(columns)
        self.add_note("history", words("second-note-recorded"))
        self.add_note("shield_person", words("second-note-lasts"))
        main = self.set_main(words("second-confirm"), "verified_user")
        main.setEnabled(False)
        self.number.textChanged.connect(self._check)
        self.password.edited.connect(self._check)
        self.password.submitted.connect(self._submit)

    def start(self) -> None:
        """Show it."""
        self.open(self.number)

    def _to_password(self) -> None:
        if self.number.wanted():
            self.password.setFocus()

    def _check(self) -> None:
        if self.main is not None and not self.sending:
            self.main.setEnabled(bool(self.number.wanted()) and not self.password.is_empty())

    def _submit(self) -> None:
        if self.main is not None and self.main.isEnabled():
            self.press()

    def act(self) -> None:
        """Let the second person be checked; the password leaves the field at once."""
        number, password = self.number.wanted(), self.password.take()
        if not number or not password:
            return
        self.set_sending(True)
        office, first = self.ctx.office, self.ctx.session.require()
        self.ctx.lane.run(
            lambda: office.confirm_second(first, number, password),
            done=self._witnessed,
            failed=self._not_witnessed,
            what=self.words("second-checking"),
        )

    def _witnessed(self, witness: Witness) -> None:
        self.dismiss()
        self._confirmed(witness)

    def _not_witnessed(self, exc: Exception) -> None:
        self.sending = False
        self._check()
        self.ctx.show_error(exc, self)
        self.password.setFocus()


def ask_second(
    ctx: UiContext, *, act: str, name: str, confirmed: Callable[[Witness], object]
) -> SecondPersonDialog:
    """Open the dialog."""
    dialog = SecondPersonDialog(ctx, act=act, name=name, confirmed=confirmed)
    dialog.start()
    return dialog
