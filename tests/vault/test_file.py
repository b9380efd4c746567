"""The files of a vault: replaced as a whole, one generation kept, an erased PIN in neither."""

from __future__ import annotations

import os
import random
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from facility_app.errors import VaultError
from facility_app.vault import file
from facility_app.vault.errors import (
    VaultDamaged,
    VaultExists,
    VaultForeign,
    VaultMissing,
    VaultNotWritable,
    VaultOutdated,
    VaultVersionUnknown,
)
from facility_app.vault.file import (
    FILE_NAME,
    LARGEST,
    PREVIOUS_NAME,
    create,
    inspect,
    load,
    load_previous,
    remove,
    save,
)
from facility_app.vault.turn import LOCK_NAME, turn
from tests.vault.test_format import coded
from tests.vault.world import FILE_KEY, STORE_ID, World, entry_id, make_world


@pytest.fixture
def world() -> World:
    return make_world(2, 2, {1: "4821"})


def current(folder: Path) -> Path:
    return folder / FILE_NAME


def previous(folder: Path) -> Path:
    return folder / PREVIOUS_NAME


def names(folder: Path) -> set[str]:
    """But for the file that is only locked."""
    return {path.name for path in folder.iterdir()} - {LOCK_NAME}


def two_generations(folder: Path, world: World) -> None:
    """Generation 2 with entry 1, then generation 3 with entry 2 too."""
    create(folder, world.vault, FILE_KEY)
    world.deposit(2, "7730")
    save(folder, world.vault, FILE_KEY)


