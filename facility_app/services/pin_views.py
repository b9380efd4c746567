"""What the services about PINs take and give: plain values, never a PIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from facility_app.domain.access import StaffId
from facility_app.domain.agreements import Standing
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.pins import (
    Act,
    Approval,
    Doubt,
    EntryState,
    PinKind,
    Way,
    lapses_at,
)


@dataclass(frozen=True)
class OfficerView:
    """A member of staff who is, or may become, an officer.

    may_approve: whether a role of theirs gives the right now; since: when they got their slot in
    the vault, None for who has none.
    """

    staff_id: StaffId
    name: str
    number: str
    colour: int
    may_approve: bool
    since: datetime | None = None


@dataclass(frozen=True)
class VaultState:
    """What the page and the settings say of the vault; everything empty while it is off.

    reachable: whether the folder is there now (a removable drive may be absent).
    """

    on: bool = False
    folder: str = ""
    reachable: bool = False
    threshold: int = 0
    officers: tuple[OfficerView, ...] = ()
    generation: int = 0
    made_at: datetime | None = None
    recovery_checked_at: datetime | None = None
    held: int = 0
    erase_due: int = 0


@dataclass(frozen=True)
class Agreed:
    """Whether an agreement carries holding a PIN today.

    clause: some agreement has the PIN clause; stands: how the nearest of those stands (of all,
    where none has the clause).
    """

    clause: bool
    stands: Standing

    @property
    def in_force(self) -> bool:
        """Both."""
        return self.clause and self.stands is Standing.VALID


@dataclass(frozen=True)
class PinView:
    """One PIN that is held; never the PIN.

    kind: None where no rule names it any more; card: the state of its card; holder: who has it out;
    doubt: why it is not used until it is replaced; dated: the register has both dates of the card;
    marked: its chip is recognised here; card_kind: the name of the card's kind.
    """

    id: int
    entry_id: str
    resident_id: int
    name: str
    kana: str
    room: str
    code: str
    kind: PinKind | None
    agreed: Agreed
    item_id: int
    card: ItemState
    holder_id: StaffId | None
    holder: str
    state: EntryState
    version: int
    deposited_at: datetime
    doubt: Doubt | None
    doubt_at: datetime | None
    dated: bool
    marked: bool
    card_kind: str = ""

    @property
    def usable(self) -> bool:
        """Whether a release may be begun for it at all; never while its card is lost."""
        held = self.state is EntryState.HELD and self.doubt is None
        held = held and self.card is not ItemState.LOST
        return held and self.kind is not None and self.agreed.in_force

    @property
    def for_card(self) -> bool:
        """Whether it can be sent to its card: the kind is one of the chip's, the card is known."""
        known = self.kind is not None and self.kind.card_pin is not None
        return self.usable and known and (self.dated or self.marked)

    @property
    def needs_face(self) -> bool:
        """Whether a person has to confirm the name on the card's face: no mark says whose it is."""
        return not self.marked


@dataclass(frozen=True)
class Holdable:
    """Whether a PIN of a kind may be deposited for somebody; `agreed` and `card` say why not.

    held: the id of the one that is held already: it is replaced, not deposited.
    """

    kind: PinKind
    agreed: Agreed
    card: bool
    held: int | None

    @property
    def may(self) -> bool:
        """All is there and none is held."""
        return self.kind.storable and self.agreed.in_force and self.card and self.held is None


class WithoutPin(Enum):
    """A way to be accepted at the window without a PIN (domain §2, §4.2).

    Its catalogue message ``pins-way-<value>`` says what it is, ``.papers`` what it takes.
    """

    FACE_CARD = "face-card"
    """顔認証マイナンバーカード."""
    VISUAL = "visual"
    """目視モード."""
    CERTIFICATE = "certificate"
    """資格確認書."""


@dataclass(frozen=True)
class WayWithoutPin:
    """One way; `has`: the resident has it already (None: this cannot be said here)."""

    way: WithoutPin
    has: bool | None


@dataclass(frozen=True)
class ResidentWays:
    """The ways of one resident; face: what the register knows of 顔認証 on the card."""

    resident_id: int
    name: str
    face: FaceAuthentication
    ways: tuple[WayWithoutPin, ...]


@dataclass(frozen=True)
class PinMonth:
    """How often PINs were used in one month; `month` is its first day."""

    month: date
    presented: int
    revealed: int


@dataclass(frozen=True)
class Deposit:
    """A PIN of `kind` (code) for a resident; `confirmed`: the person knows that it is guessable."""

    resident_id: int
    kind: str
    confirmed: bool = False


@dataclass(frozen=True)
class Replace:
    """Another PIN in the place of the one held as `entry` (id of its row)."""

    entry: int
    confirmed: bool = False


@dataclass(frozen=True)
class BeginRelease:
    """What is asked for.  entry: the id of the PIN (`PinView.id`), None for Act.OFFICERS.

    reason: needed for Act.REVEAL; visit_id: the visit it is for, where there is one.
    """

    act: Act
    entry: int | None = None
    reason: str = ""
    visit_id: int | None = None


@dataclass(frozen=True)
class Release:
    """One release under way.  Made only by services/pin_release.

    need: officers who have to give their passphrase; number: its entry in the record.
    """

    id: str
    act: Act
    entry: int | None
    requested_by: StaffId
    need: int
    number: int
    reason: str = ""
    approvals: tuple[Approval, ...] = ()

    @property
    def lapses_at(self) -> datetime | None:
        """When the oldest approval ends; None without any."""
        return lapses_at(self.approvals)

    @property
    def officers(self) -> int:
        """Officers who have approved."""
        return sum(each.way is Way.OFFICER for each in self.approvals)


@dataclass(frozen=True)
class ApproverView:
    """Somebody who may approve a release.  `requester`: it is their own request."""

    staff_id: StaffId
    name: str
    number: str
    colour: int
    way: Way
    requester: bool
