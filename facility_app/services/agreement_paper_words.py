"""What the agreement paper and the receipt say, in a language."""

from __future__ import annotations

from facility_app.domain.agreements import PROOFS, Capacity
from facility_app.domain.clock import local_date
from facility_app.domain.items import FaceAuthentication
from facility_app.i18n import Words
from facility_app.reports.deed import Clause, Deed, SignBox, Thing
from facility_app.reports.letter import Tick
from facility_app.services.agreement_papers import (
    AgreementFacts,
    Consent,
    PaperThing,
    Person,
    ReceiptFacts,
)

_PLAIN_CLAUSES = ("purpose", "place", "taking-out", "family", "loss", "return", "withdraw")


def agreement_deed(words: Words, facts: AgreementFacts) -> Deed:
    """預かり同意書・預かり証 with the fields of domain §1.3."""
    consent = facts.consent
    issued = words("deed-issued", day=facts.today)
    return Deed(
        title=words("deed-agreement-title"),
        facility=facts.facility.name,
        number="" if consent is None else words("deed-number", number=str(consent.id)),
        day=issued,
        copies=_copies(words),
        opening=words(
            "deed-agreement-opening", facility=facts.facility.name, name=facts.person.name
        ),
        facts=(*_person(words, facts.person), *_signed(words, consent)),
        things_title=words("deed-things", count=str(len(facts.things))),
        things=tuple(_thing(words, thing, compare=True) for thing in facts.things),
        clauses=_clauses(words, facts),
        closing=words("deed-agreement-closing"),
        signatures=_signatures(words, facts),
        small=_small(words, consent),
    )


def receipt_deed(words: Words, facts: ReceiptFacts) -> Deed:
    """返還受領書: what was handed back to whom, and how the receiver was identified."""
    return Deed(
        title=words("deed-receipt-title"),
        facility=facts.facility.name,
        number=words("deed-receipt-number", number=str(facts.id)),
        day=words("deed-issued", day=local_date(facts.at)),
        copies=_copies(words),
        opening=words("deed-receipt-opening", name=facts.person.name),
        facts=(
            *_person(words, facts.person),
            (words("deed-handed-back-at"), words.moment(facts.at)),
            (words("term-field-reason"), words.term(facts.reason)),
            (words("term-field-receiver"), facts.receiver),
            (words("term-field-relation"), facts.relation),
            (words("term-field-proof"), facts.proof_seen),
            *(((words("term-field-notes"), facts.note),) if facts.note else ()),
        ),
        things_title=words("deed-receipt-things", count=str(len(facts.things))),
        things=tuple(_thing(words, thing, compare=False) for thing in facts.things),
        clauses=(
            Clause(words("deed-receipt-after"), words("deed-receipt-after-text")),
            Clause(words("deed-contact"), _contact(words, facts.facility.name, facts)),
        ),
        closing=words("deed-receipt-closing", facility=facts.facility.name),
        signatures=(
            SignBox(words("term-field-receiver"), words("deed-sign-here")),
            SignBox(words("deed-by"), words("deed-known", name=facts.by)),
            SignBox(
                words("term-field-witness"),
                words("deed-known", name=facts.witness) if facts.witness else "",
            ),
        ),
    )


def _copies(words: Words) -> tuple[str, ...]:
    return words("deed-copy-resident"), words("deed-copy-facility")


def _person(words: Words, person: Person) -> tuple[tuple[str, str], ...]:
    name = f"{person.name}  ({person.kana})" if person.kana else person.name
    return (
        (words("deed-resident"), name),
        (words("term-field-birth-date"), words.day(person.birth_date) if person.birth_date else ""),
        (words("term-field-room"), person.room),
        (words("deed-slot"), person.slot or words("deed-slot-none")),
    )


def _signed(words: Words, consent: Consent | None) -> tuple[tuple[str, str], ...]:
    """When it was agreed and is looked at again, and whether it was withdrawn since."""
    if consent is None:
        return ()
    found = [(words("term-field-signed-on"), words.day(consent.signed_on))]
    if consent.review_on:
        found.append((words("term-field-review-on"), words.day(consent.review_on)))
    if consent.withdrawn_on:
        found.append((words("term-field-withdrawn-on"), words.day(consent.withdrawn_on)))
    return tuple(found)


