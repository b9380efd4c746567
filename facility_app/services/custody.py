"""持出し: signing items out at the desk (issue #2).

Each is one transaction with its entry.  Two windows or a double click cannot sign the same item out
twice: the
state is changed only where it still is IN_SAFE, and a partial unique index stands behind that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NewType

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError as ConstraintViolated

from facility_app.audit.work import Tx
from facility_app.db.models import (
    ItemRow,
    LoanLineRow,
    LoanRow,
    SettingRow,
    StaffRow,
    VisitRow,
    table_of,
)
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import TRANSITIONS, ItemState, Move
from facility_app.errors import Refused
from facility_app.services.access import WITNESS_LASTS, SamePerson, Witness
from facility_app.services.agreement_standing import refuse_without_agreement
from facility_app.services.fields import Field
from facility_app.services.settings import Settings

LoanId = NewType("LoanId", int)

_I = table_of(ItemRow).c
_S = table_of(StaffRow).c
_ITEMS = select(_I.id, _I.kind_code, _I.pieces).where(
    _I.resident_id == bindparam("resident"), _I.state == ItemState.IN_SAFE
)
_TAKE = (
    update(table_of(ItemRow))
    .where(_I.id == bindparam("item"), _I.state == ItemState.IN_SAFE)
    .values(state=TRANSITIONS[ItemState.IN_SAFE, Move.SIGN_OUT], version=_I.version + 1)
)
_LOAN = insert(table_of(LoanRow)).returning(table_of(LoanRow).c.id)
_LINES = insert(table_of(LoanLineRow))
_EMPLOYED = select(_S.active_from, _S.active_until).where(_S.id == bindparam("staff"))
_TWO_PERSON = select(table_of(SettingRow).c.value).where(
    table_of(SettingRow).c.name == "two_person"
)


@dataclass(eq=False)
class NotInSafe(Refused):
    """`count` of the items are not in the safe (any more).  Nothing was signed out."""

    key: ClassVar[str] = "custody.not_in_safe"
    evidence: ClassVar[bool] = True
    count: int


@dataclass(eq=False)
class NothingChosen(Refused):
    """No item was chosen."""

    key: ClassVar[str] = "custody.nothing_chosen"


@dataclass(eq=False)
class DueInThePast(Refused):
    """The time of return has passed already."""

    key: ClassVar[str] = "custody.due_in_the_past"


@dataclass(eq=False)
class SecondPersonNeeded(Refused):
    """The facility asks for two persons for this act."""

    key: ClassVar[str] = "custody.second_person_needed"
    action: str


@dataclass(eq=False)
class HolderUnavailable(Refused):
    """The person who should carry the pouch does not work here today."""

    key: ClassVar[str] = "custody.holder_unavailable"


@dataclass(frozen=True)
class SignOut:
    """持出し of some items.  `due_at` aware; `visit_id` where a plan filled it in."""

    resident_id: int
    item_ids: tuple[int, ...]
    purpose_code: str
    holder_id: StaffId
    destination: str
    due_at: datetime
    visit_id: int | None = None
    witness: Witness | None = None


def refuse_without_second(tx: Tx, action: str, witness: Witness | None) -> None:
    """Raise SecondPersonNeeded where the facility asks for two and no fresh second one is there."""
    if witness is None:
        two_person = tx.connection.scalar(_TWO_PERSON)
        if action in (Settings.two_person if two_person is None else two_person):
            raise SecondPersonNeeded(action)
        return
    if witness.staff_id == tx.actor.staff_id:
        raise SamePerson
    if not witness.at <= tx.now <= witness.at + WITNESS_LASTS:
        raise SecondPersonNeeded(action)


def sign_out(tx: Tx, cmd: SignOut) -> LoanId:
    """Sign the items out and record it as one act.

    Raises NotInSafe, SecondPersonNeeded, DueInThePast, the agreement's refusals, NothingChosen.
    """
    tx.require(Permission.SIGN_OUT)
    if not cmd.item_ids:
        raise NothingChosen
    if cmd.due_at <= tx.now:
        raise DueInThePast
    refuse_individual_number(Field.DESTINATION, cmd.destination)
    refuse_without_second(tx, "sign-out", cmd.witness)
    refuse_absent(tx, cmd.holder_id)
    items = items_in_safe(tx.connection, cmd.resident_id, cmd.item_ids)
    kinds = {kind for _, kind, _ in items}
    refuse_without_agreement(tx.session, cmd.resident_id, kinds, local_date(tx.now))
    loan_id = open_loan(tx, _loan_values(tx, cmd), items)
    if cmd.visit_id is not None:
        tx.session.execute(
            update(VisitRow)
            .where(VisitRow.id == cmd.visit_id, VisitRow.resident_id == cmd.resident_id)
            .values(loan_id=loan_id)
        )
    tx.record(
        "item.signed_out",
        f"loan:{loan_id}",
        resident=cmd.resident_id,
        items=cmd.item_ids,
        plain={"holder": cmd.holder_id, "witness": cmd.witness and cmd.witness.staff_id},
        purpose=cmd.purpose_code,
        destination=cmd.destination,
        due=cmd.due_at.isoformat(),
    )
    return loan_id


def _loan_values(tx: Tx, cmd: SignOut) -> dict[str, Any]:
    return {
        "resident_id": cmd.resident_id,
        "purpose_code": cmd.purpose_code,
        "destination": cmd.destination.strip(),
        "holder_id": cmd.holder_id,
        "witness_id": cmd.witness.staff_id if cmd.witness else None,
        "due_at": cmd.due_at,
    }


def items_in_safe(
    connection: Connection, resident_id: int, item_ids: Sequence[int]
) -> list[tuple[int, str, int]]:
    """(id, kind, pieces) of the items.

    Raises NotInSafe unless all are the resident's and in the safe.
    """
    wanted = set(item_ids)
    rows = connection.execute(_ITEMS, {"resident": resident_id})
    found = [(id_, kind, pieces) for id_, kind, pieces in rows if id_ in wanted]
    if len(found) != len(wanted):
        raise NotInSafe(len(wanted) - len(found))
    return found


def open_loan(tx: Tx, values: dict[str, Any], items: Sequence[tuple[int, str, int]]) -> LoanId:
    """Write the loan and its lines and take the items out of the safe; the entry is the caller's.

    `values` are the columns that differ between an ordinary and an emergency loan.
    """
    row = {
        "out_at": tx.now,
        "out_by": tx.staff_id,
        "emergency": False,
        "agreement_missing": False,
        "out_seq": tx.head.size + 1,
        **values,
    }
    connection = tx.connection
    taken = connection.execute(_TAKE, [{"item": id_} for id_, _, _ in items])
    if taken.rowcount != len(items):
        raise NotInSafe(len(items) - taken.rowcount)
    try:
        made = connection.execute(_LOAN, row)
        loan_id = LoanId(made.scalar_one())
        connection.execute(
            _LINES,
            [{"loan_id": loan_id, "item_id": id_, "pieces_out": n} for id_, _, n in items],
        )
    except ConstraintViolated as exc:
        raise NotInSafe(len(items)) from exc
    return loan_id


def refuse_absent(tx: Tx, staff_id: StaffId) -> None:
    """Raise HolderUnavailable unless the person works here today."""
    today = local_date(tx.now)
    row = tx.connection.execute(_EMPLOYED, {"staff": staff_id}).first()
    if row is None or row[0] > today or (row[1] is not None and row[1] < today):
        raise HolderUnavailable
