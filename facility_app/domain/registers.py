"""Registers (研修, 任命, 苦情・相談, 開示請求 …): one mechanism, nine kinds as rule data.

An entry is opened with facts, may be marked by people (attended, read, ticked), and is settled on a
day, which ends it or, where its rule repeats, begins the next period.  From the day it ended it is
kept for the years of its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import ClassVar

from facility_app.domain.dates import add_months
from facility_app.errors import Refused


class FactKind(Enum):
    """What is typed in a field of an entry."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes-no"


class About(Enum):
    """Whom an entry is about; MAY_RESIDENT: a resident where there is one."""

    NOBODY = "nobody"
    RESIDENT = "resident"
    MAY_RESIDENT = "may-resident"
    STAFF = "staff"


class Writers(Enum):
    """Who writes in a register: everybody at the desk, or the manager only."""

    DESK = "desk"
    MANAGER = "manager"


class MarkScope(Enum):
    """EACH: everybody marks for themselves or is marked; ONCE: a step that is ticked once."""

    EACH = "each"
    ONCE = "once"


@dataclass(frozen=True)
class Said:
    """A text in both languages of the program."""

    ja: str
    en: str

    def of(self, language: str) -> str:
        """The text in `language`; Japanese where there is no other."""
        return self.en if language == "en" and self.en else self.ja


@dataclass(frozen=True)
class FactChoice:
    """One of the answers of a CHOICE."""

    code: str
    name: Said


@dataclass(frozen=True)
class FactRule:
    """A field.  at_opening, at_settling: it must be filled in by then; help: shown under it."""

    code: str
    kind: FactKind
    name: Said
    at_opening: bool = False
    at_settling: bool = False
    choices: tuple[FactChoice, ...] = ()
    help: Said | None = None


@dataclass(frozen=True)
class MarkRule:
    """What people mark.  own: everybody only for themselves (read and understood)."""

    code: str
    name: Said
    scope: MarkScope
    own: bool = False
    needed: bool = False
    help: Said | None = None


@dataclass(frozen=True)
class RegisterRule:
    """One register.

    due_days, due_months: after the day of the entry; due_fact: or on the day in this field.
    repeat_months: a settled entry comes again after these, unless it is ended; everyone_months:
    everybody must have the mark `everyone` from an entry of these months, 0 = from the newest.
    keep_years: from the day it ended; needs_paper: settled only with a scanned paper; template:
    the text that the first entry begins with.
    """

    code: str
    name: Said
    about: About
    writers: Writers
    facts: tuple[FactRule, ...]
    keep_years: int
    marks: tuple[MarkRule, ...] = ()
    due_days: int | None = None
    due_months: int | None = None
    due_fact: str = ""
    repeat_months: int = 0
    everyone: str = ""
    everyone_months: int = 0
    needs_paper: bool = False
    template: Said | None = None
    help: Said | None = None

    def mark(self, code: str) -> MarkRule:
        """The mark of this code.  Raises KeyError."""
        return {each.code: each for each in self.marks}[code]


@dataclass(eq=False)
class FactMissing(Refused):
    """A field that must be filled in by now is empty; `field` is its name for people."""

    key: ClassVar[str] = "registers.fact_missing"
    field: str


@dataclass(eq=False)
class FactNotUnderstood(Refused):
    """What stands in a field is no such thing: no day, not one of its answers."""

    key: ClassVar[str] = "registers.fact_not_understood"
    field: str


@dataclass(eq=False)
class MarkStillNeeded(Refused):
    """An entry cannot end before a step of it is ticked; `step` is its name for people."""

    key: ClassVar[str] = "registers.mark_needed"
    step: str


Facts = Mapping[str, str]
"""Facts by the code of their field: text; days as ISO dates; choices by code; ``yes`` or ``no``."""


def check_facts(rule: RegisterRule, facts: Facts, language: str, *, settling: bool) -> None:
    """Raise FactMissing or FactNotUnderstood for the first field that is not as it must be.

    Raises ValueError for a field that the register does not have.
    """
    if set(facts) - {each.code for each in rule.facts}:
        raise ValueError("no such field in this register")
    for each in rule.facts:
        value = facts.get(each.code, "")
        if not value:
            if each.at_opening or (settling and each.at_settling):
                raise FactMissing(each.name.of(language))
        elif not _understood(each, value):
            raise FactNotUnderstood(each.name.of(language))


def due_on(rule: RegisterRule, on: date, facts: Facts) -> date | None:
    """The day until which an entry of `on` is to be settled; None = no deadline."""
    if rule.due_fact:
        named = facts.get(rule.due_fact, "")
        return date.fromisoformat(named) if named else None
    if rule.due_days is not None:
        return on + timedelta(days=rule.due_days)
    if rule.due_months is not None:
        return add_months(on, rule.due_months)
    return None


def next_due(rule: RegisterRule, settled_on: date) -> date:
    """When an entry that repeats comes again."""
    return add_months(settled_on, rule.repeat_months)


def kept_until(rule: RegisterRule, done_on: date) -> date:
    """The last day on which an entry that ended on `done_on` must still be there."""
    return add_months(done_on, 12 * rule.keep_years)


def refuse_unmarked(rule: RegisterRule, marked: Iterable[str], language: str) -> None:
    """Raise MarkStillNeeded for the first step that an entry cannot end without."""
    done = set(marked)
    for each in rule.marks:
        if each.needed and each.code not in done:
            raise MarkStillNeeded(each.name.of(language))


def _understood(rule: FactRule, value: str) -> bool:
    match rule.kind:
        case FactKind.DAY:
            try:
                return date.fromisoformat(value).isoformat() == value
            except ValueError:
                return False
        case FactKind.CHOICE:
            return value in {each.code for each in rule.choices}
        case FactKind.YES_NO:
            return value in ("yes", "no")
        case FactKind.LINE | FactKind.TEXT:
            return True
