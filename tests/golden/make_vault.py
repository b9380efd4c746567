"""Makes the known-answer vaults of format 1: ``python -m tests.golden.make_vault``.

Each folder of ``tests/golden/vault-1`` gets a vault file and ``known.json``: everything that went
in, so that another implementation can check each step. Every later version of the program must open
them; they are made once and never again. All of it is invented.
"""

from __future__ import annotations

import json
from pathlib import Path

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault.file import FILE_NAME, create
from facility_app.vault.format import EntryRecord
from facility_app.vault.keys import EntryPlace, file_key, officer_pepper, seal_entry
from facility_app.vault.officers import OfficerKey, make_officer, recover
from facility_app.vault.renewal import empty_vault, found, new_vault_id

FOLDER = Path(__file__).parent / "vault-1"
COST = PassphraseCost(64 * 1024, 3, 4, minimum=10)
PASSPHRASES = {3: "correct horse battery", 7: "あいことば 見本 第七", 12: "Ünïcode passphrase 12"}
ENTRIES = (
    (101, "user_auth", 1, "0000"),
    (101, "card_info", 3, "9090"),
    (102, "sixteen_letters", 1, "AB12CD34EF56GH78"),
    (2**40, "a" * 32, 2**31, "例" * 21),
)


def make(name: str, staff: tuple[int, ...], threshold: int) -> None:
    """Write one vault and what is known about it."""
    folder = FOLDER / name
    folder.mkdir(parents=True)
    device, vault_id = Secret.random(32), new_vault_id()
    store_id = Secret.random(16).view().hex()
    made = found(
        vault_id, store_id, _officers(vault_id, device, staff), threshold, "2026-11-27T23:30:00Z"
    )
    vault, pins = empty_vault(made.header), {}
    for resident, kind, version, pin in ENTRIES:
        entry_id = Secret.random(16).copy_bytes()
        place = EntryPlace(vault_id, made.header.key_id, entry_id, resident, kind, version)
        sealed = seal_entry(made.header.public_key, place, Secret.from_text(pin))
        vault = vault.with_entry(EntryRecord(entry_id, resident, kind, version, sealed))
        pins[entry_id.hex()] = {"resident": resident, "kind": kind, "version": version, "pin": pin}
    create(folder, vault, file_key(device))
    known = {
        "device": device.view().hex(),
        "store_id": store_id,
        "vault_id": vault_id.hex(),
        "key_id": made.header.key_id.hex(),
        "generation": vault.generation,
        "threshold": threshold,
        "file_key": file_key(device).hex(),
        "officer_pepper": officer_pepper(device).view().hex(),
        "root_secret": recover(made.recovery, made.header).view().hex(),
        "passphrases": {str(each): PASSPHRASES[each] for each in staff},
        "recovery_shares": [share.copy_bytes().decode() for share in made.recovery],
        "entries": pins,
    }
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "known.json").write_text(text + "\n", encoding="utf-8")
    assert (folder / FILE_NAME).exists()


def _officers(vault_id: bytes, device: Secret, staff: tuple[int, ...]) -> list[OfficerKey]:
    pepper = officer_pepper(device)
    return [
        make_officer(vault_id, each, Secret.from_text(PASSPHRASES[each]), pepper, COST)
        for each in staff
    ]


if __name__ == "__main__":
    make("two-of-three", (3, 7, 12), 2)
    make("one-alone", (7, 12), 1)
