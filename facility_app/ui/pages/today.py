"""きょう: what is out, today's visits, what is to be done.  Nothing else.

Read again every 30 seconds and after each act, also while another page is shown: the strip, the
sound and the banner over an overdue loan come from here.  Nothing here needs a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from facility_app.services.acts import Recorded
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.emergency_detail import EmergencyDetail, emergency_detail
from facility_app.services.loans import LoanView
from facility_app.services.outcomes import RatioQuestion, ratio_questions
from facility_app.services.today import Today, today
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.correct import CorrectDialog
from facility_app.ui.dialogs.emergency import ExplainDialog, ReviewDialog
from facility_app.ui.dialogs.hand_over import HandOverDialog, LocateDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.dialogs.ratio_question import SettleDialog
from facility_app.ui.layouts import Columns
from facility_app.ui.page import Page
from facility_app.ui.pages.today_columns import OutColumn, ToDoColumn, VisitColumn
from facility_app.ui.pages.visits_outcome import ask_outcome
from facility_app.ui.viewmodels.desk import number_text, room_text
from facility_app.ui.viewmodels.today import (
    Alarm,
    Step,
    ToDoLine,
    strip_text,
    todo_lines,
    very_late,
    visit_lines,
)
from facility_app.ui.viewmodels.visits import VisitLine, VisitStep
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level

EVERY_MS = 30_000


def beep() -> None:
    """The machine's own sound: it needs no file and no sound library."""
    QApplication.beep()


