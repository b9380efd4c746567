"""``db check``: whatever page is touched, and however the log ends, it is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from facility_app.app import open_office
from facility_app.db.engine import DatabaseDamaged, connect
from facility_app.domain.access import PROGRAM, Actor, Identified, NotPermitted
from facility_app.keystore import DerivedKeys
from facility_app.services.checks import check_store, checkpoint_on_request
from tests.services.store_world import StoreWorld

PAGE = 4096


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    world = StoreWorld(tmp_path / "data")
    for number in range(40):
        world.note(str(number))
    yield world
    world.close()


def sound(world: StoreWorld) -> bool:
    """Whether the store opens and its check finds nothing."""
    try:
        office = open_office(world.data, world.keys, exclusive=False)
    except DatabaseDamaged:
        return False
    try:
        return check_store(office, PROGRAM).sound
    finally:
        office.close()


def test_a_flipped_bit_in_any_page_is_noticed(world: StoreWorld) -> None:
    world.close()
    whole = world.data.database.read_bytes()
    count = len(whole) // PAGE
    random = Random(20261120)
    for page in {0, 1, count - 1, *random.sample(range(count), 9)}:
        at = page * PAGE + random.randrange(PAGE - 16 if page else 16, PAGE)
        world.data.database.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert not sound(world), f"page {page + 1}"
    world.data.database.write_bytes(whole)
    assert sound(world)


@pytest.mark.parametrize("left", [0, 100, PAGE, 7 * PAGE, 7 * PAGE + 50])
def test_a_file_cut_off_anywhere_is_noticed(world: StoreWorld, left: int) -> None:
    world.close()
    whole = world.data.database.read_bytes()
    world.data.database.write_bytes(whole[:left])
    assert not sound(world)


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TRIGGER audit_entry_no_delete"],
        ["DROP TRIGGER audit_entry_no_delete", "DELETE FROM audit_entry WHERE seq > 30"],
        ["DROP TRIGGER audit_head_grows", "UPDATE audit_head SET size = 3"],
        ["PRAGMA foreign_keys = OFF", "INSERT INTO resident_key VALUES (99, 'k')"],
    ],
)
def test_a_change_behind_the_programs_back_is_noticed(
    world: StoreWorld, statements: list[str]
) -> None:
    world.close()
    connection = connect(world.data.database, DerivedKeys(world.root).database)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    assert not sound(world)


def test_a_sound_store_tells_size_and_root_as_a_checkpoint_does(world: StoreWorld) -> None:
    found = check_store(world.office, PROGRAM)
    made = world.office.do(PROGRAM, checkpoint_on_request)
    assert found.sound
    assert (found.size, found.root) == (made.size, made.root)


def test_who_may_not_verify_may_not_check(world: StoreWorld) -> None:
    with pytest.raises(NotPermitted):
        check_store(world.office, Actor(None, "x", Identified.NUMBER))
