"""What the register knows about a card that lies on the reader: the item, its custody, its mark."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.cards.check import Custody, Recognition
from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    ResidentRow,
    StaffRow,
)
from facility_app.domain.attributes import Comparison
from facility_app.domain.clock import local_date
from facility_app.domain.items import ItemState
from facility_app.services.agreement_standing import recognition_agreed
from facility_app.services.marks import item_with_mark, same_mark
from facility_app.services.settings import load_settings

_NEAREST = (ItemState.IN_SAFE, ItemState.OUT, ItemState.LOST, ItemState.RETURNED)


@dataclass(frozen=True)
class Known:
    """The resident's card in the register, if there is one, and what that means for a check."""

    item: ItemRow | None
    custody: Custody


def known_card(
    unit: Reading, resident_id: int, mark: bytes | None, attributes: Comparison | None = None
) -> Known:
    """The resident's My Number card as the register has it, against the chip on the reader."""
    session = unit.session
    item = card_item(session, resident_id, mark)
    recognition, other = _recognised(unit, resident_id, item, mark)
    if item is None:
        empty = Custody(None, recognition=recognition, other=other, attributes=attributes)
        return Known(None, empty)
    return Known(
        item,
        Custody(
            state=item.state,
            holder=_holder(unit, item),
            card_expires_on=item.card_expires_on,
            certificate_expires_on=item.certificate_expires_on,
            face_authentication=item.face_authentication,
            recognition=recognition,
            other=other,
            attributes=attributes,
        ),
    )


def card_item(session: Session, resident_id: int, mark: bytes | None = None) -> ItemRow | None:
    """The thing that the resident's card is: the one with `mark`, else the nearest to custody."""
    rows = session.scalars(
        select(ItemRow)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident_id, ItemKindRow.is_card)
    )
    return min(
        rows,
        key=lambda row: (not same_mark(row.recognition_mark, mark), _distance(row.state), -row.id),
        default=None,
    )


def owner_of(unit: Reading, mark: bytes | None) -> int | None:
    """The resident whose card has `mark`; None where recognition is off or consent is missing."""
    item = _marked(unit, mark)
    return None if item is None else item.resident_id


def recognition_on(session: Session) -> bool:
    """Whether the facility switched chip recognition on."""
    return load_settings(session).card_recognition


def may_remember(unit: Reading, item: ItemRow | None, recognition: Recognition) -> bool:
    """Whether the card may be recognised from now on: switched on, and the agreement allows it."""
    return (
        item is not None
        and item.state.in_custody
        and recognition in (Recognition.OFF, Recognition.UNKNOWN_CARD)
        and recognition_on(unit.session)
        and agreed(unit, item)
    )


def agreed(unit: Reading, item: ItemRow) -> bool:
    """Whether an agreement in force has the clause of recognition for this thing."""
    today = local_date(unit.now)
    return recognition_agreed(unit.session, item.resident_id, item.kind_code, today)


def _distance(state: ItemState) -> int:
    return _NEAREST.index(state) if state in _NEAREST else len(_NEAREST)


def _marked(unit: Reading, mark: bytes | None) -> ItemRow | None:
    if mark is None or not recognition_on(unit.session):
        return None
    item = item_with_mark(unit.session, mark)
    return item if item is not None and agreed(unit, item) else None


def _recognised(
    unit: Reading, resident_id: int, item: ItemRow | None, mark: bytes | None
) -> tuple[Recognition, str]:
    """What the mark says of this resident, and the name of whose card it is otherwise."""
    owner = _marked(unit, mark)
    if owner is not None and owner.resident_id == resident_id:
        return Recognition.SAME, ""
    if owner is not None:
        name = unit.session.get_one(ResidentRow, owner.resident_id).name
        return Recognition.ANOTHER_RESIDENT, name
    has_another = item is not None and item.recognition_mark is not None
    if mark is None or item is None or not has_another:
        return Recognition.OFF, ""
    known = recognition_on(unit.session) and agreed(unit, item)
    return (Recognition.UNKNOWN_CARD if known else Recognition.OFF), ""


def _holder(unit: Reading, item: ItemRow) -> str:
    """Who has the card while it is out to somebody else than who asks; else empty."""
    if item.state is not ItemState.OUT:
        return ""
    found = unit.session.execute(
        select(StaffRow.id, StaffRow.name)
        .join(LoanRow, LoanRow.holder_id == StaffRow.id)
        .join(LoanLineRow, LoanLineRow.loan_id == LoanRow.id)
        .where(LoanLineRow.item_id == item.id, LoanLineRow.returned_at.is_(None))
    ).first()
    return "" if found is None or found.id == unit.actor.staff_id else str(found.name)
