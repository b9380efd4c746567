"""A check in words: verdict, findings, dates, tries.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.cards.check import Code, Finding, Level, worst
from facility_app.cards.chip import MOST_TRIES, CardKind, Certificate, ChipFacts, Pin
from facility_app.cards.sentences import finding_text
from facility_app.domain.attributes import Attribute
from facility_app.domain.expiry import ExpiryState, Lifetimes, card_state
from facility_app.i18n import Words
from facility_app.services.card_checks import CheckView


class Act(Enum):
    """What the button of a finding does."""

    NONE = "none"
    CORRECT_DATES = "correct-dates"
    REMEMBER = "remember"
    PLAN = "plan"
    RESIDENT = "resident"


@dataclass(frozen=True)
class FindingText:
    """One row: how grave, what is, until when or what to do, the next act."""

    level: Level
    title: str
    text: str
    act: Act = Act.NONE


@dataclass(frozen=True)
class Verdict:
    """The first line of a result.  `chip` counts what else is to be minded; empty = nothing."""

    level: Level
    title: str
    chip: str = ""


@dataclass(frozen=True)
class DateText:
    """A date of the card with its state; `level` None where the chip did not say it."""

    label: str
    day: str
    state: str
    level: Level | None


@dataclass(frozen=True)
class TriesText:
    """A counter.  `left` None = the words instead; `tone` is a colour token."""

    label: str
    left: int | None
    most: int
    tone: str
    words: str


_ACTS: Mapping[Code, Act] = {
    Code.DATES_DIFFER: Act.CORRECT_DATES,
    Code.CERTIFICATE_EXPIRES_SOON: Act.PLAN,
    Code.CERTIFICATE_IN_GRACE: Act.PLAN,
    Code.CERTIFICATE_PAST_GRACE: Act.PLAN,
    Code.CERTIFICATE_MISSING: Act.PLAN,
    Code.CARD_EXPIRES_SOON: Act.PLAN,
    Code.CARD_EXPIRED: Act.PLAN,
    Code.CARD_NOT_RECOGNISED: Act.REMEMBER,
    Code.NOT_IN_CUSTODY: Act.RESIDENT,
    Code.REPORTED_LOST: Act.RESIDENT,
    Code.OUT_TO_ANOTHER: Act.RESIDENT,
}
_STATE_LEVELS = {
    ExpiryState.VALID: Level.OK,
    ExpiryState.RENEWABLE: Level.OK,
    ExpiryState.SOON: Level.WARN,
    ExpiryState.GRACE: Level.WARN,
    ExpiryState.UNUSABLE: Level.BLOCK,
}


def verdict(words: Words, findings: Iterable[Finding], on: date, today: date) -> Verdict:
    """What the findings come to on the day `on`.

    Never that the card "can be used": revocation and the insurance cannot be known here.
    """
    found = tuple(findings)
    level = worst(found)
    warns = sum(each.level is Level.WARN for each in found)
    if level is Level.BLOCK:
        return Verdict(level, finding_text(words, found[0])[0])
    day = words("check-today") if on == today else words.short_day(on)
    codes = {each.code for each in found}
    if Code.CERTIFICATE_IN_GRACE in codes:
        title = words("check-verdict-grace", day=day)
        return Verdict(Level.WARN, title, _counted(words, warns - 1))
    known = {Code.CARD_VALID, Code.CARD_EXPIRES_SOON} & codes
    title = words("check-verdict-within" if known else "check-verdict-certificate", day=day)
    return Verdict(Level.OK, title, _counted(words, warns))


def _counted(words: Words, warns: int) -> str:
    return words("check-warnings", count=str(warns)) if warns else ""


def finding_rows(
    words: Words,
    findings: Iterable[Finding],
    view: CheckView | None,
    differing: Sequence[Attribute] = (),
) -> list[FindingText]:
    """The findings as rows, gravest first; a button only where it would be granted.

    `differing`: the attributes that were just seen to differ; they are nowhere stored.
    """
    rows = []
    for each in findings:
        title, text = finding_text(words, each)
        if differing and each.code in (Code.ATTRIBUTES_DIFFER, Code.ATTRIBUTES_UNCLEAR):
            text = words("attributes-differing", which=list(differing), text=text)
        rows.append(FindingText(each.level, title, text, _act(each, view)))
    if view is not None and view.may_remember and not any(r.act is Act.REMEMBER for r in rows):
        note = FindingText(
            Level.NOTICE, words("check-not-remembered"), words("check-not-remembered-text"),
            Act.REMEMBER,
        )  # fmt: skip
        well = next((n for n, row in enumerate(rows) if row.level is Level.OK), len(rows))
        rows.insert(well, note)
    return rows


def _act(finding: Finding, view: CheckView | None) -> Act:
    act = _ACTS.get(finding.code, Act.NONE)
    if act is Act.CORRECT_DATES:
        granted = view is not None and view.may_correct
    elif act is Act.REMEMBER:
        granted = view is not None and view.may_remember
    elif act is Act.RESIDENT:
        granted = view is not None and view.resident is not None
    else:
        granted = True
    return act if granted else Act.NONE


def card_dates(words: Words, facts: ChipFacts, on: date, lifetimes: Lifetimes) -> list[DateText]:
    """The card's own end, then the certificate's, as they are on `on`."""
    card, certificate = facts.card_expires_on, facts.certificate_until
    body = None if card is None else card_state(card, card, on, lifetimes)
    state = None
    if facts.certificate is Certificate.READ and certificate is not None:
        state = card_state(date.max, certificate, on, lifetimes)
    first = facts.certificate_from
    early = first is not None and on < first
    return [
        _date(words, words("check-card-end"), card, body, on),
        _date(words, words("check-certificate-end"), certificate,
              ExpiryState.UNUSABLE if early else state, on,
              missing=facts.certificate is Certificate.MISSING),
    ]  # fmt: skip


def _date(
    words: Words, label: str, day: date | None, state: ExpiryState | None, on: date,
    *, missing: bool = False,
) -> DateText:  # fmt: skip
    if day is None or state is None:
        return DateText(label, words("check-date-none" if missing else "check-date-unread"), "",
                        Level.BLOCK if missing else None)  # fmt: skip
    name = words.term(state)
    if state is ExpiryState.SOON:
        left = (day - on).days
        name = words("check-days-left", state=name, days=str(left)) if left else words(
            "check-last-day", state=name)  # fmt: skip
    return DateText(label, words.day(day), name, _STATE_LEVELS[state])


def tries_rows(words: Words, facts: ChipFacts) -> list[TriesText]:
    """A row for every PIN; zero and "not read" are words, never empty dots."""
    return [tries_row(words, facts, pin) for pin in Pin]


def tries_row(words: Words, facts: ChipFacts, pin: Pin) -> TriesText:
    """The counter of one PIN."""
    label, left = words(f"check-tries-{pin.value.replace('_', '-')}"), facts.tries.get(pin)
    if pin is Pin.SIGNATURE and facts.signature_certificate is False:
        return TriesText(label, None, 0, "", words("check-tries-no-certificate"))
    if left is None:
        return TriesText(label, None, 0, "", words("check-tries-unread"))
    if left == 0:
        return TriesText(label, None, 0, "", words("check-tries-zero"))
    most = max(left, MOST_TRIES[pin])
    tone = "ok" if left == most else "warn" if left > 1 else "danger"
    return TriesText(label, left, most, tone,
                     words("check-tries-figures", left=str(left), most=str(most)))  # fmt: skip


def is_my_number_card(facts: ChipFacts) -> bool:
    """Whether there is anything to show beside the kind of card."""
    return facts.kind is CardKind.MY_NUMBER_CARD


def act_line(words: Words, view: CheckView) -> str:
    """A check as the window's bottom line says it."""
    who = words("check-act-of", name=view.resident.name) if view.resident else ""
    number = words("desk-entry-number", number=f"{view.seq:,}")
    line = words("check-act-line", number=number, time=words.clock(view.at), who=who)
    return line.rstrip()


def visit_day_text(words: Words, on: date, today: date) -> str:
    """The day that a check is for, as the button says it."""
    return words("check-day-today") if on == today else words("check-day", day=words.short_day(on))
