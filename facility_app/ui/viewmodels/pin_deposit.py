"""What is still wrong with a PIN that is being typed; works on the bytes where they lie.

Knows no Qt.  The services ask the same rules again.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from facility_app.domain.pins import PinKind, Weakness, guessable, holds_individual_number
from facility_app.i18n import Words
from facility_app.services.pin_views import Holdable
from facility_app.ui.viewmodels.pins import not_agreed_text


class Line(Enum):
    """One rule, shown as a line under the fields."""

    LENGTH = "length"
    AGAIN = "again"
    GUESSABLE = "guessable"


def lines_of(
    kind: PinKind, pin: memoryview, again: int, same: bool, birth: date | None
) -> tuple[dict[Line, bool | None], tuple[Weakness, ...]]:
    """Each rule: kept, broken, or None while it cannot be told; and why the PIN is guessable.

    `again`: how many characters were typed the second time.
    """
    fits = kind.lowest <= len(pin) <= kind.highest and not holds_individual_number(pin)
    weak = guessable(pin, birth) if fits else ()
    return {
        Line.LENGTH: fits if len(pin) else None,
        Line.AGAIN: same if again else None,
        Line.GUESSABLE: None if not fits else not weak,
    }, weak


def good(lines: dict[Line, bool | None], knows: bool) -> bool:
    """Whether it may be sent; `knows`: the person wants a guessable one all the same."""
    weak_but_known = lines[Line.GUESSABLE] is True or (knows and lines[Line.GUESSABLE] is False)
    return lines[Line.LENGTH] is True and lines[Line.AGAIN] is True and weak_but_known


def hindrance(words: Words, found: Holdable, *, replacing: bool) -> tuple[str, str] | None:
    """Why nothing may be held, and what to do; None where it may."""
    if not found.agreed.in_force:
        why = not_agreed_text(words, found.agreed)
        return words("pin-deposit-no-agreement", why=why), words("pin-deposit-no-agreement-todo")
    if not found.card:
        return words("pin-deposit-no-card"), words("pin-deposit-no-card-todo")
    if found.held is not None and not replacing:
        return words("pin-deposit-held"), words("pin-deposit-held-todo")
    return None
