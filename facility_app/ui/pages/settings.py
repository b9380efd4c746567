"""設定: the person's own look for everybody; the facility's decisions for who may make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from facility_app.i18n import ErrorText
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.page import Page
from facility_app.ui.pages.settings_backup import BackupPart
from facility_app.ui.pages.settings_cabinets import CabinetsPart
from facility_app.ui.pages.settings_cards import CardsPart
from facility_app.ui.pages.settings_checkpoints import CheckpointsPart
from facility_app.ui.pages.settings_facility import FacilityPart
from facility_app.ui.pages.settings_kinds import KindsPart
from facility_app.ui.pages.settings_own import OwnPart
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.pages.settings_pins import PinsPart
from facility_app.ui.pages.settings_purposes import PurposesPart
from facility_app.ui.pages.settings_safety import SafetyPart
from facility_app.ui.viewmodels.settings import NEEDS, Leaving, Section
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.choices import ChoiceButton
from facility_app.ui.widgets.text import Text

PARTS: dict[Section, Callable[[UiContext], SettingsPart]] = {
    Section.OWN: OwnPart,
    Section.FACILITY: FacilityPart,
    Section.SAFETY: SafetyPart,
    Section.CARDS: CardsPart,
    Section.PINS: PinsPart,
    Section.BACKUP: BackupPart,
    Section.CHECKPOINTS: CheckpointsPart,
    Section.PURPOSES: PurposesPart,
    Section.KINDS: KindsPart,
    Section.CABINETS: CabinetsPart,
}


class SettingsPage(Page):
    """Left the sections, right the one chosen; saved where it is not remembered at once."""

    settings_changed = Signal(object)
    """Carries `services.closing.Opened`, for the window."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.leaving = Leaving()
        self.section = Section.OWN
        self.parts: dict[Section, SettingsPart] = {}
        columns = Columns(self.theme, (3, 9))
        columns.add(self._build_sections())
        columns.add(self._build_card())
        self.content.addWidget(columns)
        self.content.addStretch(1)
        self.save_button = ActionButton(
            self.theme,
            self.words("settings-page-save"),
            kind=Kind.FILLED,
            icon="check",
            key="Ctrl+S",
            height=64,
        )
        self.save_button.clicked.connect(self._save)
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.save_button)

    def _build_sections(self) -> QWidget:
        card = Card(self.theme, title=self.words("nav-settings"), icon="settings")
        self._group = QButtonGroup(self)
        self.buttons: dict[Section, ChoiceButton] = {}
        for section in Section:
            button = ChoiceButton(self.theme, self.words(f"settings-page-{section.value}"))
            button.clicked.connect(lambda _c=False, each=section: self.choose(each))
            self._group.addButton(button)
            self.buttons[section] = button
            card.body.addWidget(button)
        card.body.addStretch(1)
        return card

    def _build_card(self) -> Card:
        self.card = Card(self.theme, padding=24, spacing=16)
        self.title = Text(self.theme, size=28, bold=True)
        self.card.body.addWidget(self.title)
        self._place = Column(self.theme, spacing=0)
        self.card.body.addLayout(self._place)
        self.card.body.addStretch(1)
        return self.card

    # --- Page ------------------------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """``ctx.navigate("settings", section="backup")``."""
        wanted = args.get("section")
        if isinstance(wanted, str):
            self.section = Section(wanted)

    def refresh(self) -> None:
        for section, button in self.buttons.items():
            button.setVisible(self._may(section))
        if not self._may(self.section):
            self.section = Section.OWN
        self._show_section()

    def focus_first(self) -> None:
        self.buttons[self.section].setFocus()

    def main_button(self) -> QAbstractButton | None:
        return self.save_button

    def can_leave(self) -> bool:
        if self.leaving.may_leave():
            return True
        words = self.words
        self.show_problem(
            ErrorText(
                words("settings-page-unsaved"),
                words("settings-page-unsaved-undone"),
                words("settings-page-unsaved-todo"),
            )
        )
        return False

    # --- sections --------------------------------------------------------------------------------

    def _may(self, section: Section) -> bool:
        return all(self.ctx.session.may(right) for right in NEEDS[section])

    def choose(self, section: Section) -> None:
        """Show a section; unsaved changes are asked about first."""
        if section is not self.section and not self.can_leave():
            self.buttons[self.section].setChecked(True)
            return
        self.section = section
        self.clear_problem()
        self._show_section()
        if self.theme.compact:  # one column: what was chosen stands below the list
            QTimer.singleShot(0, self._scroll_to_card)

    def _scroll_to_card(self) -> None:
        self.area.verticalScrollBar().setValue(self.card.y())

    def part(self, section: Section) -> SettingsPart:
        """The part of a section, made when it is first shown."""
        if section not in self.parts:
            part = PARTS[section](self.ctx)
            part.changed.connect(self._changed)
            part.saved.connect(self._saved)
            self._place.addWidget(part)
            self.parts[section] = part
        return self.parts[section]

    def _show_section(self) -> None:
        chosen = self.part(self.section)
        for part in self.parts.values():
            part.setVisible(part is chosen)
        self.buttons[self.section].setChecked(True)
        self.title.set(self.words(f"settings-page-{self.section.value}"))
        self.bar.setVisible(chosen.saves)
        self.leaving.saved()
        self._look()
        chosen.enter()
        self.area.verticalScrollBar().setValue(0)

    def _changed(self) -> None:
        self.leaving.changed()
        self._look()

    def _look(self) -> None:
        why = "" if self.leaving.dirty else self.words("settings-page-nothing")
        self.save_button.block(why)

    def _save(self) -> None:
        self.clear_problem()
        self.part(self.section).save()

    def _saved(self, known: Any) -> None:
        self.leaving.saved()
        self._look()
        self.clear_problem()
        self.banner.show_done(self.words("settings-page-saved"))
        if known is not None:
            self.settings_changed.emit(known)
