"""What must be written down of a step: time, name, receipt number, ticked places.

Nothing is skipped silently: a field that is asked for and empty is marked, with what to write when
there is nothing to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import JST, local_time
from facility_app.domain.dates import parse_date
from facility_app.domain.incidents import Evidence
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_steps import Proof
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField, TimeField
from facility_app.ui.widgets.tick_buttons import TickButtons

_TOP = Qt.AlignmentFlag.AlignTop
WAYS = ("ordinary", "express")
_SHARES = {Evidence.RECEIPT: 3, Evidence.NOTE: 6, Evidence.ON: 4}
_HINTS = (Evidence.SPOKE_TO, Evidence.RECEIPT, Evidence.NOTE, Evidence.OFFICE, Evidence.COUNT)


class MomentField(QWidget):
    """A time today, or on an earlier day where that is possible."""

    def __init__(self, ctx: UiContext, days: list[date]) -> None:
        super().__init__()
        words, theme = ctx.words, ctx.theme
        row = Row(theme, self, spacing=8)
        self.time = TimeField(theme)
        Sized(theme, self.time, width=124)
        row.addWidget(self.time)
        self.days = ComboField(theme, name=words("loss-day"))
        names = [words("desk-today"), *(words.short_day(day) for day in days[1:])]
        self.days.set_choices(list(zip(days, names, strict=True)))
        Sized(theme, self.days, min_width=160)
        row.addWidget(self.days)
        self.days.setVisible(len(days) > 1)
        row.addStretch(1)
        self.setFocusProxy(self.time)

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the field that has the focus."""
        super().setAccessibleName(name)
        self.time.setAccessibleName(name)

    def set_moment(self, at: datetime) -> None:
        """Show a moment (aware)."""
        local = local_time(at)
        self.time.set_time(time(local.hour, local.minute))
        self.days.choose(local.date())

    def moment(self, now: datetime) -> datetime | None:
        """The moment, aware UTC; the present minute counts as now.  None while it is no time."""
        typed, day = self.time.time_or_none(), self.days.value()
        if typed is None or not isinstance(day, date):
            return None
        at = datetime.combine(day, typed, JST).astimezone(UTC)
        same = at.replace(second=0) == now.replace(second=0, microsecond=0)
        return now if same else at


