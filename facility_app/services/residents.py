"""Residents: registered with key, pouch and tag; changed; discharged (issue #2)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    ItemRow,
    PouchRow,
    PouchTagRow,
    ResidentKeyRow,
    ResidentRow,
    VaultEntryRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.people import Sex, check_resident_dates, kana_reading, person_name
from facility_app.domain.pins import EraseReason
from facility_app.errors import Refused
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.cabinets import PlacePouch, draw_tag, free_slot, place_pouch
from facility_app.services.erasing import refuse_erased
from facility_app.services.fields import Field, in_order, line, lines, not_after
from facility_app.services.history import changes, plain, refuse_stale
from facility_app.services.pin_due import forget_pins
from facility_app.services.search_text import refresh_search_text, stored_text

ResidentId = NewType("ResidentId", int)

KEY_BYTES = 32


@dataclass(eq=False)
class AlreadyDischarged(Refused):
    """The resident has left already."""

    key: ClassVar[str] = "residents.already_discharged"
    on: date


@dataclass(eq=False)
class NotDischarged(Refused):
    """The resident has not left, so there is nothing to take back."""

    key: ClassVar[str] = "residents.not_discharged"


@dataclass(eq=False)
class PossibleTwin(Refused):
    """Somebody of the same name and birth date is registered already (`name`, room `room`)."""

    key: ClassVar[str] = "residents.possible_twin"
    name: str
    room: str


@dataclass(frozen=True)
class ResidentForm:
    """What is kept about a resident.  Texts as typed; dates are days of law (JST)."""

    name: str
    kana: str
    birth_date: date | None = None
    sex: Sex = Sex.NOT_APPLICABLE
    room: str = ""
    address: str = ""
    admitted_on: date | None = None
    residence_expires_on: date | None = None
    notes: str = ""


@dataclass(frozen=True)
class RegisterResident:
    """A new resident; the pouch goes into `slot_id`.

    `same_name_confirmed`: it is somebody else.
    """

    form: ResidentForm
    slot_id: int | None = None
    same_name_confirmed: bool = False


@dataclass(frozen=True)
class ChangeResident:
    """What the record should say; `version` is the one the form was filled from."""

    resident_id: int
    version: int
    form: ResidentForm


@dataclass(frozen=True)
class Discharge:
    """退所 on a day (the day itself still counts); `deceased` where that is why."""

    resident_id: int
    version: int
    on: date
    deceased: bool = False


@dataclass(frozen=True)
class Readmit:
    """Take a discharge back: noted by mistake, or the person came back."""

    resident_id: int
    version: int


def register_resident(tx: Tx, cmd: RegisterResident) -> ResidentId:
    """Register a resident with sealing key, pouch and tag.

    Raises the refusals of the fields, SlotTaken, and PossibleTwin until confirmed.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    values = checked(cmd.form, local_date(tx.now))
    if not cmd.same_name_confirmed:
        _refuse_twin(tx.session, values)
    return enter(tx, values, cmd.slot_id)


def enter(
    tx: Tx, values: dict[str, Any], slot_id: int | None = None, import_key: str | None = None
) -> ResidentId:
    """Write checked `values` as a new resident and record it; the import uses it too."""
    session = tx.session
    slot = free_slot(session, slot_id) if slot_id is not None else None
    label = slot.label if slot else ""
    code, short = draw_tag(session)
    text = stored_text(values["name"], values["kana"], values["room"], label, short)
    row = ResidentRow(**values, search_text=text, import_key=import_key, created_at=tx.now)
    session.add(row)
    session.flush()
    session.add(ResidentKeyRow(resident_id=row.id, key=os.urandom(KEY_BYTES)))
    pouch = PouchRow(resident_id=row.id, slot_id=slot.id if slot else None)
    session.add(pouch)
    session.flush()
    tag = PouchTagRow(pouch_id=pouch.id, code=code, short=short, issued_at=tx.now)
    session.add(tag)
    session.flush()
    facts = {"pouch": pouch.id, "tag": tag.id, "slot": label}
    details = {name: plain(value) for name, value in values.items() if value not in (None, "")}
    tx.record("resident.registered", f"resident:{row.id}", resident=row.id, plain=facts, **details)
    return ResidentId(row.id)


