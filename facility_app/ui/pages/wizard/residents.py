"""Step 6: residents, from a list or the first one by form; the rest is done on their own page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from facility_app.ui.layouts import Row
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

SHOWN_ERRORS = 5
_TOP = Qt.AlignmentFlag.AlignTop


class ResidentsStep(StepBox):
    """A list with a preview before anything is taken in, or one person by form."""

    step = Step.RESIDENTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = 0
        self._preview: Any = None
        self.there = Text(self.theme, bold=True, size=20)
        self.box.addWidget(self.there)
        self._build_import()
        self._build_form()

    def _build_import(self) -> None:
        theme, words = self.theme, self.words
        self.box.addWidget(Text(theme, words("wizard-import-title"), bold=True))
        row = Row(theme, spacing=16)
        self.file_button = ActionButton(theme, words("wizard-import-file"), icon="upload_file")
        self.file_button.clicked.connect(self._ask_file)
        self.run_button = ActionButton(theme, words("wizard-import-run"), icon="done_all")
        self.run_button.clicked.connect(self._run)
        row.addWidget(self.file_button)
        row.addWidget(self.run_button)
        row.addStretch(1)
        self.box.addLayout(row)
        self.found = Notice(theme, Level.NOTICE, words("wizard-import-how"))
        self.box.addWidget(self.found)
        self.run_button.hide()

    def _build_form(self) -> None:
        from facility_app.domain.dates import parse_date

        theme, words = self.theme, self.words
        self.box.addWidget(Text(theme, words("wizard-resident-title"), bold=True))
        self.name = TextField(theme, icon="person")
        self.kana = TextField(theme)
        self.room = TextField(theme, icon="meeting_room")
        self.room.setMaxLength(32)
        self.birth = DateField(
            theme,
            parse=parse_date,
            show=words.day,
            problem=lambda exc: words.error(exc).what,
            hint=words("wizard-resident-birth-hint"),
        )
        self.slot = ComboField(theme, icon="shelves")
        self._lay_form()
        self.name.textChanged.connect(self._typed)
        self.kana.textChanged.connect(self._typed)
        self._typed()

    def _lay_form(self) -> None:
        theme, words = self.theme, self.words
        first, second = Row(theme, spacing=16), Row(theme, spacing=16)
        for row, key, widget in (
            (first, "wizard-name", self.name),
            (first, "wizard-kana", self.kana),
            (second, "wizard-resident-birth", self.birth),
            (second, "wizard-resident-room", self.room),
            (second, "wizard-resident-slot", self.slot),
        ):
            row.addWidget(LabeledField(theme, words(key), widget), 1, _TOP)
        self.box.addLayout(first)
        self.box.addLayout(second)
        line = Row(theme, spacing=16)
        self.add_button = ActionButton(
            theme, words("wizard-resident-add"), kind=Kind.OUTLINED, icon="person_add"
        )
        self.add_button.clicked.connect(self._register)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.box.addLayout(line)

    # --- StepBox ---------------------------------------------------------------------------------

    def enter(self) -> None:
        from facility_app.services.cabinets import slots
        from facility_app.services.first_start import read_progress

        self.ctx.ask(read_progress, done=self._show_count, failed=self.failed)
        self.ctx.ask(slots, done=self._show_slots, failed=self.failed)

    def missing(self) -> str:
        return "" if self.count else self.words("wizard-resident-missing")

    def _show_count(self, progress: Any) -> None:
        self.count = progress.residents
        key = "wizard-resident-count" if self.count else "wizard-resident-none"
        self.there.set(self.words(key, count=str(self.count)))
        self.changed.emit()

    def _show_slots(self, lines: list[Any]) -> None:
        free = [(line.slot_id, line.label) for line in lines if line.resident_id is None]
        self.slot.set_choices([(None, self.words("wizard-resident-no-slot")), *free])
        if free:
            self.slot.choose(free[0][0])

    # --- one person ------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.add_button.setEnabled(bool(self.name.text().strip() and self.kana.text().strip()))

    def _register(self) -> None:
        from facility_app.services.residents import (
            RegisterResident,
            ResidentForm,
            register_resident,
        )

        birth: date | None = self.birth.date_or_none()
        form = ResidentForm(self.name.text(), self.kana.text(), birth, room=self.room.text())
        cmd = RegisterResident(form, self.slot.value())
        self.ctx.do(register_resident, cmd, done=self._registered, failed=self.failed)

    def _registered(self, _id: object) -> None:
        for edit in (self.name, self.kana, self.room):
            edit.clear()
        self.birth.set_date(None)
        self.name.setFocus()
        self.enter()

    # --- a list ----------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        kinds = self.words("wizard-import-kinds")
        name, _kind = QFileDialog.getOpenFileName(
            self, self.words("wizard-import-file"), "", f"{kinds} (*.csv *.txt *.xlsx)"
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Show what importing `path` would do."""
        office, actor = whole(self.ctx.office), self.ctx.session.require()

        def job() -> Any:
            from facility_app.services.imports.columns import guess_mapping
            from facility_app.services.imports.run import preview
            from facility_app.services.imports.table import read_table

            table = read_table(path)
            return office.ask(actor, preview, table, guess_mapping(table.headers))

        self.ctx.lane.run(
            job,
            done=self._show_preview,
            failed=self._no_preview,
            what=self.words("wizard-importing"),
        )

    def _no_preview(self, exc: Exception) -> None:
        self._preview = None
        self.run_button.hide()
        self.failed(exc)

    def _show_preview(self, shown: Any) -> None:
        words = self.words
        self._preview = shown
        people, things = shown.residents, shown.items
        title = words(
            "wizard-import-found", people=str(people.new), things=str(things.new),
            changed=str(people.changed + things.changed),
        )  # fmt: skip
        if shown.error_count:
            lines = [
                words(
                    "wizard-import-error", row=str(error.row), column=error.column,
                    what=words.error(error.refusal).what,
                )
                for error in shown.errors[:SHOWN_ERRORS]
            ]  # fmt: skip
            title = words("wizard-import-errors", count=str(shown.error_count))
            self.found.set(Level.WARN, title, "\n".join(lines))
        else:
            self.found.set(Level.OK, title, words("wizard-import-ready"))
        self.run_button.setVisible(not shown.error_count)

    def _run(self) -> None:
        from facility_app.services.imports.run import run_import

        self.run_button.hide()
        self.ctx.do(
            run_import,
            self._preview,
            done=self._imported,
            failed=self.failed,
            what=self.words("wizard-importing"),
        )

    def _imported(self, result: Any) -> None:
        title = self.words("wizard-import-done", people=str(result.residents.new))
        self.found.set(Level.OK, title)
        self.enter()
