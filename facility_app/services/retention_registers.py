"""Entries of the registers whose years are over: what is due, and erasing it under two persons.

Their numbers and days stay; what was said, the remarks beside the marks and the scans go.  Where an
entry was about a resident, what the record sealed goes with the resident's key (`retention`);
where it was not, the record holds a hash only, which tells nothing once the salt is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select, update

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import AttachmentRow, RegisterEntryRow, RegisterMarkRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.registers import kept_until
from facility_app.services.access import Witness
from facility_app.services.commitments import new_salt
from facility_app.services.custody import SecondPersonNeeded, refuse_without_second
from facility_app.services.retention import NotDueYet
from facility_app.services.rule_data import rules


@dataclass(frozen=True)
class EntryDue:
    """An entry that may be erased since the day after `kept_until`."""

    id: int
    register: str
    number: int
    done_on: date
    kept_until: date


def entries_due(reading: Reading) -> tuple[EntryDue, ...]:
    """Entries whose years are over, by register and number.  Needs MANAGE_RETENTION.

    Of house rules the version in force never ends, and so is never due.
    """
    reading.require(Permission.MANAGE_RETENTION)
    return _due(reading)


def erase_entries(tx: Tx, entry_ids: Sequence[int], witness: Witness | None) -> int:
    """Erase what these entries said; gives the number of the record's entry that proves it.

    Needs MANAGE_RETENTION and a second person.  Raises SecondPersonNeeded, SamePerson, and
    NotDueYet for an entry that is not due.
    """
    tx.require(Permission.MANAGE_RETENTION)
    if witness is None:
        raise SecondPersonNeeded("erase")
    refuse_without_second(tx, "erase", witness)
    ids = sorted(set(entry_ids))
    found = {each.id: each for each in _due(tx)}
    if not ids or not set(ids) <= found.keys():
        raise NotDueYet(None)
    for entry_id in ids:  # each its own salt, so that no two hashes can be held together
        tx.session.execute(
            update(RegisterEntryRow)
            .where(RegisterEntryRow.id == entry_id)
            .values(facts={}, salt=new_salt())
        )
    tx.session.execute(
        update(RegisterMarkRow).where(RegisterMarkRow.entry_id.in_(ids)).values(note="")
    )
    papers = [f"register:{entry_id}" for entry_id in ids]
    tx.session.execute(delete(AttachmentRow).where(AttachmentRow.subject.in_(papers)))
    tx.session.expire_all()
    told = [[found[each].register, found[each].number] for each in ids]
    return tx.record(
        "register.erased", "registers", plain={"entries": told, "witness": witness.staff_id}
    )


def _due(reading: Reading) -> tuple[EntryDue, ...]:
    today = local_date(reading.now)
    rows = reading.session.scalars(
        select(RegisterEntryRow)
        .where(RegisterEntryRow.done_on.is_not(None))
        .order_by(RegisterEntryRow.register, RegisterEntryRow.number)
    )
    found = []
    for row in rows:
        rule = rules().registers.get(row.register)
        if rule is None or row.done_on is None or not row.facts:
            continue
        until = kept_until(rule, row.done_on)
        if until < today:
            found.append(EntryDue(row.id, row.register, row.number, row.done_on, until))
    return tuple(found)
