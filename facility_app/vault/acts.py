"""What the vault's process does (design §7): the only code that ever holds an opened PIN."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from facility_app.cards.protocol import ReaderDriver
from facility_app.domain.clock import utc_now
from facility_app.errors import VaultError
from facility_app.keystore import PassphraseCost, PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault import file, officers, renewal
from facility_app.vault.approvals import APPROVALS_LAST_S, Approvals
from facility_app.vault.errors import (
    EntryUnknown,
    NotEnoughOfficers,
    OfficerUnknown,
    VaultDamaged,
)
from facility_app.vault.format import EntryRecord, OfficerSlot, Vault
from facility_app.vault.header import Header
from facility_app.vault.keys import EntryPlace, VaultKeys, open_entry, seal_entry
from facility_app.vault.messages import (
    Approved,
    CardPin,
    Deposit,
    ExpectedCard,
    Made,
    PinPicture,
    Presented,
)
from facility_app.vault.place import Place
from facility_app.vault.present import present


class Acts:
    """One vault and one release at a time; on one thread.  Acts are told in `client.VaultAgent`."""

    def __init__(
        self,
        readers: Callable[[], ReaderDriver],
        *,
        approvals_last_s: float = APPROVALS_LAST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._readers = readers
        self._opened_place: Place | None = None
        self.approvals = Approvals(approvals_last_s, clock)

    # --- the file ---------------------------------------------------------------------------------

    def open(
        self, folder: Path, store_id: str, device: Secret, cost: PassphraseCost
    ) -> file.Summary:
        """The place is kept also where the file is damaged, for `use_previous`."""
        here = self._move_to(Place.at(folder, store_id, device, cost))
        return here.inspect()

    def create(
        self,
        folder: Path,
        store_id: str,
        device: Secret,
        cost: PassphraseCost,
        passphrases: Mapping[int, Secret],
        threshold: int,
    ) -> Made:
        """A new vault; nothing is written before everything is made."""
        here = self._move_to(Place.at(folder, store_id, device, cost))
        vault_id = renewal.new_vault_id()
        chosen = self._new_officers(vault_id, passphrases)
        founded = renewal.found(vault_id, store_id, chosen, threshold, _now())
        with _wiped_on_error(founded.recovery):
            vault = renewal.empty_vault(founded.header)
            file.create(folder, vault, here.file_key)
            here.seen.note(vault.header.vault_id.hex(), vault.generation)
        return Made(file.summary_of(vault), founded.recovery)

    def use_previous(self, above: int) -> int:
        """Where the current file is sound it stays."""
        here = self._place
        try:
            return here.load().generation
        except VaultDamaged:
            former = file.load_previous(here.folder, here.file_key, here.store_id)
        vault = replace(former, generation=max(above, former.generation) + 1)
        here.save(vault)
        return vault.generation

    def deposit(self, place: Deposit, pin: Secret) -> int:
        """Sealed with the public key alone; the PIN whose place it takes is in no generation."""

        def with_pin(vault: Vault) -> Vault:
            entry_id = bytes.fromhex(place.entry_id)
            sealed = _sealed(vault.header, entry_id, place, pin)
            entry = EntryRecord(entry_id, place.resident, place.kind, place.version, sealed)
            former = vault.entries.get(entry_id)
            if former is not None and not _follows(entry, former):
                raise EntryUnknown
            return vault.with_entry(entry)

        return self._place.saved(with_pin, keep_previous=place.version == 1)

    def erase(self, entry_ids: Sequence[str]) -> int:
        """From both generations."""
        gone = {bytes.fromhex(each) for each in entry_ids}
        return self._place.saved(lambda vault: vault.without(gone), keep_previous=False)

    # --- approvals and what they are given for ----------------------------------------------------

    def approve(self, staff_id: int, passphrase: Secret) -> Approved:
        """One more share.  Raises NotEnoughOfficers where no release was begun."""
        header = self._place.load().header
        if not self.approvals.begun:
            raise NotEnoughOfficers(0, header.threshold)
        slot, pepper = _slot(header, staff_id), self._place.pepper
        with officers.open_officer(header.vault_id, slot, passphrase, pepper) as seed:
            share = officers.open_share(header, slot, seed)
            self.approvals.give(staff_id, share, header.key_id)
            generation = self._strengthened(slot, seed, passphrase)
        return Approved(len(self.approvals), header.threshold, generation)

    def present(
        self,
        release_id: str,
        entry_id: str,
        card: ExpectedCard,
        pin: CardPin,
        *,
        check_only_full: bool,
        reader: str = "",
    ) -> Presented:
        """The PIN is taken out of its seal while the right card waits for it."""
        vault = self._place.load()
        entry = _entry(vault, entry_id)
        bound = EntryPlace.of(vault.header, entry)
        with self.approvals.opened(release_id, vault.header) as keys:
            driver = self._readers()
            try:
                return present(
                    driver,
                    reader,
                    card,
                    pin,
                    lambda: open_entry(keys, bound, entry.sealed),
                    check_only_full=check_only_full,
                )
            finally:
                driver.close()

    def reveal(
        self, release_id: str, entry_id: str, *, height_px: int, ink: int, paper: int
    ) -> PinPicture:
        """The one way in which a PIN leaves this process."""
        from facility_app.vault.picture import draw_pin  # Pillow: only a reveal needs it

        vault = self._place.load()
        entry = _entry(vault, entry_id)
        bound = EntryPlace.of(vault.header, entry)
        with (
            self.approvals.opened(release_id, vault.header) as keys,
            open_entry(keys, bound, entry.sealed) as value,
        ):
            return draw_pin(value, height_px, ink, paper)

    # --- officers ---------------------------------------------------------------------------------

    def change_officers(
        self, release_id: str, stay: Sequence[int], new: Mapping[int, Secret], threshold: int
    ) -> Made:
        """The slow part first: a passphrase that is too short uses no approval up."""
        vault = self._place.load()
        header = vault.header
        kept = [officers.OfficerKey.of(_slot(header, each)) for each in stay if each not in new]
        chosen = [*kept, *self._new_officers(header.vault_id, new)]
        with self.approvals.opened(release_id, header) as keys:
            return self._renewed(vault, keys, chosen, threshold)

    def recover(self, shares: Sequence[Secret], new: Mapping[int, Secret], threshold: int) -> Made:
        """A share that is wrong is told before anything slow begins."""
        vault = self._place.load()
        self.approvals.forget()
        with officers.recover(shares, vault.header) as root:
            keys = VaultKeys.opening(vault.header, root)
        try:
            chosen = self._new_officers(vault.header.vault_id, new)
            return self._renewed(vault, keys, chosen, threshold)
        finally:
            keys.wipe()

    def check_share(self, share: Secret) -> int:
        """Opens nothing."""
        return officers.check_share(share, self._place.load().header)

    def change_passphrase(self, staff_id: int, old: Secret, new: Secret) -> int:
        """The officer's key stays, under another lock; the old passphrase opens no generation."""
        header = self._place.load().header
        slot, pepper = _slot(header, staff_id), self._place.pepper
        with officers.open_officer(header.vault_id, slot, old, pepper) as seed:
            return self._place.saved(
                lambda vault: self._locked(vault, staff_id, seed, new), keep_previous=False
            )

    def _strengthened(self, slot: OfficerSlot, seed: Secret, passphrase: Secret) -> int | None:
        """Raise an officer's lock to today's cost; the generation that has it, None where it was
        not needed or could not be: that never hinders an approval."""
        here = self._place
        if not officers.needs_raising(slot, here.cost):
            return None
        try:
            return here.saved(lambda vault: self._locked(vault, slot.staff_id, seed, passphrase))
        except (VaultError, PassphraseTooShort):
            return None

    def _locked(self, vault: Vault, staff_id: int, seed: Secret, passphrase: Secret) -> Vault:
        """The next generation with the officer's seed under this passphrase at today's cost."""
        here, header = self._place, vault.header
        slot = _slot(header, staff_id)
        key = officers.lock_officer(
            header.vault_id, staff_id, seed, passphrase, here.pepper, here.cost
        )
        return vault.next(header=header.with_slot(key.slot(slot.sealed_share)))

    def _new_officers(
        self, vault_id: bytes, new: Mapping[int, Secret]
    ) -> list[officers.OfficerKey]:
        here = self._place
        return [
            officers.make_officer(vault_id, staff_id, passphrase, here.pepper, here.cost)
            for staff_id, passphrase in new.items()
        ]

    def _renewed(
        self, vault: Vault, keys: VaultKeys, chosen: Sequence[officers.OfficerKey], threshold: int
    ) -> Made:
        """The vault under a new root secret, saved as both generations: the one before would still
        open for an officer who has just left (ADR 0019)."""
        header = vault.header
        founded = renewal.found(header.vault_id, header.store_id, chosen, threshold, _now())
        with _wiped_on_error(founded.recovery):
            renewed = renewal.renew(vault, keys, founded.header)
            self._place.save(renewed, keep_previous=False)
        return Made(file.summary_of(renewed, renewed.generation), founded.recovery)

    # --- below ------------------------------------------------------------------------------------

    @property
    def _place(self) -> Place:
        if self._opened_place is None:
            raise ValueError("no vault was opened")
        return self._opened_place

    def _move_to(self, place: Place) -> Place:
        self.approvals.forget()
        if self._opened_place is not None:
            self._opened_place.pepper.wipe()
        self._opened_place = place
        return place


def _sealed(header: Header, entry_id: bytes, place: Deposit, pin: Secret) -> bytes:
    bound = EntryPlace(
        header.vault_id, header.key_id, entry_id, place.resident, place.kind, place.version
    )
    return seal_entry(header.public_key, bound, pin)


def _follows(entry: EntryRecord, former: EntryRecord) -> bool:
    """Whether it may take the place of the former one.  The same version once more is one whose
    deposit was not acknowledged, because the program or the computer stopped."""
    same = (entry.resident, entry.kind) == (former.resident, former.kind)
    return same and entry.version >= former.version


def _slot(header: Header, staff_id: int) -> OfficerSlot:
    slot = header.slot(staff_id)
    if slot is None:
        raise OfficerUnknown
    return slot


def _entry(vault: Vault, entry_id: str) -> EntryRecord:
    try:
        return vault.entries[bytes.fromhex(entry_id)]
    except KeyError as exc:
        raise EntryUnknown from exc


def _now() -> str:
    return utc_now().isoformat(timespec="seconds")


@contextmanager
def _wiped_on_error(secrets: Sequence[Secret]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for each in secrets:
            each.wipe()
        raise
