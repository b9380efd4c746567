"""One trip to the city office: everybody's tasks there, what to take along, and by when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from facility_app.audit.work import Reading
from facility_app.domain.clock import local_date
from facility_app.domain.duties import DutyPlace
from facility_app.services.duties import DutyView, duties
from facility_app.services.rule_data import rules


@dataclass(frozen=True)
class TripPerson:
    """One resident's tasks at the counter.  bring: words of ``duty-bring-…``, each once; mandate:
    whether whoever goes needs a 委任状 or the like."""

    resident_id: int
    name: str
    room: str
    tasks: tuple[DutyView, ...]
    bring: tuple[str, ...]
    mandate: bool


@dataclass(frozen=True)
class CityTrip:
    """The next trip.  by: the last open day on which every task is still in time, None where
    nothing has a day; late: how many are past it already; bring: how many of each paper."""

    by: date | None
    late: int
    people: tuple[TripPerson, ...]
    bring: tuple[tuple[str, int], ...]


def city_trip(reading: Reading, today: date | None = None) -> CityTrip:
    """All tasks for the city office that can be done on `today`, by resident.  Needs VIEW_DESK."""
    day = today or local_date(reading.now)
    tasks = [each for each in duties(reading, day) if each.rule.place is DutyPlace.CITY]
    by_person: dict[int, list[DutyView]] = {}
    for task in tasks:
        by_person.setdefault(task.duty.resident_id, []).append(task)
    people = tuple(_person(each) for each in by_person.values())
    ahead = [task.go_by for task in tasks if task.go_by is not None and task.go_by >= day]
    late = sum(task.go_by is not None and task.go_by < day for task in tasks)
    by = rules().open_days.next_open(day) if late else min(ahead, default=None)
    counted = Counter(code for person in people for code in person.bring)
    return CityTrip(by, late, people, tuple(sorted(counted.items())))


def _person(tasks: list[DutyView]) -> TripPerson:
    first = tasks[0]
    return TripPerson(
        first.duty.resident_id,
        first.name,
        first.room,
        tuple(tasks),
        tuple(dict.fromkeys(code for task in tasks for code in task.rule.bring)),
        any(task.rule.proxy for task in tasks),
    )
