"""Cabinets and slots, pouches in them, and the tags on the pouches (design §8.1)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar, NewType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import PouchRow, PouchTagRow, ResidentRow, SlotRow
from facility_app.domain.access import Permission
from facility_app.domain.tags import RANDOM_BYTES, new_tag
from facility_app.errors import Refused
from facility_app.services.fields import Field, line, within
from facility_app.services.search_text import refresh_search_text

SlotId = NewType("SlotId", int)
TagId = NewType("TagId", int)

MOST_SLOTS = 200
"""Slots that one cabinet may have; more is a slip of the finger."""


@dataclass(eq=False)
class SlotTaken(Refused):
    """Another pouch lies in this slot."""

    key: ClassVar[str] = "cabinets.slot_taken"
    label: str


@dataclass(eq=False)
class SlotExists(Refused):
    """The cabinet has a slot of this label already."""

    key: ClassVar[str] = "cabinets.slot_exists"
    label: str


@dataclass(eq=False)
class NoSuchSlot(Refused):
    """The slot is unknown or no longer in use."""

    key: ClassVar[str] = "cabinets.no_such_slot"
    label: str


@dataclass(eq=False)
class NoTag(Refused):
    """The pouch has no valid tag."""

    key: ClassVar[str] = "cabinets.no_tag"


@dataclass(frozen=True)
class AddSlots:
    """`count` slots of a cabinet (A), numbered from `first`."""

    cabinet: str
    first: int
    count: int


@dataclass(frozen=True)
class PlacePouch:
    """Put a resident's pouch into a slot, or (None) into no slot."""

    resident_id: int
    slot_id: int | None


@dataclass(frozen=True)
class ReplaceTag:
    """A new tag for a resident's pouch; the old one, if any, is void from now on."""

    resident_id: int
    reason: str


@dataclass(frozen=True)
class VoidTag:
    """Make a resident's tag void without a new one."""

    resident_id: int
    reason: str


@dataclass(frozen=True)
class SlotLine:
    """A slot and whose pouch lies in it (None = free)."""

    slot_id: SlotId
    cabinet: str
    number: int
    label: str
    resident_id: int | None


def slot_label(cabinet: str, number: int) -> str:
    """What stands on a slot: ``A-12``."""
    return f"{cabinet}-{number:02}"


def add_slots(tx: Tx, cmd: AddSlots) -> list[SlotId]:
    """Add the slots of a cabinet.

    Raises SlotExists, FieldMissing, NumberOutOfRange; then none is added.
    """
    tx.require(Permission.MANAGE_CABINETS)
    cabinet = line(Field.CABINET, cmd.cabinet, required=True, limit=32)
    within(Field.NUMBER, cmd.first, 1, 9999)
    within(Field.SLOT, cmd.count, 1, MOST_SLOTS)
    rows = []
    for number in range(cmd.first, cmd.first + cmd.count):
        label = slot_label(cabinet, number)
        if tx.session.scalar(select(SlotRow.id).where(SlotRow.label == label)) is not None:
            raise SlotExists(label)
        rows.append(SlotRow(cabinet=cabinet, number=number, label=label))
    tx.session.add_all(rows)
    tx.session.flush()
    last = cmd.first + cmd.count - 1
    plain = {"cabinet": cabinet, "first": cmd.first, "last": last}
    tx.record("slot.added", f"cabinet:{cabinet}", plain=plain)
    return [SlotId(row.id) for row in rows]


