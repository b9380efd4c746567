"""The facts that duties are reckoned from, read for those residents whom anything may concern.

First the ids of the residents for whom there may be something to do, by indexed dates; then all
facts of these, in portions.  What is too many here costs time; what is missing would be a lapse, so
each condition is wider than its rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LifeEventRow,
    ResidentInsuranceRow,
    ResidentRow,
    VisitRow,
)
from facility_app.domain.clock import JST, local_date
from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.dates import add_months, end_of_month
from facility_app.domain.duties import DutyFrame, Event, Held, Person
from facility_app.domain.insurance import last_change
from facility_app.domain.items import Cycle, ItemState, RenewalCycle
from facility_app.domain.life_events import LifeEventKind
from facility_app.services.rule_data import rules
from facility_app.services.settings import load_settings

PORTION = 900
"""Ids of one query; SQLite takes at least 999 values."""

_AT_HAND = (ItemState.IN_SAFE, ItemState.OUT)
_QUIET = (LifeEventKind.ELSEWHERE, LifeEventKind.NOTICE_CAME, LifeEventKind.MOVE_OUT_PLANNED)
"""Events that make no task by themselves."""


@dataclass(frozen=True)
class Named:
    """Somebody with their facts, as a list shows them."""

    person: Person
    name: str
    room: str


@dataclass(frozen=True)
class KindNames:
    """The two names of a kind of thing."""

    ja: str
    en: str


@dataclass(frozen=True)
class Kinds:
    """The kinds of things as the facility has them; which of them are cards."""

    names: dict[str, KindNames]
    cards: frozenset[str]


def read_frame(session: Session) -> tuple[DutyFrame, Kinds]:
    """Rules, cycles and area as they are in force here."""
    data = rules()
    rows = session.scalars(select(ItemKindRow)).all()
    area = data.ladder.areas.get(load_settings(session).insurance_area)
    frame = DutyFrame(
        data.lifetimes,
        data.duties,
        {row.code: _cycle(row.cycle) for row in rows},
        frozenset(row.code for row in rows if row.many),
        area,
    )
    names = {row.code: KindNames(row.name, row.name_en or row.name) for row in rows}
    return frame, Kinds(names, frozenset(row.code for row in rows if row.is_card))


def _cycle(values: dict[str, Any]) -> RenewalCycle:
    return RenewalCycle(**(values | {"cycle": Cycle(values["cycle"])})) if values else _NO_CYCLE


_NO_CYCLE = RenewalCycle()


def read_people(
    session: Session, today: date, frame: DutyFrame, kinds: Kinds, resident_id: int | None = None
) -> Iterator[Named]:
    """Everybody for whom there may be something to do on `today`, with all facts; or one."""
    ids = [resident_id] if resident_id is not None else _concerned(session, today, frame, kinds)
    visits = _next_visits(session, today)
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        held = _held(session, portion, kinds.cards)
        events = _events(session, portion)
        for row in session.execute(_PEOPLE.where(ResidentRow.id.in_(portion))):
            visit = visits.get(row.id)
            yield Named(
                Person(
                    row.id,
                    row.birth_date,
                    row.admitted_on,
                    row.discharged_on,
                    row.deceased_on,
                    row.residence_expires_on,
                    row.coverage or Coverage.UNKNOWN,
                    row.registered or Answer.UNKNOWN,
                    tuple(held.get(row.id, ())),
                    tuple(events.get(row.id, ())),
                    () if visit is None else (visit,),
                ),
                row.name,
                row.room,
            )


_PEOPLE = select(
    ResidentRow.id,
    ResidentRow.name,
    ResidentRow.room,
    ResidentRow.birth_date,
    ResidentRow.admitted_on,
    ResidentRow.discharged_on,
    ResidentRow.deceased_on,
    ResidentRow.residence_expires_on,
    ResidentInsuranceRow.coverage,
    ResidentInsuranceRow.registered,
).outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)

_ITEMS = select(
    ItemRow.resident_id,
    ItemRow.id,
    ItemRow.kind_code,
    ItemRow.state,
    ItemRow.received_on,
    ItemRow.card_expires_on,
    ItemRow.certificate_expires_on,
    ItemRow.paper_expires_on,
    func.coalesce(ItemRow.valid_from, ItemRow.issued_on, type_=Date()),
    ItemRow.face_authentication,
    ItemRow.ratio_as_of,
).where(ItemRow.state.in_(_AT_HAND))


def _held(session: Session, ids: list[int], cards: frozenset[str]) -> dict[int, list[Held]]:
    found: defaultdict[int, list[Held]] = defaultdict(list)
    query = _ITEMS.where(ItemRow.resident_id.in_(ids)).order_by(ItemRow.id)
    for resident_id, item_id, kind, state, received, *rest in session.execute(query):
        found[resident_id].append(Held(item_id, kind, state, received, kind in cards, *rest))
    return found


def _events(session: Session, ids: list[int]) -> dict[int, list[Event]]:
    found: defaultdict[int, list[Event]] = defaultdict(list)
    query = (
        select(
            LifeEventRow.resident_id,
            LifeEventRow.kind,
            LifeEventRow.happened_on,
            LifeEventRow.ended_on,
            LifeEventRow.item_id,
        )
        .where(LifeEventRow.resident_id.in_(ids), LifeEventRow.withdrawn_at.is_(None))
        .order_by(LifeEventRow.happened_on, LifeEventRow.id)
    )
    for resident_id, kind, on, until, item_id in session.execute(query):
        found[resident_id].append(Event(kind, on, until, item_id))
    return found


def _next_visits(session: Session, today: date) -> dict[int, date]:
    """The day of everybody's next visit, where one is planned."""
    begins = datetime.combine(today, time(), JST)
    query = (
        select(VisitRow.resident_id, VisitRow.starts_at)
        .where(VisitRow.starts_at >= begins, VisitRow.cancelled_at.is_(None))
        .order_by(VisitRow.starts_at.desc())
    )
    return {resident_id: local_date(at) for resident_id, at in session.execute(query)}


