"""The rule data of a loss as values: things, steps, telephones, fees, places to search.

Read from ``lost_steps.toml`` and ``contacts.toml``; every number that is shown carries where it
comes from and when somebody looked last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from facility_app.domain.incidents import (
    Cost,
    DueBy,
    Evidence,
    LostPaper,
    LostWhere,
    Opens,
    Per,
    Phase,
    Stolen,
    Who,
)


@dataclass(frozen=True)
class Said:
    """A text of the rule data in the languages of the program."""

    ja: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """The text in a language; Japanese where the other was left out."""
        return (self.en or self.ja) if language == "en" else self.ja


@dataclass(frozen=True)
class Sourced:
    """Where a row of the rule data comes from, and when somebody looked last."""

    source: str
    checked_on: date


@dataclass(frozen=True)
class StepDue:
    """`n`: minutes for NOW, days for the others; counted from noticing, or from finding."""

    by: DueBy
    n: int = 0


@dataclass(frozen=True)
class Contact:
    """Whom to call.

    number: empty where each facility has its own, then `find` says where it stands; keys: what to
    press at the voice guidance; also: codes of those to try when nobody answers.
    """

    code: str
    name: Said
    origin: Sourced
    number: str = ""
    keys: str = ""
    hours: Said = Said()
    find: Said = Said()
    cost: Cost = Cost.UNKNOWN
    is_fax: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fee:
    """What something costs, in yen."""

    code: str
    name: Said
    yen: int
    origin: Sourced
    note: Said = Said()


@dataclass(frozen=True)
class SearchPlace:
    """Where to look."""

    code: str
    name: Said


@dataclass(frozen=True)
class Thing:
    """A kind of thing that can be lost.

    kinds: codes of item kinds; `rest`: all that no other thing names; neither: it is not in the
    register (a key, a drive).
    """

    code: str
    name: Said
    kinds: frozenset[str] = frozenset()
    rest: bool = False

    @property
    def registered(self) -> bool:
        """Whether it is something in custody."""
        return self.rest or bool(self.kinds)


@dataclass(frozen=True)
class When:
    """A condition: where it happened is one of `where`, stolen one of `stolen`; empty = any."""

    where: frozenset[LostWhere] = frozenset()
    stolen: frozenset[Stolen] = frozenset()

    def holds(self, where: LostWhere, stolen: Stolen) -> bool:
        """Whether it fits what is known."""
        return (not self.where or where in self.where) and (
            not self.stolen or stolen in self.stolen
        )


@dataclass(frozen=True)
class StepRule:
    """One step as the rule data has it; fields as described in ``lost_steps.toml``.

    evidence: must be filled in, optional: may be.  after: only where one of these was done.
    """

    code: str
    title: Said
    things: frozenset[str]
    per: Per
    due: StepDue
    origin: Sourced
    phase: Phase = Phase.LOST
    who: Who = Who.ANYONE
    when: tuple[When, ...] = ()
    after: frozenset[str] = frozenset()
    contact: str = ""
    say: Said = Said()
    note: Said = Said()
    bring: tuple[Said, ...] = ()
    fees: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    optional: tuple[Evidence, ...] = ()
    opens: Opens | None = None
    paper: LostPaper | None = None
    drop_on_found: bool = False
    cancels: bool = False

    def applies(self, where: LostWhere, stolen: Stolen, done: frozenset[str]) -> bool:
        """Whether it is asked for, as far as is known; `done`: codes of steps that were done."""
        known = not self.when or any(each.holds(where, stolen) for each in self.when)
        return known and (not self.after or bool(self.after & done))


@dataclass(frozen=True)
class LostRules:
    """All of ``lost_steps.toml`` and ``contacts.toml``; steps in their order."""

    things: Mapping[str, Thing]
    steps: tuple[StepRule, ...]
    fees: Mapping[str, Fee]
    places: Mapping[str, SearchPlace]
    contacts: Mapping[str, Contact]
    first_review_days: int
    second_review_days: int
    by_code: Mapping[str, StepRule] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {step.code: step for step in self.steps})

    def thing_of(self, kind_code: str) -> Thing:
        """What a thing in custody is when it is lost."""
        for thing in self.things.values():
            if kind_code in thing.kinds:
                return thing
        return next(thing for thing in self.things.values() if thing.rest)
