"""暗証番号 as the page shows it: what is held for whom, in words.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from facility_app.domain.access import Actor, Permission, StaffId
from facility_app.domain.agreements import Standing
from facility_app.domain.clock import local_date
from facility_app.domain.items import ItemState
from facility_app.domain.pins import Act, EntryState, PinKind, Way
from facility_app.i18n import ErrorText, Words
from facility_app.services.pin_views import (
    Agreed,
    ApproverView,
    PinMonth,
    PinView,
    VaultState,
)
from facility_app.services.resident_data import ResidentView
from facility_app.ui.viewmodels.desk import room_text
from facility_app.ui.viewmodels.months import month_text
from facility_app.ui.viewmodels.pin_card import ExpectedDates
from facility_app.ui.viewmodels.pin_release import ReleaseForm


class Grade(Enum):
    """How a chip of a row looks; values as in `ui.widgets.levels.Level`."""

    OK = "ok"
    NOTICE = "notice"
    WARN = "warn"
    BLOCK = "block"


class RowAct(Enum):
    """What else is done with a PIN that is held."""

    CHECK = "check"
    REPLACE = "replace"
    ERASE = "erase"


@dataclass(frozen=True)
class ChipText:
    """A short state of a row."""

    grade: Grade
    text: str


@dataclass(frozen=True)
class RowText:
    """One row.  `why_not`: why it cannot be used now, empty where it can."""

    pin: PinView
    name: str
    room: str
    kind: str
    since: str
    chips: tuple[ChipText, ...]
    why_not: str


def kind_text(words: Words, kind: PinKind | None, code: str = "") -> str:
    """The kind with its length: 利用者証明用（4桁）."""
    if kind is None:
        return words("pin-list-kind-unknown", code=code)
    length = str(kind.lowest) if kind.lowest == kind.highest else f"{kind.lowest}–{kind.highest}"
    return words("pin-list-kind", name=kind.name(words.language), length=length)


def row_text(words: Words, pin: PinView, state: VaultState) -> RowText:
    """A row in words; the gravest chip first, and the agreement always."""
    since = words("pin-list-since", day=words.short_day(local_date(pin.deposited_at)))
    room = room_text(words, pin.room)
    kind = kind_text(words, pin.kind, pin.code)
    chips = [*_state_chips(words, pin), _agreed_chip(words, pin.agreed), _card_chip(words, pin)]
    return RowText(pin, pin.name, room, kind, since, tuple(chips), why_not(words, pin, state))


def _state_chips(words: Words, pin: PinView) -> list[ChipText]:
    if pin.state is EntryState.ERASE_DUE:
        return [ChipText(Grade.WARN, words("pin-list-erase-due"))]
    if pin.doubt is not None:
        return [ChipText(Grade.BLOCK, words(f"pin-list-doubt-{pin.doubt.value}"))]
    return []


def _agreed_chip(words: Words, agreed: Agreed) -> ChipText:
    if agreed.in_force:
        return ChipText(Grade.OK, words("pin-list-agreed"))
    return ChipText(Grade.WARN, not_agreed_text(words, agreed))


def not_agreed_text(words: Words, agreed: Agreed) -> str:
    """Why no agreement carries it."""
    if agreed.clause and agreed.stands is not Standing.VALID:
        return words("pin-list-agreement", stands=words.term(agreed.stands))
    return words("pin-list-no-clause")


def _card_chip(words: Words, pin: PinView) -> ChipText:
    if pin.card is ItemState.OUT:
        return ChipText(Grade.NOTICE, words("pin-list-card-out", holder=pin.holder))
    grade = Grade.OK if pin.card is ItemState.IN_SAFE else Grade.WARN
    return ChipText(grade, words("pin-list-card", state=words.term(pin.card)))


def why_not(words: Words, pin: PinView, state: VaultState) -> str:
    """Why a PIN cannot be used now; empty where it can."""
    if not state.reachable:
        return words("pin-list-vault-absent")
    if pin.state is EntryState.ERASE_DUE:
        return words("pin-list-erase-due")
    if pin.doubt is not None:
        return words("pin-list-doubted")
    if not pin.agreed.in_force:
        return words("pin-list-not-agreed")
    return "" if pin.usable else words("pin-list-kind-gone")


def row_acts(
    words: Words, pin: PinView, state: VaultState, may: Callable[[Permission], bool]
) -> dict[RowAct, str]:
    """The acts that this person has a right to, each with why it cannot be done now, or nothing."""
    absent = "" if state.reachable else words("pin-list-vault-absent")
    held = pin.state is EntryState.HELD
    acts = {}
    if held and may(Permission.PRESENT_PIN):
        unfit = "" if pin.for_card else words("pin-more-check-unfit")
        acts[RowAct.CHECK] = why_not(words, pin, state) or unfit
    if held and may(Permission.DEPOSIT_PIN):
        acts[RowAct.REPLACE] = absent
    if may(Permission.ERASE_PIN):
        acts[RowAct.ERASE] = ""
    return acts


# --- a release ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReleaseFor:
    """What a release is opened with: the PIN, who may approve, the card, the visit."""

    pin: PinView
    people: tuple[ApproverView, ...]
    threshold: int
    dates: ExpectedDates
    what_for: str = ""
    visit_id: int | None = None

    def form(self, actor: Actor, colour: int, now: datetime, act: Act) -> ReleaseForm:
        """Nobody has approved yet."""
        holders = () if self.pin.holder_id is None else (self.pin.holder_id,)
        staff_id = actor.staff_id if actor.staff_id is not None else StaffId(0)
        mine = (each for each in self.people if each.staff_id == staff_id)
        me = next(mine, ApproverView(staff_id, actor.name, "", colour, Way.OFFICER, True))
        return ReleaseForm(
            me=me,
            officers=[each for each in self.people if each.way is Way.OFFICER],
            managers=[each for each in self.people if each.way is Way.MANAGER],
            threshold=self.threshold,
            since=now,
            holders=holders,
            act=act,
            face_confirmed=not self.pin.needs_face,
        )


def release_for(
    words: Words,
    pin: PinView,
    people: Sequence[ApproverView],
    threshold: int,
    resident: ResidentView,
    now: datetime,
) -> ReleaseFor:
    """With the dates of the card as noted, and the next visit of today."""
    found = [*resident.items, *resident.past_items]
    item = next((each for each in found if each.id == pin.item_id), None)
    dates = ExpectedDates()
    if item is not None:
        dates = ExpectedDates(item.form.card_expires_on, item.form.certificate_expires_on)
    today = local_date(now)
    planned = [each for each in resident.visits if not each.cancelled]
    visits = [each for each in planned if local_date(each.starts_at) == today]
    if not visits:
        return ReleaseFor(pin, tuple(people), threshold, dates, words("pin-release-no-visit"))
    visit = min(visits, key=lambda each: each.starts_at)
    place, at = visit.destination or visit.purpose, words.clock(visit.starts_at)
    said = words("pin-release-visit", place=place, time=at)
    return ReleaseFor(pin, tuple(people), threshold, dates, said, int(visit.id))


class CardAnswer(Protocol):
    """`vault.client.Presented`, as far as it is shown."""

    @property
    def outcome(self) -> Enum: ...
    @property
    def tries_left(self) -> int | None: ...


def answer_text(words: Words, pin: PinView, answer: CardAnswer) -> str | ErrorText:
    """What the card answered: a sentence where it took the PIN, else what was and what to do."""
    left = "" if answer.tries_left is None else str(answer.tries_left)
    if answer.outcome.value == "accepted":
        return words("pin-answer-accepted", name=pin.name)
    key = f"pin-answer-{answer.outcome.value}"
    return ErrorText(
        words(key, name=pin.name, left=left),
        words(f"{key}-undone"),
        words(f"{key}-todo"),
    )


# --- the months -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MonthLine:
    """One month in words and figures."""

    month: str
    presented: int
    revealed: int
    hint: str


def month_lines(words: Words, months: Iterable[PinMonth]) -> list[MonthLine]:
    """Newest first."""
    lines = []
    for each in reversed(list(months)):
        hint = words("pin-months-none" if each.revealed == 0 else "pin-months-some")
        name = month_text(words, each.month)
        lines.append(MonthLine(name, each.presented, each.revealed, hint))
    return lines


# --- the page -------------------------------------------------------------------------------------


@dataclass
class PinBook:
    """What the page knows.  `wanted`: only these residents are shown; None = everybody."""

    state: VaultState = field(default_factory=VaultState)
    pins: tuple[PinView, ...] = ()
    wanted: frozenset[int] | None = None

    def rows(self, words: Words) -> list[RowText]:
        """The rows to show, by kana."""
        wanted = self.wanted
        shown = [pin for pin in self.pins if wanted is None or pin.resident_id in wanted]
        return [row_text(words, pin, self.state) for pin in shown]


def is_officer(state: VaultState, actor: Actor | None) -> bool:
    """Whether this person has a slot in the vault."""
    mine = None if actor is None else actor.staff_id
    return mine is not None and any(each.staff_id == mine for each in state.officers)
