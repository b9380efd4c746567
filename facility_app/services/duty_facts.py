"""The facts that duties are reckoned from, read for those residents whom anything may concern.

First the ids of the residents for whom there may be something to do (services/duty_concerned); then
all facts of these, in portions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    bindparam,
    func,
    or_,
    select,
)
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
from facility_app.domain.duties import DutyFrame, Event, Held, Person
from facility_app.domain.items import Cycle, FaceAuthentication, ItemState, RenewalCycle
from facility_app.services.duty_concerned import AT_HAND, concerned
from facility_app.services.rule_data import rules
from facility_app.services.settings import load_settings

PORTION = 900
"""Ids of one query; SQLite takes at least 999 values."""


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
    ids = (
        [resident_id] if resident_id is not None else concerned(session, today, frame, kinds.cards)
    )
    visits = _next_visits(session, today)
    connection = session.connection()  # rows as they come: an ORM would take half the time
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        held = _held(session, portion, kinds.cards, frame.rules.certificate)
        events = _events(session, portion)
        for row in connection.execute(_PEOPLE, {"ids": portion}).all():
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


_IDS: BindParameter[int] = bindparam("ids", expanding=True, literal_execute=True)
"""A portion of ids, written into the statement: naming 900 parameters takes longer than asking."""

_PEOPLE = (
    select(
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
    )
    .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
    .where(ResidentRow.id.in_(_IDS))
)

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
    ItemRow.state.in_(AT_HAND),
)


def _held(
    session: Session, ids: list[int], cards: frozenset[str], certificate: str
) -> dict[int, list[Held]]:
    """What is at hand, and every 資格確認書 that ever came: it shows that an asked one arrived."""
    found: defaultdict[int, list[Held]] = defaultdict(list)
    at_hand, gone = ItemState.IN_SAFE, ItemState.RETURNED
    query = _ITEMS.where(
        ItemRow.resident_id.in_(_IDS),
        or_(ItemRow.state.in_(AT_HAND), ItemRow.kind_code == certificate),
    ).order_by(ItemRow.id)
    for row in session.connection().execute(query, {"ids": ids}).all():
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
        .where(LifeEventRow.resident_id.in_(_IDS), LifeEventRow.withdrawn_at.is_(None))
        .order_by(LifeEventRow.happened_on, LifeEventRow.id)
    )
    for resident_id, kind, on, until, item_id in session.connection().execute(query, {"ids": ids}):
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


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """`keys` in lists that one query takes."""
    every = list(keys)
    for start in range(0, len(every), PORTION):
        yield every[start : start + PORTION]
