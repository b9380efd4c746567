"""付添カード: what the escort needs in the hand, on a quarter of A4 (half of A5), without the name.

Whoever finds a lost card must not learn who was where, so it says neither name nor birth date nor
which papers of public funds there are: the pouch's short form, the hour, the ways and whom to call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import FAINT, HEIGHT, INK, WIDTH, Heading, Sheet, broken, render

PER_SHEET = 4
"""Cards on one sheet; it is cut twice through the middle."""

MOST_WAYS = 5
"""Ways that fit; the sheet of the visit has them all."""

_EDGE = 9 * mm
_WIDE, _TALL = WIDTH / 2, HEIGHT / 2


@dataclass(frozen=True)
class EscortCard:
    """One card, in words.  tag: short form of the pouch's tag; ways: name and sentence, in order;
    facts: label and value; call: whose telephone and its number."""

    tag: str
    when: str
    clinic: str
    facts: Sequence[tuple[str, str]]
    ways: Sequence[tuple[str, str]]
    blocked: str
    call: tuple[str, str]


def escort_cards(words: Words, facility: str, cards: Sequence[EscortCard]) -> bytes:
    """The cards as A4 sheets of four.  Raises GlyphMissing, ValueError where there is none."""
    if not cards:
        raise ValueError("no cards")
    letters().check(*(text for card in cards for text in (card.clinic, *card.call)))
    sheets = [cards[first : first + PER_SHEET] for first in range(0, len(cards), PER_SHEET)]
    heading = Heading(words("papers-escort-title"), facility, "")
    pages = [partial(_sheet, words=words, cards=sheet) for sheet in sheets]
    return render(words, heading, pages, framed=False)


def _sheet(page: Sheet, words: Words, cards: Sequence[EscortCard]) -> None:
    page.line(_WIDE, 0, _WIDE, HEIGHT, FAINT)
    page.line(0, _TALL, WIDTH, _TALL, FAINT)
    for place, card in enumerate(cards):
        row, column = divmod(place, 2)
        _card(page, words, card, column * _WIDE + _EDGE, row * _TALL + _EDGE)


def _card(page: Sheet, words: Words, card: EscortCard, x: float, top: float) -> None:
    room = _WIDE - 2 * _EDGE
    page.text(x, top + 5 * mm, words("papers-escort-title"), 10, bold=True)
    page.text(x + room, top + 5.6 * mm, card.tag, 15, bold=True, anchor="right")
    page.line(x, top + 8 * mm, x + room, top + 8 * mm, INK)
    page.text(x, top + 14.5 * mm, card.when, 15, bold=True)
    y = top + 20.5 * mm
    for line in broken(card.clinic, room, 11, bold=True)[:2]:
        page.text(x, y, line, 11, bold=True)
        y += 5 * mm
    for label, value in card.facts:
        page.text(x, y + 1 * mm, label, 8, ink=FAINT)
        for line in broken(value, room - 24 * mm, 11, bold=True)[:2]:
            page.text(x + 24 * mm, y + 1 * mm, line, 11, bold=True)
            y += 5.2 * mm
    y = _warned(page, card, x, y + 1.5 * mm, room)
    bottom = top + _TALL - 2 * _EDGE - 16 * mm
    _ways(page, card.ways, x, y, room, bottom)
    page.line(x, bottom + 3 * mm, x + room, bottom + 3 * mm, INK)
    page.text(x, bottom + 8 * mm, card.call[0], 9)
    page.text(x, bottom + 15 * mm, card.call[1], 16, bold=True)


def _warned(page: Sheet, card: EscortCard, x: float, y: float, room: float) -> float:
    """Gives where the next thing begins."""
    if not card.blocked:
        return y
    lines = broken(card.blocked, room - 6 * mm, 10, bold=True)
    height = len(lines) * 4.8 * mm + 3 * mm
    page.box(x, y, room, height, line=INK, thick=1.4, radius=3)
    for number, line in enumerate(lines):
        page.text(x + 3 * mm, y + (5 + 4.8 * number) * mm, line, 10, bold=True)
    return float(y + height + 2 * mm)


def _ways(
    page: Sheet, ways: Sequence[tuple[str, str]], x: float, y: float, room: float, bottom: float
) -> None:
    """As many as there is room for, each whole."""
    for number, (name, say) in enumerate(ways[:MOST_WAYS], 1):
        says = broken(say, room - 7 * mm, 10)
        if y + (6 + 4.6 * len(says)) * mm > bottom:
            return
        page.text(x, y + 4.6 * mm, str(number), 12, bold=True)
        page.text(x + 7 * mm, y + 4.6 * mm, name, 11.5, bold=True)
        for index, line in enumerate(says):
            page.text(x + 7 * mm, y + (9.6 + 4.6 * index) * mm, line, 10)
        y += (7 + 4.6 * len(says)) * mm
