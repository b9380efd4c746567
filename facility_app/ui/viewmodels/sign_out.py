"""持出し form: what is ticked, why, where, with whom, until when.  Knows no Qt.

The page copies in what people do and asks what to show; `problem()` says why the button is off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from facility_app.domain.access import StaffId
from facility_app.domain.agreements import Standing
from facility_app.domain.clock import JST, Clock, local_time
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import ItemState
from facility_app.services.access import Witness
from facility_app.services.custody import SignOut
from facility_app.services.desk import DeskItem, DeskResident, Level
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.purposes import PurposeView

STEP_MIN = 5
"""A due time is offered on a full five minutes."""

DAYS_OFFERED = (0, 1, 2, 3, 7, 14)
"""Days from today that the return may be set to with one choice."""


class Problem(Enum):
    """Why nothing can be signed out now; the sentence stands in the catalogue."""

    NOTHING_IN_SAFE = "nothing-in-safe"
    AGREEMENT = "agreement"
    NOTHING_TICKED = "nothing-ticked"
    DUE_UNCLEAR = "due-unclear"
    DUE_PASSED = "due-passed"


class Why(Enum):
    """The small line under an item that is not ticked."""

    NONE = "none"
    NOT_USUAL = "not-usual"
    OUT = "out"
    LOST = "lost"
    NO_AGREEMENT = "no-agreement"
    NO_CONSENT = "no-consent"


@dataclass(frozen=True)
class TickState:
    """One row of the pouch.  `state` is a date's state worth a chip, else None."""

    id: int
    title: str
    pieces: int
    ticked: bool
    possible: bool
    why: Why
    state: ExpiryState | None


_CHIPS = (ExpiryState.SOON, ExpiryState.GRACE, ExpiryState.UNUSABLE)


