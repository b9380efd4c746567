"""The sheet for a blackout: what is out now and with whom, what lies where, and rows to write in.

It reads what is open and what is in custody, never history: it must be quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import ItemKindRow, ItemRow, PouchRow, ResidentRow, SlotRow
from facility_app.domain.items import ItemState
from facility_app.reports.paper import Blank, Column, Paper, Row, Section, Table, Text
from facility_app.services.loans import LoanView, read_open_loans
from facility_app.services.reporting.common import Occasion, checkpoint_blocks, paper
from facility_app.services.reporting.sign_outs import pieces_text

ROWS_BY_HAND = 18
_OUT = (
    Column("resident", 40, bold=True),
    Column("room"),
    Column("holder", 30, bold=True),
    Column("purpose", 36),
    Column("destination"),
    Column("out-at", 26),
    Column("due-at", 26),
    Column("pieces", 16, right=True),
)
_HELD = (
    Column("room", 18, bold=True),
    Column("resident", 40, bold=True),
    Column("slot", 20),
    Column("in-safe", 60),
    Column("out-now", 36),
)
_BY_HAND = (
    Column("out-at", 26),
    Column("resident", 36),
    Column("items", 36),
    Column("purpose", 26),
    Column("holder", 24),
    Column("back-at", 26),
)


@dataclass
class _Pouch:
    """What one resident has here."""

    room: str
    name: str
    slot: str
    here: dict[str, int] = field(default_factory=dict)
    elsewhere: dict[str, int] = field(default_factory=dict)


def blackout(reading: Reading, occasion: Occasion) -> Paper:
    """The sheet as of now."""
    loans = read_open_loans(reading.session, reading.now)
    return paper(
        reading,
        occasion,
        "blackout",
        Text("reports-about-now", {"at": occasion.made.made_at}),
        (
            Section(
                "out-now", (Table("out-now", _OUT, lambda: map(_out, loans), "reports-none-out"),)
            ),
            Section("held", (Table("held", _HELD, lambda: _held(reading), "reports-none-held"),)),
            Section("by-hand", (Blank(_BY_HAND, ROWS_BY_HAND),), fresh=True),
            Section("checkpoint", checkpoint_blocks(Occasion(occasion.made, None))[:1]),
        ),
        rows=len(loans),
        years=False,
    )


def _out(loan: LoanView) -> Row:
    return (
        loan.name,
        loan.room,
        loan.holder,
        loan.purpose,
        loan.destination,
        loan.out_at,
        loan.due_at,
        loan.pieces,
    )


def _held(reading: Reading) -> Iterator[Row]:
    query = (
        select(
            ResidentRow.id,
            ResidentRow.room,
            ResidentRow.name,
            SlotRow.label,
            ItemKindRow.name.label("kind"),
            ItemRow.state,
            ItemRow.pieces,
        )
        .join(ItemRow, ItemRow.resident_id == ResidentRow.id)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .outerjoin(PouchRow, PouchRow.resident_id == ResidentRow.id)
        .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
        .where(ItemRow.state.in_([state for state in ItemState if state.in_custody]))
        .order_by(ResidentRow.room, ResidentRow.kana, ResidentRow.id, ItemKindRow.sort, ItemRow.id)
    )
    pouches: dict[int, _Pouch] = {}
    for row in reading.session.execute(query):
        pouch = pouches.setdefault(row.id, _Pouch(row.room, row.name, row.label or ""))
        things = pouch.here if row.state is ItemState.IN_SAFE else pouch.elsewhere
        things[row.kind] = things.get(row.kind, 0) + row.pieces
    for pouch in pouches.values():
        yield (pouch.room, pouch.name, pouch.slot, _things(pouch.here), _things(pouch.elsewhere))


def _things(things: dict[str, int]) -> tuple[str, ...]:
    return tuple(pieces_text(kind, pieces) for kind, pieces in things.items())
