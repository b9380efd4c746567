"""Step 9: where backups go, and the first one, made and verified; then the set-up is finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from facility_app.ui.layouts import Row
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class BackupStep(StepBox):
    """A folder on another drive, a backup in it, and what the check said."""

    step = Step.BACKUP

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, words = self.theme, self.words
        row = Row(theme, spacing=16)
        self.folder = TextField(theme, name=words("wizard-backup-folder"), icon="folder")
        self.folder.setMaxLength(1000)
        self.folder.textChanged.connect(self._typed)
        choose = ActionButton(
            theme, words("wizard-backup-choose"), kind=Kind.GREY, icon="folder_open"
        )
        choose.clicked.connect(self._choose)
        row.addWidget(LabeledField(theme, words("wizard-backup-folder"), self.folder), 1)
        self.box.addLayout(row)
        acts = Row(theme, spacing=16)
        acts.addWidget(choose)
        self.make_button = ActionButton(theme, words("wizard-backup-make"), icon="backup")
        self.make_button.clicked.connect(self._make)
        acts.addWidget(self.make_button)
        acts.addStretch(1)
        self.box.addLayout(acts)
        self.box.addWidget(Text(theme, words("wizard-backup-hint"), tone="text2"))
        self.verdict = Notice(theme, Level.NOTICE, words("wizard-backup-not-yet"))
        self.box.addWidget(self.verdict)
        self.made = False
        self._typed()

    def missing(self) -> str:
        return "" if self.made else self.words("wizard-backup-missing")

    def next_words(self) -> str:
        return self.words("wizard-finish")

    def _typed(self) -> None:
        self.make_button.setEnabled(bool(self.folder.text().strip()))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.words("wizard-backup-choose"))
        if name:
            self.folder.setText(name)

    def _make(self) -> None:
        folder, office = self.folder.text().strip(), whole(self.ctx.office)
        actor = self.ctx.session.require()

        def job() -> Any:
            from facility_app.services.backup_places import backup_into

            return backup_into(office, actor, Path(folder))

        self.make_button.setEnabled(False)
        self.ctx.lane.run(
            job, done=self._show, failed=self._not_made, what=self.words("wizard-backup-making")
        )

    def _not_made(self, exc: Exception) -> None:
        self._typed()
        self.verdict.set(Level.WARN, self.words("wizard-backup-failed"))
        self.failed(exc)

    def _show(self, facts: Any) -> None:
        self._typed()
        self.made = True
        title = self.words("wizard-backup-verified", file=facts.path.name)
        entries = f"{facts.size:,}"
        text = self.words("wizard-backup-facts", entries=entries, kb=f"{facts.bytes // 1024:,}")
        self.verdict.set(Level.OK, title, text)
        self.changed.emit()
