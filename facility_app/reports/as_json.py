"""A paper as JSON for programs: keys and names that do not change with the language, rows as
objects by column, written while they come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from facility_app.domain.chart import Chart
from facility_app.i18n import Words
from facility_app.reports.paper import (
    Blank,
    Block,
    Facts,
    Figures,
    Note,
    Paper,
    Progress,
    Signed,
    Table,
)
from facility_app.reports.wording import Wording

_TOLD = 500


def write_json(out: BinaryIO, words: Words, paper: Paper, progress: Progress) -> None:
    """Write the paper to `out`: one object, UTF-8.  Raises what `progress` raises.

    ::

        {"paper": "ledger", "facility": …, "about": …, "made_at": …, "sections": {section: {
            "facts": {…}, "notes": […], "charts": {…}, "checkpoints": {…}, "tables": {table: […]}}}}
    """
    for piece in _pieces(Wording(words), paper, progress):
        out.write(piece.encode())
    progress(paper.rows, paper.rows)


def _pieces(wording: Wording, paper: Paper, progress: Progress) -> Iterator[str]:
    head = {
        "paper": paper.kind,
        "facility": paper.facility,
        "about": wording.text(paper.about),
        "made_at": wording.plain(paper.made_at),
    }
    yield _dumped(head)[:-1] + ', "sections": {'
    rows = 0
    for number, section in enumerate(paper.sections):
        yield f'{", " if number else ""}\n{_dumped(section.key)}: {{"tables": {{'
        tables = [block for block in section.blocks if isinstance(block, Table)]
        for place, table in enumerate(tables):
            yield f"{', ' if place else ''}\n{_dumped(table.key)}: ["
            for line, row in enumerate(table.rows()):
                keys = (column.key for column in table.columns)
                values = {key: wording.plain(v) for key, v in zip(keys, row, strict=True)}
                yield f"{',' if line else ''}\n{_dumped(values)}"
                rows += 1
                if rows % _TOLD == 0:
                    progress(min(rows, paper.rows), paper.rows)
            yield "]"
        yield f"}}, {_dumped(_rest(wording, section.blocks))[1:-1]}}}"
    yield "}}\n"


def _rest(wording: Wording, blocks: tuple[Block, ...]) -> dict[str, Any]:
    """What of a section is no table."""
    facts: dict[str, Any] = {}
    notes: list[str] = []
    charts: dict[str, Any] = {}
    signed: dict[str, Any] = {}
    for block in blocks:
        match block:
            case Facts() | Figures():
                facts |= {key: wording.plain(value) for key, value in block.pairs}
            case Note():
                notes.append(block.text.key)
            case Chart():
                charts[block.title.key] = _chart(wording, block)
            case Signed():
                signed[block.key] = {
                    "text": block.text,
                    "entries": block.size,
                    "made_at": wording.plain(block.made_at),
                    "words": list(block.words),
                }
            case Table() | Blank():
                pass
    return {"facts": facts, "notes": notes, "charts": charts, "checkpoints": signed}


def _chart(wording: Wording, chart: Chart) -> dict[str, Any]:
    return {
        "unit": chart.unit.value,
        "categories": [wording.name(each) for each in chart.categories],
        "series": [
            {"name": wording.name(each.label), "values": list(each.values)} for each in chart.series
        ],
    }


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
