"""紛失対応: one step with the telephone, what to say, fees and sources, in words.  Knows no Qt.

Every number, fee and source comes from the rule data (``lost_steps.toml``, ``contacts.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from facility_app.domain.clock import local_date
from facility_app.domain.incident_rules import Contact
from facility_app.domain.incidents import Cost, Evidence, LostPaper, Opens
from facility_app.i18n import Words
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_paper_checklist import fee_text, proof_text
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.lost_words import spoken
from facility_app.services.settings import Facility

DAYS_BACK = 14
"""How far back a call may lie that is typed in afterwards (a blackout, a weekend)."""


@dataclass(frozen=True)
class PhoneText:
    """Whom to call.  number: empty where each facility has its own, then `find` says where."""

    name: str
    number: str
    keys: str
    find: str
    side: str
    otherwise: str
    checked: str
    is_fax: bool


@dataclass(frozen=True)
class StepText:
    """A step as it is shown big.  `main`: words of the button, `own_act`: it opens a dialog."""

    head: str
    side: str
    title: str
    beside: str
    phone: PhoneText | None
    say: str
    note: str
    bring: tuple[str, ...]
    details: tuple[str, ...]
    asked: tuple[Evidence, ...]
    optional: tuple[Evidence, ...]
    main: str
    icon: str
    own_act: Opens | None
    paper: LostPaper | None


_OWN = (Opens.LEAK, Opens.REISSUE, Opens.PUT_BACK, Opens.MEASURES)
_ICONS = {
    Opens.LEAK: "rule",
    Opens.REISSUE: "move_to_inbox",
    Opens.PUT_BACK: "input",
    Opens.MEASURES: "edit_note",
}


def step_text(
    words: Words, facility: Facility, book: LostBook, case: LostCaseView, step: StepView
) -> StepText:
    """Everything of one step."""
    rule = step.rule
    phone = None if rule is None else book.lost.contacts.get(rule.contact)
    own = rule.opens if rule is not None and rule.opens in _OWN else None
    shown = None if phone is None else phone_text(words, book, phone)
    language = words.language
    return StepText(
        head=_head(words, case, step, phone is not None),
        side="" if shown is None else shown.side,
        title=step.title(language),
        beside=case.beside(step),
        phone=shown,
        say=spoken(words, facility, case, step),
        note="" if rule is None else rule.note.of(language),
        bring=() if rule is None else tuple(each.of(language) for each in rule.bring),
        details=tuple(_details(words, book, step)),
        asked=() if rule is None else rule.evidence,
        optional=() if rule is None else rule.optional,
        main=_main(words, own, called=bool(phone and phone.number)),
        icon=_ICONS.get(own, "check") if own is not None else "check",
        own_act=own,
        paper=None if rule is None else rule.paper,
    )


def _head(words: Words, case: LostCaseView, step: StepView, calls: bool) -> str:
    kept = [each for each in case.steps if each.state is not LostStepState.DROPPED]
    number = next((n for n, each in enumerate(kept, 1) if each.id == step.id), 0)
    key = "loss-next-call" if calls else "loss-next-step"
    if not step.waits:
        key = "loss-this-step"
    return words(key, number=str(number or len(kept)), count=str(len(kept)))


def _main(words: Words, own: Opens | None, *, called: bool) -> str:
    if own is not None:
        return words(f"loss-act-{own.value}")
    return words("loss-called-next" if called else "loss-done-next")


def phone_text(words: Words, book: LostBook, phone: Contact) -> PhoneText:
    """A number with its hours, its cost, and whom to try when nobody answers."""
    also = [book.lost.contacts[code] for code in phone.also if code in book.lost.contacts]
    first = next((each for each in also if not each.is_fax), None)
    return PhoneText(
        name=phone.name.of(words.language),
        number=phone.number,
        keys=phone.keys,
        find=phone.find.of(words.language),
        side=_hours(words, phone),
        otherwise="" if first is None else words("loss-otherwise", number=_costed(words, first)),
        checked=words("loss-checked", day=words.day(phone.origin.checked_on))
        if phone.number
        else "",
        is_fax=phone.is_fax,
    )


def _hours(words: Words, phone: Contact) -> str:
    parts = [phone.hours.of(words.language)]
    if phone.number and phone.cost is not Cost.UNKNOWN:
        parts.append(words.term(phone.cost))
    return words("loss-dot").join(part for part in parts if part)


def _costed(words: Words, phone: Contact) -> str:
    if phone.cost is Cost.UNKNOWN:
        return phone.number
    return words("loss-costed", number=phone.number, cost=phone.cost)


def _details(words: Words, book: LostBook, step: StepView) -> Iterable[str]:
    """Fees, further numbers and sources; each with the day on which somebody looked."""
    rule = step.rule
    if rule is None:
        yield words("loss-rule-gone")
        return
    for code in rule.fees:
        yield fee_text(words, book, code)
    phone = book.lost.contacts.get(rule.contact)
    if phone is not None:
        for code in phone.also:
            yield also_text(words, book.lost.contacts[code])
        if phone.number:
            yield _source(words, "loss-source-number", phone.origin.source, phone.origin.checked_on)
    yield _source(words, "loss-source-step", rule.origin.source, rule.origin.checked_on)


def _source(words: Words, key: str, source: str, on: date) -> str:
    return words(key, source=source, day=words.day(on))


def also_text(words: Words, phone: Contact) -> str:
    """A number to try when nobody answers, on one line, with the day it was looked at."""
    kind = words("loss-fax") if phone.is_fax else words("loss-phone")
    return words(
        "loss-also",
        name=phone.name.of(words.language),
        number=f"{kind} {_costed(words, phone)}",
        hours=phone.hours.of(words.language),
        day=words.day(phone.origin.checked_on),
    )


def proofs(words: Words, book: LostBook, step: StepView) -> list[tuple[str, str]]:
    """What was filled in: label and value, in the order of the rule."""
    rule = step.rule
    order = (*rule.evidence, *rule.optional) if rule is not None else tuple(step.evidence)
    found = [*order, *(each for each in step.evidence if each not in order)]
    return [
        (words.term(field), proof_text(words, book, step.evidence[field]))
        for field in found
        if field in step.evidence
    ]


def settled_text(words: Words, step: StepView) -> str:
    """Who settled it and when, with the number of the entry."""
    number = words("desk-entry-number", number=f"{step.seq:,}") if step.seq else ""
    if step.state is LostStepState.DONE and step.done_at is not None:
        said = words("loss-settled-done", at=step.done_at, name=step.done_by)
    elif step.state is LostStepState.WAIVED and step.waived_at is not None:
        said = words("loss-settled-waived", at=step.waived_at, name=step.waived_by)
    else:
        said = words("loss-settled-dropped")
    return f"{number} {said}".strip()


def days_back(case: LostCaseView, today: date) -> list[date]:
    """The days on which a step can have been done, today first."""
    first = max(local_date(case.noticed_at), today - timedelta(days=DAYS_BACK))
    count = max(0, (today - first).days)
    return [today - timedelta(days=back) for back in range(count + 1)]


def days_before(today: date) -> list[date]:
    """The days on which a loss can have been noticed, today first."""
    return [today - timedelta(days=back) for back in range(DAYS_BACK + 1)]
