"""What stands on the checklist: of a case, or of a kind of thing before anything has happened."""

from __future__ import annotations

from datetime import date, datetime

from facility_app.domain.incident_rules import Contact, StepDue, StepRule, Thing
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import Cost, DueBy, Evidence, Phase
from facility_app.i18n import Words
from facility_app.reports.lost_checklist import Checklist, CheckPhone, CheckStep
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_steps import Proof
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.lost_words import spoken, things_of, unstressed
from facility_app.services.settings import Facility

_BLANK = "＿" * 6


def case_checklist(
    words: Words, facility: Facility, book: LostBook, case: LostCaseView
) -> Checklist:
    """The steps of a case; what is done already is ticked and says by whom."""
    steps = [step for step in case.steps if step.state is not LostStepState.DROPPED]
    names = [person.name for person in case.residents]
    return Checklist(
        title=words("term-lost-paper-checklist"),
        facility=facility.name,
        day=words.moment(case.now),
        what=words("lost-paper-what", number=case.number, items=things_of(words, case.items)),
        how=words("lost-paper-how"),
        facts=(
            (words("lost-paper-residents"), words("list-separator").join(names)),
            (words("lost-paper-noticed"), words.moment(case.noticed_at)),
            (words("term-field-noticed-by"), case.noticed_by),
            (words("term-field-last-seen"), case.last_seen),
            (words("term-field-lost-place"), case.place),
        ),
        steps=tuple(_of_case(words, facility, book, case, step) for step in steps),
    )


def blank_checklist(
    words: Words, facility: Facility, book: LostBook, thing: Thing, today: date
) -> Checklist:
    """Everything that may have to be done for a kind of thing, to be kept beside the telephone."""
    rules = [
        rule for rule in book.lost.steps if thing.code in rule.things and rule.phase is Phase.LOST
    ]
    labels = ("lost-paper-residents", "lost-paper-noticed")
    fields = ("noticed-by", "last-seen", "lost-place")
    return Checklist(
        title=words("term-lost-paper-checklist"),
        facility=facility.name,
        day=words.day(today),
        what=thing.name.of(words.language),
        how=words("lost-paper-how"),
        facts=(
            *((words(label), "") for label in labels),
            *((words(f"term-field-{field}"), "") for field in fields),
        ),
        steps=tuple(_blank(words, facility, book, thing, rule) for rule in rules),
    )


def _of_case(
    words: Words, facility: Facility, book: LostBook, case: LostCaseView, step: StepView
) -> CheckStep:
    beside = case.beside(step)
    title = step.title(words.language) + (words("lost-paper-beside", who=beside) if beside else "")
    by = words("lost-paper-until", due=due_text(words, step.due))
    rule = step.rule
    done = _done(words, step)
    if rule is None:
        return CheckStep(title, by, "", done=done)
    return _step(
        words,
        book,
        rule,
        title,
        f"{by}　{words('lost-paper-who', who=rule.who)}",
        unstressed(spoken(words, facility, case, step)),
        step,
        done,
    )


def _blank(
    words: Words, facility: Facility, book: LostBook, thing: Thing, rule: StepRule
) -> CheckStep:
    say = rule.say.of(words.language)
    facts = {"facility": facility.name, "phone": facility.phone}
    facts["item"] = thing.name.of(words.language)
    for name in ("resident", "birth", "item", "facility", "phone"):
        say = say.replace(f"{{{name}}}", facts.get(name) or _BLANK)
    by = f"{words('lost-paper-time', due=rule_due(words, rule.due))}　"
    by += words("lost-paper-who", who=rule.who)
    title = rule.title.of(words.language)
    if rule.when:
        title += words("lost-paper-where-it-applies")
    return _step(words, book, rule, title, by, unstressed(say), None, "")


