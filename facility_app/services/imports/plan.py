"""What an import would do.

Every row compared with the register, every rule asked before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Any, ClassVar

from facility_app.db.models import ItemRow, ResidentRow
from facility_app.domain.agreements import AgreementFacts, best_standing, refuse_unless_valid
from facility_app.errors import Refused
from facility_app.services import items, residents
from facility_app.services.agreement_standing import agreement_facts, rule_age
from facility_app.services.agreements import MakeAgreement
from facility_app.services.cabinets import NoSuchSlot, SlotTaken
from facility_app.services.fields import Field, in_order
from facility_app.services.imports.agreed import facts_told, same_agreement, told_agreement
from facility_app.services.imports.columns import Target
from facility_app.services.imports.parse import CellError, ParsedRow
from facility_app.services.imports.register import Register


class Change(Enum):
    """What an import does to a resident or a thing."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(eq=False)
class RowsDisagree(Refused):
    """Two rows of one resident say different things in the same field.

    `other` is the first of them.
    """

    key: ClassVar[str] = "imports.rows_disagree"
    other: int


@dataclass(eq=False)
class SameThingTwice(Refused):
    """The thing stands in another row already; `other` is that row."""

    key: ClassVar[str] = "imports.same_thing_twice"
    other: int


@dataclass(eq=False)
class SeveralHeld(Refused):
    """Several such things are held for this resident; it cannot be told which one is meant."""

    key: ClassVar[str] = "imports.several_held"


@dataclass
class ItemPlan:
    """One thing: what to write where.  `row` is the one in the register."""

    line: ParsedRow
    kind: str
    mark: str
    form: items.ItemForm
    row: ItemRow | None = None
    values: dict[str, Any] = field(default_factory=dict)
    change: Change = Change.NEW


