"""The rule data of the ladder as values: order, areas, what goes with each way, and sources.

Read from ``resources/rules/ladder.toml`` by ``rules/ladder.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from facility_app.domain.coverage import Coverage
from facility_app.domain.ladder_card import Limits
from facility_app.domain.ladder_facts import Documents, Place, Situation, Way, Why


class Certainty(Enum):
    """How sure a rule is, as shown beside it: papers of the state; of insurers and cities; a
    decision of this program where sources are silent or disagree; to be checked by a person."""

    STATE = "state"
    PUBLISHED = "published"
    DECISION = "decision"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class RuleSource:
    """Where a rule comes from and when a person last held it against its source."""

    source: str
    checked_on: date
    certainty: Certainty


@dataclass(frozen=True)
class WayRule:
    """What goes with a way.  bring, say, cannot: ``ladder-bring-…``, ``ladder-say-…``,
    ``ladder-cannot-…`` in the catalogues; cannot_in_grace comes on top during the grace."""

    bring: tuple[str, ...]
    say: str
    cannot: tuple[str, ...]
    cannot_in_grace: tuple[str, ...]
    source: RuleSource


@dataclass(frozen=True)
class Area:
    """Who gets a 資格確認書 of 後期 without asking, by area: from `age` on the last `month`/`day`
    (None = nobody by age), since `effective_from`."""

    code: str
    ja: str
    en: str
    age: int | None
    month: int
    day: int
    effective_from: date
    source: RuleSource

    def name(self, language: str) -> str:
        """Its name in a language of the program."""
        return self.en if language == "en" else self.ja


@dataclass(frozen=True)
class LadderRules:
    """All rule data of the ladder.  orders: every way once, for each place and for 生活保護;
    grounds: where each reason comes from; everyone_until: until then all of 75 and older got a
    資格確認書."""

    limits: Limits
    orders: Mapping[str, tuple[Way, ...]]
    ways: Mapping[Way, WayRule]
    grounds: Mapping[Why, RuleSource]
    areas: Mapping[str, Area]
    everyone_age: int
    everyone_until: date

    def order(self, documents: Documents, situation: Situation) -> tuple[Way, ...]:
        """The order of ways that fits."""
        return self.orders[_name_of_order(documents, situation)]

    def ordered(
        self, documents: Documents, situation: Situation
    ) -> tuple[tuple[Way, WayRule], ...]:
        """The same, each way with its rule."""
        return self._ordered[_name_of_order(documents, situation)]

    @cached_property
    def _ordered(self) -> Mapping[str, tuple[tuple[Way, WayRule], ...]]:
        """Looked up once: a plan is asked for hundreds of times when a day is opened."""
        return {
            name: tuple((way, self.ways[way]) for way in order)
            for name, order in self.orders.items()
        }


def _name_of_order(documents: Documents, situation: Situation) -> str:
    desk = situation.place is Place.CLINIC
    livelihood = desk and documents.coverage is Coverage.LIVELIHOOD
    return "livelihood" if livelihood else str(situation.place.value)
