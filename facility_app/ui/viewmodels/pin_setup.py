"""Turning the vault on, step by step: first whether it is needed at all.  Knows no Qt."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from facility_app.domain.access import StaffId
from facility_app.i18n import Words
from facility_app.services.pin_views import OfficerView, ResidentWays, WithoutPin

RECOMMENDED = 2
"""Officers who have to approve; one alone could open everything."""


class Stage(Enum):
    """The steps of the walk, in order; the value is the key of its words."""

    WAYS = "ways"
    PLACE = "place"
    OFFICERS = "officers"
    PASSPHRASES = "passphrases"


@dataclass(frozen=True)
class WayText:
    """A way without a PIN, in words."""

    way: WithoutPin
    name: str
    what: str
    papers: str


def way_texts(words: Words) -> list[WayText]:
    """All ways, the one that spares most first."""
    texts = []
    for way in WithoutPin:
        key = f"pins-way-{way.value}"
        what, papers = words.attribute(key, "what"), words.attribute(key, "papers")
        texts.append(WayText(way, words(key), what, papers))
    return texts


@dataclass
class SetUp:
    """What was answered and chosen so far.  Passphrases are not held here."""

    stage: Stage = Stage.WAYS
    answers: dict[WithoutPin, bool] = field(default_factory=dict)
    """Whether each way would do."""
    folder: str = ""
    chosen: list[StaffId] = field(default_factory=list)
    threshold: int = RECOMMENDED
    given: set[StaffId] = field(default_factory=set)
    """Who has typed a passphrase."""

    @property
    def enough(self) -> list[WithoutPin]:
        """The ways that would do: then no vault is needed."""
        return [way for way, does in self.answers.items() if does]

    def choose(self, staff_id: StaffId, chosen: bool) -> None:
        """An officer more, or less.  Fewer officers ask for fewer approvals, but never by
        themselves for one alone."""
        if chosen and staff_id not in self.chosen:
            self.chosen.append(staff_id)
        elif not chosen and staff_id in self.chosen:
            self.chosen.remove(staff_id)
            self.given.discard(staff_id)
        self.threshold = min(self.threshold, max(len(self.chosen), RECOMMENDED))

    @property
    def next_officer(self) -> StaffId | None:
        """Whose passphrase is typed next."""
        return next((each for each in self.chosen if each not in self.given), None)

    def missing(self) -> str:
        """The key of what this step still lacks, or an empty string."""
        if self.stage is Stage.WAYS:
            if len(self.answers) < len(WithoutPin):
                return "pin-walk-answer-all"
            return "pin-walk-not-needed" if self.enough else ""
        if self.stage is Stage.PLACE:
            return "" if self.folder.strip() else "pin-walk-choose-place"
        if self.stage is Stage.OFFICERS:
            return "" if len(self.chosen) >= self.threshold else "pin-walk-choose-officers"
        return "" if self.next_officer is None else "pin-walk-type-passphrases"

    def forward(self) -> None:
        """The next step; nothing after the last."""
        stages = list(Stage)
        at = stages.index(self.stage)
        self.stage = stages[min(at + 1, len(stages) - 1)]

    def back(self) -> None:
        """The step before."""
        stages = list(Stage)
        self.stage = stages[max(0, stages.index(self.stage) - 1)]


def threshold_choices(officers: int) -> list[int]:
    """How many approvals may be asked for."""
    return list(range(1, max(1, min(officers, 3)) + 1))


def candidates(officers: Sequence[OfficerView], me: StaffId | None) -> list[OfficerView]:
    """Who may become an officer; one's own name last, because a manager should not be one."""
    able = [each for each in officers if each.may_approve]
    return sorted(able, key=lambda each: each.staff_id == me)


# --- the printed shares typed back ----------------------------------------------------------------


@dataclass
class SharesCheck:
    """One word of each printed share is asked back; the words are forgotten afterwards."""

    words: tuple[tuple[str, ...], ...] = field(repr=False)
    positions: tuple[int, ...]

    @classmethod
    def of(cls, shares: Sequence[Sequence[str]]) -> SharesCheck:
        """At positions by chance, never the first two, which all shares have in common."""
        held = tuple(tuple(share) for share in shares)
        positions = tuple(secrets.choice(range(4, len(share) + 1)) for share in held)
        return cls(held, positions)

    def wrong(self, typed: Sequence[str]) -> list[int]:
        """The shares (from 1) whose word was not typed; its first four letters are enough."""
        wrong = []
        pairs = zip(self.words, self.positions, typed, strict=True)
        for number, (share, at, text) in enumerate(pairs, 1):
            plain = text.strip().lower()
            if len(plain) < 4 or not share[at - 1].startswith(plain):
                wrong.append(number)
        return wrong

    def forget(self) -> None:
        """The words are not needed any more."""
        self.words = ()


# --- the ways of those whose PIN is held ----------------------------------------------------------


@dataclass(frozen=True)
class OtherWay:
    """One resident whose PIN could be given up, and how."""

    resident_id: int
    name: str
    text: str


def other_ways(words: Words, residents: Sequence[ResidentWays]) -> list[OtherWay]:
    """What would make each PIN unnecessary: what is there already, else what is easiest to get."""
    found = []
    for each in residents:
        there = [words(f"pins-way-{one.way.value}") for one in each.ways if one.has]
        text = words("pin-other-ways-has", ways=there) if there else words("pin-other-ways-none")
        found.append(OtherWay(each.resident_id, each.name, text))
    return found


def officer_names(officers: Sequence[OfficerView]) -> Mapping[StaffId, str]:
    """By id."""
    return {each.staff_id: each.name for each in officers}
