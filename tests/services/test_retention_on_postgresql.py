"""Registers, attached papers and an erasure on PostgreSQL: as on the encrypted file."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.models import (
    AgreementRow,
    AttachmentRow,
    ErasureRow,
    ItemRow,
    RegisterEntryRow,
    ResidentRow,
)
from facility_app.domain.items import ItemState
from facility_app.services.attachments import AttachPaper, Belongs, attach_paper, read_paper
from facility_app.services.register_tasks import register_summaries, register_tasks
from facility_app.services.registers import (
    MarkEntry,
    OpenEntry,
    SettleEntry,
    mark_entry,
    open_entry,
    settle_entry,
)
from facility_app.services.retention import (
    HeldAlready,
    erase_details,
    release_hold,
    retained,
    set_hold,
)
from facility_app.services.retention_registers import entries_due, erase_entries
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock
from tests.db.test_postgresql import engine, pytestmark, server
from tests.desk_world import DeskWorld, build

__all__ = ["engine", "pytestmark", "server"]

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(engine: Engine) -> DeskWorld:
    clock = FakeClock()
    return build(engine, Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED)), clock)


def test_from_a_complaint_to_its_erasure(desk: DeskWorld) -> None:
    hanako = desk.residents["hanako"]
    facts = {"from": "例示 一郎", "what": "遅い"}
    made = desk.do("custodian", open_entry, OpenEntry("complaint", TODAY, facts, hanako))
    assert {task.register for task in desk.ask("manager", register_tasks)} == {
        "complaint",
        "training",
    }
    agreement = desk.one(AgreementRow, AgreementRow.resident_id == hanako).id
    scan = AttachPaper(Belongs.AGREEMENT, agreement, "同意書.pdf", b"%PDF-1.7", looked_through=True)
    paper = desk.do("custodian", attach_paper, scan)
    assert desk.ask("custodian", read_paper, paper) == b"%PDF-1.7"
    desk.do("custodian", settle_entry, SettleEntry(made, TODAY, {"answer": "済"}))
    training = desk.do("manager", open_entry, OpenEntry("training", TODAY, {"title": "研修"}))
    desk.do("manager", mark_entry, MarkEntry(training, "attended", desk.id_of("second"), "遅刻"))
    desk.do("manager", settle_entry, SettleEntry(training, TODAY))
    assert len(desk.ask("manager", register_summaries)) == 9

    for row in desk.rows(ItemRow, ItemRow.resident_id == hanako):
        desk.add_change(row, state=ItemState.RETURNED)
    desk.add_change(desk.one(ResidentRow, ResidentRow.id == hanako), discharged_on=TODAY)
    desk.do("manager", set_hold, hanako, "調停中")
    with pytest.raises(HeldAlready):
        desk.do("manager", set_hold, hanako, "調停中")
    desk.do("manager", release_hold, hanako, "終わった")
    desk.forward(days=2000)
    (found,) = desk.ask("manager", retained)
    assert found.due(date(2032, 5, 12))
    desk.do("manager", erase_details, hanako, desk.witness("second"))
    assert desk.one(ResidentRow, ResidentRow.id == hanako).name == ""
    assert desk.rows(AttachmentRow) == []
    assert desk.one(ErasureRow).counts["item"] == 4
    assert [each.id for each in desk.ask("manager", entries_due)] == [training]
    desk.do("manager", erase_entries, [training], desk.witness("second"))
    assert {str(row.facts) for row in desk.rows(RegisterEntryRow)} == {"{}"}
