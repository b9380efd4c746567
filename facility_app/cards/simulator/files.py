"""The applications of a simulated card: files, keys and who may read what (cards.md §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.mynacard import (
    CARD_INFO,
    DRIVING_LICENCE,
    JPKI,
    RESIDENCE_CARD,
    RESIDENT_REGISTER,
)
from facility_app.cards.simulator.certificates import authority, certificate
from facility_app.cards.simulator.profiles import NO_NUMBER, CardProfile, Holder
from facility_app.domain.people import Sex

VISUAL = bytes.fromhex("D3921000310001010402")
COMMON = bytes.fromhex("D3921000310001010100")
USER_AUTHENTICATION, DIGITAL_SIGNATURE = "user authentication", "digital signature"
FILLER = b"\xff" * 64
"""Files are longer than their contents."""

RECORD_FILE = 0x01
"""The short id under which an application with a record keeps it."""

MUNICIPALITY = "00000"
"""Of no municipality."""

_NO_PICTURE = bytes(512)
_NO_SIGNATURE = bytes(256)
"""As long as the real ones and worth nothing: a simulated card proves nothing."""

_LABELS = {
    CardKind.MY_NUMBER_CARD: b"JPKIAPICCTOKEN2",
    CardKind.JUKI_CARD: b"JPKIAPICCTOKEN",
    CardKind.PHONE: b"JPKIAPGPSETOKEN",
}
_SEXES = {Sex.MALE: b"1", Sex.FEMALE: b"2", Sex.NOT_APPLICABLE: b"9"}


@dataclass
class Key:
    """A PIN or a code.  `value` None = nothing ever fits."""

    value: bytes | None = field(repr=False)
    most: int
    tries: int


@dataclass(frozen=True)
class File:
    """An elementary file.  `opened_by`: any of these keys; empty = free to read."""

    data: bytes = field(repr=False)
    opened_by: frozenset[int] = frozenset()


@dataclass
class Application:
    """One application by its identifier; files and keys by their short ids."""

    identifier: bytes
    files: dict[int, File] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    record: bytes = b""


def applications(profile: CardProfile) -> list[Application]:
    """What is on the card of this profile, in the order in which a partial name finds it."""
    kind = profile.kind
    if kind is CardKind.MY_NUMBER_CARD:
        return [_jpki(profile), *_others(profile)]
    if kind in _LABELS:
        return [_jpki(profile)]
    if kind is CardKind.DRIVING_LICENCE:
        return [Application(DRIVING_LICENCE)]
    return [Application(RESIDENCE_CARD)] if kind is CardKind.RESIDENCE_CARD else []


def _jpki(profile: CardProfile) -> Application:
    """公的個人認証 (cards.md §4.1)."""
    made = Application(JPKI)
    made.files[0x06] = File(_token(profile.kind))
    if profile.kind is CardKind.JUKI_CARD:
        return made
    signs = not profile.face
    until, first = profile.certificate_until, profile.certificate_from
    made.files[0x08] = File(bytes((0x8F if signs else 0, 0x8F if until else 0, 0)))
    made.keys[0x18] = _key(profile, Pin.USER_AUTH)
    made.keys[0x1B] = _key(profile, Pin.SIGNATURE)
    if signs:
        end = until or profile.card_expires_on or first
        own = certificate(DIGITAL_SIGNATURE, first, end, profile.number)
        made.files[0x01] = File(own + FILLER, frozenset({0x1B}))
    made.files[0x02] = File(authority(DIGITAL_SIGNATURE) + FILLER)
    made.files[0x0B] = File(authority(USER_AUTHENTICATION) + FILLER)
    if until:
        own = certificate(USER_AUTHENTICATION, first, until, profile.number)
        if profile.damaged_certificate:
            own = own[:150] + bytes(60) + own[210:]
        locked = frozenset({0x18} if profile.kind is CardKind.PHONE else ())
        made.files[0x0A] = File(own + FILLER, locked)
    return made


def _others(profile: CardProfile) -> list[Application]:
    """券面事項入力補助, 券面事項確認, 住基 and the common application (cards.md §4.2-§4.5)."""
    register = Application(RESIDENT_REGISTER, keys={0x1C: _key(profile, Pin.RESIDENT_REGISTER)})
    common = Application(COMMON, keys={0x1C: Key(profile.code(Pin.RESIDENT_REGISTER), 3, 3)})
    serial = f"{profile.number:015d}{MUNICIPALITY}".encode()
    common.record = b"\x01\x1c" + serial + _day(profile.card_expires_on).ljust(8, b"0")
    return [_card_info(profile), _visual(profile), register, common]


def _card_info(profile: CardProfile) -> Application:
    """券面事項入力補助.  Code A opens the number alone, code B the attributes alone."""
    made = Application(CARD_INFO)
    number = b"\xff\x10\x0c" + NO_NUMBER.encode() + b"\xff\xff"
    body = attributes(profile.holder, long_length=profile.long_length)
    hashes = tlv(0xDF31, sha256(number).digest()) + tlv(0xDF32, sha256(body).digest())
    made.files = {
        0x01: File(number + FILLER, frozenset({0x11, 0x14})),
        0x02: File(body + FILLER, frozenset({0x11, 0x15})),
        0x03: File(
            tlv(0xFF30, hashes + tlv(0xDF33, _NO_SIGNATURE)) + FILLER,
            frozenset({0x11, 0x14, 0x15}),
        ),
        0x04: File(_CARD_CERTIFICATE + FILLER),
        0x05: File(
            tlv(
                0xFF40,
                tlv(0xDF41, b"\1\3\x0e\1") + tlv(0xDF42, bytes(16)) + tlv(0xDF43, bytes(128)),
            )
            + FILLER
        ),
    }
    made.keys = {
        0x11: _key(profile, Pin.CARD_INFO),
        0x12: Key(None, 0, 0),  # a reference that is always blocked
        0x14: Key(NO_NUMBER.encode(), 10, 10),
        0x15: _key(profile, Pin.CODE_B),
    }
    return made


def _visual(profile: CardProfile) -> Application:
    """券面事項確認.  Its codes stand the other way round, and have counters of their own."""
    made = Application(VISUAL)
    birth = f"{profile.holder.birth:%Y%m%d}".encode()
    face = [
        (0xDF22, birth),
        (0xDF23, _SEXES[profile.holder.sex]),
        (0xDF24, bytes(16)),
        (0xDF25, _NO_PICTURE),
        (0xDF26, _NO_PICTURE),
        (0xDF27, _NO_PICTURE * 8),
        (0xDF28, _NO_SIGNATURE),
        (0xDF29, _day(profile.card_expires_on)),
        (0xDF2A, _NO_PICTURE),
    ]
    place = tlv(0xDF32, bytes(16)) + tlv(0xDF33, b"\0") + tlv(0xDF34, MUNICIPALITY.encode())
    made.files = {
        0x01: File(tlv(0xFF10, tlv(0xDF11, birth)) + FILLER, frozenset({0x11})),
        0x02: File(indexed(0xFF20, face) + FILLER, frozenset({0x12, 0x13})),
        0x03: File(tlv(0xFF30, place) + FILLER),
        0x04: File(_CARD_CERTIFICATE + FILLER),
        0x05: File(tlv(0xFF40, tlv(0xDF41, _NO_PICTURE)) + FILLER, frozenset({0x13})),
    }
    made.keys = {
        0x11: Key(profile.code(Pin.CODE_B)[:6], 10, 10),
        0x12: Key(profile.code(Pin.CODE_B), 10, 10),
        0x13: Key(NO_NUMBER.encode(), 10, 10),
    }
    return made


def power_on_objects(profile: CardProfile) -> dict[int, bytes]:
    """What GET DATA gives while no application is selected (cards.md §4.5)."""
    if profile.kind is not CardKind.MY_NUMBER_CARD:
        return {}
    found = {0x00F0: MUNICIPALITY.encode(), 0x0045: f"{profile.number:016d}".encode()}
    if profile.card_expires_on is not None:
        found[0x00F2] = _day(profile.card_expires_on)
    return found


def _day(day: date | None) -> bytes:
    return f"{day:%Y%m%d}".encode() if day is not None else b""


def _key(profile: CardProfile, pin: Pin) -> Key:
    return Key(profile.code(pin), MOST_TRIES[pin], profile.tries[pin])


def _token(kind: CardKind) -> bytes:
    """CK_TOKEN_INFO of PKCS#11: label, maker, model, number, then words (cards.md §4.1)."""
    text = _LABELS[kind].ljust(32) + b"SIMULATED".ljust(32) + b"SIMULATOR".ljust(16)
    return text + b"0" * 16 + bytes(64)


