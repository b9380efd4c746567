"""救急シート: for the ambulance's crew and the hospital's desk; made in one step when it hurries.

No diagnosis and no medicine: the facility keeps none here, the crew reads them from the card or the
お薬手帳.  Who is to be called stands in the order in which they are to be called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import (
    FAINT,
    HEIGHT,
    INK,
    MARGIN,
    WIDTH,
    Heading,
    Sheet,
    broken,
    render,
)
from facility_app.reports.stack import Brick, sheets_of

_TOP = 21 * mm
_BOTTOM = HEIGHT - 17 * mm
_RIGHT = WIDTH - MARGIN
_ROOM = _RIGHT - MARGIN
_LABEL = 34 * mm
_LISTED = 5
"""More things than this stand in running text: telephones must stay on the first page."""


@dataclass(frozen=True)
class Relative:
    """Somebody to call: name, what they are to the resident, telephone."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class EmergencySheet:
    """What stands on it, in words; empty texts are left out.  things: what left with them; ways:
    how they are accepted, in order; relatives: in the order of calling."""

    facility: str
    address: str
    phone: str
    day: str
    name: str
    kana: str
    person: str
    sex: str
    room: str
    left_at: str
    holder: str
    glyphs: str
    things: Sequence[str]
    ways: Sequence[str]
    ratio: str
    relatives: Sequence[Relative]


def emergency_sheet(words: Words, facts: EmergencySheet) -> bytes:
    """The sheet as an A4 PDF.  Raises GlyphMissing for what no font can print."""
    letters().check(facts.name, facts.kana, *(each.name for each in facts.relatives))
    heading = Heading(words("papers-emergency-title"), facts.facility, facts.day)
    return render(words, heading, sheets_of(_bricks(words, facts), _TOP, _BOTTOM))


def _bricks(words: Words, facts: EmergencySheet) -> Iterator[Brick]:
    yield _person(words, facts)
    if facts.glyphs:
        yield _row("", [facts.glyphs], 11)
    yield _row(words("papers-emergency-left"), [facts.left_at], 15)
    yield _row(words("papers-emergency-holder"), [facts.holder], 15)
    yield from _relatives(words, facts.relatives)
    place = [text for text in (facts.facility, facts.address) if text]
    yield _row(words("papers-emergency-facility"), place, 13)
    if facts.phone:
        yield _row(words("papers-emergency-phone"), [facts.phone], 22)
    things = (
        facts.things
        if len(facts.things) <= _LISTED
        else [words("list-separator").join(facts.things)]
    )
    yield _row(words("papers-emergency-things"), things, 13.5)
    numbered = [f"{number}  {way}" for number, way in enumerate(facts.ways, 1)]
    yield _row(words("papers-emergency-ways"), numbered, 13.5)
    if facts.ratio:
        yield _row(words("papers-emergency-ratio"), [facts.ratio], 13.5)
    for field in ("hospital", "crew", "doctor"):
        yield _row(words(f"papers-emergency-{field}"), [""], 16)
    yield _row("", [words("papers-emergency-no-diagnosis")], 10.5)


def _person(words: Words, facts: EmergencySheet) -> Brick:
    """The name as large as it fits; a very long one in lines."""
    whole = letters().width(facts.name, 1.0, bold=True)
    size = max(19.0, min(34.0, (_ROOM - 14 * mm) / max(whole, 1e-6)))
    names = broken(facts.name, _ROOM - 14 * mm, size, bold=True)
    kana = broken(facts.kana, _ROOM, 13) if facts.kana else []
    top = 12 * mm + len(kana) * 6 * mm
    below = top + len(names) * size * 1.22 + 1.5 * mm
    person = words("papers-emergency-person", person=facts.person, sex=facts.sex, room=facts.room)
    lines = broken(person, _ROOM, 16, bold=True)

    def lay(sheet: Sheet, y: float) -> None:
        sheet.text(MARGIN, y + 8 * mm, words("papers-emergency-title"), 18, bold=True)
        for number, line in enumerate(kana):
            sheet.text(MARGIN, y + (17 + 6 * number) * mm, line, 13)
        for number, line in enumerate(names):
            wide = sheet.text(
                MARGIN, y + top + size * (1.05 + 1.22 * number), line, size, bold=True
            )
            if number == len(names) - 1:
                base = y + top + size * (1.05 + 1.22 * number)
                sheet.text(MARGIN + wide + 2 * mm, base, words("papers-visit-san"), 16)
        for number, line in enumerate(lines):
            sheet.text(MARGIN, y + below + (5.5 + 7 * number) * mm, line, 16, bold=True)

    return Brick(below + len(lines) * 7 * mm + 2 * mm, lay)


def _row(label: str, values: Sequence[str], size: float) -> Brick:
    """A label and its lines beside it; without a label the whole width."""
    left = MARGIN + _LABEL if label else MARGIN
    lines = [line for value in values for line in broken(value, _RIGHT - left, size, bold=True)]
    labels = broken(label, _LABEL - 3 * mm, 10.5)
    height = max(len(lines) * size * 1.42, len(labels) * 5 * mm, 7 * mm) + 2.4 * mm

    def lay(sheet: Sheet, y: float) -> None:
        sheet.line(MARGIN, y, _RIGHT, y)
        for number, line in enumerate(labels):
            sheet.text(MARGIN, y + (5.4 + 5 * number) * mm, line, 10.5, ink=FAINT)
        for number, line in enumerate(lines):
            sheet.text(left, y + 0.8 * mm + size * (1.2 + 1.42 * number), line, size, bold=True)

    return Brick(height, lay)


def _relatives(words: Words, relatives: Sequence[Relative]) -> Iterator[Brick]:
    """Each with a box to tick once reached; or a line that says that nobody is noted."""
    label = words("papers-emergency-relatives")
    if not relatives:
        yield _row(label, [words("papers-emergency-nobody")], 13.5)
        return
    for number, each in enumerate(relatives):
        yield _relative(label if number == 0 else "", each, words)


def _relative(label: str, each: Relative, words: Words) -> Brick:
    left = MARGIN + _LABEL
    name = words("papers-emergency-relative", name=each.name, relation=each.relation)
    names = broken(name, 74 * mm, 13, bold=True)
    phone = each.phone or words("papers-emergency-no-phone")
    height = len(names) * 6 * mm + 3.4 * mm

    def lay(sheet: Sheet, y: float) -> None:
        sheet.line(MARGIN if label else left, y, _RIGHT, y)
        sheet.text(MARGIN, y + 5.4 * mm, label, 10.5, ink=FAINT)
        sheet.box(left, y + 2 * mm, 4.2 * mm, 4.2 * mm, line=INK, thick=0.9)
        for number, line in enumerate(names):
            sheet.text(left + 6.5 * mm, y + (6 + 6 * number) * mm, line, 13, bold=True)
        sheet.text(_RIGHT, y + 6.4 * mm, phone, 17 if each.phone else 11, bold=True, anchor="right")

    return Brick(height, lay)
