"""保存期間: what is kept how long, what is due, legal holds, and erasing under two persons.

Kept from the day on which somebody had left and nothing of theirs was in custody any more, for the
years that the facility set (domain §8).  An erasure empties the rows, destroys the resident's key,
so that what the record sealed can be read by nobody, and is itself an entry; the record verifies as
before (ADR 0002).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import (
    ErasureRow,
    HandBackRow,
    ItemRow,
    LegalHoldRow,
    LoanRow,
    LostCaseRow,
    LostItemRow,
    RegisterEntryRow,
    ResidentRow,
    StaffRow,
    VaultEntryRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.dates import add_months
from facility_app.domain.incidents import LostCaseState
from facility_app.domain.pins import EntryState
from facility_app.errors import Refused
from facility_app.services.access import Witness
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.custody import SecondPersonNeeded, refuse_without_second
from facility_app.services.erasing import ErasedAlready as ErasedAlready
from facility_app.services.erasing import empty_rows, refuse_erased
from facility_app.services.fields import Field, lines
from facility_app.services.settings import load_settings


class StillNeeded(Enum):
    """Why somebody's data cannot go yet, whatever the day."""

    IN_CUSTODY = "in-custody"
    OUT = "out"
    PIN_HELD = "pin-held"
    LOSS_OPEN = "loss-open"
    REGISTER_OPEN = "register-open"
    HOLD = "hold"


@dataclass(eq=False)
class NotDueYet(Refused):
    """The data is kept until the day `due_on`; None where the resident lives here."""

    key: ClassVar[str] = "retention.not_due_yet"
    evidence: ClassVar[bool] = True
    due_on: date | None


@dataclass(eq=False)
class NeededStill(Refused):
    """Something is still open, or there is a legal hold; `why` says what."""

    key: ClassVar[str] = "retention.needed_still"
    evidence: ClassVar[bool] = True
    why: StillNeeded


@dataclass(eq=False)
class HeldAlready(Refused):
    """There is a legal hold already, or there is none to release."""

    key: ClassVar[str] = "retention.held_already"


@dataclass(frozen=True)
class Retained:
    """Somebody who left.

    ended_on: from when it is counted; due_on: the first day on which the data may go; needed: what
    stands against it; hold: the reason of the legal hold, empty without one.
    """

    resident_id: int
    name: str
    ended_on: date
    due_on: date
    needed: tuple[StillNeeded, ...]
    hold: str

    def due(self, today: date) -> bool:
        """Whether the data may be erased today."""
        return self.due_on <= today and not self.needed


@dataclass(frozen=True)
class Erased:
    """The proof of an erasure: the entry that says so, and how many rows of each table."""

    resident_id: int
    ended_on: date
    at: datetime
    by: str
    witness: str
    counts: dict[str, int]
    seq: int


def retained(reading: Reading) -> tuple[Retained, ...]:
    """Everybody who left and whose data is here, by the day it is due.  Needs MANAGE_RETENTION."""
    reading.require(Permission.MANAGE_RETENTION)
    session = reading.session
    erased = select(ErasureRow.resident_id)
    rows = session.scalars(
        select(ResidentRow).where(
            ResidentRow.discharged_on.is_not(None), ResidentRow.id.not_in(erased)
        )
    )
    around = _around(session)
    found = [around.of(row) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.resident_id)))


def erasures(reading: Reading) -> tuple[Erased, ...]:
    """The proofs of all erasures, newest first.  Needs MANAGE_RETENTION."""
    reading.require(Permission.MANAGE_RETENTION)
    session = reading.session
    names = {id_: name for id_, name in session.execute(select(StaffRow.id, StaffRow.name))}
    rows = session.scalars(select(ErasureRow).order_by(ErasureRow.seq.desc()))
    return tuple(
        Erased(
            row.resident_id,
            row.ended_on,
            row.at,
            names[row.by],
            names[row.witness_id],
            dict(row.counts),
            row.seq,
        )
        for row in rows
    )


def set_hold(tx: Tx, resident_id: int, reason: str) -> None:
    """Let nothing of a resident be erased (a dispute, an inquiry).  Raises HeldAlready."""
    tx.require(Permission.MANAGE_RETENTION)
    tx.session.get_one(ResidentRow, resident_id)
    if _hold(tx.session, resident_id) is not None:
        raise HeldAlready
    said = lines(Field.REASON, reason, required=True)
    tx.session.add(
        LegalHoldRow(resident_id=resident_id, reason=said, set_at=tx.now, set_by=tx.staff_id)
    )
    tx.record("retention.held", f"resident:{resident_id}", resident=resident_id, reason=said)


def release_hold(tx: Tx, resident_id: int, reason: str) -> None:
    """End a legal hold.  Raises HeldAlready where there is none."""
    tx.require(Permission.MANAGE_RETENTION)
    row = _hold(tx.session, resident_id)
    if row is None:
        raise HeldAlready
    said = lines(Field.REASON, reason, required=True)
    row.released_at, row.released_by = tx.now, tx.staff_id
    tx.record("retention.released", f"resident:{resident_id}", resident=resident_id, reason=said)