class EvidenceFields(QWidget):
    """One field for everything that a step asks for, in lines of a few."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self._box = Column(ctx.theme, self, spacing=8)
        self._inside: QWidget | None = None
        self.fields: dict[Evidence, QWidget] = {}
        self.labels: dict[Evidence, LabeledField] = {}

    def show_fields(
        self,
        book: LostBook,
        asked: Iterable[Evidence],
        optional: Iterable[Evidence],
        days: list[date],
        filled: Mapping[Evidence, Proof] | None = None,
    ) -> None:
        """Other fields, filled with what is known; a time and a day begin with now."""
        if self._inside is not None:
            self._box.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = Column(self.theme, self._inside, spacing=8)
        self.fields, self.labels = {}, {}
        required = tuple(asked)
        wanted = [*required, *(each for each in optional if each not in required)]
        for field in wanted:
            self.fields[field] = self._field(book, field, days)
            label = self.words.term(field)
            if field not in required:
                label = self.words("loss-optional", label=label)
            self.labels[field] = LabeledField(self.theme, label, self.fields[field])
        for line in _lines(wanted):
            self._add_line(column, line)
        for field in wanted:
            self._fill(field, (filled or {}).get(field))
        self._box.addWidget(self._inside)

    def _add_line(self, column: Column, line: list[Evidence]) -> None:
        if self.theme.compact:
            for field in line:
                column.addWidget(self.labels[field])
            return
        row = Row(self.theme, spacing=8)
        for field in line:
            fixed = field is Evidence.AT
            row.addWidget(self.labels[field], 0 if fixed else _SHARES.get(field, 3), _TOP)
        if len(line) == 1 and line[0] in (Evidence.AT, Evidence.COUNT):
            row.addStretch(1)
        column.addLayout(row)

    def _field(self, book: LostBook, field: Evidence, days: list[date]) -> QWidget:
        words, theme = self.words, self.theme
        if field is Evidence.AT:
            return MomentField(self.ctx, days)
        if field.is_day:
            return DateField(
                theme,
                parse=parse_date,
                show=words.day,
                problem=lambda exc: str(words.error(exc).what),
                hint=words("residents-date-hint"),
            )
        if field is Evidence.PLACES:
            ticks = TickButtons(theme, words.term(field), columns=2)
            language = words.language
            ticks.set_choices(
                [(each.code, each.name.of(language)) for each in book.lost.places.values()]
            )
            return ticks
        if field is Evidence.WAY:
            ways = ReasonButtons(theme, words.term(field), columns=2)
            ways.set_choices([(way, words(f"loss-way-{way}")) for way in WAYS])
            return ways
        hint = words(f"loss-hint-{field.value}") if field in _HINTS else ""
        return TextField(theme, hint=hint)

    def _fill(self, field: Evidence, value: Proof | None) -> None:
        widget = self.fields[field]
        if isinstance(widget, MomentField):
            widget.set_moment(value if isinstance(value, datetime) else self.ctx.now())
        elif isinstance(widget, DateField):
            today = local_time(self.ctx.now()).date() if field is Evidence.ON else None
            widget.set_date(value if isinstance(value, date) else today)
        elif isinstance(widget, TickButtons) and isinstance(value, tuple):
            widget.tick(value)
        elif isinstance(widget, ReasonButtons) and isinstance(value, str):
            for way in WAYS:
                if self.words(f"loss-way-{way}") == value:
                    widget.choose(way)
        elif isinstance(widget, TextField) and isinstance(value, str):
            widget.setText(value)

    def values(self) -> dict[Evidence, Proof]:
        """What was filled in; empty fields are left out."""
        found: dict[Evidence, Proof] = {}
        for field, widget in self.fields.items():
            value = self._value(widget)
            if value not in (None, "", ()):
                found[field] = value
        return found

    def _value(self, widget: QWidget) -> Proof | None:
        if isinstance(widget, MomentField):
            return widget.moment(self.ctx.now())
        if isinstance(widget, DateField):
            return widget.date_or_none()
        if isinstance(widget, TickButtons):
            return widget.values()
        if isinstance(widget, ReasonButtons):
            way = widget.value()
            return self.words(f"loss-way-{way}") if way else ""
        return widget.text().strip() if isinstance(widget, TextField) else None

    def mark(self, missing: Iterable[Evidence]) -> None:
        """Say under these that something must be written; the first gets the focus."""
        lacking = [field for field in self.fields if field in set(missing)]
        for field, label in self.labels.items():
            label.show_problem(self.words("loss-write-this") if field in lacking else "")
        if lacking:
            self._focus(lacking[0])

    def focus_first(self) -> bool:
        """The focus on the first field that is still empty; whether there is one."""
        for field, widget in self.fields.items():
            if self._value(widget) in (None, "", ()):
                self._focus(field)
                return True
        return False

    def _focus(self, field: Evidence) -> None:
        widget = self.fields[field]
        target: QWidget | None = widget
        if isinstance(widget, TickButtons):
            target = next(iter(widget.buttons.values()), None)
        elif isinstance(widget, ReasonButtons):
            target = widget.button(WAYS[0])
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(wanted: list[Evidence]) -> list[list[Evidence]]:
    """At most three short ones side by side; ticks and notes have a line of their own."""
    lines: list[list[Evidence]] = []
    room = 0
    for field in wanted:
        whole = field in (Evidence.PLACES, Evidence.NOTE)
        if whole or room <= 0:
            lines.append([])
            room = 3
        lines[-1].append(field)
        room = 0 if whole else room - 1
    return lines
