"""A card that was read beside a sign-out form, among the warnings of the desk.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facility_app.cards.check import Code, Level, to_mind
from facility_app.cards.chip import Certificate
from facility_app.cards.sentences import finding_text
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.services.card_checks import CheckView
from facility_app.services.desk import DeskResident, WarningKind
from facility_app.ui.viewmodels.card_findings import verdict
from facility_app.ui.viewmodels.desk import WarningText, number_text, warning_text


@dataclass(frozen=True)
class DeskCheck:
    """What is known of the card on the reader: nothing, a check, or why there is none.

    `former`: the name of whoever it was checked for before; it lies there still.
    """

    view: CheckView | None = None
    problem: Exception | None = None
    former: str = ""


_OF_THE_CARD = frozenset(
    {WarningKind.CERTIFICATE_GRACE, WarningKind.CERTIFICATE_SOON, WarningKind.CARD_UNUSABLE}
)
"""What the register says of a card's dates; the card itself says it better."""

_DOUBTFUL = frozenset(
    {
        Code.DATES_DIFFER,
        Code.CARD_OF_ANOTHER_RESIDENT,
        Code.CARD_NOT_RECOGNISED,
        Code.ATTRIBUTES_DIFFER,
        Code.ATTRIBUTES_UNCLEAR,
    }
)
"""With any of these it may be another card: then both are said."""


def out_warnings(words: Words, resident: DeskResident, checked: DeskCheck) -> list[WarningText]:
    """All warnings of a sign-out; those of the card come first among equals."""
    told = _card_warnings(words, checked)
    known = _speaks_for_the_card(checked.view)
    register = [each for each in resident.warnings if not (known and each.kind in _OF_THE_CARD)]
    return [*told, *(warning_text(words, each) for each in register)]


def _card_warnings(words: Words, checked: DeskCheck) -> list[WarningText]:
    if checked.problem is not None:
        text = words.error(checked.problem)
        known = isinstance(checked.problem, FacilityError)
        return [WarningText("notice", words("desk-card-unread"), text.what if known else "")]
    if checked.former:
        title = words("desk-card-former", name=checked.former)
        return [WarningText("warn", title, words("desk-card-former-text"))]
    if checked.view is None:
        return []
    return [
        WarningText(each.level.value, *finding_text(words, each))
        for each in to_mind(checked.view.findings)
    ]


def _speaks_for_the_card(view: CheckView | None) -> bool:
    if view is None or view.facts.certificate is not Certificate.READ:
        return False
    return not _DOUBTFUL & {each.code for each in view.findings}


def card_line(words: Words, checked: DeskCheck, today: date) -> str:
    """The small line under the warnings: what the check came to, and its number."""
    view = checked.view
    if view is None:
        return ""
    number = number_text(words, view.seq)
    if view.level is Level.BLOCK:
        return words("desk-card-recorded", number=number)
    said = verdict(words, view.findings, view.on, today).title
    return words("desk-card-said", said=said, number=number)
