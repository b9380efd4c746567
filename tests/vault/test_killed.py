"""kill -9 at any moment of a save: what was acknowledged is there, what was erased is not."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from facility_app.vault.errors import VaultMissing
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME, create, load, load_previous
from facility_app.vault.format import Vault
from facility_app.vault.renewal import empty_vault
from facility_app.vault.turn import LOCK_NAME
from tests.vault.saver import FILE_KEY, STORE_ID, entry_of, erases, held_after, saved
from tests.vault.world import make_world

ACKNOWLEDGED = 300
ROOT = Path(__file__).parents[2]


def started(folder: Path, touch: int = 0) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.vault.saver", str(folder)]
    return subprocess.Popen(
        command + [str(touch)] * bool(touch), stdout=subprocess.PIPE, bufsize=0, cwd=ROOT
    )


def life(folder: Path, chance: random.Random) -> int:
    """Start the saver, kill it at a random moment; gives the last step it acknowledged, or 0."""
    with started(folder) as process:
        assert process.stdout is not None
        acknowledged = b""
        for _ in range(chance.randrange(25)):
            acknowledged = process.stdout.read(4) or acknowledged
        until = time.perf_counter() + chance.uniform(0, 0.004)
        while time.perf_counter() < until:
            pass
        process.kill()
        rest = process.stdout.read()
    acknowledged = (acknowledged + rest)[-4:]
    return int.from_bytes(acknowledged, "big")


def begun(folder: Path, step: int) -> Vault:
    """A vault that the saver's first steps made."""
    header = replace(make_world(1, 1).header, store_id=STORE_ID)
    vault = empty_vault(header)
    create(folder, vault, FILE_KEY)
    while vault.generation < step:
        vault = saved(folder, vault)
    return vault


def steps(vault: Vault) -> set[int]:
    assert all(entry == entry_of(entry.resident) for entry in vault.entries.values())
    return {entry.resident for entry in vault.entries.values()}


def test_no_acknowledged_entry_is_lost(tmp_path: Path) -> None:
    begun(tmp_path, 1)
    chance, acknowledged, kills = random.Random(20261120), 1, 0
    while acknowledged < ACKNOWLEDGED:
        acknowledged = max(acknowledged, life(tmp_path, chance))
        kills += 1
        vault = load(tmp_path, FILE_KEY, STORE_ID)
        assert vault.generation in (acknowledged, acknowledged + 1)
        assert steps(vault) == held_after(vault.generation)
        check_previous(tmp_path, vault, sure=vault.generation == acknowledged)
        acknowledged = vault.generation
    assert kills >= 10


def check_previous(folder: Path, vault: Vault, *, sure: bool) -> None:
    """The second file is whole too, and holds nothing whose erasure was acknowledged (`sure`)."""
    try:
        previous = load_previous(folder, FILE_KEY, STORE_ID)
    except VaultMissing:
        assert vault.generation <= 2
        return
    assert steps(previous) == held_after(previous.generation)
    assert vault.generation - previous.generation in (0, 1, 2)
    if sure and erases(vault.generation):
        assert previous == vault


@pytest.mark.parametrize("step", [7, 9])
def test_death_before_any_touch_of_a_file_leaves_the_old_or_the_new(
    tmp_path: Path, step: int
) -> None:
    """Step 8 deposits, step 10 erases what step 9 deposited."""
    found, touch = [], 0
    while True:
        touch += 1
        folder = tmp_path / str(touch)
        folder.mkdir()
        begun(folder, step)
        with started(folder, touch) as process:
            acknowledged, _ = process.communicate()
        vault = load(folder, FILE_KEY, STORE_ID)
        assert steps(vault) == held_after(vault.generation)
        check_previous(folder, vault, sure=bool(acknowledged))
        found.append(vault.generation)
        if acknowledged:
            break
        assert process.returncode == -signal.SIGKILL
        again = saved(folder, vault)  # the next save goes on, and nothing is left lying about
        there = {path.name for path in folder.iterdir()}
        assert there == {FILE_NAME, PREVIOUS_NAME, LOCK_NAME}
        check_previous(folder, again, sure=True)
    assert found == sorted(found)
    assert set(found) == {step, step + 1}
    assert len(found) > 6


def test_some_steps_of_the_saver_erase() -> None:
    assert held_after(11) == {2, 3, 6, 7, 8, 11}
    assert [step for step in range(12) if erases(step)] == [0, 5, 10]
