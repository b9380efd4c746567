"""What the registers ask for: entries that are due, and people who lack a mark they all need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import GrantRow, RegisterEntryRow, RegisterMarkRow, StaffRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.dates import add_months
from facility_app.domain.registers import RegisterRule
from facility_app.services.register_views import register_entries
from facility_app.services.rule_data import rules


@dataclass(frozen=True)
class RegisterSummary:
    """One register in the list: its rules, how many entries are open and late, who lacks a mark."""

    rule: RegisterRule
    open: int
    late: int
    lacking: int


@dataclass(frozen=True)
class Lacking:
    """Somebody who still needs the mark that everybody needs; since: the last one, if any."""

    staff_id: int
    name: str
    since: date | None


@dataclass(frozen=True)
class RegisterTask:
    """A task for やること.  key: never twice; due: the day, in the past where it is late.

    count: how many people lack a mark, 0 for an entry.
    """

    key: str
    register: str
    number: int
    title: str
    due: date
    count: int = 0


def register_summaries(reading: Reading) -> tuple[RegisterSummary, ...]:
    """All registers in the order of the screen.  Needs VIEW_REGISTERS."""
    reading.require(Permission.VIEW_REGISTERS)
    today = local_date(reading.now)
    found = []
    for rule in rules().registers.values():
        entries = register_entries(reading, rule.code)
        running = [each for each in entries if each.done_on is None and not each.struck]
        late = sum(each.overdue(today) for each in running)
        found.append(RegisterSummary(rule, len(running), late, len(lacking(reading, rule.code))))
    return tuple(found)


def lacking(reading: Reading, register: str) -> tuple[Lacking, ...]:
    """Who needs the register's mark today and has none: by staff number.  Needs VIEW_REGISTERS.

    Of staff who work here and hold a role.  Without any entry nobody lacks anything of a register
    whose newest entry counts.
    """
    reading.require(Permission.VIEW_REGISTERS)
    rule, session = rules().registers[register], reading.session
    if not rule.everyone:
        return ()
    today = local_date(reading.now)
    marked = _last_marks(session, rule)
    if rule.everyone_months:
        first = add_months(today, -rule.everyone_months)
        has = {staff for staff, (_entry, on) in marked.items() if on >= first}
    else:
        newest = _newest(session, register)
        if newest is None:
            return ()
        has = _marked_in(session, rule, newest)
    return tuple(
        Lacking(id_, name, marked[id_][1] if id_ in marked else None)
        for id_, name in _people(session, today)
        if id_ not in has
    )


def register_tasks(reading: Reading, days_ahead: int = 30) -> tuple[RegisterTask, ...]:
    """What is to be done about the registers up to `days_ahead` days from today, earliest first.

    One task for each open entry with a deadline, and one for each register in which people lack a
    mark.  Needs VIEW_REGISTERS.
    """
    reading.require(Permission.VIEW_REGISTERS)
    today = local_date(reading.now)
    tasks = [
        RegisterTask(
            f"register:{row.id}:{row.due_on}", row.register, row.number, _title(row), row.due_on
        )
        for row in reading.session.scalars(
            select(RegisterEntryRow).where(
                RegisterEntryRow.done_on.is_(None),
                RegisterEntryRow.voided_at.is_(None),
                RegisterEntryRow.due_on.is_not(None),
            )
        )
        if row.due_on is not None and (row.due_on - today).days <= days_ahead
    ]
    for rule in rules().registers.values():
        people = lacking(reading, rule.code)
        if people:
            key = f"register:{rule.code}:{rule.everyone}"
            tasks.append(RegisterTask(key, rule.code, 0, "", today, len(people)))
    return tuple(sorted(tasks, key=lambda task: (task.due, task.key)))


def _title(row: RegisterEntryRow) -> str:
    """What an entry is called: its first fact that names it."""
    return next((row.facts[code] for code in ("title", "name", "device") if code in row.facts), "")


def _last_marks(session: Session, rule: RegisterRule) -> dict[int, tuple[int, date]]:
    """The newest entry of a register in which each member of staff has its mark, and its day."""
    query = (
        select(RegisterMarkRow.staff_id, RegisterEntryRow.id, RegisterEntryRow.on)
        .join(RegisterEntryRow, RegisterEntryRow.id == RegisterMarkRow.entry_id)
        .where(RegisterEntryRow.register == rule.code, RegisterEntryRow.voided_at.is_(None))
        .where(RegisterMarkRow.code == rule.everyone)
        .order_by(RegisterEntryRow.on, RegisterEntryRow.id)
    )
    return {staff: (entry, on) for staff, entry, on in session.execute(query)}


def _newest(session: Session, register: str) -> int | None:
    query = (
        select(RegisterEntryRow.id)
        .where(RegisterEntryRow.register == register, RegisterEntryRow.voided_at.is_(None))
        .order_by(RegisterEntryRow.on.desc(), RegisterEntryRow.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def _marked_in(session: Session, rule: RegisterRule, entry_id: int) -> set[int]:
    query = select(RegisterMarkRow.staff_id).where(
        RegisterMarkRow.entry_id == entry_id, RegisterMarkRow.code == rule.everyone
    )
    return set(session.scalars(query))


def _people(session: Session, today: date) -> list[tuple[int, str]]:
    """Staff who work here today and hold a role: id and name, by staff number."""
    query = (
        select(StaffRow.id, StaffRow.name)
        .where(StaffRow.active_from <= today)
        .where(StaffRow.active_until.is_(None) | (StaffRow.active_until >= today))
        .where(
            select(GrantRow.id)
            .where(GrantRow.staff_id == StaffRow.id, GrantRow.revoked_at.is_(None))
            .where(GrantRow.valid_until.is_(None) | (GrantRow.valid_until >= today))
            .exists()
        )
        .order_by(StaffRow.number)
    )
    return [(id_, name) for id_, name in session.execute(query)]
