"""Which column of a list means which field: guessed from the headers, adjustable by the person."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facility_app.rules import Table as RuleTable
from facility_app.services.rule_data import rules

FILE = "import_columns.toml"


class Target(StrEnum):
    """A field that a column may fill."""

    NUMBER = "number"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    KANA = "kana"
    FAMILY_KANA = "family_kana"
    GIVEN_KANA = "given_kana"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ROOM = "room"
    ADDRESS = "address"
    ADMITTED_ON = "admitted_on"
    DISCHARGED_ON = "discharged_on"
    RESIDENCE_EXPIRES_ON = "residence_expires_on"
    NOTES = "notes"
    SLOT = "slot"
    KIND = "kind"
    LABEL = "label"
    ISSUED_ON = "issued_on"
    CARD_EXPIRES_ON = "card_expires_on"
    CERTIFICATE_EXPIRES_ON = "certificate_expires_on"
    PAPER_EXPIRES_ON = "paper_expires_on"
    RATIO = "ratio"
    RATIO_SOURCE = "ratio_source"
    RATIO_AS_OF = "ratio_as_of"
    FACE_AUTHENTICATION = "face_authentication"
    CONDITION = "condition"
    PIECES = "pieces"
    COLOUR = "colour"
    ITEM_NOTE = "item_note"
    RECEIVED_ON = "received_on"
    RECEIVED_FROM = "received_from"
    SIGNED_ON = "signed_on"
    CONSENTED_BY = "consented_by"
    CAPACITY = "capacity"
    WILL = "will"
    EMERGENCY_CLAUSE = "emergency_clause"
    REVIEW_ON = "review_on"


Mapping = MappingType[Target, int]
"""Field → index of the column, from 0."""


@dataclass(frozen=True)
class ColumnData:
    """The rule file: headers by field, words by value, names by kind, all normalised."""

    columns: MappingType[str, Target]
    words: MappingType[str, MappingType[str, str]]
    kinds: MappingType[str, str]
    forbidden: frozenset[str]


def header_key(text: str) -> str:
    """`text` as headers and words are compared: NFKC, lower case, without blanks and marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if not char.isspace() and char not in "_*※【】[]:-")


@cache
def column_data() -> ColumnData:
    """The rule file, read once.  Raises RuleFileDamaged."""
    path = rules().folder / FILE
    rules().origin(path.stem)
    root = RuleTable(FILE, "", tomllib.loads(path.read_text(encoding="utf-8")))
    columns = root.table("columns")
    words, kinds = root.table("words"), root.table("kinds")
    return ColumnData(
        columns={
            header_key(name): Target(field)
            for field in columns.values
            for name in columns.each(field, str)
        },
        words={name: _reversed(words.table(name)) for name in words.values},
        kinds=_reversed(kinds),
        forbidden=frozenset(header_key(name) for name in root.each("forbidden", str)),
    )


def _reversed(table: RuleTable) -> dict[str, str]:
    return {header_key(name): value for value in table.values for name in table.each(value, str)}


def guess_mapping(headers: Sequence[str]) -> dict[Target, int]:
    """The fields that the headers name; the leftmost column wins where two name the same field."""
    known = column_data().columns
    mapping: dict[Target, int] = {}
    for index, header in enumerate(headers):
        target = known.get(header_key(header))
        if target is not None:
            mapping.setdefault(target, index)
    return mapping
