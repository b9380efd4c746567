"""受診予定: plan a visit of today or later, once or again and again, or change one.

Use: ``PlanVisitDialog(ctx, choices)``, with ``who=(id, name, room)`` and ``purpose="renewal"``
where they are known, or ``PlanVisitDialog(ctx, choices, visit=view)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date, local_time
from facility_app.services.booking import BookingConflict, Wanted
from facility_app.services.clinics import ClinicView, list_clinics
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.visit_series import PlanSeries, end_series, plan_series
from facility_app.services.visits import (
    ChangeVisit,
    PlanVisit,
    VisitForm,
    VisitView,
    cancel_visit,
    change_visit,
    last_visit_again,
    plan_visit,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.dialogs.plan_conflicts import ConflictNotice
from facility_app.ui.dialogs.plan_when import WhenPart
from facility_app.ui.dialogs.plan_who import WhoPart
from facility_app.ui.layouts import Columns
from facility_app.ui.viewmodels.desk import purpose_choices
from facility_app.ui.viewmodels.visit_plan import (
    Again,
    PlanForm,
    clinic_line,
    clinic_of,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField
from facility_app.ui.widgets.text import Text


class PlanVisitDialog(ActDialog):
    """Who, why and where at the left; when, with whom and how often at the right."""

    def __init__(
        self,
        ctx: UiContext,
        choices: DeskChoices,
        *,
        visit: VisitView | None = None,
        who: tuple[int, str, str] | None = None,
        purpose: str = "",
        day: date | None = None,
    ) -> None:
        words = ctx.words
        title = "plan-title" if visit is None else "plan-title-change"
        super().__init__(ctx, title=words(title), icon="event_available-fill")
        self.visit = visit
        self.clinics: Sequence[ClinicView] = ()
        self._filling = True
        self._last: VisitForm | None = None
        codes = [each.code for each in choices.purposes]
        first = purpose if purpose in codes else next(iter(codes), "")
        self.plan = PlanForm(day or local_date(ctx.now()), first)
        columns = Columns(ctx.theme, (1, 1), spacing=24)
        columns.add(self._build_where(choices))
        self.when = WhenPart(ctx, choices, self.plan, repeats=visit is None)
        self.when.changed.connect(self._read)
        when = self.when
        self.day, self.starts, self.returns = when.day, when.starts, when.returns
        self.escort, self.again, self.until = when.escort, when.again, when.until
        columns.add(self.when)
        self.conflict = ConflictNotice(ctx, self._wanted)
        self.conflict.changed.connect(self._tell)
        self.body.addWidget(self.conflict)
        self.body.addWidget(columns)
        self._build_notes()
        self.set_main(words(self._go_key()), "event_available")
        self._filling = False
        if visit is not None:
            self.who.take(visit.resident_id, visit.name, visit.room)
            self._fill(PlanForm.of(_form_of(visit)))
        elif who is not None:
            self.who.take(*who)
        self._read()

    @property
    def resident_id(self) -> int:
        """Whose visit it is; 0 until somebody was chosen."""
        return self.who.resident_id

    @property
    def search(self) -> QWidget:
        """The field for who."""
        return self.who.search

    def _build_where(self, choices: DeskChoices) -> QWidget:
        words, theme = self.words, self.theme
        box = Box(theme, spacing=12)
        self.who = WhoPart(self.ctx, searchable=self.visit is None)
        self.who.chosen.connect(self._person_chosen)
        box.column.addWidget(self.who)
        self.again_button = ActionButton(
            theme, words("plan-as-last-time"), kind=Kind.TEXT, icon="autorenew"
        )
        self.again_button.clicked.connect(self._as_last_time)
        self.again_button.hide()
        box.column.addWidget(self.again_button)
        self.purpose = ReasonButtons(theme, words("plan-purpose"), columns=3)
        self.purpose.set_choices(purpose_choices(words, choices.purposes))
        self.purpose.choose(self.plan.purpose_code)
        self.purpose.chosen.connect(lambda _code: self._read())
        box.column.addWidget(Text(theme, words("plan-purpose"), size=16, tone="text2"))
        box.column.addWidget(self.purpose)
        self.place = ComboField(theme, icon="location_on-fill", editable=True)
        self.place.set_choices([("", ""), *((name, name) for name in choices.destinations)])
        self.place.setEditText("")
        line = self.place.lineEdit()
        if line is not None:
            line.setPlaceholderText(words("plan-place-hint"))
            line.setAccessibleName(words("plan-place"))
        box.column.addWidget(LabeledField(theme, words("plan-place"), self.place))
        self.clinic_known = Text(theme, " ", size=16, tone="text2")
        box.column.addWidget(self.clinic_known)
        self.note = TextField(theme, hint=words("plan-note-hint"), icon="edit_note")
        box.column.addWidget(LabeledField(theme, words("plan-note-label"), self.note))
        self.place.editTextChanged.connect(lambda _text: self._read())
        self.note.textChanged.connect(self._read)
        box.column.addStretch(1)
        return box

    def _build_notes(self) -> None:
        words, visit = self.words, self.visit
        if visit is None:
            self.add_note("info", words("plan-note"))
            return
        self.cancel = ActionButton(
            self.theme, words("plan-cancel-visit"), kind=Kind.TEXT, icon="event_busy"
        )
        self.cancel.clicked.connect(self._cancel)
        self.notes.addWidget(self.cancel)
        if visit.series_id is not None:
            self.end = ActionButton(
                self.theme, words("plan-end-series"), kind=Kind.TEXT, icon="event_repeat"
            )
            self.end.clicked.connect(self._end_series)
            self.notes.addWidget(self.end)

    def _fill(self, plan: PlanForm) -> None:
        self._filling = True
        self.plan = plan
        self.purpose.choose(plan.purpose_code)
        self.place.setEditText(plan.destination)
        self.when.show_plan(plan)
        self.note.setText(plan.note)
        self._filling = False
        self._read()

    def start(self) -> None:
        """Show it."""
        self.ctx.ask(list_clinics, done=self._keep_clinics, failed=self._not_known)
        known: QWidget = self.place if self.resident_id else self.who.search
        self.open(known if self.visit is None else self.escort)

    def scan(self, text: str) -> None:
        """A pouch tag that was scanned while the focus stood elsewhere."""
        if self.visit is None:
            self.who.search.scan(text)

    def _keep_clinics(self, clinics: Sequence[ClinicView]) -> None:
        """The register comes first among the places."""
        self.clinics = clinics
        text = self.place.currentText()
        names = [each.form.name for each in clinics]
        other = [self.place.itemText(at) for at in range(1, self.place.count())]
        every = dict.fromkeys([*names, *other])
        self._filling = True
        self.place.set_choices([("", ""), *((name, name) for name in every)])
        self.place.setEditText(text)
        self._filling = False
        self._read()

    # --- who -------------------------------------------------------------------------------------

    def _person_chosen(self) -> None:
        self.place.setFocus()
        self.ctx.ask(
            last_visit_again,
            self.resident_id,
            done=self._keep_last,
            failed=self._not_known,
        )
        self._read()

    def _keep_last(self, last: VisitForm | None) -> None:
        self._last = last
        self.again_button.setVisible(last is not None)
        if last is not None:
            at = self.words.short_day(local_time(last.starts_at).date())
            said = self.words("plan-as-last-time-of", place=last.destination, day=at)
            self.again_button.set_text(said)

    def _as_last_time(self) -> None:
        if self._last is not None:
            self._fill(PlanForm.of(self._last))
            self.starts.setFocus()

    # --- when ------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._filling:
            return
        plan = self.plan
        self.when.read_into(plan)
        plan.purpose_code = self.purpose.value() or plan.purpose_code
        plan.destination, plan.note = self.place.currentText(), self.note.text()
        clinic = clinic_of(plan.destination, self.clinics)
        plan.clinic_id = self._clinic_id(clinic)
        self.clinic_known.set(clinic_line(self.words, clinic) if plan.destination.strip() else " ")
        self.conflict.look()

    def _clinic_id(self, clinic: ClinicView | None) -> int | None:
        """The one in the field; until the register was read, the one that the visit had."""
        if clinic is None and not self.clinics and self.visit is not None:
            same = self.plan.destination == self.visit.destination
            return self.visit.clinic_id if same else None
        return None if clinic is None else int(clinic.id)

    def _tell(self) -> None:
        wrong = self.when.is_wrong()
        if self.main is not None and not self.sending:
            self.main.setEnabled(self.plan.ready() and bool(self.resident_id) and not wrong)
            self.main.set_text(self.words(self._go_key()))

    def _go_key(self) -> str:
        if self.conflict.found:
            return "plan-go-despite"
        return "plan-go" if self.visit is None else "plan-go-change"

    def _wanted(self) -> Wanted | None:
        """What is to be booked, as far as it is known."""
        visit = self.visit
        if visit is None:
            return self.plan.wanted(self.resident_id)
        return self.plan.wanted(self.resident_id, int(visit.id), visit.round_id)

    def _not_known(self, _exc: Exception) -> None:
        """What only helps is left out; planning says what is wrong."""

    # --- acting ----------------------------------------------------------------------------------

    def act(self) -> None:
        """Plan it, or change the plan; a series plans its bad days too and tells them."""
        visit, plan = self.visit, self.plan
        if not plan.ready() or not self.resident_id:
            return
        if visit is not None:
            self.send(change_visit, ChangeVisit(visit.id, plan.form(), self.conflict.found))
        elif plan.again is not Again.NEVER:
            self.send(plan_series, PlanSeries(self.resident_id, plan.series()))
        else:
            self.send(plan_visit, PlanVisit(self.resident_id, plan.form(), self.conflict.found))

    def _cancel(self) -> None:
        if self.visit is not None and not self.sending:
            self.send(cancel_visit, self.visit.id)

    def _end_series(self) -> None:
        if self.visit is not None and not self.sending:
            self.send(end_series, self.visit.series_id)

    def _failed(self, exc: Exception) -> None:
        """A conflict that came up meanwhile is looked up again, so that it can be passed."""
        super()._failed(exc)
        if isinstance(exc, BookingConflict):
            self.conflict.look_now()


def _form_of(visit: VisitView) -> VisitForm:
    return VisitForm(
        purpose_code=visit.purpose_code,
        starts_at=visit.starts_at,
        destination=visit.destination,
        returns_at=visit.returns_at,
        escort_id=visit.escort_id,
        clinic_id=visit.clinic_id,
        transport=visit.transport,
        first_visit=visit.first_visit,
        booked=visit.booked,
        note=visit.note,
    )
