"""Settings of the person: theme, size, password.  They follow the person to the next unlock."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from facility_app.ui.context import UiContext
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.settings import ZOOMS
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.text import Text


class OwnPart(SettingsPart):
    """Every choice is shown at once and remembered at once; there is nothing to save."""

    saves = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self.heading("settings-page-theme")
        self.mode = ReasonButtons(theme, words("settings-page-theme"), columns=3)
        self.mode.set_choices(
            (mode.value, words(f"settings-page-theme-{mode.value.replace('_', '-')}"))
            for mode in Mode
        )
        self.mode.chosen.connect(lambda key: theme.set_mode(Mode(key)))
        self.box.addWidget(self.mode)
        self.heading("settings-page-zoom")
        self.zoom = ReasonButtons(theme, words("settings-page-zoom"), columns=4)
        self.zoom.set_choices((str(zoom), f"{zoom} %") for zoom in ZOOMS)
        self.zoom.chosen.connect(lambda key: theme.set_zoom(int(key)))
        self.box.addWidget(self.zoom)
        self.box.addWidget(Text(theme, words("settings-page-own-note"), tone="text2"))
        self.heading("settings-page-password")
        self.password = ActionButton(
            theme, words("staff-page-own-password"), kind=Kind.GREY, icon="password"
        )
        self.password.clicked.connect(self._ask_known)
        self.box.addWidget(self.password, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self.enter)

    def enter(self) -> None:
        self.mode.choose(self.theme.mode.value)
        self.zoom.choose(str(self.theme.zoom))

    def _ask_known(self) -> None:
        self.read_opened(self._open)

    def _open(self, known: Any) -> None:
        from facility_app.ui.dialogs.staff import PasswordDialog

        actor, face = self.ctx.session.actor, self.ctx.session.face
        if actor is None or actor.staff_id is None:
            return
        own = [known.facility.name, actor.name, face.number if face else ""]
        minimum = known.settings.minimum_password
        dialog = PasswordDialog(self.ctx, actor.staff_id, actor.name, own, minimum)
        dialog.recorded.connect(lambda _done: self.saved.emit(None))
        dialog.open(dialog.old.field)
