"""The vault that was opened: where it lies, and what its file and its officers' locks need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault import file, keys
from facility_app.vault.errors import VaultForeign, VaultOutdated
from facility_app.vault.format import Vault

_SAVES = 3
"""How often a change is made anew where another computer saved the same vault in between."""


@dataclass
class Seen:
    """The vault that was found in a place, and its newest generation: what lies there later is the
    same one and no older."""

    vault_id: str = ""
    generation: int = 0

    def note(self, vault_id: str, generation: int) -> None:
        """This was read, or saved.  Raises VaultForeign, VaultOutdated."""
        if self.vault_id and vault_id != self.vault_id:
            raise VaultForeign
        if generation < self.generation:
            raise VaultOutdated(generation, self.generation)
        self.vault_id, self.generation = vault_id, generation


@dataclass(frozen=True)
class Place:
    """One vault.  Its file is read anew for every act, so nothing of it goes stale; one that was
    put in its place meanwhile is refused."""

    folder: Path
    store_id: str
    file_key: bytes = field(repr=False)
    pepper: Secret
    cost: PassphraseCost
    seen: Seen = field(default_factory=Seen)

    @classmethod
    def at(cls, folder: Path, store_id: str, device: Secret, cost: PassphraseCost) -> Place:
        """The keys of this computer for the vault in `folder`; the caller wipes `device`."""
        return cls(folder, store_id, keys.file_key(device), keys.officer_pepper(device), cost)

    def inspect(self) -> file.Summary:
        """See `file.inspect`.  Raises VaultForeign and VaultOutdated besides."""
        summary = file.inspect(self.folder, self.file_key, self.store_id)
        self.seen.note(summary.vault_id, summary.generation)
        return summary

    def load(self) -> Vault:
        """See `file.load`.  Raises VaultForeign and VaultOutdated besides."""
        vault = file.load(self.folder, self.file_key, self.store_id)
        self.seen.note(vault.header.vault_id.hex(), vault.generation)
        return vault

    def save(self, vault: Vault, *, keep_previous: bool = True) -> None:
        """See `file.save`."""
        file.save(self.folder, vault, self.file_key, keep_previous=keep_previous)
        self.seen.note(vault.header.vault_id.hex(), vault.generation)

    def saved(self, change: Callable[[Vault], Vault], *, keep_previous: bool = True) -> int:
        """Save what `change` makes of the vault; the generation that holds it."""
        for left in reversed(range(_SAVES)):
            vault = change(self.load())
            try:
                self.save(vault, keep_previous=keep_previous)
            except VaultOutdated:
                if not left:
                    raise
            else:
                break
        return vault.generation
