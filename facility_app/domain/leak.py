"""漏えい等の報告: the clock and the questions (個人情報保護法26条; domain §7.1, rulings §3.2).

Nothing here says whether a report is due.  It counts days, and where sources leave a doubt it names
the earlier, safer one beside the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from facility_app.domain.incident_rules import Said
from facility_app.domain.working_days import OpenDays


class LeakAnswer(Enum):
    """What is known about one of the four classes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class LeakDecision(Enum):
    """What people decided after asking; the program decides nothing."""

    ASKING = "asking"
    REPORT = "report"
    NO_REPORT = "no-report"


@dataclass(frozen=True)
class LeakClass:
    """One of the four classes, as a question.  wrongful: a yes gives the longer time."""

    code: str
    question: Said
    help: Said
    wrongful: bool = False


@dataclass(frozen=True)
class LeakItem:
    """One of the nine items of a report."""

    code: str
    name: Said


@dataclass(frozen=True)
class Ask:
    """Whom to ask; `contact` is a code of ``contacts.toml``."""

    contact: str
    about: Said


@dataclass(frozen=True)
class AboutThings:
    """What is known about things of these kinds: what stands on them, or what protects it."""

    things: frozenset[str]
    text: Said


@dataclass(frozen=True)
class LeakDeadlines:
    """Days to keep.  `…_safe` is the one to go by; `…_last` what the sources allow at most."""

    first_safe: date
    first_last: date
    final_safe: date
    final_last: date


@dataclass(frozen=True)
class LeakClock:
    """The lengths of time, in days."""

    knowing_is_day_one: bool
    first_safe_days: int
    first_last_days: int
    final_days: int
    final_days_wrongful: int
    final_moves: bool

    def deadlines(self, known_on: date, *, wrongful: bool, days: OpenDays) -> LeakDeadlines:
        """From the day on which somebody in the facility knew.

        Weekends count.  速報 never moves.  確報 that falls on a closed day moves to the next open
        one; the safe day is the open one before.
        """
        final = self._day(known_on, self.final_days_wrongful if wrongful else self.final_days)
        return LeakDeadlines(
            first_safe=self._day(known_on, self.first_safe_days),
            first_last=self._day(known_on, self.first_last_days),
            final_safe=max(known_on, days.last_open(final)),
            final_last=days.next_open(final) if self.final_moves else final,
        )

    def _day(self, known_on: date, number: int) -> date:
        return known_on + timedelta(days=number - self.knowing_is_day_one)


@dataclass(frozen=True)
class LeakRules:
    """All of ``leak.toml``."""

    clock: LeakClock
    classes: tuple[LeakClass, ...]
    items: tuple[LeakItem, ...]
    ask: tuple[Ask, ...]
    data: tuple[AboutThings, ...]
    protections: tuple[AboutThings, ...]

    def wrongful(self, answers: Mapping[str, LeakAnswer]) -> bool:
        """Whether the longer time holds: only where a wrongful intent is a clear yes."""
        return any(
            answers.get(each.code) is LeakAnswer.YES for each in self.classes if each.wrongful
        )

    def concerned(self, answers: Mapping[str, LeakAnswer]) -> tuple[LeakClass, ...]:
        """The classes that are not a clear no: those to name when asking."""
        return tuple(
            each
            for each in self.classes
            if answers.get(each.code, LeakAnswer.UNKNOWN) is not LeakAnswer.NO
        )

    def data_of(self, things: frozenset[str]) -> tuple[Said, ...]:
        """Which personal data stand on or in these things."""
        return tuple(each.text for each in self.data if each.things & things)

    def protections_of(self, things: frozenset[str]) -> tuple[Said, ...]:
        """What the program knows about how data on these things are protected."""
        return tuple(each.text for each in self.protections if each.things & things)
