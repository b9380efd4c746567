"""A card check as screens show it, and as its row keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.cards.check import Code, Finding, Level
from facility_app.cards.chip import ChipFacts, Pin
from facility_app.db.models import CardCheckRow, ResidentRow, VisitRow
from facility_app.domain.clock import JST, local_date

VISITS_WITHIN = timedelta(days=14)
"""How far a planned visit may lie ahead for a check to be made for its day."""


@dataclass(frozen=True)
class CheckedResident:
    """Whose card it is."""

    id: int
    name: str
    kana: str
    room: str
    birth_date: date | None


@dataclass(frozen=True)
class NextVisit:
    """The visit that a check is made for; `on` is its day in Japan, `starts_at` aware UTC."""

    on: date
    starts_at: datetime
    destination: str


@dataclass(frozen=True)
class CheckView:
    """One check in full.  `seq` is the number of the newest entry about it, `at` aware UTC.

    `facts` are without the mark; `on` is the day that the findings are for; `noted` and `differing`
    by the item's column: what the register says, and what the chip says otherwise.  `recognised`:
    the chip is known as the card of this resident.  `may_remember`: it could be from now on.
    """

    id: int
    seq: int
    at: datetime
    facts: ChipFacts
    on: date
    resident: CheckedResident | None
    item_id: int | None
    findings: tuple[Finding, ...]
    level: Level
    noted: dict[str, date | None]
    differing: dict[str, date]
    recognised: bool
    may_remember: bool
    may_correct: bool
    visit: NextVisit | None
    lookalikes: tuple[str, ...] = ()


def next_visit(unit: Reading, resident_id: int) -> NextVisit | None:
    """The next visit from today on that nobody has left for and nobody cancelled."""
    begins = datetime.combine(local_date(unit.now), time(), JST)
    row = unit.session.scalars(
        select(VisitRow)
        .where(
            VisitRow.resident_id == resident_id,
            VisitRow.cancelled_at.is_(None),
            VisitRow.loan_id.is_(None),
            VisitRow.starts_at >= begins,
            VisitRow.starts_at < begins + VISITS_WITHIN + timedelta(days=1),
        )
        .order_by(VisitRow.starts_at)
    ).first()
    if row is None:
        return None
    return NextVisit(local_date(row.starts_at), row.starts_at, row.destination)


def checked_resident(row: ResidentRow) -> CheckedResident:
    """A resident's row as a check shows it."""
    return CheckedResident(row.id, row.name, row.kana, row.room, row.birth_date)


def facts_of(row: CardCheckRow, mark: bytes | None = None) -> ChipFacts:
    """What the chip said, as it was stored; `mark` comes from who holds the reading."""
    return ChipFacts(
        kind=row.kind,
        certificate=row.certificate,
        certificate_from=row.certificate_from,
        certificate_until=row.certificate_until,
        signature_certificate=row.signature_certificate,
        card_expires_on=row.card_expires_on,
        tries={pin: row.tries.get(pin.value) for pin in Pin},
        mark=mark,
    )


def stored_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the row keeps them: whose name one tells is left out."""
    return [{k: v for k, v in _plain(each).items() if v is not None} for each in findings]


def findings_of(row: CardCheckRow) -> tuple[Finding, ...]:
    """Findings as they were stored."""
    return tuple(
        Finding(
            code=Code(each["code"]),
            level=Level(each["level"]),
            until=date.fromisoformat(each["until"]) if "until" in each else None,
            days=each.get("days"),
            pin=Pin(each["pin"]) if "pin" in each else None,
            tries=each.get("tries"),
        )
        for each in row.findings
    )


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code.value,
        "level": finding.level.value,
        "until": finding.until.isoformat() if finding.until else None,
        "days": finding.days,
        "pin": finding.pin.value if finding.pin else None,
        "tries": finding.tries,
    }
