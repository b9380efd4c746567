"""Making a report: recorded before and after, signed, chained to the one before, all or nothing."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoints import read
from facility_app.audit.work import Reading, Work
from facility_app.db.models import FacilityRow, IntentRow, ResidentRow
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.periods import Period, month_of
from facility_app.errors import Cancelled, Refused
from facility_app.reports.fonts import GlyphMissing
from facility_app.secret import Secret
from facility_app.services.checkpoint_check import PrintedState, check_printed
from facility_app.services.export_place import ExportPlaceInside
from facility_app.services.reporting import (
    Document,
    Format,
    PasswordTooShort,
    PeriodInFuture,
    PeriodTooLong,
    ReportRequest,
    due_monthly,
    generated_password,
    make_report,
)
from facility_app.services.reporting.place import (
    ReportPlaceFull,
    ReportPlaceTaken,
    ReportPlaceUnusable,
)
from facility_app.services.reporting.statement import ResidentUnknown
from tests.conftest import FakeClock
from tests.services.reporting_world import NOVEMBER, WORDS, ReportWorld, report_world
from tests.services.test_backup import small_disk

SPEECHLESS = "字\U000e01ef無"
"""A name whose variant no font has."""


@pytest.fixture
def world(engine: Engine, work: Work, clock: FakeClock, tmp_path: Path) -> ReportWorld:
    return report_world(engine, work, clock, tmp_path)


def pages_of(pdf: bytes, password: str | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(pdf, password=password)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("document", Document)
def test_a_report_is_announced_signed_and_concluded(world: ReportWorld, document: Document) -> None:
    world.some_acts()
    made = world.make(document)
    announced, outcome = world.entries("report.made")
    assert announced.plain["phase"] == "intent"
    assert announced.plain["document"] == document.value
    assert made.checkpoint.size == announced.seq  # it covers its own announcement
    assert made.checkpoint.reason == "report"
    assert (outcome.plain["of"], outcome.plain["result"]) == (announced.seq, "done")
    assert made.entry == outcome.seq
    assert not world.desk.rows(IntentRow)


@pytest.mark.parametrize("document", Document)
def test_a_report_carries_its_checkpoint_and_the_one_before(
    world: ReportWorld, document: Document
) -> None:
    first = world.make(document)
    second = world.make(document)
    assert first.previous is None
    assert second.previous == first.checkpoint
    facts = json.loads(world.make(document, format=Format.JSON).content or b"")
    signed = next(each["checkpoints"] for each in facts["sections"].values() if each["checkpoints"])
    assert signed["this"]["entries"] > second.checkpoint.size
    if document is not Document.BLACKOUT:  # a sheet for an emergency has no room for two
        assert signed["previous"]["text"] == second.checkpoint.text


def test_a_failed_report_is_not_the_one_before(world: ReportWorld) -> None:
    good = world.make(Document.MONTHLY)
    world.desk.add(FacilityRow(id=1, name=SPEECHLESS))
    with pytest.raises(GlyphMissing):
        world.make(Document.MONTHLY)
    world.desk.add_change(world.desk.one(FacilityRow), name="見本苑")
    assert world.make(Document.MONTHLY).previous == good.checkpoint


def test_the_printed_checkpoint_is_consistent_with_the_log(world: ReportWorld) -> None:
    world.some_acts()
    made = world.make(Document.MONTHLY)
    for paper in (made.checkpoint.text, " ".join(made.checkpoint.words)):
        verdict = world.desk.ask("auditor", check_printed, paper)
        assert verdict.state is PrintedState.CONSISTENT

    def genuine(reading: Reading) -> bool:
        reading.require(Permission.VIEW_LOG)
        return read(reading.trust.verifier, made.checkpoint.text) is not None

    assert world.desk.ask("auditor", genuine)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("document", Document)
def test_each_paper_comes_in_each_form(
    world: ReportWorld, document: Document, form: Format, tmp_path: Path
) -> None:
    world.some_acts()
    file = tmp_path / f"paper.{form.value}"
    made = world.make(document, out=file, format=form)
    content = file.read_bytes()
    assert made.path == file
    assert made.content is None
    assert made.name.endswith(f".{form.value}")
    if form is Format.PDF:
        assert len(pages_of(content)) == made.pages > 0
    elif form is Format.CSV:
        assert content.startswith(b"\xef\xbb\xbf")
    else:
        assert json.loads(content)["paper"] == document.value
    assert file.stat().st_mode & 0o077 == 0


RIGHTS = {
    "manager": set(Document),
    "auditor": set(Document) - {Document.BLACKOUT},
    "custodian": {Document.LEDGER, Document.BLACKOUT, Document.EXPIRY},
}


@pytest.mark.parametrize("who", RIGHTS)
@pytest.mark.parametrize("document", Document)
def test_only_who_may_makes_a_paper(world: ReportWorld, who: str, document: Document) -> None:
    if document in RIGHTS[who]:
        assert world.make(document, who, format=Format.JSON).content
        return
    with pytest.raises(NotPermitted):
        world.make(document, who)
    assert world.entries("act.refused")
    assert not world.entries("report.made")


def test_days_that_have_not_come_are_refused(world: ReportWorld) -> None:
    with pytest.raises(PeriodInFuture):
        world.make(Document.MONTHLY, period=month_of(date(2026, 12, 1)))
    assert not world.entries("report.made")


def test_a_slip_in_the_year_is_refused_and_ten_years_are_not(world: ReportWorld) -> None:
    with pytest.raises(PeriodTooLong):
        world.make(Document.LEDGER, period=Period(date(1026, 11, 1), date(2026, 11, 20)))
    world.some_acts()
    text = world.text(Document.LEDGER, period=Period(date(2016, 11, 21), date(2026, 11, 20)))
    assert "見本 花子" in text


def test_an_empty_month_says_so(world: ReportWorld) -> None:
    world.some_acts()
    made = world.make(Document.MONTHLY, period=month_of(date(2026, 3, 1)))
    text = "".join(pages_of(made.content or b""))
    assert text.count("この期間にありません。") > 8
    assert "みほん内科" not in text


def test_a_month_that_is_not_over_says_so(world: ReportWorld) -> None:
    first = pages_of(world.make(Document.MONTHLY).content or b"")[0]
    assert "20日まで。月の途中です" in first
    world.clock.now = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert "月の途中" not in pages_of(world.make(Document.MONTHLY).content or b"")[0]


def test_nobody_unknown_has_a_statement(world: ReportWorld) -> None:
    with pytest.raises(ResidentUnknown):
        world.make(Document.STATEMENT, resident_id=999)
    assert not world.entries("report.made")


@pytest.mark.parametrize("where", ["taken", "missing-folder", "file-as-folder", "data"])
def test_a_place_that_will_not_do_is_refused_before_anything(
    world: ReportWorld, tmp_path: Path, where: str
) -> None:
    (tmp_path / "taken.pdf").write_text("mine")
    (tmp_path / "data").mkdir()
    place, refusal = {
        "taken": (tmp_path / "taken.pdf", ReportPlaceTaken),
        "missing-folder": (tmp_path / "none" / "a.pdf", ReportPlaceUnusable),
        "file-as-folder": (tmp_path / "taken.pdf" / "a.pdf", ReportPlaceUnusable),
        "data": (tmp_path / "data" / "a.pdf", ExportPlaceInside),
    }[where]
    with pytest.raises(refusal):
        world.make(Document.MONTHLY, out=place)
    assert not world.entries("report.made")
    assert (tmp_path / "taken.pdf").read_text() == "mine"


def test_a_full_disk_leaves_nothing(world: ReportWorld, tmp_path: Path) -> None:
    world.some_acts()
    with small_disk(tmp_path / "tiny", "16k") as folder:
        with pytest.raises(ReportPlaceFull):
            world.make(Document.MONTHLY, out=folder / "a.pdf")
        assert list(folder.iterdir()) == []
    assert world.entries("report.made")[-1].plain["result"] == "failed"


def test_a_folder_that_cannot_be_written_leaves_nothing(world: ReportWorld, tmp_path: Path) -> None:
    with small_disk(tmp_path / "tiny", "64k") as folder:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(ReportPlaceUnusable):
            world.make(Document.MONTHLY, out=folder / "a.pdf")
        assert list(folder.iterdir()) == []
    assert world.entries("report.made")[-1].plain["result"] == "failed"


@pytest.mark.parametrize("form", Format)
def test_a_cancelled_report_leaves_nothing(
    world: ReportWorld, tmp_path: Path, form: Format
) -> None:
    world.some_acts()
    before = sorted(tmp_path.iterdir())

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    request = world.request(Document.LEDGER, format=form)
    with pytest.raises(Cancelled):
        make_report(
            world.office, world.desk.staff["manager"], WORDS, request, tmp_path / "a.pdf", stop
        )
    assert sorted(tmp_path.iterdir()) == before
    assert world.entries("report.made")[-1].plain["result"] == "failed"
    assert world.make(Document.LEDGER).pages  # nothing of the broken one is in the way


def test_progress_rises_to_the_end(world: ReportWorld) -> None:
    world.some_acts()
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))

    request = world.request(Document.LEDGER)
    make_report(world.office, world.desk.staff["manager"], WORDS, request, progress=tell)
    assert told[-1][0] == told[-1][1] == 3
    assert all(done <= of for done, of in told)


def test_a_name_that_cannot_be_printed_is_refused_by_name(
    world: ReportWorld, tmp_path: Path
) -> None:
    loan = world.desk.signed_out("tadashi")
    world.desk.add_change(world.desk.one(ResidentRow, ResidentRow.room == "101"), name=SPEECHLESS)
    with pytest.raises(GlyphMissing) as refused:
        world.make(Document.LEDGER, out=tmp_path / "a.pdf")
    assert refused.value.name == SPEECHLESS
    assert not (tmp_path / "a.pdf").exists()
    assert world.entries("report.made")[-1].plain["result"] == "failed"
    assert SPEECHLESS in world.text(Document.LEDGER)  # a file for a program has no fonts
    assert loan


def test_a_short_password_is_refused_and_a_long_one_opens_the_file(world: ReportWorld) -> None:
    with pytest.raises(PasswordTooShort):
        world.make(Document.BLACKOUT, password=Secret.from_text("elevenchars"))
    assert not world.entries("report.made")
    made = world.make(Document.BLACKOUT, password=Secret.from_text("twelve chars"))
    assert "見本 花子" in "".join(pages_of(made.content or b"", "twelve chars"))
    with pytest.raises(pypdfium2.PdfiumError):
        pages_of(made.content or b"", "twelve charz")
    assert world.entries("report.made")[0].plain["protected"] is True


def test_generated_passwords_are_long_and_easy_to_read() -> None:
    some = {generated_password().copy_bytes().decode() for _ in range(50)}
    assert len(some) == 50
    for each in some:
        groups = each.split("-")
        assert [len(group) for group in groups] == [4] * 7  # 31 ** 28 > 2 ** 128
        assert not set(each) & set("01oil")
        ReportRequest(Document.RIGHTS, password=Secret.from_text(each)).refuse(date(2026, 11, 20))


def test_what_lacks_its_subject_cannot_be_asked_for() -> None:
    for wrong in (
        {"document": Document.MONTHLY},
        {"document": Document.LEDGER},
        {"document": Document.STATEMENT},
        {"document": Document.RIGHTS, "format": Format.CSV, "password": Secret(b"0123456789ab")},
    ):
        with pytest.raises(ValueError, match=r"\?|password"):
            ReportRequest(**wrong)


class TestDue:
    """The monthly report is due from the first of the next month until it was made."""

    def due(self, world: ReportWorld, who: str = "manager") -> Period | None:
        return world.desk.ask(who, due_monthly)

    def test_not_before_the_first(self, world: ReportWorld) -> None:
        world.some_acts()
        assert self.due(world) is None  # the record begins this month

    def test_on_the_first_until_it_was_made(self, world: ReportWorld) -> None:
        world.some_acts()
        world.clock.now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)  # 1 December, 0:00 in Japan
        assert self.due(world) == NOVEMBER
        world.make(Document.MONTHLY, period=month_of(date(2026, 12, 1)))
        assert self.due(world) == NOVEMBER
        world.make(Document.MONTHLY)
        assert self.due(world) is None

    def test_one_made_before_the_month_was_over_does_not_count(self, world: ReportWorld) -> None:
        world.make(Document.MONTHLY)
        world.clock.now = datetime(2026, 12, 3, 1, 0, tzinfo=UTC)
        assert self.due(world) == NOVEMBER

    def test_nobody_else_is_told(self, world: ReportWorld) -> None:
        world.some_acts()
        world.clock.now = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
        assert self.due(world, "custodian") is None
        assert self.due(world, "auditor") == NOVEMBER


def test_every_refusal_has_its_sentences(world: ReportWorld) -> None:
    for refusal in (
        PeriodInFuture(date(2026, 12, 1)),
        PeriodTooLong(date(1026, 1, 1), date(2026, 1, 1)),
        PasswordTooShort(),
        ResidentUnknown(9),
        ReportPlaceTaken("x"),
        ReportPlaceUnusable("x"),
        ReportPlaceFull("x"),
    ):
        assert isinstance(refusal, Refused)
        assert len(str(WORDS.error(refusal)).splitlines()) == 3
