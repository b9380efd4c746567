"""Stages of a date as the five columns of the timeline.  Knows no Qt.

Columns: 有効, 更新可, 期限間近, 猶予中, 利用不可.  A paper has neither 更新可 nor 猶予中: the stage
before spans the gap, so that equal columns stay under each other (mock README, "Timeline").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facility_app.domain.expiry import ExpiryState, Stage
from facility_app.i18n import Words
from facility_app.services.resident_data import DateLine

PHASES = tuple(ExpiryState)
MONTH_LETTERS = 3
"""Of a month's name between the borders: all of 12月, and Sep of September."""

_COUNTED = (ExpiryState.SOON, ExpiryState.GRACE)
_STARTS = (ExpiryState.RENEWABLE, ExpiryState.SOON)


@dataclass(frozen=True)
class StageColumn:
    """One stage: its phase by value, words for the present one, and how many columns it spans."""

    phase: str
    words: str
    span: int


@dataclass(frozen=True)
class BorderText:
    """Words under the border after column `after` (1-4)."""

    after: int
    words: str
    strong: bool


@dataclass(frozen=True)
class TimelineModel:
    """A timeline as it is drawn; `at` is where in the present stage today lies, 0.0-1.0."""

    stages: tuple[StageColumn, ...]
    present: int
    at: float
    borders: tuple[BorderText, ...]
    spoken: str


def timeline(words: Words, line: DateLine, today: date) -> TimelineModel:
    """The timeline of one date on `today`."""
    columns = [PHASES.index(stage.state) for stage in line.stages]
    ends = [*columns[1:], len(PHASES)]
    present = line.stages.index(line.present)
    stages = tuple(
        StageColumn(
            stage.state.value,
            present_words(words, stage, today) if number == present else words.term(stage.state),
            end - column,
        )
        for number, (stage, column, end) in enumerate(zip(line.stages, columns, ends, strict=True))
    )
    return TimelineModel(
        stages,
        present,
        _position(line.present, today),
        _borders(words, line, columns, today),
        spoken(words, line, today),
    )


def present_words(words: Words, stage: Stage, today: date) -> str:
    """The words on the present stage: days left where they are counted, else the state."""
    if stage.state in _COUNTED and stage.last is not None:
        return words("residents-days-left", count=str((stage.last - today).days))
    return words.term(stage.state)


def spoken(words: Words, line: DateLine, today: date) -> str:
    """The line as one sentence, for a screen reader."""
    role, state = words.term(line.role), present_words(words, line.present, today)
    if line.present.last is None:
        return words("residents-line-open", role=role, state=state)
    return words("residents-line", role=role, state=state, until=words.day(line.present.last))


def _position(stage: Stage, today: date) -> float:
    if stage.first is None or stage.last is None:
        return 0.5
    return ((today - stage.first).days + 0.5) / ((stage.last - stage.first).days + 1)


def _borders(
    words: Words, line: DateLine, columns: list[int], today: date
) -> tuple[BorderText, ...]:
    borders = []
    year = today.year
    for number in range(1, len(line.stages)):
        before, stage = line.stages[number - 1], line.stages[number]
        starts = stage.state in _STARTS
        day = stage.first if starts else before.last
        if day is None:
            continue
        shown = short_day(words, day, year)
        year = day.year
        text = words("residents-from" if starts else "residents-until", day=shown)
        borders.append(BorderText(columns[number], text, before is line.present))
    return tuple(borders)


def short_day(words: Words, day: date, year: int) -> str:
    """A day, with its year only where that differs from `year`."""
    if day.year != year:
        return words.day(day)
    month = words(f"date-month-{day.month}")[:MONTH_LETTERS]
    return words("residents-month-day", day=str(day.day), month=month)
