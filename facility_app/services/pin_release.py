"""A PIN let out: asked for, approved by several people, sent to its card or shown (design §7).

A release lives in the vault's process and in `Release`; both end with a lock.  The passphrases open
the vault, and only enough of them do; who may be among them is asked here again at every step,
against the register as it is then.  Every try uses the approvals up, whatever comes of it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, ClassVar

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ItemRow, VaultEntryRow
from facility_app.domain.access import PROGRAM, Actor, Permission
from facility_app.domain.pins import Act, Doubt, Way, refuse_incomplete
from facility_app.errors import Refused
from facility_app.services.fields import Field, lines
from facility_app.services.office import Office
from facility_app.services.pin_approval import (
    about_release,
    refuse_former,
    refuse_holder,
    running,
    usable_pin,
)
from facility_app.services.pin_approval import approve as approve
from facility_app.services.pin_approval import approve_as_manager as approve_as_manager
from facility_app.services.pin_approval import approvers as approvers
from facility_app.services.pin_opening import announced, known_vault, opened
from facility_app.services.pin_views import BeginRelease as BeginRelease
from facility_app.services.pin_views import PinView
from facility_app.services.pin_views import Release as Release
from facility_app.services.recognition import recognition_key
from facility_app.vault.client import CardPin, ExpectedCard, PinOutcome, PinPicture, Presented

ASKS_FOR = {
    Act.PRESENT: Permission.PRESENT_PIN,
    Act.CHECK: Permission.PRESENT_PIN,
    Act.REVEAL: Permission.REVEAL_PIN,
    Act.OFFICERS: Permission.MANAGE_VAULT,
}
"""The right of who asks for a release, and of who carries it out."""

_ACTIONS = {Act.PRESENT: "vault.presented", Act.CHECK: "vault.checked_fit"}
_DOUBTS = {PinOutcome.WRONG: Doubt.WRONG, PinOutcome.BLOCKED: Doubt.BLOCKED}
_ID_BYTES = 16


@dataclass(eq=False)
class PinNotForCard(Refused):
    """No card takes a PIN of this kind."""

    key: ClassVar[str] = "pins.not_for_card"


@dataclass(eq=False)
class CardNotCheckedYet(Refused):
    """The register knows too little of the card to tell it from another: it is checked first."""

    key: ClassVar[str] = "pins.card_not_checked_yet"
    resident: str


@dataclass(eq=False)
class FaceNotConfirmed(Refused):
    """Nobody has said yet that the name on the card's face is the resident's."""

    key: ClassVar[str] = "pins.face_not_confirmed"
    resident: str


@dataclass(eq=False)
class ReleaseOver(Refused):
    """This release was used, or is for something else."""

    key: ClassVar[str] = "pins.release_over"


def begin_release(office: Office, actor: Actor, cmd: BeginRelease) -> Release:
    """Ask for a release; recorded, and the vault is opened for approvals (of an earlier one,
    nothing is left).

    Needs the right of `ASKS_FOR`.  Raises VaultOff, PinNotHeld, PinDoubted, PinClauseMissing, the
    refusals of an agreement, PinNotForCard, CardNotCheckedYet, HoldsTheCard, FieldMissing (a reveal
    without reason), VaultError.
    """
    office.ask(actor, _may_view)
    reason = office.ask(actor, _may_begin, cmd)
    agent = opened(office)
    need = office.ask(PROGRAM, known_vault).threshold
    name = secrets.token_hex(_ID_BYTES)
    number = office.do(actor, _requested, cmd, reason)
    agent.begin(name)
    assert actor.staff_id is not None  # noqa: S101 - who has one of these rights is somebody
    return Release(name, cmd.act, cmd.entry, actor.staff_id, need, number, reason)


def present(
    office: Office, actor: Actor, release: Release, *, face_confirmed: bool, reader: str = ""
) -> Presented:
    """Send the PIN to its card, once (直接照合), or try whether it still fits (Act.CHECK).

    A PIN that the card refuses is flagged and not sent again until it is replaced; the answer says
    so.  reader: "" = where a card lies.  Needs PRESENT_PIN.  Raises ReleaseOver, ApprovalLapsed,
    ApprovalsMissing, OwnRequestAlone, NotAnOfficer, HoldsTheCard, FaceNotConfirmed,
    CardNotCheckedYet (nothing was announced), and what `VaultAgent.present` raises.
    """
    office.ask(actor, _may_present)
    view, card = office.ask(actor, _ready_to_present, office, release, face_confirmed)
    try:
        agent = running(office)
        office.vault.spend(release.id)
        pin = CardPin(card_pin(view))
        return announced(
            office,
            actor,
            lambda tx: _announce_presenting(tx, release, view),
            lambda: agent.present(
                release.id,
                view.entry_id,
                card,
                pin=pin,
                check_only_full=release.act is Act.CHECK,
                reader=reader,
            ),
            lambda tx, intent, told: _presented(tx, intent, told, view),
        )
    finally:
        if card.mark_key is not None:
            card.mark_key.wipe()


def reveal(
    office: Office, actor: Actor, release: Release, *, height_px: int, ink: int, paper: int
) -> PinPicture:
    """The PIN as a picture, to be shown for REVEAL_LASTS and dropped (開示).

    ink, paper: greys, 0 to 255.  Needs REVEAL_PIN.  Raises as `present`, and SecondApproverNeeded.
    """
    office.ask(actor, _may_reveal)
    view = office.ask(actor, _ready_to_reveal, office, release)
    agent = running(office)
    office.vault.spend(release.id)
    return announced(
        office,
        actor,
        lambda tx: _announce_reveal(tx, release, view),
        lambda: agent.reveal(release.id, view.entry_id, height_px=height_px, ink=ink, paper=paper),
        _done,
    )


def withdraw(office: Office, actor: Actor, release: Release) -> None:
    """Give a release up; recorded, and everything that was approved is wiped with the process."""
    office.ask(actor, _may_view)
    office.vault.close()
    if not office.vault.is_spent(release.id):
        office.do(actor, _given_up, release)
        office.vault.spend(release.id)


def refuse_unready(office: Office, reading: Reading, release: Release, *acts: Act) -> None:
    """Raise unless this release is for one of `acts`, unused, and carried by its approvals now,
    of people who still have their part in it.

    For a use case that has asked for its own permission.
    """
    if release.act not in acts or office.vault.is_spent(release.id):
        raise ReleaseOver
    refuse_incomplete(
        release.act, release.requested_by, release.approvals, release.need, reading.now
    )
    refuse_former(reading, release)


def card_pin(view: PinView) -> str:
    """Which PIN of the card it is.  Raises PinNotForCard."""
    if view.kind is None or view.kind.card_pin is None:
        raise PinNotForCard
    return view.kind.card_pin.value


def _may_view(reading: Reading) -> None:
    reading.require(Permission.VIEW_VAULT)


def _may_present(reading: Reading) -> None:
    reading.require(Permission.PRESENT_PIN)


def _may_reveal(reading: Reading) -> None:
    reading.require(Permission.REVEAL_PIN)


def _may_begin(reading: Reading, cmd: BeginRelease) -> str:
    """The reason as it is kept."""
    reading.require(ASKS_FOR[cmd.act])
    if cmd.act is Act.OFFICERS:
        return ""
    view = usable_pin(reading, cmd.entry)
    if cmd.act is Act.REVEAL:
        refuse_holder(view, reading.actor.staff_id)
    else:
        card_pin(view)
        _refuse_unknown_card(view)
    return lines(Field.REASON, cmd.reason, required=cmd.act is Act.REVEAL)


def _refuse_unknown_card(view: PinView) -> None:
    if not (view.dated or view.marked):
        raise CardNotCheckedYet(view.name)


def _requested(tx: Tx, cmd: BeginRelease, reason: str) -> int:
    tx.require(ASKS_FOR[cmd.act])
    plain: dict[str, Any] = {"act": cmd.act.value}
    if cmd.visit_id is not None:
        plain["visit"] = cmd.visit_id
    if cmd.act is Act.OFFICERS:
        return tx.record("vault.requested", "vault", plain=plain)
    view = usable_pin(tx, cmd.entry)
    told: dict[str, Any] = {"reason": reason} if reason else {}
    return tx.record(
        "vault.requested",
        plain={"kind": view.code, **plain},
        **about_release(tx, view.id),
        **told,
    )


def _ready_to_present(
    reading: Reading, office: Office, release: Release, face_confirmed: bool
) -> tuple[PinView, ExpectedCard]:
    reading.require(Permission.PRESENT_PIN)
    refuse_unready(office, reading, release, Act.PRESENT, Act.CHECK)
    view = _sendable(reading, release)
    card_pin(view)
    item = reading.session.get_one(ItemRow, view.item_id)
    key = recognition_key(office) if view.marked else None
    if key is None:
        if not view.dated:
            raise CardNotCheckedYet(view.name)
        if not face_confirmed:
            raise FaceNotConfirmed(view.name)
    mark = item.recognition_mark if key is not None else None
    card = ExpectedCard(item.card_expires_on, item.certificate_expires_on, mark, key)
    return view, card


def _ready_to_reveal(reading: Reading, office: Office, release: Release) -> PinView:
    reading.require(Permission.REVEAL_PIN)
    refuse_unready(office, reading, release, Act.REVEAL)
    return _showable(reading, release)


def _sendable(unit: Reading, release: Release) -> PinView:
    view = usable_pin(unit, release.entry)
    refuse_holder(view, *(each.staff_id for each in release.approvals))
    return view


def _showable(unit: Reading, release: Release) -> PinView:
    view = _sendable(unit, release)
    refuse_holder(view, unit.actor.staff_id, release.requested_by)
    return view


def _plain(release: Release, view: PinView) -> dict[str, Any]:
    """`witness`: a manager who approved had a part in it, and does not review it."""
    approvers = [each.staff_id for each in release.approvals]
    managers = [each.staff_id for each in release.approvals if each.way is Way.MANAGER]
    plain = {"kind": view.code, "of": release.number, "approvers": approvers}
    return plain | ({"witness": managers[0]} if managers else {})


def _announce_presenting(tx: Tx, release: Release, view: PinView) -> int:
    """Asked once more: another computer may have handed the card back meanwhile."""
    tx.require(Permission.PRESENT_PIN)
    _sendable(tx, release)
    about = about_release(tx, view.id)
    return tx.intend(_ACTIONS[release.act], plain=_plain(release, view), **about)


def _announce_reveal(tx: Tx, release: Release, view: PinView) -> int:
    tx.require(Permission.REVEAL_PIN)
    _showable(tx, release)
    about = about_release(tx, view.id)
    return tx.intend("vault.revealed", plain=_plain(release, view), reason=release.reason, **about)


def _presented(tx: Tx, intent: int, told: Presented, view: PinView) -> None:
    doubt = _DOUBTS.get(told.outcome)
    if doubt is not None:
        row = tx.session.get_one(VaultEntryRow, view.id)
        row.doubt, row.doubt_at = doubt, tx.now
    result = "failed" if doubt is not None else "done"
    plain: dict[str, Any] = {"outcome": told.outcome.value, "sent": True}
    if told.tries_left is not None:
        plain["tries"] = told.tries_left
    tx.conclude(intent, result, **plain)


def _done(tx: Tx, intent: int, result: object) -> None:
    tx.conclude(intent, "done")


def _given_up(tx: Tx, release: Release) -> None:
    tx.require(Permission.VIEW_VAULT)
    plain = {"act": release.act.value, "of": release.number}
    tx.record("vault.given_up", plain=plain, **about_release(tx, release.entry))
