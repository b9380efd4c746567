"""The documents of a resident as the ladder asks for them (domain/ladder_facts.Documents)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from facility_app.cards.check import Code
from facility_app.cards.chip import CardKind, Certificate
from facility_app.domain.coverage import PortalScreen
from facility_app.domain.insurance import NotedRatio
from facility_app.domain.ladder_facts import Card, Documents, Paper, Portal, PublicFunds
from facility_app.services.items import Rated
from facility_app.services.window_facts import HeldItem, Person

CERTIFICATE = "eligibility-certificate"
NOTICE = "eligibility-notice"
TICKET = "public-assistance"
PUBLIC_FUNDS = ("self-reliance-medical", "specific-disease", "severe-disability")
"""Codes of the kinds (resources/rules/item_kinds.toml) that open a way or always go along."""

_DATED_AWAY = frozenset(
    {
        Code.CERTIFICATE_PAST_GRACE,
        Code.CERTIFICATE_MISSING,
        Code.CARD_EXPIRED,
    }
)
"""What blocks and is told by the dates themselves, so the ladder names it by its own reason."""


_PORTALS = {
    PortalScreen.UNKNOWN: Portal.NONE,
    PortalScreen.NONE: Portal.NONE,
    PortalScreen.LOG_IN: Portal.LOG_IN,
    PortalScreen.SAVED: Portal.SAVED,
}


def documents_of(person: Person, birth: date, on: date, area: str) -> Documents:
    """What a resident has in custody and what is known of the insurance, for a visit on `on`."""
    facts = person.insurance
    return Documents(
        birth=birth,
        coverage=facts.coverage,
        card=_card(person),
        registered=facts.registered,
        wishes_registration=facts.wishes_registration.yes,
        pin_known_by=facts.pin_known_by,
        consents_face=facts.consents_face,
        consents_visual=facts.consents_visual,
        certificate=_paper(person.held(CERTIFICATE), on),
        notice=_paper(person.held(NOTICE), on),
        ticket=_paper(person.held(TICKET), on),
        portal=_PORTALS[facts.portal],
        phone=facts.phone_certificates,
        phone_needs_pin=facts.phone_needs_pin,
        welfare_told_on=facts.welfare_told_on,
        public_funds=tuple(
            PublicFunds(item.kind_code, item.paper_expires_on)
            for item in person.held(*PUBLIC_FUNDS)
        ),
        area=area,
    )


def newest_ratio(person: Person) -> NotedRatio | None:
    """The medical burden ratio that was noted last, on a paper in custody or besides."""
    held: tuple[Rated, ...] = (person.insurance, *person.held(CERTIFICATE, NOTICE))
    noted = [
        NotedRatio(each.ratio, each.ratio_source, each.ratio_as_of)
        for each in held
        if each.ratio is not None and each.ratio_as_of is not None
    ]
    return max(noted, key=lambda ratio: ratio.as_of, default=None)


def _card(person: Person) -> Card | None:
    """The card as the register has it; what the chip said today wins over noted dates (§3.2)."""
    item, check = person.card, person.check
    if item is None:
        return None
    card = Card(
        expires_on=item.card_expires_on,
        certificate_expires_on=item.certificate_expires_on,
        face=item.face,
        photo=person.insurance.card_has_photo,
    )
    if check is None:
        return card
    if not check.theirs or check.kind is not CardKind.MY_NUMBER_CARD:
        return replace(card, unreadable=True)
    return replace(
        card,
        expires_on=check.card_expires_on or card.expires_on,
        certificate_expires_on=check.certificate_until or card.certificate_expires_on,
        no_certificate=check.certificate is Certificate.MISSING,
        unreadable=check.blocks and not set(check.codes) & _DATED_AWAY,
        pin_blocked=check.pin_tries == 0,
    )


def _paper(items: Iterable[HeldItem], on: date) -> Paper | None:
    """Of several papers of a kind the one that is valid on the day, else the newest."""

    def fitness(item: HeldItem) -> tuple[bool, date]:
        begun = item.issued_on is None or item.issued_on <= on
        lasts = item.paper_expires_on is None or on <= item.paper_expires_on
        return begun and lasts, item.paper_expires_on or date.max

    best = max(items, key=fitness, default=None)
    return None if best is None else Paper(best.issued_on, best.paper_expires_on)
