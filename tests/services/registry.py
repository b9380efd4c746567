"""What the tests of the register stand on.

Kinds and purposes as seeded, and short ways to make people and things.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facility_app.audit.entry import parse, unseal
from facility_app.audit.work import Work
from facility_app.db.models import (
    AuditEntryRow,
    ItemKindRow,
    ResidentKeyRow,
)
from facility_app.domain.access import PROGRAM, Actor
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.rules import Rules
from facility_app.services import agreements, item_kinds, items, purposes, residents

TODAY = date(2026, 11, 20)
CARD = "my-number-card"
PAPER = "eligibility-certificate"
BOOK = "medicine-book"


def seed(work: Work, engine: Engine) -> None:
    """Kinds and purposes as a set-up enters them."""
    with work.begin(PROGRAM) as tx:
        item_kinds.seed_kinds(tx, Rules().item_kinds)
        purposes.seed_purposes(tx, Rules().purposes)


def register(
    work: Work, actor: Actor, name: str = "仮名 正", kana: str = "かめい ただし", **more: Any
) -> int:
    """A registered resident."""
    slot, known = more.pop("slot_id", None), more.pop("same_name_confirmed", False)
    form = residents.ResidentForm(name, kana, **more)
    with work.begin(actor) as tx:
        return residents.register_resident(tx, residents.RegisterResident(form, slot, known))


def agree(
    work: Work, actor: Actor, resident: int, kinds: Iterable[str] = (CARD, PAPER, BOOK), **more: Any
) -> int:
    """An agreement given by the resident in writing."""
    cmd = agreements.MakeAgreement(
        resident_id=resident,
        signed_on=more.pop("signed_on", date(2026, 4, 1)),
        consented_by=more.pop("consented_by", "本人"),
        capacity=more.pop("capacity", Capacity.SELF),
        kinds=frozenset(kinds),
        will=more.pop("will", WillConfirmed.WRITTEN),
        **more,
    )
    with work.begin(actor) as tx:
        return agreements.make_agreement(tx, cmd)


def receive(work: Work, actor: Actor, resident: int, kind: str = CARD, **form: Any) -> int:
    """A thing taken into custody."""
    cmd = items.ReceiveItem(resident, items.ItemForm(kind, **form))
    with work.begin(actor) as tx:
        return items.receive_item(tx, cmd)


def entries(engine: Engine, action: str) -> list[dict[str, Any]]:
    """The entries of an action: subject, items, plain, and the unsealed details."""
    found = []
    with Session(engine) as session:
        for text in session.scalars(
            select(AuditEntryRow.canonical)
            .where(AuditEntryRow.action == action)
            .order_by(AuditEntryRow.seq)
        ):
            entry = parse(text)
            key = session.get(ResidentKeyRow, entry.resident) if entry.resident else None
            told = unseal(entry, key.key) if key else {}
            found.append(
                {
                    "subject": entry.subject,
                    "resident": entry.resident,
                    "items": entry.items,
                    "plain": dict(entry.plain),
                    "told": told,
                }
            )
    return found


def kind_codes(engine: Engine) -> set[str]:
    """The codes of all kinds."""
    with Session(engine) as session:
        return set(session.scalars(select(ItemKindRow.code)))


def rows(engine: Engine, kind: Any) -> list[Any]:
    """All rows of a table, by id."""
    with Session(engine) as session:
        return list(session.scalars(select(kind).order_by(kind.id)))