def change_resident(tx: Tx, cmd: ChangeResident) -> int:
    """Change a record; gives the new version.

    Raises ChangedMeanwhile where somebody else was faster, ErasedAlready.

    Nothing is recorded where nothing differs.

    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ResidentRow, cmd.resident_id)
    refuse_erased(tx.session, row.id)
    refuse_stale(tx.session, row.version, cmd.version, row.id)
    values = checked(cmd.form, local_date(tx.now))
    in_order(Field.ADMITTED_ON, cmd.form.admitted_on, Field.DISCHARGED_ON, row.discharged_on)
    return rewrite(tx, row, values)


def change_and_place(tx: Tx, cmd: ChangeResident, place: PlacePouch) -> int:
    """Change a record and move the pouch, both or neither; gives the new version.

    Raises what `change_resident` and `place_pouch` raise.
    """
    version = change_resident(tx, cmd)
    place_pouch(tx, place)
    return version


def rewrite(tx: Tx, row: ResidentRow, values: dict[str, Any]) -> int:
    """Write checked `values` over a row and record what differs; gives the version."""
    before, after = changes(row, values)
    if not after:
        return row.version
    refresh_search_text(tx.session, row.id)
    tx.record(
        "resident.changed",
        f"resident:{row.id}",
        resident=row.id,
        plain={"fields": sorted(after)},
        before=before,
        after=after,
    )
    return row.version


def discharge_resident(tx: Tx, cmd: Discharge) -> list[int]:
    """Note that a resident has left.

    Gives the ids of things still in custody, which must be handed back.

    Raises ChangedMeanwhile, AlreadyDischarged, DatesInWrongOrder; a death cannot lie in the future.

    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ResidentRow, cmd.resident_id)
    refuse_stale(tx.session, row.version, cmd.version, row.id)
    if row.discharged_on is not None:
        raise AlreadyDischarged(row.discharged_on)
    in_order(Field.ADMITTED_ON, row.admitted_on, Field.DISCHARGED_ON, cmd.on)
    if cmd.deceased:
        not_after(Field.DISCHARGED_ON, cmd.on, local_date(tx.now))
    row.discharged_on = cmd.on
    row.deceased_on = cmd.on if cmd.deceased else None
    query = select(ItemRow.id).where(ItemRow.resident_id == row.id, ItemRow.state.in_(IN_CUSTODY))
    items = list(tx.session.scalars(query))
    tx.record(
        "resident.discharged",
        f"resident:{row.id}",
        resident=row.id,
        items=items,
        plain={"left_in_custody": len(items)},
        on=cmd.on.isoformat(),
        deceased=cmd.deceased,
    )
    if cmd.deceased:
        forget_pins(tx, EraseReason.DECEASED, VaultEntryRow.resident_id == row.id)
    return items


def readmit_resident(tx: Tx, cmd: Readmit) -> int:
    """Take a discharge back; gives the new version.

    Raises ChangedMeanwhile, NotDischarged, ErasedAlready.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ResidentRow, cmd.resident_id)
    refuse_erased(tx.session, row.id)
    refuse_stale(tx.session, row.version, cmd.version, row.id)
    if row.discharged_on is None:
        raise NotDischarged
    return rewrite(tx, row, {"discharged_on": None, "deceased_on": None})


def checked(form: ResidentForm, today: date) -> dict[str, Any]:
    """The column values of a form.  Raises the refusals of its fields, the first one found."""
    if form.birth_date is not None:
        check_resident_dates(form.birth_date, form.admitted_on, None, today)
    return {
        "name": person_name(Field.NAME, form.name),
        "kana": kana_reading(Field.KANA, form.kana),
        "birth_date": form.birth_date,
        "sex": form.sex,
        "room": line(Field.ROOM, form.room, limit=32),
        "address": lines(Field.ADDRESS, form.address),
        "admitted_on": form.admitted_on,
        "residence_expires_on": form.residence_expires_on,
        "notes": lines(Field.NOTES, form.notes),
    }


def form_of(row: ResidentRow) -> ResidentForm:
    """A row as the form shows it."""
    return ResidentForm(
        row.name,
        row.kana,
        row.birth_date,
        row.sex,
        row.room,
        row.address,
        row.admitted_on,
        row.residence_expires_on,
        row.notes,
    )


def _refuse_twin(session: Session, values: dict[str, Any]) -> None:
    query = select(ResidentRow.name, ResidentRow.room).where(
        ResidentRow.name == values["name"],
        ResidentRow.birth_date == values["birth_date"],
        ResidentRow.discharged_on.is_(None),
    )
    found = session.execute(query).first()
    if found is not None:
        raise PossibleTwin(found.name, found.room)
