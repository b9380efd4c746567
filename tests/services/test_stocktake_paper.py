"""The count sheet of a cabinet: recorded before it is drawn, and as blind as the screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import FacilityRow, ItemKindRow, ItemRow, ResidentRow, SlotRow
from facility_app.domain.access import NotPermitted
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.reports.fonts import GlyphMissing
from facility_app.services.office import Office
from facility_app.services.stocktake import NoSuchCabinet
from facility_app.services.stocktake_paper import sheet_paper
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    world.add(FacilityRow(id=1, name="みほんの里"), SlotRow(cabinet="A", number=20, label="A-20"))
    return world


@pytest.fixture
def office(desk: DeskWorld, tmp_path: Path) -> Office:
    return Office(desk.work, DataFolder(tmp_path), cast(DerivedKeys, None))  # papers need no keys


def text_of(pdf: bytes) -> str:
    found = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return re.sub(r"\s+", "", "".join(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_places_and_kinds_and_neither_people_nor_pieces(
    desk: DeskWorld, office: Office, language: str
) -> None:
    before = text_of(sheet_paper(office, desk.staff["custodian"], Words(language), "A"))
    assert all(place in before for place in ("A-05", "A-12", "A-20"))
    assert "マイナンバーカード" in before
    for row in desk.rows(ResidentRow):
        assert row.name.replace(" ", "") not in before
    for item in desk.rows(ItemRow):  # whatever is in custody, the sheet is the same
        desk.add_change(item, pieces=item.pieces + 40)
    assert text_of(sheet_paper(office, desk.staff["custodian"], Words(language), "A")) == before


def test_it_is_announced_and_concluded_in_the_record(desk: DeskWorld, office: Office) -> None:
    sheet_paper(office, desk.staff["custodian"], Words("ja"), "A")
    assert desk.actions() == ["stocktake.sheet_printed"] * 2
    desk.add_change(desk.one(ItemKindRow, ItemKindRow.code == "patient-card"), name="\U0001f338")
    with pytest.raises(GlyphMissing):
        sheet_paper(office, desk.staff["custodian"], Words("ja"), "A")
    assert desk.actions() == ["stocktake.sheet_printed"] * 4


def test_who_may_not_count_and_a_cabinet_that_is_not_there_are_refused(
    desk: DeskWorld, office: Office
) -> None:
    with pytest.raises(NotPermitted):
        sheet_paper(office, desk.staff["auditor"], Words("ja"), "A")
    with pytest.raises(NoSuchCabinet):
        sheet_paper(office, desk.staff["custodian"], Words("ja"), "Z")
