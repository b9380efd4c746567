"""The ways beside a reading of the card: papers, the portal's screen, a phone, and what is left
when nothing can be read (domain facts §3.2, §4.1-4.2, §10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from facility_app.domain.coverage import Coverage
from facility_app.domain.dates import age_on
from facility_app.domain.insurance import Insurance, end_at_75, notice_end, paper_ends
from facility_app.domain.ladder_card import (
    Asked,
    Said,
    but,
    face_noted,
    knower,
    no,
    perhaps,
    pin_said,
    there,
    worst,
)
from facility_app.domain.ladder_facts import Openness, Paper, Place, Portal, Why

_INSURANCES = {
    Coverage.KOKUHO: (Insurance.KOKUHO,),
    Coverage.KOUKI: (Insurance.KOUKI,),
    Coverage.SHAHO: (Insurance.SHAHO,),
}
_NO_END_UNDER = 70
"""§4.1: an お知らせ has no end before this age."""

_OF_THE_DESK = frozenset(
    {
        Why.WELFARE_OFFICE_NOT_TOLD,
        Why.TOLD_LONG_AGO,
        Why.CLINIC_NOT_READY,
        Why.CLINIC_READINESS_UNKNOWN,
    }
)
"""What stands against the card as a 医療券, but not against showing it to an ambulance's crew."""

# --- papers, screen and phone ---------------------------------------------------------------------


def certificate(asked: Asked) -> Iterator[Said]:
    """A 資格確認書 in hand; where the insurance is not known, what every possible one says."""
    paper, coverage = asked.documents.certificate, asked.documents.coverage
    if paper is None:
        yield no(Why.NO_CERTIFICATE)
        return
    if coverage is Coverage.LIVELIHOOD:
        yield perhaps(Why.COVERAGE_OUTDATED)
    verdicts = [worst(tuple(_held(asked, paper, each))) for each in _possible(asked, paper)]
    openness, reasons = verdicts[0]
    if all(other is openness for other, _ in verdicts):
        yield from ((openness, reason) for reason in reasons)
    else:
        yield perhaps(Why.COVERAGE_UNKNOWN)


def certificate_end(asked: Asked) -> date | None:
    """The earliest end of the 資格確認書 in hand that is known; None = none is."""
    paper = asked.documents.certificate
    if paper is None:
        return None
    ends = [] if paper.expires_on is None else [paper.expires_on]
    for insurance in _INSURANCES.get(asked.documents.coverage, ()):
        starts = paper.valid_from or asked.situation.on
        found = paper_ends(insurance, asked.documents.birth, starts, asked.limits.lifetimes)
        ends += [end.day for end in found]
    return min(ends, default=None)


def _possible(asked: Asked, paper: Paper) -> tuple[Insurance, ...]:
    """The insurances whose paper it may be; one that begins after the 75th birthday is of 後期."""
    known = _INSURANCES.get(asked.documents.coverage)
    if known is not None:
        return known
    begins = paper.valid_from
    late = begins is not None and begins > end_at_75(asked.documents.birth)
    return (Insurance.KOUKI,) if late else tuple(Insurance)


def _held(asked: Asked, paper: Paper, insurance: Insurance) -> Iterator[Said]:
    """A 資格確認書 of this insurance: of several ends the earliest holds (§3.1, §3.2)."""
    on, birth = asked.situation.on, asked.documents.birth
    if paper.expires_on is not None and on > paper.expires_on:
        yield no(Why.CERTIFICATE_EXPIRED, paper.expires_on)
    if paper.valid_from is not None and on < paper.valid_from:
        yield no(Why.CERTIFICATE_NOT_BEGUN, paper.valid_from)
    if paper.valid_from is None or paper.expires_on is None:
        yield perhaps(Why.DATES_NOT_NOTED)
    if insurance is not Insurance.KOUKI and on > end_at_75(birth):
        begun_after = paper.valid_from is not None and paper.valid_from > end_at_75(birth)
        yield perhaps(Why.COVERAGE_OUTDATED) if begun_after else no(Why.TURNED_75)
    elif paper.valid_from is not None:
        ends = paper_ends(insurance, birth, paper.valid_from, asked.limits.lifetimes)
        if ends and on > ends[0].day:
            yield no(Why.CERTIFICATE_EXPIRED, ends[0].day)


def portal(asked: Asked) -> Iterator[Said]:
    """マイナポータル beside the card; logging in needs the PIN, a saved PDF does not."""
    yield from asked.basis
    yield from there(asked)
    screen, card = asked.documents.portal, asked.documents.card
    if screen is Portal.NONE:
        yield no(Why.NO_SCREEN)
    elif screen is Portal.LOG_IN:
        if asked.in_grace:
            yield no(Why.PORTAL_IN_GRACE)
        yield from pin_said(asked)
    if card is not None:
        yield from face_noted(card)


def notice(asked: Asked) -> Iterator[Said]:
    """Never alone: it needs a card that works."""
    yield from asked.basis
    yield from there(asked)
    if asked.documents.coverage is Coverage.LIVELIHOOD:
        yield no(Why.NOT_INSURED)
    if asked.documents.notice is None:
        yield no(Why.NO_NOTICE)
        return
    birth, on = asked.documents.birth, asked.situation.on
    printed = asked.documents.notice.expires_on
    end = notice_end(birth, on, printed)
    if end is not None and on > end:
        yield no(Why.NOTICE_EXPIRED, end)
    elif printed is None and age_on(birth, on) >= _NO_END_UNDER:
        yield perhaps(Why.DATES_NOT_NOTED)
    if asked.documents.coverage is Coverage.SHAHO and on > end_at_75(birth):
        yield no(Why.TURNED_75)


