"""The sample facility: the same every time, in a real store, and kept where that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facility_app.audit.query import LogFilter, page
from facility_app.audit.work import Reading
from facility_app.demo.clock import DemoClock
from facility_app.demo.hands import Story
from facility_app.demo.outcome import DayIncomplete, check_day
from facility_app.demo.people import PASSWORD, STAFF
from facility_app.demo.pouches import pouches
from facility_app.demo.store import (
    OPENS_AT,
    SampleStore,
    kept_sample_store,
    make_sample_store,
)
from facility_app.domain.access import PROGRAM, Permission
from facility_app.keystore import RootSecretMissing
from facility_app.services.log_check import check_log

DAYS = 4


def log_of(store: SampleStore) -> list[tuple[object, ...]]:
    """What happened to whom and when, without what a machine adds."""

    def read(reading: Reading) -> list[tuple[object, ...]]:
        reading.require(Permission.MAKE_CHECKPOINT)
        entries = page(reading.connection, LogFilter(), limit=10_000).entries
        return [(e.seq, e.at, e.actor, e.action, e.subject, e.resident, e.items) for e in entries]

    office = store.open()
    try:
        return office.ask(PROGRAM, read)
    finally:
        office.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> SampleStore:
    folder = tmp_path_factory.mktemp("kept") / "store"
    return make_sample_store(folder, history_days=DAYS, keep=True)


def test_the_same_facility_and_the_same_log_are_built_every_time(
    kept: SampleStore, tmp_path: Path
) -> None:
    said: list[str] = []
    again = make_sample_store(
        tmp_path / "store", history_days=DAYS, say=lambda key, _count: said.append(key)
    )
    assert log_of(again) == log_of(kept)
    assert said[0] == "demo-making-store"
    assert said[-1] == "demo-made-backup"


def test_the_store_is_real_and_its_log_verifies(kept: SampleStore) -> None:
    assert not kept.data.database.read_bytes().startswith(b"SQLite format 3")
    assert len(list(kept.data.backups.glob("*.backup"))) == 1
    office = kept.open()
    try:
        assert check_log(office, PROGRAM).clean
        held = office.ask(PROGRAM, pouches)
        manager = office.unlock(STAFF[0].number, PASSWORD)
    finally:
        office.close()
    assert manager.name == STAFF[0].name
    assert len(held) == 60
    assert {pouch.slot[0] for pouch in held} == set("ABCDE")
    assert any("\U000e0100" in pouch.name for pouch in held)


def test_a_kept_store_opens_again_and_its_clock_never_goes_back(kept: SampleStore) -> None:
    newest = datetime.fromisoformat(str(log_of(kept)[0][1]))
    again = kept_sample_store(kept.data.path)
    assert again is not None
    assert again.clock() >= max(OPENS_AT, newest)
    assert log_of(again)[0] == log_of(kept)[0]


def test_a_day_that_was_not_played_is_told_from_one_that_was(kept: SampleStore) -> None:
    office = kept.open()
    try:
        with pytest.raises(DayIncomplete) as told:
            check_day(office, quick=True)
    finally:
        office.close()
    assert "emergency.released (0/1)" in told.value.missing
    assert told.value.exit_code == 1


def test_an_empty_folder_keeps_nothing(tmp_path: Path) -> None:
    assert kept_sample_store(tmp_path) is None


def test_a_store_that_is_not_kept_is_opened_by_nobody_else(tmp_path: Path) -> None:
    made = make_sample_store(tmp_path / "store", history_days=0)
    made.keys.forget(_store_id(made))
    with pytest.raises(RootSecretMissing):
        made.open()


def _store_id(store: SampleStore) -> str:
    office = store.open()
    try:
        return office.keys.store_id
    finally:
        office.close()


def test_the_sample_clock_stands_until_it_runs() -> None:
    clock = DemoClock(OPENS_AT)
    assert clock() == clock() == OPENS_AT
    clock.forward(timedelta(minutes=5))
    assert clock() == OPENS_AT + timedelta(minutes=5)
    assert clock().tzinfo is UTC
    clock.run()
    assert clock() <= clock()


@pytest.mark.parametrize(
    ("answers", "half", "most"),
    [([], None, None), ([3.0], 3.0, 3.0), ([4.0, 1.0, 2.0, 3.0], 2.0, 4.0)],
)
def test_percentiles_are_answers_that_were_given(
    answers: list[float], half: float | None, most: float | None
) -> None:
    story = Story("any", keys=2, clicks=1, answers_ms=answers)
    assert story.presses == 3
    assert story.percentile(0.50) == half
    assert story.percentile(0.95) == most
