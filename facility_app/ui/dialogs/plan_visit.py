"""受診予定: plan a visit of today or later, or prepare one that is planned.

Use: ``PlanVisitDialog(ctx, choices)``, with ``who=(id, name, room)`` and ``purpose="renewal"``
where they are known, or ``PlanVisitDialog(ctx, choices, visit=view)``.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date, local_time
from facility_app.domain.dates import format_wareki, parse_date
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.search import Findings, FoundResident, ResidentQuery, find_residents
from facility_app.services.visits import (
    ChangeVisit,
    PlanVisit,
    VisitView,
    cancel_visit,
    change_visit,
    plan_visit,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.layouts import Columns, Row, Sized
from facility_app.ui.viewmodels.desk import found_detail, found_side, purpose_choices, room_text
from facility_app.ui.viewmodels.receipts import VisitPlan
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField, TimeField
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.text import Text


class PlanVisitDialog(ActDialog):
    """Who, why and where at the left; when and with whom at the right."""

    def __init__(
        self,
        ctx: UiContext,
        choices: DeskChoices,
        *,
        visit: VisitView | None = None,
        who: tuple[int, str, str] | None = None,
        purpose: str = "",
    ) -> None:
        words = ctx.words
        title = "plan-title" if visit is None else "plan-title-change"
        super().__init__(ctx, title=words(title), icon="event_available-fill")
        self.visit, self.resident_id = visit, visit.resident_id if visit else 0
        codes = [each.code for each in choices.purposes]
        first = purpose if purpose in codes else next(iter(codes), "")
        self.plan = VisitPlan(local_date(ctx.now()), first)
        columns = Columns(ctx.theme, (1, 1), spacing=24)
        columns.add(self._build_who(choices))
        columns.add(self._build_when(choices))
        self.body.addWidget(columns)
        self.add_note("info", words("plan-note"))
        if visit is not None:
            self._add_cancel()
        go = "plan-go" if visit is None else "plan-go-change"
        self.set_main(words(go), "event_available")
        if visit is not None:
            self._fill(visit)
        elif who is not None:
            self._take(*who)
        self._read()

    def _build_who(self, choices: DeskChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=12)
        self.who = Text(theme, words("plan-who-first"), size=20, bold=True)
        box.column.addWidget(self.who)
        self.search = ScanField(theme, words("plan-who-hint"), icon="person_search")
        self.search.searched.connect(self._find)
        self.search.scanned.connect(self._find_and_pick)
        self.results = SearchResults(theme, words("desk-results"))
        self.results.picked.connect(self._picked)
        self.results.follow(self.search)
        Sized(theme, self.results, height=176)
        self.results.hide()
        self._hits: dict[int, FoundResident] = {}
        if self.visit is None:
            box.column.addWidget(self.search)
            box.column.addWidget(self.results)
        self.purpose = ReasonButtons(theme, words("plan-purpose"), columns=3)
        self.purpose.set_choices(purpose_choices(words, choices.purposes))
        self.purpose.choose(self.plan.purpose_code)
        self.purpose.chosen.connect(lambda _code: self._read())
        box.column.addWidget(Text(theme, words("plan-purpose"), size=16, tone="text2"))
        box.column.addWidget(self.purpose)
        box.column.addStretch(1)
        return box

    def _build_when(self, choices: DeskChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=12)
        self.place = TextField(theme, hint=words("desk-destination-hint"), icon="location_on-fill")
        box.column.addWidget(LabeledField(theme, words("plan-place"), self.place))
        self.day = DateField(
            theme,
            parse=parse_date,
            show=format_wareki,
            problem=lambda exc: words.error(exc).what,
        )
        self.day.set_date(self.plan.day)
        box.column.addWidget(LabeledField(theme, words("plan-day"), self.day))
        times = Row(theme, spacing=16)
        self.starts, self.returns = TimeField(theme, hint="13:30"), TimeField(theme)
        times.addWidget(LabeledField(theme, words("plan-starts"), self.starts), 1)
        times.addWidget(LabeledField(theme, words("plan-returns"), self.returns), 1)
        box.column.addLayout(times)
        self.escort = ComboField(theme, icon="directions_walk")
        self.escort.set_choices([(None, words("plan-escort-none")), *choices.holders])
        box.column.addWidget(LabeledField(theme, words("plan-escort"), self.escort))
        for field in (self.place, self.starts, self.returns):
            field.textChanged.connect(self._read)
        self.day.changed.connect(self._read)
        self.escort.currentIndexChanged.connect(self._read)
        return box

    def _add_cancel(self) -> None:
        button = ActionButton(
            self.theme, self.words("plan-cancel-visit"), kind=Kind.TEXT, icon="event_busy"
        )
        button.clicked.connect(self._cancel)
        self.notes.addWidget(button)

    def _fill(self, visit: VisitView) -> None:
        starts = local_time(visit.starts_at)
        self._name(visit.name, visit.room)
        self.purpose.choose(visit.purpose_code)
        self.place.setText(visit.destination)
        self.day.set_date(starts.date())
        self.starts.set_time(starts.time())
        self.returns.set_time(local_time(visit.returns_at).time() if visit.returns_at else None)
        self.escort.choose(visit.escort_id)

    def start(self) -> None:
        """Show it."""
        known = self.place if self.resident_id else self.search
        self.open(known if self.visit is None else self.escort)

    def scan(self, text: str) -> None:
        """A pouch tag that was scanned while the focus stood elsewhere."""
        if self.visit is None:
            self.search.scan(text)

    # --- who -------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        if text:
            self.ctx.ask(find_residents, ResidentQuery(text, limit=6), done=self._found)
        else:
            self.results.hide()

    def _find_and_pick(self, text: str) -> None:
        if not self.results.pick_current():
            self.ctx.ask(find_residents, ResidentQuery(text, limit=6), done=self._found_one)

    def _found(self, found: Findings) -> None:
        words = self.words
        self._hits = {row.id: row for row in found.rows}
        self.results.show_hits(
            [
                Hit(row.id, row.name, found_detail(words, row), found_side(words, row))
                for row in found.rows
            ]
        )
        self.results.setVisible(bool(found.rows))

    def _found_one(self, found: Findings) -> None:
        self._found(found)
        if len(found.rows) == 1:
            self._picked(found.rows[0].id)

    def _picked(self, resident_id: int) -> None:
        row = self._hits[resident_id]
        self._take(row.id, row.name, row.room)
        self.place.setFocus()
        self._read()

    def _take(self, resident_id: int, name: str, room: str) -> None:
        self.resident_id = resident_id
        self._name(name, room)
        self.search.clear()
        self.results.hide()

    def _name(self, name: str, room: str) -> None:
        honorific = self.words("widgets-honorific")
        self.who.set(f"{name}{honorific}  {room_text(self.words, room)}")

    # --- when ------------------------------------------------------------------------------------

    def _read(self) -> None:
        day: date | None = self.day.date_or_none()
        plan = self.plan
        plan.day = day or plan.day
        plan.purpose_code = self.purpose.value() or plan.purpose_code
        plan.destination = self.place.text()
        plan.starts, plan.returns = self.starts.time_or_none(), self.returns.time_or_none()
        plan.escort_id = self.escort.value()
        ready = plan.ready() and bool(self.resident_id) and not self.day.is_wrong()
        if self.main is not None and not self.sending:
            self.main.setEnabled(ready)

    def act(self) -> None:
        """Plan it, or change the plan."""
        form = self.plan.form()
        if self.visit is None:
            self.send(plan_visit, PlanVisit(self.resident_id, form))
        else:
            self.send(change_visit, ChangeVisit(self.visit.id, form))

    def _cancel(self) -> None:
        if self.visit is not None and not self.sending:
            self.send(cancel_visit, self.visit.id)