def erase_details(tx: Tx, resident_id: int, witness: Witness | None) -> int:
    """Erase what is known of a resident; gives the number of the entry that is the proof.

    Two persons always; needs MANAGE_RETENTION.  What the file still holds afterwards is washed out
    by `retention_files`.  Raises SecondPersonNeeded, SamePerson, NotDueYet, NeededStill,
    ErasedAlready.
    """
    tx.require(Permission.MANAGE_RETENTION)
    if witness is None:
        raise SecondPersonNeeded("erase")
    refuse_without_second(tx, "erase", witness)
    session = tx.session
    row = session.get_one(ResidentRow, resident_id)
    refuse_erased(session, resident_id)
    if row.discharged_on is None:
        raise NotDueYet(None)
    found = _around(session, resident_id).of(row)
    if found.needed:
        raise NeededStill(found.needed[0])
    if found.due_on > local_date(tx.now):
        raise NotDueYet(found.due_on)
    counts = empty_rows(session, resident_id)
    session.expire_all()
    seq = tx.record(
        "resident.erased",
        f"resident:{resident_id}",
        resident=resident_id,
        plain={
            "counts": counts,
            "ended_on": found.ended_on.isoformat(),
            "due_on": found.due_on.isoformat(),
            "witness": witness.staff_id,
        },
    )
    session.add(
        ErasureRow(
            resident_id=resident_id,
            ended_on=found.ended_on,
            at=tx.now,
            by=tx.staff_id,
            witness_id=witness.staff_id,
            counts=counts,
            seq=seq,
        )
    )
    return seq


@dataclass(frozen=True)
class _Around:
    """What is known about all residents, or one: read at once, a query for each question."""

    years: int
    handed_back: dict[int, date]
    needed: dict[int, list[StillNeeded]]
    holds: dict[int, str]

    def of(self, row: ResidentRow) -> Retained:
        """The retention of somebody who left.  Counted from the later one of the day of leaving
        and of the last hand-back (完結の日)."""
        days = [day for day in (row.discharged_on, self.handed_back.get(row.id)) if day]
        ended, held = max(days), row.id in self.holds
        return Retained(
            resident_id=row.id,
            name=row.name,
            ended_on=ended,
            due_on=add_months(ended, 12 * self.years) + timedelta(days=1),
            needed=(*self.needed.get(row.id, ()), *([StillNeeded.HOLD] if held else ())),
            hold=self.holds.get(row.id, ""),
        )


def _around(session: Session, resident_id: int | None = None) -> _Around:
    def only(column: Any) -> ColumnElement[bool]:
        return true() if resident_id is None else column == resident_id

    last = select(HandBackRow.resident_id, func.max(HandBackRow.at)).where(
        only(HandBackRow.resident_id)
    )
    needed: dict[int, list[StillNeeded]] = {}
    for why, column, *where in _QUESTIONS:
        for (found,) in session.execute(select(column).where(*where, only(column)).distinct()):
            if found is not None:
                needed.setdefault(found, []).append(why)
    holds = select(LegalHoldRow.resident_id, LegalHoldRow.reason).where(
        LegalHoldRow.released_at.is_(None), only(LegalHoldRow.resident_id)
    )
    return _Around(
        years=load_settings(session).retention_years,
        handed_back={
            id_: local_date(at)
            for id_, at in session.execute(last.group_by(HandBackRow.resident_id))
        },
        needed=needed,
        holds={id_: reason for id_, reason in session.execute(holds)},
    )


_QUESTIONS: tuple[tuple[Any, ...], ...] = (
    (StillNeeded.IN_CUSTODY, ItemRow.resident_id, ItemRow.state.in_(IN_CUSTODY)),
    (StillNeeded.OUT, LoanRow.resident_id, LoanRow.closed_at.is_(None)),
    (
        StillNeeded.PIN_HELD,
        VaultEntryRow.resident_id,
        VaultEntryRow.state.in_((EntryState.HELD, EntryState.DEPOSITING, EntryState.ERASE_DUE)),
    ),
    (
        StillNeeded.LOSS_OPEN,
        LostItemRow.resident_id,
        LostItemRow.case_id.in_(
            select(LostCaseRow.id).where(LostCaseRow.state != LostCaseState.CLOSED)
        ),
    ),
    (
        StillNeeded.REGISTER_OPEN,
        RegisterEntryRow.resident_id,
        RegisterEntryRow.done_on.is_(None),
        RegisterEntryRow.voided_at.is_(None),
    ),
)
"""What stands against an erasure: the reason, whose it is, and the conditions."""


def _hold(session: Session, resident_id: int) -> LegalHoldRow | None:
    query = select(LegalHoldRow).where(
        LegalHoldRow.resident_id == resident_id, LegalHoldRow.released_at.is_(None)
    )
    return session.scalars(query).first()
