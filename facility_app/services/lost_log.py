"""How the record tells about a loss: sealed under the right resident's key, or as a hash.

What is said names people.  It is sealed under the key of the resident that it is about, else of the
first resident of the case.  Where there is none (a key, a drive) the record holds a hash of it and
the case's row the salt (services/commitments).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import LostCaseRow, LostItemRow
from facility_app.services.commitments import commitment


def record_lost(
    tx: Tx,
    action: str,
    case: LostCaseRow,
    told: Mapping[str, Any],
    *,
    own: int | None = None,
    items: Sequence[int] = (),
    plain: Mapping[str, Any] | None = None,
) -> int:
    """Append an entry about a case; gives its number.

    told: what may name somebody; own: the resident that it is about; plain: what names nobody.
    """
    said = {"case": case.number, **(plain or {})}
    sealed = {name: value for name, value in told.items() if value not in ("", None, [], {})}
    resident = own if own is not None else _first_resident(tx, case.id)
    subject = f"lost:{case.id}"
    if resident is not None:
        return tx.record(action, subject, resident=resident, items=items, plain=said, **sealed)
    if sealed:
        said["commitment"] = commitment(case.salt, sealed)
    return tx.record(action, subject, plain=said)


def _first_resident(tx: Tx, case_id: int) -> int | None:
    query = select(LostItemRow.resident_id).where(
        LostItemRow.case_id == case_id, LostItemRow.resident_id.is_not(None)
    )
    return tx.session.scalar(query.order_by(LostItemRow.id).limit(1))
