"""How the screen looks for one member of staff: theme and zoom, remembered with the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import StaffRow
from facility_app.domain.access import Permission
from facility_app.errors import Refused

THEMES = ("light", "dark", "high_contrast")
ZOOM = range(80, 201)


@dataclass(eq=False)
class LookUnknown(Refused):
    """No such theme, or a zoom outside 80 to 200 per cent; nothing was changed."""

    key: ClassVar[str] = "preferences.look_unknown"


@dataclass(frozen=True)
class Look:
    """`theme` is one of `THEMES`; `zoom` in per cent, 80 to 200."""

    theme: str = "light"
    zoom: int = 100


@dataclass(frozen=True)
class Self:
    """What the window shows of who is unlocked."""

    number: str
    colour: int
    must_change_password: bool
    look: Look


def read_self(reading: Reading) -> Self:
    """The unlocked person's own row.  Needs an account."""
    reading.require(Permission.CHANGE_OWN_PASSWORD)
    row = reading.session.get_one(StaffRow, reading.staff_id)
    return Self(row.number, row.colour, row.must_change_password, Look(row.theme, row.zoom))


def keep_look(tx: Tx, look: Look) -> None:
    """Remember the look for who acts.  Raises LookUnknown."""
    tx.require(Permission.CHANGE_OWN_PASSWORD)
    if look.theme not in THEMES or look.zoom not in ZOOM:
        raise LookUnknown
    row = tx.session.get_one(StaffRow, tx.staff_id)
    if (row.theme, row.zoom) == (look.theme, look.zoom):
        return
    row.theme, row.zoom = look.theme, look.zoom
    plain = {"theme": look.theme, "zoom": look.zoom}
    tx.record("look.changed", f"staff:{row.id}", plain=plain)
