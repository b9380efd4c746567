"""The calendar of 受診: the rows of a day, or the seven days of a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.services.visit_views import CalendarDay
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.visits_rows import NarrowRow, VisitRow, WeekEntry
from facility_app.ui.viewmodels.visits import Filter, Span, VisitLine, clash_texts, day_lines
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level

CLASHES_SHOWN = 3


class DayPane(Card):
    """All visits of one day."""

    step_wanted = Signal(object)
    edit_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=0, spacing=0)
        self.ctx, self.words = ctx, ctx.words
        self.rows = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.body.addWidget(self.rows, 1)
        self.buttons: list[ActionButton] = []

    def show_day(self, day: CalendarDay, wanted: Filter) -> None:
        """Show this day as the unlocked person sees it."""
        now = self.ctx.now()
        rights = self.ctx.session.require().rights(now)
        lines = day_lines(self.words, day, rights, now, wanted)
        scroll = self.rows.verticalScrollBar()
        at = scroll.value()
        self.rows.clear()
        self._show_clashes(day, wanted)
        rows = [self._row(line) for line in lines]
        for row in rows:
            self.rows.box.addWidget(row)
        self.buttons = [row.action for row in rows if row.action is not None]
        if not lines:
            self.rows.box.addWidget(self._empty(day.day, wanted), 1)
        self.rows.box.addStretch(1)
        scroll.setValue(at)

    def _show_clashes(self, day: CalendarDay, wanted: Filter) -> None:
        told = clash_texts(self.words, [visit for visit in day.visits if wanted.holds(visit)])
        if not told:
            return
        holder = QWidget()
        box = Column(self.theme, holder, margins=8, spacing=8)
        for text in told[:CLASHES_SHOWN]:
            box.addWidget(Notice(self.theme, Level.WARN, text))
        self.rows.box.addWidget(holder)

    def _row(self, line: VisitLine) -> VisitRow | NarrowRow:
        make = NarrowRow if self.theme.compact else VisitRow
        return make(self.theme, self.words, line, self.step_wanted.emit, self.edit_wanted.emit)

    def _empty(self, day: date, wanted: Filter) -> EmptyState:
        words = self.words
        key = "calendar-none" if wanted == Filter() else "calendar-none-found"
        return EmptyState(
            self.theme,
            icon="stethoscope",
            title=words(key, day=words.short_day(day)),
            text=words(f"{key}-how"),
        )


class WeekPane(QWidget):
    """Seven days side by side, one below the other when enlarged."""

    day_wanted = Signal(object)
    visit_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.words = ctx, ctx.words
        self._box = Column(ctx.theme, self, spacing=0)
        self._columns: Columns | None = None
        self.heads: list[ActionButton] = []
        self.entries: list[WeekEntry] = []

    def show_week(self, days: Sequence[CalendarDay], wanted: Filter) -> None:
        """Show these days."""
        if self._columns is not None:
            self._box.removeWidget(self._columns)
            self._columns.hide()
            self._columns.deleteLater()
        self.heads, self.entries = [], []
        self._columns = Columns(self.ctx.theme, (1,) * len(days), spacing=8)
        for day in days:
            self._columns.add(self._day(day, wanted))
        self._box.addWidget(self._columns, 1)

    def _day(self, day: CalendarDay, wanted: Filter) -> QWidget:
        ctx, words, theme = self.ctx, self.words, self.ctx.theme
        now = ctx.now()
        lines = day_lines(words, day, ctx.session.require().rights(now), now, wanted)
        card = Card(theme, padding=4, spacing=4)
        today = day.day == local_date(now)
        head = ActionButton(
            theme, words.short_day(day.day), kind=Kind.OUTLINED if today else Kind.TEXT, bold=True
        )
        said = words("calendar-day-count", day=words.short_day(day.day), count=str(len(lines)))
        head.setAccessibleName(said)
        head.clicked.connect(lambda: self.day_wanted.emit(day.day))
        self.heads.append(head)
        card.body.addWidget(head)
        rows = InnerScroll(theme, spacing=8, margins=4)
        for line in lines:
            entry = WeekEntry(theme, words, line)
            entry.clicked.connect(lambda _on=False, line=line: self.visit_wanted.emit(line))
            self.entries.append(entry)
            rows.box.addWidget(entry)
        rows.box.addStretch(1)
        card.body.addWidget(rows, 1)
        return card

    def show_span(self, span: Span) -> None:
        """Whether the week is what is shown."""
        self.setVisible(span is Span.WEEK)
