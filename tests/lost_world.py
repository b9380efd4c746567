"""Something is lost in the small facility of the desk tests: cases opened, steps done in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from facility_app.db.models import LostCaseRow, LostItemRow, LostStepRow
from facility_app.domain.incidents import Evidence, LostWhere, Stolen
from facility_app.rules.keeper import LostBook, read_book
from facility_app.services.lost_cases import LostCaseId, LostThing, OpenCase, open_case
from facility_app.services.lost_steps import DoStep, Proof, do_step, is_settled, waive_step
from tests.desk_world import DeskWorld

BOOK: LostBook = read_book()


def opened(
    desk: DeskWorld, *things: LostThing, who: str = "custodian", **changed: Any
) -> LostCaseId:
    """A case opened by the custodian, noticed five minutes ago outside."""
    values: dict[str, Any] = {
        "things": things,
        "noticed_at": desk.clock() - timedelta(minutes=5),
        "noticed_by": "仮屋 健",
        "last_seen": "みほん内科の受付で出した",
        "happened": LostWhere.OUTSIDE,
        "place": "みほん内科の駐車場",
        "stolen": Stolen.NO,
    }
    return desk.do(who, open_case, BOOK, OpenCase(**(values | changed)))


def card_of(desk: DeskWorld, person: str = "hanako") -> LostThing:
    """The first thing of a person: hanako's card."""
    return LostThing(item_id=desk.items[person][0])


def case(desk: DeskWorld, case_id: int) -> LostCaseRow:
    return desk.one(LostCaseRow, LostCaseRow.id == case_id)


def things(desk: DeskWorld, case_id: int) -> list[LostItemRow]:
    return sorted(desk.rows(LostItemRow, LostItemRow.case_id == case_id), key=lambda row: row.id)


def steps(desk: DeskWorld, case_id: int) -> list[LostStepRow]:
    rows = desk.rows(LostStepRow, LostStepRow.case_id == case_id)
    return sorted(rows, key=lambda row: (row.position, row.id))


def step(desk: DeskWorld, case_id: int, code: str, nth: int = 0) -> LostStepRow:
    """The `nth` step of this code."""
    return [row for row in steps(desk, case_id) if row.code == code][nth]


def waiting(desk: DeskWorld, case_id: int) -> list[str]:
    """Codes of what is still to be done."""
    return [row.code for row in steps(desk, case_id) if not is_settled(row)]


EXAMPLES: dict[Evidence, Callable[[DeskWorld], Proof]] = {
    Evidence.AT: lambda desk: desk.clock(),
    Evidence.ON: lambda desk: desk.clock().date(),
    Evidence.DUE_ON: lambda desk: date(2026, 12, 21),
    Evidence.SPOKE_TO: lambda desk: "窓口の見本さん",
    Evidence.OFFICE: lambda desk: "みほん警察署",
    Evidence.RECEIPT: lambda desk: "第508号",
    Evidence.COUNT: lambda desk: "2",
    Evidence.WAY: lambda desk: "特急",
    Evidence.PLACES: lambda desk: ("pouch", "car", "clinic"),
    Evidence.NOTE: lambda desk: "つぎの受診は申立書で受けられる",
}


def evidence_of(desk: DeskWorld, code: str) -> dict[Evidence, Proof]:
    """What a step asks for, filled in."""
    return {field: EXAMPLES[field](desk) for field in BOOK.lost.by_code[code].evidence}


def do(desk: DeskWorld, case_id: int, code: str, nth: int = 0, who: str = "custodian") -> int:
    """Do a step with everything that it asks for."""
    row = step(desk, case_id, code, nth)
    return desk.do(who, do_step, BOOK, DoStep(row.id, evidence_of(desk, code)))


def waive_all(desk: DeskWorld, case_id: int) -> None:
    """The manager gives a reason for whatever is left."""
    for row in steps(desk, case_id):
        if not is_settled(row):
            desk.do("manager", waive_step, row.id, "この事案では要らない")
