"""設定 → 暗証番号: whether the vault is on, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.services.pin_views import VaultState
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class PinsPart(SettingsPart):
    """Everything is done on the page of the vault; there is nothing to save here."""

    saves = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        words = self.words
        self.box.addWidget(Text(self.theme, words("pin-settings-what")))
        row = Row(self.theme, spacing=16)
        self.state = Chip(self.theme, words("pin-settings-off"), Level.NOTICE)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.box.addLayout(row)
        acts = Row(self.theme, spacing=8)
        self.vault = ActionButton(self.theme, words("pin-off-set-up"), icon="rule")
        self.vault.clicked.connect(lambda: ctx.navigate("pin-vault"))
        self.list = ActionButton(
            self.theme, words("pin-list-title"), kind=Kind.GREY, icon="password"
        )
        self.list.clicked.connect(lambda: ctx.navigate("pins"))
        acts.addWidget(self.vault)
        acts.addWidget(self.list)
        acts.addStretch(1)
        self.box.addLayout(acts)

    def enter(self) -> None:
        from facility_app.services.pin_register import vault_state

        self.ctx.ask(vault_state, done=self._show, failed=self.failed)

    def _show(self, state: VaultState) -> None:
        if self.ctx.shell is not None:
            self.ctx.shell.switch_on("pins", state.on)
        if not state.on:
            self.state.set(self.words("pin-settings-off"), Level.NOTICE)
        elif not state.reachable:
            self.state.set(self.words("pin-settings-absent"), Level.WARN)
        else:
            self.state.set(self.words("pin-settings-on", held=str(state.held)), Level.OK)
        self.vault.set_text(self.words("pin-manage" if state.on else "pin-off-set-up"))
        self.vault.set_icon("settings" if state.on else "rule")
        self.list.setVisible(state.on)
