"""医療機関: the facility's register of clinics, and what earlier visits taught about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import AuditEntryRow, ClinicRow, StaffRow
from facility_app.domain.access import Permission
from facility_app.domain.coverage import Answer, VisualMode
from facility_app.domain.names import search_key
from facility_app.domain.people import kana_reading
from facility_app.errors import Refused
from facility_app.services.fields import ChangedMeanwhile, Field, line, lines
from facility_app.services.history import UNKNOWN, changes
from facility_app.services.rule_data import rules

ClinicId = NewType("ClinicId", int)

PHONE_LENGTH = 40


@dataclass(eq=False)
class ClinicThere(Refused):
    """A clinic of this name is in the register already."""

    key: ClassVar[str] = "clinics.there"
    name: str


@dataclass(frozen=True)
class ClinicForm:
    """What is known of a clinic, of its reader above all: 目視モード, PMH (公費 on the card),
    医療扶助, phones; `house_calls`: its doctors come to the house.
    """

    name: str
    kana: str = ""
    phone: str = ""
    visual_mode: VisualMode = VisualMode.UNKNOWN
    pmh: Answer = Answer.UNKNOWN
    livelihood_ready: Answer = Answer.UNKNOWN
    phone_ready: Answer = Answer.UNKNOWN
    house_calls: bool = False
    notes: str = ""
    active: bool = True


@dataclass(frozen=True)
class ClinicView:
    """A clinic as the register shows it; `version` goes back with a change."""

    id: ClinicId
    version: int
    form: ClinicForm


@dataclass(frozen=True)
class ChangeClinic:
    """What the register should say; `version` is the one the form was filled from."""

    clinic_id: int
    version: int
    form: ClinicForm


def list_clinics(reading: Reading, *, all_of_them: bool = False) -> list[ClinicView]:
    """The clinics by reading; the resting ones too where `all_of_them`.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    query = select(ClinicRow).order_by(ClinicRow.kana, ClinicRow.name, ClinicRow.id)
    if not all_of_them:
        query = query.where(ClinicRow.active)
    return [clinic_view(row) for row in reading.session.scalars(query)]


def clinic(reading: Reading, clinic_id: int) -> ClinicView:
    """One clinic.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return clinic_view(reading.session.get_one(ClinicRow, clinic_id))


def add_clinic(tx: Tx, form: ClinicForm) -> ClinicId:
    """Enter a clinic.  Raises ClinicThere and the refusals of the fields."""
    tx.require(Permission.PLAN_VISITS)
    values = _checked(form)
    if clinic_named(tx.session, form.name) is not None:
        raise ClinicThere(values["name"])
    row = ClinicRow(**values)
    tx.session.add(row)
    tx.session.flush()
    tx.record("clinic.added", f"clinic:{row.id}", plain={"name": row.name, "phone": row.phone})
    return ClinicId(row.id)


def change_clinic(tx: Tx, cmd: ChangeClinic) -> int:
    """Change what is known of a clinic; gives the new version.

    Raises ChangedMeanwhile, ClinicThere and the refusals of the fields.
    """
    tx.require(Permission.PLAN_VISITS)
    row = tx.session.get_one(ClinicRow, cmd.clinic_id)
    if row.version != cmd.version:
        raise ChangedMeanwhile(_changed_by(tx.session))
    values = _checked(cmd.form)
    other = clinic_named(tx.session, cmd.form.name)
    if other is not None and other.id != row.id:
        raise ClinicThere(values["name"])
    rewrite(tx, row, values)
    return row.version


def rewrite(tx: Tx, row: ClinicRow, values: dict[str, Any], **why: Any) -> None:
    """Write checked `values` over a clinic and record what differs, and `why`."""
    before, after = changes(row, values)
    if after:
        plain = {"fields": sorted(after), "before": before, "after": after, **why}
        tx.record("clinic.changed", f"clinic:{row.id}", plain=plain)


def clinic_named(session: Session, name: str) -> ClinicRow | None:
    """The clinic that a name means, however it is written: width, blanks, variant characters."""
    wanted = search_key(name, rules().variants)
    found = (
        row
        for row in session.scalars(
            select(ClinicRow).order_by(ClinicRow.active.desc(), ClinicRow.id)
        )
        if search_key(row.name, rules().variants) == wanted
    )
    return next(found, None)


def clinic_view(row: ClinicRow) -> ClinicView:
    """A row as the register shows it."""
    fields = ClinicForm.__dataclass_fields__
    form = ClinicForm(**{name: getattr(row, name) for name in fields})
    return ClinicView(ClinicId(row.id), row.version, form)


def _checked(form: ClinicForm) -> dict[str, Any]:
    return {
        "name": line(Field.NAME, form.name, required=True),
        "kana": kana_reading(Field.KANA, form.kana) if form.kana.strip() else "",
        "phone": line(Field.PHONE, form.phone, limit=PHONE_LENGTH),
        "visual_mode": form.visual_mode,
        "pmh": form.pmh,
        "livelihood_ready": form.livelihood_ready,
        "phone_ready": form.phone_ready,
        "house_calls": form.house_calls,
        "notes": lines(Field.NOTES, form.notes),
        "active": form.active,
    }


def _changed_by(session: Session) -> str:
    query = (
        select(StaffRow.name)
        .join(AuditEntryRow, AuditEntryRow.actor == StaffRow.id)
        .where(AuditEntryRow.action == "clinic.changed")
        .order_by(AuditEntryRow.seq.desc())
        .limit(1)
    )
    return session.scalars(query).first() or UNKNOWN
