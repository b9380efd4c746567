"""A folder becomes a place for checkpoints when it holds the newest, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from facility_app.domain.access import PROGRAM, Actor, NotPermitted, Role
from facility_app.services.checkpoint_places import (
    forget_checkpoint_folder,
    keep_checkpoints_in,
    set_aside,
)
from facility_app.services.checkpoint_sinks import (
    CheckpointContradicted,
    SinkProblem,
    SinkState,
    sink_state,
)
from facility_app.services.closing import read_opened
from facility_app.services.export_place import ExportPlaceInside, ExportPlaceUnusable
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.settings import SettingOutOfRange
from facility_app.services.staff import NewStaff, add_staff
from tests.services.store_world import StoreWorld

PASSWORD = "wisteria over the gate"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    made = StoreWorld(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def manager(world: StoreWorld) -> Actor:
    office = world.office
    staff = NewStaff("1001", "見本 恵", password=PASSWORD)
    number = office.do(PROGRAM, add_staff, staff, office.cost)
    office.do(PROGRAM, grant_role, NewGrant(number, Role.MANAGER, date(2026, 1, 1)))
    return office.unlock("1001", PASSWORD)


def places(world: StoreWorld) -> tuple[str, ...]:
    return world.office.ask(PROGRAM, read_opened).settings.checkpoint_folders


def folders(tmp_path: Path, *names: str) -> list[Path]:
    made = [tmp_path / name for name in names]
    for each in made:
        each.mkdir()
    return made


def test_a_folder_is_filled_and_then_kept(
    world: StoreWorld, manager: Actor, tmp_path: Path
) -> None:
    one, two, three = folders(tmp_path, "one", "two", "three")
    for _ in range(2):  # naming it again changes nothing
        assert keep_checkpoints_in(world.office, manager, one) == SinkState(one, 1)
    keep_checkpoints_in(world.office, manager, two)
    assert places(world) == (str(one), str(two))
    assert len(list(two.rglob("*.txt"))) == 1
    with pytest.raises(SettingOutOfRange):
        keep_checkpoints_in(world.office, manager, three)
    world.office.do(manager, forget_checkpoint_folder, str(one))
    assert places(world) == (str(two),)
    assert len(list(one.rglob("*.txt"))) == 1


def test_a_place_that_will_not_do_does_not_become_one(
    world: StoreWorld, manager: Actor, tmp_path: Path
) -> None:
    (stick,) = folders(tmp_path, "stick")
    with pytest.raises(ExportPlaceInside):
        keep_checkpoints_in(world.office, manager, world.data.path)
    with pytest.raises(ExportPlaceUnusable):
        keep_checkpoints_in(world.office, manager, tmp_path / "none")
    origin = world.office.work.signer.verifier.origin.rpartition("/")[2]
    own = stick / f"checkpoints-{origin}"
    own.write_text("in the way")
    with pytest.raises(ExportPlaceUnusable):
        keep_checkpoints_in(world.office, manager, stick)
    own.unlink()
    (own / "2026-11").mkdir(parents=True)
    strange = own / "2026-11" / f"{2:012d}-{bytes(32).hex()}.txt"
    strange.write_text(world.office.work.signer.sign(2, bytes(32)), "utf-8")
    with pytest.raises(CheckpointContradicted):
        keep_checkpoints_in(world.office, manager, stick)
    assert places(world) == ()


def test_checkpoints_of_a_past_that_was_restored_away_are_set_aside(
    world: StoreWorld, manager: Actor, tmp_path: Path
) -> None:
    (stick,) = folders(tmp_path, "stick")
    keep_checkpoints_in(world.office, manager, stick)
    (own,) = stick.iterdir()
    strange = own / "2026-11" / f"{999:012d}-{bytes(32).hex()}.txt"
    assert world.office.work.signer is not None
    strange.write_text(world.office.work.signer.sign(999, bytes(32)), "utf-8")
    (ahead,) = sink_state(world.office)
    assert ahead.problem is SinkProblem.AHEAD
    with pytest.raises(NotPermitted):
        set_aside(world.office, PROGRAM, stick)
    assert set_aside(world.office, manager, stick) == SinkState(stick, 1)
    assert [state.problem for state in sink_state(world.office)] == [None]
    assert sorted(each.name for each in stick.iterdir()) == [
        own.name,
        f"{own.name}-until-20261120T010000Z",
    ]
    assert world.actions()[-2:] == ["checkpoint.set_aside", "checkpoint.set_aside"]
    with pytest.raises(ExportPlaceUnusable):
        set_aside(world.office, manager, tmp_path / "none")


def test_only_who_manages_settings_names_a_place(world: StoreWorld, tmp_path: Path) -> None:
    (stick,) = folders(tmp_path, "stick")
    with pytest.raises(NotPermitted):
        keep_checkpoints_in(world.office, PROGRAM, stick)
    assert not list(stick.iterdir())
