"""Reading the registers: entries with their marks, what is due, and who still lacks a mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    AttachmentRow,
    RegisterEntryRow,
    RegisterMarkRow,
    ResidentRow,
    StaffRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.registers import kept_until
from facility_app.services.rule_data import rules


@dataclass(frozen=True)
class MarkView:
    """One mark: what, of whom, when, recorded by whom."""

    code: str
    staff_id: int
    staff: str
    at: datetime
    by: str
    note: str


@dataclass(frozen=True)
class RegisterEntryView:
    """One entry.  `about`: the resident's or the member of staff's name; `papers`: how many scans;
    `kept_until`: the last day of its retention, None while it is open."""

    id: int
    version: int
    register: str
    number: int
    on: date
    due_on: date | None
    done_on: date | None
    struck: bool
    resident_id: int | None
    staff_id: int | None
    about: str
    facts: dict[str, str]
    opened_at: datetime
    opened_by: str
    marks: tuple[MarkView, ...]
    papers: int
    kept_until: date | None

    def overdue(self, today: date) -> bool:
        """Whether its day passed and it is neither settled nor struck out."""
        late = self.due_on is not None and self.due_on < today
        return late and self.done_on is None and not self.struck


def register_entries(reading: Reading, register: str) -> tuple[RegisterEntryView, ...]:
    """The entries of a register, newest first.  Needs VIEW_REGISTERS."""
    reading.require(Permission.VIEW_REGISTERS)
    return _entries(reading.session, RegisterEntryRow.register == register)


def register_entry(reading: Reading, entry_id: int) -> RegisterEntryView:
    """One entry.  Needs VIEW_REGISTERS."""
    reading.require(Permission.VIEW_REGISTERS)
    (found,) = _entries(reading.session, RegisterEntryRow.id == entry_id)
    return found


def entries_about(reading: Reading, resident_id: int) -> tuple[RegisterEntryView, ...]:
    """What the registers hold about one resident.  Needs VIEW_REGISTERS."""
    reading.require(Permission.VIEW_REGISTERS)
    return _entries(reading.session, RegisterEntryRow.resident_id == resident_id)


def _entries(session: Session, where: object) -> tuple[RegisterEntryView, ...]:
    rows = session.scalars(
        select(RegisterEntryRow)
        .where(where)  # type: ignore[arg-type]  # a condition of this module
        .order_by(RegisterEntryRow.on.desc(), RegisterEntryRow.id.desc())
    ).all()
    ids = [row.id for row in rows]
    marks = _marks(session, ids)
    papers = _papers(session, ids)
    staff = _names(session, select(StaffRow.id, StaffRow.name))
    residents = {row.resident_id for row in rows if row.resident_id is not None}
    names = _names(
        session, select(ResidentRow.id, ResidentRow.name).where(ResidentRow.id.in_(residents))
    )
    return tuple(
        RegisterEntryView(
            id=row.id,
            version=row.version,
            register=row.register,
            number=row.number,
            on=row.on,
            due_on=row.due_on,
            done_on=row.done_on,
            struck=row.voided_at is not None,
            resident_id=row.resident_id,
            staff_id=row.staff_id,
            about=names.get(row.resident_id or 0, "") or staff.get(row.staff_id or 0, ""),
            facts=dict(row.facts),
            opened_at=row.opened_at,
            opened_by=staff.get(row.opened_by, ""),
            marks=tuple(
                MarkView(
                    each.code,
                    each.staff_id,
                    staff[each.staff_id],
                    each.at,
                    staff[each.by],
                    each.note,
                )
                for each in marks.get(row.id, ())
            ),
            papers=papers.get(row.id, 0),
            kept_until=_kept(row),
        )
        for row in rows
    )


def _kept(row: RegisterEntryRow) -> date | None:
    rule = rules().registers.get(row.register)
    return kept_until(rule, row.done_on) if rule and row.done_on else None


def _marks(session: Session, ids: list[int]) -> dict[int, list[RegisterMarkRow]]:
    found: dict[int, list[RegisterMarkRow]] = {}
    query = select(RegisterMarkRow).where(RegisterMarkRow.entry_id.in_(ids))
    for mark in session.scalars(query.order_by(RegisterMarkRow.id)):
        found.setdefault(mark.entry_id, []).append(mark)
    return found


def _papers(session: Session, ids: Iterable[int]) -> dict[int, int]:
    wanted = {f"register:{each}": each for each in ids}
    query = (
        select(AttachmentRow.subject, func.count())
        .where(AttachmentRow.subject.in_(wanted))
        .group_by(AttachmentRow.subject)
    )
    return {wanted[subject]: count for subject, count in session.execute(query)}


def _names(session: Session, query: Select[int, str]) -> dict[int, str]:
    return {id_: name for id_, name in session.execute(query)}
