"""Papers of a visit as PDF: 受診準備シート, 付添カード, 被保険者資格申立書, 救急シート.

What is printed is recorded before it is drawn: a paper cannot be taken back (ADR 0007).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from facility_app.audit.work import Tx
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.services.emergency_calls import require_release
from facility_app.services.office import Office
from facility_app.services.visit_paper_facts import (
    DeclarationFacts,
    EmergencyFacts,
    VisitFacts,
    declaration_facts,
    emergency_facts,
    visit_facts,
)

PRINTED = "sheet.printed"

T = TypeVar("T")
P = ParamSpec("P")


def visit_sheet_paper(office: Office, actor: Actor, words: Words, visit_id: int) -> bytes:
    """受診準備シート of a visit.  Raises NotPermitted, NoResultFound, GlyphMissing."""

    def draw(facts: VisitFacts) -> bytes:
        from facility_app.reports.visit_sheet import visit_sheet
        from facility_app.services.visit_paper_words import visit_sheet_words

        return visit_sheet(words, visit_sheet_words(words, facts))

    return _printed(office, actor, draw, announce_visit_sheet, visit_id)


def escort_card_paper(
    office: Office, actor: Actor, words: Words, visit_ids: Sequence[int]
) -> bytes:
    """付添カード of visits, four on a sheet.

    Raises NotPermitted, NoResultFound, GlyphMissing, ValueError where there is no visit.
    """

    def draw(visits: list[VisitFacts]) -> bytes:
        from facility_app.reports.escort_card import escort_cards
        from facility_app.services.visit_paper_words import escort_card_words

        cards = [escort_card_words(words, facts) for facts in visits]
        return escort_cards(words, visits[0].facility.name, cards)

    if not visit_ids:
        raise ValueError("no visits")
    return _printed(office, actor, draw, announce_escort_cards, visit_ids)


def declaration_paper(
    office: Office, actor: Actor, words: Words, resident_id: int, on: date | None = None
) -> bytes:
    """被保険者資格申立書 for a day, today where none is said.

    Raises NotPermitted, NoResultFound, GlyphMissing.
    """

    def draw(facts: DeclarationFacts) -> bytes:
        from facility_app.reports.eligibility_declaration import eligibility_declaration
        from facility_app.services.desk_paper_words import declaration_words

        return eligibility_declaration(words, declaration_words(words, facts))

    return _printed(office, actor, draw, announce_declaration, resident_id, on)


def emergency_sheet_paper(office: Office, actor: Actor, words: Words, loan_id: int) -> bytes:
    """救急シート of an emergency release; whoever may release may print it, from the locked screen
    too.  Raises NotPermitted, NoResultFound, GlyphMissing."""

    def draw(facts: EmergencyFacts) -> bytes:
        from facility_app.reports.emergency_sheet import emergency_sheet
        from facility_app.services.desk_paper_words import emergency_words

        return emergency_sheet(words, emergency_words(words, facts))

    return _printed(office, actor, draw, announce_emergency_sheet, loan_id)


def announce_visit_sheet(tx: Tx, visit_id: int) -> tuple[VisitFacts, int]:
    """Announce the sheet; gives its facts and the entry that awaits its outcome."""
    tx.require(Permission.VIEW_DESK)
    facts = visit_facts(tx, visit_id)
    resident = facts.visit.resident_id
    plain = {"sheet": "visit"}
    return facts, tx.intend(PRINTED, f"visit:{visit_id}", resident=resident, plain=plain)


def announce_escort_cards(tx: Tx, visit_ids: Sequence[int]) -> tuple[list[VisitFacts], int]:
    """As above; one act for all the cards of a sheet."""
    tx.require(Permission.VIEW_DESK)
    facts = [visit_facts(tx, visit_id) for visit_id in visit_ids]
    plain = {"sheet": "escort-card", "visits": list(visit_ids)}
    return facts, tx.intend(PRINTED, "visits", plain=plain)


def announce_declaration(tx: Tx, resident_id: int, on: date | None) -> tuple[DeclarationFacts, int]:
    """As above."""
    tx.require(Permission.VIEW_DESK)
    facts = declaration_facts(tx, resident_id, on or local_date(tx.now))
    subject, plain = f"resident:{resident_id}", {"sheet": "declaration"}
    return facts, tx.intend(PRINTED, subject, resident=resident_id, plain=plain)


def announce_emergency_sheet(tx: Tx, loan_id: int) -> tuple[EmergencyFacts, int]:
    """As above."""
    require_release(tx, loan_id)
    facts = emergency_facts(tx, loan_id)
    resident, plain = facts.plan.resident_id, {"sheet": "emergency"}
    return facts, tx.intend(PRINTED, f"loan:{loan_id}", resident=resident, plain=plain)


def conclude_sheet(tx: Tx, intent: int, result: str) -> int:
    """Record whether it was drawn (``done``) or not (``failed``); gives the number."""
    wanted = (Permission.VIEW_DESK, Permission.RELEASE_EMERGENCY)
    tx.require(next(filter(tx.may, wanted), Permission.VIEW_DESK))
    return tx.conclude(intent, result)


def _printed(
    office: Office,
    actor: Actor,
    draw: Callable[[T], bytes],
    announce: Callable[Concatenate[Tx, P], tuple[T, int]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> bytes:
    facts, intent = office.do(actor, announce, *args, **kwargs)
    try:
        paper = draw(facts)
    except FacilityError:
        office.do(actor, conclude_sheet, intent, "failed")
        raise
    office.do(actor, conclude_sheet, intent, "done")
    return paper
