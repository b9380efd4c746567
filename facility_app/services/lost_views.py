"""A case as the page and the papers show it: what is lost, every step, the leak's assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from facility_app.domain.incident_rules import StepRule, Thing
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import (
    Evidence,
    LostCaseState,
    LostOutcome,
    LostWhere,
    Per,
    Stolen,
)
from facility_app.domain.items import ItemState
from facility_app.domain.leak import LeakAnswer, LeakDeadlines, LeakDecision
from facility_app.services.lost_rows import LostCaseId
from facility_app.services.lost_steps import LostStepId, Proof


class LostStepState(Enum):
    """How a step stands.  DROPPED: found in time, so nobody needs it any more."""

    WAITING = "waiting"
    LATE = "late"
    DONE = "done"
    WAIVED = "waived"
    DROPPED = "dropped"

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do it."""
        return self in (LostStepState.WAITING, LostStepState.LATE)


@dataclass(frozen=True)
class PersonView:
    """Whose it is."""

    id: int
    name: str
    kana: str
    room: str
    birth_date: date | None
    address: str = ""


@dataclass(frozen=True)
class LostItemView:
    """One lost thing.  Times aware UTC.

    name: its kind in the register, else the thing's name; state: None where it is not in the
    register.
    """

    id: int
    code: str
    thing: Thing | None
    name: str
    label: str
    resident: PersonView | None
    item_id: int | None
    state: ItemState | None
    is_card: bool
    outcome: LostOutcome
    found_at: datetime | None
    found_by: str
    found_where: str
    out_of_hand: LeakAnswer | None
    back_at: datetime | None
    new_item_id: int | None

    @property
    def may_be_found(self) -> bool:
        """Whether 見つかった is still to be said of it."""
        return self.found_at is None

    @property
    def called(self) -> str:
        """What it is called, with its label where there is one."""
        return f"{self.name} {self.label}".strip()


@dataclass(frozen=True)
class StepView:
    """One step.  rule: None where the rule data no longer have it; then `kept_title` is left.

    evidence: as it was filled in; done_at: when it was recorded, aware UTC; seq: the entry.
    """

    id: LostStepId
    code: str
    rule: StepRule | None
    kept_title: str
    resident: PersonView | None
    item: LostItemView | None
    due: Due
    state: LostStepState
    evidence: Mapping[Evidence, Proof]
    done_at: datetime | None = None
    done_by: str = ""
    waived_at: datetime | None = None
    waived_by: str = ""
    waived_reason: str = ""
    seq: int | None = None

    def title(self, language: str) -> str:
        """What the step is called."""
        return self.kept_title if self.rule is None else self.rule.title.of(language)

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state.waits


@dataclass(frozen=True)
class LeakView:
    """The assessment so far.  answers: by code of the class."""

    answers: Mapping[str, LeakAnswer]
    known_on: date
    deadlines: LeakDeadlines
    decision: LeakDecision
    consulted: str
    decided_by: str
    draft: Mapping[str, str]
    at: datetime
    by: str


@dataclass(frozen=True)
class LostCaseView:
    """A case in full, read in one consistent view at `now` (aware UTC).

    steps: in the order in which they are due.  leak: None while nobody began; `deadlines` then
    count from the day of noticing.
    """

    id: LostCaseId
    number: int
    now: datetime
    state: LostCaseState
    opened_at: datetime
    opened_by: str
    noticed_at: datetime
    noticed_by: str
    last_seen: str
    happened: LostWhere
    place: str
    stolen: Stolen
    cause: str
    measures: str
    items: tuple[LostItemView, ...]
    steps: tuple[StepView, ...]
    leak: LeakView | None
    deadlines: LeakDeadlines
    closed_at: datetime | None
    closed_by: str
    first_review_on: date | None
    first_reviewed_at: datetime | None
    first_review: str
    second_review_on: date | None
    second_reviewed_at: datetime | None
    second_review: str

    @property
    def minutes(self) -> int:
        """Whole minutes since it was noticed."""
        return max(0, int((self.now - self.noticed_at).total_seconds() // 60))

    @property
    def left(self) -> tuple[StepView, ...]:
        """The steps that wait, the most urgent first."""
        return tuple(step for step in self.steps if step.waits)

    @property
    def next_step(self) -> StepView | None:
        """What to do now."""
        return next(iter(self.left), None)

    @property
    def residents(self) -> tuple[PersonView, ...]:
        """Whose things are lost, each once."""
        people = {item.resident.id: item.resident for item in self.items if item.resident}
        return tuple(people.values())

    @property
    def may_close(self) -> bool:
        """Whether nothing waits any more."""
        return self.state is LostCaseState.OPEN and not self.left

    def items_of(self, step: StepView) -> tuple[LostItemView, ...]:
        """The things that a step is about."""
        if step.item is not None:
            return (step.item,)
        things = None if step.rule is None else step.rule.things
        return tuple(
            item
            for item in self.items
            if (things is None or item.code in things)
            and (step.resident is None or item.resident == step.resident)
        )

    def beside(self, step: StepView) -> str:
        """Whose or which thing a step is about, where the case has several; else empty."""
        person = "" if step.resident is None or len(self.residents) < 2 else step.resident.name
        per_item = step.rule is not None and step.rule.per is Per.ITEM
        several = len(self.items_of_person(step)) > 1
        thing = step.item.called if step.item is not None and per_item and several else ""
        return f"{person} {thing}".strip()

    def items_of_person(self, step: StepView) -> tuple[LostItemView, ...]:
        """All that is lost of the resident that a step is about."""
        return tuple(item for item in self.items if item.resident == step.resident)
