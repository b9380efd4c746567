"""Who lets a PIN out: officers by the vault's passphrase (合言葉), a manager by the staff password.

A passphrase is checked in the vault's process and nowhere else: a right one opens that officer's
share there.  Failures are counted and delayed like those of passwords (services/access), with a
count of their own: unlocking the program forgives no guess at a passphrase.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import StaffRow, VaultOfficerRow
from facility_app.domain.access import (
    PROGRAM,
    Actor,
    Identified,
    NotPermitted,
    Permission,
    StaffId,
)
from facility_app.domain.agreements import refuse_unless_valid
from facility_app.domain.clock import local_date
from facility_app.domain.items import ItemState
from facility_app.domain.pins import Act, AlreadyApproved, Approval, Doubt, HoldsTheCard, Way
from facility_app.errors import Refused
from facility_app.secret import Secret
from facility_app.services.access import (
    MustWait,
    actor_of,
    check_password,
    count_failure,
    forget_failures,
    is_active,
    wait_of,
)
from facility_app.services.office import Office
from facility_app.services.pin_acts import PinClauseMissing, PinNotHeld
from facility_app.services.pin_opening import keep_generation
from facility_app.services.pin_register import managers, vault_officers, view_of
from facility_app.services.pin_views import ApproverView, PinView, Release
from facility_app.vault.channel import AgentGone
from facility_app.vault.client import Approved, VaultAgent
from facility_app.vault.errors import WrongVaultPassphrase

_FOR_A_CARD = (Act.PRESENT, Act.CHECK, Act.REVEAL)


@dataclass(eq=False)
class NotAnOfficer(Refused):
    """This person has no slot in the vault, or no role that approves now."""

    key: ClassVar[str] = "pins.not_an_officer"
    name: str


@dataclass(eq=False)
class WrongOfficerPassphrase(Refused):
    """The passphrase does not open this officer's share; the next try is possible in `wait_s`."""

    key: ClassVar[str] = "pins.wrong_passphrase"
    wait_s: int


@dataclass(eq=False)
class PinDoubted(Refused):
    """This PIN is not used until it is replaced."""

    key: ClassVar[str] = "pins.doubted"
    doubt: Doubt


@dataclass(eq=False)
class PinCardLost(Refused):
    """The card is reported lost: its PIN is let out again when it is back in custody."""

    key: ClassVar[str] = "pins.card_lost"
    evidence: ClassVar[bool] = True
    name: str


def approvers(reading: Reading, act: Act, entry: int | None = None) -> tuple[ApproverView, ...]:
    """Who may approve such a release now: officers, and managers where one may stand in.

    Who has the card out is not among them.  Needs VIEW_VAULT.
    """
    reading.require(Permission.VIEW_VAULT)
    view = view_of(reading, entry) if entry is not None else None
    barred = view.holder_id if view is not None and act in _FOR_A_CARD else None
    found = [(each, Way.OFFICER) for each in vault_officers(reading) if each.may_approve]
    if act is Act.REVEAL:
        found += [(each, Way.MANAGER) for each in managers(reading)]
    me = reading.actor.staff_id
    return tuple(
        ApproverView(each.staff_id, each.name, each.number, each.colour, way, each.staff_id == me)
        for each, way in found
        if each.staff_id != barred
    )


def approve(
    office: Office, actor: Actor, release: Release, staff_id: StaffId, passphrase: Secret
) -> Release:
    """An officer approves; the release as it stands then.  Takes as long as Argon2id does.

    Needs VIEW_VAULT of `actor`, APPROVE_PIN of the officer.  Wipes `passphrase`, but for
    NotPermitted.  Raises NotAnOfficer, AlreadyApproved, HoldsTheCard, MustWait and
    WrongOfficerPassphrase (both recorded), AgentGone after a lock.
    """
    office.ask(actor, _may_view)
    with passphrase:
        officer = office.ask(actor, _officer, release, staff_id)
        refuse_waiting(office, staff_id, "vault.approved")
        agent = running(office)
        try:
            approved = agent.approve(staff_id, passphrase)
        except WrongVaultPassphrase as exc:
            raise wrong_passphrase(office, staff_id, "vault.approved") from exc
    approval = office.do(officer, _approved, release, approved)
    return replace(release, approvals=(*release.approvals, approval))


def approve_as_manager(
    office: Office, actor: Actor, release: Release, number: str, password: str
) -> Release:
    """A manager approves as the second person of a reveal, by staff number and password.

    Opens nothing: an officer is still needed.  Raises MustWait, WrongPassword, NotPermitted (no
    manager, or no reveal), AlreadyApproved, HoldsTheCard.
    """
    office.ask(actor, _may_view)
    if release.act is not Act.REVEAL:
        raise NotPermitted(Permission.APPROVE_PIN)
    manager = check_password(office.work, number, password, office.cost, "vault.approved")
    approval = office.do(manager, _approved_by_manager, release)
    return replace(release, approvals=(*release.approvals, approval))


def usable_pin(reading: Reading, entry: int | None) -> PinView:
    """The PIN of a release, for a use case that has asked for its own permission.

    Raises PinNotHeld, PinCardLost, PinDoubted, PinClauseMissing, and the refusals of an agreement.
    """
    view = view_of(reading, entry) if entry is not None else None
    if view is None or view.kind is None:
        raise PinNotHeld
    if view.card is ItemState.LOST:
        raise PinCardLost(view.name)
    if view.doubt is not None:
        raise PinDoubted(view.doubt)
    if not view.agreed.clause:
        raise PinClauseMissing(view.name)
    refuse_unless_valid(view.agreed.stands, view.name, view.card_kind)
    if not view.usable:
        raise PinNotHeld
    return view


