"""What is done about a task: done, dismissed, put off, given to somebody, taken up again.

What the register shows by itself (a thing handed back, a date entered) ends a duty without an act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import DutyRow, StaffRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.duties import RENEWALS, Duty, DutyKind
from facility_app.domain.duty_life import duties_of
from facility_app.domain.life_events import DutyState
from facility_app.errors import Refused
from facility_app.services.duties import acted_rows, is_settled
from facility_app.services.duty_facts import read_frame, read_people
from facility_app.services.fields import Field, lines

BY_REGISTER = frozenset(
    {
        DutyKind.HAND_BACK,
        DutyKind.HAND_BACK_DEATH,
        DutyKind.COLLECT_OLD,
        DutyKind.NOTE_DATES,
        DutyKind.RATIO_CHECK,
    }
)
"""Ended by what the register says and by nothing else: a word of proof would hide what is there."""


@dataclass(eq=False)
class DutyGone(Refused):
    """There is no such duty today: it was done, or its facts changed."""

    key: ClassVar[str] = "duties.gone"


@dataclass(eq=False)
class DutyByRegister(Refused):
    """It is done when the register says so (hand the thing back, enter the date)."""

    key: ClassVar[str] = "duties.by_register"


@dataclass(eq=False)
class PutOffTooLong(Refused):
    """It may be put off to a day after today and not past its last day in time, `last`."""

    key: ClassVar[str] = "duties.put_off_too_long"
    last: date


def finish_duty(tx: Tx, key: str, proof: str) -> int:
    """Say that it was done, with what shows it (受付番号, the paper's date …); gives the row's id.

    Raises DutyGone, DutyByRegister, FieldMissing.  Needs MANAGE_RESIDENTS.
    """
    duty = _shown(tx, key)
    if duty.kind in BY_REGISTER:
        raise DutyByRegister
    told = lines(Field.EVIDENCE, proof, required=True)
    return _act(tx, duty, DutyState.DONE, "duty.done", proof=told)


def dismiss_duty(tx: Tx, key: str, reason: str) -> int:
    """Say why it is not needed; gives the row's id.  Raises DutyGone, DutyByRegister, FieldMissing.

    Needs MANAGE_RESIDENTS.
    """
    duty = _shown(tx, key)
    if duty.kind in BY_REGISTER or duty.kind in RENEWALS:
        raise DutyByRegister
    told = lines(Field.REASON, reason, required=True)
    return _act(tx, duty, DutyState.DISMISSED, "duty.dismissed", proof=told)


def put_off_duty(tx: Tx, key: str, until: date) -> int:
    """Hide it until a day, at most until its last day in time; gives the row's id.

    Raises DutyGone, PutOffTooLong.  Needs MANAGE_RESIDENTS.
    """
    duty = _shown(tx, key)
    today = local_date(tx.now)
    if until <= today or (duty.due is not None and until > duty.due):
        raise PutOffTooLong(duty.due or today)
    return _act(tx, duty, DutyState.PUT_OFF, "duty.put_off", until=until)


def assign_duty(tx: Tx, key: str, staff_id: int | None) -> int:
    """Name who does it, None = nobody; gives the row's id.  Raises DutyGone."""
    duty = _shown(tx, key)
    if staff_id is not None:
        tx.session.get_one(StaffRow, staff_id)
    row = _row(tx, duty)
    row.assigned_to = staff_id
    return _record(tx, row, duty, "duty.assigned", {"staff": staff_id})


def reopen_duty(tx: Tx, key: str) -> int:
    """Take back that it was done, dismissed or put off.  Raises DutyGone where nothing was said."""
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.scalar(select(DutyRow).where(DutyRow.key == key))
    if row is None or row.state is DutyState.OPEN:
        raise DutyGone
    before, row.state, row.put_off_until, row.proof = row.state, DutyState.OPEN, None, ""
    row.acted_at, row.acted_by = tx.now, tx.actor.staff_id
    tx.session.flush()
    row.seq = tx.record(
        "duty.reopened",
        f"duty:{row.id}",
        resident=row.resident_id,
        plain={"kind": row.kind, "before": before.value},
    )
    return row.id


def _shown(tx: Tx, key: str) -> Duty:
    """The duty of this key as it stands today.  Raises DutyGone."""
    tx.require(Permission.MANAGE_RESIDENTS)
    today = local_date(tx.now)
    _, _, rest = key.partition("/")
    number = rest.partition("/")[0]
    if not number.isascii() or not number.isdigit():
        raise DutyGone
    frame, kinds = read_frame(tx.session)
    for named in read_people(tx.session, today, frame, kinds, int(number)):
        for duty in duties_of(named.person, today, frame):
            if duty.key == key:
                row = acted_rows(tx.session, [key]).get(key)
                if row is None or not is_settled(row, duty, today):
                    return duty
    raise DutyGone


def _row(tx: Tx, duty: Duty) -> DutyRow:
    row = tx.session.scalar(select(DutyRow).where(DutyRow.key == duty.key))
    if row is None:
        row = DutyRow(
            key=duty.key,
            kind=duty.kind.value,
            resident_id=duty.resident_id,
            item_id=duty.item_id,
            due_on=duty.due,
            state=DutyState.OPEN,
            proof="",
        )
        tx.session.add(row)
    return row


def _act(
    tx: Tx,
    duty: Duty,
    state: DutyState,
    action: str,
    *,
    proof: str = "",
    until: date | None = None,
) -> int:
    row = _row(tx, duty)
    row.state, row.proof, row.put_off_until = state, proof, until
    told: dict[str, object] = {"proof": proof} if proof else {}
    if until is not None:
        told["until"] = until.isoformat()
    return _record(tx, row, duty, action, told)


def _record(tx: Tx, row: DutyRow, duty: Duty, action: str, told: dict[str, object]) -> int:
    row.acted_at, row.acted_by = tx.now, tx.actor.staff_id
    tx.session.flush()
    row.seq = tx.record(
        action,
        f"duty:{row.id}",
        resident=duty.resident_id,
        items=[duty.item_id] if duty.item_id is not None else (),
        plain={"kind": duty.kind.value},
        period=duty.period,
        due=duty.due.isoformat() if duty.due is not None else "",
        **told,
    )
    return row.id
