"""What a check takes from a chip: its kind, dates and counters; nothing that names a person.

Never the individual number (個人番号), the back, serial numbers or a certificate (domain §7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CardKind(StrEnum):
    """What lies on the reader.  The values are those of ``card check --json`` (design §11)."""

    MY_NUMBER_CARD = "my_number_card"
    JUKI_CARD = "juki_card"
    PHONE = "phone"
    DRIVING_LICENCE = "driving_licence"
    RESIDENCE_CARD = "residence_card"
    FELICA = "felica"
    UNKNOWN = "unknown"
    NONE = "none"


class Pin(StrEnum):
    """暗証番号 and 照合番号 whose counters a check reads; values as in ``card check --json``."""

    USER_AUTH = "user_auth"
    """利用者証明用, four digits: the one that a clinic's reader asks for."""
    SIGNATURE = "signature"
    """署名用: never presented by this program, only counted."""
    CARD_INFO = "card_info"
    """券面事項入力補助用."""
    CODE_B = "code_b"
    """照合番号B of the same application: fourteen digits from the card's face."""
    RESIDENT_REGISTER = "resident_register"
    """住民基本台帳用."""


MOST_TRIES: Mapping[Pin, int] = {
    Pin.USER_AUTH: 3,
    Pin.SIGNATURE: 5,
    Pin.CARD_INFO: 3,
    Pin.CODE_B: 10,
    Pin.RESIDENT_REGISTER: 3,
}
"""Tries of a fresh counter (cards.md §5); a card that says more is believed."""


class Certificate(StrEnum):
    """利用者証明用電子証明書: whether its dates could be read."""

    READ = "read"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_ASKED = "not_asked"
    """Not a My Number card: there was nothing to ask for."""


NO_TRIES: Mapping[Pin, int | None] = dict.fromkeys(Pin)


@dataclass(frozen=True)
class ChipFacts:
    """What one reading took from the chip; days are Japanese local dates, None = it did not say.

    `tries`: 0 = blocked, or a face-authentication card (顔認証マイナンバーカード).
    `mark`: keyed recognition mark, only where the facility switched recognition on (design §8.3).
    """

    kind: CardKind
    certificate: Certificate = Certificate.NOT_ASKED
    certificate_from: date | None = None
    certificate_until: date | None = None
    signature_certificate: bool | None = None
    card_expires_on: date | None = None
    tries: Mapping[Pin, int | None] = field(default_factory=lambda: NO_TRIES)
    mark: bytes | None = field(default=None, repr=False)


NOTHING = ChipFacts(CardKind.NONE)
"""An empty reader."""


@dataclass(frozen=True)
class Reading:
    """One finished reading: what the chip said, on which reader, at what cost.

    `insertion` is that of the `ReaderView`; `apdus` counts commands sent, `milliseconds` the time
    from connecting to the last answer.
    """

    reader: str
    facts: ChipFacts
    insertion: int = 0
    apdus: int = 0
    milliseconds: int = 0
