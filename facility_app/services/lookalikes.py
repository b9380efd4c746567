"""Twins and namesakes: residents with the same birth date and family reading (domain §14a)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import ResidentRow


def lookalikes(session: Session, resident: ResidentRow) -> tuple[str, ...]:
    """Names of the other residents who were born on the same day and read the same surname.

    Most wrong links of cards to persons were made between them.
    """
    if resident.birth_date is None or not resident.kana:
        return ()
    others = (
        select(ResidentRow.name)
        .where(
            ResidentRow.birth_date == resident.birth_date,
            ResidentRow.id != resident.id,
            ResidentRow.kana.startswith(resident.kana.split()[0], autoescape=True),
        )
        .order_by(ResidentRow.id)
    )
    return tuple(session.scalars(others))
