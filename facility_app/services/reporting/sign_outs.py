"""Every sign-out of a period as a table (出し入れ管理簿), read as a stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from facility_app.audit.entry import parse
from facility_app.audit.work import Reading
from facility_app.db.models import (
    AuditEntryRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    LostItemRow,
    table_of,
)
from facility_app.domain.chart import Word
from facility_app.domain.items import Condition
from facility_app.domain.periods import Period
from facility_app.reports.paper import Column, Row, Span, Table, Value
from facility_app.services.reporting.register import Register

BATCH = 500
_L = table_of(LoanRow).c
_N = table_of(LoanLineRow).c
_I = table_of(ItemRow).c
_T = table_of(LostItemRow).c
_E = table_of(AuditEntryRow).c
CORRECTED = "loan.corrected"

COLUMNS = (
    Column("entry", 15, right=True),
    Column("out-at", 25),
    Column("due-at"),
    Column("resident", 24, bold=True),
    Column("room"),
    Column("items", 31),
    Column("purpose", 24),
    Column("destination"),
    Column("holder", 19),
    Column("released-by"),
    Column("witness"),
    Column("back-at", 25),
    Column("received-by"),
    Column("remarks", 11),
    Column("late"),
)
"""The fields of the ledger (domain §1.3): who, what, why, where, with whom, and back."""


@dataclass
class _Lines:
    """What went out with one loan, and who took it back."""

    kinds: dict[str, int] = field(default_factory=dict)
    received_by: dict[int, None] = field(default_factory=dict)
    damaged: dict[Condition, None] = field(default_factory=dict)
    lost: bool = False


def sign_out_table(reading: Reading, period: Period, register: Register, key: str) -> Table:
    """The table of all sign-outs that began in the period, oldest first."""
    return Table(key, COLUMNS, lambda: sign_out_rows(reading, period, register))


def count_sign_outs(connection: Connection, period: Period) -> int:
    """How many there are."""
    query = select(func.count()).select_from(table_of(LoanRow)).where(*_began_in(period))
    return connection.scalar(query) or 0


def sign_out_rows(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    """The rows; a few hundred are held at a time."""
    connection = reading.connection
    corrected = _corrected(connection)
    query = (
        select(
            _L.id,
            _L.out_seq,
            _L.out_at,
            _L.due_at,
            _L.resident_id,
            _L.purpose_code,
            _L.destination,
            _L.holder_id,
            _L.out_by,
            _L.witness_id,
            _L.closed_at,
            _L.emergency,
            _L.agreement_missing,
        )
        .where(*_began_in(period))
        .order_by(_L.out_at, _L.id)
    )
    found = connection.execute(query, execution_options={"yield_per": BATCH})
    for batch in found.partitions():
        lines = _lines(connection, [loan.id for loan in batch])
        for loan in batch:
            yield _row(loan, lines[loan.id], register, reading.now, loan.id in corrected)


def _began_in(period: Period) -> tuple[Any, Any]:
    return _L.out_at >= period.begins_at, _L.out_at < period.ends_before


def _lines(connection: Connection, loans: Sequence[int]) -> dict[int, _Lines]:
    query = (
        select(_N.loan_id, _I.kind_code, _N.pieces_out, _N.returned_by, _N.condition_in, _T.id)
        .join(table_of(ItemRow), _I.id == _N.item_id)
        .outerjoin(table_of(LostItemRow), _T.loan_line_id == _N.id)
        .where(_N.loan_id.in_(loans))
        .order_by(_N.id)
    )
    found: dict[int, _Lines] = defaultdict(_Lines)
    for loan, kind, pieces, returned_by, condition, lost in connection.execute(query):
        lines = found[loan]
        lines.lost = lines.lost or lost is not None
        lines.kinds[kind] = lines.kinds.get(kind, 0) + pieces
        if returned_by is not None:
            lines.received_by[returned_by] = None
        if condition not in (None, Condition.GOOD):
            lines.damaged[condition] = None
    return found


def _row(loan: Any, lines: _Lines, register: Register, now: datetime, corrected: bool) -> Row:
    name, room = register.resident(loan.resident_id)
    remarks: list[Value] = []
    if loan.emergency:
        remarks.append(Word("reports-remark-emergency"))
    if loan.agreement_missing:
        remarks.append(Word("reports-remark-no-agreement"))
    if loan.closed_at is None:
        remarks.append(Word("reports-remark-out"))
    if lines.lost:
        remarks.append(Word("reports-remark-lost"))
    if corrected:
        remarks.append(Word("reports-remark-corrected"))
    remarks += lines.damaged
    return (
        loan.out_seq,
        loan.out_at,
        loan.due_at,
        name,
        room,
        tuple(pieces_text(register.kinds.get(k, k), n) for k, n in lines.kinds.items()),
        register.purposes.get(loan.purpose_code or "", ""),
        loan.destination,
        register.person(loan.holder_id),
        register.person(loan.out_by),
        register.person(loan.witness_id),
        loan.closed_at,
        tuple(register.person(each) for each in lines.received_by),
        tuple(remarks),
        late_span(loan.due_at, loan.closed_at, now),
    )


def pieces_text(kind: str, pieces: int) -> str:
    """A kind with the number of pieces where there is more than one."""
    return kind if pieces == 1 else f"{kind}×{pieces}"


def late_span(due_at: datetime, closed_at: datetime | None, now: datetime) -> Span | None:
    """How long after its time it came back, or is out now; None where it was in time."""
    minutes = int(((closed_at or now) - due_at).total_seconds() // 60)
    return Span(minutes) if minutes > 0 else None


def _corrected(connection: Connection) -> set[int]:
    """Loans that some entry corrects; corrections are rare."""
    query = select(_E.canonical).where(_E.action == CORRECTED)
    subjects = (parse(canonical).subject for canonical in connection.scalars(query))
    return {int(subject.removeprefix("loan:")) for subject in subjects}
