"""Rows of a list of visits as what they say; pure but for the rule file of headers and words.

A day may stand without its year (11/25): it is the next such day from today on.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar

from facility_app.domain.coverage import Answer
from facility_app.domain.dates import WEEKDAYS, DateNotUnderstood, parse_date
from facility_app.domain.visits import Transport
from facility_app.errors import Refused
from facility_app.rules import Table as RuleTable
from facility_app.services.imports.columns import header_key
from facility_app.services.imports.parse import CellError, MoreCellsThanHeaders
from facility_app.services.imports.row import Row
from facility_app.services.imports.table import Table
from facility_app.services.imports.values import WordNotKnown, quoted
from facility_app.services.rule_data import rules

FILE = "visit_columns.toml"


class VisitTarget(StrEnum):
    """A field that a column may fill."""

    NUMBER = "number"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    ROOM = "room"
    DAY = "day"
    STARTS = "starts"
    RETURNS = "returns"
    CLINIC = "clinic"
    PURPOSE = "purpose"
    ESCORT = "escort"
    TRANSPORT = "transport"
    BOOKED = "booked"
    FIRST_VISIT = "first_visit"
    NOTE = "note"


T = VisitTarget


@dataclass(eq=False)
class TimeNotUnderstood(Refused):
    """The cell is no time of day."""

    key: ClassVar[str] = "imports.time_not_understood"
    given: str


@dataclass(eq=False)
class WeekdayDisagrees(Refused):
    """The day of the week that stands beside a day is another one's; `on` is the day."""

    key: ClassVar[str] = "imports.weekday_disagrees"
    given: str
    on: date


@dataclass(eq=False)
class NoVisitColumns(Refused):
    """The list lacks a column without which nothing can be planned."""

    key: ClassVar[str] = "imports.no_visit_columns"


@dataclass
class VisitLine:
    """What one row says.  Empty cells say nothing; the register is asked later."""

    number: int
    cells: dict[VisitTarget, str] = field(default_factory=dict)
    birth_date: date | None = None
    day: date | None = None
    starts: time | None = None
    returns: time | None = None
    said: dict[str, Any] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)

    def text(self, target: VisitTarget) -> str:
        """A cell, empty where it is."""
        return self.cells.get(target, "")


@cache
def _data() -> tuple[dict[str, VisitTarget], dict[str, dict[str, str]]]:
    """Normalised header → field, and normalised word → value by list of words."""
    path = rules().folder / FILE
    rules().origin(path.stem)
    root = RuleTable(FILE, "", tomllib.loads(path.read_text(encoding="utf-8")))
    columns, words = root.table("columns"), root.table("words")
    headers = {
        header_key(name): VisitTarget(key)
        for key in columns.values
        for name in columns.each(key, str)
    }
    lists = {
        name: {
            header_key(word): value
            for value in words.table(name).values
            for word in words.table(name).each(value, str)
        }
        for name in words.values
    }
    return headers, lists


def visit_headers() -> dict[str, VisitTarget]:
    """Normalised header → field."""
    return _data()[0]


def guess_visit_mapping(headers: Sequence[str]) -> dict[VisitTarget, int]:
    """The fields that the headers name; the leftmost column wins where two name the same."""
    mapping: dict[VisitTarget, int] = {}
    for index, header in enumerate(headers):
        target = visit_headers().get(header_key(header))
        if target is not None:
            mapping.setdefault(target, index)
    return mapping


def purpose_word(text: str) -> str | None:
    """The code of the purpose that a word of the rule file means."""
    return _data()[1]["purpose"].get(header_key(text))


def parse_visits(table: Table, mapping: dict[VisitTarget, int], today: date) -> list[VisitLine]:
    """Every row of `table`.  Raises NoVisitColumns; everything else is an error of its row."""
    if not {T.DAY, T.STARTS, T.CLINIC} <= mapping.keys() or not {T.NAME, T.NUMBER} & mapping.keys():
        raise NoVisitColumns
    return [_parse(table, mapping, row, today) for row in table.rows]


