"""The other parts of a paper: title, facts, figures, sentences, and the box of a checkpoint."""

from __future__ import annotations

from reportlab.lib.units import mm

from facility_app.reports.flow import ROOM, Flow
from facility_app.reports.page import FAINT, INK, MARGIN, WIDTH, broken
from facility_app.reports.paper import Facts, Figures, Note, Paper, Signed
from facility_app.reports.qr import QUIET, draw_modules, modules_of

_SEAL = 19 * mm
_SEAL_HEAD = 5.5 * mm
_LABEL = 84 * mm
_TILE = 17 * mm
_QR = 36 * mm
_TEXT_SIZE = 6.6
SIGNED: float = _QR + 7 * mm
LINES: float = 22 * mm
"""The head of a table and its first row, or a few lines."""


def draw_title(flow: Flow, paper: Paper) -> None:
    """The name of the paper, what it is about and when it was made; boxes for seals beside it."""
    sheet, y = flow.sheet, flow.y
    seals = len(paper.seals) * _SEAL
    for number, key in enumerate(paper.seals):
        x = WIDTH - MARGIN - seals + number * _SEAL
        sheet.box(x, y, _SEAL, _SEAL_HEAD + _SEAL, line=INK, thick=0.5)
        sheet.line(x, y + _SEAL_HEAD, x + _SEAL, y + _SEAL_HEAD, INK)
        middle = x + _SEAL / 2
        sheet.text(middle, y + 3.9 * mm, flow.words(f"reports-seal-{key}"), 7.5, anchor="middle")
    title = flow.words(f"reports-title-{paper.kind}")
    y += 9 * mm
    sheet.text(MARGIN, y, title, 20, bold=True)
    y = sheet.paragraph(
        MARGIN, y + 8.5 * mm, flow.wording.text(paper.about), ROOM - seals - 4 * mm, 12
    )
    made = flow.words("reports-made", at=paper.made_at, name=paper.made_by)
    y = sheet.paragraph(MARGIN, y, made, ROOM - seals - 4 * mm, 9)
    flow.y = max(y, flow.y + (_SEAL + _SEAL_HEAD + 4 * mm if seals else 0))


def draw_heading(flow: Flow, title: str, beginning: float) -> None:
    """The heading of a section, on one page with the first `beginning` points of what follows."""
    flow.need(14 * mm + beginning)
    flow.y += 6 * mm
    flow.sheet.text(MARGIN, flow.y + 4 * mm, title, 13, bold=True)
    flow.y += 8 * mm


def draw_small_heading(flow: Flow, title: str) -> None:
    """The heading of a table among several."""
    flow.need(8.5 * mm + LINES)
    flow.sheet.text(MARGIN, flow.y + 6 * mm, title, 10, bold=True)
    flow.y += 8.5 * mm


def draw_note(flow: Flow, note: Note) -> None:
    """A sentence, as long as it is."""
    for line in broken(flow.wording.text(note.text), ROOM, 9.5):
        flow.need(6 * mm)
        flow.sheet.text(MARGIN, flow.y + 4 * mm, line, 9.5)
        flow.y += 5.4 * mm
    flow.y += 1.5 * mm


def draw_facts(flow: Flow, facts: Facts) -> None:
    """Labels at the left, values beside them, thin lines between."""
    for key, value in facts.pairs:
        lines = broken(flow.wording.text(value), ROOM - _LABEL, 9.5)
        flow.need((3 + 5 * len(lines)) * mm)
        flow.sheet.text(MARGIN, flow.y + 4.8 * mm, flow.words(f"reports-fact-{key}"), 9.5)
        for number, line in enumerate(lines):
            y = flow.y + (4.8 + 5 * number) * mm
            flow.sheet.text(MARGIN + _LABEL, y, line, 9.5, bold=True)
        flow.y += (2 + 5 * len(lines)) * mm
        flow.sheet.line(MARGIN, flow.y, WIDTH - MARGIN, flow.y)
    flow.y += 3 * mm


def draw_figures(flow: Flow, figures: Figures) -> None:
    """Numbers in boxes, side by side."""
    flow.need(_TILE + 4 * mm)
    gap = 3 * mm
    wide = (ROOM - gap * (len(figures.pairs) - 1)) / len(figures.pairs)
    for number, (key, value) in enumerate(figures.pairs):
        x = MARGIN + number * (wide + gap)
        flow.sheet.box(x, flow.y, wide, _TILE, radius=1.5 * mm)
        label = flow.words(f"reports-fact-{key}")
        flow.sheet.text(x + 3 * mm, flow.y + 5 * mm, label, 8, ink=FAINT)
        flow.sheet.text(x + 3 * mm, flow.y + 13.5 * mm, f"{value:,}", 20, bold=True)
    flow.y += _TILE + 4 * mm


def draw_signed(flow: Flow, signed: Signed) -> None:
    """A checkpoint to be kept on paper: QR code, six words, and the text itself."""
    modules = modules_of(signed.text)
    height = SIGNED - 3 * mm
    flow.need(SIGNED)
    sheet, top = flow.sheet, flow.y + 1 * mm
    sheet.box(MARGIN, top, ROOM, height, line=INK, thick=0.6, radius=1.5 * mm)
    draw_modules(
        sheet,
        modules,
        WIDTH - MARGIN - _QR - 2 * mm,
        top + 2 * mm,
        _QR / (len(modules) + 2 * QUIET),
    )
    x, wide = MARGIN + 4 * mm, ROOM - _QR - 10 * mm
    sheet.text(x, top + 6.5 * mm, flow.words(signed.title), 10.5, bold=True)
    covers = flow.words("reports-signed-covers", size=signed.size, at=signed.made_at)
    sheet.text(x, top + 11.5 * mm, covers, 8, ink=FAINT)
    spoken = "\u3000".join(signed.words)
    sheet.text(x, top + 18.5 * mm, spoken, min(12.0, _fitting(flow, spoken, wide)), bold=True)
    y = top + 24 * mm
    for text in signed.text.rstrip("\n").split("\n"):
        for line in broken(text, wide, _TEXT_SIZE):
            sheet.text(x, y, line, _TEXT_SIZE)
            y += 2.7 * mm
    flow.y += SIGNED


def _fitting(flow: Flow, text: str, width: float) -> float:
    """The size at which `text` is as wide as `width`."""
    return width / flow.setter.width(text, 1, True)
