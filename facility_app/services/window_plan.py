"""受付方法: how residents can be accepted at the desk on the day of a visit (domain/ladder).

Loads rows, asks the rule, and adds the burden ratio with its source and day: shown and compared,
never decided (domain facts §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import ClinicRow, HouseCallRow, SettingRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    HouseCallDevice,
    IncomeClass,
    VisualMode,
)
from facility_app.domain.expiry import Lifetimes
from facility_app.domain.insurance import (
    NotedRatio,
    RatioState,
    possible_ratios,
    ratio_age,
    ratio_state,
)
from facility_app.domain.items import ItemState
from facility_app.domain.ladder import LadderRules, WindowPlan, window_plan
from facility_app.domain.ladder_facts import Place, Situation
from facility_app.services.insurance_facts import InsuranceFacts
from facility_app.services.rule_data import rules
from facility_app.services.visit_views import VisitView, visit_of
from facility_app.services.window_documents import documents_of
from facility_app.services.window_documents import newest_ratio as newest_ratio
from facility_app.services.window_facts import CheckToday, HeldItem, Person, read_people


@dataclass(frozen=True)
class RatioView:
    """The burden ratio as it is noted and what is to be thought of it; `possible` tenths by age and
    income class, empty where the birth date is not known."""

    noted: NotedRatio | None
    state: RatioState
    possible: frozenset[int]


@dataclass(frozen=True)
class ClinicFacts:
    """What is known of the clinic's reader."""

    visual_mode: VisualMode = VisualMode.UNKNOWN
    pmh: Answer = Answer.UNKNOWN
    livelihood_ready: Answer = Answer.UNKNOWN
    phone_ready: Answer = Answer.UNKNOWN


NO_CLINIC = ClinicFacts()


@dataclass(frozen=True)
class ResidentPlan:
    """One resident on one day.  `plan` is None only where no birth date is noted: too much turns on
    the age.  `items` in custody, `check` the newest of today."""

    resident_id: int
    name: str
    kana: str
    room: str
    birth_date: date | None
    on: date
    insurance: InsuranceFacts
    plan: WindowPlan | None
    ratio: RatioView
    items: tuple[HeldItem, ...]
    check: CheckToday | None


def plan_for(
    reading: Reading,
    resident_id: int,
    on: date,
    clinic_id: int | None = None,
    *,
    first_visit: Answer = Answer.UNKNOWN,
    place: Place = Place.CLINIC,
    reader_broken: bool = False,
) -> ResidentPlan:
    """How a resident can be accepted on a day, without a planned visit.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_plan_for(
        reading.session,
        resident_id,
        on,
        reading.now,
        clinic_id,
        first_visit=first_visit,
        place=place,
        reader_broken=reader_broken,
    )


def read_plan_for(
    session: Session,
    resident_id: int,
    on: date,
    now: datetime,
    clinic_id: int | None = None,
    *,
    first_visit: Answer = Answer.UNKNOWN,
    place: Place = Place.CLINIC,
    reader_broken: bool = False,
) -> ResidentPlan:
    """As `plan_for`, for a use case that has asked for its own permission."""
    person = read_people(session, [resident_id], now)[resident_id]
    clinic = NO_CLINIC if clinic_id is None else _clinics(session, [clinic_id])[clinic_id]
    situation = Situation(
        on,
        place,
        first_visit,
        clinic.visual_mode,
        clinic.pmh,
        clinic.livelihood_ready,
        clinic.phone_ready,
        reader_broken=reader_broken,
    )
    return _Planner(session).plan(person, situation)


def plan_of_visit(reading: Reading, visit_id: int, *, reader_broken: bool = False) -> ResidentPlan:
    """How a resident can be accepted at a planned visit.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_plan(
        reading.session, visit_of(reading.session, visit_id), reading.now, reader_broken
    )


