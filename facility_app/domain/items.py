"""The things in custody (預かり品): their states and moves, kinds, dates and condition.

States are fixed (design §2); "expired" is never a state, it is computed from dates (`expiry`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class ItemState(Enum):
    """保管中, 持出中, 紛失, 返還済, 廃棄済."""

    IN_SAFE = "in-safe"
    OUT = "out"
    LOST = "lost"
    RETURNED = "returned"
    DISPOSED = "disposed"

    @property
    def in_custody(self) -> bool:
        """Whether the facility still answers for the thing."""
        return self not in (ItemState.RETURNED, ItemState.DISPOSED)


class Move(Enum):
    """What may happen to a thing.  An emergency release is a SIGN_OUT; a correction is a new
    move."""

    SIGN_OUT = "sign-out"
    SIGN_IN = "sign-in"
    HAND_OVER = "hand-over"
    REPORT_LOST = "report-lost"
    FIND = "find"
    HAND_BACK = "hand-back"
    DISPOSE = "dispose"


TRANSITIONS: Mapping[tuple[ItemState, Move], ItemState] = {
    (ItemState.IN_SAFE, Move.SIGN_OUT): ItemState.OUT,
    (ItemState.OUT, Move.SIGN_IN): ItemState.IN_SAFE,
    (ItemState.OUT, Move.HAND_OVER): ItemState.OUT,
    (ItemState.IN_SAFE, Move.REPORT_LOST): ItemState.LOST,
    (ItemState.OUT, Move.REPORT_LOST): ItemState.LOST,
    (ItemState.LOST, Move.FIND): ItemState.IN_SAFE,
    (ItemState.IN_SAFE, Move.HAND_BACK): ItemState.RETURNED,
    (ItemState.IN_SAFE, Move.DISPOSE): ItemState.DISPOSED,
    (ItemState.LOST, Move.DISPOSE): ItemState.DISPOSED,
}


def after(state: ItemState, move: Move) -> ItemState | None:
    """The state `move` leads to, or None where the rulebook (管理規程) has no such move."""
    return TRANSITIONS.get((state, move))


class Condition(Enum):
    """What the thing looks like when it is taken, returned or counted."""

    GOOD = "good"
    WORN = "worn"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"


class FaceAuthentication(Enum):
    """追記欄「顔認証」 as seen by eye: a card without PIN."""

    UNKNOWN = "unknown"
    NOT_NOTED = "not-noted"
    NOTED = "noted"


class DateRole(Enum):
    """What a date of an item means."""

    CARD_EXPIRES = "card-expires"
    CERTIFICATE_EXPIRES = "certificate-expires"
    VALID_FROM = "valid-from"
    PAPER_EXPIRES = "paper-expires"


class Cycle(Enum):
    """How a kind of paper is renewed; the facility may change it (domain §5)."""

    NONE = "none"
    YEARLY = "yearly"
    YEARS = "years"


@dataclass(frozen=True)
class RenewalCycle:
    """YEARLY ends on `month`/`day` each year; YEARS lasts `years`; `apply_months` before it
    opens."""

    cycle: Cycle = Cycle.NONE
    month: int = 0
    day: int = 0
    years: int = 0
    apply_months: int = 0


@dataclass(frozen=True)
class ItemKind:
    """Master data of a kind (種類).

    `usual_for`: codes of the purposes it usually goes along on; `many`: a resident may have several
    (診察券).
    """

    code: str
    ja: str
    en: str
    is_card: bool = False
    dates: tuple[DateRole, ...] = ()
    has_ratio: bool = False
    many: bool = False
    usual_for: frozenset[str] = frozenset()
    cycle: RenewalCycle = RenewalCycle()

    def name(self, language: str) -> str:
        """The kind's name in a language of the program."""
        return self.en if language == "en" else self.ja
