"""A vault that is gone for good: its drive was lost, or only damaged or old files are left.

The register forgets it, so that another can be switched on.  Nothing proves that its PINs were
erased; a lost drive opens nothing without this computer's keyring and the officers' passphrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import VaultEntryRow, VaultOfficerRow, VaultRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.pins import EntryState, EraseReason
from facility_app.errors import Refused
from facility_app.services.fields import Field, lines
from facility_app.services.office import Office
from facility_app.services.pin_opening import opened
from facility_app.vault.errors import VaultDamaged, VaultForeign, VaultMissing, VaultOutdated


@dataclass(eq=False)
class VaultAtHand(Refused):
    """The vault opens: it is switched off, not given up."""

    key: ClassVar[str] = "pins.vault_at_hand"


def give_up_vault(office: Office, actor: Actor, reason: str) -> int:
    """Forget a vault that cannot be opened any more; gives how many PINs were held in it.

    Each stands in the record under its resident, who chooses another PIN (`vault.lost`).  Needs
    MANAGE_VAULT.  Raises VaultOff, VaultAtHand, FieldMissing without a reason.
    """
    office.ask(actor, _may_manage)
    told = lines(Field.REASON, reason, required=True)
    try:
        opened(office)
    except (VaultDamaged, VaultForeign, VaultMissing, VaultOutdated):
        office.vault.close()
        return office.do(actor, _given_up, told)
    raise VaultAtHand


def _may_manage(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)


def _given_up(tx: Tx, told: str) -> int:
    tx.require(Permission.MANAGE_VAULT)
    rows = tx.session.scalars(
        select(VaultEntryRow)
        .where(VaultEntryRow.state != EntryState.ERASED)
        .order_by(VaultEntryRow.id)
    ).all()
    for row in rows:
        row.state, row.erase_reason, row.erased_at = EntryState.ERASED, EraseReason.LOST, tx.now
        row.erased_seq = tx.record(
            "vault.lost",
            f"vault_entry:{row.id}",
            resident=row.resident_id,
            items=[row.item_id],
            plain={"kind": row.kind},
            reason=told,
        )
    tx.session.execute(delete(VaultOfficerRow))
    tx.session.execute(delete(VaultRow))
    tx.record("vault.lost", "vault", plain={"count": len(rows)})
    return len(rows)
