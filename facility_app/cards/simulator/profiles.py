"""Invented cards: what is on the chip, and the ready-made ones for tests and the sample facility.

Everybody here is invented, and the twelve digits have a wrong check digit on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.domain.dates import add_months, era_of
from facility_app.domain.people import Sex

CONTACTLESS = bytes.fromhex("3B888001000041E0B381A1003B")
"""The answer to reset that readers make up for a contactless card (cards.md §1)."""

_ANSWERS = {
    CardKind.FELICA: bytes.fromhex("3B8F8001804F0CA000000306110 03B0000000042".replace(" ", "")),
    CardKind.DRIVING_LICENCE: bytes.fromhex("3B88800100000000009181C100D8"),
    CardKind.JUKI_CARD: bytes.fromhex("3B8880010000 14E0B3819100 5E".replace(" ", "")),
}
NO_NUMBER = "123456789010"
"""Twelve digits whose check digit is wrong: nobody's individual number."""


@dataclass(frozen=True)
class Holder:
    """Whose card it is: invented."""

    name: str = "例田　太郎"
    address: str = "見本県例示市架空町一丁目２番３号"
    birth: date = date(1946, 2, 3)
    sex: Sex = Sex.MALE


@dataclass(frozen=True)
class CardProfile:
    """One card.  Days are Japanese local dates; `tries` what is left now, `codes` what opens it.

    `number` makes this card's keys and certificates differ from another's; `face` = 顔認証: no
    signature certificate, none of the holder's PINs; `long_length` = the second form of the length
    in the attributes' file (cards.md §4.2).
    """

    kind: CardKind = CardKind.MY_NUMBER_CARD
    holder: Holder = field(default=Holder(), repr=False)
    certificate_from: date = date(2026, 5, 1)
    certificate_until: date | None = date(2031, 5, 1)
    card_expires_on: date | None = date(2036, 5, 1)
    tries: Mapping[Pin, int] = field(default_factory=lambda: dict(MOST_TRIES))
    codes: Mapping[Pin, bytes] = field(default_factory=dict, repr=False)
    face: bool = False
    damaged_certificate: bool = False
    long_length: bool = False
    number: int = 1

    @property
    def atr(self) -> bytes:
        """The answer to reset."""
        return _ANSWERS.get(self.kind, CONTACTLESS)

    def code(self, pin: Pin) -> bytes:
        """What opens `pin`; 照合番号B is made from what is printed on the face."""
        if pin in self.codes:
            return self.codes[pin]
        return code_b(self) if pin is Pin.CODE_B else _SAMPLE_CODES[pin]


_SAMPLE_CODES = {
    Pin.USER_AUTH: b"2580",
    Pin.SIGNATURE: b"SAMPLE99",
    Pin.CARD_INFO: b"1470",
    Pin.RESIDENT_REGISTER: b"3690",
}
SECURITY_CODE = "4711"


def code_b(profile: CardProfile) -> bytes:
    """Birth date with the year of the era, year of expiry, security code (cards.md §4.4)."""
    birth, expires = profile.holder.birth, profile.card_expires_on
    era = era_of(birth)
    year = birth.year - era.first.year + 1 if era else birth.year % 100
    until = expires.year if expires else 0
    return f"{year:02d}{birth:%m%d}{until:04d}{SECURITY_CODE}".encode()


def good(on: date, number: int = 1) -> CardProfile:
    """A card with years before it and all tries."""
    first = add_months(on, -7)
    until, expires = add_months(first, 60), add_months(first, 120)
    return CardProfile(
        certificate_from=first, certificate_until=until, card_expires_on=expires, number=number
    )


def expiring(on: date, number: int = 2) -> CardProfile:
    """A certificate with 18 days left, and one wrong PIN remembered."""
    until = on + timedelta(days=18)
    first, expires = add_months(until, -60), add_months(until, 60)
    tries = {**MOST_TRIES, Pin.USER_AUTH: 2}
    return replace(
        good(on, number),
        certificate_from=first,
        certificate_until=until,
        card_expires_on=expires,
        tries=tries,
    )


def in_grace(on: date, number: int = 3) -> CardProfile:
    """The certificate ended three weeks ago; the card goes on."""
    until = on - timedelta(days=21)
    return replace(
        expiring(on, number), certificate_until=until, certificate_from=add_months(until, -60)
    )


def past_grace(on: date, number: int = 4) -> CardProfile:
    """The certificate ended half a year ago."""
    until = add_months(on, -6)
    return replace(
        expiring(on, number), certificate_until=until, certificate_from=add_months(until, -60)
    )


def face_card(on: date, number: int = 5) -> CardProfile:
    """顔認証マイナンバーカード: its holder's PINs answer as if they were blocked."""
    mine = (Pin.USER_AUTH, Pin.SIGNATURE, Pin.CARD_INFO, Pin.RESIDENT_REGISTER)
    return replace(good(on, number), face=True, tries={**MOST_TRIES, **dict.fromkeys(mine, 0)})


def other(kind: CardKind) -> CardProfile:
    """A card of another kind."""
    return CardProfile(kind=kind)


READY_MADE = {
    "good": good,
    "expiring": expiring,
    "in-grace": in_grace,
    "past-grace": past_grace,
    "face": face_card,
}
"""By the names that the command line of the simulator takes; the other kinds are added to them."""
