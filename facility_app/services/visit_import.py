"""受診予定の取込み: a list of visits (CSV, Excel), previewed and taken in, all of it or nothing.

A second run of the same list changes nothing: a row is about the visit of that resident to that
place on that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from facility_app.audit.work import Reading, Tx, Work
from facility_app.db.models import VisitRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import JST, local_date
from facility_app.domain.visits import clashes
from facility_app.errors import Refused
from facility_app.services import visits
from facility_app.services.booking import BookingConflict, Conflict, conflict_of
from facility_app.services.imports.parse import CellError
from facility_app.services.imports.plan import Change
from facility_app.services.imports.run import MOST_ERRORS, Counts, ImportHasErrors
from facility_app.services.imports.table import Table, read_table
from facility_app.services.imports.visit_rows import (
    VisitLine,
    VisitTarget,
    parse_visits,
    visit_headers,
)
from facility_app.services.imports.visit_rows import guess_visit_mapping as guess_visit_mapping
from facility_app.services.visit_register import VisitRegister

Mapped = Mapping[VisitTarget, int]


@dataclass(eq=False)
class SameVisitTwice(Refused):
    """The same visit stands in another row already; `other` is that row."""

    key: ClassVar[str] = "imports.same_visit_twice"
    other: int


@dataclass(frozen=True)
class VisitPreviewRow:
    """One row: whose visit, when, and what it would do; `change` None where it has an error."""

    row: int
    name: str
    starts_at: datetime | None
    destination: str
    change: Change | None
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class VisitPreview:
    """What an import would do.  `errors` are the first of `error_count`."""

    rows: tuple[VisitPreviewRow, ...]
    errors: tuple[CellError, ...]
    error_count: int
    counts: Counts
    table: Table
    mapping: Mapped

    @property
    def in_conflict(self) -> int:
        """Rows in whose way something stands."""
        return sum(bool(row.conflicts) for row in self.rows)


@dataclass(frozen=True)
class VisitsImported:
    """How it ended; `seq` is the number of the closing entry, 0 for a dry run or with errors."""

    counts: Counts
    errors: tuple[CellError, ...]
    in_conflict: int
    seq: int


@dataclass
class _Plan:
    """One row, resolved."""

    line: VisitLine
    resident_id: int = 0
    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    row: VisitRow | None = None
    change: Change | None = None
    conflicts: tuple[Conflict, ...] = ()


def read_visit_table(path: Path) -> Table:
    """The list in a file.  Raises what `imports.read_table` raises."""
    return read_table(path, visit_headers())


def preview_visits(reading: Reading, table: Table, mapping: Mapped) -> VisitPreview:
    """What importing `table` would do now.  Needs PLAN_VISITS; raises NoVisitColumns."""
    reading.require(Permission.PLAN_VISITS)
    plans, errors = _resolve(reading, table, mapping)
    rows = tuple(
        VisitPreviewRow(
            plan.line.number,
            plan.name or plan.line.text(VisitTarget.NAME),
            plan.values.get("starts_at"),
            plan.values.get("destination", plan.line.text(VisitTarget.CLINIC)),
            plan.change,
            plan.conflicts,
        )
        for plan in plans
    )
    return VisitPreview(
        rows, tuple(errors[:MOST_ERRORS]), len(errors), _counts(plans), table, dict(mapping)
    )


def run_visit_import(
    tx: Tx, shown: VisitPreview, *, despite_conflicts: bool = False
) -> VisitsImported:
    """Take in what a preview showed, compared with the plan anew; all of it or nothing.

    Raises ImportHasErrors, and BookingConflict until the person confirmed what stands in the way.
    """
    tx.require(Permission.PLAN_VISITS)
    plans, errors = _resolve(tx, shown.table, shown.mapping)
    if errors:
        raise ImportHasErrors(len(errors))
    crossed = [plan for plan in plans if plan.conflicts]
    if crossed and not despite_conflicts:
        first = crossed[0].conflicts[0]
        raise BookingConflict(first.kind, first.name, first.starts_at, len(crossed))
    for plan in plans:
        if plan.change is Change.NEW:
            visits.enter(tx, plan.resident_id, plan.values)
        elif plan.change is Change.CHANGED and plan.row is not None:
            visits.rewrite(tx, plan.row, plan.values)
    counts = _counts(plans)
    seq = tx.record(
        "visits.imported",
        "visits",
        plain={
            "rows": len(plans),
            "sha256": shown.table.digest,
            "visits": [counts.new, counts.changed, counts.unchanged],
        },
    )
    return VisitsImported(counts, (), len(crossed), seq)


def import_visits_file(
    work: Work, actor: Actor, path: Path, dry_run: bool, *, despite_conflicts: bool = False
) -> VisitsImported:
    """Import a file with the mapping guessed from its headers; for the command line.

    With errors nothing is taken in and `errors` names them.  Raises what `read_visit_table` and
    `run_visit_import` raise.
    """
    with work.read(actor) as reading:
        reading.require(Permission.PLAN_VISITS)
    table = read_visit_table(path)
    with work.read(actor) as reading:
        shown = preview_visits(reading, table, guess_visit_mapping(table.headers))
    if dry_run or shown.error_count:
        return VisitsImported(shown.counts, shown.errors, shown.in_conflict, 0)
    with work.begin(actor) as tx:
        return run_visit_import(tx, shown, despite_conflicts=despite_conflicts)


def _resolve(unit: Reading, table: Table, mapping: Mapped) -> tuple[list[_Plan], list[CellError]]:
    """Every row against the register and the plan; errors by row."""
    lines = parse_visits(table, dict(mapping), local_date(unit.now))
    register = VisitRegister(unit.session, unit.now).load(line.day for line in lines)
    errors: list[CellError] = []
    plans = [_Plan(line) for line in lines]
    seen: dict[tuple[int, date, str], int] = {}
    for plan in plans:
        errors += plan.line.errors
        if plan.line.errors:
            continue
        try:
            _resolve_row(unit, register, plan, seen)
        except Refused as refusal:
            column = register.column_of(refusal, table, mapping)
            errors.append(CellError(plan.line.number, column, refusal))
    _find_conflicts(register, plans)
    return plans, sorted(errors, key=lambda error: error.row)


def _resolve_row(
    unit: Reading,
    register: VisitRegister,
    plan: _Plan,
    seen: dict[tuple[int, date, str], int],
) -> None:
    line = plan.line
    plan.resident_id, plan.name = register.resident(line)
    day, place, clinic_id = register.day(line), *register.place(line)
    key = (plan.resident_id, day, register.key(place))
    other = seen.setdefault(key, line.number)
    if other != line.number:
        raise SameVisitTwice(other)
    plan.row = register.planned(key)
    form = visits.VisitForm(register.purpose(line), datetime.combine(day, register.time(line), JST))
    if plan.row is not None:
        form = replace(
            visits.form_of(plan.row), purpose_code=form.purpose_code, starts_at=form.starts_at
        )
    form = replace(form, destination=place, clinic_id=clinic_id, **line.said)
    if line.returns is not None:
        form = replace(form, returns_at=datetime.combine(day, line.returns, JST))
    if line.text(VisitTarget.ESCORT):
        form = replace(form, escort_id=register.escort(line))
    if plan.row is not None and (plan.row.loan_id is not None or _says(plan.row, form)):
        plan.values = {"starts_at": plan.row.starts_at, "destination": plan.row.destination}
        plan.change = Change.UNCHANGED
        return
    plan.values = visits.checked(unit, form)
    plan.change = Change.NEW if plan.row is None else Change.CHANGED


def _says(row: VisitRow, form: visits.VisitForm) -> bool:
    return visits.form_of(row) == form


def _find_conflicts(register: VisitRegister, plans: Sequence[_Plan]) -> None:
    """What stands in the way of each row: visits that stay as they are, and other rows."""
    new = [plan for plan in plans if plan.change in (Change.NEW, Change.CHANGED)]
    moved = {plan.row.id for plan in new if plan.row is not None}
    kept = [each for each in register.bookings if each.id not in moved]
    names = dict(register.names)
    bookings = []
    for number, plan in enumerate(new, 1):
        row = plan.row
        wanted = visits.wanted(plan.resident_id, plan.values, -number if row is None else row.id)
        bookings.append(wanted.booking())
        names[plan.resident_id] = plan.name
    for plan, booking in zip(new, bookings, strict=True):
        found = clashes(booking, [*kept, *bookings])
        plan.conflicts = tuple(conflict_of(clash, names) for clash in found)


def _counts(plans: Sequence[_Plan]) -> Counts:
    changes = [plan.change for plan in plans]
    return Counts(*(changes.count(each) for each in (Change.NEW, Change.CHANGED, Change.UNCHANGED)))
