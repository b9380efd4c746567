"""Residents, clinics, escorts and the plan as an import of visits compares with them; read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from facility_app.db.models import ClinicRow, PurposeRow, ResidentRow, StaffRow, VisitRow
from facility_app.domain.clock import local_date
from facility_app.domain.names import search_key
from facility_app.domain.periods import Period
from facility_app.domain.visits import Booking
from facility_app.errors import Refused
from facility_app.services.booking import read_bookings
from facility_app.services.fields import Field, FieldMissing
from facility_app.services.imports.columns import header_key
from facility_app.services.imports.parse import number_key
from facility_app.services.imports.table import Table
from facility_app.services.imports.values import WordNotKnown, quoted
from facility_app.services.imports.visit_rows import VisitLine, VisitTarget, purpose_word
from facility_app.services.rule_data import rules

T = VisitTarget

USUAL_PURPOSE = "clinic"
"""What a row without a purpose is about."""


@dataclass(eq=False)
class ResidentNotFound(Refused):
    """Nobody who lives here is meant by the row."""

    key: ClassVar[str] = "imports.resident_not_found"
    given: str


@dataclass(eq=False)
class SeveralResidents(Refused):
    """Several residents may be meant; a birth date, a room or a number tells them apart."""

    key: ClassVar[str] = "imports.several_residents"
    given: str


@dataclass(eq=False)
class EscortNotFound(Refused):
    """Nobody who works here, or more than one, is meant as the escort."""

    key: ClassVar[str] = "imports.escort_not_found"
    given: str


_COLUMNS: Mapping[type[Refused], VisitTarget] = {
    ResidentNotFound: T.NAME,
    SeveralResidents: T.NAME,
    EscortNotFound: T.ESCORT,
    WordNotKnown: T.PURPOSE,
}
_FIELDS: Mapping[Field, VisitTarget] = {
    Field.STARTS_AT: T.STARTS,
    Field.RETURNS_AT: T.RETURNS,
    Field.DESTINATION: T.CLINIC,
    Field.NOTES: T.NOTE,
    Field.NAME: T.NAME,
}


@dataclass(frozen=True)
class _Resident:
    id: int
    name: str
    key: str
    birth_date: date | None
    room: str


@dataclass
class VisitRegister:
    """One consistent view of who is here and what is planned on the days of the list."""

    session: Session
    now: datetime
    names: dict[int, str] = field(default_factory=dict)
    bookings: list[Booking] = field(default_factory=list)
    _residents: list[_Resident] = field(default_factory=list)
    _clinics: dict[str, ClinicRow] = field(default_factory=dict)
    _staff: dict[str, set[int]] = field(default_factory=dict)
    _purposes: dict[str, str] = field(default_factory=dict)
    _planned: dict[tuple[int, date, str], VisitRow] = field(default_factory=dict)

    def load(self, days: Iterable[date | None]) -> VisitRegister:
        """Read the register, and the plan from the first through the last of `days`."""
        self._load_people()
        for row in self.session.scalars(select(ClinicRow).order_by(ClinicRow.active, ClinicRow.id)):
            self._clinics[self.key(row.name)] = row
        for purpose in self.session.scalars(select(PurposeRow).where(PurposeRow.active)):
            for name in (purpose.name, purpose.name_en, purpose.code):
                self._purposes[header_key(name)] = purpose.code
        known = sorted(day for day in days if day is not None)
        if known:
            self._load_plan(Period(known[0], known[-1]))
        return self

    def key(self, text: str) -> str:
        """A name as names are compared."""
        return search_key(text, rules().variants)

    def resident(self, line: VisitLine) -> tuple[int, str]:
        """Who the row is about.  Raises ResidentNotFound, SeveralResidents, FieldMissing."""
        number, name = line.text(T.NUMBER), line.text(T.NAME)
        found = self._residents
        if number:
            found = [each for each in found if each.key == number_key(number)]
        elif not name:
            raise FieldMissing(Field.NAME)
        if name:
            found = [each for each in found if self.key(each.name) == self.key(name)]
        if line.birth_date is not None:
            found = [each for each in found if each.birth_date in (line.birth_date, None)]
        if len(found) > 1 and line.text(T.ROOM):
            found = [each for each in found if self.key(each.room) == self.key(line.text(T.ROOM))]
        if not found:
            raise ResidentNotFound(quoted(name or number))
        if len(found) > 1:
            raise SeveralResidents(quoted(name or number))
        return found[0].id, found[0].name

    def day(self, line: VisitLine) -> date:
        """The day.  Raises FieldMissing."""
        if line.day is None:
            raise FieldMissing(Field.STARTS_AT)
        return line.day

    def time(self, line: VisitLine) -> time:
        """The time of day.  Raises FieldMissing."""
        if line.starts is None:
            raise FieldMissing(Field.STARTS_AT)
        return line.starts

    def place(self, line: VisitLine) -> tuple[str, int | None]:
        """The destination, and the clinic of the register that it names.  Raises FieldMissing."""
        text = line.text(T.CLINIC)
        if not text:
            raise FieldMissing(Field.DESTINATION)
        clinic = self._clinics.get(self.key(text))
        return (text, None) if clinic is None else (clinic.name, clinic.id)

    def purpose(self, line: VisitLine) -> str:
        """The purpose's code.  Raises WordNotKnown."""
        text = line.text(T.PURPOSE)
        if not text:
            return USUAL_PURPOSE
        code = self._purposes.get(header_key(text)) or purpose_word(text)
        if code is None or code not in self._purposes.values():
            raise WordNotKnown(quoted(text), " / ".join(list(self._purposes)[:5]))
        return code

    def escort(self, line: VisitLine) -> int:
        """The escort's staff id, by number or name.  Raises EscortNotFound."""
        text = line.text(T.ESCORT)
        found = self._staff.get(self.key(text), set())
        if len(found) != 1:
            raise EscortNotFound(quoted(text))
        return next(iter(found))

    def planned(self, key: tuple[int, date, str]) -> VisitRow | None:
        """The visit of a resident to a place on a day."""
        return self._planned.get(key)

    def column_of(self, refusal: Refused, table: Table, mapping: Mapping[VisitTarget, int]) -> str:
        """The header of the column that a refusal is about, where one can be named."""
        about = getattr(refusal, "field", None)
        named = _FIELDS.get(about) if isinstance(about, Field) else None
        target = _COLUMNS.get(type(refusal), named)
        index = None if target is None else mapping.get(target)
        return "" if index is None else quoted(table.headers[index])

    def _load_people(self) -> None:
        today = local_date(self.now)
        here = or_(ResidentRow.discharged_on.is_(None), ResidentRow.discharged_on >= today)
        query = select(
            ResidentRow.id,
            ResidentRow.name,
            ResidentRow.import_key,
            ResidentRow.birth_date,
            ResidentRow.room,
        ).where(here)
        self._residents = [
            _Resident(id_, name, key or "", birth, room)
            for id_, name, key, birth, room in self.session.execute(query)
        ]
        self.names = {each.id: each.name for each in self._residents}
        works = or_(StaffRow.active_until.is_(None), StaffRow.active_until >= today)
        staff = select(StaffRow.id, StaffRow.number, StaffRow.name).where(works)
        for id_, *words in self.session.execute(staff):
            for word in words:
                self._staff.setdefault(self.key(word), set()).add(id_)

    def _load_plan(self, period: Period) -> None:
        query = (
            select(VisitRow)
            .where(
                VisitRow.starts_at >= period.begins_at,
                VisitRow.starts_at < period.ends_before,
                VisitRow.cancelled_at.is_(None),
            )
            .order_by(VisitRow.id.desc())
        )
        for row in self.session.scalars(query):
            key = (row.resident_id, local_date(row.starts_at), self.key(row.destination))
            self._planned[key] = row
        ends = period.ends_before + timedelta(days=1)
        self.bookings = list(read_bookings(self.session, period.begins_at, ends))
