"""A PIN put into the vault, replaced, erased (design §7).

Depositing is no power to read: the vault's public key is enough, nobody approves.  The PIN goes
from the field where it was typed to the vault's process in a `Secret`, which is wiped here also
where the rules refuse it; it stands in no record.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import and_, or_, select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ItemKindRow, ItemRow, ResidentRow, VaultEntryRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.agreements import refuse_unless_valid
from facility_app.domain.pins import (
    Doubt,
    EntryState,
    EraseReason,
    PinGuessable,
    PinKind,
    check_pin,
    guessable,
    refuse_unstorable,
)
from facility_app.errors import Refused, VaultError
from facility_app.secret import Secret
from facility_app.services.card_register import card_item
from facility_app.services.fields import Field, lines
from facility_app.services.office import Office
from facility_app.services.pin_due import forget_pins
from facility_app.services.pin_opening import announced, keep_generation, opened
from facility_app.services.pin_opening import erase_due as erase_due
from facility_app.services.pin_register import holdable, kind_of, view_of
from facility_app.services.pin_views import Deposit as Deposit
from facility_app.services.pin_views import Holdable, PinView
from facility_app.services.pin_views import Replace as Replace
from facility_app.vault.client import Deposit as Place

_ENTRY_BYTES = 16
_AT_MOST = timedelta(minutes=1)
"""What a deposit takes at most; what is older was cut off."""


@dataclass(eq=False)
class PinClauseMissing(Refused):
    """No agreement of the resident says that the facility holds PINs."""

    key: ClassVar[str] = "pins.clause_missing"
    resident: str


@dataclass(eq=False)
class PinWithoutCard(Refused):
    """The facility does not have the resident's card in custody, so it holds no PIN of it."""

    key: ClassVar[str] = "pins.without_card"
    resident: str


@dataclass(eq=False)
class PinHeldAlready(Refused):
    """A PIN of this kind is held for the resident; it is replaced."""

    key: ClassVar[str] = "pins.held_already"
    resident: str


@dataclass(eq=False)
class PinNotHeld(Refused):
    """This PIN is not held any more."""

    key: ClassVar[str] = "pins.not_held"


@dataclass(frozen=True)
class _Planned:
    """An entry of the vault about to be written."""

    row: int | None
    place: Place
    item_id: int


def deposit_pin(office: Office, actor: Actor, cmd: Deposit, pin: Secret) -> PinView:
    """Hold a PIN for a resident.  Needs DEPOSIT_PIN; wipes `pin`, but for NotPermitted.

    Raises VaultOff, PinNotStorable, PinKindUnknown, PinWrongLength, PinWrongCharacters,
    PinIsIndividualNumber, PinGuessable (until confirmed), PinClauseMissing, the refusals of an
    agreement that is not in force, PinWithoutCard, PinHeldAlready; VaultError: nothing is held.
    """
    office.ask(actor, _may_deposit)
    with pin:
        planned = office.ask(actor, _planned_deposit, cmd, pin)
        return _put(office, actor, planned, pin)


def replace_pin(office: Office, actor: Actor, cmd: Replace, pin: Secret) -> PinView:
    """Hold another PIN in the place of one; a doubt about it is gone then.  Needs DEPOSIT_PIN.

    Wipes `pin`, but for NotPermitted.  Raises as `deposit_pin`, and PinNotHeld.
    """
    office.ask(actor, _may_deposit)
    with pin:
        planned = office.ask(actor, _planned_replacement, cmd, pin)
        return _put(office, actor, planned, pin)


def erase_pins(office: Office, actor: Actor, entries: Sequence[int], reason: str) -> int:
    """Erase PINs because somebody asked for it; gives how many.  Needs ERASE_PIN.

    They are marked first: where the vault is not at hand (VaultError), they are erased when it is
    opened next.  Raises FieldMissing without a reason, PinNotHeld.
    """
    marked = office.do(actor, _asked_to_erase, entries, reason)
    erase_due(office)
    return len(marked)


def erase_waiting(office: Office, actor: Actor) -> bool:
    """Erase what waited for the vault to be at hand; whether there was anything, and it is gone.

    Needs VIEW_VAULT.  Where the vault is not at hand it goes on waiting.
    """
    if not office.ask(actor, _anything_waits):
        return False
    try:
        return erase_due(office) > 0
    except VaultError:
        return False


def _anything_waits(reading: Reading) -> bool:
    """But for what another computer is depositing at this moment."""
    reading.require(Permission.VIEW_VAULT)
    row = VaultEntryRow
    begun = and_(row.state == EntryState.DEPOSITING, row.deposited_at < reading.now - _AT_MOST)
    query = select(row.id).where(or_(row.state == EntryState.ERASE_DUE, begun))
    return reading.session.scalar(query.limit(1)) is not None


def _may_deposit(reading: Reading) -> None:
    reading.require(Permission.DEPOSIT_PIN)


