"""Which cabinets still wait for this month's stocktake, for きょう."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import StocktakeRow
from facility_app.domain.periods import month_of
from facility_app.domain.stocktake import StocktakeState
from facility_app.services.stocktake import cabinets_with_pouches

LAST_DAYS = 10
"""The stocktake is asked for in the last ten days of a month; it may be made earlier."""

URGENT_DAYS = 3
"""And urgently in the last three."""


def days_left(day: date) -> int:
    """How many days of its month are left, `day` among them."""
    return (month_of(day).last - day).days + 1


def due_cabinets(session: Session, day: date) -> list[str]:
    """The cabinets without an approved stocktake this month, from the last ten days on.

    Costs what cabinets there are.  For use cases that asked for their permission.
    """
    if days_left(day) > LAST_DAYS:
        return []
    done = set(
        session.scalars(
            select(StocktakeRow.cabinet).where(
                StocktakeRow.month == day.replace(day=1),
                StocktakeRow.state == StocktakeState.APPROVED,
            )
        )
    )
    return [name for name in cabinets_with_pouches(session) if name not in done]
