"""Dialogs of the departure check: what goes along, and why they leave with a line open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from facility_app.services.departure import CheckCode
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.viewmodels.departure import LeaveForm, item_name, line_texts
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.tick_row import TickRow


class PiecesDialog(ActDialog):
    """Everything of theirs that lies in the safe."""

    chosen_now = Signal()

    def __init__(self, ctx: UiContext, form: LeaveForm) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("leave-pieces-title"), icon="inventory_2", width=720)
        taken = set(form.taken())
        self.rows: dict[int, TickRow] = {}
        for item in form.in_safe():
            usual = form.found.visit.purpose_code in item.usual_for
            note = "" if usual else words("desk-why-not-usual")
            row = TickRow(ctx.theme, item_name(words, item), note=note, checked=item.id in taken)
            self.rows[item.id] = row
            self.body.addWidget(row)
        self.set_main(words("leave-pieces-go"), "check")

    def start(self) -> None:
        """Show it."""
        self.open(next(iter(self.rows.values()), None))

    def chosen(self) -> tuple[int, ...]:
        """What is ticked."""
        return tuple(id_ for id_, row in self.rows.items() if row.isChecked())

    def act(self) -> None:
        """Take it over."""
        self.dismiss()
        self.chosen_now.emit()


class ReasonsDialog(ActDialog):
    """One reason for every line that is passed; it goes into the record."""

    written = Signal()

    def __init__(self, ctx: UiContext, form: LeaveForm) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("leave-reasons"), icon="edit_note", width=800)
        texts = {line.code: line for line in line_texts(words, form)}
        self.fields: dict[CheckCode, TextField] = {}
        for line in form.passable:
            field = TextField(ctx.theme, hint=words("leave-reason-hint"))
            field.setText(form.reasons.get(line.code, ""))
            field.textChanged.connect(self._tell)
            self.fields[line.code] = field
            shown = texts[line.code]
            note = shown.text.replace("\n", " ")
            self.body.addWidget(LabeledField(ctx.theme, shown.title, field, note=note))
        self.add_note("history", words("leave-reasons-note"))
        self.set_main(words("leave-reasons-go"), "check")
        self._tell()

    def start(self) -> None:
        """Show it."""
        self.open(next(iter(self.fields.values()), None))

    def reasons(self) -> Mapping[CheckCode, str]:
        """What was written."""
        return {code: field.text() for code, field in self.fields.items()}

    def _tell(self) -> None:
        if self.main is not None:
            self.main.setEnabled(any(text.strip() for text in self.reasons().values()))

    def act(self) -> None:
        """Keep them on the page; they are recorded with the departure."""
        self.dismiss()
        self.written.emit()