def _concerned(session: Session, today: date, frame: DutyFrame, kinds: Kinds) -> list[int]:
    """The ids of all whom anything may concern, each once."""
    found: set[int] = set()
    for query in (
        *_by_items(today, frame, kinds),
        *_by_person(today, frame),
        *_by_insurance(today, frame, kinds),
    ):
        found.update(session.scalars(query))
    return sorted(found)


def _by_items(today: date, frame: DutyFrame, kinds: Kinds) -> Iterator[Select[int]]:
    """Things whose dates are near, past or not noted, and things of those who have left."""
    item = select(ItemRow.resident_id).where(ItemRow.state.in_(_AT_HAND))
    horizon = _horizon(today, frame)
    for column in (ItemRow.card_expires_on, ItemRow.certificate_expires_on):
        yield item.where(column <= horizon)
        yield item.where(column.is_(None), ItemRow.kind_code.in_(kinds.cards))
    yield item.where(ItemRow.paper_expires_on <= horizon)
    no_end = ItemRow.paper_expires_on.is_(None)
    yield item.where(no_end, ItemRow.kind_code == frame.rules.certificate)
    yield item.where(ItemRow.ratio_as_of < last_change(today, frame.lifetimes))
    yield (
        select(ItemRow.resident_id)
        .join(ResidentRow, ResidentRow.id == ItemRow.resident_id)
        .where(ItemRow.state.in_(_AT_HAND), ResidentRow.discharged_on <= today)
    )


def _horizon(today: date, frame: DutyFrame) -> date:
    """No renewal of anything that ends later can be open."""
    months = [frame.lifetimes.renewal_months, 1]
    months += [lead.months or lead.days // 28 + 1 for lead in frame.rules.leads.values()]
    months += [cycle.apply_months for cycle in frame.cycles.values()]
    return end_of_month(add_months(today, max(months)))


def _by_person(today: date, frame: DutyFrame) -> Iterator[Select[int]]:
    """Birthdays, admissions, 在留期限, and what happened."""
    people = select(ResidentRow.id).where(
        or_(ResidentRow.discharged_on.is_(None), ResidentRow.discharged_on > today)
    )
    lapse = frame.numbers.lapse_months
    for age in (70, 75):
        youngest = add_months(today, 3 - age * 12)
        oldest = add_months(today, -lapse - 2 - age * 12)
        yield people.where(ResidentRow.birth_date.between(oldest, youngest))
    since = add_months(today, -lapse - 1) - timedelta(days=frame.numbers.move_in_days)
    yield people.where(ResidentRow.admitted_on >= since)
    yield people.where(ResidentRow.residence_expires_on <= _horizon(today, frame))
    yield select(LifeEventRow.resident_id).where(
        LifeEventRow.kind.not_in(_QUIET), LifeEventRow.withdrawn_at.is_(None)
    )


def _by_insurance(today: date, frame: DutyFrame, kinds: Kinds) -> Iterator[Select[int]]:
    """Papers that a birthday ended, and people without a 資格確認書 who might need one."""
    joined = (
        select(ResidentRow.id)
        .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
        .where(or_(ResidentRow.discharged_on.is_(None), ResidentRow.discharged_on > today))
    )
    coverage = ResidentInsuranceRow.coverage
    papers = exists().where(
        ItemRow.resident_id == ResidentRow.id,
        ItemRow.state.in_(_AT_HAND),
        ItemRow.kind_code.in_(frame.rules.health),
    )
    yield joined.where(
        papers,
        or_(
            and_(
                ResidentRow.birth_date <= add_months(today, -75 * 12),
                or_(coverage.is_(None), coverage.not_in((Coverage.KOUKI, Coverage.LIVELIHOOD))),
            ),
            and_(
                ResidentRow.birth_date <= add_months(today, -70 * 12 + 1),
                coverage == Coverage.KOKUHO,
            ),
        ),
    )
    valid = exists().where(
        ItemRow.resident_id == ResidentRow.id,
        ItemRow.state.in_(_AT_HAND),
        ItemRow.kind_code == frame.rules.certificate,
        or_(ItemRow.paper_expires_on.is_(None), ItemRow.paper_expires_on >= today),
    )
    card = exists().where(
        ItemRow.resident_id == ResidentRow.id,
        ItemRow.state.in_(_AT_HAND),
        ItemRow.kind_code.in_(kinds.cards),
    )
    yield joined.where(ResidentInsuranceRow.registered == Answer.YES, card, ~valid)
    if frame.area is not None and frame.area.age:
        yield joined.where(
            coverage == Coverage.KOUKI,
            ResidentRow.birth_date <= add_months(today, -(frame.area.age - 1) * 12),
            ~valid,
        )


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """`keys` in lists that one query takes."""
    every = list(keys)
    for start in range(0, len(every), PORTION):
        yield every[start : start + PORTION]
