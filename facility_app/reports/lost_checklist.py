"""The checklist of a loss (対応チェックリスト): works on paper while the power is out.

Everything that the screen would show: whom to call in large type, what to say, what to bring, and
lines for the evidence, which is typed in afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.layout import ROOM, Layout, text_width
from facility_app.reports.page import FAINT, INK, MARGIN, Heading, Sheet

_INDENT = 9 * mm
_SMALL = 8.5
_FIELD = 9 * mm


@dataclass(frozen=True)
class CheckPhone:
    """Whom to call: name, number (empty = `find` says where it stands), what to press, when it is
    answered and what it costs, and the others to try."""

    name: str
    number: str
    keys: str
    hours: str
    find: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class CheckStep:
    """One step as it stands on paper.

    by: until when and by whom; fields: labels of the lines to write on, with what was filled in
    already; choices: boxes, ticked or not; done: who did it and when, empty while it waits; source:
    where it comes from and when that was checked.
    """

    title: str
    by: str
    source: str
    phone: CheckPhone | None = None
    say: str = ""
    note: str = ""
    bring: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    choices: tuple[tuple[str, bool], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    done: str = ""


@dataclass(frozen=True)
class Checklist:
    """The whole paper.  facts: label and value, empty values to be written by hand."""

    title: str
    facility: str
    day: str
    what: str
    how: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[CheckStep, ...]


def checklist_pdf(words: Words, paper: Checklist) -> bytes:
    """The checklist as an A4 PDF.  Raises GlyphMissing."""
    layout = Layout()
    layout.text(paper.title, 18, bold=True)
    layout.text(paper.what, 13, bold=True)
    layout.text(paper.how, 9.5)
    for label, value in paper.facts:
        layout.field(label, value, label_width=38 * mm)
    layout.gap(5 * mm)
    for number, step in enumerate(paper.steps, 1):
        _step(layout, words, number, step)
    return layout.pdf(words, Heading(paper.title, paper.facility, paper.day))


def _step(layout: Layout, words: Words, number: int, step: CheckStep) -> None:
    layout.need(_height(layout, step))
    layout.rule()
    layout.gap(3 * mm)
    layout.tick(f"{number}  {step.title}", ticked=bool(step.done), size=12.5)
    layout.text(step.done or step.by, 9.5, bold=bool(step.done), left=_INDENT)
    if step.phone is not None:
        _phone(layout, words, step.phone)
    if step.say:
        layout.gap(1.5 * mm)
        layout.text(words("lost-paper-say"), _SMALL, ink=FAINT, left=_INDENT)
        layout.text(step.say, 11, left=_INDENT)
    if step.note:
        layout.text(step.note, 9, left=_INDENT)
    for text in step.bring:
        layout.tick(text, left=_INDENT, size=9.5)
    for text in step.fees:
        layout.text(text, 9.5, left=_INDENT)
    _choices(layout, step.choices)
    for label, value in step.fields:
        layout.field(label, value, left=_INDENT, label_width=38 * mm)
    layout.gap(2 * mm)
    layout.text(step.source, 7, ink=FAINT, left=_INDENT)
    layout.gap(4 * mm)


def _height(layout: Layout, step: CheckStep) -> float:
    """About how high a step is, so that it begins where it ends on the same sheet."""
    texts = [(step.by, 9.5), (step.say, 11), (step.note, 9), (step.source, 7)]
    texts += [(text, 9.5) for text in (*step.bring, *step.fees)]
    high = sum(layout.height(text, size, _INDENT) for text, size in texts if text)
    high += _FIELD * len(step.fields) + 6 * mm * ((len(step.choices) + 1) // 2)
    return float(high + (24 * mm if step.phone is not None else 0) + 22 * mm)


def _phone(layout: Layout, words: Words, phone: CheckPhone) -> None:
    layout.gap(1 * mm)
    layout.text(phone.name, 9.5, left=_INDENT)
    if phone.number:
        size = 24
        layout.need(size * 1.5)
        layout.gap(size * 1.35)
        base = layout.y - 2 * mm
        layout.draw(
            partial(
                Sheet.text,
                x=MARGIN + _INDENT,
                y=base,
                text=phone.number,
                size=size,
                bold=True,
                ink=INK,
            )
        )
        if phone.keys:
            after = MARGIN + _INDENT + text_width(phone.number, size, bold=True) + 8 * mm
            keys = words("lost-paper-keys", keys=phone.keys)
            layout.draw(partial(Sheet.text, x=after, y=base, text=keys, size=14, bold=True))
    else:
        layout.field(words("lost-paper-number"), "", left=_INDENT, label_width=38 * mm)
        layout.gap(2 * mm)
        layout.text(phone.find, _SMALL, left=_INDENT, ink=FAINT)
    if phone.hours:
        layout.text(phone.hours, 9, left=_INDENT)
    for text in phone.also:
        layout.text(text, _SMALL, left=_INDENT)


def _choices(layout: Layout, choices: tuple[tuple[str, bool], ...]) -> None:
    """Boxes to tick, two beside each other."""
    half = (ROOM - _INDENT) / 2
    for start in range(0, len(choices), 2):
        layout.need(7 * mm)
        top = layout.y
        lowest = top
        for column, (text, ticked) in enumerate(choices[start : start + 2]):
            layout.y = top
            layout.tick(text, ticked=ticked, left=_INDENT + column * half, size=9)
            lowest = max(lowest, layout.y)
        layout.y = lowest + 1 * mm
