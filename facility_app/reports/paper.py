"""A paper as a description: sections of facts, tables, charts and boxes, in the order they stand.

PDF, CSV and JSON are written from the same description, so they cannot say different things.  Words
are named by their keys; what the facility wrote stands as it is.  Rows are streams: a table gives
them when it is written and nobody holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from facility_app.domain.chart import Chart, Month, Word


@dataclass(frozen=True)
class Span:
    """A length of time in whole minutes."""

    minutes: int


@dataclass(frozen=True)
class Named:
    """What the record calls something: its word is ``<area>-<name>``, or the name itself where a
    newer version wrote it.

    area: ``action`` for acts (``item.signed_out``), ``reports-refusal`` for reasons.
    """

    area: str
    name: str


@dataclass(frozen=True)
class Text:
    """A sentence of the catalogues with its facts."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


Value = (
    str
    | int
    | date
    | datetime
    | Enum
    | Month
    | Word
    | Span
    | Named
    | Text
    | None
    | tuple["Value", ...]
)
"""What a cell holds.  Moments are aware; a tuple is a list; None and empty stay empty."""

Progress = Callable[[int, int], object]
"""Is told how many rows are done, of how many; may raise Cancelled."""

Row = tuple[Value, ...]
Rows = Callable[[], Iterable[Row]]


@dataclass(frozen=True)
class Column:
    """One column; its heading is the word ``reports-column-<key>``.

    width: millimetres on paper, where 174 are the whole width; 0: on paper it stands under the
    column before, smaller.  hand: what is there is filled in by hand, so each row shows the word
    ``reports-hand-<key>``.
    """

    key: str
    width: float = 0
    right: bool = False
    bold: bool = False
    hand: bool = False


@dataclass(frozen=True)
class Table:
    """Rows in columns; `empty` is the word that stands there when there is no row."""

    key: str
    columns: tuple[Column, ...]
    rows: Rows
    empty: str = "reports-none"
    title: str = ""
    """The word above the table where the section has more than one."""


@dataclass(frozen=True)
class Facts:
    """Labelled values, one below the other; labels are ``reports-fact-<key>``."""

    pairs: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Figures:
    """A few numbers that are seen from afar, side by side; labels are ``reports-fact-<key>``."""

    pairs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Note:
    """A sentence."""

    text: Text


@dataclass(frozen=True)
class Blank:
    """Ruled rows for writing by hand, under the headings of `columns`."""

    columns: tuple[Column, ...]
    rows: int


@dataclass(frozen=True)
class Signed:
    """A checkpoint: its text, how many entries it covers, when it was made, and its six words.

    title: the word above it.
    """

    title: str
    key: str
    text: str
    size: int
    made_at: datetime
    words: tuple[str, ...]


Block = Table | Facts | Figures | Note | Blank | Signed | Chart


@dataclass(frozen=True)
class Section:
    """Blocks under one heading, the word ``reports-section-<key>``.

    fresh: it begins on a new page.
    """

    key: str
    blocks: tuple[Block, ...]
    fresh: bool = False
    titled: bool = True


@dataclass(frozen=True)
class Paper:
    """The whole paper.

    kind: its name is the word ``reports-title-<kind>``; about: the days or the person it is about;
    made_by: who; made_at: aware, the moment of its checkpoint, not of the drawing; seals: boxes for
    seals or
    signatures, each with the word ``reports-seal-<key>``; rows: how many rows it has, about, for
    telling how far it is; years: whether moments need their year.
    """

    kind: str
    facility: str
    about: Text
    made_by: str
    made_at: datetime
    sections: tuple[Section, ...]
    seals: tuple[str, ...] = ()
    rows: int = 0
    years: bool = True
