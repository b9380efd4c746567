"""The last acts at the desk (最近の記録), and the number that an act got in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import AuditEntryRow, LoanRow, ResidentRow, StaffRow
from facility_app.domain.access import Permission
from facility_app.services.custody import LoanId

P = ParamSpec("P")
T = TypeVar("T")

LOOK_BACK = 500
"""Entries searched for desk acts: the cost must not grow with a quiet week or a long history."""


class DeskAct(Enum):
    """What happens at the desk, by its name in the log."""

    SIGNED_OUT = "item.signed_out"
    SIGNED_IN = "item.signed_in"
    HANDED_OVER = "loan.handed_over"
    RELEASED = "emergency.released"
    HANDED_BACK = "item.handed_back"
    CORRECTED = "loan.corrected"


@dataclass(frozen=True)
class RecentAct:
    """One act; `at` aware UTC, `actor` and `name` of the resident; `loan_id` while it is open."""

    seq: int
    act: DeskAct
    at: datetime
    actor: str
    resident_id: int
    name: str
    loan_id: LoanId | None


@dataclass(frozen=True)
class Recorded(Generic[T]):
    """What a use case gave, the number of its last entry (第 n 号) and when it was made."""

    value: T
    seq: int
    at: datetime


def recorded(
    use_case: Callable[Concatenate[Tx, P], T],
) -> Callable[Concatenate[Tx, P], Recorded[T]]:
    """`use_case`, giving the number of its entry too, which the desk shows."""

    def call(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> Recorded[T]:
        value = use_case(tx, *args, **kwargs)
        return Recorded(value, tx.head.size, tx.now)

    return call


def recent_acts(reading: Reading, count: int = 5) -> list[RecentAct]:
    """The newest acts at the desk, newest first, at most `count`.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    newest = (
        select(AuditEntryRow.seq).order_by(AuditEntryRow.seq.desc()).limit(LOOK_BACK).subquery()
    )
    query = (
        select(
            AuditEntryRow.seq,
            AuditEntryRow.action,
            AuditEntryRow.at,
            AuditEntryRow.resident,
            ResidentRow.name,
            StaffRow.name.label("actor"),
            LoanRow.id.label("loan"),
        )
        .join(newest, newest.c.seq == AuditEntryRow.seq)
        .join(ResidentRow, ResidentRow.id == AuditEntryRow.resident)
        .outerjoin(StaffRow, StaffRow.id == AuditEntryRow.actor)
        .outerjoin(LoanRow, (LoanRow.out_seq == AuditEntryRow.seq) & LoanRow.closed_at.is_(None))
        .where(AuditEntryRow.action.in_([act.value for act in DeskAct]))
        .order_by(AuditEntryRow.seq.desc())
        .limit(count)
    )
    return [
        RecentAct(
            seq=row.seq,
            act=DeskAct(row.action),
            at=datetime.fromisoformat(row.at).astimezone(UTC),
            actor=row.actor or "",
            resident_id=row.resident,
            name=row.name,
            loan_id=None if row.loan is None else LoanId(row.loan),
        )
        for row in reading.session.execute(query)
    ]
