"""A small register for the page 利用者: real store, real services, invented people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import Actor
from facility_app.domain.people import ProofKind, ProxyKind, Sex
from facility_app.services import cabinets, proxies, visits
from facility_app.services.items import ItemForm, ReceiveItem, receive_item
from tests.services.registry import BOOK, CARD, PAPER, agree, register, seed

CARE = "care-insurance"
LONG = "見本" * 50 + " " + "長名" * 49 + "子"
PEOPLE = (
    ("渡邉󠄂 ゆき", "わたなべ ゆき", "208", date(1939, 8, 2)),
    ("髙﨑 一郎", "たかさき いちろう", "101", date(1945, 3, 5)),
    ("Nguyen Van An", "ぐえん ゔぁん あん", "102", date(1990, 1, 31)),
    (LONG, "みほん " + "ながな" * 60, "特養棟 3階 東 1208-2", date(1912, 7, 30)),
    ("仮名 正", "かめい ただし", "103", date(1950, 1, 1)),
)


def fill(work: Work, engine: Engine, actor: Actor) -> list[int]:
    """Five residents; the first as on the mock screen.  Gives their ids."""
    seed(work, engine)
    with work.begin(actor) as tx:
        places = cabinets.add_slots(tx, cabinets.AddSlots("B", 1, 8))
    ids = [
        register(work, actor, name, kana, room=room, birth_date=born, slot_id=slot, sex=Sex.FEMALE)
        for (name, kana, room, born), slot in zip(PEOPLE, places[2:], strict=False)
    ]
    first = ids[0]
    agree(work, actor, first, (CARD, PAPER, BOOK, CARE, "patient-card"), emergency_clause=True,
          review_on=date(2027, 3, 31))  # fmt: skip
    for form in things():
        with work.begin(actor) as tx:
            receive_item(tx, ReceiveItem(first, form))
    _more(work, actor, first)
    return ids


def things() -> list[ItemForm]:
    """What the mock screen shows."""
    return [
        ItemForm(CARD, certificate_expires_on=date(2026, 12, 8), card_expires_on=date(2031, 12, 8)),
        ItemForm(PAPER, paper_expires_on=date(2027, 7, 31), ratio=1, ratio_source="資格確認書",
                 ratio_as_of=date(2026, 8, 1), colour="だいだい色"),
        ItemForm(CARE, "要介護2", paper_expires_on=date(2027, 3, 31)),
        ItemForm("patient-card", "例示クリニック", pieces=2),
        ItemForm(BOOK),
    ]  # fmt: skip


def _more(work: Work, actor: Actor, resident: int) -> None:
    guardian = proxies.ProxyForm(
        ProxyKind.ADULT_GUARDIAN, "後見 太郎", "03(1234)5678",
        frozenset({ProofKind.REGISTRATION_CERTIFICATE}), date(2026, 4, 1),
    )  # fmt: skip
    with work.begin(actor) as tx:
        proxies.add_proxy(tx, proxies.AddProxy(resident, guardian))
        begins = tx.now + timedelta(hours=4)
        visit = visits.VisitForm("clinic", begins, "例示クリニック", begins + timedelta(hours=2))
        visits.plan_visit(tx, visits.PlanVisit(resident, visit))


class Desk:
    """The services as pages see them, on this register."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def do(self, actor: Actor, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        """One use case."""
        with self.work.begin(actor) as tx:
            return use_case(tx, *args, **kwargs)

    def ask(self, actor: Actor, query: Any, *args: Any, **kwargs: Any) -> Any:
        """One query."""
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)
