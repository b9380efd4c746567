"""For which day is a card checked?  Today, or the day of a visit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from facility_app.domain.dates import format_wareki, parse_date
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.text import Text


class CheckDayDialog(ActDialog):
    """`chosen` carries the day; the dialog is gone by then."""

    chosen = Signal(object)

    def __init__(self, ctx: UiContext, day: date) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("check-day-title"), icon="event", width=720)
        self.body.addWidget(Text(ctx.theme, words("check-day-text")))
        self.day = DateField(
            ctx.theme,
            parse=parse_date,
            show=format_wareki,
            problem=lambda exc: words.error(exc).what,
        )
        self.day.set_date(day)
        self.day.changed.connect(self._read)
        self.body.addWidget(LabeledField(ctx.theme, words("check-day-field"), self.day))
        self.set_main(words("check-day-go"), "event")

    def start(self) -> None:
        """Show it, with the day chosen so that typing replaces it."""
        self.open(self.day.field)
        self.day.field.selectAll()

    def act(self) -> None:
        """Take the day."""
        day = self.day.date_or_none()
        if day is not None:
            self.dismiss()
            self.chosen.emit(day)

    def _read(self) -> None:
        if self.main is not None:
            self.main.setEnabled(self.day.date_or_none() is not None)
