"""被保険者資格申立書 and 救急シート: the facts of a resident in the words of these papers."""

from __future__ import annotations

from datetime import date, timedelta

import jaconv

from facility_app.domain.clock import local_date
from facility_app.domain.coverage import Coverage
from facility_app.domain.dates import add_months
from facility_app.domain.insurance import RatioState
from facility_app.domain.ladder import Openness, Way, WindowPlan
from facility_app.domain.people import Sex
from facility_app.i18n import Words
from facility_app.reports.eligibility_declaration import Declaration
from facility_app.reports.emergency_sheet import EmergencySheet, Relative
from facility_app.services.visit_paper_facts import DeclarationFacts, EmergencyFacts
from facility_app.services.visit_paper_parts import (
    born_text,
    glyphs_text,
    item_name,
    ratio_from,
    ratio_text,
    way_text,
)
from facility_app.services.window_documents import CERTIFICATE
from facility_app.services.window_plan import ResidentPlan

_PROOFS = (Way.FACE, Way.PIN, Way.VISUAL, Way.CERTIFICATE, Way.NOTICE)
"""One of these left for sure means that something valid is in custody."""


def declaration_words(words: Words, facts: DeclarationFacts) -> Declaration:
    """被保険者資格申立書, ticked only where the register knows."""
    found, resident = facts.plan, facts.resident
    coverage = found.insurance.coverage
    known = coverage not in (Coverage.UNKNOWN, Coverage.LIVELIHOOD)
    ratio = found.ratio.noted if found.ratio.state is RatioState.KNOWN else None
    residence = f"{facts.facility.address} {facts.facility.name}".strip()
    return Declaration(
        facility=facts.facility.name,
        day=words.short_day(found.on),
        valid="yes" if _proved(found.plan) else "",
        kind=coverage.value if known else "",
        insurer=found.insurance.insurer,
        employer="",
        issued=_issued(found),
        tenths="" if ratio is None else str(ratio.tenths),
        name=found.name,
        kana=jaconv.hira2kata(found.kana),
        birth="" if found.birth_date is None else words.day(found.birth_date),
        sex="" if resident.sex is Sex.NOT_APPLICABLE else resident.sex.value,
        address=resident.address,
        residence=residence if facts.facility.address else "",
        phone=facts.facility.phone,
        glyphs=glyphs_text(words, found),
    )


def emergency_words(words: Words, facts: EmergencyFacts) -> EmergencySheet:
    """救急シート."""
    found = facts.plan
    taken = [item for item in found.items if item.id in facts.taken]
    left = local_date(facts.left_at)
    ways = [way_text(words, step) for step in found.plan.steps] if found.plan else []
    note = ratio_from(words, found)
    return EmergencySheet(
        facility=facts.facility.name,
        address=facts.facility.address,
        phone=facts.facility.phone,
        day=words.short_day(facts.today),
        name=found.name,
        kana=found.kana,
        person=born_text(words, found),
        sex="" if facts.resident.sex is Sex.NOT_APPLICABLE else words.term(facts.resident.sex),
        room=words("papers-visit-room", room=found.room) if found.room else "",
        left_at=words(
            "papers-visit-at", day=words.short_day(left), time=words.clock(facts.left_at)
        ),
        holder=facts.holder,
        glyphs=glyphs_text(words, found),
        things=[item_name(words, item) for item in taken],
        ways=ways,
        ratio=words("papers-emergency-ratio-is", ratio=ratio_text(words, found), source=note)
        if note
        else ratio_text(words, found),
        relatives=[Relative(each.name, words.term(each.kind), each.phone) for each in facts.calls],
    )


def _proved(plan: WindowPlan | None) -> bool:
    """Whether something valid is in custody for sure: a card that works, or a paper."""
    if plan is None:
        return False
    return any(plan.step(way).openness is Openness.OPEN for way in _PROOFS)


def _issued(found: ResidentPlan) -> str:
    """When the 資格確認書 in hand was issued; empty where that is not known."""
    days = [
        item.issued_on
        for item in found.items
        if item.kind_code == CERTIFICATE and item.issued_on is not None
    ]
    if not days:
        return ""
    return "within-month" if max(days) > _a_month_before(found.on) else "before"


def _a_month_before(on: date) -> date:
    return add_months(on, -1) - timedelta(days=1)
