"""The report on visits: counted right, about clinics and never about residents."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import ClinicRow, ResidentRow, VisitOutcomeRow
from facility_app.domain.coverage import Answer, VisualMode
from facility_app.domain.ladder import Way
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.reporting import Document, Format, make_report
from tests.conftest import FakeClock
from tests.desk_world import visit_row
from tests.services.reporting_world import ReportWorld, report_world

FIRST = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
LONG = "独立行政法人 みほん国立病院機構 とても長い名前の見本総合医療センター 眼科外来"


@pytest.fixture
def world(engine: Engine, work: Work, clock: FakeClock, tmp_path: Path) -> ReportWorld:
    world = report_world(engine, work, clock, tmp_path)
    clinics = [_clinic(name) for name in ("みほん内科", LONG, "さくら見本歯科")]
    world.desk.add(*clinics)
    told: list[tuple[int, Way | None, int | None, list[str]]] = [
        (0, Way.FACE, 4, []),
        (0, Way.FACE, 6, []),
        (0, Way.VISUAL, 12, ["face-failed"]),
        (1, Way.CERTIFICATE, 20, ["ratio-differs", "unreadable-character"]),
        (1, None, 45, ["shown-invalid", "unreadable-character"]),
        (2, Way.ORAL, None, ["device-fault"]),
    ]
    for number, (clinic, way, minutes, troubles) in enumerate(told):
        visit = visit_row(
            world.desk,
            starts_at=FIRST + timedelta(days=number),
            returns_at=None,
            clinic_id=clinics[clinic].id,
            destination=clinics[clinic].name,
        )
        world.desk.add(
            VisitOutcomeRow(
                visit_id=visit.id,
                way=way.value if way else "",
                minutes=minutes,
                troubles=troubles,
                papers=[],
                question="ratio-differs" in troubles,
                by=world.desk.id_of("custodian"),
                at=visit.starts_at,
            )
        )
    visit_row(world.desk, starts_at=FIRST + timedelta(days=9))  # made, if its things had left
    return world


def _clinic(name: str) -> ClinicRow:
    return ClinicRow(
        name=name,
        visual_mode=VisualMode.WORKS,
        pmh=Answer.UNKNOWN,
        livelihood_ready=Answer.UNKNOWN,
        phone_ready=Answer.UNKNOWN,
    )


def data(world: ReportWorld) -> dict[str, Any]:
    made = world.make(Document.VISITS, format=Format.JSON)
    assert made.content is not None
    found: dict[str, Any] = json.loads(made.content)
    return found


def test_everything_is_counted_once(world: ReportWorld) -> None:
    text = world.text(Document.VISITS)
    for expected in (
        "マイナ保険証と顔認証 2回、マイナ保険証と目視確認 1回",
        "どれも使えなかった 1回",
        "氏名や住所に●が出た",
        f"{LONG} 2回",
        "顔認証できなかった",
    ):
        assert expected in text, expected
    figures = data(world)["sections"]["overview"]["facts"]
    assert (figures["visits-made"], figures["visits-told"]) == (6, 6)
    assert (figures["visits-with-trouble"], figures["visits-questions"]) == (4, 1)


def test_minutes_lost_are_those_of_visits_with_trouble(world: ReportWorld) -> None:
    facts = data(world)["sections"]["overview"]["facts"]
    assert facts["visits-minutes"] == 4 + 6 + 12 + 20 + 45
    assert facts["visits-minutes-lost"] == 12 + 20 + 45
    assert facts["visits-median"] == 12
    assert facts["visits-none-worked"] == 1
    assert facts["visits-open-questions"] == 1


def test_nobody_s_name_stands_in_it(world: ReportWorld) -> None:
    for form in (Format.CSV, Format.JSON):
        made = world.make(Document.VISITS, format=form)
        assert made.content is not None
        for row in world.desk.rows(ResidentRow):
            assert row.name not in made.content.decode("utf-8-sig")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_paper_with_charts_in_every_language(world: ReportWorld, language: str) -> None:
    request = world.request(Document.VISITS)
    made = make_report(world.office, world.desk.staff["manager"], Words(language), request)
    assert made.content is not None
    pages = list(pypdfium2.PdfDocument(made.content))
    assert len(pages) == made.pages >= 2
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert Words(language)("reports-chart-visit-ways") in text


def test_days_without_visits_are_a_paper_too(
    engine: Engine, work: Work, clock: FakeClock, tmp_path: Path
) -> None:
    world = report_world(engine, work, clock, tmp_path)
    assert world.make(Document.VISITS).pages >= 1
