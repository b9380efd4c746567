"""Writing in the registers: opened, changed, marked, settled, struck out (domain/registers).

What is said may name people.  It is sealed under the resident's key where an entry is about one;
else the record holds a hash of it and the row the salt (services/commitments).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, NewType

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import (
    RegisterEntryRow,
    RegisterMarkRow,
    StaffRow,
)
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.clock import local_date
from facility_app.domain.registers import (
    MarkRule,
    MarkScope,
    RegisterRule,
    Writers,
    check_facts,
    due_on,
    next_due,
    refuse_unmarked,
)
from facility_app.errors import Refused
from facility_app.services.commitments import new_salt
from facility_app.services.fields import ChangedMeanwhile, Field, lines, not_after
from facility_app.services.register_rows import (
    check_about,
    clean_facts,
    language_of,
    next_number,
    papers_of,
    record_entry,
)
from facility_app.services.rule_data import rules

EntryId = NewType("EntryId", int)


@dataclass(eq=False)
class EntryEnded(Refused):
    """The entry ended or was struck out; it is not changed any more."""

    key: ClassVar[str] = "registers.ended"


@dataclass(eq=False)
class PaperStillNeeded(Refused):
    """The entry ends only with a scanned paper attached to it."""

    key: ClassVar[str] = "registers.paper_needed"


@dataclass(eq=False)
class MarkedAlready(Refused):
    """This was marked before."""

    key: ClassVar[str] = "registers.marked_already"


@dataclass(eq=False)
class OnlyForOneself(Refused):
    """Everybody confirms for themselves that they read and understood."""

    key: ClassVar[str] = "registers.only_for_oneself"


@dataclass(frozen=True)
class OpenEntry:
    """A new entry.  on: the day that its deadline is reckoned from; facts: see domain/registers."""

    register: str
    on: date
    facts: Mapping[str, str] = field(default_factory=dict)
    resident_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True)
class ChangeEntry:
    """Facts that are set anew; those not named stay.  version: of the entry as it was read."""

    entry_id: int
    version: int
    facts: Mapping[str, str]


@dataclass(frozen=True)
class SettleEntry:
    """Settled on a day.  ended: an entry that repeats (a contractor) does not come again."""

    entry_id: int
    on: date
    facts: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False


@dataclass(frozen=True)
class MarkEntry:
    """A mark; staff_id: of whom, None = of whoever acts."""

    entry_id: int
    code: str
    staff_id: int | None = None
    note: str = ""


def open_entry(tx: Tx, cmd: OpenEntry) -> EntryId:
    """Write a new entry.  Raises FactMissing, FactNotUnderstood, WrongAbout, and KeyError for a
    register that there is not."""
    _refuse_readers(tx)
    rule = rules().registers[cmd.register]
    _require(tx, rule)
    check_about(tx.session, rule, cmd.resident_id, cmd.staff_id)
    facts = clean_facts(tx, rule, cmd.facts)
    check_facts(rule, facts, language_of(tx), settling=False)
    row = RegisterEntryRow(
        register=rule.code,
        number=next_number(tx.session, rule.code),
        resident_id=cmd.resident_id,
        staff_id=cmd.staff_id,
        on=cmd.on,
        due_on=due_on(rule, cmd.on, facts),
        facts=facts,
        opened_at=tx.now,
        opened_by=tx.staff_id,
        salt=new_salt(),
    )
    tx.session.add(row)
    tx.session.flush()
    record_entry(tx, "register.opened", row, facts, {"on": row.on.isoformat()})
    return EntryId(row.id)


def change_entry(tx: Tx, cmd: ChangeEntry) -> None:
    """Set facts anew; nothing is recorded where nothing differs.

    Raises EntryEnded, ChangedMeanwhile, FactMissing, FactNotUnderstood.
    """
    _refuse_readers(tx)
    row, rule = _standing(tx, cmd.entry_id)
    if row.version != cmd.version:
        raise ChangedMeanwhile("")
    facts = {**row.facts, **clean_facts(tx, rule, cmd.facts)}
    facts = {code: value for code, value in facts.items() if value}
    check_facts(rule, facts, language_of(tx), settling=False)
    changed = {
        code for code in {*row.facts, *facts} if row.facts.get(code, "") != facts.get(code, "")
    }
    if not changed:
        return
    before, after = (
        {code: values.get(code, "") for code in sorted(changed)} for values in (row.facts, facts)
    )
    row.facts = facts
    row.due_on = due_on(rule, row.on, facts) if rule.due_fact else row.due_on
    told = {"before": before, "after": after}
    record_entry(tx, "register.changed", row, told, {"fields": sorted(changed)})


def settle_entry(tx: Tx, cmd: SettleEntry) -> date | None:
    """Settle an entry; gives the day on which it comes again, None where it ended.

    Raises EntryEnded, FactMissing, FactNotUnderstood, PaperStillNeeded, MarkStillNeeded.
    """
    _refuse_readers(tx)
    row, rule = _standing(tx, cmd.entry_id)
    not_after(Field.WITHDRAWN_ON, cmd.on, local_date(tx.now))
    facts = {**row.facts, **clean_facts(tx, rule, cmd.facts)}
    check_facts(rule, facts, language_of(tx), settling=True)
    if rule.needs_paper and not papers_of(tx.session, row.id):
        raise PaperStillNeeded
    marked = tx.session.scalars(
        select(RegisterMarkRow.code).where(RegisterMarkRow.entry_id == row.id)
    )
    refuse_unmarked(rule, marked, language_of(tx))
    row.facts = facts
    again = rule.repeat_months > 0 and not cmd.ended
    if again:
        row.due_on = next_due(rule, cmd.on)
    else:
        row.done_on = cmd.on
    plain = {"on": cmd.on.isoformat(), "again": str(row.due_on) if again else ""}
    record_entry(tx, "register.settled", row, facts, plain)
    return row.due_on if again else None


def strike_entry(tx: Tx, entry_id: int, reason: str) -> None:
    """Strike out an entry that was made by mistake; it stays readable.  Raises EntryEnded."""
    row, _rule = _standing(tx, entry_id)
    said = lines(Field.REASON, reason, required=True)
    row.voided_at = tx.now
    record_entry(tx, "register.struck", row, {"reason": said}, {})


def mark_entry(tx: Tx, cmd: MarkEntry) -> None:
    """Mark that somebody attended, passed, read, or that a step was done.

    Needs WRITE_REGISTERS; what everybody confirms for themselves needs VIEW_REGISTERS, and is
    recorded by the manager for staff without an account.  Raises MarkedAlready, OnlyForOneself,
    EntryEnded, KeyError for a mark that the register does not have.
    """
    tx.require(Permission.VIEW_REGISTERS)
    row, rule = _found(tx, cmd.entry_id)
    mark = rule.mark(cmd.code)
    staff_id = tx.staff_id if cmd.staff_id is None else cmd.staff_id
    _refuse_marking(tx, rule, mark, staff_id)
    query = select(RegisterMarkRow.id).where(
        RegisterMarkRow.entry_id == row.id, RegisterMarkRow.code == mark.code
    )
    if mark.scope is MarkScope.EACH:
        query = query.where(RegisterMarkRow.staff_id == staff_id)
    if tx.session.scalars(query).first() is not None:
        raise MarkedAlready
    note = lines(Field.NOTES, cmd.note)
    tx.session.add(
        RegisterMarkRow(
            entry_id=row.id, code=mark.code, staff_id=staff_id, at=tx.now, by=tx.staff_id, note=note
        )
    )
    told = {"note": note} if note else {}
    record_entry(tx, "register.marked", row, told, {"mark": mark.code, "staff": staff_id})


def _refuse_marking(tx: Tx, rule: RegisterRule, mark: MarkRule, staff_id: int) -> None:
    if not mark.own:
        _require(tx, rule)
        return
    if staff_id == tx.staff_id:
        return
    if tx.session.get_one(StaffRow, staff_id).password_hash is not None:
        raise OnlyForOneself
    tx.require(Permission.MANAGE_REGISTERS)


def _require(tx: Tx, rule: RegisterRule) -> None:
    manager = rule.writers is Writers.MANAGER
    tx.require(Permission.MANAGE_REGISTERS if manager else Permission.WRITE_REGISTERS)


def _refuse_readers(tx: Tx) -> None:
    """Before it is known which register is meant.  Raises NotPermitted."""
    if not (tx.may(Permission.WRITE_REGISTERS) or tx.may(Permission.MANAGE_REGISTERS)):
        raise NotPermitted(Permission.WRITE_REGISTERS)


def _found(tx: Tx, entry_id: int) -> tuple[RegisterEntryRow, RegisterRule]:
    row = tx.session.get_one(RegisterEntryRow, entry_id)
    if row.voided_at is not None:
        raise EntryEnded
    return row, rules().registers[row.register]


def _standing(tx: Tx, entry_id: int) -> tuple[RegisterEntryRow, RegisterRule]:
    """An entry that can still be written in by the actor, with its rules."""
    _refuse_readers(tx)
    tx.require(Permission.VIEW_REGISTERS)
    row, rule = _found(tx, entry_id)
    _require(tx, rule)
    if row.done_on is not None:
        raise EntryEnded
    return row, rule
