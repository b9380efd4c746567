"""The three columns of きょう: each a card with rows, each row with one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.services.loans import LoanView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.visits_rows import step_button
from facility_app.ui.viewmodels.desk import head_text, is_late, late_text, room_text
from facility_app.ui.viewmodels.today import Step, ToDoLine
from facility_app.ui.viewmodels.visits import VisitLine
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import LateRow, LoanRow, ToDoRow

TODO_SHOWN = 8
"""Rows of やること before the rest goes behind one button."""


class _Column(Card):
    """A card with a count and rows that scroll."""

    def __init__(self, ctx: UiContext, title: str, icon: str, empty: str) -> None:
        super().__init__(ctx.theme, title=ctx.words(title), icon=icon, padding=0, spacing=0)
        self.ctx, self.words, self._empty, self._icon = ctx, ctx.words, empty, icon
        self.rows = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.body.addWidget(self.rows, 1)

    def fill(self, rows: Sequence[QWidget], count: int) -> None:
        """Show these rows, or what this place is for."""
        scroll = self.rows.verticalScrollBar()
        at = scroll.value()
        self.rows.clear()
        self.set_count(str(count), self.words("widgets-cases"))
        for row in rows:
            self.rows.box.addWidget(row)
        if not rows:
            words = self.words
            self.rows.box.addWidget(
                EmptyState(
                    self.theme,
                    icon=self._icon,
                    title=words(self._empty),
                    text=words(f"{self._empty}-how"),
                ),
                1,
            )
        self.rows.box.addStretch(1)
        scroll.setValue(at)

    def buttons(self) -> list[ActionButton]:
        """The buttons of the rows shown, from the top."""
        found = []
        for index in range(self.rows.box.count()):
            item = self.rows.box.itemAt(index)
            row = item.widget() if item is not None else None
            if isinstance(row, LateRow | LoanRow | ToDoRow) and row.action is not None:
                found.append(row.action)
        return found

    def button(
        self,
        key: str,
        act: Callable[[], object],
        *,
        about: str,
        kind: Kind = Kind.OUTLINED,
        icon: str = "",
        height: int = 48,
    ) -> ActionButton:
        """A row's button; `about` tells a screen reader whose."""
        words = self.words(key)
        made = ActionButton(self.theme, words, kind=kind, icon=icon, height=height)
        made.setAccessibleName(f"{words} {about}")
        made.clicked.connect(act)
        return made

    def place_text(self, place: str, count: int) -> str:
        """Where it is and how many."""
        if not place:
            return self.words("today-where-unknown", count=str(count))
        return self.words("today-where", place=place, count=str(count))


class OutColumn(_Column):
    """持出中: late ones first, the first of them with the only filled button."""

    return_wanted = Signal(object)
    locate_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "today-out", "output", "today-out-none")

    def show_loans(self, loans: Sequence[LoanView]) -> None:
        """Earliest due first, as they come."""
        rows: list[QWidget] = []
        filled = False
        for loan in loans:
            if is_late(loan):
                rows.append(self._late(loan, Kind.OUTLINED if filled else Kind.FILLED))
                filled = True
            else:
                rows.append(self._ordinary(loan))
        self.fill(rows, len(loans))

    def _lines(self, loan: LoanView) -> list[tuple[str, str]]:
        where = loan.destination or loan.purpose
        return [("location_on-fill", self.place_text(where, loan.pieces))]

    def _late(self, loan: LoanView, kind: Kind) -> LateRow:
        words = self.words
        button = self.button(
            "today-locate",
            lambda: self.locate_wanted.emit(loan),
            about=loan.name,
            kind=kind,
            icon="call-fill",
            height=64,
        )
        holder = words("today-holder", name=loan.holder)
        return LateRow(
            self.theme,
            late=late_text(words, loan),
            due=words("today-due-at", time=words.clock(loan.due_at)),
            name=loan.name,
            honorific=words("widgets-honorific"),
            room=room_text(words, loan.room),
            lines=[*self._lines(loan), ("directions_walk", holder)],
            action=button,
        )

    def _ordinary(self, loan: LoanView) -> LoanRow:
        words = self.words
        button = None
        if self.ctx.session.may(Permission.SIGN_IN):
            button = self.button(
                "today-return", lambda: self.return_wanted.emit(loan), about=loan.name
            )
        chip = None
        if loan.emergency:
            chip = Chip(self.theme, words("today-emergency"), Level.DANGER)
        return LoanRow(
            self.theme,
            head=head_text(words, loan.due_at, self.ctx.now()),
            side="" if chip is not None else words("today-until"),
            chip=chip,
            name=loan.name,
            honorific=words("widgets-honorific"),
            room=room_text(words, loan.room),
            lines=self._lines(loan),
            action=button,
        )


