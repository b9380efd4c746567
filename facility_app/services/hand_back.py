"""返還: out of custody for good, with the receipt's data; and corrections of custody records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar, NewType

from sqlalchemy import select, update

from facility_app.audit.work import Tx
from facility_app.db.models import (
    HandBackItemRow,
    HandBackRow,
    ItemRow,
    LoanRow,
    StaffRow,
    VaultEntryRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import TRANSITIONS, ItemState, Move
from facility_app.domain.pins import EraseReason
from facility_app.errors import Refused
from facility_app.services.access import Witness
from facility_app.services.custody import (
    LoanId,
    NothingChosen,
    NotInSafe,
    items_in_safe,
    refuse_without_second,
)
from facility_app.services.fields import Field
from facility_app.services.marks import Forgotten, forget_marks
from facility_app.services.pin_due import forget_pins

HandBackId = NewType("HandBackId", int)


class HandBackReason(Enum):
    """Why something leaves custody for good."""

    DISCHARGE = "discharge"
    DEATH = "death"
    REQUEST = "request"
    REPLACED = "replaced"


@dataclass(eq=False)
class ReceiptIncomplete(Refused):
    """The receipt names who received it, the relation, and what proof was seen.

    `field` is empty.
    """

    key: ClassVar[str] = "hand_back.receipt_incomplete"
    field: str


@dataclass(eq=False)
class CorrectionWithoutReason(Refused):
    """A correction says why."""

    key: ClassVar[str] = "correction.without_reason"


@dataclass(eq=False)
class NothingCorrected(Refused):
    """The record says this already."""

    key: ClassVar[str] = "correction.nothing_corrected"


@dataclass(frozen=True)
class HandBack:
    """What is handed back to whom; `proof_seen` is the kind of proof, never its number."""

    resident_id: int
    item_ids: tuple[int, ...]
    reason: HandBackReason
    receiver: str
    relation: str
    proof_seen: str
    note: str = ""
    witness: Witness | None = None


_RECEIPT = {
    "receiver": Field.RECEIVER,
    "relation": Field.RELATION,
    "proof_seen": Field.PROOF,
    "note": Field.NOTES,
}
"""What the receipt says, and the name of each in an error."""


def hand_back(tx: Tx, cmd: HandBack) -> HandBackId:
    """Give items out of custody for good; marks of chip recognition and PINs go with their cards.

    Raises NotInSafe, ReceiptIncomplete, SecondPersonNeeded.
    """
    tx.require(Permission.HAND_BACK)
    refuse_without_second(tx, "hand-back", cmd.witness)
    if not cmd.item_ids:
        raise NothingChosen
    for name, field in _RECEIPT.items():
        text = str(getattr(cmd, name))
        refuse_individual_number(field, text)
        if name != "note" and not text.strip():
            raise ReceiptIncomplete(name)
    items_in_safe(tx.connection, cmd.resident_id, cmd.item_ids)
    forget_marks(tx, Forgotten.HANDED_BACK, ItemRow.id.in_(cmd.item_ids))
    changed = tx.session.execute(
        update(ItemRow)
        .where(ItemRow.id.in_(cmd.item_ids), ItemRow.state == ItemState.IN_SAFE)
        .values(state=TRANSITIONS[ItemState.IN_SAFE, Move.HAND_BACK], version=ItemRow.version + 1)
    )
    if changed.rowcount != len(set(cmd.item_ids)):  # type: ignore[attr-defined]  # a DML result has it
        raise NotInSafe(len(cmd.item_ids))
    row = HandBackRow(
        resident_id=cmd.resident_id,
        at=tx.now,
        by=tx.staff_id,
        reason=cmd.reason.value,
        witness_id=cmd.witness.staff_id if cmd.witness else None,
        receiver=cmd.receiver.strip(),
        relation=cmd.relation.strip(),
        proof_seen=cmd.proof_seen.strip(),
        note=cmd.note.strip(),
        items=[HandBackItemRow(item_id=item_id) for item_id in sorted(set(cmd.item_ids))],
    )
    tx.session.add(row)
    tx.session.flush()
    tx.record(
        "item.handed_back",
        f"hand_back:{row.id}",
        resident=cmd.resident_id,
        items=cmd.item_ids,
        plain={"reason": cmd.reason.value, "witness": row.witness_id},
        receiver=row.receiver,
        relation=row.relation,
        proof_seen=row.proof_seen,
        note=row.note,
    )
    dead = cmd.reason is HandBackReason.DEATH
    why = EraseReason.DECEASED if dead else EraseReason.HANDED_BACK
    forget_pins(tx, why, VaultEntryRow.item_id.in_(cmd.item_ids))
    return HandBackId(row.id)


@dataclass(frozen=True)
class LoanCorrection:
    """What a sign-out should have said.  None leaves a field as it is; `due_at` is aware."""

    loan_id: LoanId
    reason: str
    destination: str | None = None
    purpose_code: str | None = None
    holder_id: int | None = None
    due_at: datetime | None = None


def correct_loan(tx: Tx, cmd: LoanCorrection) -> int:
    """Correct a custody record by a new entry that names the old one; gives the new entry's number.

    Raises CorrectionWithoutReason, NothingCorrected.
    """
    tx.require(Permission.CORRECT_RECORD)
    if not cmd.reason.strip():
        raise CorrectionWithoutReason
    for field, text in ((Field.REASON, cmd.reason), (Field.DESTINATION, cmd.destination or "")):
        refuse_individual_number(field, text)
    loan = tx.session.get_one(LoanRow, cmd.loan_id)
    if cmd.holder_id is not None:
        tx.session.scalars(select(StaffRow.id).where(StaffRow.id == cmd.holder_id)).one()
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for column in ("destination", "purpose_code", "holder_id", "due_at"):
        new, old = getattr(cmd, column), getattr(loan, column)
        if new is not None and new != old:
            before[column], after[column] = str(old), str(new)
            setattr(loan, column, new)
    if not after:
        raise NothingCorrected
    return tx.record(
        "loan.corrected",
        f"loan:{loan.id}",
        resident=loan.resident_id,
        plain={"corrects": loan.out_seq},
        before=before,
        after=after,
        reason=cmd.reason.strip(),
    )
