"""What lies where in the sample facility: tags and slots by the resident's place in demo/people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import PouchRow, PouchTagRow, ResidentRow, SlotRow
from facility_app.domain.access import Permission
from facility_app.services.stocktake_count import pieces_in_safe

Contents = Mapping[int, Mapping[str, int]]
"""Pieces by kind, by resident."""


@dataclass(frozen=True)
class Pouch:
    """One resident's pouch: the code on its tag, its short form, and its slot."""

    resident_id: int
    name: str
    kana: str
    room: str
    slot: str
    code: str
    short: str


def pouches(reading: Reading) -> tuple[Pouch, ...]:
    """All pouches with a tag that is not voided, in the order the residents were registered."""
    reading.require(Permission.IDENTIFY)
    query = (
        select(ResidentRow, SlotRow.label, PouchTagRow.code, PouchTagRow.short)
        .join(PouchRow, PouchRow.resident_id == ResidentRow.id)
        .join(SlotRow, SlotRow.id == PouchRow.slot_id)
        .join(PouchTagRow, PouchTagRow.pouch_id == PouchRow.id)
        .where(PouchTagRow.voided_at.is_(None))
        .order_by(ResidentRow.id)
    )
    return tuple(
        Pouch(row.id, row.name, row.kana, row.room, slot, code, short)
        for row, slot, code, short in reading.session.execute(query)
    )


def contents(reading: Reading) -> Contents:
    """What lies in every pouch, as a counter who opens them would find it."""
    reading.require(Permission.IDENTIFY)
    residents = reading.session.scalars(select(ResidentRow.id)).all()
    return pieces_in_safe(reading.session, residents)
