"""What the page 利用者 shows of one resident: plain values, read by `resident_view`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from facility_app.domain.agreements import Capacity, Standing, WillConfirmed
from facility_app.domain.expiry import ExpiryState, Stage
from facility_app.domain.items import DateRole, ItemState
from facility_app.services import items, proxies, residents
from facility_app.services.search import Presence
from facility_app.services.visits import VisitView


@dataclass(frozen=True)
class DateLine:
    """One line of an item's timeline: which date, its stages in order, and the present one."""

    role: DateRole
    stages: tuple[Stage, ...]
    present: Stage


@dataclass(frozen=True)
class ItemView:
    """One thing.  `lines` is empty where no date is noted or its kind has none; `remembered`: its
    chip is recognised."""

    id: int
    version: int
    kind: str
    kind_en: str
    is_card: bool
    has_dates: bool
    state: ItemState
    form: items.ItemForm
    received_on: date
    received_from: str
    expiry: ExpiryState | None
    lines: tuple[DateLine, ...]
    agreed: Standing
    remembered: bool = False


@dataclass(frozen=True)
class AgreementView:
    """One agreement; `kinds` are names, empty = every kind.  `stands` for the agreement as such."""

    id: int
    signed_on: date
    consented_by: str
    capacity: Capacity
    will: WillConfirmed
    will_note: str
    witness: str
    kinds: tuple[str, ...]
    pin_clause: bool
    emergency_clause: bool
    review_on: date | None
    withdrawn_on: date | None
    withdrawn_reason: str
    stands: Standing
    recognition_clause: bool = False


@dataclass(frozen=True)
class ProxyView:
    """One proxy; `over` once the power has ended or its last day has passed."""

    id: int
    form: proxies.ProxyForm
    ended_on: date | None
    over: bool


@dataclass(frozen=True)
class LoanHistory:
    """One absence.  Times aware UTC; `back_at` None while something is out."""

    id: int
    out_at: datetime
    back_at: datetime | None
    purpose: str
    destination: str
    holder: str
    pieces: int
    emergency: bool


@dataclass(frozen=True)
class TagView:
    """The valid tag of the pouch."""

    short: str
    issued_at: datetime


@dataclass(frozen=True)
class ResidentView:
    """Everything of the page.  `due_at` (aware UTC) while something is out."""

    id: int
    version: int
    form: residents.ResidentForm
    discharged_on: date | None
    deceased_on: date | None
    today: date
    slot_id: int | None
    slot: str
    presence: Presence
    due_at: datetime | None
    expiry: ExpiryState | None
    items: tuple[ItemView, ...]
    past_items: tuple[ItemView, ...]
    agreements: tuple[AgreementView, ...]
    proxies: tuple[ProxyView, ...]
    visits: tuple[VisitView, ...]
    loans: tuple[LoanHistory, ...]
    tag: TagView | None