def read_plan(
    session: Session, visit: VisitView, now: datetime, reader_broken: bool = False
) -> ResidentPlan:
    """As `plan_of_visit`, for a use case that has asked for its own permission."""
    return read_plans(session, [visit], now, reader_broken)[0]


def read_plans(
    session: Session, visits: Sequence[VisitView], now: datetime, reader_broken: bool = False
) -> list[ResidentPlan]:
    """A plan for each visit, in their order; the number of queries does not grow with them."""
    people = read_people(session, (visit.resident_id for visit in visits), now)
    clinics = _clinics(session, {v.clinic_id for v in visits if v.clinic_id is not None})
    devices = _devices(session, {v.round_id for v in visits if v.round_id is not None})
    planner = _Planner(session)
    plans = []
    for visit in visits:
        clinic = clinics.get(visit.clinic_id or 0, NO_CLINIC)
        situation = Situation(
            local_date(visit.starts_at),
            Place.CLINIC if visit.round_id is None else Place.HOUSE_CALL,
            visit.first_visit,
            clinic.visual_mode,
            clinic.pmh,
            clinic.livelihood_ready,
            clinic.phone_ready,
            devices.get(visit.round_id or 0, HouseCallDevice.UNKNOWN),
            reader_broken,
        )
        plans.append(planner.plan(people[visit.resident_id], situation))
    return plans


class _Planner:
    """The rule data and the area, fetched once for many plans."""

    def __init__(self, session: Session) -> None:
        self.rules: LadderRules = rules().ladder
        self._possible: dict[tuple[int, date, bool, IncomeClass], frozenset[int]] = {}
        self.lifetimes: Lifetimes = rules().lifetimes
        query = select(SettingRow.value).where(SettingRow.name == "insurance_area")
        self.area = str(session.scalar(query) or "")

    def plan(self, person: Person, situation: Situation) -> ResidentPlan:
        """The plan of one resident; a lost card is part of the situation."""
        card = person.card
        if card is not None and card.state is ItemState.LOST:
            situation = replace(situation, card_lost=True)
        birth = person.birth_date
        return ResidentPlan(
            resident_id=person.id,
            name=person.name,
            kana=person.kana,
            room=person.room,
            birth_date=birth,
            on=situation.on,
            insurance=person.insurance,
            plan=None
            if birth is None
            else window_plan(
                documents_of(person, birth, situation.on, self.area), situation, self.rules
            ),
            ratio=self._ratio(person, situation.on),
            items=tuple(person.items),
            check=person.check,
        )

    def _ratio(self, person: Person, on: date) -> RatioView:
        noted, possible = newest_ratio(person), frozenset[int]()
        if person.birth_date is not None:
            facts, age = person.insurance, ratio_age(person.birth_date, on)
            asked = (age, on, facts.disability_certified.yes, facts.income)
            if asked not in self._possible:
                self._possible[asked] = possible_ratios(
                    age,
                    on,
                    rules().burden,
                    disability_certified=facts.disability_certified.yes,
                    income=facts.income,
                )
            possible = self._possible[asked]
        return RatioView(noted, ratio_state(noted, possible, on, self.lifetimes), possible)


def pays_nothing(facts: InsuranceFacts) -> bool:
    """Whether no ratio is to be known: 医療扶助 pays all."""
    return facts.coverage is Coverage.LIVELIHOOD


def _clinics(session: Session, ids: Iterable[int]) -> dict[int, ClinicFacts]:
    row = table_of(ClinicRow).c
    query = select(row.id, row.visual_mode, row.pmh, row.livelihood_ready, row.phone_ready)
    found = session.connection().execute(query.where(row.id.in_(sorted(ids))))
    return {clinic_id: ClinicFacts(*facts) for clinic_id, *facts in found}


def _devices(session: Session, ids: Iterable[int]) -> dict[int, HouseCallDevice]:
    row = table_of(HouseCallRow).c
    query = select(row.id, row.device).where(row.id.in_(sorted(ids)))
    return {round_id: device for round_id, device in session.connection().execute(query)}
