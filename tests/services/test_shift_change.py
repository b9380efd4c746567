"""A checkpoint at every change of shift, once, over a log that verifies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from facility_app.domain.access import PROGRAM
from facility_app.domain.clock import JST
from facility_app.services.log_check import make_checkpoint
from facility_app.services.shift_change import (
    checkpoint_at_shift_change,
    shift_change_due,
    sign_shift,
)
from tests.services.store_world import StoreWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    """Made on 20 November at 10:00 in Japan, with its first checkpoint."""
    made = StoreWorld(tmp_path / "data")
    yield made
    made.close()


def at(world: StoreWorld, day: int, hour: int, minute: int = 0) -> None:
    world.clock.now = datetime(2026, 11, day, hour, minute, tzinfo=JST)


def test_it_is_made_once_after_each_change(world: StoreWorld) -> None:
    made = []
    times = [(20, 20, 59), (20, 21, 20), (20, 23, 0), (21, 5, 59), (21, 6, 10), (21, 20, 0)]
    for moment in times:
        at(world, *moment)
        made.append(sign_shift(world.office))
    assert [each is not None for each in made] == [False, True, False, False, True, False]
    assert {each.reason for each in made if each is not None} == {"shift"}


def test_any_checkpoint_since_the_change_serves(world: StoreWorld) -> None:
    at(world, 20, 21, 5)
    assert world.office.ask(PROGRAM, shift_change_due)
    world.office.do(PROGRAM, make_checkpoint, "lock")
    assert not world.office.ask(PROGRAM, shift_change_due)
    assert world.office.do(PROGRAM, checkpoint_at_shift_change) is None


def test_nothing_is_written_where_nothing_is_due(world: StoreWorld) -> None:
    before = world.actions()
    assert sign_shift(world.office) is None
    assert world.office.do(PROGRAM, checkpoint_at_shift_change) is None
    assert world.actions() == before


def test_it_is_recorded_like_every_checkpoint(world: StoreWorld) -> None:
    at(world, 20, 21)
    made = world.office.do(PROGRAM, checkpoint_at_shift_change)
    assert made is not None
    assert world.actions()[-1] == "checkpoint.made"
    assert made.size == len(world.actions()) - 1


def test_a_log_that_does_not_verify_is_not_signed(world: StoreWorld) -> None:
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql(
            "UPDATE audit_entry SET canonical = replace(canonical, '\"v\":1', '\"v\": 1')"
        )
    at(world, 20, 21)
    assert sign_shift(world.office) is None
    assert world.actions()[-1] == "log.verified"
