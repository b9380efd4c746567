"""Charts (図) as a description: what is counted, along what, in which unit; never how it is drawn.

The page and the paper draw the same description (issue #5), so a chart says the same on both.
Words are named by their key in the catalogues; a name that the facility gave stands as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

_STEPS = (1, 2, 5)


class ChartKind(Enum):
    """BAR: one column per category, series side by side; STACKED: series upon each other."""

    BAR = "bar"
    LINE = "line"
    STACKED = "stacked"


class Unit(Enum):
    """What the numbers count; the word stands at the axis."""

    TIMES = "times"
    CHECKS = "checks"
    HOURS = "hours"
    MINUTES = "minutes"


class Tone(Enum):
    """How a series is meant; a second sign beside the colour, never the colour alone, tells it."""

    PLAIN = "plain"
    NOTICE = "notice"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Word:
    """A word of the program: its key in the catalogues."""

    key: str


@dataclass(frozen=True)
class Month:
    """A calendar month; `first` is its first day."""

    first: date


@dataclass(frozen=True)
class Year:
    """A calendar year."""

    number: int


Label = Word | Month | Year | date | str
"""What a category or a series is called: text as the facility wrote it, a word, a day, …"""


@dataclass(frozen=True)
class Series:
    """One row of numbers, one for each category; None where nothing could be counted."""

    label: Label
    values: tuple[float | None, ...]
    tone: Tone = Tone.PLAIN

    @property
    def total(self) -> float:
        """The sum of what could be counted."""
        return sum(value for value in self.values if value is not None)


@dataclass(frozen=True)
class Chart:
    """One chart.

    title, note: keys of words; `note` says how it was counted and may be empty.  Raises ValueError
    where a series does not fit the categories or counts less than nothing.
    """

    title: Word
    kind: ChartKind
    unit: Unit
    categories: tuple[Label, ...]
    series: tuple[Series, ...]
    note: Word | None = None

    def __post_init__(self) -> None:
        for each in self.series:
            if len(each.values) != len(self.categories):
                raise ValueError("a series has one value for each category")
            if any(value is not None and value < 0 for value in each.values):
                raise ValueError("a chart counts up from nothing")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no category, or nothing but zeros."""
        return not any(each.total for each in self.series)

    @property
    def highest(self) -> float:
        """The highest value that is drawn; the sum of the series where they stand on each other."""
        if self.kind is ChartKind.STACKED:
            columns = zip(*(each.values for each in self.series), strict=True)
            return max((sum(v or 0 for v in column) for column in columns), default=0.0)
        return max((v for each in self.series for v in each.values if v is not None), default=0.0)


def ticks(highest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers for the axis from 0 up to at least `highest`, in equal steps of 1, 2 or 5.

    most: how many steps at most (at least 1).  Steps are whole numbers; 0 and 1 where nothing was
    counted.
    """
    power = 1
    while True:
        for step in (each * power for each in _STEPS):
            count = max(1, math.ceil(highest / step))
            if count <= most:
                return tuple(float(step * number) for number in range(count + 1))
        power *= 10


def labelled(categories: Sequence[Label], room: int) -> tuple[int, ...]:
    """Which categories get their label written where only `room` labels fit: evenly spaced ones.

    The first is always among them.
    """
    if not categories:
        return ()
    every = math.ceil(len(categories) / max(1, room))
    return tuple(range(0, len(categories), every))
