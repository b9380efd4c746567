"""Names by their ids, read once for a whole report: rows then need no joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import ItemKindRow, PurposeRow, ResidentRow, StaffRow

_STAFF = select(StaffRow.id, StaffRow.name)
_RESIDENTS = select(ResidentRow.id, ResidentRow.name, ResidentRow.room)
_PURPOSES = select(PurposeRow.code, PurposeRow.name).order_by(PurposeRow.sort, PurposeRow.code)
_KINDS = select(ItemKindRow.code, ItemKindRow.name)


@dataclass(frozen=True)
class Register:
    """Names as the register has them today.  residents: name and room by id."""

    staff: Mapping[int, str]
    residents: Mapping[int, tuple[str, str]]
    purposes: Mapping[str, str]
    kinds: Mapping[str, str]

    def person(self, staff_id: int | None) -> str:
        """A member of staff; empty for nobody."""
        return self.staff.get(staff_id or 0, "")

    def resident(self, resident_id: int | None) -> tuple[str, str]:
        """Name and room of a resident; empty for nobody."""
        return self.residents.get(resident_id or 0, ("", ""))


def read_register(session: Session) -> Register:
    """The names of everybody and everything; a few thousand rows at most."""
    residents = session.execute(_RESIDENTS)
    return Register(
        staff={id_: name for id_, name in session.execute(_STAFF)},
        residents={id_: (name, room) for id_, name, room in residents},
        purposes=read_purposes(session),
        kinds={code: name for code, name in session.execute(_KINDS)},
    )


def read_purposes(session: Session) -> dict[str, str]:
    """Names of the purposes by code, in the facility's order."""
    return {code: name for code, name in session.execute(_PURPOSES)}
