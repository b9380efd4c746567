"""Counting while the desk goes on, on a real store: no false difference, no loss unseen.

The rule itself is tried with many more orders in tests/domain/test_stocktake.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import ItemRow, LoanRow, PouchRow, SlotRow
from facility_app.domain.items import Condition
from facility_app.domain.stocktake import DifferenceKind
from facility_app.secret import Secret
from facility_app.services.cabinets import PlacePouch, SlotTaken, place_pouch
from facility_app.services.custody import LoanId, NotInSafe
from facility_app.services.returns import Returned, SignIn, sign_in
from facility_app.services.stocktake_own import CountView
from facility_app.services.stocktake_result import PlacesChanged, PlacesLeft, finish_count
from tests.conftest import HEAD_KEY, FakeClock, create_schema
from tests.desk_world import build
from tests.stocktake_world import EMPTY, Cabinet

WHO = ("hanako", "tadashi")
SLOTS = ("A-05", "A-12", EMPTY)
COUNTERS = ("custodian", "second")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("out", "in")), st.sampled_from(WHO)),
        st.tuples(st.just("place"), st.sampled_from(WHO)),
        st.tuples(st.sampled_from(COUNTERS), st.sampled_from(SLOTS)),
    ),
    max_size=25,
)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Day:
    """The desk and two counters, in any order."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet, self.desk = cabinet, cabinet.desk
        self.gone: set[str] = set()
        cabinet.start()
        self.views: dict[str, CountView] = {who: cabinet.begin(who) for who in COUNTERS}

    def play(self, steps: list[tuple[str, str]]) -> None:
        for what, which in steps:
            if what in COUNTERS:
                self.cabinet.look(what, self.views[what].id, which)
            else:
                getattr(self, f"_{what}")(which)

    def _out(self, person: str) -> None:
        with suppress(NotInSafe):
            self.desk.signed_out(person)
            self.cabinet.lies.pop(person, None)

    def _in(self, person: str) -> None:
        resident = self.desk.residents[person]
        loans = self.desk.rows(LoanRow, LoanRow.resident_id == resident)
        for loan in (each for each in loans if each.closed_at is None):
            rows = self.desk.rows(ItemRow, ItemRow.resident_id == resident)
            back = tuple(Returned(row.id, row.pieces, Condition.GOOD) for row in rows)
            home = self._home(person)
            self.desk.do("custodian", sign_in, SignIn(LoanId(loan.id), back, home))
            if person not in self.gone:
                self.cabinet.lies[person] = home

    def _place(self, person: str) -> None:
        with suppress(SlotTaken):
            move = PlacePouch(self.desk.residents[person], self.cabinet.slot(EMPTY))
            self.desk.do("custodian", place_pouch, move)
            if person in self.cabinet.lies:
                self.cabinet.lies[person] = EMPTY

    def _home(self, person: str) -> str:
        pouch = self.desk.one(PouchRow, PouchRow.resident_id == self.desk.residents[person])
        return str(self.desk.one(SlotRow, SlotRow.id == pouch.slot_id).label)

    def lose(self, person: str) -> None:
        self.gone.add(person)
        self.cabinet.lies.pop(person, None)

    def finish(self) -> list[tuple[DifferenceKind, str]]:
        for who in COUNTERS:
            id_ = self.views[who].id
            while True:
                try:
                    self.desk.do(who, finish_count, id_)
                    break
                except (PlacesLeft, PlacesChanged):
                    for place in self.cabinet.view(who, id_).places:
                        if not place.done:
                            self.cabinet.look(who, id_, place.label)
        found = self.cabinet.result().summary.differences
        return [(each.difference.kind, each.name) for each in found]


@contextmanager
def day() -> Iterator[Day]:
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "facility.db", Secret(bytearray(range(32))))
        create_schema(engine)
        clock = FakeClock()
        yield Day(Cabinet(build(engine, Work(engine, clock, HEAD_KEY), clock)))
        engine.dispose()


@FEW
@given(STEPS)
def test_no_order_of_desk_and_counters_makes_a_difference(steps: list[tuple[str, str]]) -> None:
    with day() as world:
        world.play(steps)
        assert world.finish() == []


@FEW
@given(STEPS, STEPS)
def test_a_pouch_that_is_gone_is_found_whatever_the_desk_does(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    with day() as world:
        world.play([step for step in before if step[0] not in COUNTERS])
        world._in("hanako")
        world.lose("hanako")
        world.play([step for step in after if step != ("out", "hanako")])
        assert world.finish() == [(DifferenceKind.MISSING, "見本 花子")]
