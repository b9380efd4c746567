"""What is looked at before anybody leaves for a visit, line by line (services/departure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import PouchTagRow, ResidentRow, StaffRow
from facility_app.domain.expiry import ExpiryState, noted_card_state, paper_state
from facility_app.domain.insurance import RatioState
from facility_app.domain.items import ItemState
from facility_app.domain.tags import format_short, parse_code, parse_short
from facility_app.services.rule_data import rules
from facility_app.services.search import resident_of_tag
from facility_app.services.visit_views import VisitView
from facility_app.services.window_facts import HeldItem
from facility_app.services.window_plan import ResidentPlan, pays_nothing


class CheckCode(Enum):
    """What is looked at before they leave, in the order of the screen."""

    POUCH = "pouch"
    PIECES = "pieces"
    CARD_CHECK = "card-check"
    PAPER = "paper"
    RATIO = "ratio"
    RETURN_TIME = "return-time"
    ESCORT = "escort"


class CheckState(Enum):
    """OK; NOT_NEEDED here; OPEN until it is done or passed with a reason; BLOCKED: cannot be
    passed."""

    OK = "ok"
    NOT_NEEDED = "not-needed"
    OPEN = "open"
    BLOCKED = "blocked"


class CheckWhy(Enum):
    """What a line has found; the sentence stands in the catalogue."""

    NOTHING = "nothing"
    NOT_SCANNED = "not-scanned"
    UNKNOWN_TAG = "unknown-tag"
    OTHER_POUCH = "other-pouch"
    NOTHING_TAKEN = "nothing-taken"
    PIECES_MISSING = "pieces-missing"
    NOT_CHECKED = "not-checked"
    FOR_ANOTHER_DAY = "for-another-day"
    CHECK_BLOCKS = "check-blocks"
    NO_CARD_GOES = "no-card-goes"
    BIRTH_DATE_MISSING = "birth-date-missing"
    NOTHING_VALID = "nothing-valid"
    EXPIRED = "expired"
    RATIO_MISSING = "ratio-missing"
    RATIO_TO_CONFIRM = "ratio-to-confirm"
    RATIO_IMPOSSIBLE = "ratio-impossible"
    RATIO_NOT_PAID = "ratio-not-paid"
    NO_RETURN_TIME = "no-return-time"
    NO_ESCORT = "no-escort"


@dataclass(frozen=True)
class CheckLine:
    """One line.  `items`: names of kinds it is about; `name` of a person; `at` a moment."""

    code: CheckCode
    state: CheckState
    why: CheckWhy = CheckWhy.NOTHING
    items: tuple[str, ...] = ()
    name: str = ""
    at: datetime | None = None

    @property
    def green(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in (CheckState.OK, CheckState.NOT_NEEDED)


def expected(plan: ResidentPlan, visit: VisitView) -> list[HeldItem]:
    """What usually goes along on such a visit, wherever it is now."""
    return [item for item in plan.items if visit.purpose_code in item.usual_for]


def pouch_line(session: Session, visit: VisitView, scanned: str | None) -> CheckLine:
    if scanned is None or not scanned.strip():
        return CheckLine(CheckCode.POUCH, CheckState.OPEN, CheckWhy.NOT_SCANNED)
    owner = _owner(session, scanned)
    if owner is None:
        return CheckLine(CheckCode.POUCH, CheckState.OPEN, CheckWhy.UNKNOWN_TAG)
    if owner != visit.resident_id:
        name = session.get_one(ResidentRow, owner).name
        return CheckLine(CheckCode.POUCH, CheckState.BLOCKED, CheckWhy.OTHER_POUCH, name=name)
    return CheckLine(CheckCode.POUCH, CheckState.OK)


def _owner(session: Session, scanned: str) -> int | None:
    """Whose pouch has the tag, scanned or typed in its short form.  Raises TagVoided."""
    code, short = parse_code(scanned), parse_short(scanned)
    if code is None and short is not None:
        code = session.scalar(
            select(PouchTagRow.code).where(PouchTagRow.short == format_short(short))
        )
    return None if code is None else resident_of_tag(session, code)


def pieces_line(wanted: Iterable[HeldItem], taken: list[HeldItem]) -> CheckLine:
    ids = {item.id for item in taken if item.state is ItemState.IN_SAFE}
    missing = tuple(_name(item) for item in wanted if item.id not in ids)
    if missing:
        return CheckLine(CheckCode.PIECES, CheckState.OPEN, CheckWhy.PIECES_MISSING, missing)
    if not ids:
        return CheckLine(CheckCode.PIECES, CheckState.OPEN, CheckWhy.NOTHING_TAKEN)
    return CheckLine(CheckCode.PIECES, CheckState.OK)


def card_check_line(plan: ResidentPlan, taken: list[HeldItem]) -> CheckLine:
    """A card that goes along was checked today, for the day of the visit, and nothing blocks."""
    code = CheckCode.CARD_CHECK
    if not any(item.is_card for item in taken):
        return CheckLine(code, CheckState.NOT_NEEDED, CheckWhy.NO_CARD_GOES)
    check = plan.check
    if check is None:
        return CheckLine(code, CheckState.OPEN, CheckWhy.NOT_CHECKED)
    if check.blocks or not check.theirs:
        return CheckLine(code, CheckState.OPEN, CheckWhy.CHECK_BLOCKS, at=check.at)
    if check.on < plan.on:
        return CheckLine(code, CheckState.OPEN, CheckWhy.FOR_ANOTHER_DAY, at=check.at)
    return CheckLine(code, CheckState.OK, at=check.at)


def paper_line(plan: ResidentPlan, taken: list[HeldItem]) -> CheckLine:
    """Something that is valid on the day goes along, and nothing that has run out."""
    code = CheckCode.PAPER
    if plan.plan is None:
        return CheckLine(code, CheckState.OPEN, CheckWhy.BIRTH_DATE_MISSING)
    if plan.plan.blocked is not None:
        return CheckLine(code, CheckState.OPEN, CheckWhy.NOTHING_VALID)
    expired = tuple(_name(item) for item in taken if _has_ended(item, plan))
    if expired:
        return CheckLine(code, CheckState.OPEN, CheckWhy.EXPIRED, expired)
    return CheckLine(code, CheckState.OK)


def _has_ended(item: HeldItem, plan: ResidentPlan) -> bool:
    lifetimes = rules().lifetimes
    if item.is_card:
        dates = (item.card_expires_on, item.certificate_expires_on)
        return noted_card_state(*dates, plan.on, lifetimes) is ExpiryState.UNUSABLE
    return paper_state(item.paper_expires_on, plan.on, lifetimes) is ExpiryState.UNUSABLE


_RATIO_WHY = {
    RatioState.MISSING: CheckWhy.RATIO_MISSING,
    RatioState.TO_CONFIRM: CheckWhy.RATIO_TO_CONFIRM,
    RatioState.IMPOSSIBLE: CheckWhy.RATIO_IMPOSSIBLE,
}


def ratio_line(plan: ResidentPlan) -> CheckLine:
    if pays_nothing(plan.insurance):
        return CheckLine(CheckCode.RATIO, CheckState.NOT_NEEDED, CheckWhy.RATIO_NOT_PAID)
    if plan.ratio.state is RatioState.KNOWN:
        return CheckLine(CheckCode.RATIO, CheckState.OK)
    return CheckLine(CheckCode.RATIO, CheckState.OPEN, _RATIO_WHY[plan.ratio.state])


def return_time_line(planned: datetime | None, now: datetime) -> CheckLine:
    if planned is None or planned <= now:
        return CheckLine(CheckCode.RETURN_TIME, CheckState.OPEN, CheckWhy.NO_RETURN_TIME)
    return CheckLine(CheckCode.RETURN_TIME, CheckState.OK, at=planned)


def escort_line(session: Session, holder: int | None) -> CheckLine:
    if holder is None:
        return CheckLine(CheckCode.ESCORT, CheckState.OPEN, CheckWhy.NO_ESCORT)
    name = session.scalar(select(StaffRow.name).where(StaffRow.id == holder)) or ""
    return CheckLine(CheckCode.ESCORT, CheckState.OK, name=name)


def _name(item: HeldItem) -> str:
    return item.kind if not item.label else f"{item.kind} {item.label}"
