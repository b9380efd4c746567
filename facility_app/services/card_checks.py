"""カード点検: what a chip said is judged, stored and recorded; a resident chosen afterwards; dates
that differ written into the register (domain §2, §3, §7; issue #3).

Stored are dates, counters and findings, never what names a person or the card.  The log keeps codes
in the open and everything else under the resident's key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from facility_app.audit.work import Tx
from facility_app.cards.check import differing_dates
from facility_app.cards.chip import CardKind, ChipFacts, Pin
from facility_app.cards.protocol import NoCard
from facility_app.db.models import CardCheckRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.attributes import Comparison
from facility_app.domain.clock import local_date
from facility_app.errors import Refused
from facility_app.services.card_judging import (
    NOT_THEIRS,
    compared_lately,
    compared_then,
    judge,
    known_as_before,
    known_by_mark,
    record_check,
    view_of,
)
from facility_app.services.card_register import owner_of
from facility_app.services.card_views import CheckedResident as CheckedResident
from facility_app.services.card_views import CheckView as CheckView
from facility_app.services.card_views import NextVisit as NextVisit
from facility_app.services.card_views import facts_of, findings_of, next_visit
from facility_app.services.history import refuse_stale
from facility_app.services.items import OutOfCustody, rewrite

COUNTS_FOR = timedelta(minutes=30)
"""How long a check may still be assigned or acted upon; after that the card is read again."""


@dataclass(eq=False)
class CheckTooOld(Refused):
    """A check counts for half an hour; then the card is laid on the reader again."""

    key: ClassVar[str] = "card_checks.too_old"
    minutes: int


@dataclass(eq=False)
class CheckOfAnother(Refused):
    """The check belongs to another resident already."""

    key: ClassVar[str] = "card_checks.of_another"


@dataclass(eq=False)
class OtherCard(Refused):
    """Another card lies on the reader than the one that was checked."""

    key: ClassVar[str] = "card_checks.other_card"


@dataclass(eq=False)
class CardNotTheirs(Refused):
    """The check says that the card is another person's: nothing is taken over from it."""

    key: ClassVar[str] = "card_checks.not_theirs"


@dataclass(eq=False)
class NothingDiffers(Refused):
    """The register says what the chip says."""

    key: ClassVar[str] = "card_checks.nothing_differs"


@dataclass(frozen=True)
class StoreCheck:
    """What was read, for a visit on `on`; None = the resident's next visit, else today.

    Without `resident_id` the resident is found by the chip where recognition is on.
    """

    facts: ChipFacts
    on: date | None = None
    resident_id: int | None = None
    attributes: Comparison | None = None


@dataclass(frozen=True)
class AssignCheck:
    """The resident of a check, chosen afterwards, or how the four attributes compare.

    `facts` give the mark, which is not stored; everything else stays as it was stored.
    """

    check_id: int
    facts: ChipFacts
    resident_id: int
    attributes: Comparison | None = None


def store_check(tx: Tx, cmd: StoreCheck) -> CheckView:
    """Judge a reading, store it and record it.  Raises NoCard for an empty reader."""
    tx.require(Permission.CHECK_CARDS)
    facts = cmd.facts
    if facts.kind is CardKind.NONE:
        raise NoCard
    resident_id = cmd.resident_id
    by_chip = owner_of(tx, facts.mark) if resident_id is None else None
    resident_id = resident_id if by_chip is None else by_chip
    row = CardCheckRow(
        at=tx.now,
        by=tx.staff_id,
        resident_id=resident_id,
        visit_on=cmd.on or _day_for(tx, resident_id),
        kind=facts.kind,
        certificate=facts.certificate,
        certificate_from=facts.certificate_from,
        certificate_until=facts.certificate_until,
        signature_certificate=facts.signature_certificate,
        card_expires_on=facts.card_expires_on,
        tries={pin.value: left for pin, left in facts.tries.items()},
        findings=[],
    )
    doubt = cmd.attributes or compared_lately(tx, row, tx.now - COUNTS_FOR)
    known = known_by_mark(tx, row, facts.mark, doubt)
    findings = judge(row, known)
    tx.session.add(row)
    tx.session.flush()
    how = {} if by_chip is None else {"recognised": True}
    row.seq = record_check(tx, "card.checked", row, **how)
    return view_of(tx, row, known, findings, mark_known=facts.mark is not None)


def assign_check(tx: Tx, cmd: AssignCheck) -> CheckView:
    """Say whose card was checked, or add how its attributes compare; the check is judged anew.

    Raises CheckOfAnother, CheckTooOld, OtherCard.
    """
    tx.require(Permission.CHECK_CARDS)
    row = check_of_card(tx, cmd.check_id, cmd.facts)
    if row.resident_id not in (None, cmd.resident_id):
        raise CheckOfAnother
    if row.resident_id is None:
        row.resident_id = tx.session.get_one(ResidentRow, cmd.resident_id).id
        row.visit_on = _day_for(tx, cmd.resident_id)
    doubt = cmd.attributes or compared_then(row) or compared_lately(tx, row, tx.now - COUNTS_FOR)
    known = known_by_mark(tx, row, cmd.facts.mark, doubt)
    findings = judge(row, known)
    row.seq = record_check(tx, "card.check_assigned", row, of=row.seq)
    return view_of(tx, row, known, findings, mark_known=cmd.facts.mark is not None)


def correct_dates(tx: Tx, check_id: int) -> CheckView:
    """Write the chip's dates into the register: the chip wins (domain §3.2).

    Raises CheckTooOld, CardNotTheirs, OutOfCustody, NothingDiffers, and ChangedMeanwhile where
    somebody changed the dates since the check.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = recent_check(tx, check_id)
    if NOT_THEIRS & {each.code for each in findings_of(row)}:
        raise CardNotTheirs
    known = known_as_before(tx, row)
    item = None if known is None else known.item
    if known is None or item is None or not item.state.in_custody:
        raise OutOfCustody
    noted = (row.item_id, row.noted_card_expires_on, row.noted_certificate_expires_on)
    if noted != (item.id, item.card_expires_on, item.certificate_expires_on):
        refuse_stale(tx.session, item.version, 0, item.resident_id)
    differing = differing_dates(facts_of(row), known.custody)
    if not differing:
        raise NothingDiffers
    rewrite(tx, item, differing)
    row.seq = tx.head.size
    known = known_as_before(tx, row)
    return view_of(tx, row, known, judge(row, known), mark_known=True)


def recent_check(tx: Tx, check_id: int) -> CardCheckRow:
    """The row of a check that still counts.  Raises CheckTooOld."""
    row = tx.session.get_one(CardCheckRow, check_id)
    if not timedelta(0) <= tx.now - row.at <= COUNTS_FOR:
        raise CheckTooOld(COUNTS_FOR // timedelta(minutes=1))
    return row


def check_of_card(tx: Tx, check_id: int, facts: ChipFacts) -> CardCheckRow:
    """The row of a check that still counts and was made of this card.

    Raises CheckTooOld, OtherCard.
    """
    row = recent_check(tx, check_id)
    said = replace(facts, mark=None, tries={pin: facts.tries.get(pin) for pin in Pin})
    if said != facts_of(row):
        raise OtherCard
    return row


def _day_for(tx: Tx, resident_id: int | None) -> date:
    visit = None if resident_id is None else next_visit(tx, resident_id)
    return visit.on if visit else local_date(tx.now)
