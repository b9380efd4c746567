"""Small vaults for the tests: invented officers, cheap guesses, PINs that are no one's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault.format import EntryRecord, Vault
from facility_app.vault.header import Header, OfficerSlot
from facility_app.vault.keys import (
    EntryPlace,
    VaultKeys,
    file_key,
    officer_pepper,
    open_entry,
    seal_entry,
)
from facility_app.vault.officers import OfficerKey, combine, make_officer, open_officer, open_share
from facility_app.vault.renewal import empty_vault, found, new_vault_id

CHEAP = PassphraseCost(64, 1, 1, minimum=10, floor_kib=64, floor_iterations=1)
DEVICE = Secret(bytes(range(32)))
FILE_KEY = file_key(DEVICE)
PEPPER = officer_pepper(DEVICE)
STORE_ID = "0123456789abcdef0123456789abcdef"
MADE_AT = "2026-11-20T01:00:00Z"


def passphrase(staff_id: int) -> Secret:
    """The passphrase of an officer."""
    return Secret.from_text(f"見本の合言葉 第{staff_id}号")


def entry_id(number: int) -> bytes:
    """An id that looks like chance and is always the same."""
    return hashlib.sha256(f"entry {number}".encode()).digest()[:16]


@dataclass
class World:
    """A vault with its printed shares.  Officers are numbered from 1."""

    vault: Vault
    recovery: Sequence[Secret]
    pins: dict[bytes, str] = field(default_factory=dict)

    @property
    def header(self) -> Header:
        return self.vault.header

    def deposit(self, number: int, pin: str, kind: str = "user_auth", version: int = 1) -> bytes:
        """Deposit for resident 100 + `number`; gives the entry's id."""
        key = entry_id(number)
        place = EntryPlace(
            self.header.vault_id, self.header.key_id, key, 100 + number, kind, version
        )
        sealed = seal_entry(self.header.public_key, place, Secret.from_text(pin))
        self.vault = self.vault.with_entry(EntryRecord(key, 100 + number, kind, version, sealed))
        self.pins[key] = pin
        return key

    def share(self, staff_id: int) -> Secret:
        return share_of(self.header, staff_id)

    def root(self, staff: Sequence[int]) -> Secret:
        return combine([self.share(each) for each in staff], self.header)

    def keys(self, staff: Sequence[int] | None = None) -> VaultKeys:
        """The vault opened by these officers; by the first ones that are enough."""
        staff = staff or [slot.staff_id for slot in self.header.slots][: self.header.threshold]
        return VaultKeys.opening(self.header, self.root(staff))

    def opened(self, keys: VaultKeys | None = None) -> dict[bytes, str]:
        return opened(self.vault, keys or self.keys())


def make_world(
    officers: int = 3, threshold: int = 2, pins: Mapping[int, str] | None = None
) -> World:
    """A new vault; `pins` by number are deposited."""
    vault_id = new_vault_id()
    made = found(vault_id, STORE_ID, make_officers(vault_id, officers), threshold, MADE_AT)
    world = World(empty_vault(made.header), made.recovery)
    for number, pin in (pins or {}).items():
        world.deposit(number, pin)
    return world


def make_officers(vault_id: bytes, count: int) -> list[OfficerKey]:
    numbers = range(1, count + 1)
    return [make_officer(vault_id, each, passphrase(each), PEPPER, CHEAP) for each in numbers]


def slot_of(header: Header, staff_id: int) -> OfficerSlot:
    slot = header.slot(staff_id)
    assert slot is not None
    return slot


def share_of(header: Header, staff_id: int) -> Secret:
    """The officer's share, opened with passphrase and pepper."""
    slot = slot_of(header, staff_id)
    with open_officer(header.vault_id, slot, passphrase(staff_id), PEPPER) as seed:
        return open_share(header, slot, seed)


def opened(vault: Vault, keys: VaultKeys) -> dict[bytes, str]:
    """Every PIN of the vault."""
    return {
        key: open_entry(keys, EntryPlace.of(vault.header, entry), entry.sealed)
        .copy_bytes()
        .decode()
        for key, entry in vault.entries.items()
    }