def _planned_deposit(reading: Reading, cmd: Deposit, pin: Secret) -> _Planned:
    reading.require(Permission.DEPOSIT_PIN)
    kind = kind_of(cmd.kind)
    found = holdable(reading, cmd.resident_id, kind)
    person = reading.session.get_one(ResidentRow, cmd.resident_id)
    card = _refuse_unless_holdable(reading, found, person)
    if found.held is not None:
        raise PinHeldAlready(person.name)
    _check(kind, pin, person, confirmed=cmd.confirmed)
    place = Place(secrets.token_hex(_ENTRY_BYTES), person.id, kind.code, 1)
    return _Planned(None, place, card.id)


def _planned_replacement(reading: Reading, cmd: Replace, pin: Secret) -> _Planned:
    reading.require(Permission.DEPOSIT_PIN)
    row = reading.session.get(VaultEntryRow, cmd.entry)
    if row is None or row.state is not EntryState.HELD:
        raise PinNotHeld
    kind = kind_of(row.kind)
    person = reading.session.get_one(ResidentRow, row.resident_id)
    _refuse_unless_holdable(reading, holdable(reading, person.id, kind), person)
    _check(kind, pin, person, confirmed=cmd.confirmed)
    place = Place(row.entry_id, person.id, kind.code, row.version + 1)
    return _Planned(row.id, place, row.item_id)


def _refuse_unless_holdable(reading: Reading, found: Holdable, person: ResidentRow) -> ItemRow:
    """The card whose PIN it is."""
    refuse_unstorable(found.kind)
    if not found.agreed.clause:
        raise PinClauseMissing(person.name)
    card = card_item(reading.session, person.id)
    if card is None or not found.card:
        raise PinWithoutCard(person.name)
    kind = reading.session.get_one(ItemKindRow, card.kind_code)
    refuse_unless_valid(found.agreed.stands, person.name, kind.name)
    return card


def _check(kind: PinKind, pin: Secret, person: ResidentRow, *, confirmed: bool) -> None:
    view = pin.view()
    try:
        check_pin(kind, view)
        weaknesses = guessable(view, person.birth_date)
    finally:
        view.release()
    if weaknesses and not confirmed:
        raise PinGuessable(weaknesses)


def _put(office: Office, actor: Actor, planned: _Planned, pin: Secret) -> PinView:
    erase_due(office)  # what an earlier try left stands in the way of this one
    agent = opened(office)
    rows: list[int] = []

    def announce(tx: Tx) -> int:
        row = _written(tx, planned)
        rows.append(row.id)
        return tx.intend(
            "vault.deposited" if planned.row is None else "vault.replaced",
            f"vault_entry:{row.id}",
            resident=row.resident_id,
            items=[row.item_id],
            plain={"kind": row.kind, "version": row.version},
        )

    def held(tx: Tx, intent: int, generation: int) -> None:
        row = tx.session.get_one(VaultEntryRow, rows[0])
        if row.state in (EntryState.DEPOSITING, EntryState.HELD):
            row.state, row.doubt, row.doubt_at = EntryState.HELD, None, None
            row.deposited_at = tx.now
        else:  # on another computer its time ended meanwhile
            row.state, row.erased_at, row.erased_seq = EntryState.ERASE_DUE, None, None
        keep_generation(tx, generation)
        tx.conclude(intent, "done", generation=generation)

    announced(office, actor, announce, lambda: agent.deposit(planned.place, pin), held)
    erase_due(office)
    view = office.ask(actor, _shown, rows[0])
    if view is None:
        raise PinNotHeld
    return view


def _written(tx: Tx, planned: _Planned) -> VaultEntryRow:
    """The row as it is until the outcome is known: what a crash or a full drive leaves is never
    taken for held."""
    tx.require(Permission.DEPOSIT_PIN)
    if planned.row is not None:
        row = tx.session.get_one(VaultEntryRow, planned.row)
        if row.state is not EntryState.HELD:
            raise PinNotHeld
        row.version, row.doubt, row.doubt_at = planned.place.version, Doubt.REPLACING, tx.now
        return row
    row = VaultEntryRow(
        entry_id=planned.place.entry_id,
        resident_id=planned.place.resident,
        item_id=planned.item_id,
        kind=planned.place.kind,
        version=planned.place.version,
        state=EntryState.DEPOSITING,
        deposited_at=tx.now,
        deposited_by=tx.staff_id,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def _shown(reading: Reading, entry: int) -> PinView | None:
    reading.require(Permission.DEPOSIT_PIN)
    return view_of(reading, entry)


def _asked_to_erase(tx: Tx, entries: Sequence[int], reason: str) -> list[int]:
    tx.require(Permission.ERASE_PIN)
    told = lines(Field.REASON, reason, required=True)
    marked = forget_pins(tx, EraseReason.ASKED, VaultEntryRow.id.in_(entries), told=told)
    if len(marked) != len(set(entries)):
        raise PinNotHeld
    return marked
