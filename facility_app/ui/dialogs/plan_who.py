"""Whose visit it is: a field for name, room or tag, the people found, and who was chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.services.search import Findings, FoundResident, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Sized
from facility_app.ui.viewmodels.desk import found_detail, found_side, room_text
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.text import Text


class WhoPart(QWidget):
    """`chosen` after somebody was picked or their tag was scanned; `resident_id` 0 before."""

    chosen = Signal()

    def __init__(self, ctx: UiContext, *, searchable: bool = True) -> None:
        super().__init__()
        self.ctx, self.words = ctx, ctx.words
        words, theme = ctx.words, ctx.theme
        self.resident_id, self.name = 0, ""
        self._hits: dict[int, FoundResident] = {}
        box = Column(theme, self, spacing=12)
        self.shown = Text(theme, words("plan-who-first"), size=20, bold=True)
        box.addWidget(self.shown)
        self.search = ScanField(theme, words("plan-who-hint"), icon="person_search")
        self.search.searched.connect(self._find)
        self.search.scanned.connect(self._find_and_pick)
        self.results = SearchResults(theme, words("desk-results"))
        self.results.picked.connect(self._picked)
        self.results.follow(self.search)
        Sized(theme, self.results, height=176)
        box.addWidget(self.search)
        box.addWidget(self.results)
        self.results.hide()
        self.search.setVisible(searchable)

    def take(self, resident_id: int, name: str, room: str) -> None:
        """This one, without a search."""
        self.resident_id, self.name = resident_id, name
        honorific = self.words("widgets-honorific")
        self.shown.set(f"{name}{honorific}  {room_text(self.words, room)}")
        self.search.clear()
        self.results.hide()

    def _find(self, text: str) -> None:
        if text and self.isVisible() and self.ctx.session.unlocked:
            self.ctx.ask(find_residents, ResidentQuery(text, limit=6), done=self._found)
        else:
            self.results.hide()

    def _find_and_pick(self, text: str) -> None:
        if not self.results.pick_current():
            self.ctx.ask(find_residents, ResidentQuery(text, limit=6), done=self._found_one)

    def _found(self, found: Findings) -> None:
        words = self.words
        self._hits = {row.id: row for row in found.rows}
        self.results.show_hits(
            [
                Hit(row.id, row.name, found_detail(words, row), found_side(words, row))
                for row in found.rows
            ]
        )
        self.results.setVisible(bool(found.rows))

    def _found_one(self, found: Findings) -> None:
        self._found(found)
        if len(found.rows) == 1:
            self._picked(found.rows[0].id)

    def _picked(self, resident_id: int) -> None:
        row = self._hits[resident_id]
        self.take(row.id, row.name, row.room)
        self.chosen.emit()