def _step(
    words: Words,
    book: LostBook,
    rule: StepRule,
    title: str,
    by: str,
    say: str,
    step: StepView | None,
    done: str,
) -> CheckStep:
    language = words.language
    filled = {} if step is None else step.evidence
    asked = (*rule.evidence, *rule.optional)
    fields = [(each, proof_text(words, book, filled.get(each))) for each in asked]
    if done:
        told = tuple((words.term(each), text) for each, text in fields if text)
        return CheckStep(title, by, "", fields=told, done=done)
    places = Evidence.PLACES in asked
    phone = book.lost.contacts.get(rule.contact)
    return CheckStep(
        title=title,
        by=by,
        source=words(
            "lost-paper-source", source=rule.origin.source, day=words.day(rule.origin.checked_on)
        ),
        phone=None if phone is None else _phone(words, book, phone),
        say=say,
        note=rule.note.of(language),
        bring=tuple(each.of(language) for each in rule.bring),
        fees=tuple(fee_text(words, book, code) for code in rule.fees),
        choices=_places(words, book, filled.get(Evidence.PLACES)) if places else (),
        fields=tuple(
            (words.term(each), text) for each, text in fields if each is not Evidence.PLACES
        ),
    )


def _places(words: Words, book: LostBook, found: Proof | None) -> tuple[tuple[str, bool], ...]:
    """Every place to search, ticked where it was."""
    searched = found if isinstance(found, tuple) else ()
    return tuple(
        (place.name.of(words.language), place.code in searched)
        for place in book.lost.places.values()
    )


def _phone(words: Words, book: LostBook, phone: Contact) -> CheckPhone:
    return CheckPhone(
        name=phone.name.of(words.language),
        number=phone.number,
        keys=phone.keys,
        hours=hours_text(words, phone),
        find=phone.find.of(words.language),
        also=tuple(contact_text(words, book.lost.contacts[code]) for code in phone.also),
    )


def hours_text(words: Words, phone: Contact) -> str:
    """When it is answered, what it costs, and when the number was checked."""
    parts = [phone.hours.of(words.language)]
    if phone.number and phone.cost is not Cost.UNKNOWN:
        parts.append(words.term(phone.cost))
    if phone.number:
        parts.append(words("lost-paper-checked", day=words.day(phone.origin.checked_on)))
    return "　".join(part for part in parts if part)


def contact_text(words: Words, phone: Contact) -> str:
    """A number to try when nobody answers, on one line."""
    parts = [phone.name.of(words.language), phone.number, phone.hours.of(words.language)]
    if phone.cost is not Cost.UNKNOWN:
        parts.append(words.term(phone.cost))
    return "　".join(part for part in parts if part)


def fee_text(words: Words, book: LostBook, code: str) -> str:
    """A fee with its note and where it comes from."""
    fee = book.lost.fees[code]
    note = fee.note.of(words.language)
    return words(
        "lost-paper-fee",
        name=fee.name.of(words.language),
        yen=f"{fee.yen:,}",
        note=words("lost-paper-beside", who=note) if note else "",
        source=fee.origin.source,
        day=words.day(fee.origin.checked_on),
    )


def due_text(words: Words, due: Due) -> str:
    """By when, as short as it is clear."""
    if due.at is not None:
        return f"{words.short_day(due.day)} {words.clock(due.at)}"
    return words.short_day(due.day)


def rule_due(words: Words, due: StepDue) -> str:
    """By when, before anything has happened."""
    return (
        words(f"lost-due-{due.by.value}", n=due.n)
        if due.by in _COUNTED
        else words(f"lost-due-{due.by.value}")
    )


_COUNTED = (DueBy.NOW, DueBy.DAYS, DueBy.OPEN_DAYS)


def proof_text(words: Words, book: LostBook, value: Proof | None) -> str:
    """Evidence in words; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        known = book.lost.places
        names = [known[code].name.of(words.language) if code in known else code for code in value]
        return words("list-separator").join(names)
    return value


def _done(words: Words, step: StepView) -> str:
    if step.state is LostStepState.DONE and step.done_at is not None:
        return words("lost-paper-done", at=step.done_at, name=step.done_by)
    if step.state is LostStepState.WAIVED and step.waived_at is not None:
        return words(
            "lost-paper-waived", at=step.waived_at, name=step.waived_by, reason=step.waived_reason
        )
    return ""