class VisitColumn(_Column):
    """きょうの受診 by time, with what is still to be prepared."""

    step_wanted = Signal(object)
    plan_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "today-visits", "stethoscope", "today-visits-none")
        foot = Row(ctx.theme, margins=(8, 4, 8, 8))
        self.plan = ActionButton(
            ctx.theme, ctx.words("today-plan"), kind=Kind.TEXT, icon="event_available"
        )
        self.plan.clicked.connect(self.plan_wanted)
        foot.addWidget(self.plan)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_visits(self, lines: Sequence[VisitLine]) -> None:
        """In their order."""
        self.plan.setVisible(self.ctx.session.may(Permission.PLAN_VISITS))
        self.fill([self._row(line) for line in lines], len(lines))

    def _row(self, line: VisitLine) -> LoanRow:
        button = step_button(self.theme, self.words, line, self.step_wanted.emit)
        own = line.round_id is None
        return LoanRow(
            self.theme,
            head=line.time,
            chip=Chip(self.theme, line.chip, Level(line.level)),
            name=line.title,
            honorific=self.words("widgets-honorific") if own else "",
            room=line.room,
            lines=[("location_on-fill", line.place)],
            action=button,
        )


_ICONS = {
    "reason-missing": "emergency_home-fill",
    "reason-late": "emergency_home-fill",
    "review-missing": "fact_check-fill",
    "agreement-missing": "ink_pen-fill",
    "agreement-review": "ink_pen-fill",
    "expired": "event_busy-fill",
    "in-grace": "hourglass-fill",
    "expires-soon": "event_upcoming-fill",
    "renewable": "autorenew",
    "backup-missing": "hard_drive-fill",
    "stocktake-due": "shelves",
    "review-due": "fact_check-fill",
    "ratio-question": "percent",
    "lost-steps": "search_off-fill",
    "lost-close": "search_off-fill",
    "lost-review": "fact_check-fill",
}


class ToDoColumn(_Column):
    """やること: emergencies that lack something, dates, agreements, the backup."""

    step_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "today-todo", "checklist", "today-todo-none")
        self._all = False
        self._lines: Sequence[ToDoLine] = ()
        self._more = ActionButton(ctx.theme, " ", kind=Kind.TEXT, icon="keyboard_arrow_down")
        self._more.clicked.connect(self._show_all)
        foot = Row(ctx.theme, margins=(8, 4, 8, 8))
        foot.addWidget(self._more)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_lines(self, lines: Sequence[ToDoLine]) -> None:
        """The first eight, all after the person asked for them."""
        self._lines = lines
        shown = lines if self._all else lines[:TODO_SHOWN]
        self.fill([self._row(line) for line in shown], len(lines))
        hidden = len(lines) - len(shown)
        self._more.set_text(self.words("today-more", count=str(hidden)))
        self._more.setVisible(hidden > 0)

    def _show_all(self) -> None:
        self._all = True
        self.show_lines(self._lines)

    def _row(self, line: ToDoLine) -> ToDoRow:
        button = None
        if line.step is not Step.NONE:
            button = self.button(
                f"today-step-{line.step.value}",
                lambda: self.step_wanted.emit(line),
                about=f"{line.title} {line.text}",
            )
        icon = _ICONS.get(line.what, "")
        return ToDoRow(self.theme, Level(line.level), line.title, line.text, button, icon=icon)
