"""One day's visits as they stand: who can be accepted how, what clashes, what is still to be done.

Reads the day in a fixed number of queries, whatever the number of visits and however long the
history; benchmarks/visits.py holds it to 50 ms for 200 visits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.audit.work import Reading
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.insurance import RatioState
from facility_app.domain.items import ItemState
from facility_app.domain.visits import ConflictKind
from facility_app.services.booking import conflicts_on
from facility_app.services.departure_check import expected
from facility_app.services.visit_views import VisitState, VisitView, read_visits_of_day
from facility_app.services.window_facts import HeldItem
from facility_app.services.window_plan import ResidentPlan, pays_nothing, read_plans


class Lack(Enum):
    """What a planned visit still lacks, in the order in which it is seen to."""

    BLOCKED = "blocked"
    CONFLICT = "conflict"
    THINGS_MISSING = "things-missing"
    RATIO = "ratio"
    ESCORT = "escort"
    RETURN_TIME = "return-time"
    CARD_CHECK = "card-check"


@dataclass(frozen=True)
class DayVisit:
    """A visit with its plan.  `lacks` is empty where everything is ready."""

    visit: VisitView
    plan: ResidentPlan
    conflicts: tuple[ConflictKind, ...]
    lacks: tuple[Lack, ...]

    @property
    def ready(self) -> bool:
        """Whether they can leave as far as is known now."""
        return not self.lacks


@dataclass(frozen=True)
class DayPlan:
    """A day's visits by time."""

    day: date
    visits: tuple[DayVisit, ...]


def day_plan(reading: Reading, day: date) -> DayPlan:
    """The day in Japan as it stands.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    session, today = reading.session, local_date(reading.now)
    visits = read_visits_of_day(session, day)
    clashing: dict[int, list[ConflictKind]] = {}
    for clash in conflicts_on(session, day, day):
        for booking in (clash.one, clash.other):
            clashing.setdefault(booking.id, []).append(clash.kind)
    plans = read_plans(session, visits, reading.now)
    return DayPlan(
        day,
        tuple(
            DayVisit(
                visit,
                plan,
                kinds := tuple(dict.fromkeys(clashing.get(visit.id, ()))),
                tuple(_lacks(visit, plan, kinds, today)),
            )
            for visit, plan in zip(visits, plans, strict=True)
        ),
    )


def _lacks(
    visit: VisitView, plan: ResidentPlan, conflicts: tuple[ConflictKind, ...], today: date
) -> Iterator[Lack]:
    if visit.state is not VisitState.PLANNED:
        return
    taken = expected(plan, visit)
    needs_nothing = visit.round_id is not None and visit.first_visit.no
    if plan.plan is None or plan.plan.blocked is not None:
        yield Lack.BLOCKED
    if conflicts:
        yield Lack.CONFLICT
    if not needs_nothing and any(item.state is not ItemState.IN_SAFE for item in taken):
        yield Lack.THINGS_MISSING
    if plan.ratio.state is not RatioState.KNOWN and not pays_nothing(plan.insurance):
        yield Lack.RATIO
    if visit.escort_id is None and not visit.in_house:
        yield Lack.ESCORT
    if visit.returns_at is None:
        yield Lack.RETURN_TIME
    if not needs_nothing and plan.on == today and _unchecked(plan, taken):
        yield Lack.CARD_CHECK


def _unchecked(plan: ResidentPlan, taken: list[HeldItem]) -> bool:
    if not any(item.is_card for item in taken):
        return False
    return plan.check is None or plan.check.blocks or not plan.check.theirs
