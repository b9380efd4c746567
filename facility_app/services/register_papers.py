"""Papers of the registers: 任命書, 修了証, and house rules with who read them, as PDF.

What is printed is recorded before it is drawn (ADR 0007).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from facility_app.audit.work import Tx
from facility_app.domain.access import Actor, Permission, Role
from facility_app.domain.clock import local_date
from facility_app.domain.registers import RegisterRule
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.reports.certificate import Certificate
from facility_app.reports.letter import Fields, Letter, Part
from facility_app.services.agreement_papers import role_holders
from facility_app.services.office import Office
from facility_app.services.paper_acts import PaperMade, drawn
from facility_app.services.register_tasks import Lacking, lacking
from facility_app.services.register_views import RegisterEntryView, register_entry
from facility_app.services.rule_data import rules
from facility_app.services.settings import Facility, load_facility

APPOINTMENT, TRAINING, RULES = "appointment", "training", "house-rules"


@dataclass(eq=False)
class NoSuchPaper(Refused):
    """There is no paper of this kind for this entry, or the person has no mark in it."""

    key: ClassVar[str] = "registers.no_such_paper"


@dataclass(frozen=True)
class EntryFacts:
    """An entry as its paper shows it; head: the manager in whose name it is given."""

    facility: Facility
    rule: RegisterRule
    entry: RegisterEntryView
    head: str
    lacking: tuple[Lacking, ...]


def appointment_paper(office: Office, actor: Actor, words: Words, entry_id: int) -> PaperMade:
    """任命書 of an entry of the register of appointments.

    Needs MANAGE_REGISTERS.  Raises NoSuchPaper, GlyphMissing.
    """
    facts, intent = office.do(actor, _announce, entry_id, APPOINTMENT, 0)

    def draw() -> bytes:
        from facility_app.reports.letter import letter_pdf

        return letter_pdf(words, appointment_letter(words, facts))

    name = f"appointment-{facts.entry.number}.pdf"
    return drawn(office, actor, Permission.MANAGE_REGISTERS, intent, name, draw)


def certificate_paper(
    office: Office, actor: Actor, words: Words, entry_id: int, staff_id: int
) -> PaperMade:
    """修了証 of a training for somebody who attended it.

    Needs MANAGE_REGISTERS.  Raises NoSuchPaper, GlyphMissing.
    """
    facts, intent = office.do(actor, _announce, entry_id, TRAINING, staff_id)

    def draw() -> bytes:
        from facility_app.reports.certificate import certificate_pdf

        return certificate_pdf(words, training_certificate(words, facts, staff_id))

    name = f"certificate-{facts.entry.number}-{staff_id}.pdf"
    return drawn(office, actor, Permission.MANAGE_REGISTERS, intent, name, draw)


def rules_paper(office: Office, actor: Actor, words: Words, entry_id: int) -> PaperMade:
    """A version of house rules, with who read it and who has not yet.

    Needs MANAGE_REGISTERS.  Raises NoSuchPaper, GlyphMissing.
    """
    facts, intent = office.do(actor, _announce, entry_id, RULES, 0)

    def draw() -> bytes:
        from facility_app.reports.letter import letter_pdf

        return letter_pdf(words, rules_letter(words, facts))

    name = f"house-rules-{facts.entry.number}.pdf"
    return drawn(office, actor, Permission.MANAGE_REGISTERS, intent, name, draw)


def appointment_letter(words: Words, facts: EntryFacts) -> Letter:
    """任命書: who is appointed to what, until when, and what that asks of them."""
    entry, said = facts.entry, facts.entry.facts
    role = _chosen(facts.rule, "role", said.get("role", ""), words.language)
    until = _day(words, said.get("until", "")) or words("register-paper-no-end")
    pairs = [
        (words("register-paper-role"), role),
        (words("register-paper-from"), words.day(entry.on)),
        (words("register-paper-until"), until),
    ]
    if said.get("scope"):
        pairs.append((words("register-paper-scope"), said["scope"]))
    return Letter(
        title=words("register-paper-appointment"),
        facility=facts.facility.name,
        day=words.day(entry.on),
        to=(words("register-paper-to", name=entry.about),),
        sender=_sender(words, facts),
        parts=(
            words("register-paper-appointed", role=role),
            Fields(words("register-paper-details"), tuple(pairs)),
            words("register-paper-duties"),
            words("register-paper-secrecy"),
            Fields(
                words("register-paper-acceptance"),
                (
                    (words("lost-authority-day"), ""),
                    (words("lost-authority-name"), ""),
                ),
            ),
        ),
        small=(words("register-paper-number", number=str(entry.number)),),
    )


def training_certificate(words: Words, facts: EntryFacts, staff_id: int) -> Certificate:
    """修了証: what was attended, when, and whether the test was passed."""
    entry = facts.entry
    mine = {mark.code for mark in entry.marks if mark.staff_id == staff_id}
    name = next(mark.staff for mark in entry.marks if mark.staff_id == staff_id)
    passed = "passed" in mine
    told = [
        (words("register-paper-training"), entry.facts.get("title", "")),
        (words("register-paper-held-on"), words.day(entry.on)),
        (words("register-paper-teacher"), entry.facts.get("teacher", "")),
        (words("register-paper-contents"), entry.facts.get("contents", "")),
    ]
    return Certificate(
        title=words("register-paper-certificate"),
        facility=facts.facility.name,
        number=words("register-paper-number", number=f"{entry.number}-{staff_id}"),
        name=words("register-paper-to", name=name),
        text=words("register-paper-passed" if passed else "register-paper-attended"),
        facts=tuple((label, value) for label, value in told if value),
        day=words.day(entry.on),
        giver=_sender(words, facts),
        seal=words("lost-authority-seal"),
    )


def rules_letter(words: Words, facts: EntryFacts) -> Letter:
    """A version of the rules, its text, and who has read it."""
    entry, said = facts.entry, facts.entry.facts
    read = tuple((mark.staff, words.moment(mark.at)) for mark in entry.marks if mark.code == "read")
    waiting = words("list-separator").join(each.name for each in facts.lacking)
    text: tuple[Part, ...] = tuple(line for line in said.get("text", "").split("\n") if line)
    ends: list[Part] = [Fields(words("register-paper-read"), read)] if read else []
    if waiting:
        ends.append(words("register-paper-not-read", names=waiting))
    return Letter(
        title=said.get("title", ""),
        facility=facts.facility.name,
        day=words("register-paper-in-force", day=entry.on),
        sender=(words("register-paper-version", version=said.get("version", "")),),
        parts=(*text, *ends),
    )


def _announce(tx: Tx, entry_id: int, register: str, staff_id: int) -> tuple[EntryFacts, int]:
    tx.require(Permission.MANAGE_REGISTERS)
    entry = register_entry(tx, entry_id)
    if entry.register != register or entry.struck or not entry.facts:
        raise NoSuchPaper
    attended = {mark.staff_id for mark in entry.marks if mark.code == "attended"}
    if register == TRAINING and staff_id not in attended:
        raise NoSuchPaper
    heads = role_holders(tx.session, Role.MANAGER, local_date(tx.now))
    facts = EntryFacts(
        facility=load_facility(tx.session),
        rule=rules().registers[register],
        entry=entry,
        head=heads[0] if heads else "",
        lacking=lacking(tx, register) if register == RULES else (),
    )
    plain = {"register": register, "number": entry.number}
    if staff_id:
        plain["staff"] = staff_id
    return facts, tx.intend("register.printed", f"register:{entry_id}", plain=plain)


def _sender(words: Words, facts: EntryFacts) -> tuple[str, ...]:
    return facts.facility.name, words(
        "register-paper-head", role=words.term(Role.MANAGER), name=facts.head
    )


def _chosen(rule: RegisterRule, code: str, answer: str, language: str) -> str:
    (fact,) = (each for each in rule.facts if each.code == code)
    return next((each.name.of(language) for each in fact.choices if each.code == answer), "")


def _day(words: Words, text: str) -> str:
    return words.day(date.fromisoformat(text)) if text else ""
