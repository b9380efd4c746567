"""What the card is good for on a day, and the three ways in which a reader takes it (domain facts
§2, §3.1-3.2, §10): by face, by PIN, by eye.

Everything that stands against a way is named; the gravest counts.  Nothing that is not known is
taken for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from facility_app.domain.coverage import Answer, Coverage, HouseCallDevice, PinKnownBy, VisualMode
from facility_app.domain.expiry import ExpiryState, Lifetimes, card_state, grace_end
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.ladder_facts import (
    Card,
    Documents,
    Openness,
    Place,
    Reason,
    Situation,
    Why,
)

Said = tuple[Openness, Reason]
"""One thing that is said about a way, and what it alone would make of it."""

Verdict = tuple[Openness, tuple[Reason, ...]]


@dataclass(frozen=True)
class Limits:
    """The numbers of the rule data that the ways turn on.

    no_photo_since: cards of the smallest children come without a photo since that day, and
    no_photo_under is the age at issue below which they do.  told_days: how long ago the 福祉事務所
    may have been told; prescription_days: how long a 処方箋 holds, its first day counted.
    """

    lifetimes: Lifetimes
    no_photo_since: date
    no_photo_under: int
    told_days: int
    prescription_days: int


@dataclass(frozen=True)
class Asked:
    """One question: these documents in this situation."""

    documents: Documents
    situation: Situation
    limits: Limits

    @cached_property
    def basis(self) -> tuple[Said, ...]:
        """What stands against every way that needs the card, however it is read."""
        return tuple(_basis(self))

    @cached_property
    def usable(self) -> Openness:
        """Whether the card serves as マイナ保険証 at all."""
        return worst(self.basis)[0]

    @cached_property
    def state(self) -> ExpiryState | None:
        """What the card's dates mean on the day; None where too little is noted."""
        return _state(self.documents.card, self.situation.on, self.limits.lifetimes)

    @cached_property
    def in_grace(self) -> bool:
        """Whether the certificate has lapsed and the card still shows eligibility."""
        return self.state is ExpiryState.GRACE

    @cached_property
    def grace_ends(self) -> date | None:
        """The last day that the card still works at a desk."""
        card = self.documents.card
        if card is None or card.certificate_expires_on is None:
            return None
        end = grace_end(card.certificate_expires_on, self.limits.lifetimes)
        return end if card.expires_on is None else min(end, card.expires_on)


def worst(said: tuple[Said, ...]) -> Verdict:
    """The gravest of all that was said, with its reasons; notes stay with a way that is left."""
    if not said:
        return Openness.OPEN, ()
    closed = [reason for openness, reason in said if openness is Openness.CLOSED]
    if closed:
        return Openness.CLOSED, _once(closed)
    unsure = [reason for openness, reason in said if openness is Openness.UNSURE]
    notes = [reason for openness, reason in said if openness is Openness.OPEN]
    return (Openness.UNSURE if unsure else Openness.OPEN), _once(unsure + notes)


