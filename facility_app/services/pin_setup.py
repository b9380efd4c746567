"""The vault switched on and off, and its file: moved, or the previous generation put back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import delete, select

from facility_app.audit.work import Reading, Tx
from facility_app.config import replace_file
from facility_app.db.models import VaultEntryRow, VaultOfficerRow, VaultRow
from facility_app.domain.access import PROGRAM, Actor, Permission, StaffId
from facility_app.domain.pins import EntryState
from facility_app.errors import Refused, VaultError
from facility_app.secret import Secret
from facility_app.services.office import Office
from facility_app.services.pin_officers import (
    Shares,
    Wiped,
    announce_setup,
    note_generation,
    note_renewal,
    refuse_impossible,
)
from facility_app.services.pin_officers import change_officers as change_officers
from facility_app.services.pin_officers import change_passphrase as change_passphrase
from facility_app.services.pin_officers import check_share as check_share
from facility_app.services.pin_officers import recover as recover
from facility_app.services.pin_opening import VAULT, announced, device_key, known_vault, opened
from facility_app.services.pin_register import officer_candidates as officer_candidates
from facility_app.services.pin_register import vault_state as vault_state
from facility_app.vault import file
from facility_app.vault.client import Made
from facility_app.vault.errors import (
    FormerVaultLeft,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultNotWritable,
)
from facility_app.vault.keys import file_key


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
    with Wiped(officers.values()):
        office.ask(actor, _refuse_on)
        office.ask(actor, refuse_impossible, list(officers), threshold)
        _refuse_inside(office, folder)
        _clear_unfinished(office, folder)
        passphrases = {int(each): secret.copy() for each, secret in officers.items()}
        agent = office.vault.agent()
        try:
            made = announced(
                office,
                actor,
                lambda tx: announce_setup(tx, "vault.created", sorted(officers), threshold, folder),
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
        finally:
            office.vault.ended(agent)
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
        lambda tx: announce_setup(tx, "vault.switched_off", (), 0, known.folder),
        lambda: file.remove(known.folder),
        _switched_off,
    )


def move_vault(office: Office, actor: Actor, folder: Path) -> None:
    """Put the vault into another folder; the former files are deleted when the new ones are sound.

    Needs MANAGE_VAULT.  Raises VaultOff, PlaceNotSeparate, VaultExists, VaultMissing,
    VaultNotWritable; the vault stays where it was then.  FormerVaultLeft: it was moved, and the
    former files are for a person to delete.
    """
    office.ask(actor, _may_manage)
    known = office.ask(PROGRAM, known_vault)
    _refuse_inside(office, folder)
    opened(office)
    office.vault.close()
    announced(
        office,
        actor,
        lambda tx: announce_setup(tx, "vault.moved", (), 0, folder),
        lambda: _copied(office, known.folder, folder),
        lambda tx, intent, _: _moved(tx, intent, folder),
    )
    try:
        file.remove(known.folder)
    except VaultNotWritable as exc:
        raise FormerVaultLeft(str(known.folder)) from exc


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
        office.vault.still(agent)
        if not damaged.previous:
            raise
        announced(
            office,
            actor,
            lambda tx: announce_setup(tx, "vault.previous_used", (), 0),
            lambda: agent.use_previous(known.generation),
            note_generation,
        )
    finally:
        office.vault.ended(agent)
        office.vault.close()
    opened(office)


def _may_manage(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)


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


def _refuse_inside(office: Office, folder: Path) -> None:
    """Raise PlaceNotSeparate; also for a way to the data folder through a link."""
    here, place = office.data.path.resolve(), folder.resolve()
    if place == here or here in place.parents:
        raise PlaceNotSeparate


def _clear_unfinished(office: Office, folder: Path) -> None:
    """An empty vault of this store is what a crash left of switching it on: nobody has its shares,
    and the register has none.  Any other is left alone."""
    key = file_key(office.keys.device)
    with suppress(VaultError):
        if not file.inspect(folder, key, office.keys.store_id).entries:
            file.remove(folder)


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
    note_renewal(tx, intent, made)


def _switched_off(tx: Tx, intent: int, _: None) -> None:
    tx.session.execute(delete(VaultOfficerRow))
    tx.session.execute(delete(VaultRow))
    tx.conclude(intent, "done")


def _copied(office: Office, source: Path, target: Path) -> None:
    """Both generations, byte by byte; read back before the former ones are let go.

    Where it fails, nothing stays behind in `target`.
    """
    if not target.is_dir():
        raise VaultMissing(str(target))
    names = (file.FILE_NAME, file.PREVIOUS_NAME)
    if any((target / name).exists() for name in names):
        raise VaultExists
    try:
        for name in names:
            if (source / name).exists():
                replace_file(target / name, (source / name).read_bytes())
        file.inspect(target, file_key(office.keys.device), office.keys.store_id)
    except (OSError, VaultError) as exc:
        with suppress(VaultNotWritable):
            file.remove(target)
        if isinstance(exc, OSError):
            raise VaultNotWritable from exc
        raise


def _moved(tx: Tx, intent: int, folder: Path) -> None:
    tx.session.get_one(VaultRow, VAULT).folder = str(folder)
    tx.conclude(intent, "done")
