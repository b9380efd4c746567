"""訪問診療の回: cards out together, back together.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from facility_app.domain.access import StaffId
from facility_app.domain.clock import JST, local_date, local_time
from facility_app.domain.coverage import HouseCallDevice
from facility_app.domain.items import ItemState
from facility_app.domain.ladder_facts import Way
from facility_app.i18n import Words
from facility_app.services.access import Witness
from facility_app.services.house_call_acts import DepartRound, ReturnRound, RoundLoan
from facility_app.services.house_calls import PlanRound, RoundForm, RoundView, RoundVisit
from facility_app.services.ladder_words import way_text
from facility_app.services.visit_views import VisitState
from facility_app.ui.viewmodels.departure import item_name
from facility_app.ui.viewmodels.desk import room_text


@dataclass(frozen=True)
class RoundRow:
    """One resident of a round in words.  `known` = the clinic has read the card before; `may_mark`:
    whether that can still be said; `may_tell`: whether it is over, so that it can be told how it
    went."""

    visit_id: int
    resident_id: int
    name: str
    room: str
    chip: str
    level: str
    text: str
    known: bool
    may_mark: bool
    may_tell: bool


@dataclass
class RoundState:
    """What the page holds: the round, what is out of it, and which pouches lie in their places."""

    view: RoundView
    out: tuple[RoundLoan, ...] = ()
    back: set[int] = field(default_factory=set)
    holder_id: StaffId | None = None

    @property
    def returning(self) -> bool:
        """Whether cards are out: the page is about the return."""
        return bool(self.out)

    def takes(self) -> Mapping[int, tuple[int, ...]]:
        """Items by visit that lie in the safe and go along."""
        safe = {
            item.id
            for each in self.view.visits
            for item in each.items
            if item.state is ItemState.IN_SAFE
        }
        found = {
            visit: tuple(id_ for id_ in items if id_ in safe)
            for visit, items in self.view.to_take.items()
        }
        return {visit: items for visit, items in found.items() if items}

    def holder(self, me: StaffId) -> StaffId:
        """Who carries the cards: the one chosen, the one planned, else who is unlocked."""
        planned = next(
            (each.visit.escort_id for each in self.view.visits if each.visit.escort_id), None
        )
        return self.holder_id or (StaffId(planned) if planned else me)

    def due(self, now: datetime) -> datetime:
        """When they are back: the planned end, or in an hour where that has passed."""
        ends = self.view.form.ends_at
        if ends > now:
            return ends
        return datetime.fromtimestamp(now.timestamp() + 3600, JST)

    def depart(self, me: StaffId, now: datetime, witness: Witness | None) -> DepartRound:
        """Everything out together."""
        return DepartRound(self.view.id, self.holder(me), self.due(now), self.takes(), witness)

    def unreturned(self) -> list[RoundLoan]:
        """The pouches that were not put back yet."""
        return [each for each in self.out if int(each.loan.id) not in self.back]

    def give_back(self, witness: Witness | None) -> ReturnRound:
        """Everything back together, each into its own slot."""
        slots = {int(each.loan.id): each.loan.slot for each in self.out}
        return ReturnRound(self.view.id, slots, witness=witness)


def title_text(words: Words, view: RoundView) -> str:
    """Which round it is."""
    form = view.form
    return words(
        "rounds-title",
        clinic=view.clinic,
        day=words.short_day(local_date(form.starts_at)),
        time=words.clock(form.starts_at),
    )


def device_text(words: Words, view: RoundView) -> str:
    """What the doctor's staff read with."""
    if view.form.device is HouseCallDevice.UNKNOWN:
        return words("rounds-device-unknown")
    return words("rounds-device", device=words.term(view.form.device))


def rows(words: Words, state: RoundState, now: datetime) -> list[RoundRow]:
    """The residents in their order."""
    return [_row(words, each, now) for each in state.view.visits]


def _row(words: Words, each: RoundVisit, now: datetime) -> RoundRow:
    visit = each.visit
    planned, begun = visit.state is VisitState.PLANNED, visit.starts_at <= now
    chip, level = _chip(words, each)
    return RoundRow(
        visit_id=int(visit.id),
        resident_id=visit.resident_id,
        name=visit.name,
        room=room_text(words, visit.room),
        chip=chip,
        level=level,
        text=_text(words, each),
        known=not each.needs_card,
        may_mark=planned and not begun,
        may_tell=visit.state is VisitState.BACK or (planned and begun and not each.needs_card),
    )


