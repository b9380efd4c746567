"""A cabinet with real rows, and people who look into it; what lies where is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from facility_app.db.models import ItemRow, SlotRow
from facility_app.domain.items import ItemState
from facility_app.domain.stocktake import Found
from facility_app.services.stocktake import begin_count, start_stocktake
from facility_app.services.stocktake_count import PlaceCounted, count_place
from facility_app.services.stocktake_own import CountView, count_view, opened_pouch
from facility_app.services.stocktake_result import Explain, explain_difference, finish_count
from facility_app.services.stocktake_views import ResultView, stocktake_result
from tests.desk_world import DeskWorld

EMPTY = "A-20"


@dataclass
class Cabinet:
    """Cabinet A of a `DeskWorld`: hanako in A-12, tadashi in A-05, and nobody in A-20.

    lies: who is in which place, by word; short: pieces that are gone, by person and kind.
    """

    desk: DeskWorld
    lies: dict[str, str] = field(default_factory=lambda: {"hanako": "A-12", "tadashi": "A-05"})
    short: dict[tuple[str, str], int] = field(default_factory=dict)
    id: int = 0

    def __post_init__(self) -> None:
        self.desk.add(SlotRow(cabinet="A", number=20, label=EMPTY))

    def start(self) -> int:
        """Begin this month's stocktake."""
        self.id = self.desk.do("custodian", start_stocktake, "A")
        return self.id

    def begin(self, who: str) -> CountView:
        """Take a count."""
        return self.view(who, self.desk.do(who, begin_count, self.id))

    def view(self, who: str, count_id: int) -> CountView:
        """The counter's own view."""
        return self.desk.ask(who, count_view, count_id)

    def slot(self, label: str) -> int:
        """A place's id."""
        return int(self.desk.one(SlotRow, SlotRow.label == label).id)

    def pieces(self, person: str) -> Mapping[str, int]:
        """What is really in somebody's pouch in the safe."""
        rows = self.desk.rows(ItemRow, ItemRow.id.in_(self.desk.items[person]))
        there = {row.kind_code: row.pieces for row in rows if row.state is ItemState.IN_SAFE}
        return {kind: n - self.short.get((person, kind), 0) for kind, n in there.items()}

    def look(self, who: str, count_id: int, label: str, **changed: object) -> int:
        """Look into a place and keep what is there."""
        inside = [person for person, place in self.lies.items() if place == label]
        opened = self.view(who, count_id).position
        values: dict[str, object] = {"found": Found.NOTHING, "opened": opened}
        if inside:
            pouch = self.desk.ask(who, opened_pouch, self.desk.residents[inside[0]])
            values = {
                "found": Found.POUCH,
                "opened": pouch.position,
                "resident_id": pouch.resident_id,
                "pieces": tuple(self.pieces(inside[0]).items()),
            }
        cmd = PlaceCounted(count_id, self.slot(label), **{**values, **changed})  # type: ignore[arg-type]  # fields by name
        return self.desk.do(who, count_place, cmd)

    def count(self, who: str) -> int:
        """One whole count; gives its id."""
        view = self.begin(who)
        for place in view.places:
            if not place.done:
                self.look(who, view.id, place.label)
        self.desk.do(who, finish_count, view.id)
        return int(view.id)

    def counted(self) -> ResultView:
        """Both counts, by two people; gives the result."""
        self.start()
        self.count("custodian")
        self.count("second")
        return self.result()

    def result(self) -> ResultView:
        """The result as the manager sees it."""
        result = self.desk.ask("manager", stocktake_result, self.id)
        assert result is not None
        return result

    def explain(self, text: str = "調べて分かった") -> None:
        """Say something about every difference."""
        for each in self.result().summary.differences:
            self.desk.do("custodian", explain_difference, Explain(each.id, text))
