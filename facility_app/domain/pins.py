"""暗証番号: what may be held for somebody, what is a bad choice, and who lets one out (design §7).

Everything here works on the bytes where they lie (`memoryview`): no rule makes a text of a PIN,
because nothing could wipe it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import permutations
from typing import ClassVar

from facility_app.domain.access import StaffId
from facility_app.domain.dates import ERAS
from facility_app.domain.individual_number import LENGTH, check_digit_of
from facility_app.errors import Refused

APPROVAL_LASTS = timedelta(minutes=5)
"""How long an approval may be used."""

REVEAL_LASTS = timedelta(seconds=20)
"""How long a PIN is shown."""

MOST_OFFICERS = 10
_ZERO, _NINE = ord("0"), ord("9")
_SHORTEST_FORM = 3


class Characters(Enum):
    """What a PIN is made of; letters are the capital ones of ASCII."""

    DIGITS = "digits"
    ALPHANUMERIC = "alphanumeric"


class CardPin(Enum):
    """Which PIN of the card a kind is, as in `cards.chip.Pin`.

    The signature PIN has no value here: it is never sent.
    """

    USER_AUTH = "user_auth"
    CARD_INFO = "card_info"
    RESIDENT_REGISTER = "resident_register"


class NotStorable(Enum):
    """Why a kind is refused everywhere."""

    SIGNATURE = "signature"
    """署名用: signing with it binds like a registered seal (実印); domain §9."""


@dataclass(frozen=True)
class PinKind:
    """A kind of PIN, from ``resources/rules/pin_kinds.toml``.

    lowest, highest: its length in characters.  card_pin: None where it is not sent to a card.
    not_storable: None where it may be held.
    """

    code: str
    ja: str
    en: str
    lowest: int
    highest: int
    characters: Characters = Characters.DIGITS
    card_pin: CardPin | None = None
    not_storable: NotStorable | None = None

    @property
    def storable(self) -> bool:
        """Whether the vault may hold it at all."""
        return self.not_storable is None

    @property
    def length(self) -> str:
        """Its length in figures: ``4`` or ``6–16``."""
        few, many = str(self.lowest), str(self.highest)
        return few if few == many else f"{few}–{many}"

    def name(self, language: str) -> str:
        """The kind's name in a language of the program."""
        return self.en if language == "en" else self.ja


class Weakness(Enum):
    """Why a PIN is among the first that somebody else would try."""

    BIRTH_DATE = "birth-date"
    REPEATED = "repeated"
    SEQUENCE = "sequence"


class Doubt(Enum):
    """Why a PIN that is held is not used until it is replaced."""

    WRONG = "wrong"
    """The card said no."""
    BLOCKED = "blocked"
    """The card compares this PIN no more."""
    REPLACING = "replacing"
    """A replacement was begun and its end is not known."""
    MISSING = "missing"
    """The file of the vault does not hold it (an older generation was put in place)."""


class EntryState(Enum):
    """Where an entry of the vault is; only HELD is used.  ERASED rows stay as proof."""

    DEPOSITING = "depositing"
    HELD = "held"
    ERASE_DUE = "erase-due"
    ERASED = "erased"


class EraseReason(Enum):
    """Why a PIN leaves the vault."""

    HANDED_BACK = "handed-back"
    WITHDRAWN = "consent-withdrawn"
    DISCHARGED = "discharged"
    DECEASED = "deceased"
    ASKED = "erase-asked"
    CARD_VOID = "card-void"
    """Its card was reported lost to the city, or another was issued."""
    UNFINISHED = "unfinished"
    """A deposit that was not finished; nobody was told that it is held."""
    LOST = "vault-lost"
    """The vault is gone: not erased, but out of reach."""


class Act(Enum):
    """What a release is for."""

    PRESENT = "present"
    CHECK = "check"
    """Does the PIN still fit: sent to the card like PRESENT, but only with a full counter."""
    REVEAL = "reveal"
    OFFICERS = "officers"
    """Change who the officers are."""


class Way(Enum):
    """How an approval was given."""

    OFFICER = "officer"
    """With the vault's passphrase (合言葉); the vault opens only with `threshold` of them."""
    MANAGER = "manager"
    """With the staff password: a second person, who opens nothing."""


