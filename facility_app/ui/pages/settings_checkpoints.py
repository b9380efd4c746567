"""Settings of the places that checkpoints are copied to, and how each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column
from facility_app.ui.pages.settings_part import SettingsPart, clear
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.folder_field import FolderField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_LEFT = Qt.AlignmentFlag.AlignLeft


class CheckpointsPart(SettingsPart):
    """Two folders outside; what they hold is compared with the record when the part is shown."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self.box.addWidget(Text(theme, words("checkpoints-folders-note"), tone="text2"))
        self.folders: list[FolderField] = []
        for key in ("settings-page-folder-1", "settings-page-folder-2"):
            field = FolderField(theme, words(key), choose=words("wizard-backup-choose"))
            field.changed.connect(self._edited)
            self.box.addWidget(field)
            self.folders.append(field)
        self.look = ActionButton(
            theme, words("checkpoints-folders-look"), kind=Kind.GREY, icon="refresh"
        )
        self.look.clicked.connect(self._look)
        self.box.addWidget(self.look, 0, _LEFT)
        self.states = Column(theme, spacing=8)
        self.notices: list[Notice] = []
        self.box.addLayout(self.states)
        self._known: Any = None

    def enter(self) -> None:
        self.read_opened(self._show)
        self._look()

    def _show(self, known: Any) -> None:
        self._known = known
        given = (*known.settings.checkpoint_folders, "", "")
        for field, folder in zip(self.folders, given, strict=False):
            field.edit.setText(folder)
            field.labeled.show_problem("")

    def _edited(self) -> None:
        for field in self.folders:
            field.labeled.show_problem("")
        self.changed.emit()

    def save(self) -> None:
        """Store the folders and put the checkpoints there at once."""
        from facility_app.services.export_place import refuse_data_folder
        from facility_app.services.settings import change_settings

        if self._known is None or not self._are_whole():
            return
        folders = tuple(self._typed())
        wanted = replace(self._known.settings, checkpoint_folders=folders)
        office, actor = whole(self.ctx.office), self.ctx.session.require()

        def job() -> Any:
            for folder in folders:
                refuse_data_folder(office.data, Path(folder))
            return office.do(actor, change_settings, wanted)

        self.ctx.lane.run(job, done=self._stored, failed=self.failed)

    def _stored(self, _settings: object) -> None:
        from facility_app.services.checkpoint_sinks import copy_checkpoints

        office = whole(self.ctx.office)
        self.ctx.lane.run(lambda: copy_checkpoints(office), done=self.finish, failed=self.failed)

    def _typed(self) -> list[str]:
        return [text for field in self.folders if (text := field.edit.text().strip())]

    def _are_whole(self) -> bool:
        """Whether every folder is named from its drive on; says so beside the one that is not."""
        wrong = [
            field
            for field in self.folders
            if (text := field.edit.text().strip()) and not Path(text).is_absolute()
        ]
        for field in wrong:
            field.labeled.show_problem(self.words("checkpoints-folder-whole"))
        return not wrong

    def _look(self) -> None:
        from facility_app.services.checkpoint_sinks import sink_state

        office = whole(self.ctx.office)
        self.ctx.lane.run(
            lambda: sink_state(office), done=self._show_states, failed=self.failed,
            what=self.words("checkpoints-folders-looking"),
        )  # fmt: skip

    def _show_states(self, states: Sequence[Any]) -> None:
        clear(self.states)
        self.notices = [self._notice(state) for state in states]
        if not states:
            none = self.words("checkpoints-folders-none")
            self.notices = [Notice(self.theme, Level.NOTICE, none)]
        for notice in self.notices:
            self.states.addWidget(notice)
        self.ctx.announce(" ".join(notice.accessibleName() for notice in self.notices))

    def _notice(self, state: Any) -> Notice:
        words, facts = self.words, state.facts()
        level = Level.OK if state.problem is None else Level.WARN
        level = Level.BLOCK if state.error is not None else level
        todo = words.attribute(state.key, "todo", **facts) if state.problem is not None else ""
        return Notice(self.theme, level, words(state.key, **facts), todo)
