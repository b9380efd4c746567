"""The vault that was opened: where it lies, and what its file and its officers' locks need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault import file, keys
from facility_app.vault.errors import VaultOutdated
from facility_app.vault.format import Vault

_SAVES = 3
"""How often a change is made anew where another computer saved the same vault in between."""


@dataclass(frozen=True)
class Place:
    """One vault.  Its file is read anew for every act, so nothing of it goes stale."""

    folder: Path
    store_id: str
    file_key: bytes = field(repr=False)
    pepper: Secret
    cost: PassphraseCost

    @classmethod
    def at(cls, folder: Path, store_id: str, device: Secret, cost: PassphraseCost) -> Place:
        """The keys of this computer for the vault in `folder`; the caller wipes `device`."""
        return cls(folder, store_id, keys.file_key(device), keys.officer_pepper(device), cost)

    def load(self) -> Vault:
        """See `file.load`."""
        return file.load(self.folder, self.file_key, self.store_id)

    def save(self, vault: Vault, *, keep_previous: bool = True) -> None:
        """See `file.save`."""
        file.save(self.folder, vault, self.file_key, keep_previous=keep_previous)

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
