"""The printed shares in use: one is tried without opening anything, two make new officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.errors import VaultError
from facility_app.secret import Secret
from facility_app.services import pin_officers
from facility_app.services.pin_views import OfficerView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Column
from facility_app.ui.pages.pins_walk_steps import OfficersStep, PassphrasesStep
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_setup import SetUp
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.words_edit import WordsEdit

WORDS = 33
"""Words of a printed share."""

SHARES, WHO, PASSPHRASES = range(3)


class _ShareField(WordsEdit):
    """A share, with how many words it has so far."""

    def __init__(self, ctx: UiContext, column: Column, label: str) -> None:
        super().__init__(ctx.theme)
        self.ctx = ctx
        self.labeled = LabeledField(ctx.theme, label, self)
        column.addWidget(self.labeled)
        self.count = Text(ctx.theme, size=16, tone="text2")
        column.addWidget(self.count)
        self.edited.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        typed = self.words()
        self.count.set(self.ctx.words("pin-share-count", typed=str(typed), all=str(WORDS)))
        self.count.set_tone("ok_text" if typed == WORDS else "text2")


class _ShareDialog(ActDialog):
    """What both have in common: errors stay here, and everything typed is wiped."""

    def _failed(self, exc: Exception) -> None:
        self.set_sending(False)
        self.look()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.WARN)
        else:
            self.ctx.show_error(exc, self)

    def look(self) -> None:
        """Whether the button may be pressed."""


class CheckShareDialog(_ShareDialog):
    """`checked` carries which of the three it is; the dialog is gone by then."""

    checked = Signal(int)

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-share-check-title"), icon="fact_check")
        self.body.addWidget(Text(ctx.theme, words("pin-share-check-what")))
        self.field = _ShareField(ctx, self.body, words("pin-share-words"))
        self.field.edited.connect(self.look)
        self.add_note("lock-fill", words("pin-share-opens-nothing"))
        self.add_note("history", words("pin-share-recorded"))
        self.set_main(words("pin-share-check-go"), "check")
        ctx.session.changed.connect(self.dismiss)
        self.look()

    def start(self) -> None:
        """Show it, with the focus in the field."""
        self.open(self.field)

    def look(self) -> None:
        if self.main is not None and not self.sending:
            ready = self.field.words() == WORDS
            self.main.block("" if ready else self.words("pin-share-type"))

    def act(self) -> None:
        """The words leave the field at once."""
        self.set_sending(True)
        on_vault(
            self.ctx, pin_officers.check_share, self.field.take(),
            done=self._checked, failed=self._failed, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _checked(self, number: int) -> None:
        self.sending = False
        self.dismiss()
        self.checked.emit(number)

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.field.clear()
        self.dismiss()


class RecoverDialog(_ShareDialog):
    """Two shares, then who the officers are from now on; `recovered` carries the new shares."""

    recovered = Signal(object)

    def __init__(self, ctx: UiContext, candidates: Sequence[OfficerView]) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-recover-title"), icon="key-fill")
        self.form = SetUp()
        self._held: list[Secret] = []
        self.shares = self._build_shares()
        self.who = OfficersStep(ctx, self.form)
        self.who.show_candidates(candidates)
        self.passphrases = PassphrasesStep(ctx, self.form)
        self.passphrases.show_names(candidates)
        self.parts: tuple[QWidget, ...] = (self.shares, self.who, self.passphrases)
        self.part = 0
        for place, part in enumerate(self.parts):
            self.body.addWidget(part)
            part.setVisible(not place)
        self.add_note("print", words("pin-officers-new-paper"))
        self.add_note("history", words("pin-share-recorded"))
        self.set_main(words("wizard-next"), "arrow_forward")
        self.who.changed.connect(self.look)
        self.passphrases.changed.connect(self.look)
        ctx.session.changed.connect(self.dismiss)
        self.closed.connect(self._wipe)
        self.look()

    def _build_shares(self) -> QWidget:
        box = QWidget()
        column = Column(self.theme, box, spacing=8)
        column.addWidget(Text(self.theme, self.words("pin-recover-what")))
        self.fields = [
            _ShareField(self.ctx, column, self.words("pin-recover-share", number=str(n)))
            for n in (1, 2)
        ]
        for field in self.fields:
            field.edited.connect(self.look)
        return box

    def start(self) -> None:
        """Show it, with the focus in the first field."""
        self.open(self.fields[0])

    def look(self) -> None:
        if self.main is None or self.sending:
            return
        last = self.part == PASSPHRASES
        self.main.set_text(self.words("pin-recover-go" if last else "wizard-next"))
        why = ""
        if self.part == SHARES and any(field.words() != WORDS for field in self.fields):
            why = "pin-share-type"
        elif self.part == WHO and len(self.form.chosen) < self.form.threshold:
            why = "pin-walk-choose-officers"
        elif last and self.form.next_officer is not None:
            why = "pin-walk-type-passphrases"
        self.main.block(self.words(why) if why else "")

    def act(self) -> None:
        """On to the next part; at the end, the recovery.

        A field that is hidden wipes itself, so the shares leave theirs with the first part.
        """
        if self.part == SHARES:
            self._held = [field.take() for field in self.fields]
            self._to(WHO)
        elif self.part == WHO:
            self._to(PASSPHRASES)
        else:
            self._recover()

    def _show_part(self, part: int) -> None:
        self.part = part
        for place, widget in enumerate(self.parts):
            widget.setVisible(place == part)

    def _to(self, part: int) -> None:
        if part == PASSPHRASES:
            self.passphrases.enter()
        self._show_part(part)
        self.look()
        step = self.who if part == WHO else self.passphrases
        target = step.first_field()
        if target is not None:
            target.setFocus()

    def _recover(self) -> None:
        self.set_sending(True)
        held, self._held = self._held, []
        on_vault(
            self.ctx, pin_officers.recover, held, self.passphrases.take(), self.form.threshold,
            done=self._recovered, failed=self._not_recovered, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _recovered(self, shares: Any) -> None:
        self.sending = False
        self.dismiss()
        self.recovered.emit(shares)

    def _not_recovered(self, exc: Exception) -> None:
        """Shares and passphrases are gone: begin with the shares."""
        self.set_sending(False)
        self._show_part(SHARES)
        self._failed(exc)
        self.fields[0].setFocus()

    def _wipe(self) -> None:
        for share in self._held:
            share.wipe()
        self._held = []
        self.passphrases.clear_secrets()

    def clear_secrets(self) -> None:
        """Cover and lock."""
        for field in self.fields:
            field.clear()
        self._wipe()
        self.dismiss()
