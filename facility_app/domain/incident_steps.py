"""Which steps a case asks for, until when, and when nothing is left to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from facility_app.domain.clock import local_date
from facility_app.domain.incident_rules import LostRules, StepDue, StepRule
from facility_app.domain.incidents import DueBy, LostWhere, Per, Phase, Stolen
from facility_app.domain.leak import LeakClock, LeakDeadlines
from facility_app.domain.working_days import OpenDays


@dataclass(frozen=True)
class LostOne:
    """One lost thing, as planning needs it.  `thing` is a code of the rule data."""

    id: int
    thing: str
    resident_id: int | None = None


@dataclass(frozen=True)
class Known:
    """What is known about a case.  `noticed_at` aware; `done`: codes of steps that were done."""

    where: LostWhere
    stolen: Stolen
    noticed_at: datetime
    done: frozenset[str] = frozenset()
    leak: LeakDeadlines | None = None


@dataclass(frozen=True)
class Due:
    """By when: a moment (aware) or a day, never both."""

    at: datetime | None = None
    on: date | None = None

    @property
    def day(self) -> date:
        """The day in Japan."""
        if self.on is not None:
            return self.on
        if self.at is None:
            raise ValueError("a step has a time")
        return local_date(self.at)

    def is_past(self, now: datetime) -> bool:
        """Whether the time is over at `now` (aware); a day lasts until midnight in Japan."""
        if self.at is not None:
            return now > self.at
        return local_date(now) > self.day


@dataclass(frozen=True)
class Planned:
    """A step of a case: for one resident or one thing where there is one for each."""

    rule: StepRule
    due: Due
    resident_id: int | None = None
    lost_id: int | None = None

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        """What makes it one and the same step of a case."""
        return self.rule.code, self.resident_id, self.lost_id


@dataclass(frozen=True)
class Calendar:
    """What deadlines are reckoned with."""

    days: OpenDays
    clock: LeakClock

    def due(self, step: StepDue, since: datetime, known: Known) -> Due:
        """By when a step is due that counts from `since` (aware)."""
        day = local_date(since)
        match step.by:
            case DueBy.NOW:
                return Due(at=since + timedelta(minutes=step.n))
            case DueBy.DAYS:
                return Due(on=day + timedelta(days=step.n))
            case DueBy.OPEN_DAYS:
                return Due(on=self.days.after(day, step.n))
        leak = known.leak or self.clock.deadlines(
            local_date(known.noticed_at), wrongful=False, days=self.days
        )
        return Due(on=leak.first_safe if step.by is DueBy.LEAK_FIRST else leak.final_safe)


def plan(
    rules: LostRules,
    calendar: Calendar,
    phase: Phase,
    ones: Sequence[LostOne],
    known: Known,
    since: datetime | None = None,
) -> list[Planned]:
    """The steps of a phase for these things, in the order of the rule data.

    since: what deadlines count from (aware); None = noticing.
    """
    since = since or known.noticed_at
    found: list[Planned] = []
    for rule in rules.steps:
        if rule.phase is not phase or not rule.applies(known.where, known.stolen, known.done):
            continue
        due = calendar.due(rule.due, since, known)
        concerned = [each for each in ones if each.thing in rule.things]
        found += [Planned(rule, due, *each) for each in _each(rule.per, concerned)]
    return found


def _each(per: Per, ones: Sequence[LostOne]) -> Iterator[tuple[int | None, int | None]]:
    """(resident, lost thing) of each step that there is."""
    if per is Per.CASE:
        yield from [(None, None)][: len(ones)]
    elif per is Per.ITEM:
        yield from ((one.resident_id, one.id) for one in ones)
    else:
        yield from (
            (resident, None)
            for resident in dict.fromkeys(one.resident_id for one in ones)
            if resident is not None
        )


@dataclass(frozen=True)
class Standing:
    """A step as it stands, for the rules below."""

    code: str
    resident_id: int | None
    lost_id: int | None
    settled: bool


def dropped_by_finding(
    rules: LostRules, steps: Iterable[Standing], ones: Sequence[LostOne], found: frozenset[int]
) -> list[Standing]:
    """The open steps that nobody needs to do any more now that `found` (ids) are back.

    A step for a resident or for the case goes only when all that it was for is found.
    """
    gone = []
    for step in steps:
        rule = rules.by_code.get(step.code)
        if step.settled or rule is None or not rule.drop_on_found:
            continue
        about = [
            one.id
            for one in ones
            if one.thing in rule.things
            and (step.lost_id is None or one.id == step.lost_id)
            and (step.resident_id is None or one.resident_id == step.resident_id)
        ]
        if about and found.issuperset(about):
            gone.append(step)
    return gone


def review_days(rules: LostRules, closed_on: date) -> tuple[date, date]:
    """The days of the two reviews after closing (rulings §3.2)."""
    return (
        closed_on + timedelta(days=rules.first_review_days),
        closed_on + timedelta(days=rules.second_review_days),
    )
