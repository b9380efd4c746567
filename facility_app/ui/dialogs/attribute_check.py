"""券面の番号で本人確認: the four attributes of the chip against the register, by 照合番号B.

The code stands on the card's face; it is typed for one press, sent to the card once and forgotten.
What the chip answers lives for one comparison.  The card may be lifted to read the code from it:
before anything is sent, the program sees whether the same card lies there again.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from facility_app.cards.attributes import (
    CODE_B_DIGITS,
    FEWEST_TRIES,
    CodeBlocked,
    VerifyInterrupted,
    WrongCode,
)
from facility_app.cards.chip import NO_TRIES, ChipFacts, Pin, Reading
from facility_app.domain.attributes import Compared
from facility_app.errors import Cancelled
from facility_app.secret import Secret
from facility_app.services.card_checks import CheckView
from facility_app.ui.card_checker import CardChecker
from facility_app.ui.card_code import CodePresenter
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Row
from facility_app.ui.viewmodels.card_findings import tries_row
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tries import TriesRow

PARTS = ("birth", "year", "security")
"""What the fourteen digits are made of, in this order."""

SLOW_AFTER_MS = 2000


class AttributeDialog(ActDialog):
    """`compared` carries the `Reading` of the card that answered and how it compares (`Compared`);
    the dialog is gone by then."""

    compared = Signal(object, object)

    def __init__(
        self, ctx: UiContext, checker: CardChecker, presenter: CodePresenter, view: CheckView
    ) -> None:
        words = ctx.words
        who = view.resident
        name = f"{who.name} {words('widgets-honorific')}" if who is not None else ""
        super().__init__(
            ctx, title=words("attributes-title"), subtitle=name, icon="id_card-fill", width=800
        )
        self._checker, self._presenter, self.view = checker, presenter, view
        self.closed.connect(presenter.withdraw)
        self.left = view.facts.tries.get(Pin.CODE_B)
        self.spent = False
        """Whether a wrong code used a try of the card."""
        self.body.addWidget(Text(ctx.theme, words("attributes-what")))
        self.body.addWidget(self._build_parts())
        self.code = SecretEdit(
            ctx.theme,
            name=words("attributes-field"),
            show=words("attributes-show"),
            hide=words("attributes-hide"),
            icon="pin",
        )
        self.code.field.setMaxLength(CODE_B_DIGITS)
        self.code.edited.connect(self._tell)
        self.code.submitted.connect(self.press)
        self.body.addWidget(LabeledField(ctx.theme, words("attributes-field"), self.code))
        self.tries = TriesRow(ctx.theme, words("check-tries-code-b"))
        self.body.addWidget(self.tries)
        self.slow = Chip(ctx.theme, words("check-slow"), Level.NOTICE, icon="hourglass_top")
        self.slow.hide()
        self.body.addWidget(self.slow)
        self._timer = QTimer(self, interval=SLOW_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.slow.show)
        self.add_note("info", words("attributes-once"))
        self.set_main(words("attributes-go"), "id_card-fill")
        self._tell()

    def _build_parts(self) -> QWidget:
        panel = Panel(self.theme, spacing=4)
        for part in PARTS:
            row = Row(self.theme, spacing=16)
            row.addWidget(Text(self.theme, self.words(f"attributes-{part}"), bold=True), 2)
            how = self.words(f"attributes-{part}-how")
            row.addWidget(Text(self.theme, how, tone="text2"), 3)
            panel.body.addLayout(row)
        return panel

    def start(self) -> None:
        """Show it, with the focus in the field."""
        self.open(self.code.field)

    def forget(self) -> None:
        """What was typed so far goes away."""
        self.code.clear()
        self._tell()

    def act(self) -> None:
        """One press, one VERIFY."""
        text = unicodedata.normalize("NFKC", self.code.take())
        self._tell()
        if len(text) != CODE_B_DIGITS or not (text.isascii() and text.isdigit()):
            return
        self.set_sending(True)
        self._timer.start()
        self._presenter.present(
            self.view,
            Secret.from_text(text),
            self._checker.marker,
            done=self._finish,
            failed=self._refused,
        )

    def _finish(self, reading: Reading, compared: Compared) -> None:
        self._rest()
        self.dismiss()
        self.compared.emit(reading, compared)

    def _refused(self, exc: Exception) -> None:
        """Say it; what was typed is gone, and nothing is tried again by itself."""
        self._rest()
        if isinstance(exc, Cancelled):
            return
        left = exc.facts().get("tries_left") if hasattr(exc, "facts") else None
        if isinstance(left, int):
            self.left = left
        self.spent = self.spent or isinstance(exc, WrongCode | CodeBlocked | VerifyInterrupted)
        if isinstance(exc, CodeBlocked):
            self.left = 0
        self._failed(exc)
        self._tell()
        self.code.field.setFocus()

    def _rest(self) -> None:
        self._timer.stop()
        self.slow.hide()
        self.set_sending(False)

    def _tell(self) -> None:
        """The tries that are left; under two the button is off and says why."""
        facts = ChipFacts(self.view.facts.kind, tries={**NO_TRIES, Pin.CODE_B: self.left})
        row = tries_row(self.words, facts, Pin.CODE_B)
        if row.left is None:
            self.tries.show_words(row.words)
        else:
            self.tries.show_tries(row.left, row.most, row.tone, row.words)
        too_few = self.left is None or self.left < FEWEST_TRIES
        self.code.setEnabled(not too_few)
        if self.main is not None:
            missing = len(self.code.field.text()) != CODE_B_DIGITS
            reason = "attributes-too-few" if too_few else "attributes-type" if missing else ""
            self.main.block(self.words(reason) if reason else "")
