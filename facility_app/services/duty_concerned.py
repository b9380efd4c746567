"""For whom there may be something to do: the ids of residents, by their dates.

Each condition is wider than its rule: what is too many costs time, what is missing would be a
lapse.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Date, Select, and_, exists, extract, func, or_, select
from sqlalchemy.orm import Session

from facility_app.db.models import ItemRow, LifeEventRow, ResidentInsuranceRow, ResidentRow
from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.dates import add_months
from facility_app.domain.duties import DutyFrame
from facility_app.domain.insurance import end_at_70, end_at_75, last_change
from facility_app.domain.items import ItemState
from facility_app.domain.life_events import LifeEventKind

AT_HAND = (ItemState.IN_SAFE, ItemState.OUT)

_QUIET = (LifeEventKind.ELSEWHERE, LifeEventKind.NOTICE_CAME, LifeEventKind.MOVE_OUT_PLANNED)
"""Events that make no task by themselves."""


def concerned(session: Session, today: date, frame: DutyFrame, cards: frozenset[str]) -> list[int]:
    """The ids of all whom anything may concern, each once."""
    found: set[int] = set()
    for query in (
        *_by_items(today, frame, cards),
        *_by_person(today, frame),
        *_by_insurance(today, frame, cards),
    ):
        found.update(session.connection().execute(query).scalars())
    found.update(_ended_by_birthday(session, today, frame))
    return sorted(found)


def _by_items(today: date, frame: DutyFrame, cards: frozenset[str]) -> Iterator[Select[int]]:
    """Things whose dates are near, past or not noted, and things of those who have left."""
    horizon, item = today + frame.reach, ItemRow
    yield select(item.resident_id).where(
        item.state.in_(AT_HAND),
        or_(
            item.card_expires_on <= horizon,
            item.certificate_expires_on <= horizon,
            item.paper_expires_on <= horizon,
            item.ratio_as_of < last_change(today, frame.lifetimes),
            and_(
                item.kind_code.in_(cards),
                or_(item.card_expires_on.is_(None), item.certificate_expires_on.is_(None)),
            ),
            and_(item.kind_code == frame.rules.certificate, item.paper_expires_on.is_(None)),
        ),
    )
    left = select(ResidentRow.id).where(ResidentRow.discharged_on <= today)
    yield select(item.resident_id).where(item.resident_id.in_(left), item.state.in_(AT_HAND))


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
    years = extract("year", begins) - extract("year", ResidentRow.birth_date)
    query = (
        select(ResidentRow.id, ResidentRow.birth_date, coverage, begins)
        .join(ItemRow, ItemRow.resident_id == ResidentRow.id)
        .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
        .where(
            ResidentRow.birth_date <= add_months(today, -70 * 12 + 1),
            or_(coverage.is_(None), coverage.not_in((Coverage.KOUKI, Coverage.LIVELIHOOD))),
            or_(
                and_(coverage == Coverage.KOKUHO, years <= 70),
                and_(ResidentRow.birth_date <= add_months(today, -75 * 12), years <= 75),
            ),
            ItemRow.state.in_(AT_HAND),
            ItemRow.kind_code.in_(frame.rules.health),
        )
    )
    for resident_id, birth, insured, since in session.connection().execute(query):
        if birth is None:
            continue
        at_70 = insured is Coverage.KOKUHO and since <= end_at_70(birth) < today
        if at_70 or since <= end_at_75(birth) < today:
            yield resident_id


def _by_insurance(today: date, frame: DutyFrame, cards: frozenset[str]) -> Iterator[Select[int]]:
    """People without a 資格確認書 who might need one."""
    joined = (
        select(ResidentRow.id)
        .outerjoin(ResidentInsuranceRow, ResidentInsuranceRow.resident_id == ResidentRow.id)
        .where(or_(ResidentRow.discharged_on.is_(None), ResidentRow.discharged_on > today))
    )
    valid = exists().where(
        ItemRow.resident_id == ResidentRow.id,
        ItemRow.state.in_(AT_HAND),
        ItemRow.kind_code == frame.rules.certificate,
        or_(ItemRow.paper_expires_on.is_(None), ItemRow.paper_expires_on >= today),
    )
    card = exists().where(
        ItemRow.resident_id == ResidentRow.id,
        ItemRow.state.in_(AT_HAND),
        ItemRow.kind_code.in_(cards),
    )
    yield joined.where(ResidentInsuranceRow.registered == Answer.YES, card, ~valid)
    if frame.area is not None and frame.area.age:
        yield joined.where(
            ResidentInsuranceRow.coverage == Coverage.KOUKI,
            ResidentRow.birth_date <= add_months(today, -(frame.area.age - 1) * 12),
            ~valid,
        )