@dataclass(frozen=True)
class Approval:
    """One person's approval; `at` aware."""

    staff_id: StaffId
    name: str
    at: datetime
    way: Way

    def lapsed(self, now: datetime) -> bool:
        """Whether it is too old; a clock set back makes it useless too."""
        return not timedelta(0) <= now - self.at < APPROVAL_LASTS


@dataclass(eq=False)
class PinNotStorable(Refused):
    """This kind of PIN is held nowhere (署名用)."""

    key: ClassVar[str] = "pins.not_storable"
    evidence: ClassVar[bool] = True
    reason: NotStorable


@dataclass(eq=False)
class PinKindUnknown(Refused):
    """No rule names this kind of PIN."""

    key: ClassVar[str] = "pins.kind_unknown"


@dataclass(eq=False)
class PinWrongLength(Refused):
    """The PIN has not `length` characters (``4``, ``6–16``)."""

    key: ClassVar[str] = "pins.wrong_length"
    length: str


@dataclass(eq=False)
class PinWrongCharacters(Refused):
    """The PIN has characters that this kind has not."""

    key: ClassVar[str] = "pins.wrong_characters"
    characters: Characters


@dataclass(eq=False)
class PinIsIndividualNumber(Refused):
    """What was typed may be somebody's individual number (番号法20条)."""

    key: ClassVar[str] = "pins.individual_number"


@dataclass(eq=False)
class PinGuessable(Refused):
    """The PIN is easily guessed; it is held when the person says so once more."""

    key: ClassVar[str] = "pins.guessable"
    weaknesses: tuple[Weakness, ...]


@dataclass(eq=False)
class ApprovalLapsed(Refused):
    """An approval is older than five minutes; nothing is left of it."""

    key: ClassVar[str] = "pins.approval_lapsed"


@dataclass(eq=False)
class ApprovalsMissing(Refused):
    """More officers have to approve: `have` of `need`."""

    key: ClassVar[str] = "pins.approvals_missing"
    have: int
    need: int


@dataclass(eq=False)
class OwnRequestAlone(Refused):
    """Nobody lets a PIN out alone: somebody else than who asked has to approve."""

    key: ClassVar[str] = "pins.own_request_alone"


@dataclass(eq=False)
class SecondApproverNeeded(Refused):
    """A PIN is shown only where two people approved: two officers, or an officer and a manager."""

    key: ClassVar[str] = "pins.second_approver_needed"


@dataclass(eq=False)
class AlreadyApproved(Refused):
    """This person has approved this release already."""

    key: ClassVar[str] = "pins.already_approved"


@dataclass(eq=False)
class HoldsTheCard(Refused):
    """Who has the card out now has no part in letting its PIN out (card and PIN stay apart)."""

    key: ClassVar[str] = "pins.holds_the_card"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class OfficerCountImpossible(Refused):
    """The vault needs `lowest` … `highest` officers, and no more approvals than officers."""

    key: ClassVar[str] = "pins.officer_count_impossible"
    lowest: int
    highest: int


def refuse_unstorable(kind: PinKind) -> None:
    """Raise PinNotStorable where this kind is held nowhere."""
    if kind.not_storable is not None:
        raise PinNotStorable(kind.not_storable)


def check_pin(kind: PinKind, pin: memoryview) -> None:
    """Raise the refusal that fits where `pin` cannot be a PIN of `kind`.

    PinNotStorable, PinIsIndividualNumber, PinWrongLength, PinWrongCharacters; none of them says
    anything about the PIN.
    """
    refuse_unstorable(kind)
    if holds_individual_number(pin):
        raise PinIsIndividualNumber
    if not kind.lowest <= len(pin) <= kind.highest:
        raise PinWrongLength(kind.length)
    letters = kind.characters is Characters.ALPHANUMERIC
    if not all(_is_digit(byte) or (letters and _is_capital(byte)) for byte in pin):
        raise PinWrongCharacters(kind.characters)


def holds_individual_number(pin: memoryview) -> bool:
    """Whether exactly twelve digits in a row with the right check digit stand in it."""
    run = 0
    for end in range(len(pin) + 1):
        if end < len(pin) and _is_digit(pin[end]):
            run += 1
            continue
        if run == LENGTH and _fits_check_digit(pin[end - LENGTH : end]):
            return True
        run = 0
    return False


