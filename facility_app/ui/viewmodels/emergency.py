"""The emergency dialog without Qt: who takes it, whose pouch, and whether it may leave now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from facility_app.domain.access import Actor
from facility_app.i18n import Words


@dataclass(frozen=True)
class Target:
    """Whose pouch and where it lies; `items` in the safe now."""

    resident_id: int
    name: str
    kana: str
    room: str
    slot: str
    items: int


@dataclass(frozen=True)
class Found:
    """The first few, and how many there are in all."""

    rows: tuple[Target, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Done:
    """What was recorded; the reason is due at that moment (aware UTC)."""

    seq: int
    items: int
    reason_due_at: datetime
    loan_id: int = 0


@dataclass(frozen=True)
class FamilyCall:
    """Somebody who is to be told by telephone; `relation` as people say it."""

    name: str
    relation: str
    phone: str


class EmergencyCalls(Protocol):
    """Every call may block: on the work lane only."""

    def identify(self, number: str) -> Actor: ...
    def find(self, actor: Actor, text: str) -> Found: ...
    def release(self, actor: Actor, resident_id: int) -> Done: ...
    def family(self, actor: Actor, words: Words, loan_id: int) -> tuple[FamilyCall, ...]: ...
    def sheet(self, actor: Actor, words: Words, loan_id: int) -> bytes: ...


class _Office(Protocol):
    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any) -> Any: ...
    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any) -> Any: ...
    def identify_by_number(self, number: str) -> Actor: ...


class OfficeEmergency:
    """`EmergencyCalls` by the office; the database is imported on the lane."""

    def __init__(self, office: _Office) -> None:
        self._office = office

    def identify(self, number: str) -> Actor:
        """Raises UnknownStaffNumber or NotPermitted."""
        return self._office.identify_by_number(number)

    def find(self, actor: Actor, text: str) -> Found:
        """Raises TagVoided and IndividualNumberRefused."""
        from facility_app.services.emergency_lookup import emergency_targets

        found = self._office.ask(actor, emergency_targets, text)
        rows = tuple(
            Target(row.resident_id, row.name, row.kana, row.room, row.slot, row.items)
            for row in found.rows
        )
        return Found(rows, found.total)

    def release(self, actor: Actor, resident_id: int) -> Done:
        """Raises NotInSafe where nothing is there to take."""
        from facility_app.services.emergency import release_emergency

        released = self._office.do(actor, release_emergency, resident_id)
        return Done(released.seq, released.items, released.reason_due_at, int(released.loan_id))

    def family(self, actor: Actor, words: Words, loan_id: int) -> tuple[FamilyCall, ...]:
        """Whom to call, in that order; who has no telephone comes last."""
        from facility_app.services.emergency_calls import family_calls

        found = self._office.ask(actor, family_calls, loan_id)
        return tuple(FamilyCall(each.name, words.term(each.kind), each.phone) for each in found)

    def sheet(self, actor: Actor, words: Words, loan_id: int) -> bytes:
        """救急シート; recorded before it is drawn."""
        from facility_app.services.visit_papers import emergency_sheet_paper

        office: Any = self._office
        return emergency_sheet_paper(office, actor, words, loan_id)


@dataclass
class EmergencyForm:
    """State of the dialog.  Answers of an earlier question are told apart by `asked`."""

    actor: Actor | None = None
    found: Found = Found()
    target: Target | None = None
    working: bool = False
    done: Done | None = None
    asked: int = 0

    def identified(self, actor: Actor | None) -> None:
        """Another person, or nobody."""
        self.actor = actor

    def ask(self) -> int:
        """A new question; gives its number."""
        self.asked += 1
        self.target = None
        return self.asked

    def answer(self, number: int, found: Found) -> bool:
        """Take an answer over.  False when it is an old one."""
        if number != self.asked:
            return False
        self.found = found
        self.target = found.rows[0] if found.total == 1 else None
        return True

    def choose(self, resident_id: int) -> None:
        """One of several."""
        self.target = next((t for t in self.found.rows if t.resident_id == resident_id), None)

    def ready(self) -> bool:
        """Whether the red button works now."""
        known = self.actor is not None and self.target is not None and self.target.items > 0
        return known and not self.working and self.done is None