def _parse(table: Table, mapping: dict[VisitTarget, int], row: Row, today: date) -> VisitLine:
    out = VisitLine(row.number)

    def wrong(target: VisitTarget | None, refusal: Refused) -> None:
        index = None if target is None else mapping.get(target)
        column = "" if index is None else table.headers[index]
        out.errors.append(CellError(row.number, quoted(column), refusal))

    def value(target: VisitTarget, convert: Callable[[str], Any]) -> Any:
        if not out.text(target):
            return None
        try:
            return convert(out.text(target))
        except Refused as refusal:
            wrong(target, refusal)
            return None

    if any(row.cells[len(table.headers) :]):
        wrong(None, MoreCellsThanHeaders())
    for target, index in mapping.items():
        if index < len(row.cells) and row.cells[index]:
            out.cells[target] = row.cells[index]
    out.birth_date = value(T.BIRTH_DATE, parse_date)
    out.day = value(T.DAY, lambda text: parse_day(text, today))
    span = value(T.STARTS, parse_span)
    if span is not None:
        out.starts, out.returns = span
    returns = value(T.RETURNS, parse_clock)
    out.returns = returns or out.returns
    for target, convert in _SAID.items():
        said = value(target, convert)
        if said is not None:
            out.said[target.value] = said
    return out


def _word(name: str, make: Callable[[str], Any]) -> Callable[[str], Any]:
    def convert(text: str) -> Any:
        words = _data()[1][name]
        found = words.get(header_key(text))
        if found is None:
            raise WordNotKnown(quoted(text), " / ".join(list(words)[:5]))
        return make(found)

    return convert


_SAID: dict[VisitTarget, Callable[[str], Any]] = {
    T.TRANSPORT: _word("transport", Transport),
    T.BOOKED: _word("answer", lambda word: word == Answer.YES.value),
    T.FIRST_VISIT: _word("answer", Answer),
    T.NOTE: str,
}

_CLOCK = r"(午前|午後|AM|PM)?(\d{1,2})(?:[:時](\d{2})?)(?:分)?(?::\d{2})?(半)?"
_SHORT_DAY = re.compile(r"(\d{1,2})[/月.-](\d{1,2})日?(?:\(?([月火水木金土日])\)?曜?日?)?")


def parse_clock(text: str) -> time:
    """A time of day: 13:30, 13時半, 午後1時30分, 930.  Raises TimeNotUnderstood."""
    plain = _plain(text)
    match = re.fullmatch(_CLOCK, plain) or re.fullmatch(r"()(\d{1,2})(\d{2})()", plain)
    if match is None:
        raise TimeNotUnderstood(quoted(text))
    half, hours, minutes = match.group(1), int(match.group(2)), int(match.group(3) or 0)
    if match.group(4):
        minutes = 30
    if half in ("午後", "PM") and hours < 12:
        hours += 12
    if half in ("午前", "AM") and hours == 12:
        hours = 0
    if hours > 23 or minutes > 59:
        raise TimeNotUnderstood(quoted(text))
    return time(hours, minutes)


def parse_span(text: str) -> tuple[time, time | None]:
    """One time, or two with a dash between them (9:30～11:00).  Raises TimeNotUnderstood."""
    parts = [part for part in re.split(r"[~〜～–—−ー-]", _plain(text)) if part]
    if not 1 <= len(parts) <= 2:
        raise TimeNotUnderstood(quoted(text))
    times = [parse_clock(part) for part in parts]
    return times[0], times[1] if len(times) == 2 else None


def parse_day(text: str, today: date) -> date:
    """A day, with or without its year.

    Raises the refusals of `parse_date`, and WeekdayDisagrees where a weekday beside it is not its.
    """
    plain = _plain(text)
    short = _SHORT_DAY.fullmatch(plain)
    if short is None:
        return parse_date(text)
    month, day, weekday = int(short.group(1)), int(short.group(2)), short.group(3)
    found = next(
        (made for year in range(today.year, today.year + 5) if (made := _made(year, month, day))
         and made >= today),
        None,
    )  # fmt: skip
    if found is None:
        raise DateNotUnderstood(quoted(text))
    if weekday is not None and WEEKDAYS[found.weekday()] != weekday:
        raise WeekdayDisagrees(quoted(text), found)
    return found


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
