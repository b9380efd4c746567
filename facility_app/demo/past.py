"""Two years of sample history, written through the real use cases on a clock that is turned back.

A week is one transaction: what is built is the same as day by day, in a twentieth of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import ItemRow, PouchRow, SlotRow
from facility_app.demo.clinics import TOLD_DAYS, how_it_went
from facility_app.demo.clock import DemoClock
from facility_app.demo.sample import Sample
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import JST
from facility_app.domain.items import Condition
from facility_app.services.custody import LoanId, SignOut, sign_out
from facility_app.services.emergency import (
    explain_emergency,
    release_emergency,
    review_emergency,
)
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.office import Office
from facility_app.services.outcomes import record_outcome
from facility_app.services.returns import HandOver, Returned, SignIn, hand_over, sign_in
from facility_app.services.visits import PlanVisit, VisitForm, plan_visit

CUSTODIANS = ("1002", "1003", "1008")
CLINICS = ("みほん内科", "例示眼科", "例示整形外科", "みほん歯科", "さくら見本病院")
LOANS_PER_DAY = range(1, 5)
EMERGENCY_EVERY_DAYS = 45
CORRECTION_EVERY_DAYS = 60
HANDOVER_EVERY_DAYS = 9


@dataclass(frozen=True)
class _Pouch:
    resident_id: int
    slot: str
    items: tuple[tuple[int, int], ...]


@dataclass
class _PastVisit:
    """A visit of the past; `id` once it was planned."""

    clinic: str
    out: datetime
    back: datetime
    holder: StaffId
    id: int | None = None


def write_past(
    office: Office, clock: DemoClock, sample: Sample, first: date, last: date, random: Random
) -> int:
    """Play every day from `first` to `last` (both included); gives the number of acts.

    `clock` is the one the office reads; it is left on the evening of the last day.
    """
    pouches = office.do(sample.actors["1001"], _pouches, sample)
    acts = 0
    start = first
    while start <= last:
        end = min(last, start + timedelta(days=6))
        actor = sample.actors[CUSTODIANS[start.toordinal() // 7 % len(CUSTODIANS)]]
        week = _Week(sample, pouches, random, last - timedelta(days=TOLD_DAYS))
        clock.set(_at(end, 18, 0))
        acts += office.do(actor, week.play, start, end)
        for loan_id in week.to_review:
            office.do(sample.actors["1001"], review_emergency, loan_id, "経過を確認しました")
        start = end + timedelta(days=1)
    return acts


def _pouches(tx: Tx, sample: Sample) -> list[_Pouch]:
    tx.require(Permission.VIEW_RESIDENTS)
    made = []
    for resident_id in sample.residents:
        items = tx.session.execute(
            select(ItemRow.id, ItemRow.pieces).where(ItemRow.resident_id == resident_id)
        )
        slot = tx.session.scalar(
            select(SlotRow.label)
            .join(PouchRow, PouchRow.slot_id == SlotRow.id)
            .where(PouchRow.resident_id == resident_id)
        )
        made.append(_Pouch(resident_id, slot or "", tuple((i, p) for i, p in items)))
    return made


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), JST)


class _Week:
    """The acts of some days in the order of their times.

    An act may only follow what precedes it.
    """

    def __init__(
        self, sample: Sample, pouches: list[_Pouch], random: Random, told_from: date
    ) -> None:
        self.sample = sample
        self.told_from = told_from
        self.pouches = pouches
        self.random = random
        self._plan: list[tuple[datetime, Callable[[Tx], None]]] = []
        self.to_review: list[LoanId] = []

    def play(self, tx: Tx, first: date, last: date) -> int:
        """Plan and carry out the days; gives the number of acts."""
        day = first
        while day <= last:
            self._plan_day(day)
            day += timedelta(days=1)
        for at, act in sorted(self._plan, key=lambda planned: planned[0]):
            tx.now = at
            act(tx)
        return len(self._plan)

    def _plan_day(self, day: date) -> None:
        number = day.toordinal()
        count = self.random.choice(LOANS_PER_DAY) if day.weekday() < 5 else 1
        today = self.random.sample(self.pouches, count + 1)
        for pouch in today[:count]:
            self._plan_loan(day, pouch, number)
        if number % EMERGENCY_EVERY_DAYS == 0:
            self._plan_emergency(day, today[count])

    def _plan_visit(self, tx: Tx, pouch: _Pouch, visit: _PastVisit) -> None:
        form = VisitForm(
            purpose_code="clinic",
            starts_at=visit.out + timedelta(minutes=10),
            returns_at=visit.back,
            clinic_id=self.sample.clinics[visit.clinic],
            escort_id=visit.holder,
        )
        planned = PlanVisit(pouch.resident_id, form, despite_conflicts=True)
        visit.id = plan_visit(tx, planned)

    def _tell(self, tx: Tx, pouch: _Pouch, visit: _PastVisit) -> None:
        assert visit.id is not None  # noqa: S101  # it was planned before it left
        has_card = self.sample.somebody(self.sample.residents.index(pouch.resident_id)).has_card
        chance = Random(visit.id)  # noqa: S311  # invented outcomes
        record_outcome(tx, how_it_went(visit.id, visit.clinic, has_card, chance))

    def _plan_loan(self, day: date, pouch: _Pouch, number: int) -> None:
        out = _at(day, self.random.randint(9, 13), self.random.randint(0, 59))
        back = out + timedelta(minutes=self.random.randint(50, 230))
        holder = self.random.choice(self.sample.staff[8:])
        clinic = self.random.choice(CLINICS)
        loan: list[LoanId] = []
        visit = _PastVisit(clinic, out, back, holder)

        def leave(tx: Tx) -> None:
            taken = tuple(item for item, _ in pouch.items[:4])
            due = out + timedelta(hours=3)
            cmd = SignOut(pouch.resident_id, taken, "clinic", holder, clinic, due, visit.id)
            loan.append(sign_out(tx, cmd))

        self._plan.append((out, leave))
        self._plan.append((back, lambda tx: self._return(tx, loan[0], pouch, pouch.items[:4])))
        if day > self.told_from:
            before, after = out - timedelta(hours=1), back + timedelta(minutes=5)
            self._plan.append((before, lambda tx: self._plan_visit(tx, pouch, visit)))
            self._plan.append((after, lambda tx: self._tell(tx, pouch, visit)))
        if number % HANDOVER_EVERY_DAYS == 0:
            other = self.random.choice([s for s in self.sample.staff[8:] if s != holder])
            self._plan.append(
                (out + timedelta(minutes=30), lambda tx: _hand_over(tx, loan[0], other))
            )
        if number % CORRECTION_EVERY_DAYS == 0:
            correction = "行先の書き間違い"
            self._plan.append(
                (
                    out + timedelta(minutes=40),
                    lambda tx: _correct(tx, loan[0], clinic + "(分院)", correction),
                )
            )

    def _plan_emergency(self, day: date, pouch: _Pouch) -> None:
        out = _at(day, 15, self.random.randint(0, 30))
        loan: list[LoanId] = []

        def leave(tx: Tx) -> None:
            loan.append(release_emergency(tx, pouch.resident_id).loan_id)

        def explain(tx: Tx) -> None:
            explain_emergency(tx, loan[0], "救急搬送のため", "さくら見本病院")
            self.to_review.append(loan[0])

        self._plan.append((out, leave))
        self._plan.append((out + timedelta(hours=1), explain))
        self._plan.append(
            (out + timedelta(hours=3), lambda tx: self._return(tx, loan[0], pouch, pouch.items))
        )

    def _return(
        self, tx: Tx, loan: LoanId, pouch: _Pouch, items: tuple[tuple[int, int], ...]
    ) -> None:
        back = tuple(Returned(item, pieces, Condition.GOOD) for item, pieces in items)
        sign_in(tx, SignIn(loan, back, pouch.slot))


def _hand_over(tx: Tx, loan: LoanId, to: StaffId) -> None:
    hand_over(tx, HandOver(loan, to))


def _correct(tx: Tx, loan: LoanId, destination: str, reason: str) -> None:
    correct_loan(tx, LoanCorrection(loan, reason, destination=destination))
