"""What the form of a sign-out offers: reasons, escorts, destinations, and the facility's rules."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import LoanRow, VisitRow
from facility_app.domain.access import Permission, StaffId
from facility_app.services.acts import RecentAct, recent_acts
from facility_app.services.desk import DeskResident, look_up
from facility_app.services.loans import LineView, LoanView, lines_out, open_loans
from facility_app.services.purposes import PurposeView, list_purposes
from facility_app.services.settings import load_settings
from facility_app.services.staff import possible_holders

RECENT = 100
"""Loans and visits whose destinations are offered again."""

OFFERED = 12


@dataclass(frozen=True)
class DeskChoices:
    """The same for every resident, so it is read once per visit to the page.

    `holders` = (id, name) of everybody here today; `two_person` names the acts that need a second.
    """

    purposes: tuple[PurposeView, ...]
    holders: tuple[tuple[StaffId, str], ...]
    destinations: tuple[str, ...]
    two_person: frozenset[str]
    alarm_sound: bool


@dataclass(frozen=True)
class DeskHome:
    """The desk before anybody is looked up: choices, last acts, and what is out."""

    choices: DeskChoices
    recent: tuple[RecentAct, ...]
    loans: tuple[LoanView, ...]


@dataclass(frozen=True)
class DeskView:
    """One resident at the desk; `lines` of the open loan that is due first, else empty."""

    resident: DeskResident
    lines: tuple[LineView, ...]


def desk_home(reading: Reading) -> DeskHome:
    """All that the page shows while it waits for a scan.  Needs VIEW_DESK."""
    return DeskHome(desk_choices(reading), tuple(recent_acts(reading)), tuple(open_loans(reading)))


def desk_view(reading: Reading, resident_id: int) -> DeskView:
    """A resident after a scan, in one consistent read.  Needs VIEW_DESK and SIGN_IN."""
    resident = look_up(reading, resident_id)
    lines = lines_out(reading, resident.loan.id) if resident.loan else []
    return DeskView(resident, tuple(lines))


def desk_choices(reading: Reading) -> DeskChoices:
    """The choices as they stand.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    settings = load_settings(reading.session)
    return DeskChoices(
        purposes=tuple(list_purposes(reading)),
        holders=tuple(possible_holders(reading)),
        destinations=_destinations(reading.session),
        two_person=frozenset(settings.two_person),
        alarm_sound=settings.alarm_sound,
    )


def _destinations(session: Session) -> tuple[str, ...]:
    """Where people went lately, the most frequent first."""
    counts: dict[str, int] = {}
    for model in (LoanRow, VisitRow):
        newest = select(model.destination).order_by(model.id.desc()).limit(RECENT)
        for place in session.scalars(newest):
            if place:
                counts[place] = counts.get(place, 0) + 1
    return tuple(sorted(counts, key=lambda place: (-counts[place], place))[:OFFERED])
