"""What every part of the settings page is: fields, whether they were changed, and saving them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import PROGRAM
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


class SettingsPart(QWidget):
    """One part.  `saved` carries `services.closing.Opened` where the window has to know."""

    changed = Signal()
    saved = Signal(object)
    saves = True
    """Whether the page shows its button for saving."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.box = Column(self.theme, self, spacing=16)

    def enter(self) -> None:
        """Read what stands and show it."""

    def save(self) -> None:
        """Write what was typed; ends in `saved` or an error on the page."""

    def read_opened(self, done: Callable[[Any], object]) -> None:
        """Facility and settings as they stand."""
        from facility_app.services.closing import read_opened

        office = self.ctx.office
        self.ctx.lane.run(lambda: office.ask(PROGRAM, read_opened), done=done, failed=self.failed)

    def finish(self, _answer: object = None) -> None:
        """After a write: read again, and tell the window."""
        self.read_opened(self._tell)

    def _tell(self, known: object) -> None:
        self.saved.emit(known)
        self.enter()

    def failed(self, exc: Exception) -> None:
        """An error of this part, on its page."""
        self.ctx.show_error(exc, self)

    def text_field(self, key: str, *, note: str = "", icon: str = "", most: int = 200) -> TextField:
        """A labelled line that tells when it was changed."""
        edit = TextField(self.theme, icon=icon, max_length=most)
        words = self.words(note) if note else ""
        self.box.addWidget(LabeledField(self.theme, self.words(key), edit, note=words))
        edit.textEdited.connect(lambda _text: self.changed.emit())
        return edit

    def tick(self, key: str, note: str = "", into: Column | None = None) -> TickRow:
        """A row to tick that tells when it was changed by hand."""
        row = TickRow(self.theme, self.words(key), note=self.words(note) if note else "")
        row.clicked.connect(lambda _checked: self.changed.emit())
        (into or self.box).addWidget(row)
        return row

    def heading(self, key: str) -> None:
        """A line in bold over a group."""
        self.box.addWidget(Text(self.theme, self.words(key), size=20, bold=True))

    def side_by_side(self, *fields: tuple[str, QWidget]) -> None:
        """Labelled fields in one row."""
        row = Row(self.theme, spacing=16)
        for key, field in fields:
            label = LabeledField(self.theme, self.words(key), field)
            row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(row)


def clear(column: Column) -> None:
    """Take all widgets out of a column, and delete them."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
