"""預かり品.

Received into custody, and what is noted about them; what their dates mean is `domain/expiry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NewType, Protocol

from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import ItemKindRow, ItemRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.items import (
    Condition,
    DateRole,
    FaceAuthentication,
    ItemState,
)
from facility_app.errors import Refused
from facility_app.services.agreement_standing import refuse_without_agreement
from facility_app.services.fields import (
    Field,
    FieldMissing,
    in_order,
    line,
    lines,
    not_after,
    within,
)
from facility_app.services.history import changes, plain, refuse_stale

ItemId = NewType("ItemId", int)

MOST_PIECES = 99
DATE_COLUMNS: dict[DateRole, tuple[str, Field]] = {
    DateRole.CARD_EXPIRES: ("card_expires_on", Field.CARD_EXPIRES_ON),
    DateRole.CERTIFICATE_EXPIRES: ("certificate_expires_on", Field.CERTIFICATE_EXPIRES_ON),
    DateRole.VALID_FROM: ("issued_on", Field.ISSUED_ON),
    DateRole.PAPER_EXPIRES: ("paper_expires_on", Field.PAPER_EXPIRES_ON),
}
"""Which column of an item holds which date of its kind."""


@dataclass(eq=False)
class KindNotInUse(Refused):
    """The kind is unknown or no longer offered.  `kind` is its name or code."""

    key: ClassVar[str] = "items.kind_not_in_use"
    kind: str


@dataclass(eq=False)
class OutOfCustody(Refused):
    """The thing has been handed back or disposed of; its record is closed."""

    key: ClassVar[str] = "items.out_of_custody"


@dataclass(eq=False)
class ResidentLeft(Refused):
    """Nothing is taken into custody for somebody who has left."""

    key: ClassVar[str] = "items.resident_left"
    resident: str


@dataclass(frozen=True)
class ItemForm:
    """What is noted about one thing.

    `ratio` in tenths (1-3), with where it is from and of which day.
    """

    kind_code: str
    label: str = ""
    issued_on: date | None = None
    card_expires_on: date | None = None
    certificate_expires_on: date | None = None
    paper_expires_on: date | None = None
    ratio: int | None = None
    ratio_source: str = ""
    ratio_as_of: date | None = None
    face_authentication: FaceAuthentication = FaceAuthentication.UNKNOWN
    condition: Condition = Condition.GOOD
    pieces: int = 1
    colour: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReceiveItem:
    """A thing taken into custody today or earlier, from somebody."""

    resident_id: int
    form: ItemForm
    received_from: str = ""
    received_on: date | None = None


@dataclass(frozen=True)
class ChangeItem:
    """What an item's record should say; `version` is the one the form was filled from."""

    item_id: int
    version: int
    form: ItemForm


def receive_item(tx: Tx, cmd: ReceiveItem) -> ItemId:
    """Take a thing into custody.

    Raises the agreement's refusals (domain/agreements) where none carries its kind today,
    KindNotInUse, ResidentLeft and the refusals of the fields.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    return take_in(tx, cmd)


def take_in(tx: Tx, cmd: ReceiveItem, import_key: str | None = None) -> ItemId:
    """As `receive_item`, for a use case that has asked for its own permission (the import)."""
    today = local_date(tx.now)
    resident = tx.session.get_one(ResidentRow, cmd.resident_id)
    if resident.discharged_on is not None and resident.discharged_on < today:
        raise ResidentLeft(resident.name)
    values = checked(tx.session, cmd.form, today)
    not_after(Field.RECEIVED_ON, cmd.received_on, today)
    refuse_without_agreement(tx.session, resident.id, {cmd.form.kind_code}, today)
    row = ItemRow(
        resident_id=resident.id,
        state=ItemState.IN_SAFE,
        received_on=cmd.received_on or today,
        received_from=line(Field.RECEIVED_FROM, cmd.received_from),
        import_key=import_key,
        **values,
    )
    tx.session.add(row)
    tx.session.flush()
    details = {name: plain(value) for name, value in values.items() if value not in (None, "")}
    tx.record(
        "item.received",
        f"item:{row.id}",
        resident=resident.id,
        items=[row.id],
        plain={"kind": row.kind_code},
        received_from=row.received_from,
        received_on=row.received_on.isoformat(),
        **details,
    )
    return ItemId(row.id)


def change_item(tx: Tx, cmd: ChangeItem) -> int:
    """Change what is noted about a thing; gives the new version.

    Custody itself changes at the desk only.

    Raises ChangedMeanwhile, OutOfCustody and the refusals of the fields.

    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ItemRow, cmd.item_id)
    refuse_stale(tx.session, row.version, cmd.version, row.resident_id)
    if not row.state.in_custody:
        raise OutOfCustody
    values = checked(tx.session, cmd.form, local_date(tx.now), kept_kind=row.kind_code)
    if values["kind_code"] != row.kind_code:
        kinds = {str(values["kind_code"])}
        refuse_without_agreement(tx.session, row.resident_id, kinds, local_date(tx.now))
    return rewrite(tx, row, values)


