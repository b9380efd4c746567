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
from facility_app.domain.dates import add_months
from facility_app.domain.duties import DutyFrame, Event, Held, Person
from facility_app.domain.insurance import end_at_70, end_at_75, last_change
from facility_app.domain.items import Cycle, FaceAuthentication, ItemState, RenewalCycle
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
    connection = session.connection()  # rows as they come: an ORM would take half the time
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        held = _held(session, portion, kinds.cards, frame.rules.certificate)
        events = _events(session, portion)
        for row in connection.execute(_PEOPLE.where(ResidentRow.id.in_(portion))):
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
    ItemRow.received_on,
    ItemRow.card_expires_on,
    ItemRow.certificate_expires_on,
    ItemRow.paper_expires_on,
    func.coalesce(ItemRow.valid_from, ItemRow.issued_on, type_=Date()),
    ItemRow.face_authentication == FaceAuthentication.NOTED,
    ItemRow.ratio_as_of,
    ItemRow.state.in_(_AT_HAND),
)


def _held(
    session: Session, ids: list[int], cards: frozenset[str], certificate: str
) -> dict[int, list[Held]]:
    """What is at hand, and every 資格確認書 that ever came: it shows that an asked one arrived."""
    found: defaultdict[int, list[Held]] = defaultdict(list)
    at_hand, gone = ItemState.IN_SAFE, ItemState.RETURNED
    query = _ITEMS.where(
        ItemRow.resident_id.in_(ids),
        or_(ItemRow.state.in_(_AT_HAND), ItemRow.kind_code == certificate),
    ).order_by(ItemRow.id)
    for row in session.connection().execute(query):
        resident_id, item_id, kind, received, card, certificate_end, *rest, here = row
        expires, since, face, rated = rest
        found[resident_id].append(
            Held(
                item_id,
                kind,
                received,
                kind in cards,
                card,
                certificate_end,
                expires,
                since,
                bool(face),
                rated,
                at_hand if here else gone,
            )
        )
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
    for resident_id, kind, on, until, item_id in session.connection().execute(query):
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
    return {resident_id: local_date(at) for resident_id, at in session.connection().execute(query)}


def _concerned(session: Session, today: date, frame: DutyFrame, kinds: Kinds) -> list[int]:
    """The ids of all whom anything may concern, each once."""
    found: set[int] = set()
    for query in (
        *_by_items(today, frame, kinds),
        *_by_person(today, frame),
        *_by_insurance(today, frame, kinds),
    ):
        found.update(session.connection().execute(query).scalars())
    found.update(_ended_by_birthday(session, today, frame))
    return sorted(found)


def _by_items(today: date, frame: DutyFrame, kinds: Kinds) -> Iterator[Select[int]]:
    """Things whose dates are near, past or not noted, and things of those who have left."""
    horizon, item = today + frame.reach, ItemRow
    yield select(item.resident_id).where(
        item.state.in_(_AT_HAND),
        or_(
            item.card_expires_on <= horizon,
            item.certificate_expires_on <= horizon,
            item.paper_expires_on <= horizon,
            item.ratio_as_of < last_change(today, frame.lifetimes),
            and_(
                item.kind_code.in_(kinds.cards),
                or_(item.card_expires_on.is_(None), item.certificate_expires_on.is_(None)),
            ),
            and_(item.kind_code == frame.rules.certificate, item.paper_expires_on.is_(None)),
        ),
    )
    left = select(ResidentRow.id).where(ResidentRow.discharged_on <= today)
    yield select(item.resident_id).where(item.resident_id.in_(left), item.state.in_(_AT_HAND))


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
    yield people.where(ResidentRow.residence_expires_on <= today + frame.reach)
    yield select(LifeEventRow.resident_id).where(
        LifeEventRow.kind.not_in(_QUIET), LifeEventRow.withdrawn_at.is_(None)
    )


def _ended_by_birthday(session: Session, today: date, frame: DutyFrame) -> Iterator[int]:
    """Who still has a paper of before the 70th or 75th birthday, which has ended by now."""
    coverage = ResidentInsuranceRow.coverage
    begins = func.coalesce(ItemRow.valid_from, ItemRow.issued_on, ItemRow.received_on, type_=Date())
    query = (
        select(ResidentRow.id, ResidentRow.birth_date, coverage, begins)
        .join(ItemRow, ItemRow.resident_id == ResidentRow.id)
        .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
        .where(
            ResidentRow.birth_date <= add_months(today, -70 * 12 + 1),
            or_(coverage.is_(None), coverage.not_in((Coverage.KOUKI, Coverage.LIVELIHOOD))),
            ItemRow.state.in_(_AT_HAND),
            ItemRow.kind_code.in_(frame.rules.health),
        )
    )
    for resident_id, birth, insured, since in session.connection().execute(query):
        if birth is None:
            continue
        at_70 = insured is Coverage.KOKUHO and since <= end_at_70(birth) < today
        if at_70 or since <= end_at_75(birth) < today:
            yield resident_id


def _by_insurance(today: date, frame: DutyFrame, kinds: Kinds) -> Iterator[Select[int]]:
    """People without a 資格確認書 who might need one."""
    joined = (
        select(ResidentRow.id)
        .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
        .where(or_(ResidentRow.discharged_on.is_(None), ResidentRow.discharged_on > today))
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
            ResidentInsuranceRow.coverage == Coverage.KOUKI,
            ResidentRow.birth_date <= add_months(today, -(frame.area.age - 1) * 12),
            ~valid,
        )


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """`keys` in lists that one query takes."""
    every = list(keys)
    for start in range(0, len(every), PORTION):
        yield every[start : start + PORTION]
