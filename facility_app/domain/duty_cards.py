"""Duties about cards: renewals, 在留期限, notices, the gap after a lapsed certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from facility_app.domain.coverage import Coverage
from facility_app.domain.dates import add_months, day_before
from facility_app.domain.duties import Duty, DutyFrame, DutyKind, Held, Person
from facility_app.domain.expiry import grace_end, kyokai_kenpo_kakunin, renewal_open
from facility_app.domain.life_events import LifeEventKind

_DAY = timedelta(days=1)


def card_duties(person: Person, card: Held, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """Everything about one card at hand."""
    if card.card_expires is None or card.certificate_expires is None:
        yield Duty(DutyKind.NOTE_DATES, person.id, card.received, None, "dates", card.id)
    far = today + frame.reach
    if min(card.card_expires or far, card.certificate_expires or far) <= far:
        yield from _renewals(person, card, frame)
    yield from _residence(person, card, frame)
    yield from _gap(person, card, today, frame)
    wish = person.latest(LifeEventKind.FACE_CARD_WISHED)
    if wish is not None and not card.face_noted:
        period = wish.on.isoformat()
        yield Duty(DutyKind.FACE_CARD, person.id, wish.on, None, period, card.id)


def _renewals(person: Person, card: Held, frame: DutyFrame) -> Iterator[Duty]:
    """The certificate's renewal until the card's own can be made, which brings a new one."""
    whole, certificate = card.card_expires, card.certificate_expires
    limited = person.residence_until
    if certificate is not None and certificate < min(whole or date.max, limited or date.max):
        yield from _renewal(person, card, certificate, frame)
        yield from _notices(person, card, certificate, frame)
    if whole is not None and (limited is None or whole < limited):
        opens = renewal_open(whole, frame.lifetimes)
        period = whole.isoformat()
        yield Duty(DutyKind.RENEW_CARD, person.id, opens, whole, period, card.id)
        yield from _notices(person, card, whole, frame)


def _renewal(person: Person, card: Held, ends: date, frame: DutyFrame) -> Iterator[Duty]:
    whole, lifetimes = card.card_expires, frame.lifetimes
    grace = grace_end(ends, lifetimes)
    yield Duty(
        DutyKind.RENEW_CERTIFICATE,
        person.id,
        renewal_open(ends, lifetimes),
        ends,
        ends.isoformat(),
        card.id,
        last=None if whole is None else day_before(renewal_open(whole, lifetimes)),
        grace_until=grace if whole is None else min(grace, whole),
    )


def _residence(person: Person, card: Held, frame: DutyFrame) -> Iterator[Duty]:
    """A card or certificate that ends with the 在留期限 is extended, not renewed."""
    limit = person.residence_until
    ends = [day for day in (card.card_expires, card.certificate_expires) if day is not None]
    if limit is not None and any(day >= limit for day in ends):
        opens, period = renewal_open(limit, frame.lifetimes), limit.isoformat()
        yield Duty(DutyKind.RESIDENCE_PERIOD, person.id, opens, limit, period, card.id)


def _notices(person: Person, card: Held, ends: date, frame: DutyFrame) -> Iterator[Duty]:
    """有効期限通知書: goes to the 住民票 and is not forwarded; of use until the end."""
    numbers = frame.numbers
    counts_from = add_months(ends, -numbers.notice_counts_months)
    if any(
        event.kind is LifeEventKind.NOTICE_CAME
        and event.on > counts_from
        and event.item_id in (None, card.id)
        for event in person.events
    ):
        return
    expected = add_months(ends, -numbers.notice_months)
    period = ends.isoformat()
    if lives_elsewhere(person):
        opens = renewal_open(ends, frame.lifetimes)
        kind = DutyKind.NOTICE_AT_FAMILY
        yield Duty(kind, person.id, opens, expected, period, card.id, last=ends)
    else:
        kind = DutyKind.NOTICE_MISSING
        yield Duty(kind, person.id, expected + _DAY, ends, period, card.id, last=ends)


def lives_elsewhere(person: Person) -> bool:
    """Whether the 住民票 is known to be elsewhere, and was not moved here since."""
    elsewhere = person.latest(LifeEventKind.ELSEWHERE)
    moved = person.latest(LifeEventKind.MOVED_IN)
    return elsewhere is not None and (moved is None or moved.on < elsewhere.on)


def _gap(person: Person, card: Held, today: date, frame: DutyFrame) -> Iterator[Duty]:
    """The 資格確認書 may come only after the card has stopped working: ask the insurer early."""
    ends = card.certificate_expires
    if ends is None or today <= ends or person.coverage is Coverage.LIVELIHOOD:
        return
    if has_certificate(person, today, frame):
        return
    due = kyokai_kenpo_kakunin(ends, frame.lifetimes)
    yield Duty(DutyKind.ASK_INSURER, person.id, ends + _DAY, due, ends.isoformat(), card.id)


def has_certificate(person: Person, today: date, frame: DutyFrame) -> bool:
    """Whether a 資格確認書 is at hand whose printed end has not passed."""
    return any(
        each.kind == frame.rules.certificate and (each.expires is None or each.expires >= today)
        for each in person.at_hand
    )
