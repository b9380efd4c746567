"""Entries of the registers go after the years of their register, under two persons."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AttachmentRow, RegisterEntryRow, RegisterMarkRow
from facility_app.domain.access import NotPermitted
from facility_app.services.access import SamePerson
from facility_app.services.attachments import AttachPaper, Belongs, attach_paper
from facility_app.services.custody import SecondPersonNeeded
from facility_app.services.registers import (
    MarkEntry,
    OpenEntry,
    SettleEntry,
    mark_entry,
    open_entry,
    settle_entry,
)
from facility_app.services.retention import NotDueYet
from facility_app.services.retention_registers import entries_due, erase_entries
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def material(desk: DeskWorld, done: bool = True) -> int:
    facts = {"title": "動画", "owner": "例示会", "permitted": "施設内", "until": "2026-11-30"}
    made = desk.do("custodian", open_entry, OpenEntry("public-material", TODAY, facts))
    paper = AttachPaper(Belongs.REGISTER, made, "許可書.pdf", b"%PDF-1.7", looked_through=True)
    desk.do("custodian", attach_paper, paper)
    if done:
        settled = SettleEntry(made, TODAY, {"deleted": "共有フォルダーから消した"})
        desk.do("custodian", settle_entry, settled)
    return made


def test_each_register_has_its_own_years(desk: DeskWorld) -> None:
    two_years = material(desk)
    facts = {"from": "例示 一郎", "what": "x"}
    five = desk.do("custodian", open_entry, OpenEntry("complaint", TODAY, facts))
    desk.do("custodian", settle_entry, SettleEntry(five, TODAY, {"answer": "x"}))
    open_still = material(desk, done=False)
    desk.forward(days=730)  # to 2028-11-19
    assert desk.ask("manager", entries_due) == ()
    desk.forward(days=2)
    assert [each.id for each in desk.ask("manager", entries_due)] == [two_years]
    desk.forward(days=1096)
    assert {each.id for each in desk.ask("manager", entries_due)} == {two_years, five}
    assert open_still not in {each.id for each in desk.ask("manager", entries_due)}


def test_what_was_said_goes_and_the_number_stays(desk: DeskWorld) -> None:
    made = material(desk)
    desk.forward(days=732)
    before = desk.one(RegisterEntryRow)
    desk.do("manager", erase_entries, [made], desk.witness("second"))
    row = desk.one(RegisterEntryRow)
    assert (row.number, row.done_on, row.facts) == (1, TODAY, {})
    assert row.salt != before.salt
    assert desk.rows(AttachmentRow) == []
    assert desk.ask("manager", entries_due) == ()
    assert desk.actions()[-1] == "register.erased"


def test_remarks_beside_marks_go_too(desk: DeskWorld) -> None:
    facts = {"title": "研修"}
    made = desk.do("manager", open_entry, OpenEntry("training", TODAY, facts))
    mark = MarkEntry(made, "attended", desk.id_of("second"), "遅れて参加")
    desk.do("manager", mark_entry, mark)
    desk.do("manager", settle_entry, SettleEntry(made, TODAY))
    desk.forward(days=1828)
    desk.do("manager", erase_entries, [made], desk.witness("second"))
    row = desk.one(RegisterMarkRow)
    assert (row.code, row.note) == ("attended", "")


def test_nothing_goes_early_or_alone(desk: DeskWorld) -> None:
    made = material(desk)
    with pytest.raises(NotDueYet):
        desk.do("manager", erase_entries, [made], desk.witness("second"))
    with pytest.raises(NotDueYet):
        desk.do("manager", erase_entries, [], desk.witness("second"))
    desk.forward(days=732)
    with pytest.raises(SecondPersonNeeded):
        desk.do("manager", erase_entries, [made], None)
    with pytest.raises(SamePerson):
        desk.do("manager", erase_entries, [made], desk.witness("manager"))
    with pytest.raises(NotPermitted):
        desk.do("custodian", erase_entries, [made], desk.witness("second"))
    assert desk.one(RegisterEntryRow).facts
