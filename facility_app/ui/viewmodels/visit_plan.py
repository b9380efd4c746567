"""A visit to be planned or changed, once or again and again: the dialog's form.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from facility_app.domain.access import StaffId
from facility_app.domain.clock import JST, local_time
from facility_app.domain.coverage import Answer, VisualMode
from facility_app.domain.visits import (
    LAST,
    ConflictKind,
    Recurrence,
    Repeat,
    Transport,
    is_last_weekday,
    nth_weekday,
)
from facility_app.i18n import Words
from facility_app.services.booking import Conflict, Wanted
from facility_app.services.clinics import ClinicView
from facility_app.services.visit_series import SeriesForm
from facility_app.services.visits import VisitForm

VISIT_LASTS = timedelta(hours=2)
"""How long a visit is taken to last until somebody says otherwise."""


class Again(Enum):
    """How often the visit comes again; what day is meant follows from its first day."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four-weekly"
    MONTHLY_WEEKDAY = "monthly-weekday"
    MONTHLY_LAST = "monthly-last"
    MONTHLY_DAY = "monthly-day"


_WEEKS = {Again.WEEKLY: 1, Again.FORTNIGHTLY: 2, Again.FOUR_WEEKLY: 4}


def again_choices(words: Words, day: date) -> list[tuple[Again, str]]:
    """The ways in which a visit on `day` can come again, in words."""
    nth, weekday = nth_weekday(day)
    facts = {
        "weekday": words(f"date-weekday-{weekday + 1}"),
        "nth": str(nth),
        "day": str(day.day),
    }
    offered = [each for each in Again if each is not Again.MONTHLY_LAST or is_last_weekday(day)]
    return [(each, words(f"plan-again-{each.value}", **facts)) for each in offered]


@dataclass
class PlanForm:
    """Times are of one day in Japan; `clinic_id` None where the place is in no register."""

    day: date
    purpose_code: str
    destination: str = ""
    clinic_id: int | None = None
    starts: time | None = None
    returns: time | None = None
    escort_id: StaffId | None = None
    transport: Transport = Transport.UNKNOWN
    first_visit: Answer = Answer.UNKNOWN
    booked: bool = False
    note: str = ""
    again: Again = Again.NEVER
    until: date | None = None

    @classmethod
    def of(cls, form: VisitForm) -> PlanForm:
        """A planned visit as the form shows it."""
        starts = local_time(form.starts_at)
        returns = None if form.returns_at is None else local_time(form.returns_at).time()
        return cls(
            day=starts.date(),
            purpose_code=form.purpose_code,
            destination=form.destination,
            clinic_id=form.clinic_id,
            starts=starts.time(),
            returns=returns,
            escort_id=None if form.escort_id is None else StaffId(form.escort_id),
            transport=form.transport,
            first_visit=form.first_visit,
            booked=form.booked,
            note=form.note,
        )

    def ready(self) -> bool:
        """Whether place and time are there."""
        return bool(self.destination.strip()) and self.starts is not None

    def starts_at(self) -> datetime:
        """When it begins, aware.  Raises ValueError while no time is set."""
        if self.starts is None:
            raise ValueError("a visit needs a time")
        return datetime.combine(self.day, self.starts, JST)

    def returns_at(self) -> datetime:
        """When they are back; on the next day where the time lies before the start."""
        starts = self.starts_at()
        if self.returns is None:
            return starts + VISIT_LASTS
        return datetime.combine(self.day, self.returns, JST)

    def form(self) -> VisitForm:
        """The plan of one visit.  Raises ValueError while it is not ready."""
        return VisitForm(
            purpose_code=self.purpose_code,
            starts_at=self.starts_at(),
            destination=self.destination.strip(),
            returns_at=self.returns_at(),
            escort_id=self.escort_id,
            clinic_id=self.clinic_id,
            transport=self.transport,
            first_visit=self.first_visit,
            booked=self.booked,
            note=self.note,
        )

    def series(self) -> SeriesForm:
        """The same as a series.  Raises ValueError where it does not come again."""
        starts = self.starts_at()
        length = int((self.returns_at() - starts).total_seconds() // 60)
        return SeriesForm(
            recurrence=self.recurrence(),
            purpose_code=self.purpose_code,
            starts=starts.time(),
            length_minutes=length,
            destination=self.destination.strip(),
            clinic_id=self.clinic_id,
            escort_id=self.escort_id,
            transport=self.transport,
            note=self.note,
        )

    def recurrence(self) -> Recurrence:
        """When the series falls due.  Raises ValueError where it does not come again."""
        nth, weekday = nth_weekday(self.day)
        if self.again in _WEEKS:
            every = _WEEKS[self.again]
            return Recurrence(Repeat.WEEKLY, self.day, self.until, every, weekday)
        if self.again is Again.MONTHLY_DAY:
            return Recurrence(Repeat.MONTHLY_DAY, self.day, self.until, day=self.day.day)
        if self.again is Again.NEVER:
            raise ValueError("this visit does not come again")
        nth = LAST if self.again is Again.MONTHLY_LAST else nth
        return Recurrence(Repeat.MONTHLY_WEEKDAY, self.day, self.until, weekday=weekday, nth=nth)

    def wanted(
        self, resident_id: int, visit_id: int = 0, round_id: int | None = None
    ) -> Wanted | None:
        """What the search for conflicts is asked; None while it is not ready."""
        if not self.ready() or not resident_id or self.returns_at() <= self.starts_at():
            return None
        return Wanted(
            resident_id,
            self.escort_id,
            self.starts_at(),
            self.returns_at(),
            self.destination.strip(),
            visit_id,
            round_id,
        )


def again_of(recurrence: Recurrence) -> Again:
    """A series as the form offers it; NEVER where it is one that the form does not know."""
    if recurrence.repeat is Repeat.WEEKLY:
        found = [again for again, every in _WEEKS.items() if every == recurrence.every]
        return found[0] if found else Again.NEVER
    if recurrence.every != 1:
        return Again.NEVER
    if recurrence.repeat is Repeat.MONTHLY_DAY:
        return Again.MONTHLY_DAY
    return Again.MONTHLY_LAST if recurrence.nth == LAST else Again.MONTHLY_WEEKDAY


def clinic_of(text: str, clinics: Iterable[ClinicView]) -> ClinicView | None:
    """The clinic of the register that stands in the field, by its exact name."""
    wanted = text.strip()
    return next((clinic for clinic in clinics if clinic.form.name == wanted), None)


def clinic_line(words: Words, clinic: ClinicView | None) -> str:
    """What is known of the clinic, under its name."""
    if clinic is None:
        return words("plan-clinic-new")
    form = clinic.form
    parts = [words("plan-clinic-phone", phone=form.phone) if form.phone else ""]
    if form.visual_mode is not VisualMode.UNKNOWN:
        parts.append(words("plan-clinic-visual", answer=words.term(form.visual_mode)))
    return words("calendar-between").join(part for part in parts if part)


def conflict_texts(words: Words, conflicts: Sequence[Conflict]) -> list[str]:
    """What stands in the way, each in one sentence."""
    return [_conflict(words, each) for each in conflicts]


def _conflict(words: Words, conflict: Conflict) -> str:
    key = {
        ConflictKind.RESIDENT: "plan-conflict-resident",
        ConflictKind.ESCORT: "plan-conflict-escort",
        ConflictKind.THINGS_OUT: "plan-conflict-things-out",
    }[conflict.kind]
    return words(
        key,
        name=conflict.name,
        starts=words.clock(conflict.starts_at),
        ends=words.clock(conflict.ends_at),
        place=conflict.destination,
    )
