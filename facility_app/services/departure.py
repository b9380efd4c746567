"""出発前の確認: one screen, green only when nothing is open; signs out in the same transaction.

Right pouch, pieces complete, card check of today without a block, a paper or card that is valid on
the day of the visit, burden ratio with source and date, time of return, escort.  A line that is
open can be passed with a reason by whoever may; another resident's pouch never, and the rules of a
sign-out (agreement, second person) hold as at the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import PurposeRow
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_time
from facility_app.domain.custody import due_at
from facility_app.domain.items import ItemState
from facility_app.errors import Refused
from facility_app.services.access import Witness
from facility_app.services.custody import LoanId, SignOut, sign_out
from facility_app.services.departure_check import CheckCode as CheckCode
from facility_app.services.departure_check import CheckLine as CheckLine
from facility_app.services.departure_check import CheckState as CheckState
from facility_app.services.departure_check import CheckWhy as CheckWhy
from facility_app.services.departure_check import (
    card_check_line,
    escort_line,
    expected,
    paper_line,
    pieces_line,
    pouch_line,
    ratio_line,
    return_time_line,
)
from facility_app.services.fields import Field, lines
from facility_app.services.purposes import due_rule
from facility_app.services.visit_views import VisitView, visit_of
from facility_app.services.visits import VisitClosed
from facility_app.services.window_plan import ResidentPlan, read_plan


@dataclass(eq=False)
class DepartureOpen(Refused):
    """`count` lines of the check are open, the first of them named; nothing was signed out."""

    key: ClassVar[str] = "departure.open"
    evidence: ClassVar[bool] = True
    code: CheckCode
    count: int


@dataclass(eq=False)
class WrongPouch(Refused):
    """The pouch of another resident was scanned; nothing was signed out."""

    key: ClassVar[str] = "departure.wrong_pouch"
    evidence: ClassVar[bool] = True


@dataclass(frozen=True)
class Departure:
    """The check of one visit.  `usual`: what goes along by itself and lies in the safe; `due_at`
    aware UTC; `holder_id` None until an escort is named; `may_override` for who asks now."""

    visit: VisitView
    plan: ResidentPlan
    lines: tuple[CheckLine, ...]
    usual: tuple[int, ...]
    holder_id: StaffId | None
    due_at: datetime
    may_override: bool

    @property
    def green(self) -> bool:
        """Whether they may leave as it stands."""
        return all(line.green for line in self.lines)

    def line(self, code: CheckCode) -> CheckLine:
        """The line of a code."""
        return next(line for line in self.lines if line.code is code)


@dataclass(frozen=True)
class Proposed:
    """What is to be signed out, as far as the person has said; None = as planned."""

    item_ids: tuple[int, ...] | None = None
    holder_id: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Depart:
    """Leave for a visit.  `scanned_pouch`: the code of the tag as scanned, or None; `overrides`: a
    reason for every open line that is passed."""

    visit_id: int
    item_ids: tuple[int, ...]
    holder_id: StaffId | None
    due_at: datetime | None
    scanned_pouch: str | None = None
    overrides: Mapping[CheckCode, str] = field(default_factory=dict)
    witness: Witness | None = None


def departure(
    reading: Reading,
    visit_id: int,
    scanned_pouch: str | None = None,
    proposed: Proposed | None = None,
) -> Departure:
    """The check as it stands.  Needs VIEW_DESK; raises VisitClosed where they have left."""
    reading.require(Permission.VIEW_DESK)
    return _departure(reading, visit_id, scanned_pouch, proposed or Proposed())


def depart(tx: Tx, cmd: Depart) -> LoanId:
    """Look at everything again, sign out, and record the check with it: one act.

    Raises WrongPouch, DepartureOpen (a line is open and not passed, or who acts may not pass it:
    NotPermitted), FieldMissing for a reason without words, VisitClosed, and what `sign_out` raises.
    """
    tx.require(Permission.SIGN_OUT)
    asked = Proposed(cmd.item_ids, cmd.holder_id, cmd.due_at)
    found = _departure(tx, cmd.visit_id, cmd.scanned_pouch, asked)
    passed = _passed(tx, found, cmd.overrides)
    visit = found.visit
    holder = tx.staff_id if found.holder_id is None else found.holder_id
    loan_id = sign_out(
        tx,
        SignOut(
            resident_id=visit.resident_id,
            item_ids=cmd.item_ids,
            purpose_code=visit.purpose_code,
            holder_id=holder,
            destination=visit.destination,
            due_at=found.due_at,
            visit_id=visit.id,
            witness=cmd.witness,
        ),
    )
    tx.record(
        "visit.departed",
        f"visit:{visit.id}",
        resident=visit.resident_id,
        items=cmd.item_ids,
        plain={
            "loan": loan_id,
            "checks": {line.code.value: line.state.value for line in found.lines},
            "overrides": sorted(code.value for code in passed),
        },
        found={line.code.value: line.why.value for line in found.lines if not line.green},
        reasons={code.value: reason for code, reason in passed.items()},
        ways=[step.way.value for step in found.plan.plan.steps] if found.plan.plan else [],
    )
    return loan_id


def _passed(tx: Tx, found: Departure, overrides: Mapping[CheckCode, str]) -> dict[CheckCode, str]:
    """The reasons for the lines that are open.  Raises what `depart` says."""
    if any(line.state is CheckState.BLOCKED for line in found.lines):
        raise WrongPouch
    still_open = [line.code for line in found.lines if not line.green]
    missing = [code for code in still_open if code not in overrides]
    if missing:
        raise DepartureOpen(missing[0], len(missing))
    if still_open:
        tx.require(Permission.OVERRIDE_DEPARTURE)
    return {code: lines(Field.REASON, overrides[code], required=True) for code in still_open}


def _departure(unit: Reading, visit_id: int, scanned: str | None, proposed: Proposed) -> Departure:
    session = unit.session
    visit = visit_of(session, visit_id)
    if visit.cancelled or visit.loan_id is not None:
        raise VisitClosed
    plan = read_plan(session, visit, unit.now)
    usual = tuple(item.id for item in expected(plan, visit) if item.state is ItemState.IN_SAFE)
    taken_ids = usual if proposed.item_ids is None else proposed.item_ids
    taken = [item for item in plan.items if item.id in set(taken_ids)]
    holder = visit.escort_id if proposed.holder_id is None else proposed.holder_id
    planned = proposed.due_at or visit.returns_at
    return Departure(
        visit=visit,
        plan=plan,
        lines=(
            pouch_line(session, visit, scanned),
            pieces_line(expected(plan, visit), taken),
            card_check_line(plan, taken),
            paper_line(plan, taken),
            ratio_line(plan),
            return_time_line(planned, unit.now),
            escort_line(session, holder),
        ),
        usual=usual,
        holder_id=None if holder is None else StaffId(holder),
        due_at=planned
        if planned is not None and planned > unit.now
        else _usual_return(session, visit, unit.now),
        may_override=unit.may(Permission.OVERRIDE_DEPARTURE),
    )


def _usual_return(session: Session, visit: VisitView, now: datetime) -> datetime:
    """By the rule of the reason, where nobody said a time."""
    values: dict[str, Any] = session.get_one(PurposeRow, visit.purpose_code).due
    return due_at(due_rule(values), local_time(now))
