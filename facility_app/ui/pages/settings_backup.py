"""Settings of backups: one or two places, a backup now, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from facility_app.ui.context import UiContext
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import TextField
from facility_app.ui.widgets.folder_field import FolderField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class BackupPart(SettingsPart):
    """A backup counts only after it was opened, checked and compared."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self.folders: list[TextField] = []
        for key in ("settings-page-folder-1", "settings-page-folder-2"):
            field = FolderField(theme, words(key), choose=words("wizard-backup-choose"))
            field.changed.connect(self.changed)
            self.box.addWidget(field)
            self.folders.append(field.edit)
        self.box.addWidget(Text(theme, words("settings-page-backup-note"), tone="text2"))
        self.make = ActionButton(theme, words("settings-page-backup-now"), icon="backup")
        self.make.clicked.connect(self._make)
        self.box.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.verdict = Notice(theme, Level.NOTICE, words("settings-page-backup-none"))
        self.box.addWidget(self.verdict)
        self._known: Any = None

    def enter(self) -> None:
        from facility_app.services.backup import newest_backup

        self.read_opened(self._show)
        self.ctx.ask(newest_backup, done=self._show_newest, failed=self.failed)

    def _show(self, known: Any) -> None:
        self._known = known
        given = (*known.settings.backup_folders, "", "")
        for edit, folder in zip(self.folders, given, strict=False):
            edit.setText(folder)

    def _show_newest(self, at: Any) -> None:
        if at is not None and self.verdict.level is Level.NOTICE:
            self.verdict.set(Level.NOTICE, self.words("settings-page-backup-newest", at=at))

    def save(self) -> None:
        from facility_app.services.settings import change_settings

        if self._known is None:
            return
        folders = tuple(edit.text().strip() for edit in self.folders if edit.text().strip())
        wanted = replace(self._known.settings, backup_folders=folders)
        self.ctx.do(change_settings, wanted, done=self.finish, failed=self.failed)

    def _make(self) -> None:
        office, actor = whole(self.ctx.office), self.ctx.session.require()

        def job() -> Any:
            from facility_app.services.backup import make_backup

            return make_backup(office, actor)

        self.make.setEnabled(False)
        what = self.words("wizard-backup-making")
        self.ctx.lane.run(job, done=self._made, failed=self._not_made, what=what)

    def _made(self, backup: Any) -> None:
        self.make.setEnabled(True)
        words = self.words
        lines = [words("settings-page-backup-file", file=str(path)) for path in backup.files]
        lines += [
            words("settings-page-backup-not-there", folder=str(path), why=words.error(exc).what)
            for path, exc in backup.failed
        ]
        level = Level.WARN if backup.failed else Level.OK
        title = words("settings-page-backup-made", at=backup.made_at)
        self.verdict.set(level, title, "\n".join(lines))
        self.ctx.announce(self.verdict.accessibleName())

    def _not_made(self, exc: Exception) -> None:
        self.make.setEnabled(True)
        self.verdict.set(Level.DANGER, self.words("wizard-backup-failed"))
        self.failed(exc)
