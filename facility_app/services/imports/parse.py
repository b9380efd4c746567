"""Rows of text as what they say about residents, things and agreements; pure."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from facility_app.domain.names import search_key
from facility_app.errors import Refused
from facility_app.services.imports.columns import Mapping, Target
from facility_app.services.imports.row import Row
from facility_app.services.imports.table import Table
from facility_app.services.imports.values import kind_code, quoted, value_of

T = Target
RESIDENT = (T.BIRTH_DATE, T.SEX, T.ROOM, T.ADDRESS, T.ADMITTED_ON, T.DISCHARGED_ON,
            T.RESIDENCE_EXPIRES_ON, T.NOTES)  # fmt: skip
ITEM = (T.LABEL, T.ISSUED_ON, T.CARD_EXPIRES_ON, T.CERTIFICATE_EXPIRES_ON, T.PAPER_EXPIRES_ON,
        T.RATIO, T.RATIO_SOURCE, T.RATIO_AS_OF, T.FACE_AUTHENTICATION, T.CONDITION, T.PIECES,
        T.COLOUR, T.ITEM_NOTE, T.RECEIVED_ON, T.RECEIVED_FROM)  # fmt: skip
AGREEMENT = (T.SIGNED_ON, T.CONSENTED_BY, T.CAPACITY, T.WILL, T.EMERGENCY_CLAUSE, T.REVIEW_ON)
NUMBER_LENGTH = 40

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all); may raise Cancelled, and nothing is changed then."""


@dataclass(eq=False)
class CannotTellWho(Refused):
    """A row has neither a resident's number nor name and birth date, so a second import would
    double it.
    """

    key: ClassVar[str] = "imports.cannot_tell_who"


@dataclass(eq=False)
class MoreCellsThanHeaders(Refused):
    """The row has filled cells beyond the last header: a comma too many, most likely."""

    key: ClassVar[str] = "imports.more_cells"


@dataclass(eq=False)
class KindMissing(Refused):
    """The row has dates or notes of a thing, and does not say what it is."""

    key: ClassVar[str] = "imports.kind_missing"


@dataclass(eq=False)
class PrivateCharacter(Refused):
    """A character that only the other program's own font has (外字).

    Elsewhere it shows as nothing.
    """

    key: ClassVar[str] = "imports.private_character"
    given: str


@dataclass(eq=False)
class NoNameColumn(Refused):
    """No column is the name: nobody can be imported."""

    key: ClassVar[str] = "imports.no_name_column"


@dataclass(frozen=True)
class CellError:
    """What is wrong in a row, and in which column where one can be named."""

    row: int
    column: str
    refusal: Refused


@dataclass
class ParsedRow:
    """What one row says.

    Empty cells say nothing; values are checked against the register later.
    """

    number: int
    key: str = ""
    name: str = ""
    kana: str = ""
    slot: str = ""
    resident: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    item: dict[str, Any] = field(default_factory=dict)
    agreement: dict[str, Any] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)

    @property
    def twin_key(self) -> str:
        """The key of name and birth date; empty without a birth date."""
        return name_key(self.name, self.resident.get("birth_date"))


def parse_table(
    table: Table, mapping: Mapping, kinds: dict[str, str], progress: Progress | None = None
) -> list[ParsedRow]:
    """Every row of `table` as parsed by `mapping`.

    `kinds`: normalised name → code, of the facility.

    Raises NoNameColumn; everything else is an error of its row.

    """
    if T.NAME not in mapping and not {T.FAMILY_NAME, T.GIVEN_NAME} <= mapping.keys():
        raise NoNameColumn
    parsed = []
    for done, row in enumerate(table.rows):
        if progress is not None and done % 200 == 0:
            progress(done, len(table.rows))
        parsed.append(_RowParser(table, mapping, kinds, row).parse())
    return parsed


def number_key(number: str) -> str:
    """The key of a facility's own number for a resident (at most 64 characters)."""
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return f"no:{plain}" if len(plain) <= NUMBER_LENGTH else f"no:{_hash(plain)}"


def name_key(name: str, birth: date | None) -> str:
    """The key of a name and a birth date, whatever way the name is written.

    Empty without one of them.
    """
    plain = search_key(name, {})
    return f"nb:{_hash(f'{plain} {birth.isoformat()}')}" if plain and birth else ""


def item_key(resident_id: int, kind: str, label: str) -> str:
    """The key of one thing of a resident.

    Its kind, and its label where a kind is held more than once.
    """
    return f"it:{_hash(f'{resident_id} {kind} {search_key(label, {})}')}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:48]


class _RowParser:
    """Parses one row, collecting every error instead of stopping at the first."""

    def __init__(self, table: Table, mapping: Mapping, kinds: dict[str, str], row: Row) -> None:
        self.table, self.mapping, self.kinds, self.row = table, mapping, kinds, row
        self.out = ParsedRow(row.number)

    def parse(self) -> ParsedRow:
        """The row; see `ParsedRow`."""
        out = self.out
        if any(self.row.cells[len(self.table.headers) :]):
            self._wrong("", MoreCellsThanHeaders())
        out.name = self._text(T.NAME) or self._joined(T.FAMILY_NAME, T.GIVEN_NAME)
        out.kana = self._text(T.KANA) or self._joined(T.FAMILY_KANA, T.GIVEN_KANA)
        for target, text in ((T.NAME, out.name), (T.KANA, out.kana)):
            if any(unicodedata.category(char) == "Co" for char in text):
                self._wrong(target, PrivateCharacter(quoted(text)))
        out.slot = unicodedata.normalize("NFKC", self._text(T.SLOT)).upper()
        out.resident = self._values(RESIDENT)
        out.agreement = self._values(AGREEMENT)
        self._item()
        number = self._text(T.NUMBER)
        out.key = number_key(number) if number else out.twin_key
        if not out.key and not (out.name and self._text(T.BIRTH_DATE)):
            self._wrong("", CannotTellWho())
        return out

    def _item(self) -> None:
        self.out.item = self._values(ITEM)
        kind = self._text(T.KIND)
        if kind:
            try:
                self.out.kind = kind_code(kind, self.kinds)
            except Refused as refusal:
                self._wrong(T.KIND, refusal)
        elif self.out.item:
            self._wrong("", KindMissing())

    def _values(self, targets: tuple[Target, ...]) -> dict[str, Any]:
        values = {}
        for target in targets:
            text = self._text(target)
            if not text:
                continue
            try:
                values[target.value] = value_of(target, text)
            except Refused as refusal:
                self._wrong(target, refusal)
        return values

    def _text(self, target: Target) -> str:
        index = self.mapping.get(target)
        cells = self.row.cells
        return cells[index] if index is not None and index < len(cells) else ""

    def _joined(self, first: Target, second: Target) -> str:
        return f"{self._text(first)} {self._text(second)}".strip()

    def _wrong(self, target: Target | str, refusal: Refused) -> None:
        index = self.mapping.get(target) if isinstance(target, Target) else None
        column = self.table.headers[index] if index is not None else ""
        self.out.errors.append(CellError(self.row.number, quoted(column), refusal))
