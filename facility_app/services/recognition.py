"""Chip recognition (design §8.3, domain §7.3): off by default, with consent, under its own key.

A card is recognised by a keyed HMAC over the public key of its authentication certificate, never by
a serial number.  The key is made when recognition is switched on, lies in the keyring of this
computer alone and is never derived from the root secret, exported or printed: without it the marks
say nothing, and they go together with it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from sqlalchemy import select, update

from facility_app.audit.work import Reading, Tx
from facility_app.cards.check import Recognition
from facility_app.cards.chip import ChipFacts
from facility_app.db.models import ItemRow, ResidentRow
from facility_app.domain.access import Actor, Permission
from facility_app.errors import Refused
from facility_app.keystore import KeyringLocked, KeyringMissing, RootKeys, RootSecretMissing
from facility_app.secret import Secret
from facility_app.services.card_checks import CardNotTheirs, CheckView, check_of_card
from facility_app.services.card_judging import NOT_THEIRS, judge, known_by_mark, view_of
from facility_app.services.card_register import agreed, recognition_on
from facility_app.services.card_views import findings_of
from facility_app.services.items import OutOfCustody
from facility_app.services.marks import Forgotten, drop_marks, forget_marks, item_with_mark
from facility_app.services.office import Office
from facility_app.services.settings import keep_settings, load_settings

KEY_BYTES = 32


@dataclass(eq=False)
class RecognitionNeedsKeyring(Refused):
    """This computer has no keyring that is open: the key has no place to lie."""

    key: ClassVar[str] = "recognition.needs_keyring"


@dataclass(eq=False)
class RecognitionOff(Refused):
    """Chip recognition is switched off in the settings."""

    key: ClassVar[str] = "recognition.off"


@dataclass(eq=False)
class RecognitionNotAgreed(Refused):
    """No agreement in force has the clause of chip recognition."""

    key: ClassVar[str] = "recognition.not_agreed"
    resident: str


@dataclass(eq=False)
class MarkMissing(Refused):
    """This reading has no mark: the certificate was not read, or this computer has no key."""

    key: ClassVar[str] = "recognition.mark_missing"


class RecognitionState(Enum):
    """What the settings page says.  KEY_MISSING: switched on, but not on this computer."""

    OFF = "off"
    ON = "on"
    KEY_MISSING = "key-missing"


def recognition_state(office: Office, actor: Actor) -> RecognitionState:
    """Whether recognition works on this computer.  Needs MANAGE_SETTINGS."""
    if not office.ask(actor, _is_on, Permission.MANAGE_SETTINGS):
        return RecognitionState.OFF
    key = recognition_key(office)
    if key is None:
        return RecognitionState.KEY_MISSING
    key.wipe()
    return RecognitionState.ON


def switch_recognition(office: Office, actor: Actor, on: bool) -> None:
    """Switch chip recognition on, with a new key, or off; off deletes the key and all marks.

    On where it is on already does nothing, unless this computer has no key: then it begins anew.
    Raises RecognitionNeedsKeyring; nothing is changed then.
    """
    state = recognition_state(office, actor)
    if state is (RecognitionState.ON if on else RecognitionState.OFF):
        return
    try:
        if on:
            with Secret.random(KEY_BYTES) as key:
                _keyring(office).keep(_account(office), key)
        elif office.root_keys is not None:
            office.root_keys.forget(_account(office))
    except (KeyringMissing, KeyringLocked) as exc:
        raise RecognitionNeedsKeyring from exc
    office.do(actor, _switched, on)


def marker(office: Office, actor: Actor) -> Callable[[bytes], bytes] | None:
    """What the card thread makes marks with: from a public key (DER) to its 32 bytes.

    None where recognition is off, or this computer does not hold the key.  Needs CHECK_CARDS.
    """
    if not office.ask(actor, _is_on, Permission.CHECK_CARDS):
        return None
    key = recognition_key(office)
    return None if key is None else lambda public_key: hmac.digest(key.view(), public_key, "sha256")


def remember_card(tx: Tx, check_id: int, facts: ChipFacts) -> CheckView:
    """Recognise the card of this check from now on; `facts` are those of the same reading.

    A card that is remembered already changes nothing; after a renewal the new mark takes the old
    one's place.  Raises RecognitionOff, MarkMissing, CardNotTheirs, OutOfCustody,
    RecognitionNotAgreed, CheckTooOld, OtherCard.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = check_of_card(tx, check_id, facts)
    if not recognition_on(tx.session):
        raise RecognitionOff
    if facts.mark is None:
        raise MarkMissing
    owner = item_with_mark(tx.session, facts.mark)
    theirs = owner is None or owner.resident_id == row.resident_id
    if not theirs or NOT_THEIRS & {each.code for each in findings_of(row)}:
        raise CardNotTheirs
    known = known_by_mark(tx, row, facts.mark, None)
    item = None if known is None else known.item
    if known is None or item is None or not item.state.in_custody:
        raise OutOfCustody
    if not agreed(tx, item):
        raise RecognitionNotAgreed(tx.session.get_one(ResidentRow, item.resident_id).name)
    if known.custody.recognition is not Recognition.SAME:
        row.seq = _remember(tx, item, facts.mark, row.seq)
        known = known_by_mark(tx, row, facts.mark, None)
    return view_of(tx, row, known, judge(row, known), mark_known=True)


def forget_card(tx: Tx, item_id: int) -> None:
    """Do not recognise this card any more; nothing happens where it was not remembered."""
    tx.require(Permission.MANAGE_RESIDENTS)
    forget_marks(tx, Forgotten.ASKED, ItemRow.id == item_id)


def _remember(tx: Tx, item: ItemRow, mark: bytes, check_seq: int) -> int:
    """Not through the row's version: a form that is open does not become stale by it."""
    replaced = {"replaced": True} if item.recognition_mark is not None else {}
    tx.session.execute(update(ItemRow).where(ItemRow.id == item.id).values(recognition_mark=mark))
    return tx.record(
        "card.remembered",
        f"item:{item.id}",
        resident=item.resident_id,
        items=[item.id],
        plain={"of": check_seq, **replaced},
    )


def _switched(tx: Tx, on: bool) -> None:
    """The setting and the entry; marks of an earlier key are deleted either way."""
    tx.require(Permission.MANAGE_SETTINGS)
    settings = load_settings(tx.session)
    keep_settings(tx, replace(settings, card_recognition=on))
    marked = list(
        tx.session.scalars(
            select(ItemRow.id).where(ItemRow.recognition_mark.is_not(None)).order_by(ItemRow.id)
        )
    )
    drop_marks(tx, marked)
    tx.record(
        "recognition.switched",
        "settings",
        items=marked,
        plain={"switched_on": on, "marks_deleted": len(marked)},
    )


def _is_on(reading: Reading, permission: Permission) -> bool:
    reading.require(permission)
    return recognition_on(reading.session)


def _account(office: Office) -> str:
    return f"{office.keys.store_id}:recognition"


def _keyring(office: Office) -> RootKeys:
    if office.root_keys is None:
        raise KeyringMissing
    return office.root_keys


def recognition_key(office: Office) -> Secret | None:
    """The key where this computer has it and gives it; the caller wipes it."""
    try:
        return _keyring(office).fetch(_account(office))
    except (RootSecretMissing, KeyringMissing, KeyringLocked):
        return None
