"""A new root secret for a vault: when it is founded, and whenever its officers change.

Everything is made anew with it: key id, key pair, shares, recovery shares, and every entry is
sealed again. So what a former officer remembers, or took away, opens nothing that is saved later.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from facility_app.secret import Secret
from facility_app.vault.format import Entries, EntryRecord, Vault
from facility_app.vault.header import ID_BYTES, Header
from facility_app.vault.keys import (
    ROOT_BYTES,
    EntryPlace,
    VaultKeys,
    open_entry,
    seal_entry,
)
from facility_app.vault.officers import OfficerKey, split


@dataclass(frozen=True)
class Founded:
    """A header under a new root secret, and the three printed shares (words, UTF-8): wipe them."""

    header: Header
    recovery: tuple[Secret, Secret, Secret]


def new_vault_id() -> bytes:
    """16 bytes by chance; officers' keys are bound to it, so it comes first."""
    return os.urandom(ID_BYTES)


def found(
    vault_id: bytes, store_id: str, officers: Sequence[OfficerKey], threshold: int, made_at: str
) -> Founded:
    """A new root secret, split among `officers`; it exists nowhere else when this returns.

    made_at: UTC, ISO 8601. Raises NotEnoughOfficers; VaultDamaged for a public key that is none.
    """
    key_id = os.urandom(ID_BYTES)
    with Secret.random(ROOT_BYTES) as root:
        parts = split(root, vault_id, key_id, officers, threshold)
        keys = VaultKeys(root)
        header = Header(
            vault_id=vault_id,
            store_id=store_id,
            key_id=key_id,
            public_key=keys.public_key,
            threshold=threshold,
            slots=parts.slots,
            recovery_digests=parts.recovery_digests,
            made_at=made_at,
        )
        vouched = replace(header, root_code=keys.root_code(header))
        keys.wipe()
    return Founded(vouched, parts.recovery)


def empty_vault(header: Header) -> Vault:
    """The first generation."""
    return Vault(header, 1, Entries({}))


def renew(vault: Vault, keys: VaultKeys, header: Header) -> Vault:
    """The next generation under a new header: every entry opened with `keys` and sealed again.

    About half a millisecond an entry. Raises VaultDamaged where one does not open; nothing of it is
    written by then.
    """
    entries = {
        entry_id: _resealed(entry, vault.header, keys, header)
        for entry_id, entry in vault.entries.items()
    }
    return vault.next(header=header, entries=Entries.of(entries))


def _resealed(entry: EntryRecord, old: Header, keys: VaultKeys, new: Header) -> EntryRecord:
    with open_entry(keys, EntryPlace.of(old, entry), entry.sealed) as pin:
        return replace(entry, sealed=seal_entry(new.public_key, EntryPlace.of(new, entry), pin))
