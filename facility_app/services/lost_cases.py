"""紛失: a case is opened; what is lost is frozen, and its steps are laid out (domain §6).

Opening takes one transaction: the things are LOST from then on, a loan that has nothing else out is
closed, PINs of a lost card are let out no more (services/pin_approval looks at the card's state).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import func, select

from facility_app.audit.work import Tx
from facility_app.db.models import LostCaseRow, LostItemRow
from facility_app.domain.access import Permission
from facility_app.domain.incidents import LostCaseState, LostWhere, Phase, Stolen
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.commitments import new_salt
from facility_app.services.custody import NothingChosen
from facility_app.services.fields import Field, line, lines
from facility_app.services.history import changes
from facility_app.services.lost_freeze import LostThing as LostThing
from facility_app.services.lost_freeze import NotLosable as NotLosable
from facility_app.services.lost_freeze import ThingUnknown as ThingUnknown
from facility_app.services.lost_freeze import freeze, frozen_pins, lost_rows
from facility_app.services.lost_log import record_lost
from facility_app.services.lost_rows import CaseClosed as CaseClosed
from facility_app.services.lost_rows import LostCaseId as LostCaseId
from facility_app.services.lost_rows import add_steps, missing_of, open_one


@dataclass(eq=False)
class NoticedInFuture(Refused):
    """Nobody can have noticed it later than now."""

    key: ClassVar[str] = "lost.noticed_in_future"


@dataclass(frozen=True)
class OpenCase:
    """What is known at the moment it is noticed; everything but `things` may be made exact later.

    noticed_at: aware; noticed_by: a name, since it need not be a member of staff; last_seen, place:
    in words.
    """

    things: tuple[LostThing, ...]
    noticed_at: datetime
    noticed_by: str
    last_seen: str = ""
    happened: LostWhere = LostWhere.UNKNOWN
    place: str = ""
    stolen: Stolen = Stolen.UNKNOWN


@dataclass(frozen=True)
class ChangeCase:
    """What is known by now.  None leaves a field as it is."""

    case_id: LostCaseId
    last_seen: str | None = None
    happened: LostWhere | None = None
    place: str | None = None
    stolen: Stolen | None = None


def open_case(tx: Tx, book: LostBook, cmd: OpenCase) -> LostCaseId:
    """Open a case, freeze what is lost, and lay out its steps.  Needs REPORT_LOST.

    Raises NothingChosen, NotLosable, ThingUnknown, NoticedInFuture, FieldMissing and the refusals
    of the fields.
    """
    tx.require(Permission.REPORT_LOST)
    if not cmd.things:
        raise NothingChosen
    if cmd.noticed_at > tx.now:
        raise NoticedInFuture
    case = LostCaseRow(
        number=(tx.session.scalar(select(func.max(LostCaseRow.number))) or 0) + 1,
        opened_at=tx.now,
        opened_by=tx.staff_id,
        noticed_at=cmd.noticed_at,
        noticed_by=line(Field.NOTICED_BY, cmd.noticed_by, required=True),
        last_seen=lines(Field.LAST_SEEN, cmd.last_seen),
        happened=cmd.happened,
        place=lines(Field.LOST_PLACE, cmd.place),
        stolen=cmd.stolen,
        state=LostCaseState.OPEN,
        salt=new_salt(),
    )
    tx.session.add(case)
    tx.session.flush()
    found = freeze(tx, case, lost_rows(tx.session, book, cmd.things))
    add_steps(tx, book, case, Phase.LOST, found, case.noticed_at)
    _record_opened(tx, case, found)
    return LostCaseId(case.id)


def change_case(tx: Tx, book: LostBook, cmd: ChangeCase) -> LostCaseId:
    """Make exact what was not known; steps that it asks for now are added.  Needs REPORT_LOST.

    What was asked for before stays: it is waived with a reason, or done.  Raises CaseClosed.
    """
    tx.require(Permission.REPORT_LOST)
    case = open_one(tx.session, cmd.case_id)
    values: dict[str, Any] = {}
    if cmd.last_seen is not None:
        values["last_seen"] = lines(Field.LAST_SEEN, cmd.last_seen)
    if cmd.place is not None:
        values["place"] = lines(Field.LOST_PLACE, cmd.place)
    values |= {
        name: value
        for name, value in (("happened", cmd.happened), ("stolen", cmd.stolen))
        if value is not None
    }
    before, after = changes(case, values)
    if after:
        add_steps(tx, book, case, Phase.LOST, missing_of(tx.session, case.id), case.noticed_at)
        known = {k: v for k, v in after.items() if k in ("happened", "stolen")}
        told = {"before": before, "after": after}
        record_lost(tx, "lost.changed", case, told, plain=known)
    return cmd.case_id


def _record_opened(tx: Tx, case: LostCaseRow, rows: Sequence[LostItemRow]) -> None:
    """One entry for each resident concerned, and one for what belongs to nobody."""
    by_resident: dict[int | None, list[LostItemRow]] = {}
    for row in rows:
        by_resident.setdefault(row.resident_id, []).append(row)
    for resident, mine in by_resident.items():
        items = [row.item_id for row in mine if row.item_id is not None]
        plain: dict[str, Any] = {
            "things": [row.thing for row in mine],
            "happened": case.happened.value,
            "stolen": case.stolen.value,
        }
        frozen = frozen_pins(tx.session, items)
        if frozen:
            plain["pins_frozen"] = frozen
        told = {
            "noticed_by": case.noticed_by,
            "noticed_at": case.noticed_at.isoformat(),
            "last_seen": case.last_seen,
            "place": case.place,
            "labels": [row.label for row in mine if row.label],
        }
        record_lost(tx, "lost.opened", case, told, own=resident, items=items, plain=plain)
