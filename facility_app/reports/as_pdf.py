"""A paper as PDF: A4, all fonts embedded, a page at a time."""

from __future__ import annotations

from typing import BinaryIO

from facility_app.domain.chart import Chart
from facility_app.i18n import Words
from facility_app.reports import blocks
from facility_app.reports.chart import CHART, draw_chart
from facility_app.reports.flow import Flow
from facility_app.reports.paper import (
    Blank,
    Block,
    Facts,
    Figures,
    Note,
    Paper,
    Progress,
    Section,
    Signed,
    Table,
)
from facility_app.reports.stream import StreamCanvas
from facility_app.reports.table import draw_blank, draw_table
from facility_app.reports.wording import Wording


def write_pdf(out: BinaryIO, words: Words, paper: Paper, progress: Progress) -> int:
    """Write the paper to `out` while its rows come; gives the number of pages.

    Raises GlyphMissing with the text that cannot be printed, and what `progress` raises; what was
    written until then is not a PDF.
    """
    title = words(f"reports-title-{paper.kind}")
    canvas = StreamCanvas(out, title, paper.facility, words.language)
    try:
        flow = Flow(canvas, Wording(words, paper.years), paper, progress)
        blocks.draw_title(flow, paper)
        for section in paper.sections:
            _draw_section(flow, section)
        flow.finish()
        canvas.save()
    finally:
        canvas.forget()
    progress(paper.rows, paper.rows)
    return flow.pages


def _draw_section(flow: Flow, section: Section) -> None:
    if section.fresh:
        flow.turn()
    if section.titled:
        title = flow.words(f"reports-section-{section.key}")
        blocks.draw_heading(flow, title, _beginning(section.blocks[0]))
    for block in section.blocks:
        _draw_block(flow, block)


def _beginning(block: Block) -> float:
    """What of a block must stand on the same page as the heading above it, in points."""
    match block:
        case Signed():
            return blocks.SIGNED
        case Chart():
            return CHART
    return blocks.LINES


def _draw_block(flow: Flow, block: Block) -> None:
    match block:
        case Table():
            if block.title:
                blocks.draw_small_heading(flow, flow.words(block.title))
            draw_table(flow, block)
        case Facts():
            blocks.draw_facts(flow, block)
        case Figures():
            blocks.draw_figures(flow, block)
        case Note():
            blocks.draw_note(flow, block)
        case Blank():
            draw_blank(flow, block)
        case Signed():
            blocks.draw_signed(flow, block)
        case Chart():
            draw_chart(flow, block)
