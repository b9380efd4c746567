"""The vault's files in their folder: the current generation, and the one before it.

Both are only ever replaced as a whole by a file that is already on the disk, and the former
generation is put aside first. So a crash or a power cut at any moment leaves a whole file under
both names, and what was acknowledged is in the current one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facility_app.config import replace_file, sync_folder
from facility_app.errors import VaultError
from facility_app.vault.errors import (
    VaultDamaged,
    VaultExists,
    VaultForeign,
    VaultMissing,
    VaultNotWritable,
    VaultOutdated,
    VaultVersionUnknown,
)
from facility_app.vault.format import Entries, Vault, decode, encode
from facility_app.vault.turn import LOCK_NAME, turn

FILE_NAME = "pins.vault"
PREVIOUS_NAME = "pins.vault.previous"
LARGEST = 256 << 20
"""Bytes; a larger file is no vault of ours."""


@dataclass(frozen=True)
class Summary:
    """What a vault says without being opened; ids in hexadecimal.

    previous_generation: that of a sound file of the same vault under the second name, else None.
    versions: of `entries`, in the same order.
    """

    vault_id: str
    key_id: str
    generation: int
    previous_generation: int | None
    threshold: int
    officers: tuple[int, ...]
    entries: tuple[str, ...]
    versions: tuple[int, ...]
    recovery_shares: int

    @property
    def version_of(self) -> dict[str, int]:
        """The version of every entry, by its id."""
        return dict(zip(self.entries, self.versions, strict=True))


def load(folder: Path, file_key: bytes, store_id: str) -> Vault:
    """The current generation.

    Raises VaultMissing, VaultForeign, VaultVersionUnknown, VaultDamaged. Where the current file is
    lost, damaged or not ours and the one beside it is sound, VaultDamaged offers that one.
    """
    try:
        return _read(folder, FILE_NAME, file_key, store_id)
    except VaultVersionUnknown:
        raise  # authentic and newer: going back would lose what the newer program wrote
    except VaultError as exc:
        if _sound(folder, PREVIOUS_NAME, file_key, store_id) is None:
            raise
        raise VaultDamaged(previous=True) from exc


def load_previous(folder: Path, file_key: bytes, store_id: str) -> Vault:
    """The generation before.

    Raises VaultMissing, VaultForeign, VaultVersionUnknown, VaultDamaged.
    """
    return _read(folder, PREVIOUS_NAME, file_key, store_id)


def create(folder: Path, vault: Vault, file_key: bytes) -> None:
    """The first save of a new vault.

    Raises VaultExists where any vault lies in the folder, whole or not; as `save` besides.
    """
    if any((folder / name).exists() for name in (FILE_NAME, PREVIOUS_NAME)):
        raise VaultExists
    save(folder, vault, file_key)


def save(folder: Path, vault: Vault, file_key: bytes, *, keep_previous: bool = True) -> None:
    """Put `vault` in place; it is on the disk when this returns.

    The former generation goes to the second name where it is sound; a damaged one does not take the
    place of a sound one. Without `keep_previous` (an entry was erased or replaced, officers or a
    passphrase were changed) the second name gets this same generation, so that what went stands in
    neither; repeat the save where it did not return. Raises VaultMissing, VaultNotWritable;
    VaultExists where another vault lies there; VaultOutdated where somebody saved this or a later
    generation meanwhile.
    """
    content = encode(vault, file_key)
    if not folder.is_dir():
        raise VaultMissing(str(folder))
    try:
        with turn(folder):
            former = _former(folder, vault, file_key)
            _sweep(folder)
            if keep_previous and former is not None:
                replace_file(folder / PREVIOUS_NAME, former)
            replace_file(folder / FILE_NAME, content)
            if not keep_previous:
                replace_file(folder / PREVIOUS_NAME, content)
    except OSError as exc:
        raise VaultNotWritable from exc


def remove(folder: Path) -> None:
    """Delete both generations; nothing happens where there are none.  Raises VaultNotWritable."""
    if not folder.is_dir():
        return
    try:
        with turn(folder):
            _sweep(folder)
            for name in (FILE_NAME, PREVIOUS_NAME):
                (folder / name).unlink(missing_ok=True)
        (folder / LOCK_NAME).unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as exc:
        raise VaultNotWritable from exc


def inspect(folder: Path, file_key: bytes, store_id: str) -> Summary:
    """What the current generation says; opens no PIN.  Raises as `load`."""
    vault = load(folder, file_key, store_id)
    previous = _sound(folder, PREVIOUS_NAME, file_key, store_id)
    same = previous is not None and previous.header.vault_id == vault.header.vault_id
    return summary_of(vault, previous.generation if previous is not None and same else None)


def summary_of(vault: Vault, previous_generation: int | None = None) -> Summary:
    """The public facts of a vault at hand."""
    header = vault.header
    return Summary(
        vault_id=header.vault_id.hex(),
        key_id=header.key_id.hex(),
        generation=vault.generation,
        previous_generation=previous_generation,
        threshold=header.threshold,
        officers=tuple(slot.staff_id for slot in header.slots),
        entries=tuple(entry_id.hex() for entry_id in vault.entries),
        versions=Entries.of(vault.entries).versions(),
        recovery_shares=len(header.recovery_digests),
    )


def _read(folder: Path, name: str, file_key: bytes, store_id: str) -> Vault:
    return decode(_bytes(folder, name), file_key, store_id)


def _bytes(folder: Path, name: str) -> bytes:
    path = folder / name
    try:
        if path.stat().st_size > LARGEST:
            raise VaultDamaged
        return path.read_bytes()
    except OSError as exc:
        raise VaultMissing(str(folder)) from exc


def _sound(folder: Path, name: str, file_key: bytes, store_id: str) -> Vault | None:
    try:
        return _read(folder, name, file_key, store_id)
    except VaultError:
        return None


def _former(folder: Path, vault: Vault, file_key: bytes) -> bytes | None:
    """The bytes that `vault` follows; None where there are none, or they are damaged.

    Raises VaultExists, VaultOutdated.
    """
    try:
        data = _bytes(folder, FILE_NAME)
        found = decode(data, file_key, vault.header.store_id)
    except (VaultForeign, VaultVersionUnknown) as exc:
        raise VaultExists from exc
    except VaultError:
        return None
    if found.header.vault_id != vault.header.vault_id:
        raise VaultExists
    if found.generation >= vault.generation:
        raise VaultOutdated(vault.generation, found.generation + 1)
    return data


def _sweep(folder: Path) -> None:
    """Delete drafts that a killed process left; the names are those of `config.replacing`."""
    for draft in folder.glob(f".{FILE_NAME}*"):
        draft.unlink(missing_ok=True)
