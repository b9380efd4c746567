"""Finding the pouch in an emergency: name, room and slot, nothing more (domain §13.3).

Works for somebody known by staff number only, so it needs no right to see residents; a few rows at
a time, never the list of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import ItemRow, PouchRow, ResidentRow, SlotRow
from facility_app.domain.access import Permission
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import ItemState
from facility_app.domain.tags import parse_code
from facility_app.services.fields import Field
from facility_app.services.search import resident_of_tag
from facility_app.services.search_text import found_by

SHOWN = 6
LEAST_TYPED = 2
"""Characters before anything is looked for: one would list half of the residents."""


@dataclass(frozen=True)
class EmergencyTarget:
    """Whose pouch, where it lies, and how many items are in the safe (0 = nothing to take)."""

    resident_id: int
    name: str
    kana: str
    room: str
    slot: str
    items: int


@dataclass(frozen=True)
class EmergencyTargets:
    """The first few by kana, and how many there are in all."""

    rows: tuple[EmergencyTarget, ...]
    total: int


def emergency_targets(reading: Reading, text: str) -> EmergencyTargets:
    """Whom a scanned tag, a room, a slot or a name means.  Needs RELEASE_EMERGENCY.

    Raises IndividualNumberRefused where the text may be somebody's individual number, TagVoided.
    """
    reading.require(Permission.RELEASE_EMERGENCY)
    refuse_individual_number(Field.SEARCH, text)
    condition = _meant(reading.session, text)
    if condition is None:
        return EmergencyTargets((), 0)
    rows = reading.session.execute(_TARGETS.where(condition).limit(SHOWN)).all()
    total = len(rows)
    if total == SHOWN:
        counted = select(func.count()).select_from(ResidentRow).where(condition)
        total = reading.session.scalar(counted) or total
    return EmergencyTargets(
        tuple(
            EmergencyTarget(id_, name, kana, room, slot or "", items)
            for id_, name, kana, room, slot, items in rows
        ),
        total,
    )


def _meant(session: Session, text: str) -> ColumnElement[bool] | None:
    """The condition on residents; None where too little was typed."""
    code = parse_code(text)
    if code is not None:
        return ResidentRow.id == (resident_of_tag(session, code) or 0)
    return found_by(ResidentRow.search_text, text) if len(text) >= LEAST_TYPED else None


_IN_SAFE = (
    select(func.count(ItemRow.id))
    .where(ItemRow.resident_id == ResidentRow.id, ItemRow.state == ItemState.IN_SAFE)
    .scalar_subquery()
)
_TARGETS = (
    select(ResidentRow.id, ResidentRow.name, ResidentRow.kana, ResidentRow.room)
    .add_columns(SlotRow.label, _IN_SAFE)
    .outerjoin(PouchRow, PouchRow.resident_id == ResidentRow.id)
    .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
    .order_by(ResidentRow.kana, ResidentRow.id)
)
