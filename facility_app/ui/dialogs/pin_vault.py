"""The vault is moved, switched off, set back or given up: said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from facility_app.errors import VaultError
from facility_app.services import pin_lost, pin_setup
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.widgets.button import Kind
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.folder_field import FolderField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class _VaultDialog(ActDialog):
    """`done` when the act is done; the dialog is gone by then."""

    done = Signal()

    def run(self, use_case: Callable[..., Any], *args: Any) -> None:
        """On the work lane."""
        self.set_sending(True)
        on_vault(
            self.ctx, use_case, *args,
            done=self._finished, failed=self._failed, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _finished(self, _answer: object) -> None:
        self.sending = False
        self.dismiss()
        self.done.emit()

    def _failed(self, exc: Exception) -> None:
        self.set_sending(False)
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)


class MoveDialog(_VaultDialog):
    """Another folder."""

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-vault-move"), icon="folder_open")
        self.body.addWidget(Text(ctx.theme, words("pin-walk-place-what")))
        choose = words("pin-walk-choose-folder")
        self.folder = FolderField(ctx.theme, words("pin-walk-place"), choose=choose)
        self.folder.changed.connect(self._look)
        self.body.addWidget(self.folder)
        self.add_note("delete-fill", words("pin-vault-move-former"))
        self.set_main(words("pin-vault-move-go"), "check")
        self._look()

    def start(self) -> None:
        """Show it, with the focus in the field."""
        self.open(self.folder.edit)

    def _look(self) -> None:
        if self.main is not None:
            empty = not self.folder.edit.text().strip()
            self.main.block(self.words("pin-walk-choose-place") if empty else "")

    def act(self) -> None:
        """The former files are deleted when the new ones are sound."""
        self.run(pin_setup.move_vault, Path(self.folder.edit.text().strip()))


class SwitchOffDialog(_VaultDialog):
    """The vault's file is deleted."""

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-vault-switch-off"), icon="block")
        self.body.addWidget(Text(ctx.theme, words("pin-vault-off-what"), size=20, bold=True))
        self.add_note("delete-fill", words("pin-vault-off-papers"))
        self.add_note("history", words("pin-vault-off-recorded"))
        self.set_main(words("pin-vault-off-go"), "block", Kind.RED_FILLED)

    def act(self) -> None:
        """Refused while anything is held."""
        self.run(pin_setup.switch_off)


class GiveUpDialog(_VaultDialog):
    """The drive is lost, or nothing on it can be read any more: the register forgets the vault."""

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-vault-give-up"), icon="search_off")
        self.body.addWidget(Text(ctx.theme, words("pin-vault-give-up-what")))
        self.reason = TextField(ctx.theme, icon="edit_note")
        self.reason.textChanged.connect(self._look)
        self.body.addWidget(LabeledField(ctx.theme, words("pin-vault-give-up-why"), self.reason))
        self.add_note("pin", words("pin-vault-give-up-change"))
        self.add_note("history", words("pin-vault-give-up-recorded"))
        self.set_main(words("pin-vault-give-up-go"), "search_off", Kind.RED_FILLED)
        self._look()

    def start(self) -> None:
        """Show it, with the focus on the reason."""
        self.open(self.reason)

    def _look(self) -> None:
        if self.main is not None:
            empty = not self.reason.text().strip()
            self.main.block(self.words("pin-vault-give-up-say-why") if empty else "")

    def act(self) -> None:
        """Refused where the vault opens."""
        self.run(pin_lost.give_up_vault, self.reason.text())


class PreviousDialog(_VaultDialog):
    """The generation before takes the place of a damaged file."""

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-vault-use-previous"), icon="history")
        self.body.addWidget(Text(ctx.theme, words("pin-vault-previous-what")))
        self.add_note("warning-fill", words("pin-vault-previous-lost"))
        self.add_note("history", words("pin-vault-previous-recorded"))
        self.set_main(words("pin-vault-previous-go"), "history")

    def act(self) -> None:
        """Nothing is done where the file is sound."""
        self.run(pin_setup.use_previous)
