"""訪問診療を予定する: which clinic, when, with what device, and who is seen.

Use: ``RoundDialog(ctx, choices, day=...)`` or, for a planned one, ``RoundDialog(ctx, choices,
view=view)``; `cancelled` after the round was taken out of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.domain.coverage import HouseCallDevice
from facility_app.domain.dates import format_wareki, parse_date
from facility_app.services.acts import Recorded
from facility_app.services.booking import BookingConflict
from facility_app.services.clinics import ClinicView, list_clinics
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.house_calls import (
    RoundView,
    cancel_round,
    change_round,
    plan_round,
)
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.layouts import Columns, Row, Sized
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.viewmodels.desk import room_text
from facility_app.ui.viewmodels.house_call import RoundPlan, people_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TimeField
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

MANY = 500
"""Residents offered; more live in no facility that has this program."""


class RoundDialog(ActDialog):
    """When and by whom at the left; the residents at the right."""

    cancelled = Signal()

    def __init__(
        self,
        ctx: UiContext,
        choices: DeskChoices,
        *,
        day: date | None = None,
        view: RoundView | None = None,
    ) -> None:
        words = ctx.words
        title = "rounds-plan-title" if view is None else "rounds-change-title"
        super().__init__(ctx, title=words(title), icon="home_health-fill")
        self.view = view
        today = day or local_date(ctx.now())
        self.plan = RoundPlan(today) if view is None else RoundPlan.of(view.form)
        self.ticks: dict[int, TickRow] = {}
        self._filling = True
        columns = Columns(ctx.theme, (1, 1), spacing=24)
        columns.add(self._build_when(choices))
        if view is None:
            columns.add(self._build_people())
        self.body.addWidget(columns)
        if view is None:
            self.add_note("info", words("rounds-plan-note"))
        else:
            cancel = ActionButton(
                ctx.theme, words("rounds-cancel"), kind=Kind.TEXT, icon="event_busy"
            )
            cancel.clicked.connect(self._cancel)
            self.notes.addWidget(cancel)
        self.set_main(words("plan-go" if view is None else "plan-go-change"), "event_available")
        self._filling = False
        self._read()

    def _build_when(self, choices: DeskChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=12)
        self.clinic = ComboField(theme, icon="local_hospital")
        box.column.addWidget(LabeledField(theme, words("rounds-clinic"), self.clinic))
        self.no_clinic = Text(theme, words("rounds-no-clinic"), tone="warn_text")
        self.no_clinic.hide()
        box.column.addWidget(self.no_clinic)
        self.day = DateField(
            theme, parse=parse_date, show=format_wareki,
            problem=lambda exc: words.error(exc).what,
        )  # fmt: skip
        self.day.set_date(self.plan.day)
        box.column.addWidget(LabeledField(theme, words("plan-day"), self.day))
        times = Row(theme, spacing=16)
        self.starts, self.ends = TimeField(theme, hint="14:00"), TimeField(theme, hint="16:00")
        self.starts.set_time(self.plan.starts)
        self.ends.set_time(self.plan.ends)
        times.addWidget(LabeledField(theme, words("rounds-begins"), self.starts), 1)
        times.addWidget(LabeledField(theme, words("rounds-ends"), self.ends), 1)
        box.column.addLayout(times)
        self.device = ComboField(theme, icon="contactless")
        self.device.set_choices((each, words.term(each)) for each in HouseCallDevice)
        self.device.choose(self.plan.device)
        box.column.addWidget(LabeledField(theme, words("rounds-device-label"), self.device))
        self.escort = ComboField(theme, icon="directions_walk")
        self.escort.set_choices([(None, words("plan-escort-none")), *choices.holders])
        if self.view is None:
            box.column.addWidget(LabeledField(theme, words("rounds-carries"), self.escort))
        box.column.addStretch(1)
        for field in (self.starts, self.ends):
            field.textChanged.connect(self._read)
        for combo in (self.clinic, self.device, self.escort):
            combo.currentIndexChanged.connect(self._read)
        self.day.changed.connect(self._read)
        return box

    def _build_people(self) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=8)
        self.count = Text(theme, words("rounds-choose"), size=20, bold=True)
        box.column.addWidget(self.count)
        self.search = ScanField(theme, words("plan-who-hint"), icon="person_search", height=48)
        self.search.searched.connect(self._narrow)
        self.search.scanned.connect(self._scanned)
        box.column.addWidget(self.search)
        self.people = InnerScroll(theme, spacing=4)
        Sized(theme, self.people, min_height=280)
        box.column.addWidget(self.people, 1)
        return box

    # --- opening ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Show it; the register and the residents are read meanwhile."""
        self.ctx.ask(list_clinics, done=self._keep_clinics, failed=self._failed)
        if self.view is None:
            query = ResidentQuery(limit=MANY)
            self.ctx.ask(find_residents, query, done=self._keep_people, failed=self._failed)
        self.open(self.clinic)

    def scan(self, text: str) -> None:
        """A pouch tag ticks its resident."""
        if self.view is None:
            self._scanned(text)

    def _keep_clinics(self, clinics: Sequence[ClinicView]) -> None:
        coming = [each for each in clinics if each.form.house_calls]
        self.clinic.set_choices((int(each.id), each.form.name) for each in coming)
        self.clinic.choose(self.plan.clinic_id)
        self.no_clinic.setVisible(not coming)
        self._read()

    def _keep_people(self, found: Findings) -> None:
        words = self.words
        self.people.clear()
        self.ticks = {}
        for row in found.rows:
            tick = TickRow(self.theme, f"{row.name}{words('widgets-honorific')}",
                           note=room_text(words, row.room))  # fmt: skip
            tick.toggled.connect(lambda _on: self._read())
            self.ticks[row.id] = tick
            self.people.box.addWidget(tick)
        self.people.box.addStretch(1)

    def _narrow(self, text: str) -> None:
        """Typing shows fewer; who is ticked stays in sight."""
        if not self.ctx.session.unlocked:
            return
        query = ResidentQuery(text, limit=MANY)
        done = partial(self._narrowed, text)
        self.ctx.ask(find_residents, query, done=done, failed=self._failed)

    def _narrowed(self, text: str, found: Findings) -> None:
        wanted = {row.id for row in found.rows}
        for id_, tick in self.ticks.items():
            tick.setVisible(not text or id_ in wanted or tick.isChecked())

    def _scanned(self, text: str) -> None:
        query = ResidentQuery(text, limit=2)
        self.ctx.ask(find_residents, query, done=self._tick_found, failed=self._failed)

    def _tick_found(self, found: Findings) -> None:
        if len(found.rows) == 1 and found.rows[0].id in self.ticks:
            self.ticks[found.rows[0].id].setChecked(True)
            self.search.clear()
            self._narrow("")

    # --- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._filling:
            return
        plan = self.plan
        plan.day = self.day.date_or_none() or plan.day
        plan.clinic_id = self.clinic.value() or plan.clinic_id
        plan.starts, plan.ends = self.starts.time_or_none(), self.ends.time_or_none()
        plan.device, plan.escort_id = self.device.value(), self.escort.value()
        plan.residents = tuple(id_ for id_, tick in self.ticks.items() if tick.isChecked())
        plan.despite = False
        if self.view is None:
            names = [self.ticks[id_].text() for id_ in plan.residents]
            self.count.set(people_text(self.words, names))
        self._tell()

    def _tell(self) -> None:
        if self.main is None or self.sending:
            return
        ready = self.plan.ready(with_residents=self.view is None) and not self.day.is_wrong()
        self.main.setEnabled(ready)
        key = "plan-go" if self.view is None else "plan-go-change"
        self.main.set_text(self.words("plan-go-despite" if self.plan.despite else key))

    # --- acting ----------------------------------------------------------------------------------

    def act(self) -> None:
        """Plan it, or change when the doctor comes."""
        if not self.plan.ready(with_residents=self.view is None):
            return
        if self.view is None:
            self.send(plan_round, self.plan.command())
        else:
            self.send(change_round, self.view.id, self.plan.form())

    def _cancel(self) -> None:
        if self.view is None or self.sending:
            return
        self.recorded.disconnect()
        self.recorded.connect(self._gone)
        self.send(cancel_round, self.view.id)

    def _gone(self, _done: Recorded[int]) -> None:
        self.cancelled.emit()

    def _failed(self, exc: Exception) -> None:
        """Something stands in the way: the second press plans it all the same."""
        super()._failed(exc)
        if isinstance(exc, BookingConflict):
            self.plan.despite = True
        self._tell()
