"""A drill is a rehearsal: nothing of it is in the real record but that it was held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import AuditEntryRow, LostCaseRow, ResidentRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.incidents import LostPaper
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.secret import Secret
from facility_app.services.lost_drill import DrillScenario, begin_drill, end_drill
from facility_app.services.lost_papers import LostPaperRequest, make_lost_paper
from facility_app.services.lost_read import lost_case
from facility_app.services.lost_steps import DoStep, do_step
from facility_app.services.office import Office
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.lost_world import BOOK, evidence_of

JA = Words("ja")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def office(work: Work, tmp_path: Path) -> Office:
    return Office(work, DataFolder(tmp_path / "data"), DerivedKeys(Secret(bytes(32))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", DrillScenario)
def test_a_drill_begins_with_a_call_and_leaves_one_entry(
    desk: DeskWorld, office: Office, scenario: DrillScenario, language: str
):
    before = desk.actions()
    actor = desk.staff["custodian"]
    drill = begin_drill(office, actor, Words(language), BOOK, scenario)
    folder = Path(drill.folder.name)
    seen = drill.office.ask(drill.actor, lost_case, BOOK, drill.case_id)
    assert seen.minutes == 3
    assert len(seen.residents) == (3 if scenario is DrillScenario.THREE_POUCHES else 1)
    first = seen.next_step
    assert first is not None
    desk.forward(minutes=6)
    evidence = evidence_of(desk, first.code)
    drill.office.do(drill.actor, do_step, BOOK, DoStep(first.id, evidence))
    assert desk.actions() == before, "nothing is recorded while it goes on"
    desk.forward(minutes=6)
    held = end_drill(office, actor, drill)
    assert (held.minutes, held.steps) == (12, 1)
    assert not folder.exists()
    assert desk.actions() == [*before, "training.drill_held"]
    (row,) = desk.rows(AuditEntryRow, AuditEntryRow.action == "training.drill_held")
    entry = json.loads(row.canonical)
    assert entry["plain"] == {"drill_minutes": 12, "drill_steps": 1, "scenario": scenario.value}
    assert (entry["actor"], entry["resident"], entry["seq"]) == (actor.staff_id, None, held.seq)
    assert desk.rows(LostCaseRow) == []
    assert {person.name for person in desk.rows(ResidentRow)} == {"見本 花子", "仮名 正"}


def test_papers_are_made_of_the_sample_and_a_drill_may_be_broken_off(
    desk: DeskWorld, office: Office
):
    drill = begin_drill(office, desk.staff["manager"], JA, BOOK, DrillScenario.THEFT)
    request = LostPaperRequest(LostPaper.REPORT, drill.case_id)
    made = make_lost_paper(drill.office, drill.actor, JA, BOOK, request)
    assert made.content.startswith(b"%PDF")
    drill.discard()
    drill.discard()
    assert not Path(drill.folder.name).exists()
    assert desk.actions() == []


def test_what_is_left_of_a_crash_cannot_be_read(desk: DeskWorld, office: Office):
    drill = begin_drill(office, desk.staff["manager"], JA, BOOK, DrillScenario.CARD_OUTSIDE)
    content = b"".join(path.read_bytes() for path in Path(drill.folder.name).iterdir())
    assert "訓練".encode() not in content
    assert b"SQLite format" not in content
    drill.discard()


def test_who_may_not_report_a_loss_holds_no_drill(desk: DeskWorld, office: Office):
    with pytest.raises(NotPermitted):
        begin_drill(office, desk.staff["auditor"], JA, BOOK, DrillScenario.THEFT)