def _chip(words: Words, each: RoundVisit) -> tuple[str, str]:
    state = each.visit.state
    if state is VisitState.OUT:
        return words("today-visit-out"), "notice"
    if state is VisitState.BACK:
        return words("today-visit-back"), "ok"
    if state is VisitState.DONE:
        return words("calendar-done"), "ok"
    if not each.needs_card:
        return words("rounds-no-card"), "ok"
    if not any(item.state is ItemState.IN_SAFE for item in each.items):
        return words("rounds-nothing"), "warn"
    plan = each.plan.plan
    if plan is not None and plan.blocked is not None:
        return words("rounds-blocked"), "warn"
    return words("rounds-card"), "notice"


def _text(words: Words, each: RoundVisit) -> str:
    """The way, and what goes along; who has to bring a card is not told of the way without one."""
    plan = each.plan.plan
    steps = plan.steps if plan is not None else ()
    left = [step for step in steps if not (each.needs_card and step.way is Way.RECHECK)]
    way = way_text(words, left[0].way) if left else ""
    if not each.needs_card:
        return way
    names = [item_name(words, item) for item in each.items]
    things = words("rounds-things", items=names) if names else ""
    return words("calendar-between").join(part for part in (way, things) if part)


def main_text(words: Words, state: RoundState) -> str:
    """The words of the big button."""
    if state.returning:
        return words("rounds-return", count=str(len(state.out)))
    return words("rounds-take", count=str(len(state.takes())))


def off_reason(words: Words, state: RoundState, *, may: bool, today: bool) -> str:
    """Why the big button is off; empty where it may be pressed."""
    if not may:
        return words("leave-off-right")
    if state.returning:
        left = state.unreturned()
        return words("rounds-off-back", count=str(len(left))) if left else ""
    if not today:
        return words("leave-off-day")
    return "" if state.takes() else words("rounds-off-none")


def loan_text(words: Words, each: RoundLoan) -> tuple[str, str]:
    """(title, note) of a pouch that is to be put back."""
    loan = each.loan
    honorific = words("widgets-honorific")
    title = words("rounds-slot", slot=loan.slot or words("desk-slot-none"),
                  name=f"{loan.name}{honorific}")  # fmt: skip
    names = [f"{line.kind} {line.label}".strip() for line in each.lines]
    return title, words("rounds-things", items=names)


# --- planning -------------------------------------------------------------------------------------


@dataclass
class RoundPlan:
    """A round to be planned; times of one day in Japan."""

    day: date
    clinic_id: int | None = None
    starts: time | None = None
    ends: time | None = None
    device: HouseCallDevice = HouseCallDevice.UNKNOWN
    escort_id: StaffId | None = None
    residents: tuple[int, ...] = ()
    despite: bool = False

    @classmethod
    def of(cls, form: RoundForm) -> RoundPlan:
        """A planned round."""
        starts, ends = local_time(form.starts_at), local_time(form.ends_at)
        return cls(starts.date(), form.clinic_id, starts.time(), ends.time(), form.device)

    def ready(self, *, with_residents: bool = True) -> bool:
        """Whether clinic, times and (for a new one) residents are there."""
        times = self.starts is not None and self.ends is not None
        return self.clinic_id is not None and times and (bool(self.residents) or not with_residents)

    def form(self) -> RoundForm:
        """The round.  Raises ValueError while it is not ready."""
        if self.clinic_id is None or self.starts is None or self.ends is None:
            raise ValueError("a round needs a clinic and its times")
        return RoundForm(
            self.clinic_id,
            datetime.combine(self.day, self.starts, JST),
            datetime.combine(self.day, self.ends, JST),
            self.device,
        )

    def command(self) -> PlanRound:
        """The act."""
        return PlanRound(self.form(), self.residents, self.escort_id, self.despite)


def people_text(words: Words, names: Sequence[str]) -> str:
    """Who was chosen so far."""
    return words("rounds-chosen", count=str(len(names))) if names else words("rounds-choose")
