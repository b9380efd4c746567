"""A dialog with a form: labelled fields by name, so that a refusal stands under the field it names.

Use::

    class ProxyDialog(FormDialog):
        def __init__(self, ctx, ...):
            super().__init__(ctx, title=..., icon=..., save=words("residents-save"))
            self.name = self.add(Field.NAME, TextField(ctx.theme), required=True)
        def act(self): self.send_form(add_proxy, lambda: AddProxy(...))
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.dates import parse_date
from facility_app.errors import Refused
from facility_app.services.fields import Field, FieldMissing
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Grid, Row
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import AreaField, ComboField, LabeledField, TextField

W = TypeVar("W", bound=QWidget)


class FormDialog(ActDialog):
    """Two columns of fields; `columns` of a field tells how many it takes."""

    def __init__(
        self, ctx: UiContext, *, title: str, icon: str, save: str, subtitle: str = ""
    ) -> None:
        super().__init__(ctx, title=title, icon=icon, subtitle=subtitle)
        self.labels: dict[Field, LabeledField] = {}
        self.dates: dict[Field, DateField] = {}
        self._grid = Grid(ctx.theme, spacing=16)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._next = 0
        self.body.addLayout(self._grid)
        self.set_main(save, "check")

    def open(self, first: QWidget | None = None) -> None:
        """Show it; the focus starts in the first field unless another is given."""
        fields = [labeled.field for labeled in self.labels.values()]
        super().open(first or next(iter(fields), None))

    def add(
        self, field: Field, widget: W, *, columns: int = 1, note: str = "", label: str = ""
    ) -> W:
        """Put a field with its label into the next free place."""
        text = label or self.words.term(field)
        labeled = LabeledField(self.theme, text, widget, note=note)
        self.labels[field] = labeled
        self.place(labeled, columns)
        return widget

    def place(self, widget: QWidget, columns: int = 1) -> None:
        """Put anything into the next free place; two columns begin a new row."""
        if columns == 2 and self._next % 2:
            self._next += 1
        row, column = divmod(self._next, 2)
        if self.theme.compact:
            row, column, columns = self._next, 0, 2
        self._grid.addWidget(widget, row, column, 1, columns, Qt.AlignmentFlag.AlignTop)
        self._next += columns if not self.theme.compact else 1

    def row(self, *widgets: QWidget, columns: int = 2) -> None:
        """Several widgets side by side in one place."""
        box = QWidget()
        line = Row(self.theme, box, spacing=16)
        for widget in widgets:
            line.addWidget(widget, 1)
        self.place(box, columns)

    def line_field(
        self, field: Field, value: str = "", *, columns: int = 1, note: str = ""
    ) -> TextField:
        """A field of one line."""
        widget = TextField(self.theme)
        widget.setText(value)
        return self.add(field, widget, columns=columns, note=note)

    def area_field(self, field: Field, value: str = "", lines: int = 2) -> AreaField:
        """A field of several lines over both columns."""
        widget = AreaField(self.theme, lines=lines)
        widget.setPlainText(value)
        return self.add(field, widget, columns=2)

    def date_field(self, field: Field, value: date | None = None) -> DateField:
        """A field for a date in any writing."""
        widget = DateField(
            self.theme,
            parse=parse_date,
            show=self.words.day,
            problem=lambda exc: str(self.words.error(exc).what),
            hint=self.words("residents-date-hint"),
        )
        widget.set_date(value)
        self.dates[field] = widget
        return self.add(field, widget)

    def choice_field(
        self, field: Field, choices: list[tuple[Any, str]], value: object
    ) -> ComboField:
        """A field of a few choices."""
        widget = ComboField(self.theme)
        widget.set_choices(choices)
        widget.choose(value)
        return self.add(field, widget)

    def send_form(
        self,
        use_case: Callable[..., Any],
        make: Callable[[], object],
        *,
        required: tuple[Field, ...] = (),
    ) -> None:
        """Build the command (or a tuple of arguments) and do it.

        A date that is no date, or is `required` and empty, stops here with the focus on it.
        """
        for labeled in self.labels.values():
            labeled.show_problem("")
        for field, widget in self.dates.items():
            if widget.isVisibleTo(self) and widget.is_wrong():
                self._show_wrong_date(field, widget)
                return
            if field in required and widget.date_or_none() is None:
                self._failed(FieldMissing(field))
                return
        made = make()
        self.send(use_case, *(made if isinstance(made, tuple) else (made,)))

    def _show_wrong_date(self, field: Field, widget: DateField) -> None:
        try:
            parse_date(widget.field.text())
        except Refused as exc:
            text = self.words.error(exc)
            self._point_at(field, f"{text.what}{text.todo}")

    def _point_at(self, field: Field, words: str) -> None:
        labeled = self.labels[field]
        labeled.show_problem(words)
        labeled.field.setFocus()
        self.show_part(labeled)
        self.ctx.announce(words)

    def _failed(self, exc: Exception) -> None:
        named = getattr(exc, "field", None)
        if isinstance(exc, Refused) and isinstance(named, Field) and named in self.labels:
            self.set_sending(False)
            text = self.words.error(exc)
            self._point_at(named, "\n".join(part for part in (text.what, text.todo) if part))
            return
        super()._failed(exc)
