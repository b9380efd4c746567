"""Every column that could tell who somebody was is decided on, also one that is added later."""

from __future__ import annotations

from sqlalchemy import JSON, Date, LargeBinary, String, Table, Text

from facility_app.db.models import Base
from facility_app.db.models.base import EnumText
from facility_app.services.erasing import DELETED, EMPTIED, OWNER, ROWS_OF, STAYING, THROUGH

TABLES = Base.metadata.tables


def owned() -> set[str]:
    """Tables from which references lead to a resident."""
    found = {"resident"}
    while True:
        more = {
            name
            for name, table in TABLES.items()
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
        if more <= found:
            return found
        found |= more


def telling(table: Table) -> set[str]:
    """Columns that may say something: text, lists, bytes and days, but no references and words of
    an enum."""
    return {
        column.name
        for column in table.columns
        if isinstance(column.type, String | Text | JSON | LargeBinary | Date)
        and not isinstance(column.type, EnumText)
        and not column.foreign_keys
    }


def test_every_table_that_leads_to_a_resident_is_decided_on() -> None:
    assert owned() == set(EMPTIED) | set(DELETED)
    assert not set(EMPTIED) & set(DELETED)


def test_every_column_that_may_tell_something_is_emptied_or_stays() -> None:
    for name, columns in EMPTIED.items():
        table, stays = TABLES[name], set(STAYING.get(name, ()))
        assert not set(columns) & stays, name
        undecided = telling(table) - set(columns) - stays
        assert not undecided, f"{name}: {sorted(undecided)}"
        assert set(columns) | stays <= set(table.c.keys()), name


def test_whose_a_row_is_can_be_told_for_every_table() -> None:
    for name in {*EMPTIED, *DELETED}:
        table = TABLES[name]
        if name in THROUGH:
            column, other = THROUGH[name]
            assert {key.column.table.name for key in table.c[column].foreign_keys} == {other}
            continue
        for column in ROWS_OF.get(name, (OWNER,)):
            assert column in table.c, name
