"""Duties about papers: applied for, awaited in July, collected when the new one is here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.dates import add_months, age_on
from facility_app.domain.duties import Duty, DutyFrame, DutyKind, Held, Person
from facility_app.domain.duty_cards import has_certificate
from facility_app.domain.expiry import soon_from
from facility_app.domain.insurance import EndReason, end_at_70, end_at_75, last_change, period_end
from facility_app.domain.items import Cycle, RenewalCycle
from facility_app.domain.life_events import LifeEventKind

_DAY = timedelta(days=1)


def paper_duties(person: Person, paper: Held, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """Everything about one paper at hand."""
    if paper.kind in frame.rules.health and person.coverage is Coverage.LIVELIHOOD:
        return
    end, reason = paper_end_of(person, paper, frame)
    if end is None or end > today + frame.reach:
        return
    period = end.isoformat()
    if reason in _BIRTHDAYS or has_follower(person, paper, end, frame):
        due = end + timedelta(days=frame.numbers.collect_days)
        yield Duty(DutyKind.COLLECT_OLD, person.id, end + _DAY, due, period, paper.id)
    elif reason is EndReason.PRINTED:
        kind, first = _opening(paper.kind, end, frame)
        yield Duty(kind, person.id, first, end, period, paper.id)


_BIRTHDAYS = (EndReason.TURNS_70, EndReason.TURNS_75)
"""Ends that have a task of their own."""


def paper_end_of(
    person: Person, paper: Held, frame: DutyFrame
) -> tuple[date | None, EndReason | None]:
    """When a paper ends and why: as printed, unless a birthday or the 在留期限 comes first."""
    if paper.kind not in frame.rules.health:
        return paper.expires, EndReason.PRINTED
    ends = [] if paper.expires is None else [(paper.expires, EndReason.PRINTED)]
    ends += _health_ends(person, paper, frame)
    return min(ends, key=lambda each: each[0]) if ends else (None, None)


def _health_ends(person: Person, paper: Held, frame: DutyFrame) -> Iterator[tuple[date, EndReason]]:
    coverage, birth = person.coverage, person.birth
    begins = paper.since or paper.received
    is_certificate = paper.kind == frame.rules.certificate
    yearly = coverage in (Coverage.KOKUHO, Coverage.KOUKI)
    if is_certificate and paper.expires is None and paper.since is not None and yearly:
        yield period_end(paper.since, frame.lifetimes), EndReason.PRINTED
    if birth is not None and coverage is not Coverage.KOUKI and begins <= end_at_75(birth):
        yield end_at_75(birth), EndReason.TURNS_75
    at_70 = birth is not None and coverage is Coverage.KOKUHO and is_certificate
    if at_70 and birth is not None and begins <= end_at_70(birth):
        yield end_at_70(birth), EndReason.TURNS_70
    if is_certificate and person.residence_until is not None:
        yield person.residence_until, EndReason.RESIDENCE


def has_follower(person: Person, thing: Held, end: date, frame: DutyFrame) -> bool:
    """Whether the thing that comes after this one is at hand."""
    if thing.kind in frame.many:
        return False
    return any(
        other.id != thing.id and other.kind == thing.kind and _end_of(other) > end
        for other in person.at_hand
    )


def _end_of(thing: Held) -> date:
    """Its noted end; without one it is taken for the newest."""
    return (thing.card_expires if thing.is_card else thing.expires) or date.max


def _opening(code: str, end: date, frame: DutyFrame) -> tuple[DutyKind, date]:
    """What is to be done about an end, and from which day."""
    lead, cycle = frame.rules.leads.get(code), frame.cycles.get(code, RenewalCycle())
    months = lead.months if lead is not None else cycle.apply_months
    if lead is not None and not months:
        return DutyKind.RENEW_PAPER, end - timedelta(days=lead.days)
    by_cycle = cycle.cycle is Cycle.YEARLY and (end.month, end.day) == (cycle.month, cycle.day)
    by_period = code in frame.rules.health and end == period_end(end, frame.lifetimes)
    if lead is None and (by_cycle or by_period):
        return DutyKind.NEW_PAPER, end.replace(day=1)
    if months:
        return DutyKind.RENEW_PAPER, add_months(end, -months) + _DAY
    return DutyKind.RENEW_PAPER, soon_from(end, frame.lifetimes)


def ratio_duty(person: Person, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """After 1 August every ratio is looked at once, on a paper that still holds."""
    rated = [paper for paper in person.at_hand if paper.ratio_as_of is not None]
    change = last_change(today, frame.lifetimes) if rated else today
    for paper in rated:
        if paper.ratio_as_of is None or paper.ratio_as_of >= change:
            continue
        end, _ = paper_end_of(person, paper, frame)
        if end is None or end >= today:
            due = change + timedelta(days=frame.numbers.ratio_days)
            yield Duty(DutyKind.RATIO_CHECK, person.id, change, due, str(change.year), paper.id)
            return


def certificate_duties(person: Person, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """資格確認書 of people who have a registered card: by age in some areas, else by asking."""
    yield from _by_area(person, today, frame)
    asked = person.latest(LifeEventKind.CERTIFICATE_ASKED)
    if asked is None and person.registered is not Answer.YES:
        return
    has = has_certificate(person, today, frame)
    if asked is not None:
        if not has and not _arrived_since(person, asked.on, frame):
            first = asked.on + timedelta(days=frame.numbers.follow_days)
            due = asked.on + timedelta(days=frame.numbers.follow_due_days)
            period = asked.on.isoformat()
            yield Duty(DutyKind.FOLLOW_CERTIFICATE, person.id, first, due, period)
        return
    cards = [each for each in person.at_hand if each.is_card]
    if has or not cards:
        return
    if person.coverage is Coverage.LIVELIHOOD or _comes_by_age(
        person, last_change(today, frame.lifetimes), frame
    ):
        return
    first = min(each.received for each in cards)
    yield Duty(DutyKind.ASK_CERTIFICATE, person.id, first, None, "certificate")


def _arrived_since(person: Person, day: date, frame: DutyFrame) -> bool:
    """Whether one came since, be it at hand or given back by now."""
    return any(
        each.kind == frame.rules.certificate and each.received >= day for each in person.held
    )


def _comes_by_age(person: Person, on: date, frame: DutyFrame) -> bool:
    """Whether the area sends a 資格確認書 of 後期 to everybody of this age on 1 August."""
    area = frame.area
    if area is None or not area.age or person.birth is None or on < area.effective_from:
        return False
    return person.coverage is Coverage.KOUKI and age_on(person.birth, on) >= area.age


def _by_area(person: Person, today: date, frame: DutyFrame) -> Iterator[Duty]:
    area = frame.area
    if area is None:
        return
    end = date(today.year, frame.lifetimes.period_end_month, frame.lifetimes.period_end_day)
    if not _comes_by_age(person, date(today.year, area.month, area.day), frame):
        return
    if any(
        each.kind == frame.rules.certificate and (each.expires is None or each.expires >= end)
        for each in person.at_hand
    ):
        return
    yield Duty(
        DutyKind.AREA_CERTIFICATE,
        person.id,
        end.replace(day=1),
        end,
        str(end.year),
        last=add_months(end, frame.numbers.lapse_months),
    )
