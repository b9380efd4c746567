"""返還 with its receipt, and corrections: forms of the desk's dialogs.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from facility_app.domain.access import StaffId
from facility_app.domain.clock import JST, local_time
from facility_app.domain.items import ItemState
from facility_app.services.access import Witness
from facility_app.services.desk import DeskItem, DeskResident
from facility_app.services.hand_back import HandBack, HandBackReason, LoanCorrection
from facility_app.services.loans import LoanView


@dataclass
class HandBackForm:
    """What goes back for good, to whom."""

    resident: DeskResident
    needs_second: bool = True
    ticked: set[int] = field(default_factory=set)
    reason: HandBackReason = HandBackReason.DISCHARGE
    receiver: str = ""
    relation: str = ""
    proof_seen: str = ""
    note: str = ""

    def items(self) -> list[DeskItem]:
        """What lies in the safe."""
        return [item for item in self.resident.items if item.state is ItemState.IN_SAFE]

    def tick(self, item_id: int, on: bool) -> None:
        """Choose a thing."""
        (self.ticked.add if on else self.ticked.discard)(item_id)

    def missing(self) -> list[str]:
        """The fields that are still empty, ``items`` among them."""
        texts = {
            "items": "x" if self.ticked else "",
            "receiver": self.receiver,
            "relation": self.relation,
            "proof_seen": self.proof_seen,
        }
        return [name for name, text in texts.items() if not text.strip()]

    def command(self, witness: Witness | None = None) -> HandBack:
        """The act; what is missing is refused by the use case."""
        return HandBack(
            resident_id=self.resident.id,
            item_ids=tuple(sorted(self.ticked)),
            reason=self.reason,
            receiver=self.receiver,
            relation=self.relation,
            proof_seen=self.proof_seen,
            note=self.note,
            witness=witness,
        )


@dataclass
class CorrectionForm:
    """A loan as it is recorded, and as it should have been."""

    loan: LoanView
    reason: str = ""
    destination: str = ""
    holder_id: StaffId | None = None
    due_day: date | None = None
    due_time: time | None = None

    def __post_init__(self) -> None:
        """Begin with what is recorded."""
        due = local_time(self.loan.due_at)
        self.destination, self.holder_id = self.loan.destination, self.loan.holder_id
        self.due_day, self.due_time = due.date(), due.time().replace(second=0, microsecond=0)

    def due_at(self) -> datetime | None:
        """The corrected time, aware; None while it is unclear."""
        if self.due_day is None or self.due_time is None:
            return None
        return datetime.combine(self.due_day, self.due_time, JST)

    def changed(self) -> set[str]:
        """The fields that differ from the record."""
        due = self.due_at()
        old_due = self.loan.due_at.replace(second=0, microsecond=0)
        found = set()
        if self.destination.strip() != self.loan.destination:
            found.add("destination")
        if self.holder_id is not None and self.holder_id != self.loan.holder_id:
            found.add("holder")
        if due is not None and due != old_due:
            found.add("due")
        return found

    def ready(self) -> bool:
        """Whether it says what and why."""
        return bool(self.changed()) and bool(self.reason.strip()) and self.due_at() is not None

    def command(self) -> LoanCorrection:
        """The act, naming only what differs."""
        changed = self.changed()
        return LoanCorrection(
            self.loan.id,
            self.reason,
            destination=self.destination.strip() if "destination" in changed else None,
            holder_id=self.holder_id if "holder" in changed else None,
            due_at=self.due_at() if "due" in changed else None,
        )
