"""Scanned papers: what may be attached, sealed under the resident's key, and deleted for good."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AgreementRow, AttachmentRow, AuditEntryRow, ResidentKeyRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.services.attachments import (
    LARGEST,
    MOST,
    AttachPaper,
    Belongs,
    Media,
    NotAPaper,
    NotLookedThrough,
    PaperDamaged,
    PaperTooLarge,
    TooManyPapers,
    attach_paper,
    papers_attached,
    read_paper,
    remove_paper,
)
from facility_app.services.fields import FieldMissing
from facility_app.services.registers import OpenEntry, open_entry
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.numbers import individual_number

PDF = b"%PDF-1.7\n" + b"signed by the resident " * 40
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def agreement(desk: DeskWorld, person: str = "hanako") -> int:
    return desk.one(AgreementRow, AgreementRow.resident_id == desk.residents[person]).id


def attach(
    desk: DeskWorld, content: bytes = PDF, name: str = "同意書.pdf", *, looked: bool = True, text=""
) -> int:
    cmd = AttachPaper(Belongs.AGREEMENT, agreement(desk), name, content, looked, text)
    return desk.do("custodian", attach_paper, cmd)


@pytest.mark.parametrize(
    ("content", "media"), [(PDF, Media.PDF), (PNG, Media.PNG), (JPEG, Media.JPEG)]
)
def test_a_scan_is_read_as_it_was_attached(desk: DeskWorld, content: bytes, media: Media) -> None:
    made = attach(desk, content)
    (view,) = desk.ask("custodian", papers_attached, Belongs.AGREEMENT, agreement(desk))
    assert (view.id, view.name, view.media, view.size) == (made, "同意書.pdf", media, len(content))
    assert view.added_by == "例田 みつ子"
    assert desk.ask("custodian", read_paper, made) == content
    assert desk.actions() == ["paper.attached"]


def test_what_a_file_is_is_told_by_its_bytes(desk: DeskWorld) -> None:
    for content in (b"MZ\x90", b"<svg/>", b"GIF89a", b"", b" %PDF-1.7", b"PK\x03\x04"):
        with pytest.raises(NotAPaper):
            attach(desk, content, "同意書.pdf")
    assert desk.rows(AttachmentRow) == []


def test_a_scan_has_a_largest_size(desk: DeskWorld) -> None:
    attach(desk, PDF.ljust(LARGEST, b" "))
    with pytest.raises(PaperTooLarge):
        attach(desk, PDF.ljust(LARGEST + 1, b" "))
    assert len(desk.rows(AttachmentRow)) == 1


def test_somebody_looked_at_every_page(desk: DeskWorld) -> None:
    with pytest.raises(NotLookedThrough):
        attach(desk, looked=False)
    with pytest.raises(IndividualNumberRefused):
        attach(desk, text=f"氏名 見本 花子\n{individual_number()}")
    with pytest.raises(IndividualNumberRefused):
        attach(desk, name=f"{individual_number()}.pdf")
    assert desk.rows(AttachmentRow) == []


def test_it_lies_sealed_and_goes_with_the_key(desk: DeskWorld) -> None:
    made = attach(desk)
    (row,) = desk.rows(AttachmentRow)
    assert b"signed by" not in row.content
    (key,) = desk.rows(ResidentKeyRow)
    desk.add_change(key, key=bytes(32))
    with pytest.raises(PaperDamaged):
        desk.ask("custodian", read_paper, made)


def test_a_scan_cannot_be_exchanged_for_another(desk: DeskWorld) -> None:
    first, second = attach(desk), attach(desk, PNG, "別の紙.png")
    rows = {row.id: row for row in desk.rows(AttachmentRow)}
    content = rows[first].content
    desk.add_change(rows[second], content=content)
    with pytest.raises(PaperDamaged):
        desk.ask("custodian", read_paper, second)


def test_without_a_resident_it_lies_in_the_encrypted_store_only(desk: DeskWorld) -> None:
    facts = {"title": "管理規程", "version": "1", "text": "第1条"}
    rules = desk.do("manager", open_entry, OpenEntry("house-rules", date(2026, 11, 20), facts))
    cmd = AttachPaper(Belongs.REGISTER, rules, "署名.pdf", PDF, looked_through=True)
    made = desk.do("custodian", attach_paper, cmd)
    assert desk.ask("manager", read_paper, made) == PDF
    (row,) = desk.rows(AttachmentRow)
    desk.add_change(row, content=PDF + b" ")
    with pytest.raises(PaperDamaged):
        desk.ask("manager", read_paper, made)


def test_one_that_should_not_be_there_is_deleted_and_that_is_recorded(desk: DeskWorld) -> None:
    made = attach(desk)
    with pytest.raises(FieldMissing):
        desk.do("custodian", remove_paper, made, " ")
    desk.do("custodian", remove_paper, made, "裏面が写っていた")
    assert desk.rows(AttachmentRow) == []
    assert desk.actions() == ["paper.attached", "paper.removed"]


def test_not_too_many(desk: DeskWorld) -> None:
    for _ in range(MOST):
        attach(desk, PNG)
    with pytest.raises(TooManyPapers):
        attach(desk, PNG)


def test_who_may_attach_and_see(desk: DeskWorld) -> None:
    made = attach(desk)
    cmd = AttachPaper(Belongs.AGREEMENT, agreement(desk), "x.pdf", PDF, looked_through=True)
    for act, argument in ((attach_paper, (cmd,)), (remove_paper, (made, "x"))):
        with pytest.raises(NotPermitted):
            desk.do("auditor", act, *argument)
    assert desk.ask("auditor", read_paper, made) == PDF
    with pytest.raises(NotPermitted):
        desk.ask("escort", read_paper, made)


def test_the_record_does_not_name_the_file(desk: DeskWorld) -> None:
    attach(desk, name="見本花子の同意書.pdf")
    assert "花子" not in "".join(row.canonical for row in desk.rows(AuditEntryRow))
