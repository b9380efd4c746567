"""Who can open the vault: officers, their passphrases, and the printed recovery shares (design §7).

Every change of the officers makes new keys (ADR 0019), and new recovery shares to print; those of
before open nothing that is saved later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import StaffRow, VaultOfficerRow, VaultRow
from facility_app.domain.access import Actor, Identified, Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.pins import Act, check_officer_count
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
    keep_generation,
    keep_summary,
    opened,
)
from facility_app.services.pin_release import refuse_unready
from facility_app.services.pin_views import Release
from facility_app.vault.client import Made
from facility_app.vault.errors import WrongVaultPassphrase

Shares = tuple[Secret, ...]
"""The recovery shares to print, words in UTF-8; whoever gets them wipes them."""


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
    with Wiped(new.values()):
        office.ask(actor, _refuse_unready, office, release)
        people = sorted({*stay, *new})
        office.ask(actor, refuse_impossible, people, threshold)
        passphrases = {int(each): secret.copy() for each, secret in new.items()}
        agent = running(office)
        office.vault.spend(release.id)
        made = announced(
            office,
            actor,
            lambda tx: announce_setup(tx, "vault.officers_changed", people, threshold, of=release),
            lambda: agent.change_officers(release.id, list(stay), passphrases, threshold),
            note_renewal,
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
    with Wiped([*shares, *officers.values()]):
        office.ask(actor, refuse_impossible, list(officers), threshold)
        copies = [share.copy() for share in shares]
        passphrases = {int(each): secret.copy() for each, secret in officers.items()}
        agent = opened(office)
        made = announced(
            office,
            actor,
            lambda tx: announce_setup(tx, "vault.recovered", sorted(officers), threshold),
            lambda: agent.recover(copies, passphrases, threshold),
            note_renewal,
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
            lambda tx: announce_setup(tx, "vault.recovery_checked", (), 0),
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
                note_generation,
            )
        except WrongVaultPassphrase as exc:
            raise wrong_passphrase(office, staff_id, "vault.passphrase_changed") from exc


class Wiped:
    """Wipes secrets at the end, however it ends."""

    def __init__(self, held: Iterable[Secret]) -> None:
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


def _refuse_unready(reading: Reading, office: Office, release: Release) -> None:
    reading.require(Permission.MANAGE_VAULT)
    refuse_unready(office, reading, release, Act.OFFICERS)


def refuse_impossible(reading: Reading, people: Sequence[StaffId], threshold: int) -> None:
    """Raise OfficerCountImpossible, and NotAnOfficer for whose roles do not approve now."""
    reading.require(Permission.MANAGE_VAULT)
    check_officer_count(len(set(people)), threshold)
    for staff_id in people:
        row = reading.session.get_one(StaffRow, staff_id)
        actor = actor_of(reading.session, row, Identified.PASSWORD)
        here = is_active(row, local_date(reading.now))
        if not (here and actor.may(Permission.APPROVE_PIN, reading.now)):
            raise NotAnOfficer(row.name)


def announce_setup(
    tx: Tx,
    action: str,
    officers: Sequence[int],
    threshold: int,
    folder: Path | None = None,
    of: Release | None = None,
) -> int:
    """The intent of an act on the vault itself."""
    tx.require(Permission.MANAGE_VAULT)
    plain: dict[str, Any] = {}
    if officers:
        plain |= {"officers": list(officers), "threshold": threshold}
    if folder is not None:
        plain["folder"] = str(folder)
    if of is not None:
        plain |= {"of": of.number, "approvers": [each.staff_id for each in of.approvals]}
    return tx.intend(action, "vault", plain=plain)


def note_renewal(tx: Tx, intent: int, made: Made) -> None:
    """The outcome of new keys, for `announced`; the shares of before are void."""
    keep_summary(tx, made.summary)
    row = tx.session.get_one(VaultRow, VAULT, populate_existing=True)
    row.recovery_checked_at = None
    tx.conclude(intent, "done", generation=made.summary.generation, key=made.summary.key_id[:8])


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


def note_generation(tx: Tx, intent: int, generation: int) -> None:
    """The outcome of a save, for `announced`."""
    keep_generation(tx, generation)
    tx.conclude(intent, "done", generation=generation)
