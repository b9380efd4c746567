"""PINs whose time is over: marked in the transaction that ends it, erased right after (design §7).

A PIN goes with its card, with the consent, and with the person.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from facility_app.audit.work import Tx
from facility_app.db.models import ItemRow, VaultEntryRow
from facility_app.domain.clock import local_date
from facility_app.domain.pins import EntryState, EraseReason
from facility_app.services.agreement_standing import pin_agreed

_MARK = "pins due"
_HELD = (EntryState.HELD, EntryState.DEPOSITING)
"""Also what is being deposited at this moment on another computer."""


def forget_pins(tx: Tx, why: EraseReason, *where: ColumnElement[bool], told: str = "") -> list[int]:
    """Mark these PINs for erasing, with an entry for each; gives the ids of their rows.

    For a use case that has asked for its own permission; `Office.do` erases when it is committed.
    told: what a person said about it, sealed.
    """
    rows = tx.session.scalars(
        select(VaultEntryRow)
        .where(VaultEntryRow.state.in_(_HELD), *where)
        .order_by(VaultEntryRow.id)
    ).all()
    for row in rows:
        row.state, row.erase_reason, row.erase_due_at = EntryState.ERASE_DUE, why, tx.now
        tx.record(
            "vault.erase_due",
            f"vault_entry:{row.id}",
            resident=row.resident_id,
            items=[row.item_id],
            plain={"kind": row.kind, "reason": why.value},
            **({"note": told} if told else {}),
        )
        tx.session.info[_MARK] = True
    return [row.id for row in rows]


def forget_uncovered_pins(tx: Tx, resident_id: int) -> None:
    """Mark the PINs of a resident that no agreement with the PIN clause carries any more."""
    today = local_date(tx.now)
    held = tx.session.execute(
        select(VaultEntryRow.id, ItemRow.kind_code)
        .join(ItemRow, ItemRow.id == VaultEntryRow.item_id)
        .where(VaultEntryRow.resident_id == resident_id, VaultEntryRow.state.in_(_HELD))
    ).all()
    lost = [row.id for row in held if not pin_agreed(tx.session, resident_id, row.kind_code, today)]
    if lost:
        forget_pins(tx, EraseReason.WITHDRAWN, VaultEntryRow.id.in_(lost))


def became_due(tx: Tx) -> bool:
    """Whether this unit marked any."""
    return bool(tx.recorded and tx.session.info.get(_MARK))
