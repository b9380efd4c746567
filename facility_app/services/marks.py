"""The marks of chip recognition in the register (design §8.3): whose card, with whose consent.

A mark is a keyed HMAC that the card thread makes; here it is only looked up and deleted.  It counts
while an agreement in force has the clause, and it goes when the card leaves custody, the consent is
withdrawn or recognition is switched off (domain §7.3).
"""

from __future__ import annotations

import hmac
from enum import Enum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import ItemRow
from facility_app.domain.clock import local_date
from facility_app.services.agreement_standing import recognition_agreed


class Forgotten(Enum):
    """Why a mark was deleted."""

    HANDED_BACK = "handed-back"
    WITHDRAWN = "consent-withdrawn"
    ASKED = "forget-asked"
    CARD_VOID = "card-void"


def item_with_mark(session: Session, mark: bytes) -> ItemRow | None:
    """The thing whose chip has `mark`; consent is asked for separately."""
    row = session.scalar(select(ItemRow).where(ItemRow.recognition_mark == mark))
    return row if row is not None and same_mark(row.recognition_mark, mark) else None


def same_mark(one: bytes | None, other: bytes | None) -> bool:
    """Whether both are known and equal."""
    return one is not None and other is not None and hmac.compare_digest(one, other)


def forget_marks(tx: Tx, why: Forgotten, *where: ColumnElement[bool]) -> list[int]:
    """Delete the marks of these things, with an entry for each; gives their ids.

    For a use case that has asked for its own permission.
    """
    found = tx.session.execute(
        select(ItemRow.id, ItemRow.resident_id)
        .where(ItemRow.recognition_mark.is_not(None), *where)
        .order_by(ItemRow.id)
    ).all()
    drop_marks(tx, [row.id for row in found])
    for row in found:
        tx.record(
            "card.forgotten",
            f"item:{row.id}",
            resident=row.resident_id,
            items=[row.id],
            plain={"reason": why.value},
        )
    return [row.id for row in found]


def forget_uncovered_marks(tx: Tx, resident_id: int) -> None:
    """Delete the marks of a resident's things that no agreement allows any more."""
    today = local_date(tx.now)
    marked = tx.session.execute(
        select(ItemRow.id, ItemRow.kind_code).where(
            ItemRow.resident_id == resident_id, ItemRow.recognition_mark.is_not(None)
        )
    ).all()
    lost = [
        row.id
        for row in marked
        if not recognition_agreed(tx.session, resident_id, row.kind_code, today)
    ]
    forget_marks(tx, Forgotten.WITHDRAWN, ItemRow.id.in_(lost))


def drop_marks(tx: Tx, items: list[int]) -> None:
    """Delete marks for a use case that records it itself; no form that is open becomes stale."""
    if items:
        tx.session.execute(
            update(ItemRow).where(ItemRow.id.in_(items)).values(recognition_mark=None)
        )
