"""One trip to the city office, and the calendar file that names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from facility_app.demo.people import PASSWORD
from facility_app.demo.sample import Sample, build
from facility_app.domain.access import Actor, Identified, NotPermitted, StaffId
from facility_app.domain.duties import DutyKind, DutyPlace
from facility_app.i18n import Words
from facility_app.services.duties import duties
from facility_app.services.duty_calendar import calendar_text, export_calendar
from facility_app.services.duty_trip import city_trip
from facility_app.services.export_place import ExportPlaceInside, ExportPlaceUnusable
from tests.services.store_world import StoreWorld

TODAY = date(2026, 11, 20)
NOBODY = Actor(StaffId(99), "見学 者", Identified.PASSWORD, ())


class Sampled:
    """The sample facility on its day, and its manager."""

    def __init__(self, world: StoreWorld, sample: Sample) -> None:
        self.world, self.sample, self.office = world, sample, world.office
        self.manager = world.office.unlock("1001", PASSWORD)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sampled]:
    world = StoreWorld(Path(tmp_path_factory.mktemp("calendar")) / "store")
    yield Sampled(world, build(world.office, TODAY, Random(7)))
    world.close()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_one_trip_takes_everybodys_papers_along(there: Sampled):
    trip = there.office.ask(there.manager, city_trip)
    at_city = [
        view
        for view in there.office.ask(there.manager, duties)
        if view.rule.place is DutyPlace.CITY
    ]
    assert sum(len(each.tasks) for each in trip.people) == len(at_city)
    assert len({each.resident_id for each in trip.people}) == len(trip.people)
    bring = dict(trip.bring)
    renewals = [
        each
        for each in trip.people
        if DutyKind.RENEW_CERTIFICATE in {task.kind for task in each.tasks}
    ]
    assert renewals
    assert all({"card", "inquiry-answer"} <= set(each.bring) for each in renewals)
    assert bring["card"] == sum("card" in each.bring for each in trip.people)


def test_where_something_is_late_the_trip_is_on_the_next_open_day(there: Sampled):
    trip = there.office.ask(there.manager, city_trip)
    assert trip.late > 0
    assert trip.by == TODAY
    sunday = date(2026, 11, 22)
    assert there.office.ask(there.manager, city_trip, sunday).by == date(2026, 11, 24)


def test_the_calendar_names_nobody_and_no_room(there: Sampled):
    for language in ("ja", "en"):
        text = there.office.ask(there.manager, calendar_text, Words(language))
        for person in there.sample.people:
            for part in (*person.name.split(), *person.kana.split()):
                assert part not in text
        assert not re.search(r"\b[123](0[1-9]|1\d|20)\b", re.sub(r"\d{8}", "", text))


def test_the_calendar_is_well_formed(there: Sampled):
    text = there.office.ask(there.manager, calendar_text, Words("ja"))
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 3
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT")
    starts = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if "DTSTART" in line]
    assert starts == sorted(starts)
    assert all(start >= "20261120" for start in starts)
    assert any(line.startswith("SUMMARY:電子証明書の更新（") for line in lines)


def test_the_same_day_gives_the_same_file(there: Sampled):
    first, second = (there.office.ask(there.manager, calendar_text, Words("ja")) for _ in range(2))
    assert first == second


def test_it_is_written_over_an_earlier_one_and_recorded(there: Sampled, tmp_path: Path):
    place = tmp_path / "duties.ics"
    place.write_text("old", encoding="utf-8")
    events = export_calendar(there.office, there.manager, Words("ja"), place)
    written = place.read_bytes().decode()
    assert written.count("BEGIN:VEVENT") == events
    assert there.world.actions()[-1] == "duty.calendar_exported"
    assert [each.name for each in tmp_path.iterdir()] == ["duties.ics"]


def test_not_into_the_programs_own_folder_nor_where_there_is_none(there: Sampled, tmp_path: Path):
    before = len(there.world.actions())
    with pytest.raises(ExportPlaceInside):
        export_calendar(
            there.office, there.manager, Words("ja"), there.office.data.path / "duties.ics"
        )
    with pytest.raises(ExportPlaceUnusable):
        export_calendar(there.office, there.manager, Words("ja"), tmp_path / "no" / "duties.ics")
    assert len(there.world.actions()) == before


def test_only_for_those_who_see_the_desk(there: Sampled, tmp_path: Path):
    with pytest.raises(NotPermitted):
        export_calendar(there.office, NOBODY, Words("ja"), tmp_path / "duties.ics")
    assert not (tmp_path / "duties.ics").exists()
