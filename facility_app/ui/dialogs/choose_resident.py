"""Whose is it?  A resident found by the pouch tag, by name, room or slot.

Use: ``dialog = ChooseResidentDialog(ctx, title=...); dialog.chosen.connect(...)`` (carries
`FoundResident`; the dialog is gone by then); ``dialog.start("typed already")``.
"""

from __future__ import annotations

from PySide6.QtCore import Signal

from facility_app.errors import Refused
from facility_app.i18n import ErrorText
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Sized
from facility_app.ui.pages.desk_found import FoundView
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.error_panel import ErrorPanel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text

SHOWN = 6


class ChooseResidentDialog(Dialog):
    """A scan field and what was found; a tag chooses at once."""

    chosen = Signal(object)

    def __init__(self, ctx: UiContext, *, title: str, note: str = "") -> None:
        words = ctx.words
        super().__init__(
            ctx.theme, ctx.host(), title=title, icon="person_search", close=words("widgets-cancel")
        )
        self.ctx = ctx
        self._asked = 0
        self.problem = ErrorPanel(ctx.theme, words("widgets-close"))
        self.body.addWidget(self.problem)
        if note:
            self.body.addWidget(Text(ctx.theme, note))
        self.field = ScanField(ctx.theme, words("desk-scan-hint"), height=64)
        self.field.searched.connect(self._typed)
        self.field.scanned.connect(self._scanned)
        self.body.addWidget(self.field)
        self.found = FoundView(ctx)
        self.found.picked.connect(self._picked)
        self.found.results.follow(self.field)
        self.found.nobody.title.set(words("check-choose-how"))
        self.found.pages.setCurrentWidget(self.found.nobody)
        Sized(ctx.theme, self.found, min_height=400)
        self.body.addWidget(self.found)
        self._rows: Findings = Findings((), 0)

    def start(self, text: str = "") -> None:
        """Show it; `text` was scanned already."""
        self.open(self.field)
        if text:
            self.field.scan(text)

    def scan(self, text: str) -> None:
        """A tag that was scanned while the focus stood elsewhere."""
        self.field.scan(text)

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None:
        """An error in words, on top."""
        self.problem.show_text(text, level)

    def _typed(self, text: str) -> None:
        if text:
            self._search(text, pick=False)

    def _scanned(self, text: str) -> None:
        if self.found.text == text and self.found.results.pick_current():
            return
        self._search(text, pick=True)

    def _search(self, text: str, *, pick: bool) -> None:
        if not self.ctx.session.unlocked:
            return
        self._asked += 1
        asked = self._asked
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=SHOWN),
            done=lambda found: self._show(asked, text, found, pick),
            failed=lambda exc: self._not_found(asked, exc, loud=pick),
        )

    def _show(self, asked: int, text: str, found: Findings, pick: bool) -> None:
        if asked != self._asked or not self.isVisible():
            return  # somebody typed or scanned on, or left
        self.problem.hide()
        self._rows = found
        if found.exact or (pick and found.total == 1):
            self._picked(found.rows[0].id)
            return
        self.found.show_found(text, found)

    def _not_found(self, asked: int, exc: Exception, *, loud: bool) -> None:
        """While typing a refusal is no news: the number may still be growing."""
        if asked == self._asked and (loud or not isinstance(exc, Refused)):
            self.field.selectAll()
            self.ctx.show_error(exc, self)

    def _picked(self, resident_id: int) -> None:
        row = next((row for row in self._rows.rows if row.id == resident_id), None)
        if row is not None:
            self.dismiss()
            self.chosen.emit(row)
