"""The set-up wizard without Qt: nine steps, what is still missing in each, the rules of passwords.

Until the key is made (step 3) nothing is on disk: facility and manager live here.  From then on the
step reached is kept with the facility, and the wizard goes on where it was left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from facility_app.domain.access import Actor
from facility_app.errors import Refused
from facility_app.recovery import known_word


class Step(Enum):
    """The nine steps in their order; the value is the number."""

    FACILITY = 1
    MANAGER = 2
    KEY = 3
    CUSTODIAN = 4
    CABINETS = 5
    RESIDENTS = 6
    TAGS = 7
    READER = 8
    BACKUP = 9


LAST = len(Step)
MAY_WAIT = frozenset({Step.CUSTODIAN, Step.CABINETS, Step.RESIDENTS, Step.TAGS, Step.READER})
"""Steps that can be done later without harm; without a backup the set-up is not finished."""


@dataclass
class Person:
    """Somebody typed into a step; the password stays in its field until it is used."""

    number: str = ""
    name: str = ""
    kana: str = ""

    def missing(self) -> list[str]:
        """Fields that are still empty."""
        return [part for part in ("number", "name") if not getattr(self, part).strip()]


@dataclass
class WizardForm:
    """State of the wizard.  `reached` is the last step that is done (0-9)."""

    name: str = ""
    address: str = ""
    phone: str = ""
    manager: Person = field(default_factory=Person)
    actor: Actor | None = None
    step: Step = Step.FACILITY
    reached: int = 0

    def resume(self, reached: int) -> None:
        """Go on after the last step that is done."""
        self.reached = max(self.reached, reached)
        self.step = Step(min(self.reached + 1, LAST))

    def done(self, step: Step) -> None:
        """`step` is done; the next one is shown."""
        self.reached = max(self.reached, step.value)
        if step.value < LAST:
            self.step = Step(step.value + 1)

    def back(self) -> Step:
        """One step back, where nothing made would have to be unmade: never behind the key."""
        if self.can_go_back():
            self.step = Step(self.step.value - 1)
        return self.step

    def can_go_back(self) -> bool:
        """Whether there is a step before this one that can still be changed."""
        return self.step.value > self._first_open().value

    def may_open(self, step: Step) -> bool:
        """Whether `step` can be chosen in the list."""
        return self._first_open().value <= step.value <= self.reached + 1

    def _first_open(self) -> Step:
        """The first step that can still be changed: nothing that was made is unmade."""
        if self.reached >= Step.KEY.value:
            return Step.CUSTODIAN
        return Step.FACILITY if self.actor is None else Step.KEY

    def own_words(self) -> list[str]:
        """What a password must not be made from."""
        person = self.manager
        found = (self.name, person.name, person.kana, person.number)
        return [text for text in found if text.strip()]


class Rule(Enum):
    """One rule of a password, as a line under the field."""

    LENGTH = "length"
    COMMON = "common"
    OWN = "own"
    AGAIN = "again"


def password_rules(
    password: str, again: str, own_words: Sequence[str], minimum: int
) -> dict[Rule, bool | None]:
    """Each rule: kept, broken, or None while it cannot be told yet.

    Loads the list of common passwords at the first call for a password that is long enough.
    """
    long_enough = len(unicodedata.normalize("NFKC", password)) >= minimum
    rules: dict[Rule, bool | None] = {
        Rule.LENGTH: long_enough if password else None,
        Rule.COMMON: None,
        Rule.OWN: None,
        Rule.AGAIN: password == again if again else None,
    }
    if not long_enough:
        return rules
    from facility_app.domain.passwords import PasswordFromFacility, check_password

    rules[Rule.COMMON] = rules[Rule.OWN] = True
    try:
        check_password(password, own_words, minimum=minimum)
    except PasswordFromFacility:
        rules[Rule.OWN] = False
    except Refused:
        rules[Rule.COMMON], rules[Rule.OWN] = False, None
    return rules


def keeps_all(rules: dict[Rule, bool | None]) -> bool:
    """Whether every rule is kept."""
    return all(value is True for value in rules.values())


@dataclass
class SheetCheck:
    """The words of the sheet, asked back at a few positions; forgotten when they are right."""

    words: tuple[str, ...] = field(repr=False)
    positions: tuple[int, ...]

    def wrong(self, typed: Sequence[str]) -> list[int]:
        """The positions at which `typed` (in the order of `positions`) is not the printed word."""
        pairs = zip(self.positions, typed, strict=True)
        return [at for at, text in pairs if known_word(text) != self.words[at - 1]]

    def forget(self) -> None:
        """The words are not needed any more."""
        self.words = ()


def cabinet_problem(name: str, count: str) -> bool:
    """Whether a cabinet's name and number of slots cannot be right."""
    digits = unicodedata.normalize("NFKC", count).strip()
    return not name.strip() or not digits.isdecimal() or not 1 <= int(digits) <= 200


def next_cabinet(name: str) -> str:
    """The next letter after a cabinet of one letter; any other name stays."""
    return chr(ord(name) + 1) if len(name) == 1 and "A" <= name < "Z" else name
