"""Who lets a PIN out, and what is still missing for it.  Knows no Qt.

One seat for each person: the unlocked one first, then officers until the vault opens.  The seats
follow the rules of `domain.pins.refuse_incomplete`; the services ask those again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from facility_app.domain.access import StaffId
from facility_app.domain.pins import Act, Way
from facility_app.services.pin_views import ApproverView


@dataclass
class Seat:
    """One person's part.  `ways`: how they may approve; none = being unlocked is enough."""

    ways: frozenset[Way] = frozenset()
    person: ApproverView | None = None
    fixed: bool = False
    """Whether the person cannot be chosen: it is the unlocked one."""
    approved_at: datetime | None = None

    @property
    def asks(self) -> bool:
        """Whether a passphrase or a password has to be typed here."""
        return bool(self.ways)

    @property
    def confirmed(self) -> bool:
        """Whether this person has done their part."""
        return not self.asks or self.approved_at is not None


_OFFICER = frozenset({Way.OFFICER})
_EITHER = frozenset(Way)


@dataclass
class ReleaseForm:
    """What was chosen so far.  `holders`: who has the card out now, and so has no part in this."""

    me: ApproverView
    officers: Sequence[ApproverView]
    managers: Sequence[ApproverView]
    threshold: int
    since: datetime
    """When the unlocked person was seen."""
    holders: Collection[StaffId] = ()
    act: Act = Act.PRESENT
    reason: str = ""
    face_confirmed: bool = False
    seats: list[Seat] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turn(self.act)

    def turn(self, act: Act) -> None:
        """Another act: who approved one has not approved the other."""
        self.act = act
        first, others = self._first_seat(act)
        self.seats = [first, *(Seat(_OFFICER) for _ in range(others))]
        if act is Act.REVEAL and sum(seat.asks for seat in self.seats) < 2:
            self.seats.append(Seat(_EITHER))
        self._fill()

    def _first_seat(self, act: Act) -> tuple[Seat, int]:
        """The seat of who is unlocked, and how many officers are needed besides."""
        me = self.me
        officer = any(each.staff_id == me.staff_id for each in self.officers)
        if officer and (self.threshold > 1 or act is Act.REVEAL):
            mine = replace(me, way=Way.OFFICER)
            return Seat(_OFFICER, mine, fixed=True), self.threshold - 1
        manager = any(each.staff_id == me.staff_id for each in self.managers)
        if manager and act is Act.REVEAL and self.threshold == 1:
            mine = replace(me, way=Way.MANAGER)
            return Seat(frozenset({Way.MANAGER}), mine, fixed=True), self.threshold
        return Seat(person=me, fixed=True, approved_at=self.since), self.threshold

    def _fill(self) -> None:
        """Where only one person is left to choose, they are chosen."""
        for index, seat in enumerate(self.seats):
            free = self.choices(index)
            if seat.person is None and len(free) == 1:
                seat.person = free[0]

    def choices(self, index: int) -> list[ApproverView]:
        """Who may sit there: nobody twice, and nobody who has the card out."""
        seat = self.seats[index]
        if seat.fixed:
            return [seat.person] if seat.person is not None else []
        taken = {
            other.person.staff_id
            for place, other in enumerate(self.seats)
            if place != index and other.person is not None
        }
        found = [*self.officers, *self.managers] if Way.MANAGER in seat.ways else self.officers
        seen = set(taken) | set(self.holders)
        people = []
        for each in found:
            if each.staff_id not in seen:
                seen.add(each.staff_id)
                people.append(each)
        return people

    def choose(self, index: int, person: ApproverView | None) -> None:
        """Another person sits there; what an earlier one approved is none of theirs."""
        self.seats[index].person = person
        self.seats[index].approved_at = None

    def approved(self, index: int, at: datetime) -> None:
        """The passphrase was right."""
        self.seats[index].approved_at = at

    def lapse(self) -> None:
        """The approvals are too old, or were used."""
        for seat in self.seats:
            if seat.asks:
                seat.approved_at = None

    @property
    def next_seat(self) -> int | None:
        """The first seat that still has something to do."""
        return next((at for at, seat in enumerate(self.seats) if not seat.confirmed), None)

    @property
    def too_few(self) -> bool:
        """Whether there are not enough people for all seats."""
        return any(
            seat.person is None and not self.choices(index) for index, seat in enumerate(self.seats)
        )

    @property
    def barred(self) -> bool:
        """Whether the unlocked person has the card out."""
        return self.act is not Act.CHECK and self.me.staff_id in self.holders

    def missing(self, typed: Collection[int] = ()) -> str:
        """The key of what is still missing, or an empty string.

        `typed`: seats in which something stands that was not sent yet.
        """
        if self.act is Act.REVEAL and self.barred:
            return "pin-release-holder"
        if self.too_few:
            return "pin-release-too-few"
        if self.act is Act.REVEAL and not self.reason:
            return "pin-release-reason-missing"
        if self.act in (Act.PRESENT, Act.CHECK) and not self.face_confirmed:
            return "pin-release-face-missing"
        open_seats = [at for at, seat in enumerate(self.seats) if not seat.confirmed]
        if any(self.seats[at].person is None for at in open_seats):
            return "pin-release-choose-person"
        if any(at not in typed for at in open_seats):
            return "pin-release-passphrase-missing"
        return ""
