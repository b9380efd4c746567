"""返却 form: every piece is asked for, its condition, and the slot.  Knows no Qt.

Nothing is taken as back before somebody said so; what is not said to be back is missing, and a
return with something missing needs a confirmation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from facility_app.domain.items import Condition
from facility_app.services.access import Witness
from facility_app.services.loans import LineView, LoanView
from facility_app.services.returns import Returned, SignIn


class BackProblem(Enum):
    """Why nothing can be taken back now; the sentence stands in the catalogue."""

    NOTHING_TICKED = "nothing-ticked"
    SLOT_MISSING = "slot-missing"


@dataclass(frozen=True)
class BackRow:
    """One thing that is out: `expected` pieces, `count` of them said to be back."""

    item_id: int
    title: str
    expected: int
    count: int = 0
    condition: Condition = Condition.GOOD

    @property
    def complete(self) -> bool:
        """All pieces are back."""
        return self.count == self.expected

    @property
    def missing(self) -> int:
        """Pieces that are not."""
        return self.expected - self.count


@dataclass
class BackForm:
    """The form for one loan.  `needs_second`: the facility asks for two persons."""

    loan: LoanView
    lines: Sequence[LineView]
    needs_second: bool = False
    slot: str = ""
    rows: list[BackRow] = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is back yet."""
        self.rows = [
            BackRow(line.item_id, " ".join(p for p in (line.kind, line.label) if p), line.pieces)
            for line in self.lines
        ]

    def set_count(self, item_id: int, count: int) -> None:
        """Say how many pieces of a thing are back; kept within what left."""
        self._change(item_id, lambda row: replace(row, count=max(0, min(row.expected, count))))

    def tick(self, item_id: int, on: bool) -> None:
        """All pieces of a thing, or none."""
        self._change(item_id, lambda row: replace(row, count=row.expected if on else 0))

    def set_condition(self, item_id: int, condition: Condition) -> None:
        """How it looks."""
        self._change(item_id, lambda row: replace(row, condition=condition))

    def tick_all(self) -> None:
        """Everything is there."""
        self.rows = [replace(row, count=row.expected) for row in self.rows]

    def _change(self, item_id: int, change: Callable[[BackRow], BackRow]) -> None:
        self.rows = [change(row) if row.item_id == item_id else row for row in self.rows]

    @property
    def asks_slot(self) -> bool:
        """Whether the pouch has a place that must be named."""
        return bool(self.loan.slot)

    def count(self) -> int:
        """Things of which at least one piece is back."""
        return sum(row.count > 0 for row in self.rows)

    def missing(self) -> list[BackRow]:
        """Things that are not all back."""
        return [row for row in self.rows if not row.complete]

    def problem(self) -> BackProblem | None:
        """What keeps the main button off; None = it may be pressed."""
        if not self.count():
            return BackProblem.NOTHING_TICKED
        if self.asks_slot and not self.slot.strip():
            return BackProblem.SLOT_MISSING
        return None

    def command(self, *, accept_missing: bool = False, witness: Witness | None = None) -> SignIn:
        """The act.  Raises ValueError while there is a problem."""
        if self.problem() is not None:
            raise ValueError("the form is not complete")
        returned = tuple(
            Returned(row.item_id, row.count, row.condition) for row in self.rows if row.count
        )
        return SignIn(self.loan.id, returned, self.slot.strip(), accept_missing, witness)