def attributes(holder: Holder, *, long_length: bool = False) -> bytes:
    """EF 0002 of 券面事項入力補助: offsets from the start of the file, then the attributes."""
    values = [
        (0xDF22, holder.name.encode()),
        (0xDF23, holder.address.encode()),
        (0xDF24, f"{holder.birth:%Y%m%d}".encode()),
        (0xDF25, _SEXES[holder.sex]),
    ]
    return indexed(0xFF20, values, long_length=long_length)


def indexed(tag: int, values: Sequence[tuple[int, bytes]], *, long_length: bool = False) -> bytes:
    """A template that begins with DF21: where each of the values begins in the file."""
    parts = [tlv(each, value) for each, value in values]
    own = 3 + 2 * len(parts)
    size = own + sum(map(len, parts))
    head = 5 if long_length or size > 0xFF else 3 if size < 0x80 else 4
    offsets, at = [], head + own
    for part in parts:
        offsets.append(at)
        at += len(part)
    index = tlv(0xDF21, b"".join(offset.to_bytes(2, "big") for offset in offsets))
    return tlv(tag, b"".join([index, *parts]), long_length=long_length)


def tlv(tag: int, value: bytes, *, long_length: bool = False) -> bytes:
    """Tag of two bytes, the shortest length or its three-byte form, value."""
    size = len(value)
    if long_length or size > 0xFF:
        length = b"\x82" + size.to_bytes(2, "big")
    else:
        length = bytes((size,)) if size < 0x80 else bytes((0x81, size))
    return tag.to_bytes(2, "big") + length + value


_CARD_CERTIFICATE = tlv(0x7F21, tlv(0x5F4E, bytes(297)) + tlv(0x5F37, _NO_SIGNATURE))