class TodayPage(Page):
    """See the module.  `sound` is called when an overdue loan reaches its next step."""

    def __init__(self, ctx: UiContext, *, sound: Callable[[], object] = beep) -> None:
        super().__init__(ctx)
        self.today: Today | None = None
        self.choices: DeskChoices | None = None
        self._sound, self._alarm = sound, Alarm()
        self._read_at: datetime | None = None
        words = ctx.words
        self.very_late = Notice(ctx.theme, Level.DANGER, " ", size=20)
        self.very_late.hide()
        self.stale = Notice(ctx.theme, Level.WARN, words("today-stale"))
        self.stale.hide()
        self.content.addWidget(self.very_late)
        self.content.addWidget(self.stale)
        columns = Columns(ctx.theme, (1, 1, 1))
        self.out, self.visits, self.todo = OutColumn(ctx), VisitColumn(ctx), ToDoColumn(ctx)
        for column in (self.out, self.visits, self.todo):
            columns.add(column)
        self.content.addWidget(columns, 1)
        self.out.return_wanted.connect(self._to_desk)
        self.out.locate_wanted.connect(self._locate)
        self.visits.step_wanted.connect(self._visit_step)
        self.visits.plan_wanted.connect(self._plan)
        self.todo.step_wanted.connect(self._todo_step)
        ctx.session.changed.connect(self._session_changed)
        ctx.session.acted.connect(self.refresh)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def refresh(self) -> None:
        """Read the day again; quiet while nobody is unlocked."""
        if self.ctx.session.unlocked:
            self.ctx.ask(today, done=self._show, failed=self._not_read)
            self.ctx.ask(desk_choices, done=self._keep_choices, failed=self._not_read)

    def focus_first(self) -> None:
        """The first button of the first column that has one."""
        for column in (self.out, self.visits, self.todo):
            for button in column.buttons():
                button.setFocus()
                return

    def scan(self, text: str) -> None:
        """A pouch was scanned here: the desk takes it."""
        self.ctx.navigate("desk", scan=text)

    def _session_changed(self) -> None:
        self.today = None  # another person has other buttons on the same rows
        if self.ctx.session.unlocked:
            self.refresh()

    # --- showing ---------------------------------------------------------------------------------

    def _keep_choices(self, choices: DeskChoices) -> None:
        self.choices = choices

    def _not_read(self, exc: Exception) -> None:
        """Keep showing the last state, and say of when it is."""
        if not self.ctx.session.unlocked:
            return
        if self._read_at is None:
            self.ctx.show_error(exc, self)
            return
        at = self.words.clock(self._read_at)
        words = self.words
        self.stale.set(Level.WARN, words("today-stale"), words("today-stale-text", time=at))
        self.stale.show()

    def _show(self, day: Today) -> None:
        if not self.ctx.session.unlocked:
            return
        words = self.words
        self._read_at = day.now
        self.stale.hide()
        if self.today is None or self._differs(day):
            focus = self._focused()
            rights = self.ctx.session.require().rights(day.now)
            self.out.show_loans(day.loans)
            self.visits.show_visits(visit_lines(words, day, rights))
            self.todo.show_lines(todo_lines(words, day, rights))
            self._focus_again(focus)
        self.today = day
        self._warn(day)

    def _differs(self, day: Today) -> bool:
        """Whether the rows would look different: what is read again must not move under a hand."""
        old = self.today
        return old is None or (old.loans, old.visits, old.emergencies, old.todos) != (
            day.loans,
            day.visits,
            day.emergencies,
            day.todos,
        )

    def _focused(self) -> str:
        widget = QApplication.focusWidget()
        inside = widget is not None and self.isAncestorOf(widget)
        return widget.accessibleName() if widget is not None and inside else ""

    def _focus_again(self, name: str) -> None:
        """The rows are new widgets: give the focus to the one that says the same as before."""
        if not name:
            return
        for column in (self.out, self.visits, self.todo):
            for button in column.buttons():
                if button.accessibleName() == name:
                    button.setFocus()
                    return

    def _warn(self, day: Today) -> None:
        """The strip from the first minute, the sound at 15 and 60, the banner at 60."""
        words = self.words
        text = strip_text(words, day)
        if self.ctx.shell is not None:
            self.ctx.shell.show_strip(text, page="today")
        if self._alarm.rings(day.loans):
            if self.choices is None or self.choices.alarm_sound:
                self._sound()
            self.ctx.announce(text)
        late = very_late(day)
        if late:
            loan = late[0]
            title = words("today-banner", name=loan.name, room=room_text(words, loan.room))
            holder = words("today-banner-text", holder=loan.holder)
            self.very_late.set(Level.DANGER, title, holder)
        self.very_late.setVisible(bool(late))

    # --- what the buttons do ---------------------------------------------------------------------

    def _to_desk(self, loan: LoanView) -> None:
        self.ctx.navigate("desk", resident=loan.resident_id)

    def _locate(self, loan: LoanView) -> None:
        dialog = LocateDialog(self.ctx, loan)
        dialog.return_wanted.connect(lambda: self._to_desk(loan))
        dialog.lost_wanted.connect(
            lambda: self.ctx.navigate("lost", report=True, residents=[loan.resident_id], out=True)
        )
        dialog.hand_over_wanted.connect(lambda: self._choose(HandOverDialog, loan))
        dialog.correct_wanted.connect(lambda: self._choose(CorrectDialog, loan))
        dialog.start()

    def _choose(self, kind: type[HandOverDialog] | type[CorrectDialog], loan: LoanView) -> None:
        if self.choices is not None:
            self._run(kind(self.ctx, loan, self.choices))

    def _visit_step(self, line: VisitLine) -> None:
        visit = line.visit
        if line.round_id is not None:
            self.ctx.navigate("house-call", round=line.round_id)
        elif line.step in (VisitStep.PREPARE, VisitStep.TAKE):
            self.ctx.navigate("departure", visit=int(visit.id))
        elif line.step is VisitStep.OUTCOME:
            ask_outcome(self.ctx, int(visit.id), said=self._said, failed=self._failed)
        else:
            self.ctx.navigate("desk", resident=visit.resident_id)

    def _plan(self) -> None:
        if self.choices is not None:
            self._run(PlanVisitDialog(self.ctx, self.choices), self.words("plan-done"))

    def _todo_step(self, line: ToDoLine) -> None:
        if line.step is Step.EXPLAIN and line.emergency is not None:
            self._run(ExplainDialog(self.ctx, line.emergency))
        elif line.step is Step.REVIEW and line.emergency is not None:
            self.ctx.ask(emergency_detail, line.emergency.loan_id, done=self._review)
        elif line.step is Step.BACKUP:
            self.ctx.navigate("settings", section="backup")
        elif line.step is Step.STOCKTAKE:
            self.ctx.navigate("stocktake")
        elif line.step is Step.RECORD:
            self.ctx.navigate("review")
        elif line.step is Step.LOST:
            self.ctx.navigate("lost", case=line.case_id)
        elif line.step is Step.QUESTION:
            self.ctx.ask(
                ratio_questions,
                done=lambda found: self._settle(line.resident_id, found),
                failed=self._failed,
            )
        elif line.step is Step.AGREEMENT:
            self.ctx.navigate("residents", resident=line.resident_id, tab="agreements")
        elif line.resident_id:
            self.ctx.navigate("residents", resident=line.resident_id)
        else:
            self.ctx.navigate("residents")

    def _settle(self, resident_id: int, found: Sequence[RatioQuestion]) -> None:
        """The oldest question about this resident."""
        mine = [each for each in found if each.resident_id == resident_id]
        if mine:
            self._run(SettleDialog(self.ctx, mine[0]), self.words("works-settled"))

    def _review(self, detail: EmergencyDetail) -> None:
        self._run(ReviewDialog(self.ctx, detail))

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)

    def _run(self, dialog: ActDialog, said: str = "") -> None:
        dialog.recorded.connect(partial(self._recorded, said))
        dialog.start()

    def _recorded(self, said: str, done: Recorded[Any]) -> None:
        words = self.words
        self._said(said or words("desk-done", number=number_text(words, done.seq)))

    def _said(self, text: str) -> None:
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.refresh()
