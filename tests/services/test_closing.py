"""What follows a lock, how the screen looks for a person, papers of the set-up, backup places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from facility_app.config import DataFolder
from facility_app.db.engine import DatabaseUnreachable
from facility_app.domain.access import PROGRAM, Actor, NotPermitted
from facility_app.domain.visits import Recurrence, Repeat
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.keystore import MemoryKeys
from facility_app.launch import launch_for
from facility_app.services.backup_places import backup_into
from facility_app.services.cabinets import AddSlots, add_slots
from facility_app.services.closing import back_up, close_up, keep_up, read_opened
from facility_app.services.first_start import (
    FirstManager,
    found_facility,
    is_new,
    reach_step,
    read_progress,
)
from facility_app.services.office import Office
from facility_app.services.papers import all_tagged, recovery_paper, tag_paper
from facility_app.services.preferences import Look, LookUnknown, keep_look, read_self
from facility_app.services.residents import RegisterResident, ResidentForm, register_resident
from facility_app.services.settings import Facility, Settings, change_settings
from facility_app.services.visit_series import PlanSeries, SeriesForm, plan_series
from facility_app.services.visits import visits_of
from tests.conftest import START, FakeClock
from tests.services.accounts import CHEAP, PASSWORD
from tests.services.test_access import actions

WORDS = Words("ja")


@pytest.fixture
def office(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    """A new store without anybody in it."""
    launch = launch_for(DataFolder(tmp_path / "data"), MemoryKeys(), clock=clock, cost=CHEAP)
    opened, root = launch.create(None)
    root.wipe()
    yield opened
    opened.close()


@pytest.fixture
def boss(office: Office) -> Actor:
    manager = FirstManager("1", "見本 恵", "", PASSWORD)
    office.do(PROGRAM, found_facility, Facility("みほんの里", setup_step=2), manager, CHEAP)
    return office.unlock("1", PASSWORD)


def backups(office: Office) -> int:
    return len(list(office.data.backups.glob("*.backup")))


def test_a_lock_verifies_and_signs_the_log_and_backs_up_every_half_hour(
    office: Office, boss: Actor, clock: FakeClock
) -> None:
    office.lock(boss, "person")
    assert close_up(office).backup is not None
    done = [action for action, _ in actions(office.work)]
    assert done[-4:] == ["lock.done", "log.verified", "checkpoint.made", "backup.made"]
    clock.forward(minutes=29)
    close_up(office)
    assert backups(office) == 1
    clock.forward(minutes=1)
    close_up(office)
    assert backups(office) == 2


def test_the_half_hours_work_writes_series_of_visits_on(
    office: Office, boss: Actor, clock: FakeClock
) -> None:
    resident = office.do(boss, register_resident, RegisterResident(ResidentForm("見本", "みほん")))
    weekly = Recurrence(Repeat.WEEKLY, START.date(), weekday=START.weekday())
    form = SeriesForm(weekly, "clinic", time(14), destination="みほん内科")
    planned = office.do(boss, plan_series, PlanSeries(resident, form))
    clock.forward(days=7)
    keep_up(office)
    keep_up(office)
    done = [action for action, _ in actions(office.work)]
    assert done.count("visit.series_extended") == 1
    assert len(office.ask(boss, visits_of, resident)) == len(planned.days) + 1


def test_a_backup_steps_aside_for_who_is_waiting_and_comes_with_the_next_lock(
    office: Office, boss: Actor
) -> None:
    office.lock(boss, "person")
    aside = close_up(office, lambda: True)
    assert (aside.backup, aside.problem, backups(office)) == (None, None, 0)
    assert [action for action, _ in actions(office.work)][-1] == "checkpoint.made"
    assert close_up(office).backup is not None


def test_a_backup_that_fails_is_told_and_undoes_nothing(
    office: Office, boss: Actor, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    office.do(boss, change_settings, Settings(backup_folders=(str(tmp_path / "file" / "x"),)))
    closed = back_up(office)
    assert isinstance(closed.problem, FacilityError)
    assert closed.backup is None
    assert "backup.made" not in [action for action, _ in actions(office.work)]


def test_a_store_is_new_until_it_has_a_manager(office: Office) -> None:
    assert office.ask(PROGRAM, is_new)
    assert office.ask(PROGRAM, read_opened).fresh
    manager = FirstManager("1", "見本 恵", "", "short")
    with pytest.raises(FacilityError):
        office.do(PROGRAM, found_facility, Facility("みほんの里"), manager, CHEAP)
    assert office.ask(PROGRAM, is_new), "all of it or nothing"


def test_a_step_once_reached_is_not_taken_back(office: Office, boss: Actor) -> None:
    for step, reached in ((4, 4), (3, 4), (9, 9), (12, 9)):
        office.do(boss, reach_step, step)
        assert office.ask(boss, read_progress).facility.setup_step == reached


def test_the_look_is_kept_with_the_person(office: Office, boss: Actor) -> None:
    assert office.ask(boss, read_self).look == Look("light", 100)
    for _ in range(2):
        office.do(boss, keep_look, Look("dark", 150))
    assert office.ask(boss, read_self).look == Look("dark", 150)
    assert [action for action, _ in actions(office.work)].count("look.changed") == 1
    for wrong in (Look("pink", 100), Look("dark", 79), Look("dark", 201)):
        with pytest.raises(LookUnknown):
            office.do(boss, keep_look, wrong)


def test_labels_are_announced_before_they_are_drawn_and_concluded_after(
    office: Office, boss: Actor
) -> None:
    (slot, *_) = office.do(boss, add_slots, AddSlots("A", 1, 2))
    form = ResidentForm("髙﨑 ハナ", "たかさき はな")
    office.do(boss, register_resident, RegisterResident(form, slot))
    ids = office.ask(boss, all_tagged)
    pdf, count = tag_paper(office, boss, WORDS, ids)
    assert (pdf[:5], count) == (b"%PDF-", 1)
    (intent, announced), (outcome, concluded) = actions(office.work)[-2:]
    assert (intent, announced) == ("tags.printed", {"count": 1, "phase": "intent"})
    assert (outcome, concluded["result"]) == ("tags.printed", "done")
    with pytest.raises(NotPermitted):
        tag_paper(office, PROGRAM, WORDS, ids)


def test_the_recovery_sheet_is_a_paper(office: Office) -> None:
    words = ("あいこくしん",) * 24
    assert recovery_paper(WORDS, "みほんの里", "store", START.date(), words)[:5] == b"%PDF-"


def test_a_folder_is_a_backup_place_from_its_first_verified_backup_on(
    office: Office, boss: Actor, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good", tmp_path / "file" / "x"
    good.mkdir()
    (tmp_path / "file").write_text("")
    facts = backup_into(office, boss, good)
    assert facts.path.parent == good
    with pytest.raises(FacilityError) as refused:
        backup_into(office, boss, bad)
    assert not isinstance(refused.value, DatabaseUnreachable)
    assert office.ask(PROGRAM, read_opened).settings.backup_folders == (str(good),)
    assert [action for action, _ in actions(office.work)][-3:] == [
        "backup.made",
        "backup.verified",
        "settings.changed",
    ]
