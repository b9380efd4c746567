"""What the vault's process does (design §7): the only code that ever holds an opened PIN.

The file is read anew for every act, so nothing of it goes stale.  Approvals are opened shares; they
are for one release, last five minutes, and are wiped by the act they were given for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from facility_app.cards.protocol import ReaderDriver
from facility_app.domain.clock import utc_now
from facility_app.errors import VaultError
from facility_app.keystore import PassphraseCost, PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault import file, officers, renewal
from facility_app.vault.errors import (
    EntryUnknown,
    NotEnoughOfficers,
    OfficerUnknown,
    VaultDamaged,
    VaultOutdated,
)
from facility_app.vault.format import EntryRecord, Header, OfficerSlot, Vault
from facility_app.vault.keys import (
    EntryPlace,
    VaultKeys,
    file_key,
    officer_pepper,
    open_entry,
    seal_entry,
)
from facility_app.vault.messages import (
    Approved,
    CardPin,
    Deposit,
    ExpectedCard,
    Made,
    PinPicture,
    Presented,
)
from facility_app.vault.present import present

APPROVALS_LAST_S = 300.0
_SAVES = 3
"""How often an act begins anew where another computer saved the same vault in between."""


@dataclass(frozen=True)
class _Place:
    """The vault that was opened, and what its file and its officers' locks need."""

    folder: Path
    store_id: str
    file_key: bytes = field(repr=False)
    pepper: Secret
    cost: PassphraseCost


@dataclass(frozen=True)
class _Approval:
    share: Secret
    key_id: bytes
    until: float


