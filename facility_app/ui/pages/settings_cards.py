"""Settings of the card reader: the test, the check by the number on the face, chip recognition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal

from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Row
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


class RecognitionDialog(ActDialog):
    """What switching chip recognition on or off means; `switched` when it is done."""

    switched = Signal()

    def __init__(self, ctx: UiContext, on: bool) -> None:
        words, way = ctx.words, "on" if on else "off"
        title = words(f"settings-recognition-title-{way}")
        super().__init__(ctx, title=title, icon="contactless-fill")
        self._on = on
        if on:
            self.body.addWidget(
                Notice(
                    ctx.theme,
                    Level.WARN,
                    words("settings-recognition-lawyer"),
                    words("settings-recognition-lawyer-text"),
                )
            )
        self.body.addWidget(Text(ctx.theme, words(f"settings-recognition-what-{way}")))
        self.add_note("info", words(f"settings-recognition-then-{way}"))
        kind = Kind.FILLED if on else Kind.RED_FILLED
        self.set_main(words(f"settings-recognition-{way}"), "check" if on else "block", kind)

    def act(self) -> None:
        """Switch it; the key of the keyring is made, or deleted with all marks."""
        from facility_app.services.recognition import switch_recognition

        office, actor, on = whole(self.ctx.office), self.ctx.session.require(), self._on
        self.set_sending(True)
        self.ctx.lane.run(
            lambda: switch_recognition(office, actor, on), done=self._switched, failed=self._failed
        )

    def _switched(self, _none: object) -> None:
        self.dismiss()
        self.switched.emit()


class CardsPart(SettingsPart):
    """The reader's test is a page of its own; recognition is switched apart from the rest."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.heading("settings-cards-reader")
        self.try_reader = ActionButton(
            self.theme, self.words("check-try-reader"), kind=Kind.GREY, icon="rule"
        )
        self.try_reader.clicked.connect(lambda: ctx.navigate("reader-test"))
        self.box.addWidget(self.try_reader, 0, _LEFT)
        self.heading("settings-cards-checks")
        self.attributes = self.tick("settings-cards-attributes", "settings-cards-attributes-note")
        self.heading("settings-cards-recognition")
        self.box.addWidget(Text(self.theme, self.words("settings-recognition-about")))
        row = Row(self.theme, spacing=16)
        self.state = Chip(self.theme, " ", Level.NOTICE)
        self.switch = ActionButton(self.theme, " ", kind=Kind.OUTLINED)
        self.switch.clicked.connect(self._ask)
        row.addWidget(self.state, 0, _MIDDLE)
        row.addWidget(self.switch)
        row.addStretch(1)
        self.box.addLayout(row)
        self._known: Any = None
        self._recognises = False

    def enter(self) -> None:
        self.read_opened(self._show)
        self._read_state()

    def _show(self, known: Any) -> None:
        self._known = known
        self.attributes.setChecked(known.settings.attribute_check)

    def _read_state(self) -> None:
        from facility_app.services.recognition import recognition_state

        office, actor = whole(self.ctx.office), self.ctx.session.require()
        self.ctx.lane.run(
            lambda: recognition_state(office, actor), done=self._show_state, failed=self.failed
        )

    def _show_state(self, state: Any) -> None:
        levels = {"off": Level.NOTICE, "on": Level.OK, "key-missing": Level.WARN}
        self.state.set(self.words.term(state), levels[state.value])
        self._recognises = state.value == "on"
        self.switch.set_text(
            self.words(f"settings-recognition-{'off' if self._recognises else 'on'}")
        )

    def _ask(self) -> None:
        dialog = RecognitionDialog(self.ctx, not self._recognises)
        dialog.switched.connect(self.finish)
        dialog.start()

    def save(self) -> None:
        from facility_app.services.settings import change_settings

        if self._known is not None:
            wanted = replace(self._known.settings, attribute_check=self.attributes.isChecked())
            self.ctx.do(change_settings, wanted, done=self.finish, failed=self.failed)