def phone(asked: Asked) -> Iterator[Said]:
    """Only noted, never in custody; the hotline stops it together with the card (§6.1)."""
    if not asked.documents.phone.yes:
        yield no(Why.NO_PHONE)
    yield from (said for said in asked.basis if said[1].why is not Why.NO_CARD)
    card = asked.documents.card
    if card is None:
        yield perhaps(Why.DATES_NOT_NOTED)
    else:
        yield from face_noted(card)
    yield from there(asked)
    if asked.situation.place is Place.HOUSE_CALL:
        yield no(Why.HOUSE_CALL)
    if asked.in_grace:
        yield perhaps(Why.PHONE_IN_GRACE)
    yield from _digits_on_phone(asked)
    if not asked.situation.phone_ready.yes:
        yield perhaps(Why.CLINIC_PHONE_UNKNOWN)


def _digits_on_phone(asked: Asked) -> Iterator[Said]:
    needs = asked.documents.phone_needs_pin
    for openness, reason in knower(asked.documents.pin_known_by):
        if needs.yes:
            yield openness, reason
        elif not needs.no and openness is not Openness.OPEN:
            yield Openness.UNSURE, reason


# --- without reading anything ---------------------------------------------------------------------


def oral(asked: Asked) -> Iterator[Said]:
    """口頭確認: only where the person was before."""
    yield from _fallback(asked)
    if asked.situation.first_visit.yes:
        yield no(Why.FIRST_VISIT)
    elif not asked.situation.first_visit.no:
        yield perhaps(Why.FIRST_VISIT_UNKNOWN)


def declaration(asked: Asked) -> Iterator[Said]:
    """被保険者資格申立書: for a first visit; later the clinic is asked first."""
    yield from _fallback(asked)
    if asked.situation.first_visit.no:
        yield perhaps(Why.ORAL_FIRST)
    elif not asked.situation.first_visit.yes:
        yield perhaps(Why.FIRST_VISIT_UNKNOWN)


def _fallback(asked: Asked) -> Iterator[Said]:
    """What is left when nothing can be read: with a card that works, or lost; else unpromised."""
    yield from there(asked)
    if asked.documents.coverage is Coverage.LIVELIHOOD:
        yield no(Why.NOT_INSURED)
    elif asked.documents.coverage is Coverage.UNKNOWN:
        yield perhaps(Why.COVERAGE_UNKNOWN)
    if asked.situation.card_lost:
        yield but(Why.CALL_FIRST)
    elif asked.usable is not Openness.OPEN:
        yield from (said for said in asked.basis if said[0] is Openness.UNSURE)
        if asked.documents.card is None:
            yield perhaps(Why.NO_CARD)
        if asked.usable is Openness.CLOSED:
            yield perhaps(Why.NOTHING_PROMISED)


def livelihood(asked: Asked) -> Iterator[Said]:
    """医療券 or 診療依頼書 on paper."""
    ticket, coverage, on = asked.documents.ticket, asked.documents.coverage, asked.situation.on
    if coverage is Coverage.UNKNOWN:
        yield perhaps(Why.COVERAGE_UNKNOWN)
    elif coverage is not Coverage.LIVELIHOOD:
        yield no(Why.ONLY_LIVELIHOOD if ticket is None else Why.TICKET_GOES_ALONG)
    if ticket is None:
        yield no(Why.NO_TICKET)
        return
    if ticket.expires_on is None:
        yield perhaps(Why.DATES_NOT_NOTED)
    elif on > ticket.expires_on:
        yield no(Why.TICKET_EXPIRED, ticket.expires_on)
    if ticket.valid_from is not None and on < ticket.valid_from:
        yield perhaps(Why.TICKET_NOT_BEGUN, ticket.valid_from)


def recheck(asked: Asked) -> Iterator[Said]:
    """No card while the relation continues; the consent of the first time holds (§10)."""
    if asked.situation.place is not Place.HOUSE_CALL:
        yield no(Why.ONLY_HOUSE_CALL)
    if asked.situation.first_visit.yes:
        yield no(Why.FIRST_VISIT)
    elif not asked.situation.first_visit.no:
        yield perhaps(Why.FIRST_VISIT_UNKNOWN)
    if asked.usable is not Openness.OPEN:
        yield perhaps(Why.EARLIER_READING_UNKNOWN)


def pharmacy(asked: Asked) -> Iterator[Said]:
    """A 処方箋 in time, brought by staff."""
    prescribed, on = asked.situation.prescribed_on, asked.situation.on
    if asked.situation.place is not Place.PHARMACY:
        yield no(Why.ONLY_PHARMACY)
    elif prescribed is None:
        yield perhaps(Why.PRESCRIPTION_DAY_UNKNOWN)
    else:
        last = prescribed + timedelta(days=asked.limits.prescription_days - 1)
        if not prescribed <= on <= last:
            yield no(Why.PRESCRIPTION_EXPIRED, last)


def ambulance(asked: Asked) -> Iterator[Said]:
    """The crew reads what was prescribed and treated: not the desk's eligibility (§3)."""
    if asked.situation.place is not Place.EMERGENCY:
        yield no(Why.ONLY_EMERGENCY)
    yield from (said for said in asked.basis if said[1].why not in _OF_THE_DESK)
    if asked.in_grace:
        yield no(Why.NO_INFORMATION_IN_GRACE)
