"""What the page of losses shows, read in one go on the lane with the rule data that hold now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facility_app.audit.work import Reading
from facility_app.domain.access import Actor, Permission
from facility_app.domain.incidents import LostCaseState
from facility_app.rules.keeper import InForce
from facility_app.services.lost_book import lost_book
from facility_app.services.lost_read import (
    LosableThing,
    LostCaseLine,
    cases_about,
    losable_things,
    lost_case,
    lost_cases,
)
from facility_app.services.lost_views import LostCaseView
from facility_app.services.office import Office
from facility_app.services.settings import Facility, load_facility

CLOSED_SHOWN = 8
"""Closed cases on the page; older ones stand in the record."""


@dataclass(frozen=True)
class LostShown:
    """`case`: the one that was asked for; `in_force.problem`: what is wrong with the rule files."""

    in_force: InForce
    facility: Facility
    opened: tuple[LostCaseLine, ...]
    closed: tuple[LostCaseLine, ...]
    case: LostCaseView | None = None


def read_lost(
    office: Office,
    actor: Actor,
    case_id: int | None,
    *,
    item_id: int | None = None,
    alone: bool = True,
) -> LostShown:
    """The list, and a case; without `case_id` the newest of `item_id`, or with `alone` the only
    open one.  Work lane.
    """
    force = lost_book(office)

    def query(reading: Reading) -> LostShown:
        lines = lost_cases(reading, force.book, None)
        opened = tuple(line for line in lines if line.state is LostCaseState.OPEN)
        closed = tuple(line for line in lines if line.state is LostCaseState.CLOSED)
        wanted = case_id
        if wanted is None and item_id is not None:
            wanted = next(iter(cases_about(reading, item_id)), None)
        if wanted is None and alone and len(opened) == 1:
            wanted = int(opened[0].id)
        case = None if wanted is None else lost_case(reading, force.book, wanted)
        facility = load_facility(reading.session)
        return LostShown(force, facility, opened, closed[:CLOSED_SHOWN], case)

    return office.ask(actor, query)


def read_losable(
    office: Office, actor: Actor, residents: Iterable[int]
) -> tuple[InForce, list[LosableThing]]:
    """What these residents can lose, with the rule data.  Work lane."""
    office.ask(actor, _may_report)
    return lost_book(office), office.ask(actor, losable_things, list(residents))


def _may_report(reading: Reading) -> None:
    reading.require(Permission.REPORT_LOST)
