"""Duties from what happens to a resident, and all duties of one resident together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from facility_app.domain.coverage import Coverage
from facility_app.domain.dates import add_months, day_before, end_of_month
from facility_app.domain.duties import RENEWALS, Duty, DutyFrame, DutyKind, Person
from facility_app.domain.duty_cards import card_duties, has_certificate
from facility_app.domain.duty_papers import (
    certificate_duties,
    has_follower,
    paper_duties,
    ratio_duty,
)
from facility_app.domain.insurance import (
    end_at_70,
    end_at_75,
    papers_expected_at_75,
    ratio_changes_at_70,
)
from facility_app.domain.life_events import LifeEventKind

_DAY = timedelta(days=1)


def duties_of(person: Person, today: date, frame: DutyFrame) -> list[Duty]:
    """What is to be done for a resident on `today`, in no order; who has left: only giving back."""
    if person.discharged is not None and today >= person.discharged:
        found = _leaving(person, frame)
    else:
        found = _staying(person, today, frame)
    return [_with_visit(duty, person, today) for duty in found if duty.is_shown(today)]


def _staying(person: Person, today: date, frame: DutyFrame) -> Iterator[Duty]:
    for thing in person.at_hand:
        if not thing.is_card:
            if thing.expires is not None or thing.kind in frame.rules.health:
                yield from paper_duties(person, thing, today, frame)
        elif thing.card_expires is not None and has_follower(
            person, thing, thing.card_expires, frame
        ):
            yield from _replaced(person, thing.id, thing.card_expires, frame)
        else:
            yield from card_duties(person, thing, today, frame)
    yield from certificate_duties(person, today, frame)
    yield from ratio_duty(person, today, frame)
    yield from _birthdays(person, frame)
    if person.admitted is not None or person.events:
        yield from _moving(person, frame)
    if person.events:
        yield from _livelihood(person, frame)
        yield from _cancelling(person, today, frame)


def _replaced(person: Person, item_id: int, ended: date, frame: DutyFrame) -> Iterator[Duty]:
    """An old card beside the new one goes back to the city."""
    newer = max(each.received for each in person.at_hand if each.is_card)
    due = newer + timedelta(days=frame.numbers.collect_days)
    yield Duty(DutyKind.COLLECT_OLD, person.id, newer, due, ended.isoformat(), item_id)


def _with_visit(duty: Duty, person: Person, today: date) -> Duty:
    """Marked where the thing lapses before the next visit."""
    if duty.kind not in RENEWALS or duty.due is None or today > duty.due:
        return duty
    visit = next((day for day in person.visits if day >= today), None)
    lapses = visit is not None and visit > duty.due
    return replace(duty, before_visit=visit) if lapses else duty


def _leaving(person: Person, frame: DutyFrame) -> Iterator[Duty]:
    left = person.discharged
    if left is None or not person.at_hand:
        return
    kind = DutyKind.HAND_BACK if person.deceased is None else DutyKind.HAND_BACK_DEATH
    due = left + timedelta(days=frame.numbers.hand_back_days)
    yield Duty(kind, person.id, left, due, left.isoformat())


def _birthdays(person: Person, frame: DutyFrame) -> Iterator[Duty]:
    """New papers at 70 and 75: shown until the register says so, at most some months after."""
    birth, coverage = person.birth, person.coverage
    if birth is None or coverage in (Coverage.KOUKI, Coverage.LIVELIHOOD):
        return
    changes = ratio_changes_at_70(birth)
    if not any(
        each.kind in frame.rules.health and each.since is not None and each.since >= changes
        for each in person.at_hand
    ):
        first = add_months(changes, -1)
        yield from _once(DutyKind.TURNS_70, person, first, end_at_70(birth), "70", frame)
    first = papers_expected_at_75(birth)
    yield from _once(DutyKind.TURNS_75, person, first, end_at_75(birth), "75", frame)


def _once(
    kind: DutyKind, person: Person, first: date, due: date, period: str, frame: DutyFrame
) -> Iterator[Duty]:
    """A duty that nobody looks for any more some months after its day; not for who came later."""
    last = add_months(due, frame.numbers.lapse_months)
    if person.admitted is None or person.admitted <= last:
        yield Duty(kind, person.id, first, due, period, last=last)


def _moving(person: Person, frame: DutyFrame) -> Iterator[Duty]:
    """住民票: will it move, 転入届 in time, the card's 継続利用; the first day is not counted."""
    numbers = frame.numbers
    moved = person.latest(LifeEventKind.MOVED_IN)
    if moved is None:
        if person.admitted is not None and person.latest(LifeEventKind.ELSEWHERE) is None:
            day = person.admitted
            due = day + timedelta(days=numbers.move_in_days)
            yield from _once(DutyKind.ASK_RESIDENCE, person, day, due, day.isoformat(), frame)
        return
    if moved.until is None:
        yield _move_in_notice(person, moved.on, frame)
        return
    card = next((each for each in person.at_hand if each.is_card), None)
    if card is not None:
        due = moved.until + timedelta(days=numbers.continued_use_days)
        period, last = moved.until.isoformat(), add_months(due, numbers.lapse_months)
        kind = DutyKind.CONTINUED_USE
        yield Duty(kind, person.id, moved.until, due, period, card.id, last=last)


def _move_in_notice(person: Person, moved: date, frame: DutyFrame) -> Duty:
    numbers = frame.numbers
    due = moved + timedelta(days=numbers.move_in_days)
    planned = person.latest(LifeEventKind.MOVE_OUT_PLANNED)
    if planned is not None:
        due = min(due, planned.on + timedelta(days=numbers.move_out_days))
    return Duty(DutyKind.MOVE_IN_NOTICE, person.id, moved, due, moved.isoformat())


def _livelihood(person: Person, frame: DutyFrame) -> Iterator[Duty]:
    """生活保護 that the register does not say yet, or says too long."""
    event = person.latest(LifeEventKind.LIVELIHOOD)
    if event is None:
        return
    noted = person.coverage is Coverage.LIVELIHOOD
    days = timedelta(days=frame.numbers.livelihood_days)
    if event.until is None and not noted:
        kind, first = DutyKind.LIVELIHOOD_BEGINS, event.on
    elif event.until is not None and noted:
        kind, first = DutyKind.LIVELIHOOD_ENDS, event.until + _DAY
    else:
        return
    yield from _once(kind, person, first, first + days, first.isoformat(), frame)


def _cancelling(person: Person, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """利用登録の解除: entered by the insurer, it works from the end of the month after."""
    numbers = frame.numbers
    asked = person.latest(LifeEventKind.CANCEL_ASKED)
    entered = person.latest(LifeEventKind.CANCEL_ENTERED)
    if asked is not None and (entered is None or entered.on < asked.on):
        first = asked.on + timedelta(days=numbers.follow_days)
        due = asked.on + timedelta(days=numbers.follow_due_days)
        yield Duty(DutyKind.FOLLOW_CANCEL, person.id, first, due, asked.on.isoformat())
    if entered is not None and not has_certificate(person, today, frame):
        due = cancelled_until(entered.on)
        kind, period = DutyKind.CANCEL_EFFECT, entered.on.isoformat()
        last = add_months(due, numbers.lapse_months)
        yield Duty(kind, person.id, entered.on, due, period, last=last)


def cancelled_until(entered: date) -> date:
    """The last day on which a cancelled registration surely works: the day before the end of the
    month after the insurer entered it (the last day itself is uncertain, domain §3.2)."""
    return day_before(end_of_month(add_months(entered, 1)))