def test_a_vault_is_saved_and_loaded(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    assert names(tmp_path) == {FILE_NAME}
    assert load(tmp_path, FILE_KEY, STORE_ID) == world.vault
    assert current(tmp_path).stat().st_mode & 0o077 == 0


def test_exactly_one_previous_generation_is_kept(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    former = [world.vault]
    for number in range(2, 6):
        world.deposit(number, "7730")
        save(tmp_path, world.vault, FILE_KEY)
        assert load(tmp_path, FILE_KEY, STORE_ID) == world.vault
        assert load_previous(tmp_path, FILE_KEY, STORE_ID) == former[-1]
        former.append(world.vault)
    assert names(tmp_path) == {FILE_NAME, PREVIOUS_NAME}


def test_an_erased_entry_stands_in_neither_generation(tmp_path: Path, world: World) -> None:
    two_generations(tmp_path, world)
    sealed = world.vault.entries[entry_id(1)].sealed
    save(tmp_path, world.vault.without([entry_id(1)]), FILE_KEY, keep_previous=False)
    for path in tmp_path.iterdir():
        assert sealed not in path.read_bytes()
    for vault in (load(tmp_path, FILE_KEY, STORE_ID), load_previous(tmp_path, FILE_KEY, STORE_ID)):
        assert (set(vault.entries), vault.generation) == ({entry_id(2)}, 4)


def test_a_vault_says_its_facts_unopened(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    assert inspect(tmp_path, FILE_KEY, STORE_ID).previous_generation is None
    world.deposit(2, "7730")
    save(tmp_path, world.vault, FILE_KEY)
    summary = inspect(tmp_path, FILE_KEY, STORE_ID)
    assert (summary.generation, summary.previous_generation) == (3, 2)
    assert summary.vault_id == world.header.vault_id.hex()
    assert summary.key_id == world.header.key_id.hex()
    assert (summary.threshold, summary.officers, summary.recovery_shares) == (2, (1, 2), 3)
    assert summary.entries == tuple(sorted(entry_id(each).hex() for each in (1, 2)))


def test_another_vaults_file_is_no_previous_generation(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    other = tmp_path / "other"
    other.mkdir()
    create(other, make_world(1, 1).vault, FILE_KEY)
    current(other).replace(previous(tmp_path))
    assert inspect(tmp_path, FILE_KEY, STORE_ID).previous_generation is None


def test_what_is_not_there_is_missing(tmp_path: Path, world: World) -> None:
    nowhere = tmp_path / "drive that is not plugged in"
    for folder in (tmp_path, nowhere):
        for read in (load, load_previous, inspect):
            with pytest.raises(VaultMissing) as caught:
                read(folder, FILE_KEY, STORE_ID)
            assert caught.value.facts() == {"folder": str(folder)}
    with pytest.raises(VaultMissing):
        save(nowhere, world.vault, FILE_KEY)
    remove(nowhere)


def damages(data: bytes) -> list[bytes]:
    chance = random.Random(4)
    flipped = []
    for _ in range(60):
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        flipped.append(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
    at = data.index(STORE_ID.encode())
    flipped.append(data[:at] + b"f" + data[at + 1 :])  # looks like another store's
    flipped.append(data[:9] + b"\2" + data[10:])  # looks like a newer version
    return flipped + [data[:length] for length in (0, 1, 25, 26, 5000, len(data) - 1)]


def test_a_damaged_file_is_refused_and_a_sound_previous_one_offered(
    tmp_path: Path, world: World
) -> None:
    two_generations(tmp_path, world)
    data = current(tmp_path).read_bytes()
    for damaged in damages(data):
        current(tmp_path).write_bytes(damaged)
        with pytest.raises(VaultDamaged) as caught:
            load(tmp_path, FILE_KEY, STORE_ID)
        assert caught.value.facts() == {"previous": True}
    current(tmp_path).unlink()
    with pytest.raises(VaultDamaged) as caught:
        load(tmp_path, FILE_KEY, STORE_ID)
    assert caught.value.previous
    assert set(load_previous(tmp_path, FILE_KEY, STORE_ID).entries) == {entry_id(1)}


def test_a_damaged_previous_one_is_not_offered(tmp_path: Path, world: World) -> None:
    two_generations(tmp_path, world)
    data = current(tmp_path).read_bytes()
    for damaged in damages(data):
        for path in (current(tmp_path), previous(tmp_path)):
            path.write_bytes(damaged)
        with pytest.raises(VaultError) as caught:
            load(tmp_path, FILE_KEY, STORE_ID)
        assert not caught.value.facts().get("previous", False)
        with pytest.raises((VaultDamaged, VaultForeign)):
            load_previous(tmp_path, FILE_KEY, STORE_ID)


def test_a_file_too_large_for_a_vault_is_not_read(tmp_path: Path) -> None:
    with current(tmp_path).open("wb") as handle:
        handle.truncate(LARGEST + 1)
    with pytest.raises(VaultDamaged):
        load(tmp_path, FILE_KEY, STORE_ID)


def test_the_previous_generation_is_put_in_place_above_the_lost_one(
    tmp_path: Path, world: World
) -> None:
    two_generations(tmp_path, world)
    current(tmp_path).write_bytes(current(tmp_path).read_bytes()[:-1])
    back = replace(load_previous(tmp_path, FILE_KEY, STORE_ID), generation=4)
    kept = previous(tmp_path).read_bytes()
    save(tmp_path, back, FILE_KEY)
    assert load(tmp_path, FILE_KEY, STORE_ID) == back
    assert previous(tmp_path).read_bytes() == kept  # the damaged one did not take its place


def test_a_newer_programs_vault_is_left_alone(tmp_path: Path, world: World) -> None:
    two_generations(tmp_path, world)
    content = current(tmp_path).read_bytes()[:-32]
    newer = coded(content[:9] + b"\2" + content[10:])
    current(tmp_path).write_bytes(newer)
    with pytest.raises(VaultVersionUnknown):
        load(tmp_path, FILE_KEY, STORE_ID)
    with pytest.raises(VaultExists):
        save(tmp_path, world.vault.next(), FILE_KEY)
    assert current(tmp_path).read_bytes() == newer


def test_another_vault_is_not_written_over(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    other = make_world(1, 1).vault
    foreign = replace(other, header=replace(other.header, store_id="another store"))
    for vault in (other, foreign):
        with pytest.raises(VaultExists):
            create(tmp_path, vault, FILE_KEY)
        with pytest.raises(VaultExists):
            save(tmp_path, replace(vault, generation=9), FILE_KEY)
    current(tmp_path).rename(previous(tmp_path))
    with pytest.raises(VaultExists):
        create(tmp_path, other, FILE_KEY)
    assert load_previous(tmp_path, FILE_KEY, STORE_ID) == world.vault


def test_a_copied_vault_is_another_stores(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    with pytest.raises(VaultForeign):
        load(tmp_path, b"file key of another computer 32b", "another store")
    with pytest.raises(VaultError):
        load(tmp_path, b"file key of another computer 32b", STORE_ID)


def test_what_somebody_saved_meanwhile_is_not_lost(tmp_path: Path, world: World) -> None:
    two_generations(tmp_path, world)
    for generation in (1, 2, 3):
        with pytest.raises(VaultOutdated) as caught:
            save(tmp_path, replace(world.vault, generation=generation), FILE_KEY)
        assert caught.value.facts() == {"generation": generation, "expected": 4}
    save(tmp_path, replace(world.vault, generation=4), FILE_KEY)


def test_two_computers_save_one_after_the_other(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    with turn(tmp_path):
        with pytest.raises(TimeoutError), turn(tmp_path, waits_s=0.05):
            pass
        waiting = threading.Thread(target=save, args=(tmp_path, world.vault.next(), FILE_KEY))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        assert load(tmp_path, FILE_KEY, STORE_ID) == world.vault
    waiting.join(10)
    assert load(tmp_path, FILE_KEY, STORE_ID) == world.vault.next()


def test_a_folder_that_cannot_be_locked_is_not_written(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    (tmp_path / LOCK_NAME).unlink()
    (tmp_path / LOCK_NAME).mkdir()
    with pytest.raises(VaultNotWritable):
        save(tmp_path, world.vault.next(), FILE_KEY)
    assert load(tmp_path, FILE_KEY, STORE_ID) == world.vault


def test_drafts_of_a_killed_process_are_swept(tmp_path: Path, world: World) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    for name in (f".{FILE_NAME}.x1y2", f".{PREVIOUS_NAME}.x1y2"):
        (tmp_path / name).write_bytes(b"half a vault")
    (tmp_path / "letter.txt").write_bytes(b"not ours")
    save(tmp_path, world.vault.next(), FILE_KEY)
    assert names(tmp_path) == {FILE_NAME, PREVIOUS_NAME, "letter.txt"}


def test_a_vault_is_removed_with_all_its_files(tmp_path: Path, world: World) -> None:
    two_generations(tmp_path, world)
    (tmp_path / f".{FILE_NAME}.x1y2").write_bytes(b"half a vault")
    (tmp_path / "letter.txt").write_bytes(b"not ours")
    remove(tmp_path)
    assert names(tmp_path) == {"letter.txt"}
    remove(tmp_path)


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_lost(
    tmp_path: Path, world: World
) -> None:
    create(tmp_path, world.vault, FILE_KEY)
    previous(tmp_path).mkdir()  # a folder cannot be replaced by a file, not even by root
    (previous(tmp_path) / "in the way").touch()
    before = current(tmp_path).read_bytes()
    for keep in (True, False):
        with pytest.raises(VaultNotWritable):
            save(tmp_path, world.vault.next(), FILE_KEY, keep_previous=keep)
        if keep:
            assert current(tmp_path).read_bytes() == before
    with pytest.raises(VaultNotWritable):
        remove(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(tmp_path: Path, world: World) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(VaultNotWritable):
            create(tmp_path, world.vault, FILE_KEY)
    finally:
        tmp_path.chmod(0o700)


def test_the_files_have_the_names_of_the_page() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "vault-format.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in (file.FILE_NAME, file.PREVIOUS_NAME))