def rewrite(tx: Tx, row: ItemRow, values: dict[str, Any]) -> int:
    """Write checked `values` over a row and record what differs; gives the version."""
    before, after = changes(row, values)
    if after:
        tx.record(
            "item.changed",
            f"item:{row.id}",
            resident=row.resident_id,
            items=[row.id],
            plain={"fields": sorted(after)},
            before=before,
            after=after,
        )
    return row.version


def checked(
    session: Session, form: ItemForm, today: date, kept_kind: str | None = None
) -> dict[str, Any]:
    """The column values of a form: dates and ratio only where the kind has them.

    `kept_kind`: this kind may stay although it is no longer offered.
    """
    kind = session.get(ItemKindRow, form.kind_code)
    if kind is None or not (kind.active or kind.code == kept_kind):
        raise KindNotInUse(kind.name if kind else form.kind_code)
    in_order(Field.ISSUED_ON, form.issued_on, Field.PAPER_EXPIRES_ON, form.paper_expires_on)
    dates = {
        column: getattr(form, column) if role.value in kind.dates else None
        for role, (column, _) in DATE_COLUMNS.items()
    }
    return {
        "kind_code": kind.code,
        "label": line(Field.LABEL, form.label),
        **dates,
        **dated_ratio(form, today, has_ratio=kind.has_ratio),
        "face_authentication": form.face_authentication
        if kind.is_card
        else FaceAuthentication.UNKNOWN,
        "condition": form.condition,
        "pieces": within(Field.PIECES, form.pieces, 1, MOST_PIECES),
        "colour": line(Field.COLOUR, form.colour, limit=40),
        "note": lines(Field.NOTES, form.note),
    }


def form_of(row: ItemRow) -> ItemForm:
    """A row as the form shows it."""
    names = ItemForm.__dataclass_fields__
    return ItemForm(**{name: getattr(row, name) for name in names})


class Rated(Protocol):
    """What notes a burden ratio in tenths (1-3), with where it is from and of which day."""

    @property
    def ratio(self) -> int | None: ...

    @property
    def ratio_source(self) -> str: ...

    @property
    def ratio_as_of(self) -> date | None: ...


def dated_ratio(form: Rated, today: date, *, has_ratio: bool = True) -> dict[str, Any]:
    """The burden ratio with its source and day.

    All three or none (domain §5: a ratio without a date misleads).
    """
    if not has_ratio or form.ratio is None:
        return {"ratio": None, "ratio_source": "", "ratio_as_of": None}
    if form.ratio_as_of is None:
        raise FieldMissing(Field.RATIO_AS_OF)
    not_after(Field.RATIO_AS_OF, form.ratio_as_of, today)
    return {
        "ratio": within(Field.RATIO, form.ratio, 1, 3),
        "ratio_source": line(Field.RATIO_SOURCE, form.ratio_source, required=True),
        "ratio_as_of": form.ratio_as_of,
    }
