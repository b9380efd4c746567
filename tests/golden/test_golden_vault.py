"""Vaults of format 1 open with today's code, and with a second reader written from the page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from facility_app.secret import Secret
from facility_app.vault.file import FILE_NAME, inspect, load
from facility_app.vault.keys import EntryPlace, VaultKeys, file_key, officer_pepper, open_entry
from facility_app.vault.officers import check_share, combine, open_officer, open_share, recover
from tests.vault import second_reader
from tests.vault.second_reader import NotAVault

VAULTS = sorted(path.parent for path in Path(__file__).parent.glob("vault-*/*/known.json"))


def test_there_are_golden_vaults() -> None:
    assert len(VAULTS) >= 2


@pytest.fixture(params=VAULTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def known(folder: Path) -> dict:
    return json.loads((folder / "known.json").read_text(encoding="utf-8"))


def wanted_pins(known: dict) -> dict[str, str]:
    return {entry_id: entry["pin"] for entry_id, entry in known["entries"].items()}


def quorums(known: dict) -> Iterator[tuple[int, ...]]:
    return combinations(sorted(map(int, known["passphrases"])), known["threshold"])


def test_todays_code_opens_it_with_every_quorum_and_every_two_shares(
    folder: Path, known: dict
) -> None:
    device = Secret(bytes.fromhex(known["device"]))
    assert file_key(device).hex() == known["file_key"]
    assert officer_pepper(device) == Secret(bytes.fromhex(known["officer_pepper"]))
    vault = load(folder, file_key(device), known["store_id"])
    assert vault.generation == known["generation"]
    assert vault.header.vault_id.hex() == known["vault_id"]
    shares = {
        slot.staff_id: open_share(
            vault.header,
            slot,
            open_officer(
                vault.header.vault_id,
                slot,
                Secret.from_text(known["passphrases"][str(slot.staff_id)]),
                officer_pepper(device),
            ),
        )
        for slot in vault.header.slots
    }
    roots = [combine([shares[each] for each in staff], vault.header) for staff in quorums(known)]
    printed = [Secret.from_text(words) for words in known["recovery_shares"]]
    assert [check_share(share, vault.header) for share in printed] == [1, 2, 3]
    roots += [recover(two, vault.header) for two in combinations(printed, 2)]
    assert all(root == Secret(bytes.fromhex(known["root_secret"])) for root in roots)
    keys = VaultKeys.opening(vault.header, roots[0])
    found = {
        entry_id.hex(): open_entry(keys, EntryPlace.of(vault.header, entry), entry.sealed)
        .copy_bytes()
        .decode()
        for entry_id, entry in vault.entries.items()
    }
    assert found == wanted_pins(known)
    for entry_id, facts in known["entries"].items():
        entry = vault.entries[bytes.fromhex(entry_id)]
        assert (entry.resident, entry.kind, entry.version) == (
            facts["resident"],
            facts["kind"],
            facts["version"],
        )


def test_the_second_reader_opens_it_with_every_quorum_and_every_two_shares(
    folder: Path, known: dict
) -> None:
    device = bytes.fromhex(known["device"])
    file = second_reader.read((folder / FILE_NAME).read_bytes(), device, known["store_id"])
    words = {
        int(staff): second_reader.officer_share(file, int(staff), phrase, device)
        for staff, phrase in known["passphrases"].items()
    }
    sets = [[words[each] for each in staff] for staff in quorums(known)]
    sets += [list(two) for two in combinations(known["recovery_shares"], 2)]
    roots = {second_reader.root_secret(shares).hex() for shares in sets}
    assert roots == {known["root_secret"]}
    numbers = [second_reader.share_number(file, share) for share in known["recovery_shares"]]
    assert numbers == [1, 2, 3]
    pair = second_reader.vault_pair(file, bytes.fromhex(known["root_secret"]))
    found = {each.entry_id.hex(): second_reader.pin(file, pair, each) for each in file.entries}
    assert found == wanted_pins(known)


def test_the_second_reader_is_not_kinder(folder: Path, known: dict) -> None:
    device, data = bytes.fromhex(known["device"]), (folder / FILE_NAME).read_bytes()
    for wrong in (data[:-1], data[:-33] + data[-32:], bytes([data[0] ^ 1]) + data[1:]):
        with pytest.raises(NotAVault):
            second_reader.read(wrong, device, known["store_id"])
    file = second_reader.read(data, device, known["store_id"])
    pair = second_reader.vault_pair(file, bytes.fromhex(known["root_secret"]))
    first, second = file.entries[:2]
    first.sealed, second.sealed = second.sealed, first.sealed
    with pytest.raises(NotAVault):
        second_reader.pin(file, pair, first)


def test_a_golden_vault_says_its_facts_unopened(folder: Path, known: dict, tmp_path: Path) -> None:
    shutil.copy(folder / FILE_NAME, tmp_path)
    summary = inspect(tmp_path, bytes.fromhex(known["file_key"]), known["store_id"])
    assert summary.officers == tuple(sorted(map(int, known["passphrases"])))
    assert set(summary.entries) == set(known["entries"])
    assert (summary.threshold, summary.key_id) == (known["threshold"], known["key_id"])
    assert (summary.previous_generation, summary.recovery_shares) == (None, 3)
