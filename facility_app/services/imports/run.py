"""Preview and run an import: all or nothing, and a second run of the same list changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from facility_app.audit.unit import Reading, Tx
from facility_app.audit.work import Work
from facility_app.db.models import ResidentRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.errors import Refused
from facility_app.services import items, residents
from facility_app.services.agreements import agree
from facility_app.services.cabinets import free_slot, pouch_of
from facility_app.services.imports.columns import Mapping, Target, guess_mapping
from facility_app.services.imports.parse import (
    CellError,
    ParsedRow,
    Progress,
    item_key,
    parse_table,
)
from facility_app.services.imports.plan import Change, Planner, ResidentPlan
from facility_app.services.imports.register import Register
from facility_app.services.imports.table import Table, read_table
from facility_app.services.search_text import refresh_search_text

MOST_ERRORS = 1000
"""Errors that a preview keeps; who has more begins with the mapping."""


@dataclass(eq=False)
class ImportHasErrors(Refused):
    """The list has `count` errors; nothing of it was taken in."""

    key: ClassVar[str] = "imports.has_errors"
    count: int


@dataclass(frozen=True)
class Counts:
    """How many would be, or were, entered, changed, left alone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class PreviewRow:
    """One row of the list: whom it is about and what it would do; None where it has an error."""

    row: int
    name: str
    resident: Change | None
    kind: str
    item: Change | None


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    `error_count` counts all errors, `errors` holds the first of them.
    """

    rows: tuple[PreviewRow, ...]
    errors: tuple[CellError, ...]
    error_count: int
    residents: Counts
    items: Counts
    table: Table
    mapping: Mapping
    parsed: tuple[ParsedRow, ...]

    @property
    def new(self) -> int:
        """Residents and things that would be entered."""
        return self.residents.new + self.items.new

    @property
    def changed(self) -> int:
        """Residents and things that would be changed."""
        return self.residents.changed + self.items.changed

    @property
    def unchanged(self) -> int:
        """Residents and things that stand in the register as in the list."""
        return self.residents.unchanged + self.items.unchanged


@dataclass(frozen=True)
class ImportResult:
    """How an import ended.

    `seq` is the number of its closing entry, 0 for a dry run or with errors.
    """

    residents: Counts
    items: Counts
    errors: tuple[CellError, ...]
    seq: int


def preview(
    reading: Reading, table: Table, mapping: Mapping, progress: Progress | None = None
) -> Preview:
    """What importing `table` by `mapping` would do now.  Raises NoNameColumn; changes nothing."""
    reading.require(Permission.IMPORT)
    register = Register(reading.session, local_date(reading.now)).load()
    parsed = parse_table(table, mapping, register.kind_names(), progress)
    plans, errors = _plan(register, table, mapping, parsed)
    return Preview(
        rows=_rows(parsed, plans, errors, register),
        errors=tuple(sorted(errors, key=lambda error: error.row)[:MOST_ERRORS]),
        error_count=len(errors),
        residents=_count(plan.change for plan in plans),
        items=_count(item.change for plan in plans for item in plan.items),
        table=table,
        mapping=dict(mapping),
        parsed=tuple(parsed),
    )


def run_import(tx: Tx, shown: Preview, progress: Progress | None = None) -> ImportResult:
    """Take in what a preview showed, compared with the register anew; all of it or nothing.

    Raises ImportHasErrors, also where the register has changed since so that a row no longer fits.
    """
    tx.require(Permission.IMPORT)
    register = Register(tx.session, local_date(tx.now)).load()
    plans, errors = _plan(register, shown.table, shown.mapping, shown.parsed)
    if errors:
        raise ImportHasErrors(len(errors))
    for done, plan in enumerate(plans):
        if progress is not None and done % 20 == 0:
            progress(done, len(plans))
        _carry_out(tx, plan)
    people = _count(plan.change for plan in plans)
    things = _count(item.change for plan in plans for item in plan.items)
    seq = tx.record(
        "import.done",
        "import",
        plain={
            "rows": len(shown.parsed),
            "sha256": shown.table.digest,
            "residents": [people.new, people.changed, people.unchanged],
            "items": [things.new, things.changed, things.unchanged],
        },
    )
    return ImportResult(people, things, (), seq)


def import_file(work: Work, actor: Actor, path: Path, dry_run: bool) -> ImportResult:
    """Import a file with the mapping guessed from its headers; for the command line.

    With errors nothing is taken in and `errors` names them.  Raises what `read_table` raises,
    NoNameColumn, NotPermitted.
    """
    with work.read(actor) as reading:
        reading.require(Permission.IMPORT)
    table = read_table(path)
    with work.read(actor) as reading:
        shown = preview(reading, table, guess_mapping(table.headers))
    if dry_run or shown.error_count:
        return ImportResult(shown.residents, shown.items, shown.errors, 0)
    with work.begin(actor) as tx:
        return run_import(tx, shown)


def _plan(
    register: Register, table: Table, mapping: Mapping, parsed: Sequence[ParsedRow]
) -> tuple[list[ResidentPlan], list[CellError]]:
    def column_of(target: Target) -> str:
        index = mapping.get(target)
        return "" if index is None else table.headers[index]

    planner = Planner(register, column_of)
    return planner.plan(parsed), planner.errors


def _carry_out(tx: Tx, plan: ResidentPlan) -> None:
    resident_id = _write_resident(tx, plan)
    if plan.agreement is not None:
        agree(tx, replace(plan.agreement, resident_id=resident_id))
    for item in plan.items:
        key = item_key(resident_id, item.kind, item.mark)
        if item.row is None:
            said = item.line.item
            cmd = items.ReceiveItem(
                resident_id, item.form, said.get("received_from", ""), said.get("received_on")
            )
            items.take_in(tx, cmd, import_key=key)
        elif item.values:
            items.rewrite(tx, item.row, item.values)


def _write_resident(tx: Tx, plan: ResidentPlan) -> int:
    if plan.row is None:
        return residents.enter(tx, plan.values, plan.slot_id, plan.key)
    row: ResidentRow = plan.row
    if plan.values:
        residents.rewrite(tx, row, plan.values)
    if plan.slot_id is not None:
        pouch = pouch_of(tx.session, row.id)
        slot = free_slot(tx.session, plan.slot_id, pouch.id)
        pouch.slot_id = slot.id
        refresh_search_text(tx.session, row.id)
        tx.record(
            "pouch.placed",
            f"pouch:{pouch.id}",
            resident=row.id,
            plain={"from": "", "to": slot.label},
        )
    return row.id


def _count(changes: Iterable[Change]) -> Counts:
    counted = Counter(changes)
    return Counts(counted[Change.NEW], counted[Change.CHANGED], counted[Change.UNCHANGED])


def _rows(
    parsed: Sequence[ParsedRow],
    plans: Sequence[ResidentPlan],
    errors: Sequence[CellError],
    register: Register,
) -> tuple[PreviewRow, ...]:
    wrong = {error.row for error in errors}
    people = {line.number: plan.change for plan in plans for line in plan.lines}
    things = {item.line.number: item.change for plan in plans for item in plan.items}
    return tuple(
        PreviewRow(
            row.number,
            row.name,
            None if row.number in wrong else people.get(row.number),
            register.kinds[row.kind].name if row.kind else "",
            None if row.number in wrong else things.get(row.number),
        )
        for row in parsed
    )
