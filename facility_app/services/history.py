"""What changed in a row, as an entry keeps it, and who changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import AuditEntryRow, StaffRow
from facility_app.services.fields import ChangedMeanwhile

UNKNOWN = "-"
"""Stands for a name that nobody can tell."""


def changes(row: object, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write `values` into `row`; gives what differed, before and after, as JSON values."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            before[name], after[name] = plain(old), plain(value)
            setattr(row, name, value)
    return before, after


def plain(value: Any) -> Any:
    """`value` as JSON: days and moments in ISO 8601, an enum as its value."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def refuse_stale(session: Session, have: int, expected: int, resident_id: int) -> None:
    """Raise ChangedMeanwhile, with the name of who did it, where `have` is not the version that was
    read.
    """
    if have == expected:
        return
    query = (
        select(StaffRow.name)
        .join(AuditEntryRow, AuditEntryRow.actor == StaffRow.id)
        .where(AuditEntryRow.resident == resident_id)
        .order_by(AuditEntryRow.seq.desc())
    )
    raise ChangedMeanwhile(session.scalars(query).first() or UNKNOWN)