@dataclass
class ResidentPlan:
    """One resident with everything that the file says about them."""

    lines: list[ParsedRow]
    resident_id: int | None = None
    row: ResidentRow | None = None
    values: dict[str, Any] = field(default_factory=dict)
    slot_id: int | None = None
    change: Change = Change.NEW
    agreement: MakeAgreement | None = None
    items: list[ItemPlan] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key that the next import of the same list will find them by."""
        return self.lines[0].key


Wrong = Callable[[ParsedRow, Refused], None]


class Planner:
    """Compares parsed rows with a register.  `errors` is complete after `plan`."""

    def __init__(self, register: Register, column_of: Callable[[Target], str]) -> None:
        self.register, self.column_of = register, column_of
        self.errors: list[CellError] = []
        self._slots_taken: dict[str, int] = {}

    def plan(self, rows: Iterable[ParsedRow]) -> list[ResidentPlan]:
        """The residents of the file in its order.

        Rows that could not be parsed only bring their errors.
        """
        plans: dict[str, ResidentPlan] = {}
        for row in rows:
            self.errors += row.errors
            if row.key and not row.errors:
                plans.setdefault(row.key, ResidentPlan([])).lines.append(row)
        for plan in plans.values():
            plan.resident_id = self.register.resident(plan.key, plan.lines[0].twin_key)
        held = self.register.items(
            plan.resident_id for plan in plans.values() if plan.resident_id is not None
        )
        known = self.register.residents(plan.resident_id for plan in plans.values())
        for plan in plans.values():
            plan.row = known.get(plan.resident_id or 0)
            self._resident(plan)
            self._items(plan, held)
            self._agreement(plan)
        return list(plans.values())

    def _resident(self, plan: ResidentPlan) -> None:
        said = self._said(plan)
        first = plan.lines[0]
        form = residents.ResidentForm(first.name, first.kana)
        if plan.row is not None:
            kept = residents.form_of(plan.row)
            form = replace(kept, name=first.name or kept.name, kana=first.kana or kept.kana)
        left = said.pop("discharged_on", None)
        try:
            plan.values = residents.checked(replace(form, **said), self.register.today)
            in_order(Field.ADMITTED_ON, plan.values["admitted_on"], Field.DISCHARGED_ON, left)
        except Refused as refusal:
            self._wrong(first, refusal)
            return
        if left is not None:
            plan.values["discharged_on"] = left
        self._slot(plan)
        if plan.row is not None:
            plan.values = _differing(plan.row, plan.values)
            if plan.key.startswith("no:") and not (plan.row.import_key or "").startswith("no:"):
                plan.values["import_key"] = plan.key
            moved = plan.slot_id is not None
            plan.change = Change.CHANGED if plan.values or moved else Change.UNCHANGED

    def _said(self, plan: ResidentPlan) -> dict[str, Any]:
        """What all rows of a resident say together; they may not disagree."""
        said: dict[str, Any] = {}
        first = plan.lines[0]
        for line in plan.lines:
            for name, value in line.resident.items():
                if said.setdefault(name, value) != value:
                    self._at(line, Target(name), RowsDisagree(first.number))
            for target in (Target.NAME, Target.KANA, Target.SLOT):
                mine, theirs = getattr(line, target.value), getattr(first, target.value)
                if mine and mine != theirs:
                    self._at(line, target, RowsDisagree(first.number))
        return said

    def _slot(self, plan: ResidentPlan) -> None:
        line = plan.lines[0]
        if not line.slot:
            return
        slot = self.register.slots.get(line.slot)
        other = self._slots_taken.setdefault(line.slot, line.number)
        if slot is None:
            self._at(line, Target.SLOT, NoSuchSlot(line.slot))
        elif other != line.number or slot.resident_id not in (None, plan.resident_id):
            self._at(line, Target.SLOT, SlotTaken(slot.label))
        elif slot.resident_id is None:
            plan.slot_id = slot.id

    def _items(self, plan: ResidentPlan, held: dict[tuple[int, str, str], list[ItemRow]]) -> None:
        seen: dict[tuple[str, str], int] = {}
        for line in plan.lines:
            if not line.kind:
                continue
            mark = self.register.mark(line.kind, line.item.get("label", ""))
            other = seen.setdefault((line.kind, mark), line.number)
            if other != line.number:
                self._wrong(line, SameThingTwice(other))
                continue
            there = held.get((plan.resident_id or 0, line.kind, mark), [])
            kept = [row for row in there if row.state.in_custody] or there[-1:]
            if len(kept) > 1:
                self._wrong(line, SeveralHeld())
                continue
            self._item(plan, line, mark, kept[0] if kept else None)

    def _item(self, plan: ResidentPlan, line: ParsedRow, mark: str, row: ItemRow | None) -> None:
        names = {each.name for each in fields(items.ItemForm)}
        said = {name: value for name, value in line.item.items() if name in names}
        if "item_note" in line.item:
            said["note"] = line.item["item_note"]
        form = replace(items.form_of(row) if row else items.ItemForm(line.kind), **said)
        item = ItemPlan(line, line.kind, mark, form, row)
        try:
            session, today = self.register.session, self.register.today
            values = items.checked(session, form, today, row.kind_code if row else None)
        except Refused as refusal:
            self._wrong(line, refusal)
            return
        if row is not None:
            item.values = _differing(row, values) if row.state.in_custody else {}
            item.change = Change.CHANGED if item.values else Change.UNCHANGED
        plan.items.append(item)

    def _agreement(self, plan: ResidentPlan) -> None:
        known: list[AgreementFacts] = []
        birth = plan.values.get("birth_date") or (plan.row.birth_date if plan.row else None)
        new = [item for item in plan.items if item.change is Change.NEW]
        said = [line for line in plan.lines if line.agreement]
        name = plan.lines[0].name or (plan.row.name if plan.row else "")
        if plan.resident_id is not None and (new or said):
            known, _ = agreement_facts(self.register.session, plan.resident_id)
        if said:
            try:
                made = told_agreement(
                    said[0],
                    plan.resident_id or 0,
                    name,
                    (item.kind for item in plan.items),
                )
            except Refused as refusal:
                self._wrong(said[0], refusal)
                return
            if not any(same_agreement(facts, made) for facts in known):
                plan.agreement = made
                known = [*known, facts_told(made)]
        age = rule_age(birth, self.register.today)
        for item in new:
            stands = best_standing(known, self.register.today, item.kind, age=age)
            try:
                refuse_unless_valid(stands, name, self.register.kinds[item.kind].name)
            except Refused as refusal:
                self._wrong(item.line, refusal)

    def _wrong(self, line: ParsedRow, refusal: Refused) -> None:
        """An error of a row; its column is the field that the refusal names."""
        named = str(getattr(refusal, "field", "")).replace("-", "_")
        target = next((each for each in Target if each.value == named), None)
        self.errors.append(
            CellError(line.number, self.column_of(target) if target else "", refusal)
        )

    def _at(self, line: ParsedRow, target: Target, refusal: Refused) -> None:
        self.errors.append(CellError(line.number, self.column_of(target), refusal))


def _differing(row: ResidentRow | ItemRow, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}