def _once(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(reasons if len(reasons) < 2 else dict.fromkeys(reasons))


def no(why: Why, day: date | None = None) -> Said:
    """Closes the way."""
    return _NO[why] if day is None else (Openness.CLOSED, Reason(why, day))


def perhaps(why: Why, day: date | None = None) -> Said:
    """Makes the way unsure."""
    return _PERHAPS[why] if day is None else (Openness.UNSURE, Reason(why, day))


def but(why: Why, day: date | None = None) -> Said:
    """A note to a way that is left."""
    return _BUT[why] if day is None else (Openness.OPEN, Reason(why, day))


_NO: Mapping[Why, Said] = {why: (Openness.CLOSED, Reason(why)) for why in Why}
_PERHAPS: Mapping[Why, Said] = {why: (Openness.UNSURE, Reason(why)) for why in Why}
_BUT: Mapping[Why, Said] = {why: (Openness.OPEN, Reason(why)) for why in Why}
"""Made once: a day of 200 visits says thousands of them."""


# --- the card -------------------------------------------------------------------------------------


def _state(card: Card | None, on: date, lifetimes: Lifetimes) -> ExpiryState | None:
    """As `card_state`; a certificate never outlives its card, so its date alone may do."""
    if card is None or card.no_certificate:
        return ExpiryState.UNUSABLE
    ends, certificate = card.expires_on, card.certificate_expires_on
    if ends is not None and on > ends:
        return ExpiryState.UNUSABLE
    if certificate is None:
        return None
    return card_state(ends or date.max, certificate, on, lifetimes)


def _basis(asked: Asked) -> Iterator[Said]:
    card = asked.documents.card
    if asked.situation.card_lost:
        yield no(Why.CARD_LOST)
    elif card is None:
        yield no(Why.NO_CARD)
    else:
        yield from _dates(asked, card)
        yield from _registered(asked)
    yield from _covered(asked)


def _dates(asked: Asked, card: Card) -> Iterator[Said]:
    if card.unreadable:
        yield no(Why.CARD_BLOCKED)
    if asked.state is ExpiryState.UNUSABLE:
        if card.expires_on is not None and asked.situation.on > card.expires_on:
            yield no(Why.CARD_EXPIRED, card.expires_on)
        elif card.no_certificate:
            yield no(Why.NO_CERTIFICATE_ON_CARD)
        else:
            yield no(Why.CERTIFICATE_PAST_GRACE, asked.grace_ends)
    elif asked.state is None or (asked.in_grace and card.expires_on is None):
        yield perhaps(Why.DATES_NOT_NOTED)
    if asked.in_grace:
        yield but(Why.IN_GRACE, asked.grace_ends)


def _registered(asked: Asked) -> Iterator[Said]:
    if asked.documents.registered.no:
        yield no(Why.NOT_REGISTERED)
    elif not asked.documents.registered.yes:
        yield perhaps(Why.REGISTRATION_UNKNOWN)


def _covered(asked: Asked) -> Iterator[Said]:
    """生活保護: the card serves where the office was told and the clinic is ready (§4.2)."""
    if asked.documents.coverage is Coverage.UNKNOWN:
        yield perhaps(Why.COVERAGE_UNKNOWN)
    if asked.documents.coverage is not Coverage.LIVELIHOOD:
        return
    told, on = asked.documents.welfare_told_on, asked.situation.on
    if told is None or told > on:
        yield no(Why.WELFARE_OFFICE_NOT_TOLD)
    elif on - told > timedelta(days=asked.limits.told_days):
        yield perhaps(Why.TOLD_LONG_AGO, told)
    if asked.situation.livelihood_ready.no:
        yield no(Why.CLINIC_NOT_READY)
    elif not asked.situation.livelihood_ready.yes:
        yield perhaps(Why.CLINIC_READINESS_UNKNOWN)


# --- the card, read in three ways -----------------------------------------------------------------


def by_face(asked: Asked) -> Iterator[Said]:
    """The person looks into the camera of the desk's reader."""
    yield from _at_reader(asked)
    if asked.situation.place is Place.HOUSE_CALL:
        yield no(Why.HOUSE_CALL)
    yield from _photo(asked)
    yield from _consented(asked.documents.consents_face)


def by_pin(asked: Asked) -> Iterator[Said]:
    """Four digits on the reader, or on the visiting doctor's device."""
    yield from _at_reader(asked)
    yield from pin_said(asked)


def by_eye(asked: Asked) -> Iterator[Said]:
    """目視: the staff there compare the photo."""
    yield from _at_reader(asked, registers=False)
    yield from _photo(asked)
    yield from _consented(asked.documents.consents_visual)
    situation = asked.situation
    if situation.place is Place.HOUSE_CALL:
        if situation.device is HouseCallDevice.WEB:
            yield no(Why.WEB_NEEDS_PIN)
        elif situation.device is not HouseCallDevice.APP:
            yield perhaps(Why.DEVICE_UNKNOWN)
    elif situation.visual_mode is VisualMode.REFUSED:
        yield no(Why.VISUAL_REFUSED)
    elif situation.visual_mode is not VisualMode.WORKS:
        yield perhaps(Why.VISUAL_UNKNOWN)


def _at_reader(asked: Asked, *, registers: bool = True) -> Iterator[Said]:
    """The card on a reader; at a desk's own the registration can be made, where it is wished."""
    wished = asked.documents.registered.no and asked.documents.wishes_registration
    can = registers and wished and asked.situation.place is Place.CLINIC
    for said in asked.basis:
        if can and said[1].why is Why.NOT_REGISTERED:
            yield perhaps(Why.REGISTER_AT_READER)
        else:
            yield said
    if asked.situation.reader_broken:
        yield no(Why.READER_BROKEN)
    if asked.situation.place is Place.EMERGENCY:
        yield perhaps(Why.PERSON_MAY_NOT_ANSWER)
    yield from there(asked)


def there(asked: Asked) -> Iterator[Said]:
    """What needs the person is closed where only staff go."""
    if asked.situation.place is Place.PHARMACY:
        yield no(Why.PERSON_NOT_THERE)


def _photo(asked: Asked) -> Iterator[Said]:
    card = asked.documents.card
    photo = Answer.UNKNOWN if card is None else card.photo
    if photo.no:
        yield no(Why.NO_PHOTO)
    elif not photo.yes and asked.documents.birth > _photo_certain(asked.limits):
        yield perhaps(Why.PHOTO_UNKNOWN)


def _photo_certain(limits: Limits) -> date:
    """Who was born by then was too old for a card without photo when these began."""
    since = limits.no_photo_since
    return since.replace(year=since.year - limits.no_photo_under)


def _consented(consents: Answer) -> Iterator[Said]:
    if consents.no:
        yield no(Why.DECLINED)
    elif not consents.yes:
        yield perhaps(Why.CONSENT_NOT_NOTED)


def pin_said(asked: Asked) -> Iterator[Said]:
    """The four digits: the card must have them, and somebody must know them (§2, §3.2)."""
    card = asked.documents.card
    if card is not None:
        yield from face_noted(card)
        if card.pin_blocked:
            yield no(Why.PIN_BLOCKED)
    yield from knower(asked.documents.pin_known_by)


def face_noted(card: Card) -> Iterator[Said]:
    """「顔認証」 in the 追記欄: a card without PIN, unusable for the portal and phones (§2)."""
    if card.face is FaceAuthentication.NOTED:
        yield no(Why.FACE_CARD)
    elif card.face is not FaceAuthentication.NOT_NOTED:
        yield perhaps(Why.FACE_NOTE_UNKNOWN)


def knower(known_by: PinKnownBy) -> Iterator[Said]:
    """The person, or a 法定代理人 who comes along; nobody else counts (§3.2)."""
    if known_by is PinKnownBy.LEGAL_REPRESENTATIVE:
        yield but(Why.PIN_BY_REPRESENTATIVE)
    elif known_by is PinKnownBy.UNKNOWN:
        yield perhaps(Why.PIN_KNOWER_UNKNOWN)
    elif known_by is not PinKnownBy.PERSON:
        yield no(Why.PIN_NOT_KNOWN)