class Acts:
    """One vault and one release at a time; on one thread."""

    def __init__(
        self,
        readers: Callable[[], ReaderDriver],
        *,
        clock: Callable[[], float] = time.monotonic,
        approvals_last_s: float = APPROVALS_LAST_S,
    ) -> None:
        self._readers, self._clock, self._last_s = readers, clock, approvals_last_s
        self._place: _Place | None = None
        self._release: str | None = None
        self._approvals: dict[int, _Approval] = {}

    # --- the file ---------------------------------------------------------------------------------

    def open(
        self, folder: Path, store_id: str, device: Secret, cost: PassphraseCost
    ) -> file.Summary:
        """See `VaultAgent.open`.  The place is kept also where the file is damaged, for
        `use_previous`."""
        here = self._move_to(folder, store_id, device, cost)
        return file.inspect(folder, here.file_key, store_id)

    def create(
        self,
        folder: Path,
        store_id: str,
        device: Secret,
        cost: PassphraseCost,
        passphrases: Mapping[int, Secret],
        threshold: int,
    ) -> Made:
        """See `VaultAgent.create`."""
        here = self._move_to(folder, store_id, device, cost)
        vault_id = renewal.new_vault_id()
        keys = [
            officers.make_officer(vault_id, staff_id, passphrase, here.pepper, cost)
            for staff_id, passphrase in passphrases.items()
        ]
        founded = renewal.found(vault_id, store_id, keys, threshold, _now())
        with _wiped_on_error(founded.recovery):
            vault = renewal.empty_vault(founded.header)
            file.create(folder, vault, here.file_key)
        return Made(file.summary_of(vault), founded.recovery)

    def use_previous(self, above: int) -> int:
        """See `VaultAgent.use_previous`; where the current file is sound it stays."""
        here = self._here()
        try:
            return self._load().generation
        except VaultDamaged:
            former = file.load_previous(here.folder, here.file_key, here.store_id)
        vault = replace(former, generation=max(above, former.generation) + 1)
        file.save(here.folder, vault, here.file_key)
        return vault.generation

    def deposit(self, place: Deposit, pin: Secret) -> int:
        """See `VaultAgent.deposit`."""

        def with_pin(vault: Vault) -> Vault:
            entry = EntryRecord(
                bytes.fromhex(place.entry_id),
                place.resident,
                place.kind,
                place.version,
                _sealed(vault.header, place, pin),
            )
            former = vault.entries.get(entry.entry_id)
            if former is not None and not _follows(entry, former):
                raise EntryUnknown
            return vault.with_entry(entry)

        return self._saved(with_pin)

    def erase(self, entry_ids: Sequence[str]) -> int:
        """See `VaultAgent.erase`."""
        gone = {bytes.fromhex(each) for each in entry_ids}
        return self._saved(lambda vault: vault.without(gone), keep_previous=False)

    # --- approvals --------------------------------------------------------------------------------

    def begin(self, release_id: str) -> None:
        """See `VaultAgent.begin`."""
        self.forget()
        self._release = release_id

    def forget(self) -> None:
        """Wipe all approvals; the release is over."""
        for approval in self._approvals.values():
            approval.share.wipe()
        self._approvals.clear()
        self._release = None

    def lapse(self) -> float | None:
        """Wipe approvals whose time is over; gives the seconds until the next one, None = none."""
        now = self._clock()
        for staff_id, approval in list(self._approvals.items()):
            if approval.until <= now:
                approval.share.wipe()
                del self._approvals[staff_id]
        return min((each.until - now for each in self._approvals.values()), default=None)

    def approve(self, staff_id: int, passphrase: Secret) -> Approved:
        """See `VaultAgent.approve`.  Raises NotEnoughOfficers where no release was begun."""
        here, vault = self._here(), self._load()
        header = vault.header
        if self._release is None:
            raise NotEnoughOfficers(0, header.threshold)
        slot = _slot(header, staff_id)
        with officers.open_officer(header.vault_id, slot, passphrase, here.pepper) as seed:
            share = officers.open_share(header, slot, seed)
            generation = self._strengthened(slot, seed, passphrase)
        former = self._approvals.pop(staff_id, None)
        if former is not None:
            former.share.wipe()
        self._approvals[staff_id] = _Approval(share, header.key_id, self._clock() + self._last_s)
        self.lapse()
        return Approved(len(self._approvals), header.threshold, generation)

    def _strengthened(self, slot: OfficerSlot, seed: Secret, passphrase: Secret) -> int | None:
        """Raise an officer's lock to today's cost; the generation that has it, None where it was
        not needed or could not be: that never hinders an approval."""
        here = self._here()
        if not officers.needs_raising(slot, here.cost):
            return None
        try:
            return self._saved(lambda vault: self._locked(vault, slot.staff_id, seed, passphrase))
        except (VaultError, PassphraseTooShort):
            return None

    def _locked(self, vault: Vault, staff_id: int, seed: Secret, passphrase: Secret) -> Vault:
        """The next generation with the officer's seed under this passphrase at today's cost."""
        here, slot = self._here(), _slot(vault.header, staff_id)
        key = officers.lock_officer(
            vault.header.vault_id, staff_id, seed, passphrase, here.pepper, here.cost
        )
        return vault.next(header=vault.header.with_slot(key.slot(slot.sealed_share)))

    @contextmanager
    def _opened(self, release_id: str, vault: Vault) -> Iterator[VaultKeys]:
        """The vault's keys for one act; afterwards they and the approvals are gone.

        Raises NotEnoughOfficers.
        """
        self.lapse()
        try:
            shares = [
                each.share
                for each in self._approvals.values()
                if self._release == release_id and each.key_id == vault.header.key_id
            ]
            with officers.combine(shares, vault.header) as root:
                keys = VaultKeys.opening(vault.header, root)
            try:
                yield keys
            finally:
                keys.wipe()
        finally:
            self.forget()

    # --- acts that approvals are given for --------------------------------------------------------

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
        """See `VaultAgent.present`."""
        vault = self._load()
        entry = _entry(vault, entry_id)
        with self._opened(release_id, vault) as keys:
            driver = self._readers()
            try:
                return present(
                    driver,
                    reader,
                    card,
                    pin,
                    lambda: open_entry(keys, EntryPlace.of(vault.header, entry), entry.sealed),
                    check_only_full=check_only_full,
                )
            finally:
                driver.close()

    def reveal(
        self, release_id: str, entry_id: str, *, height_px: int, ink: int, paper: int
    ) -> PinPicture:
        """See `VaultAgent.reveal`."""
        from facility_app.vault.picture import draw_pin  # Pillow: only a reveal needs it

        vault = self._load()
        entry = _entry(vault, entry_id)
        with (
            self._opened(release_id, vault) as keys,
            open_entry(keys, EntryPlace.of(vault.header, entry), entry.sealed) as value,
        ):
            return draw_pin(value, height_px, ink, paper)

    def change_officers(
        self, release_id: str, stay: Sequence[int], new: Mapping[int, Secret], threshold: int
    ) -> Made:
        """See `VaultAgent.change_officers`."""
        vault = self._load()
        kept = [
            officers.OfficerKey.of(_slot(vault.header, each)) for each in stay if each not in new
        ]
        added = self._new_officers(vault, new)
        with self._opened(release_id, vault) as keys:
            return self._renewed(vault, keys, [*kept, *added], threshold)

    def recover(self, shares: Sequence[Secret], new: Mapping[int, Secret], threshold: int) -> Made:
        """See `VaultAgent.recover`."""
        vault = self._load()
        self.forget()
        with officers.recover(shares, vault.header) as root:
            keys = VaultKeys.opening(vault.header, root)
        try:
            return self._renewed(vault, keys, self._new_officers(vault, new), threshold)
        finally:
            keys.wipe()

    # --- officers ---------------------------------------------------------------------------------

    def check_share(self, share: Secret) -> int:
        """See `VaultAgent.check_share`."""
        return officers.check_share(share, self._load().header)

    def change_passphrase(self, staff_id: int, old: Secret, new: Secret) -> int:
        """See `VaultAgent.change_passphrase`."""
        header = self._load().header
        slot, pepper = _slot(header, staff_id), self._here().pepper
        with officers.open_officer(header.vault_id, slot, old, pepper) as seed:
            return self._saved(lambda vault: self._locked(vault, staff_id, seed, new))

    def _new_officers(self, vault: Vault, new: Mapping[int, Secret]) -> list[officers.OfficerKey]:
        here, vault_id = self._here(), vault.header.vault_id
        return [
            officers.make_officer(vault_id, staff_id, passphrase, here.pepper, here.cost)
            for staff_id, passphrase in new.items()
        ]

    def _renewed(
        self, vault: Vault, keys: VaultKeys, chosen: Sequence[officers.OfficerKey], threshold: int
    ) -> Made:
        """The vault under a new root secret, saved."""
        here, header = self._here(), vault.header
        founded = renewal.found(header.vault_id, header.store_id, chosen, threshold, _now())
        with _wiped_on_error(founded.recovery):
            renewed = renewal.renew(vault, keys, founded.header)
            file.save(here.folder, renewed, here.file_key)
        return Made(file.summary_of(renewed, vault.generation), founded.recovery)

    # --- below ------------------------------------------------------------------------------------

    def _move_to(self, folder: Path, store_id: str, device: Secret, cost: PassphraseCost) -> _Place:
        self.forget()
        if self._place is not None:
            self._place.pepper.wipe()
        self._place = _Place(folder, store_id, file_key(device), officer_pepper(device), cost)
        return self._place

    def _here(self) -> _Place:
        if self._place is None:
            raise ValueError("no vault was opened")
        return self._place

    def _load(self) -> Vault:
        here = self._here()
        return file.load(here.folder, here.file_key, here.store_id)

    def _saved(self, change: Callable[[Vault], Vault], *, keep_previous: bool = True) -> int:
        """Save what `change` makes of the vault; the generation that holds it."""
        here = self._here()
        for left in reversed(range(_SAVES)):
            vault = change(self._load())
            try:
                file.save(here.folder, vault, here.file_key, keep_previous=keep_previous)
            except VaultOutdated:
                if not left:
                    raise
            else:
                break
        return vault.generation


def _sealed(header: Header, place: Deposit, pin: Secret) -> bytes:
    bound = EntryPlace(
        header.vault_id,
        header.key_id,
        bytes.fromhex(place.entry_id),
        place.resident,
        place.kind,
        place.version,
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
