"""``vault check`` with real files: what it says, and what it ends with."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from facility_app.cli import main
from facility_app.db.models import VaultEntryRow, VaultRow
from facility_app.domain.pins import EntryState
from facility_app.secret import Secret
from facility_app.services.store_setup import KeyPlace, move_key
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME
from tests.services.pin_world import OTHER_PIN, PIN, PinWorld, pin_world
from tests.services.store_world import CHEAP

PASSPHRASE = "さくら かなもの えんぴつ いぬ"
Check = Callable[..., dict[str, Any]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    """A store under a passphrase, so that a command can open it beside the window."""
    with pin_world(tmp_path) as world:
        with Secret.from_text(PASSPHRASE) as typed:
            move_key(world.data, KeyPlace(world.keys), KeyPlace(world.keys, typed, CHEAP))
        yield world


@pytest.fixture
def check(world: PinWorld, capsys, monkeypatch) -> Check:
    def run(code: int = 0) -> dict[str, Any]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
        capsys.readouterr()
        words = ["vault", "check", "--json", "--data", str(world.data.path), "--passphrase-stdin"]
        got = main(words)
        out, err = capsys.readouterr()
        assert got == code, out + err
        found: dict[str, Any] = json.loads(out)
        return found

    return run


def change(world: PinWorld, statement: Any) -> None:
    """Change the database behind the program's back."""
    with Session(world.office.work.engine.execution_options(writes=True)) as session:
        session.execute(statement)
        session.commit()


def test_a_vault_that_is_off_is_sound(check: Check) -> None:
    assert check() == {"on": False, "sound": True}


def test_it_says_what_stands_in_the_header_and_no_more(
    world: PinWorld, check: Check, capsys
) -> None:
    world.switch_on()
    view = world.deposit()
    found = check()
    vault = world.vault()
    assert found == {
        "on": True,
        "sound": True,
        "folder": str(world.drive),
        "vault": vault.vault_id,
        "key": vault.key_id,
        "generation": 2,
        "previous_generation": 1,
        "known_generation": 2,
        "threshold": 2,
        "officers": 3,
        "recovery_shares": 3,
        "entries": 1,
        "unknown": [],
        "missing": [],
        "erase_due": 0,
    }
    assert PIN not in view.entry_id
    assert world.office.vault.running  # that of the window: the command starts none


def test_entries_without_a_row_and_rows_without_an_entry_are_told(
    world: PinWorld, check: Check
) -> None:
    world.switch_on()
    first = world.deposit()
    second = world.deposit(OTHER_PIN, kind="card-info")
    stranger = "0" * 32
    change(world, delete(VaultEntryRow).where(VaultEntryRow.id == first.id))
    assert check(3)["unknown"] == [first.entry_id]
    change(
        world,
        update(VaultEntryRow).where(VaultEntryRow.id == second.id).values(entry_id=stranger),
    )
    found = check(3)
    assert (found["unknown"], found["missing"]) == (
        sorted([first.entry_id, second.entry_id]),
        [second.id],
    )


def test_what_is_still_to_be_erased_is_no_fault(world: PinWorld, check: Check) -> None:
    world.switch_on()
    view = world.deposit()
    values = {"state": EntryState.ERASE_DUE}
    change(world, update(VaultEntryRow).where(VaultEntryRow.id == view.id).values(**values))
    assert check()["erase_due"] == 1
    erased = {"state": EntryState.ERASED}
    change(world, update(VaultEntryRow).where(VaultEntryRow.id == view.id).values(**erased))
    assert check(3)["unknown"] == [view.entry_id]


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        (lambda world: world.drive.rename(world.drive.with_name("away")), "vault.missing"),
        (lambda world: flip(world.drive), "vault.damaged"),
        (lambda world: change(world, update(VaultRow).values(generation=9)), "vault.outdated"),
        (lambda world: change(world, update(VaultRow).values(vault_id="0")), "vault.foreign"),
    ],
)
def test_a_file_that_is_not_the_known_one_ends_with_five(
    world: PinWorld, check: Check, damage: Callable[[PinWorld], Any], key: str
) -> None:
    world.switch_on()
    damage(world)
    assert check(5)["error"]["key"] == key


def flip(drive: Path) -> None:
    for name in (FILE_NAME, PREVIOUS_NAME):
        if (drive / name).exists():
            whole = bytearray((drive / name).read_bytes())
            whole[len(whole) // 2] ^= 1
            (drive / name).write_bytes(whole)


def test_it_tells_a_person_in_words(world: PinWorld, capsys, monkeypatch) -> None:
    world.switch_on()
    world.deposit()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert main(["vault", "check", "--data", str(world.data.path), "--passphrase-stdin"]) == 0
    out = capsys.readouterr().out
    assert "暗証番号管理者：3人" in out
    assert "台帳と合っています。" in out
    assert "見本" not in out
