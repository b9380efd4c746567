"""委任状 for renewals at the city office: what may be done for a resident, by somebody from here.

It names neither PIN nor individual number: both stay with the person (domain §7.2, §9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ResidentRow
from facility_app.domain.access import Actor, Permission
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.reports.letter import Fields, Letter, Tick
from facility_app.services.office import Office
from facility_app.services.paper_acts import PaperMade, drawn
from facility_app.services.settings import Facility, load_facility


class RenewalAct(Enum):
    """What is asked for at the office."""

    CARD = "card"
    CERTIFICATE = "certificate"
    FACE_CARD = "face-card"
    ELIGIBILITY = "eligibility"
    UNREGISTER = "unregister"
    CARE_PAPERS = "care-papers"
    MEDICAL_PAPERS = "medical-papers"
    RECEIVE = "receive"


@dataclass(eq=False)
class NothingToAuthorise(Refused):
    """No act was chosen."""

    key: ClassVar[str] = "renewals.nothing_to_authorise"


@dataclass(frozen=True)
class Authorised:
    """Who authorises; what stands on the letter of the register."""

    facility: Facility
    name: str
    birth_date: date | None
    address: str


def renewal_authority(
    office: Office, actor: Actor, words: Words, resident_id: int, acts: Iterable[RenewalAct]
) -> PaperMade:
    """委任状 with these acts ticked; the person signs it by hand.

    Needs MANAGE_AGREEMENTS.  Raises NothingToAuthorise, GlyphMissing.
    """
    office.ask(actor, _may_authorise)
    chosen = frozenset(acts)
    if not chosen:
        raise NothingToAuthorise
    person, intent = office.do(actor, _announce, resident_id, chosen)

    def draw() -> bytes:
        from facility_app.reports.letter import letter_pdf

        return letter_pdf(words, authority(words, person, chosen))

    name = f"authority-{resident_id}.pdf"
    return drawn(office, actor, Permission.MANAGE_AGREEMENTS, intent, name, draw)


def _may_authorise(reading: Reading) -> None:
    reading.require(Permission.MANAGE_AGREEMENTS)


def authority(words: Words, person: Authorised, chosen: frozenset[RenewalAct]) -> Letter:
    """The letter; every act stands on it, so that what was not chosen is seen not to be."""
    facility = person.facility
    born = "" if person.birth_date is None else words.day(person.birth_date)
    return Letter(
        title=words("renewal-authority-title"),
        facility=facility.name,
        day="",
        to=(words("renewal-authority-to"),),
        parts=(
            Fields(
                words("lost-authority-proxy"),
                (
                    (words("term-field-address"), ""),
                    (words("term-field-name"), ""),
                    (words("term-field-birth-date"), ""),
                    (
                        words("term-field-relation"),
                        words("lost-authority-staff", facility=facility.name),
                    ),
                    (words("term-field-phone"), facility.phone),
                ),
            ),
            words("renewal-authority-text", name=person.name, born=born),
            *(Tick(words.term(act), act in chosen) for act in RenewalAct),
            Fields(
                words("lost-authority-person"),
                (
                    (words("lost-authority-day"), ""),
                    (words("term-field-address"), person.address),
                    (words("lost-authority-name"), ""),
                    (words("lost-authority-reason"), ""),
                    (words("lost-authority-seal"), ""),
                ),
            ),
        ),
        small=(words("lost-authority-own-form"), words("lost-authority-no-pin")),
    )


def _announce(tx: Tx, resident_id: int, chosen: frozenset[RenewalAct]) -> tuple[Authorised, int]:
    tx.require(Permission.MANAGE_AGREEMENTS)
    row = tx.session.get_one(ResidentRow, resident_id)
    person = Authorised(load_facility(tx.session), row.name, row.birth_date, row.address)
    intent = tx.intend(
        "authority.printed",
        f"resident:{resident_id}",
        resident=resident_id,
        plain={"acts": sorted(act.value for act in chosen)},
    )
    return person, intent
