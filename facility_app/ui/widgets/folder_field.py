"""A folder: typed, or chosen in the dialog of the system.

Use: ``field = FolderField(theme, label, choose=words("..."))``; `field.edit` is the line;
`changed` after every edit and choice; ``field.labeled.show_problem("...")``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from facility_app.ui.layouts import Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import LabeledField, TextField

MOST_LETTERS = 1000


class FolderField(QWidget):
    """A labelled line, and the button beside it."""

    changed = Signal()

    def __init__(self, theme: Theme, label: str, *, choose: str) -> None:
        super().__init__()
        row = Row(theme, self, spacing=16)
        self.edit = TextField(theme, icon="folder", max_length=MOST_LETTERS)
        self.edit.textEdited.connect(lambda _text: self.changed.emit())
        self.labeled = LabeledField(theme, label, self.edit)
        row.addWidget(self.labeled, 1)
        self.choose = ActionButton(theme, choose, kind=Kind.GREY, icon="folder_open")
        self.choose.setAccessibleName(f"{label} {choose}")
        self.choose.clicked.connect(self._ask)
        place = QWidget()  # beside the line, whatever is said below it
        Row(theme, place, margins=(0, 28, 0, 0), spacing=0).addWidget(self.choose)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.choose.text())
        if name:
            self.edit.setText(name)
            self.changed.emit()