def _thing(words: Words, thing: PaperThing, *, compare: bool) -> Thing:
    form = thing.form
    kind = thing.kind_en if words.language == "en" and thing.kind_en else thing.kind
    dates = (
        ("term-field-card-expires-on", form.card_expires_on),
        ("term-field-certificate-expires-on", form.certificate_expires_on),
        ("term-field-paper-expires-on", form.paper_expires_on),
        ("term-field-issued-on", form.issued_on),
        ("term-field-received-on", thing.received_on),
    )
    told = [words("deed-fact", label=words(key), value=words.day(day)) for key, day in dates if day]
    if thing.is_card and form.face_authentication is not FaceAuthentication.UNKNOWN:
        told.append(words.term(form.face_authentication))
    told.append(
        words("deed-fact", label=words("term-field-condition"), value=words.term(form.condition))
    )
    told.append(words("deed-pieces", count=str(form.pieces)))
    if form.colour:
        told.append(words("deed-fact", label=words("term-field-colour"), value=form.colour))
    ticks = [words("deed-tick-name"), words("deed-tick-case")] if compare else []
    if compare and thing.is_card:
        ticks.append(words("deed-tick-face"))
    name = f"{kind}  {form.label}" if form.label else kind
    return Thing(name, words("deed-fact-separator").join(told), tuple(ticks))


def _clauses(words: Words, facts: AgreementFacts) -> tuple[Clause, ...]:
    """The articles in their order, numbered; PIN and emergency as they were chosen."""
    consent = facts.consent
    plain = {
        key: Clause(words(f"deed-clause-{key}"), _said(words, key, facts)) for key in _PLAIN_CLAUSES
    }
    pin = Clause(
        words("deed-clause-pin"),
        words("deed-clause-pin-text"),
        (
            Tick(words("deed-pin-none"), consent is not None and not consent.pin_clause),
            Tick(words("deed-pin-sealed")),
            Tick(words("deed-pin-vault"), consent is not None and consent.pin_clause),
        ),
    )
    emergency = Clause(
        words("deed-clause-emergency"),
        words("deed-clause-emergency-text"),
        _yes_no(words, "emergency", None if consent is None else consent.emergency_clause),
    )
    recognition = Clause(
        words("deed-clause-recognition"),
        words("deed-clause-recognition-text"),
        _yes_no(words, "recognition", None if consent is None else consent.recognition_clause),
    )
    contact = Clause(words("deed-contact"), _contact(words, facts.facility.name, facts))
    first = [plain[key] for key in ("purpose", "place", "taking-out")]
    last = [plain[key] for key in ("family", "loss", "return", "withdraw")]
    cards = [recognition] if any(thing.is_card for thing in facts.things) else []
    every = [*first, pin, emergency, *cards, *last, contact]
    return tuple(
        Clause(words("deed-article", number=str(n), title=each.title), each.text, each.ticks)
        for n, each in enumerate(every, 1)
    )


def _yes_no(words: Words, key: str, agreed: bool | None) -> tuple[Tick, ...]:
    return (
        Tick(words(f"deed-{key}-yes"), agreed is True),
        Tick(words(f"deed-{key}-no"), agreed is False),
    )


def _said(words: Words, key: str, facts: AgreementFacts) -> str:
    if key != "place":
        return words(f"deed-clause-{key}-text")
    separator = words("list-separator")
    return words(
        "deed-clause-place-text",
        managers=separator.join(facts.managers) or words("deed-nobody"),
        custodians=separator.join(facts.custodians) or words("deed-nobody"),
        count=str(len(facts.custodians)),
    )


def _contact(words: Words, name: str, facts: AgreementFacts | ReceiptFacts) -> str:
    lines = (name, facts.facility.address, facts.facility.phone)
    return "  ".join(each for each in lines if each)


def _signatures(words: Words, facts: AgreementFacts) -> tuple[SignBox, ...]:
    consent = facts.consent
    if consent is None:
        giver = SignBox(words("deed-consenter"), words("deed-consenter-form"))
        witness = ""
    else:
        giver = SignBox(words("deed-consenter"), _giver(words, consent))
        witness = consent.witness
    manager = facts.managers[0] if facts.managers else ""
    return (
        giver,
        SignBox(words("term-field-witness"), words("deed-known", name=witness) if witness else ""),
        SignBox(
            words("deed-facility-side"),
            words("deed-known-as", role=words("term-role-manager"), name=manager),
        ),
    )


def _giver(words: Words, consent: Consent) -> str:
    """Who consented, in what capacity, and the papers that show the power."""
    told = words("deed-known-as", role=words.term(consent.capacity), name=consent.consented_by)
    if consent.capacity is Capacity.SELF:
        return told
    seen = [words.term(proof) for proof in PROOFS[consent.capacity] & consent.proofs]
    return words("deed-proofs", who=told, proofs=sorted(seen)) if seen else told


def _small(words: Words, consent: Consent | None) -> tuple[str, ...]:
    lines = [words("deed-small-original"), words("deed-small-number")]
    if consent is not None:
        note = f"  {consent.will_note}" if consent.will_note else ""
        lines.insert(0, words("deed-small-will", will=consent.will) + note)
    return tuple(lines)
