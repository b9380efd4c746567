"""The register as an import compares with it.

Who is there already, what is held, which slots are free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import ItemKindRow, ItemRow, PouchRow, ResidentRow, SlotRow
from facility_app.domain.names import search_key
from facility_app.services.imports.columns import header_key
from facility_app.services.imports.parse import name_key


@dataclass(frozen=True)
class Slot:
    """A slot in use, and whose pouch lies in it."""

    id: int
    label: str
    resident_id: int | None


@dataclass
class Register:
    """One consistent view, read once before the rows are compared."""

    session: Session
    today: date
    by_key: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    numbered: set[int] = field(default_factory=set)
    slots: dict[str, Slot] = field(default_factory=dict)
    kinds: dict[str, ItemKindRow] = field(default_factory=dict)

    def load(self) -> Register:
        """Read who and what is there; a few plain columns of every resident."""
        query = select(
            ResidentRow.id, ResidentRow.import_key, ResidentRow.name, ResidentRow.birth_date
        )
        for id_, key, name, birth in self.session.execute(query):
            if key:
                self.by_key[key] = id_
                if key.startswith("no:"):
                    self.numbered.add(id_)
            twin = name_key(name, birth)
            if twin:
                self.by_name.setdefault(twin, []).append(id_)
        places = (
            select(SlotRow.id, SlotRow.label, PouchRow.resident_id)
            .outerjoin(PouchRow, PouchRow.slot_id == SlotRow.id)
            .where(SlotRow.active)
        )
        for id_, label, resident_id in self.session.execute(places):
            self.slots[label.upper()] = Slot(id_, label, resident_id)
        self.kinds = {row.code: row for row in self.session.scalars(select(ItemKindRow))}
        return self

    def kind_names(self) -> dict[str, str]:
        """Normalised name → code of the kinds on offer."""
        names: dict[str, str] = {}
        for row in self.kinds.values():
            if row.active:
                names |= {
                    header_key(name): row.code for name in (row.name, row.name_en, row.code) if name
                }
        return names

    def resident(self, key: str, twin: str) -> int | None:
        """Who a row is about.

        By key; else by name and birth date, unless that one has another number.
        """
        if key in self.by_key:
            return self.by_key[key]
        found = self.by_name.get(twin, [])
        if key.startswith("no:"):
            found = [id_ for id_ in found if id_ not in self.numbered]
        return found[0] if len(found) == 1 else None

    def residents(self, resident_ids: Iterable[int | None]) -> dict[int, ResidentRow]:
        """The rows of these residents, read a few hundred at a time."""
        ids, rows = [id_ for id_ in resident_ids if id_ is not None], dict[int, ResidentRow]()
        for start in range(0, len(ids), 500):
            query = select(ResidentRow).where(ResidentRow.id.in_(ids[start : start + 500]))
            rows |= {row.id: row for row in self.session.scalars(query)}
        return rows

    def items(self, resident_ids: Iterable[int]) -> dict[tuple[int, str, str], list[ItemRow]]:
        """Everything ever held for these residents, by resident, kind, and label where a kind has
        many.
        """
        ids, held = list(resident_ids), dict[tuple[int, str, str], list[ItemRow]]()
        for start in range(0, len(ids), 500):
            query = select(ItemRow).where(ItemRow.resident_id.in_(ids[start : start + 500]))
            for row in self.session.scalars(query.order_by(ItemRow.id)):
                mark = self.mark(row.kind_code, row.label)
                held.setdefault((row.resident_id, row.kind_code, mark), []).append(row)
        return held

    def mark(self, kind: str, label: str) -> str:
        """What tells two things of a kind apart.

        The label of a kind that is held more than once.
        """
        return search_key(label, {}) if self.kinds[kind].many else ""
