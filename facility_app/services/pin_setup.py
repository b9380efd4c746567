"""The vault switched on and off, moved, and its officers (design §7).

Whoever can open it is decided here: every change of the officers makes new keys (ADR 0019), and new
recovery shares to print; those of before open nothing that is saved later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import delete, select

from facility_app.audit.work import Reading, Tx
from facility_app.config import replace_file
from facility_app.db.models import StaffRow, VaultEntryRow, VaultOfficerRow, VaultRow
from facility_app.domain.access import PROGRAM, Actor, Identified, Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.pins import Act, EntryState, check_officer_count
from facility_app.errors import Refused
from facility_app.secret import Secret
from facility_app.services.access import actor_of, is_active
from facility_app.services.office import Office
from facility_app.services.pin_approval import (
    NotAnOfficer,
    refuse_waiting,
    running,
    wrong_passphrase,
)
from facility_app.services.pin_opening import (
    VAULT,
    announced,
    device_key,
    keep_generation,
    keep_summary,
    known_vault,
    opened,
)
from facility_app.services.pin_register import officer_candidates as officer_candidates
from facility_app.services.pin_register import vault_state as vault_state
from facility_app.services.pin_release import refuse_unready
from facility_app.services.pin_views import Release
from facility_app.vault import file
from facility_app.vault.client import Made
from facility_app.vault.errors import (
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultNotWritable,
    WrongVaultPassphrase,
)
from facility_app.vault.keys import file_key

Shares = tuple[Secret, ...]
"""The recovery shares to print, words in UTF-8; whoever gets them wipes them."""


@dataclass(eq=False)
class VaultOnAlready(Refused):
    """The vault is switched on already."""

    key: ClassVar[str] = "pins.on_already"


@dataclass(eq=False)
class PinsStillHeld(Refused):
    """The vault holds `count` PINs, or some are still to be erased; it stays on."""

    key: ClassVar[str] = "pins.still_held"
    count: int


@dataclass(eq=False)
class PlaceNotSeparate(Refused):
    """The vault lies apart from the register (design §7): not in its data folder."""

    key: ClassVar[str] = "pins.place_not_separate"


def switch_on(
    office: Office,
    actor: Actor,
    folder: Path,
    officers: Mapping[StaffId, Secret],
    threshold: int,
) -> Shares:
    """Make a vault in `folder` (absolute, apart from the data folder) for these officers.

    Needs MANAGE_VAULT; wipes the passphrases, but for NotPermitted.  Raises VaultOnAlready,
    PlaceNotSeparate, OfficerCountImpossible, NotAnOfficer, PassphraseTooShort, VaultExists,
    VaultMissing, VaultNotWritable; nothing is switched on then.
    """
    office.ask(actor, _may_manage)
    with _Wiped(officers.values()):
        office.ask(actor, _refuse_on)
        office.ask(actor, _refuse_impossible, list(officers), threshold)
        _refuse_inside(office, folder)
        passphrases = {int(each): secret.copy() for each, secret in officers.items()}
        agent = office.vault.agent()
        made = announced(
            office,
            actor,
            lambda tx: _announce(tx, "vault.created", sorted(officers), threshold, folder),
            lambda: agent.create(
                folder,
                office.keys.store_id,
                device_key(office),
                office.vault.cost,
                passphrases,
                threshold,
            ),
            lambda tx, intent, made: _created(tx, intent, made, folder),
        )
    return made.shares


def switch_off(office: Office, actor: Actor) -> None:
    """Delete the vault's file; nothing of it opens anything afterwards.

    Needs MANAGE_VAULT.  Raises VaultOff, PinsStillHeld, VaultMissing where the file is not at hand.
    """
    office.ask(actor, _may_manage)
    known = office.ask(PROGRAM, known_vault)
    office.ask(actor, _refuse_held)
    opened(office)  # it is the one that is known, and at hand
    office.vault.close()
    announced(
        office,
        actor,
        lambda tx: _announce(tx, "vault.switched_off", (), 0, known.folder),
        lambda: file.remove(known.folder),
        _switched_off,
    )


def move_vault(office: Office, actor: Actor, folder: Path) -> None:
    """Put the vault into another folder; the former files are deleted when the new ones are sound.

    Needs MANAGE_VAULT.  Raises VaultOff, PlaceNotSeparate, VaultExists, VaultMissing,
    VaultNotWritable; the vault stays where it was then.
    """
    office.ask(actor, _may_manage)
    known = office.ask(PROGRAM, known_vault)
    _refuse_inside(office, folder)
    opened(office)
    office.vault.close()
    announced(
        office,
        actor,
        lambda tx: _announce(tx, "vault.moved", (), 0, folder),
        lambda: _copied(office, known.folder, folder),
        lambda tx, intent, _: _moved(tx, intent, folder),
    )
    file.remove(known.folder)


def change_officers(
    office: Office,
    actor: Actor,
    release: Release,
    stay: Sequence[StaffId],
    new: Mapping[StaffId, Secret],
    threshold: int,
) -> Shares:
    """Other officers: those who `stay` keep their passphrase, those in `new` get one.

    `release`: one for Act.OFFICERS, approved.  Needs MANAGE_VAULT; wipes the passphrases, but for
    NotPermitted.  Raises as `switch_on`, and what `refuse_unready` raises.
    """
    office.ask(actor, _may_manage)
    with _Wiped(new.values()):
        office.ask(actor, _refuse_unready, office, release)
        people = sorted({*stay, *new})
        office.ask(actor, _refuse_impossible, people, threshold)
        passphrases = {int(each): secret.copy() for each, secret in new.items()}
        agent = running(office)
        office.vault.spend(release.id)
        made = announced(
            office,
            actor,
            lambda tx: _announce(tx, "vault.officers_changed", people, threshold, of=release),
            lambda: agent.change_officers(release.id, list(stay), passphrases, threshold),
            _renewed,
        )
    return made.shares


def recover(
    office: Office,
    actor: Actor,
    shares: Sequence[Secret],
    officers: Mapping[StaffId, Secret],
    threshold: int,
) -> Shares:
    """New officers by two printed recovery shares, where those of before cannot open it any more.

    Needs MANAGE_VAULT; wipes shares and passphrases, but for NotPermitted.  Raises ShareInvalid,
    ShareOfAnother, SharesTooFew, and as `switch_on`.
    """
    office.ask(actor, _may_manage)
    with _Wiped([*shares, *officers.values()]):
        office.ask(actor, _refuse_impossible, list(officers), threshold)
        copies = [share.copy() for share in shares]
        passphrases = {int(each): secret.copy() for each, secret in officers.items()}
        agent = opened(office)
        made = announced(
            office,
            actor,
            lambda tx: _announce(tx, "vault.recovered", sorted(officers), threshold),
            lambda: agent.recover(copies, passphrases, threshold),
            _renewed,
        )
    return made.shares


def check_share(office: Office, actor: Actor, share: Secret) -> int:
    """Try a printed recovery share without opening anything; which of the three it is (1-3).

    Needs MANAGE_VAULT; wipes `share`, but for NotPermitted.  Raises ShareInvalid, ShareOfAnother.
    """
    office.ask(actor, _may_manage)
    with share:
        agent = opened(office)
        return announced(
            office,
            actor,
            lambda tx: _announce(tx, "vault.recovery_checked", (), 0),
            lambda: agent.check_share(share.copy()),
            _share_checked,
        )


def change_passphrase(office: Office, actor: Actor, old: Secret, new: Secret) -> None:
    """Another passphrase for the officer who is unlocked.  Needs APPROVE_PIN.

    Wipes both, but for NotPermitted.  Raises NotAnOfficer, MustWait, WrongOfficerPassphrase,
    PassphraseTooShort.
    """
    office.ask(actor, _may_approve)
    with old, new:
        staff_id = office.ask(actor, _own_slot)
        refuse_waiting(office, staff_id, "vault.passphrase_changed")
        agent = opened(office)
        try:
            announced(
                office,
                actor,
                _announce_passphrase,
                lambda: agent.change_passphrase(staff_id, old.copy(), new.copy()),
                _saved,
            )
        except WrongVaultPassphrase as exc:
            raise wrong_passphrase(office, staff_id, "vault.passphrase_changed") from exc


def use_previous(office: Office, actor: Actor) -> None:
    """Put the previous generation in the place of a damaged file; what it lacks is flagged.

    Needs MANAGE_VAULT.  Nothing is done where the file is sound.  Raises VaultDamaged where neither
    is, VaultMissing.
    """
    office.ask(actor, _may_manage)
    known = office.ask(PROGRAM, known_vault)
    agent = office.vault.agent()
    try:
        agent.open(known.folder, office.keys.store_id, device_key(office), office.vault.cost)
    except VaultDamaged as damaged:
        if not damaged.previous:
            raise
        announced(
            office,
            actor,
            lambda tx: _announce(tx, "vault.previous_used", (), 0),
            lambda: agent.use_previous(known.generation),
            _saved,
        )
    finally:
        office.vault.close()
    opened(office)


class _Wiped:
    """Wipes secrets at the end, however it ends."""

    def __init__(self, held: Any) -> None:
        self._held = list(held)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_of_error: object) -> None:
        for each in self._held:
            each.wipe()


def _may_manage(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)


def _may_approve(reading: Reading) -> None:
    reading.require(Permission.APPROVE_PIN)


def _refuse_on(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)
    if reading.session.get(VaultRow, VAULT) is not None:
        raise VaultOnAlready


def _refuse_held(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)
    query = select(VaultEntryRow.id).where(VaultEntryRow.state != EntryState.ERASED)
    held = len(reading.session.scalars(query).all())
    if held:
        raise PinsStillHeld(held)


def _refuse_unready(reading: Reading, office: Office, release: Release) -> None:
    reading.require(Permission.MANAGE_VAULT)
    refuse_unready(office, reading, release, Act.OFFICERS)


def _refuse_impossible(reading: Reading, people: Sequence[StaffId], threshold: int) -> None:
    """Raise OfficerCountImpossible, and NotAnOfficer for whose roles do not approve now."""
    reading.require(Permission.MANAGE_VAULT)
    check_officer_count(len(set(people)), threshold)
    for staff_id in people:
        row = reading.session.get_one(StaffRow, staff_id)
        actor = actor_of(reading.session, row, Identified.PASSWORD)
        here = is_active(row, local_date(reading.now))
        if not (here and actor.may(Permission.APPROVE_PIN, reading.now)):
            raise NotAnOfficer(row.name)


def _refuse_inside(office: Office, folder: Path) -> None:
    """Raise PlaceNotSeparate; also for a way to the data folder through a link."""
    here, place = office.data.path.resolve(), folder.resolve()
    if place == here or here in place.parents:
        raise PlaceNotSeparate


def _announce(
    tx: Tx,
    action: str,
    officers: Sequence[int],
    threshold: int,
    folder: Path | None = None,
    of: Release | None = None,
) -> int:
    tx.require(Permission.MANAGE_VAULT)
    plain: dict[str, Any] = {}
    if officers:
        plain |= {"officers": list(officers), "threshold": threshold}
    if folder is not None:
        plain["folder"] = str(folder)
    if of is not None:
        plain |= {"of": of.number, "approvers": [each.staff_id for each in of.approvals]}
    return tx.intend(action, "vault", plain=plain)


def _created(tx: Tx, intent: int, made: Made, folder: Path) -> None:
    summary = made.summary
    tx.session.add(
        VaultRow(
            id=VAULT,
            folder=str(folder),
            vault_id=summary.vault_id,
            key_id=summary.key_id,
            threshold=summary.threshold,
            generation=summary.generation,
            made_at=tx.now,
        )
    )
    tx.session.flush()
    _renewed(tx, intent, made)


def _renewed(tx: Tx, intent: int, made: Made) -> None:
    keep_summary(tx, made.summary)
    row = tx.session.get_one(VaultRow, VAULT, populate_existing=True)
    row.recovery_checked_at = None
    tx.conclude(intent, "done", generation=made.summary.generation, key=made.summary.key_id[:8])


def _switched_off(tx: Tx, intent: int, _: None) -> None:
    tx.session.execute(delete(VaultOfficerRow))
    tx.session.execute(delete(VaultRow))
    tx.conclude(intent, "done")


def _copied(office: Office, source: Path, target: Path) -> None:
    """Both generations, byte by byte; read back before the former ones are let go."""
    if not target.is_dir():
        raise VaultMissing(str(target))
    names = (file.FILE_NAME, file.PREVIOUS_NAME)
    if any((target / name).exists() for name in names):
        raise VaultExists
    try:
        for name in names:
            if (source / name).exists():
                replace_file(target / name, (source / name).read_bytes())
    except OSError as exc:
        raise VaultNotWritable from exc
    file.inspect(target, file_key(office.keys.device), office.keys.store_id)


def _moved(tx: Tx, intent: int, folder: Path) -> None:
    tx.session.get_one(VaultRow, VAULT).folder = str(folder)
    tx.conclude(intent, "done")


def _share_checked(tx: Tx, intent: int, number: int) -> None:
    tx.session.get_one(VaultRow, VAULT).recovery_checked_at = tx.now
    tx.conclude(intent, "done", share=number)


def _own_slot(reading: Reading) -> StaffId:
    reading.require(Permission.APPROVE_PIN)
    if reading.session.get(VaultOfficerRow, reading.staff_id) is None:
        raise NotAnOfficer(reading.actor.name)
    return reading.staff_id


def _announce_passphrase(tx: Tx) -> int:
    tx.require(Permission.APPROVE_PIN)
    return tx.intend("vault.passphrase_changed", f"staff:{tx.staff_id}")


def _saved(tx: Tx, intent: int, generation: int) -> None:
    keep_generation(tx, generation)
    tx.conclude(intent, "done", generation=generation)
