"""What is void for good: the thing leaves custody, and its mark and its PINs go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import update

from facility_app.audit.work import Tx
from facility_app.db.models import ItemRow, LostItemRow, VaultEntryRow
from facility_app.domain.incidents import LostMove, LostOutcome, outcome_after
from facility_app.domain.items import TRANSITIONS, ItemState, Move
from facility_app.domain.pins import EraseReason
from facility_app.errors import Refused
from facility_app.services.marks import Forgotten, forget_marks
from facility_app.services.pin_due import forget_pins


@dataclass(eq=False)
class NotMissing(Refused):
    """This cannot happen to the thing any more; `outcome` is what became of it."""

    key: ClassVar[str] = "lost.not_missing"
    outcome: LostOutcome


def make_void(tx: Tx, row: LostItemRow, move: LostMove) -> None:
    """Void it by reporting it (CANCEL) or by another in its place (REISSUE).

    For use cases of this area.  Raises NotMissing.
    """
    outcome = outcome_after(row.outcome, move)
    if outcome is None or not outcome.void:
        raise NotMissing(row.outcome)
    was_void, row.outcome = row.outcome.void, outcome
    if was_void or row.item_id is None:
        return
    forget_marks(tx, Forgotten.CARD_VOID, ItemRow.id == row.item_id)
    forget_pins(tx, EraseReason.CARD_VOID, VaultEntryRow.item_id == row.item_id)
    tx.session.execute(
        update(ItemRow)
        .where(ItemRow.id == row.item_id, ItemRow.state == ItemState.LOST)
        .values(state=TRANSITIONS[ItemState.LOST, Move.DISPOSE], version=ItemRow.version + 1)
    )