def slots(reading: Reading) -> list[SlotLine]:
    """All slots in use, by cabinet and number, with the residents whose pouches lie in them."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = (
        select(SlotRow.id, SlotRow.cabinet, SlotRow.number, SlotRow.label, PouchRow.resident_id)
        .outerjoin(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(SlotRow.active)
        .order_by(SlotRow.cabinet, SlotRow.number)
    )
    return [
        SlotLine(SlotId(id_), cabinet, number, label, resident_id)
        for id_, cabinet, number, label, resident_id in reading.session.execute(query)
    ]


def cabinets(reading: Reading) -> dict[str, int]:
    """How many slots each cabinet has; names no resident, so a set-up may ask for it."""
    reading.require(Permission.MANAGE_CABINETS)
    query = select(SlotRow.cabinet, func.count()).where(SlotRow.active).group_by(SlotRow.cabinet)
    return {cabinet: count for cabinet, count in reading.session.execute(query)}


def place_pouch(tx: Tx, cmd: PlacePouch) -> None:
    """Move a pouch to a slot.  Raises SlotTaken, NoSuchSlot; the pouch then stays where it was."""
    tx.require(Permission.MANAGE_RESIDENTS)
    pouch = pouch_of(tx.session, cmd.resident_id)
    before = tx.session.get(SlotRow, pouch.slot_id) if pouch.slot_id else None
    slot = free_slot(tx.session, cmd.slot_id, pouch.id) if cmd.slot_id is not None else None
    if slot is before:
        return
    pouch.slot_id = slot.id if slot else None
    refresh_search_text(tx.session, cmd.resident_id)
    plain = {"from": before.label if before else "", "to": slot.label if slot else ""}
    tx.record("pouch.placed", f"pouch:{pouch.id}", resident=cmd.resident_id, plain=plain)


def replace_tag(tx: Tx, cmd: ReplaceTag) -> TagId:
    """Issue a new tag.

    The one before is void at once, so a found or copied sticker opens nothing.
    """
    tx.require(Permission.PRINT_TAGS)
    reason = line(Field.REASON, cmd.reason)
    pouch = pouch_of(tx.session, cmd.resident_id)
    _void(tx, pouch, cmd.resident_id, reason)
    tag = issue(tx, pouch)
    refresh_search_text(tx.session, cmd.resident_id)
    tx.record("tag.issued", f"tag:{tag.id}", resident=cmd.resident_id, plain={"pouch": pouch.id})
    return TagId(tag.id)


def void_tag(tx: Tx, cmd: VoidTag) -> None:
    """Make the tag void.  Raises NoTag where there is none."""
    tx.require(Permission.PRINT_TAGS)
    reason = line(Field.REASON, cmd.reason)
    if not _void(tx, pouch_of(tx.session, cmd.resident_id), cmd.resident_id, reason):
        raise NoTag
    refresh_search_text(tx.session, cmd.resident_id)


def pouch_of(session: Session, resident_id: int) -> PouchRow:
    """The pouch of a resident; every registered resident has one."""
    return session.scalars(select(PouchRow).where(PouchRow.resident_id == resident_id)).one()


def free_slot(session: Session, slot_id: int, pouch_id: int | None = None) -> SlotRow:
    """The slot, free or holding `pouch_id`.  Raises NoSuchSlot or SlotTaken."""
    slot = session.get(SlotRow, slot_id)
    if slot is None or not slot.active:
        raise NoSuchSlot(slot.label if slot else "")
    holder = session.scalar(select(PouchRow.id).where(PouchRow.slot_id == slot.id))
    if holder is not None and holder != pouch_id:
        raise SlotTaken(slot.label)
    return slot


def draw_tag(session: Session) -> tuple[str, str]:
    """A new random (code, short form), the short form used by no other tag."""
    code, short = new_tag(os.urandom(RANDOM_BYTES))
    while session.scalar(select(PouchTagRow.id).where(PouchTagRow.short == short)) is not None:
        code, short = new_tag(os.urandom(RANDOM_BYTES))
    return code, short


def issue(tx: Tx, pouch: PouchRow) -> PouchTagRow:
    """A new tag row of `pouch`; recorded by the caller."""
    code, short = draw_tag(tx.session)
    tag = PouchTagRow(pouch_id=pouch.id, code=code, short=short, issued_at=tx.now)
    tx.session.add(tag)
    tx.session.flush()
    return tag


def valid_tag(session: Session, pouch_id: int) -> PouchTagRow | None:
    """The tag of a pouch that is not void."""
    query = select(PouchTagRow).where(
        PouchTagRow.pouch_id == pouch_id, PouchTagRow.voided_at.is_(None)
    )
    return session.scalars(query.order_by(PouchTagRow.id.desc())).first()


def _void(tx: Tx, pouch: PouchRow, resident_id: int, reason: str) -> bool:
    tag = valid_tag(tx.session, pouch.id)
    if tag is None:
        return False
    tag.voided_at = tx.now
    tx.record("tag.voided", f"tag:{tag.id}", resident=resident_id, reason=reason)
    return True


@dataclass(frozen=True)
class TagOwner:
    """What a label needs.

    The code for the QR, the short form and the slot; no name goes on a label.
    """

    resident_id: int
    code: str
    short: str
    slot: str


def tag_owners(session: Session, resident_ids: list[int]) -> list[TagOwner]:
    """The valid tags of these residents, by slot.  Residents without one are left out."""
    query = (
        select(PouchRow.resident_id, PouchTagRow.code, PouchTagRow.short, SlotRow.label)
        .join(PouchTagRow, PouchTagRow.pouch_id == PouchRow.id)
        .join(ResidentRow, ResidentRow.id == PouchRow.resident_id)
        .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
        .where(PouchRow.resident_id.in_(resident_ids), PouchTagRow.voided_at.is_(None))
        .order_by(SlotRow.label, ResidentRow.kana)
    )
    return [
        TagOwner(rid, code, short, slot or "") for rid, code, short, slot in session.execute(query)
    ]