def guessable(pin: memoryview, birth: date | None = None) -> tuple[Weakness, ...]:
    """Why the PIN is easily guessed; empty = it is not.

    `birth`: the resident's, compared in Gregorian and era figures.
    """
    found = []
    if birth is not None and any(_same(pin, form) for form in birth_forms(birth)):
        found.append(Weakness.BIRTH_DATE)
    if _repeated(pin):
        found.append(Weakness.REPEATED)
    elif _sequence(pin):
        found.append(Weakness.SEQUENCE)
    return tuple(found)


def birth_forms(birth: date) -> frozenset[str]:
    """The figures that people make of a birth date: year, month and day in any order, or some of
    them; the year with four or two figures, or of the era (S20 → 20)."""
    years = {f"{birth.year:04}", f"{birth.year % 100:02}"}
    for era in ERAS:
        if era.first <= birth and (era.last is None or birth <= era.last):
            count = birth.year - era.first.year + 1
            years |= {f"{count:02}", str(count)}
    months, days = ({f"{part:02}", str(part)} for part in (birth.month, birth.day))
    forms = set()
    for size in (1, 2, 3):
        for parts in permutations((years, months, days), size):
            forms |= set(_joined(parts))
    return frozenset(form for form in forms if len(form) >= _SHORTEST_FORM)


def refuse_incomplete(
    act: Act, requester: StaffId, approvals: Iterable[Approval], threshold: int, now: datetime
) -> None:
    """Raise the refusal that fits unless these approvals carry the act now.

    ApprovalLapsed, ApprovalsMissing (officers), OwnRequestAlone, SecondApproverNeeded (reveal).
    """
    given = tuple(approvals)
    if any(each.lapsed(now) for each in given):
        raise ApprovalLapsed
    officers = {each.staff_id for each in given if each.way is Way.OFFICER}
    if len(officers) < threshold:
        raise ApprovalsMissing(len(officers), threshold)
    people = {each.staff_id for each in given}
    if people <= {requester}:
        raise OwnRequestAlone
    if act is Act.REVEAL and len(people) < 2:
        raise SecondApproverNeeded


def lapses_at(approvals: Iterable[Approval]) -> datetime | None:
    """When the oldest approval ends; None without any."""
    first = min((each.at for each in approvals), default=None)
    return None if first is None else first + APPROVAL_LASTS


def check_officer_count(officers: int, threshold: int) -> None:
    """Raise OfficerCountImpossible unless `threshold` of `officers` can be."""
    if not 1 <= threshold <= officers <= MOST_OFFICERS:
        raise OfficerCountImpossible(max(1, threshold), MOST_OFFICERS)


def _is_digit(byte: int) -> bool:
    return _ZERO <= byte <= _NINE


def _is_capital(byte: int) -> bool:
    return ord("A") <= byte <= ord("Z")


def _fits_check_digit(digits: memoryview) -> bool:
    return digits[LENGTH - 1] - _ZERO == check_digit_of(byte - _ZERO for byte in digits[:-1])


def _same(pin: memoryview, form: str) -> bool:
    return len(pin) == len(form) and all(
        byte == ord(figure) for byte, figure in zip(pin, form, strict=True)
    )


def _joined(parts: Iterable[set[str]]) -> Iterator[str]:
    first, *rest = parts
    for head in first:
        if not rest:
            yield head
        else:
            yield from (head + tail for tail in _joined(rest))


def _repeated(pin: memoryview) -> bool:
    """One figure, or a group of them, over and over: 1111, 1212."""
    size = len(pin)
    return any(
        size % step == 0 and all(pin[at] == pin[at - step] for at in range(step, size))
        for step in range(1, size // 2 + 1)
    )


def _sequence(pin: memoryview) -> bool:
    """Figures up or down by one, over the nought too: 1234, 8901, 3210."""
    if len(pin) < 3 or not all(_is_digit(byte) for byte in pin):
        return False
    steps = {(pin[at] - pin[at - 1]) % 10 for at in range(1, len(pin))}
    return steps in ({1}, {9})
