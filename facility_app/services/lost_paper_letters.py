"""Letters of a case: the notice to a person, and the letter of authority for the city office."""

from __future__ import annotations

from facility_app.domain.clock import local_date
from facility_app.domain.incidents import LostPaper
from facility_app.i18n import Words
from facility_app.reports.letter import Fields, Letter, Tick
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_draft import leak_draft
from facility_app.services.lost_views import LostCaseView, LostItemView, PersonView
from facility_app.services.lost_words import things_of
from facility_app.services.settings import Facility


def notice_letter(
    words: Words, facility: Facility, book: LostBook, case: LostCaseView, person: PersonView
) -> Letter:
    """本人への通知 (施行規則10条): what happened, which data, why, what follows, what was done."""
    mine = _of(case, person)
    draft = leak_draft(words, book, case)
    data = [
        text.of(words.language) for text in book.leak.data_of(frozenset(item.code for item in mine))
    ]
    return Letter(
        title=words("lost-notice-title", items=things_of(words, mine)),
        facility=facility.name,
        day=words.day(local_date(case.now)),
        to=(words("lost-notice-to", name=person.name), words("lost-notice-to-family")),
        sender=_sender(facility),
        parts=(
            words("lost-notice-greeting", facility=facility.name),
            words(
                "lost-notice-what",
                at=case.noticed_at,
                items=things_of(words, mine),
                where=words.term(case.happened),
            ),
            words("lost-notice-data", data=words("list-separator").join(data)),
            words("lost-notice-cause", cause=draft["cause"]),
            words("lost-notice-damage", damage=draft["damage"]),
            words("lost-notice-done", measures=draft["prevention"]),
            words("lost-notice-ask", facility=facility.name, phone=facility.phone),
        ),
        draft=words("lost-draft-mark"),
    )


def authority_letter(
    words: Words,
    facility: Facility,
    book: LostBook,
    case: LostCaseView,
    person: PersonView,
    chosen: frozenset[str],
) -> Letter:
    """委任状: what may be done for the person; `chosen`: codes of the steps that are ticked.

    It names neither PIN nor individual number: both stay with the person (domain §7.2, §9).
    """
    mine = _of(case, person)
    codes = {item.code for item in mine}
    born = "" if person.birth_date is None else words.day(person.birth_date)
    return Letter(
        title=words("term-lost-paper-authority"),
        facility=facility.name,
        day="",
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
            words("lost-authority-text", name=person.name, born=born, items=things_of(words, mine)),
            *(
                Tick(rule.title.of(words.language), rule.code in chosen)
                for rule in book.lost.steps
                if rule.paper is LostPaper.AUTHORITY and rule.things & codes
            ),
            Tick(words("lost-authority-receive")),
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
        small=(
            words("lost-authority-own-form"),
            words("lost-authority-no-pin"),
        ),
    )


def _sender(facility: Facility) -> tuple[str, ...]:
    return tuple(line for line in (facility.name, facility.address, facility.phone) if line)


def _of(case: LostCaseView, person: PersonView) -> tuple[LostItemView, ...]:
    return tuple(item for item in case.items if item.resident == person)