@dataclass
class OutForm:
    """The form for one resident.  `me` is the unlocked person, who carries it unless told."""

    resident: DeskResident
    choices: DeskChoices
    now: Clock
    me: StaffId
    purpose_code: str = ""
    destination: str = ""
    holder_id: StaffId | None = None
    due_day: date | None = None
    due_time: time | None = None
    ticked: set[int] = field(default_factory=set)
    _touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Fill in from today's visit, else from the first reason."""
        visit = self.resident.visit
        codes = [purpose.code for purpose in self.choices.purposes]
        first = codes[0] if codes else ""
        self.holder_id = self.me
        if visit is not None:
            first = visit.purpose_code if visit.purpose_code in codes else first
            here = {staff_id for staff_id, _ in self.choices.holders}
            if visit.escort_id in here:
                self.holder_id = visit.escort_id
        self.choose_purpose(first)

    @property
    def from_visit(self) -> bool:
        """Whether today's visit fills in the form as it stands."""
        visit = self.resident.visit
        return visit is not None and visit.purpose_code == self.purpose_code

    @property
    def purpose(self) -> PurposeView | None:
        """The chosen reason."""
        return next((p for p in self.choices.purposes if p.code == self.purpose_code), None)

    def choose_purpose(self, code: str) -> None:
        """Take a reason: ticks, destination and due time follow where nobody changed them."""
        self.purpose_code = code
        purpose, visit = self.purpose, self.resident.visit
        planned = visit if self.from_visit else None
        if "ticks" not in self._touched:
            self.ticked = {item.id for item in self.resident.items if self._usual(item)}
        if "destination" not in self._touched:
            default = purpose.destination if purpose else ""
            self.destination = planned.destination if planned else default
        if "due" not in self._touched and purpose is not None:
            exact = planned is not None and planned.returns_at is not None
            due = purpose.due_from(self.now(), planned.returns_at if planned else None)
            self._set_due(due if exact else _rounded(due))

    def _set_due(self, due: datetime) -> None:
        local = local_time(due)
        self.due_day, self.due_time = local.date(), local.time().replace(second=0, microsecond=0)

    def _usual(self, item: DeskItem) -> bool:
        return self.possible(item) and self.purpose_code in item.usual_for

    @staticmethod
    def possible(item: DeskItem) -> bool:
        """Whether the item may leave: it is in the safe and an agreement carries it."""
        return item.state is ItemState.IN_SAFE and item.agreed is Standing.VALID

    def change_person(self, me: StaffId) -> None:
        """Somebody else is unlocked now: they carry it where the one before would have."""
        if self.holder_id == self.me:
            self.holder_id = me
        self.me = me

    def tick(self, item_id: int, on: bool) -> None:
        """Tick an item or take the tick away."""
        self._touched.add("ticks")
        (self.ticked.add if on else self.ticked.discard)(item_id)

    def set_destination(self, text: str) -> None:
        """Where it goes, as typed."""
        self._touched.add("destination")
        self.destination = text

    def set_due(self, day: date | None, at: time | None) -> None:
        """When it comes back: a day and a time in Japan; None where what was typed is no time."""
        self._touched.add("due")
        self.due_day, self.due_time = day, at

    def due_at(self) -> datetime | None:
        """The due time, aware; None while it is unclear."""
        if self.due_day is None or self.due_time is None:
            return None
        return datetime.combine(self.due_day, self.due_time, JST)

    def days(self) -> list[date]:
        """The days offered for the return, with the one that is set."""
        today = local_time(self.now()).date()
        offered = {today + timedelta(days=days) for days in DAYS_OFFERED}
        return sorted(offered | ({self.due_day} if self.due_day else set()))

    def rows(self) -> list[TickState]:
        """The pouch's things as rows."""
        return [self._row(item) for item in self.resident.items]

    def _row(self, item: DeskItem) -> TickState:
        ticked = item.id in self.ticked
        why = Why.NONE
        if item.state is not ItemState.IN_SAFE:
            why = Why.LOST if item.state is ItemState.LOST else Why.OUT
        elif item.agreed is not Standing.VALID:
            named = item.agreed is Standing.KIND_NOT_COVERED
            why = Why.NO_AGREEMENT if named else Why.NO_CONSENT
        elif not ticked and self.purpose_code not in item.usual_for:
            why = Why.NOT_USUAL
        state = item.expiry if item.expiry in _CHIPS else None
        title = " ".join(part for part in (item.kind, item.label) if part)
        return TickState(item.id, title, item.pieces, ticked, self.possible(item), why, state)

    def count(self) -> int:
        """How many things are ticked."""
        return len(self.ticked)

    def problem(self) -> Problem | None:
        """What keeps the main button off; None = it may be pressed."""
        in_safe = [item for item in self.resident.items if item.state is ItemState.IN_SAFE]
        if not in_safe:
            return Problem.NOTHING_IN_SAFE
        if not any(self.possible(item) for item in in_safe):
            return Problem.AGREEMENT
        if not self.ticked:
            return Problem.NOTHING_TICKED
        due = self.due_at()
        if due is None:
            return Problem.DUE_UNCLEAR
        return Problem.DUE_PASSED if due <= self.now() else None

    def blocked(self) -> bool:
        """Whether a warning of the gravest kind stands against everything."""
        return self.problem() is Problem.AGREEMENT and any(
            warning.level is Level.BLOCK for warning in self.resident.warnings
        )

    @property
    def needs_second(self) -> bool:
        """Whether the facility asks for two persons here."""
        return "sign-out" in self.choices.two_person

    def command(self, witness: Witness | None = None) -> SignOut:
        """The act.  Raises ValueError while there is a problem."""
        due = self.due_at()
        if due is None or self.problem() is not None:
            raise ValueError("the form is not complete")
        return SignOut(
            resident_id=self.resident.id,
            item_ids=tuple(sorted(self.ticked)),
            purpose_code=self.purpose_code,
            holder_id=self.holder_id or self.me,
            destination=self.destination.strip(),
            due_at=due,
            visit_id=self.resident.visit.id if self.from_visit and self.resident.visit else None,
            witness=witness,
        )


def _rounded(at: datetime) -> datetime:
    """The next full five minutes."""
    whole = at.replace(second=0, microsecond=0)
    if whole < at:
        whole += timedelta(minutes=1)
    return whole + timedelta(minutes=-whole.minute % STEP_MIN)
