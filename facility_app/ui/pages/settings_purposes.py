"""Settings of the reason buttons: at most six, in their order, with when things are due back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.custody import DueKind, DueRule
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.pages.settings_part import SettingsPart, clear
from facility_app.ui.viewmodels.settings import MOST_PURPOSES, number
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import ComboField, TextField, TimeField
from facility_app.ui.widgets.text import Text


class _PurposeRow(QWidget):
    """Name, rule, minutes or time, and the button that takes it out of use."""

    def __init__(self, part: PurposesPart, view: Any) -> None:
        super().__init__()
        theme, words = part.theme, part.words
        self.view = view
        row = Row(theme, self, spacing=8)
        self.name = TextField(theme, name=words("settings-page-purpose-name"), max_length=20)
        self.name.setText(view.name)
        self.rule = ComboField(theme, name=words("settings-page-purpose-rule"))
        self.rule.set_choices(
            (kind, words(f"settings-page-purpose-{kind.value}")) for kind in DueKind
        )
        self.rule.choose(view.due.kind)
        self.minutes = TextField(theme, name=words("settings-page-purpose-minutes"), max_length=4)
        self.minutes.setText(str(view.due.minutes or 120))
        self.at = TimeField(theme, name=words("settings-page-purpose-at"))
        self.at.set_time(view.due.at)
        for field in (self.minutes, self.at):
            Sized(theme, field, width=128)
        row.addWidget(self.name, 3)
        row.addWidget(self.rule, 4)
        row.addWidget(self.minutes)
        row.addWidget(self.at)
        self._build_rest(part, row)
        self.rule.activated.connect(lambda _index: part.changed.emit())
        self.rule.currentIndexChanged.connect(lambda _index: self._look())
        for edit in (self.name, self.minutes, self.at):
            edit.textEdited.connect(lambda _text: part.changed.emit())
        self._look()

    def _build_rest(self, part: PurposesPart, row: Row) -> None:
        theme, words, view = part.theme, part.words, self.view
        rest = ActionButton(
            theme, words("settings-page-purpose-rest"), kind=Kind.GREY, icon="close"
        )
        rest.setAccessibleName(f"{view.name} {words('settings-page-purpose-rest')}")
        rest.clicked.connect(lambda: part.rest(self))
        row.addWidget(rest)

    def _look(self) -> None:
        relative = self.rule.value() is DueKind.RELATIVE
        self.minutes.setVisible(relative)
        self.at.setVisible(not relative)

    def wanted(self) -> Any:
        """The reason as typed."""
        at = self.at.time_or_none() or self.view.due.at
        minutes = number(self.minutes.text()) or self.view.due.minutes
        due: DueRule = replace(self.view.due, kind=self.rule.value(), minutes=minutes, at=at)
        return replace(self.view, name=self.name.text(), due=due, active=True)


class PurposesPart(SettingsPart):
    """The buttons as the desk shows them; a resting one can be taken back."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self.box.addWidget(
            Text(theme, words("settings-page-purposes-note", most=str(MOST_PURPOSES)), tone="text2")
        )
        self.column = Column(theme, spacing=8)
        self.box.addLayout(self.column)
        row = Row(theme, spacing=16)
        self.add_button = ActionButton(theme, words("settings-page-purpose-add"), icon="add")
        self.add_button.clicked.connect(self._add)
        self.back = ComboField(theme, name=words("settings-page-purpose-back"))
        self.back.activated.connect(self._take_back)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.back, 1)
        self.box.addLayout(row)
        self.rows: list[_PurposeRow] = []
        self.resting: list[Any] = []

    def enter(self) -> None:
        from facility_app.services.purposes import list_purposes

        office, actor = self.ctx.office, self.ctx.session.require()
        self.ctx.lane.run(
            lambda: office.ask(actor, list_purposes, all_of_them=True),
            done=self._show,
            failed=self.failed,
        )

    def _show(self, views: list[Any]) -> None:
        clear(self.column)
        self.resting = [view for view in views if not view.active]
        self.rows = []
        for view in views:
            if view.active:
                self._append(view)
        self._look()

    def _append(self, view: Any) -> _PurposeRow:
        row = _PurposeRow(self, view)
        self.rows.append(row)
        self.column.addWidget(row)
        return row

    def _look(self) -> None:
        full = len(self.rows) >= MOST_PURPOSES
        self.add_button.setEnabled(not full)
        self.back.setVisible(bool(self.resting) and not full)
        choices = [(view.code, view.name) for view in self.resting]
        self.back.set_choices([(None, self.words("settings-page-purpose-back")), *choices])

    def _add(self) -> None:
        from facility_app.services.purposes import PurposeView

        codes = {row.view.code for row in self.rows} | {view.code for view in self.resting}
        fresh = next(f"own-{n}" for n in range(1, 1000) if f"own-{n}" not in codes)
        due = DueRule(DueKind.RELATIVE, minutes=120)
        self._append(PurposeView(fresh, "", "", due, "", False, True)).name.setFocus()
        self._look()
        self.changed.emit()

    def rest(self, row: _PurposeRow) -> None:
        """Take a reason out of use; past records keep it."""
        self.rows.remove(row)
        self.column.removeWidget(row)
        row.hide()
        row.deleteLater()
        if row.view.name:
            self.resting.append(replace(row.view, active=False))
        self._look()
        self.changed.emit()

    def _take_back(self, _index: int) -> None:
        found = next((view for view in self.resting if view.code == self.back.value()), None)
        if found is not None:
            self.resting.remove(found)
            self._append(replace(found, active=True))
            self._look()
            self.changed.emit()

    def save(self) -> None:
        from facility_app.services.purposes import change_purposes

        wanted = [row.wanted() for row in self.rows] + self.resting
        self.ctx.do(change_purposes, wanted, done=self.finish, failed=self.failed)
