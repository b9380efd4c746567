"""受診: day and week by time, each visit with its next step; plan, import, and ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.services.clinics import ClinicView, list_clinics
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.services.visit_views import CalendarDay, VisitState, calendar
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Columns, Row
from facility_app.ui.log_state import show_log_state
from facility_app.ui.page import Page
from facility_app.ui.pages.desk_parts import ViewStack
from facility_app.ui.pages.visits_acts import VisitActs
from facility_app.ui.pages.visits_calendar import DayPane, WeekPane
from facility_app.ui.viewmodels.visits import (
    Filter,
    Span,
    VisitLine,
    VisitStep,
    shown_days,
    stepped,
    title_text,
    visit_line,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import ComboField
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text


class VisitsPage(Page):
    """`open(day=…)` shows a day; `scan`: a pouch tag that was scanned elsewhere; `said`: what was
    done on another page."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.span, self.day = Span.DAY, local_date(ctx.now())
        self.days: Sequence[CalendarDay] = ()
        self.choices: DeskChoices | None = None
        self.clinics: Sequence[ClinicView] = ()
        self.acts = VisitActs(self)
        self._asked, self._wants_focus = 0, False
        self._build_head()
        self._build_tools()
        self.today_pane, self.week = DayPane(ctx), WeekPane(ctx)
        self.views = ViewStack(self.today_pane, self.week)
        self.content.addWidget(self.views, 1)
        self.today_pane.step_wanted.connect(self.step)
        self.today_pane.edit_wanted.connect(self.acts.edit)
        self.week.day_wanted.connect(self.show_day)
        self.week.visit_wanted.connect(self._from_week)
        ctx.session.changed.connect(self._person_changed)
        ctx.session.acted.connect(self._acted)
        self.theme.changed.connect(self._place)
        self._compact = self.theme.compact
        self._place()

    def _build_head(self) -> None:
        words, theme = self.words, self.theme
        self.before = ActionButton(theme, words("calendar-before"), kind=Kind.GREY,
                                   icon="chevron_left", height=56)  # fmt: skip
        self.after = ActionButton(theme, words("calendar-after"), kind=Kind.GREY,
                                  icon="chevron_right", height=56)  # fmt: skip
        self.before.clicked.connect(lambda: self.show_day(stepped(self.span, self.day, -1)))
        self.after.clicked.connect(lambda: self.show_day(stepped(self.span, self.day, 1)))
        self.title = Text(theme, " ", size=28, bold=True, wraps=False)
        self.to_today = ActionButton(theme, words("calendar-today"), kind=Kind.GREY, height=56)
        self.to_today.clicked.connect(lambda: self.show_day(local_date(self.ctx.now())))
        self.spans = ReasonButtons(theme, words("calendar-span"), columns=2)
        self.spans.set_choices((each.value, words(f"calendar-{each.value}")) for each in Span)
        self.spans.choose(self.span.value)
        self.spans.chosen.connect(self._choose_span)
        self.plan = ActionButton(theme, words("calendar-plan"), kind=Kind.FILLED,
                                 icon="event_available", key="F4", height=56)  # fmt: skip
        self.plan.clicked.connect(lambda: self.acts.plan())
        self.head.addWidget(self.before)
        self.head.addWidget(self.after)
        self.head.addWidget(self.title)
        self.head.addWidget(self.to_today)
        self.head.addStretch(1)
        self.head.addWidget(self.spans)
        self.head.addWidget(self.plan)

    def _build_tools(self) -> None:
        words, theme = self.words, self.theme
        self.clinic = ComboField(theme, icon="filter_list", name=words("calendar-clinic"))
        self.clinic.set_choices([(None, words("calendar-clinic-all"))])
        self.clinic.currentIndexChanged.connect(lambda _at: self._show())
        self.who = ScanField(theme, words("calendar-who"), icon="person_search", height=48)
        self.who.searched.connect(lambda _text: self._show())
        self.who.scanned.connect(self._typed)
        fields = Columns(theme, (1, 1), spacing=8)
        fields.add(self.clinic)
        fields.add(self.who)
        self.rounds = self._tool("calendar-rounds", "home_health", self.acts.plan_round)
        self.take_in = self._tool("calendar-import", "upload_file", self.acts.take_in)
        self.to_clinics = self._tool(
            "clinics-page-title", "local_hospital", lambda: self.ctx.navigate("clinics")
        )
        self.to_results = self._tool(
            "works-title", "bar_chart", lambda: self.ctx.navigate("visit-results")
        )
        self.tools = Columns(theme, (1, 1), spacing=8)
        self.tools.add(fields)
        buttons = QWidget()
        line = Row(theme, buttons, spacing=8)
        line.addStretch(1)
        for button in (self.rounds, self.take_in, self.to_clinics, self.to_results):
            line.addWidget(button)
        self.tools.add(buttons)
        self.content.addWidget(self.tools)

    def _tool(self, key: str, icon: str, act: Callable[[], object]) -> ActionButton:
        button = ActionButton(self.theme, self.words(key), kind=Kind.GREY, icon=icon, bold=False)
        button.clicked.connect(act)
        return button

    def _place(self) -> None:
        """Enlarged, the filled button stands in the bar, and rows are built anew."""
        compact = self.theme.compact
        if compact:
            self.act_row.addWidget(self.spans, 1)
            self.act_row.addWidget(self.plan, 1)
        else:
            self.head.addWidget(self.spans)
            self.head.addWidget(self.plan)
        self.content.removeWidget(self.tools)
        self.content.insertWidget(1 if compact else 0, self.tools)
        self.bar.setVisible(compact)
        if compact != self._compact:
            self._compact = compact
            self._show()

    # --- what the window asks --------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """See the class."""
        day, scanned, said = (args.get(name) for name in ("day", "scan", "said"))
        if isinstance(day, date):
            self.day = day
        if isinstance(said, str):
            self.banner.show_done(said)
            self.ctx.announce(said)
        if isinstance(scanned, str) and scanned:
            self.scan(scanned)

    def refresh(self) -> None:
        """Read the shown days again, and what the forms offer."""
        if not self.ctx.session.unlocked:
            return
        may = self.ctx.session.may
        for button in (self.plan, self.rounds):
            button.setVisible(may(Permission.PLAN_VISITS))
        self.take_in.setVisible(may(Permission.PLAN_VISITS))
        self.to_results.setVisible(may(Permission.MAKE_REPORTS))
        self.ctx.ask(desk_choices, done=self._keep_choices, failed=self.failed)
        self.ctx.ask(list_clinics, done=self._keep_clinics, failed=self.failed)
        self._read()

    def focus_first(self) -> None:
        """The first step of the day, else the button that plans one."""
        buttons = self.today_pane.buttons if self.span is Span.DAY else self.week.heads
        self._wants_focus = not self.days
        target = buttons[0] if buttons else self.before
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def scan(self, text: str) -> None:
        """A pouch: to the visit of today that it belongs to, or to the desk."""
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=2),
            done=partial(self._found, text),
            failed=self.failed,
        )

    # --- showing ---------------------------------------------------------------------------------

    def _keep_choices(self, choices: DeskChoices) -> None:
        self.choices = choices

    def _keep_clinics(self, clinics: Sequence[ClinicView]) -> None:
        self.clinics = clinics
        every = (None, self.words("calendar-clinic-all"))
        self.clinic.set_choices([every, *((each.id, each.form.name) for each in clinics)])

    def _read(self) -> None:
        self._asked += 1
        asked = self._asked
        first, last = shown_days(self.span, self.day)
        self.ctx.ask(
            calendar, first, last,
            done=partial(self._take, asked),
            failed=self.failed,
            what=self.words("desk-busy-reading"),
        )  # fmt: skip

    def _take(self, asked: int, days: Sequence[CalendarDay]) -> None:
        if asked == self._asked and self.ctx.session.unlocked:
            self.days = days
            self._show()

    def _show(self) -> None:
        """The days that were read, narrowed to what is wanted."""
        if not self.days or not self.ctx.session.unlocked:
            return
        self.title.set(title_text(self.words, self.span, self.day))
        had = QApplication.focusWidget()
        if had is None or not self.isAncestorOf(had):
            had = None
        name = "" if had is None else had.accessibleName()
        wanted = Filter(self.clinic.value(), self.who.wanted())
        if self.span is Span.DAY:
            self.today_pane.show_day(self.days[0], wanted)
            self.views.setCurrentWidget(self.today_pane)
        else:
            self.week.show_week(self.days, wanted)
            self.views.setCurrentWidget(self.week)
        if self._wants_focus:
            self.focus_first()
        else:
            self._focus_again(had, name)

    def _focus_again(self, had: QWidget | None, name: str) -> None:
        """The rows are new widgets: the focus goes to the one that says the same as before."""
        if had is None or (had.isVisible() and had.isEnabled()):
            return
        same = (each for each in self.findChildren(ActionButton) if each.accessibleName() == name)
        target = next((each for each in same if each.isVisible()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def show_day(self, day: date) -> None:
        """Another day, or the week that it lies in; a head of the week leads to its day."""
        if self.sender() is self.week:
            self.span = Span.DAY
            self.spans.choose(Span.DAY.value)
        self.day = day
        self._read()

    def _choose_span(self, key: str) -> None:
        if Span(key) is not self.span:
            self.span = Span(key)
            self._read()

    def _typed(self, text: str) -> None:
        """Enter in the filter: a tag leads to its visit, anything else narrows the list."""
        self.who.clear()
        self.scan(text)

    def failed(self, exc: Exception) -> None:
        """Say it; what is shown stays."""
        self.ctx.show_error(exc, self)

    def _person_changed(self) -> None:
        self.days = ()
        self.banner.dismiss()

    def _acted(self) -> None:
        if self.isVisible() and self.ctx.session.unlocked:
            self._read()

    # --- what the buttons do ---------------------------------------------------------------------

    def step(self, line: VisitLine) -> None:
        """The next step of a row."""
        self.clear_problem()
        if line.round_id is not None:
            self.ctx.navigate("house-call", round=line.round_id)
        elif line.step in (VisitStep.PREPARE, VisitStep.TAKE):
            self.ctx.navigate("departure", visit=int(line.visit.id))
        elif line.step is VisitStep.RETURN:
            self.ctx.navigate("desk", resident=line.visit.resident_id)
        elif line.step is VisitStep.OUTCOME:
            self.acts.outcome(line.visit)

    def _from_week(self, line: VisitLine) -> None:
        if line.step is VisitStep.NONE:
            self.acts.edit(line)
        else:
            self.step(line)

    def _found(self, text: str, found: Findings) -> None:
        if not found.rows:
            self.ctx.navigate("desk", scan=text)
            return
        if found.total > 1 and not found.exact:
            self.who.setText(text)
            self._show()
            return
        today = local_date(self.ctx.now())
        self.ctx.ask(
            calendar, today, today,
            done=partial(self._to_visit, text, found.rows[0].id),
            failed=self.failed,
        )  # fmt: skip

    def _to_visit(self, text: str, resident_id: int, days: Sequence[CalendarDay]) -> None:
        """The visit that comes next; without one the desk takes the pouch."""
        mine = [visit for visit in days[0].visits if visit.resident_id == resident_id]
        open_now = [visit for visit in mine if visit.state is VisitState.PLANNED]
        if open_now and open_now[0].round_id is None:
            self.ctx.navigate("departure", visit=int(open_now[0].id), scan=text)
            return
        waiting = [visit for visit in mine if visit.state is VisitState.BACK]
        rights = self.ctx.session.require().rights(self.ctx.now())
        if waiting and not any(visit.state is VisitState.OUT for visit in mine):
            self.step(visit_line(self.words, waiting[0], rights, self.ctx.now()))
            return
        self.ctx.navigate("desk", scan=text)

    def run(self, dialog: ActDialog, said: str) -> None:
        """Show a dialog; when it is done, say so and read again."""
        dialog.recorded.connect(lambda _done: self.say(said))
        dialog.start()

    def say(self, text: str) -> None:
        """Something was done."""
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.ctx.session.acted.emit()
        show_log_state(self.ctx)

    def ask(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], object]) -> None:
        """A query whose failure is said on the page."""
        self.ctx.ask(query, *args, done=done, failed=self.failed)
