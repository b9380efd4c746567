"""What this program asks a card, in as few commands as possible (cards.md §4-§7).

Without a PIN: which card it is, the dates of its authentication certificate (利用者証明用) and of
the card, the tries left of every PIN.  Never asked for: the individual number, the record with the
card's serial number (共通カードAP), the signature certificate, the whole certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from facility_app.cards import der
from facility_app.cards.apdu import (
    NOT_FOUND,
    SHORT_MOST,
    Answer,
    count_tries,
    get_data,
    read_file,
    read_on,
    select_application,
    send,
    tries_left,
)
from facility_app.cards.chip import CardKind, Certificate, ChipFacts, Pin
from facility_app.cards.protocol import CardLink, CardUnreadable

Marker = Callable[[bytes], bytes]
"""From a public key (DER) to the keyed mark by which the card is recognised (design §8.3)."""

JPKI = bytes.fromhex("D392F000260100000001")
CARD_INFO = bytes.fromhex("D3921000310001010408")
RESIDENT_REGISTER = bytes.fromhex("D3921000310001010401")
POWER_ON = bytes.fromhex("A0000001510000")
DRIVING_LICENCE = bytes.fromhex("A0000002310100000000000000000000")
RESIDENCE_CARD = bytes.fromhex("D392F0004F0200000000000000000000")

_TOKEN, _PRESENT, _CERTIFICATE = 0x06, 0x08, 0x0A
_LABEL_BYTES = 32
_IS_PRESENT = 0x8F
_EXPIRY = 0x00F2
_MOST_READS = 20
"""A certificate takes 1 to 9 reads; a card that gives crumbs is not followed for ever."""

_LABELS = {
    b"JPKIAPICCTOKEN2": CardKind.MY_NUMBER_CARD,
    b"JPKIAPICCTOKEN": CardKind.JUKI_CARD,
    b"JPKIAPGPSETOKEN": CardKind.PHONE,
    b"JPKIAPIOSTOKEN": CardKind.PHONE,
}
_FELICA = bytes.fromhex("3B8F8001804F0CA000000306")
_FELICA_NAME, _FELICA_NAME_AT = b"\x00\x3b", 13
_FELICA_SHORT = bytes.fromhex("3B8C80010443FD")

_USER_AUTH, _SIGNATURE, _CARD_INFO_PIN, _CODE_B, _REGISTER_PIN = 0x18, 0x1B, 0x11, 0x15, 0x1C

PIN_PLACES: Mapping[Pin, tuple[bytes, int]] = {
    Pin.USER_AUTH: (JPKI, _USER_AUTH),
    Pin.CARD_INFO: (CARD_INFO, _CARD_INFO_PIN),
    Pin.RESIDENT_REGISTER: (RESIDENT_REGISTER, _REGISTER_PIN),
}
"""Application and short id of the PINs that the vault may present; 署名用 is not among them."""


@dataclass(frozen=True)
class CardIdentity:
    """What tells one card from another; days are Japanese local dates, None = it did not say."""

    card_expires_on: date | None
    certificate_until: date | None
    mark: bytes | None = field(default=None, repr=False)


def identify_card(link: CardLink, marker: Marker | None = None) -> CardIdentity | None:
    """Which card this is, with the JPKI application selected afterwards; None = no My Number card.

    Three commands: the card's expiry, the application, the first part of the certificate; two more
    for a mark, two where another program had left an application selected.  The label of the
    application is not read: a certificate that may be read without a PIN is on no other kind of
    card (cards.md §4.1).  Raises what `CardLink.transmit` raises, and ReaderFault.
    """
    if is_felica(link.atr):
        return None
    expires = _card_expiry(link) or _expiry_at_power_on(link)
    if not send(link, select_application(JPKI)).ok:
        return None
    _state, dates, mark = _certificate(link, marker)
    return CardIdentity(expires, dates.last if dates else None, mark)


def read_chip(link: CardLink, marker: Marker | None = None) -> ChipFacts:
    """Everything a check needs, without a PIN.

    The minimum for a My Number card that nobody has selected anything on is 12 commands: the card's
    expiry (1), the application with its label and flags (3), the first part of the certificate
    (1), two counters; then a second application with two counters (3) and a third with one (2).
    Two more where the expiry has to be asked for again at the power-on level.

    Raises CardUnreadable and what `CardLink.transmit` raises; a card that answers nonsense raises
    nothing else, what it did not say is None.
    """
    if is_felica(link.atr):
        return ChipFacts(CardKind.FELICA)
    expires = _card_expiry(link)
    if send(link, select_application(JPKI)).ok:
        kind = _token(link)
        if kind is not CardKind.MY_NUMBER_CARD:
            return ChipFacts(kind)
        return _my_number_card(link, expires, marker)
    if send(link, select_application(CARD_INFO)).ok:
        tries = dict.fromkeys(Pin) | dict(_card_info_tries(link)) | dict(_register_tries(link))
        return ChipFacts(
            CardKind.MY_NUMBER_CARD,
            Certificate.MISSING,
            card_expires_on=expires or _expiry_at_power_on(link),
            tries=tries,
        )
    for identifier, kind in (
        (DRIVING_LICENCE, CardKind.DRIVING_LICENCE),
        (RESIDENCE_CARD, CardKind.RESIDENCE_CARD),
    ):
        if send(link, select_application(identifier)).ok:
            return ChipFacts(kind)
    return ChipFacts(CardKind.UNKNOWN)


def is_felica(atr: bytes) -> bool:
    """Whether the reader calls the card FeliCa (staff card, transit card): it is sent no command,
    because what the reader would make of it is unknown (cards.md §6)."""
    name = atr[_FELICA_NAME_AT : _FELICA_NAME_AT + 2]
    return (atr.startswith(_FELICA) and name == _FELICA_NAME) or atr.startswith(_FELICA_SHORT)


def _my_number_card(link: CardLink, expires: date | None, marker: Marker | None) -> ChipFacts:
    """The JPKI application is selected and is that of a My Number card."""
    flags = send(link, read_file(_PRESENT, 3))
    told = flags.ok and len(flags.data) == 3
    if told and flags.data[1] != _IS_PRESENT:
        state, dates, mark = Certificate.MISSING, None, None
    else:
        state, dates, mark = _certificate(link, marker)
    tries: dict[Pin, int | None] = {
        Pin.USER_AUTH: _tries(link, _USER_AUTH),
        Pin.SIGNATURE: _tries(link, _SIGNATURE),
    }
    selected = send(link, select_application(CARD_INFO)).ok
    tries |= _card_info_tries(link) if selected else dict.fromkeys((Pin.CARD_INFO, Pin.CODE_B))
    tries |= _register_tries(link)
    return ChipFacts(
        kind=CardKind.MY_NUMBER_CARD,
        certificate=state,
        certificate_from=dates.first if dates else None,
        certificate_until=dates.last if dates else None,
        signature_certificate=flags.data[0] == _IS_PRESENT if told else None,
        card_expires_on=expires or _expiry_at_power_on(link),
        tries=tries,
        mark=mark,
    )


def _token(link: CardLink) -> CardKind:
    """The kind by the token's label, the one trustworthy sign (cards.md §4.1); only the label is
    read: further on stands a serial number.

    Raises CardUnreadable where the application is there and its label cannot be read: that says
    nothing about the kind, and must not end as "not a My Number card".
    """
    answer = send(link, read_file(_TOKEN, _LABEL_BYTES))
    if not answer.ok:
        raise CardUnreadable
    return _LABELS.get(answer.data[:_LABEL_BYTES].rstrip(b" \x00"), CardKind.UNKNOWN)


def _certificate(
    link: CardLink, marker: Marker | None
) -> tuple[Certificate, der.Validity | None, bytes | None]:
    """Dates of the authentication certificate, and its mark where one is wanted; the bytes read so
    far are forgotten with this call."""
    dates: der.Validity | None = None
    for data in _growing(link):
        if data is None:
            return Certificate.MISSING, None, None
        try:
            dates = der.validity(data)
            mark = marker(der.public_key(data)) if marker is not None else None
        except der.MoreNeeded:
            continue
        except der.Malformed:
            break
        return Certificate.READ, dates, mark
    # The dates may be sound where only the key behind them is damaged; such a card is no good.
    return Certificate.UNREADABLE, None, None


def _growing(link: CardLink) -> Iterator[bytes | None]:
    """The certificate file from its start, a piece longer each time, to the length that its header
    tells and never beyond; None where there is no such file."""
    answer = send(link, read_file(_CERTIFICATE, SHORT_MOST))
    if answer.status in NOT_FOUND or (answer.ok and _is_blank(answer.data)):
        yield None
        return
    data = b""
    for _ in range(_MOST_READS):
        if not answer.ok or not answer.data:
            return
        data += answer.data
        try:
            left = der.certificate_length(data) - len(data)
        except (der.Malformed, der.MoreNeeded):
            yield data
            return
        yield data[: len(data) + min(left, 0)]
        if left <= 0:
            return
        answer = send(link, read_on(len(data), min(left, SHORT_MOST)))


def _is_blank(data: bytes) -> bool:
    """A file without content: nothing, or filler alone (cards.md §3 "length")."""
    return not data.strip(b"\xff\x00")


def _tries(link: CardLink, short_id: int) -> int | None:
    return tries_left(send(link, count_tries(short_id)).status)


def _card_info_tries(link: CardLink) -> dict[Pin, int | None]:
    """Counters of the application 券面事項入力補助, which is selected."""
    return {Pin.CARD_INFO: _tries(link, _CARD_INFO_PIN), Pin.CODE_B: _tries(link, _CODE_B)}


def _register_tries(link: CardLink) -> dict[Pin, int | None]:
    if not send(link, select_application(RESIDENT_REGISTER)).ok:
        return {Pin.RESIDENT_REGISTER: None}
    return {Pin.RESIDENT_REGISTER: _tries(link, _REGISTER_PIN)}


def _card_expiry(link: CardLink) -> date | None:
    """The card's last day; the object exists only while no application is selected."""
    return _eight_digits(send(link, get_data(_EXPIRY)))


def _expiry_at_power_on(link: CardLink) -> date | None:
    """The same where another program had left an application selected."""
    return _card_expiry(link) if send(link, select_application(POWER_ON)).ok else None


def _eight_digits(answer: Answer) -> date | None:
    if not answer.ok or len(answer.data) != 8 or not answer.data.isdigit():
        return None
    text = answer.data
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
