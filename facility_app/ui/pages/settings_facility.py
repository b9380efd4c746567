"""Settings of the facility: what stands on papers, the language, the way back to the set-up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from facility_app.i18n import LANGUAGES
from facility_app.ui.context import UiContext
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import ComboField, LabeledField


class FacilityPart(SettingsPart):
    """Name, address, telephone, language."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self.name = self.text_field("wizard-facility-name", icon="apartment")
        self.address = self.text_field("wizard-facility-address")
        self.phone = self.text_field("wizard-facility-phone", icon="call")
        self.language = ComboField(theme, icon="language")
        self.language.set_choices(
            (key, words(f"settings-page-language-{key}")) for key in LANGUAGES
        )
        self.language.activated.connect(lambda _index: self.changed.emit())
        note = words("settings-page-language-note")
        self.box.addWidget(
            LabeledField(theme, words("settings-page-language"), self.language, note=note)
        )
        self.wizard = ActionButton(
            theme, words("settings-page-wizard"), kind=Kind.GREY, icon="checklist"
        )
        self.wizard.clicked.connect(lambda: ctx.navigate("wizard"))
        self.box.addWidget(self.wizard, 0, Qt.AlignmentFlag.AlignLeft)
        self._known: Any = None

    def enter(self) -> None:
        self.read_opened(self._show)

    def _show(self, known: Any) -> None:
        self._known = known
        self.name.setText(known.facility.name)
        self.address.setText(known.facility.address)
        self.phone.setText(known.facility.phone)
        self.language.choose(known.settings.language)
        self.wizard.setVisible(known.facility.setup_step < 9)

    def save(self) -> None:
        from facility_app.services.settings import change_settings, name_facility

        if self._known is None:
            return
        facility = replace(
            self._known.facility,
            name=self.name.text().strip(),
            address=self.address.text().strip(),
            phone=self.phone.text().strip(),
        )
        settings = replace(self._known.settings, language=self.language.value())
        self.ctx.do(
            name_facility,
            facility,
            done=lambda _none: self.ctx.do(
                change_settings, settings, done=self.finish, failed=self.failed
            ),
            failed=self.failed,
        )
