"""A certificate on one sheet (修了証): a frame, a name in large type, a sentence, who gives it."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import (
    FAINT,
    HEIGHT,
    INK,
    WIDTH,
    Heading,
    Sheet,
    broken,
    render,
)

_EDGE = 16 * mm
_INNER = 18.5 * mm
_TEXT = 42 * mm
_NAME_SIZE = 26.0
_MIDDLE = WIDTH / 2


@dataclass(frozen=True)
class Certificate:
    """What stands on it.

    number: small, at the top; name: with its form of address; lines: the sentence and the facts
    under it; giver: who gives it, the last one with a seal.
    """

    title: str
    facility: str
    number: str
    name: str
    text: str
    facts: tuple[tuple[str, str], ...]
    day: str
    giver: tuple[str, ...]
    seal: str


def certificate_pdf(words: Words, certificate: Certificate) -> bytes:
    """The certificate as a one-page A4 PDF.  Raises GlyphMissing."""
    letters().check(certificate.name, certificate.facility, *certificate.giver)
    heading = Heading(certificate.title, certificate.facility, certificate.day)
    return render(words, heading, [lambda page: _draw(page, certificate)], framed=False)


def _draw(page: Sheet, certificate: Certificate) -> None:
    for edge, thick in ((_EDGE, 2.0), (_INNER, 0.6)):
        page.box(edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge, line=INK, thick=thick)
    page.text(WIDTH - _INNER - 6 * mm, 32 * mm, certificate.number, 10, ink=FAINT, anchor="right")
    page.text(_MIDDLE, 66 * mm, certificate.title, 34, bold=True, anchor="middle")
    page.text(
        _MIDDLE, 96 * mm, certificate.name, _name_size(certificate.name), bold=True, anchor="middle"
    )
    page.line(_TEXT, 101 * mm, WIDTH - _TEXT, 101 * mm)
    y = page.paragraph(_TEXT, 118 * mm, certificate.text, WIDTH - 2 * _TEXT, 14)
    y += 8 * mm
    for label, value in certificate.facts:
        page.text(_TEXT, y, label, 10.5, ink=FAINT)
        for line in broken(value, WIDTH - 2 * _TEXT - 30 * mm, 11):
            page.text(_TEXT + 30 * mm, y, line, 11)
            y += 7 * mm
    _giver(page, certificate)


def _giver(page: Sheet, certificate: Certificate) -> None:
    """Day, facility, and who gives it, from the bottom up; room for a seal beside the last line."""
    right = WIDTH - _TEXT
    y = HEIGHT - 48 * mm
    side = 18 * mm
    page.box(right - side, y - side + 4 * mm, side, side, dash=(2, 2))
    page.text(
        right - side / 2, y - side / 2 + 5 * mm, certificate.seal, 9, ink=FAINT, anchor="middle"
    )
    for line in reversed(certificate.giver):
        page.text(right - side - 4 * mm, y, line, 13, anchor="right")
        y -= 9 * mm
    page.text(_TEXT, y - 6 * mm, certificate.day, 12)


def _name_size(name: str) -> float:
    """The largest size in which the name stands on one line."""
    size = _NAME_SIZE
    while size > 10 and letters().width(name, size, bold=True) > WIDTH - 2 * _TEXT:
        size -= 1
    return size
