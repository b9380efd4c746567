"""Everything that the page カード点検 says of one check, in words.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facility_app.cards.check import Finding, Level, check
from facility_app.cards.chip import ChipFacts
from facility_app.i18n import Words
from facility_app.services.card_checks import CheckView
from facility_app.services.rule_data import rules
from facility_app.ui.viewmodels.card_check import CheckScreen
from facility_app.ui.viewmodels.card_findings import (
    DateText,
    FindingText,
    TriesText,
    Verdict,
    card_dates,
    finding_rows,
    is_my_number_card,
    tries_rows,
    verdict,
    visit_day_text,
)
from facility_app.ui.viewmodels.desk import number_text, room_text


@dataclass(frozen=True)
class Result:
    """Names and `number` are empty while nobody was chosen, or nothing is stored yet."""

    verdict: Verdict
    name: str
    room: str
    text: str
    number: str
    day: str
    is_card: bool
    chosen: bool
    main: str
    dates: list[DateText]
    tries: list[TriesText]
    findings: list[FindingText]


def result_of(words: Words, screen: CheckScreen, today: date) -> Result | None:
    """What to show; None while there is no reading.

    Until the check is stored, the chip alone is judged, for today.
    """
    if screen.reading is None:
        return None
    facts, view = screen.reading.facts, screen.view
    lifetimes = rules().lifetimes
    on = view.on if view is not None else screen.day or today
    findings = view.findings if view is not None else check(facts, on, lifetimes)
    chosen = view is not None and view.resident is not None
    return Result(
        verdict=verdict(words, findings, on, today),
        name=view.resident.name if view is not None and view.resident is not None else "",
        room=_room(words, view),
        text=_below(words, screen, facts),
        number=_number(words, screen),
        day=visit_day_text(words, on, today),
        is_card=is_my_number_card(facts),
        chosen=chosen,
        main=words(_main(is_my_number_card(facts), chosen)),
        dates=card_dates(words, facts, on, lifetimes),
        tries=tries_rows(words, facts),
        findings=_rows(words, findings, screen),
    )


def _main(is_card: bool, chosen: bool) -> str:
    if not is_card:
        return "check-again"
    return "check-to-desk" if chosen else "check-choose"


def _below(words: Words, screen: CheckScreen, facts: ChipFacts) -> str:
    """What the person may do with the card now; of another card, what it is."""
    if not is_my_number_card(facts):
        return words("check-kind", kind=facts.kind)
    return words("check-lifted" if screen.lifted else "check-done")


def _rows(words: Words, findings: tuple[Finding, ...], screen: CheckScreen) -> list[FindingText]:
    view = screen.view
    rows = finding_rows(words, findings, view, screen.differing)
    for name in view.lookalikes if view is not None else ():
        title = words("desk-warn-lookalike-resident", other=name)
        alike = FindingText(Level.WARN, title, words("desk-warn-lookalike-resident-text"))
        graver = (n for n, row in enumerate(rows) if row.level.weight < Level.WARN.weight)
        rows.insert(next(graver, len(rows)), alike)
    return rows


def _room(words: Words, view: CheckView | None) -> str:
    if view is None or view.resident is None:
        return ""
    return room_text(words, view.resident.room)


def _number(words: Words, screen: CheckScreen) -> str:
    if screen.view is not None:
        return words("check-recorded", number=number_text(words, screen.view.seq))
    return words("check-unrecorded") if screen.unrecorded else ""