def refuse_holder(view: PinView, *people: StaffId | None) -> None:
    """Raise HoldsTheCard where one of these has the card out now."""
    if view.holder_id is not None and view.holder_id in people:
        raise HoldsTheCard


def refuse_former(reading: Reading, release: Release) -> None:
    """Raise NotAnOfficer where somebody who approved has no part in this any more."""
    for each in release.approvals:
        row = reading.session.get(StaffRow, each.staff_id)
        if row is None or not _may_approve(reading, row, each.way):
            raise NotAnOfficer(each.name)


def running(office: Office) -> VaultAgent:
    """The vault's process where a release is under way.  Raises AgentGone where it has ended."""
    agent = office.vault.agent()
    if not agent.running:
        raise AgentGone
    return agent


def refuse_waiting(office: Office, staff_id: StaffId, action: str) -> None:
    """Raise MustWait, recorded, while an officer has to wait after failures."""
    wait = office.ask(PROGRAM, _waiting, staff_id)
    if wait:
        office.do(PROGRAM, _failed, staff_id, action, False)
        raise MustWait(wait)


def wrong_passphrase(office: Office, staff_id: StaffId, action: str) -> WrongOfficerPassphrase:
    """Count and record a wrong passphrase; the error to raise.  action: what it was for."""
    return WrongOfficerPassphrase(office.do(PROGRAM, _failed, staff_id, action, True))


def _may_view(reading: Reading) -> None:
    reading.require(Permission.VIEW_VAULT)


def _officer(reading: Reading, release: Release, staff_id: StaffId) -> Actor:
    reading.require(Permission.VIEW_VAULT)
    session = reading.session
    row = session.get_one(StaffRow, staff_id)
    if not _may_approve(reading, row, Way.OFFICER):
        raise NotAnOfficer(row.name)
    _refuse_again(release, staff_id)
    if release.act in _FOR_A_CARD:
        refuse_holder(usable_pin(reading, release.entry), staff_id)
    return actor_of(session, row, Identified.PASSWORD)


def _may_approve(reading: Reading, row: StaffRow, way: Way) -> bool:
    """Whether they are there, have the role today, and as an officer a slot in the vault."""
    session = reading.session
    right = Permission.APPROVE_PIN if way is Way.OFFICER else Permission.MANAGE_VAULT
    slot = way is Way.MANAGER or session.get(VaultOfficerRow, row.id) is not None
    actor = actor_of(session, row, Identified.PASSWORD)
    return slot and is_active(row, local_date(reading.now)) and actor.may(right, reading.now)


def _refuse_again(release: Release, staff_id: StaffId | None) -> None:
    if any(each.staff_id == staff_id for each in release.approvals):
        raise AlreadyApproved


def _waiting(reading: Reading, staff_id: StaffId) -> int:
    reading.require(Permission.IDENTIFY)
    return wait_of(reading.session.get(VaultOfficerRow, staff_id), reading.now)


def _failed(tx: Tx, staff_id: StaffId, action: str, counted: bool) -> int:
    """Count and record a failure; seconds until the next try."""
    tx.require(Permission.IDENTIFY)
    row = tx.session.get(VaultOfficerRow, staff_id)
    wait = count_failure(row, tx.now) if row is not None and counted else 0
    tx.record("vault.refused", f"staff:{staff_id}", plain={"for": action, "waiting": not counted})
    return wait


def _approved(tx: Tx, release: Release, approved: Approved) -> Approval:
    tx.require(Permission.APPROVE_PIN)
    forget_failures(tx.session.get_one(VaultOfficerRow, tx.staff_id))
    if approved.strengthened_generation is not None:
        keep_generation(tx, approved.strengthened_generation)
        plain = {"generation": approved.strengthened_generation}
        tx.record("vault.strengthened", f"staff:{tx.staff_id}", plain=plain)
    return _recorded(tx, release, Way.OFFICER)


def _approved_by_manager(tx: Tx, release: Release) -> Approval:
    tx.require(Permission.MANAGE_VAULT)
    _refuse_again(release, tx.staff_id)
    refuse_holder(usable_pin(tx, release.entry), tx.staff_id)
    forget_failures(tx.session.get_one(StaffRow, tx.staff_id))
    return _recorded(tx, release, Way.MANAGER)


def _recorded(tx: Tx, release: Release, way: Way) -> Approval:
    about = about_release(tx, release.entry)
    plain: dict[str, Any] = {"of": release.number, "act": release.act.value, "way": way.value}
    tx.record("vault.approved", plain=plain, **about)
    return Approval(tx.staff_id, tx.actor.name, tx.now, way)


def about_release(unit: Reading, entry: int | None) -> dict[str, Any]:
    """Subject, resident and card of an entry in the record, for a use case that has asked for its
    own permission."""
    view = view_of(unit, entry) if entry is not None else None
    if view is None:
        return {"subject": "vault"}
    return {
        "subject": f"vault_entry:{view.id}",
        "resident": view.resident_id,
        "items": [view.item_id],
    }
