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
from typing import ClassVar

from sqlalchemy import func, select
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
    years = load_settings(session).retention_years
    found = [_retained(session, row, years) for row in rows]
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
    found = _retained(session, row, load_settings(session).retention_years)
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


def _retained(session: Session, row: ResidentRow, years: int) -> Retained:
    ended = _ended_on(session, row)
    hold = _hold(session, row.id)
    return Retained(
        resident_id=row.id,
        name=row.name,
        ended_on=ended,
        due_on=add_months(ended, 12 * years) + timedelta(days=1),
        needed=tuple(_needed(session, row.id)) + ((StillNeeded.HOLD,) if hold else ()),
        hold=hold.reason if hold else "",
    )


def _ended_on(session: Session, row: ResidentRow) -> date:
    """The later one of the day of leaving and of the last hand-back (完結の日)."""
    last = session.scalar(select(func.max(HandBackRow.at)).where(HandBackRow.resident_id == row.id))
    days = [day for day in (row.discharged_on, local_date(last) if last else None) if day]
    return max(days)


def _needed(session: Session, resident_id: int) -> list[StillNeeded]:
    held = (EntryState.HELD, EntryState.DEPOSITING, EntryState.ERASE_DUE)
    questions = (
        (
            StillNeeded.IN_CUSTODY,
            select(ItemRow.id).where(
                ItemRow.resident_id == resident_id, ItemRow.state.in_(IN_CUSTODY)
            ),
        ),
        (
            StillNeeded.OUT,
            select(LoanRow.id).where(
                LoanRow.resident_id == resident_id, LoanRow.closed_at.is_(None)
            ),
        ),
        (
            StillNeeded.PIN_HELD,
            select(VaultEntryRow.id).where(
                VaultEntryRow.resident_id == resident_id, VaultEntryRow.state.in_(held)
            ),
        ),
        (
            StillNeeded.LOSS_OPEN,
            select(LostCaseRow.id)
            .join(LostItemRow, LostItemRow.case_id == LostCaseRow.id)
            .where(
                LostItemRow.resident_id == resident_id, LostCaseRow.state != LostCaseState.CLOSED
            ),
        ),
        (
            StillNeeded.REGISTER_OPEN,
            select(RegisterEntryRow.id).where(
                RegisterEntryRow.resident_id == resident_id,
                RegisterEntryRow.done_on.is_(None),
                RegisterEntryRow.voided_at.is_(None),
            ),
        ),
    )
    return [why for why, query in questions if session.scalar(query.limit(1)) is not None]


def _hold(session: Session, resident_id: int) -> LegalHoldRow | None:
    query = select(LegalHoldRow).where(
        LegalHoldRow.resident_id == resident_id, LegalHoldRow.released_at.is_(None)
    )
    return session.scalars(query).first()
