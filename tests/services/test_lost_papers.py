"""Papers of a loss work without a computer, say where each number is from, and are recorded."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoints import of_size
from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import AuditEntryRow, IntentRow
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.incidents import LostPaper, Phase, Stolen
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.domain.periods import month_of
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.reports.fonts import GlyphMissing
from facility_app.secret import Secret
from facility_app.services import lost_papers
from facility_app.services.checkpoint_check import PrintedState, check_printed
from facility_app.services.lost_cases import LostThing
from facility_app.services.lost_close import Explain, explain_case
from facility_app.services.lost_found import ReportFound, report_found
from facility_app.services.lost_leak import AssessLeak, assess_leak
from facility_app.services.lost_papers import LostPaperMade, LostPaperRequest, make_lost_paper
from facility_app.services.lost_read import NoSuchCase
from facility_app.services.lost_steps import waive_step
from facility_app.services.office import Office
from facility_app.services.reporting.register import read_register
from facility_app.services.reporting.sign_outs import sign_out_rows
from facility_app.services.settings import Facility, name_facility
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.lost_world import BOOK, card_of, do, opened, step, things

JA = Words("ja")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    desk = build(engine, work, clock)
    facility = Facility("みほん苑", "見本県見本市1-2-3", "000-0000-0000", 9)
    desk.do("manager", name_facility, facility)
    return desk


@pytest.fixture
def office(work: Work, tmp_path: Path) -> Office:
    return Office(work, DataFolder(tmp_path / "data"), DerivedKeys(Secret(bytes(32))))


def made(
    office: Office, desk: DeskWorld, request: LostPaperRequest, words: Words = JA, who="custodian"
) -> LostPaperMade:
    return make_lost_paper(office, desk.staff[who], words, BOOK, request)


def text(paper: LostPaperMade) -> str:
    pages = pypdfium2.PdfDocument(paper.content)
    return "".join(re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in pages)


def flat(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.fixture
def stolen(desk: DeskWorld) -> int:
    """Hanako's card and Tadashi's book, stolen from the car; the first hour is done."""
    desk.signed_out(item_ids=(desk.items["hanako"][0],))
    desk.forward(hours=2)
    case_id = opened(
        desk, card_of(desk), LostThing(item_id=desk.items["tadashi"][0]), stolen=Stolen.YES
    )
    for code in ("card-stop", "search", "police", "tell-person"):
        do(desk, case_id, code)
        desk.forward(minutes=9)
    return case_id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("thing", list(BOOK.lost.things))
def test_a_blank_checklist_has_every_step_number_and_fee_with_its_source(
    office: Office, desk: DeskWorld, language: str, thing: str
):
    words = Words(language)
    request = LostPaperRequest(LostPaper.CHECKLIST, thing=thing)
    found = text(made(office, desk, request, words))
    rules = [r for r in BOOK.lost.steps if thing in r.things and r.phase is Phase.LOST]
    for rule in rules:
        assert flat(rule.title.of(language)) in found
        assert flat(rule.origin.source) in found
        assert flat(words.day(rule.origin.checked_on)) in found
        for bring in rule.bring:
            assert flat(bring.of(language)) in found
        for field in (*rule.evidence, *rule.optional):
            assert field.value == "places" or flat(words.term(field)) in found
        for fee in rule.fees:
            assert f"{BOOK.lost.fees[fee].yen:,}" in found
        if rule.contact:
            contact = BOOK.lost.contacts[rule.contact]
            assert (contact.number or flat(contact.find.of(language))) in found
            for also in contact.also:
                assert BOOK.lost.contacts[also].number in found
    for place in BOOK.lost.places.values():
        assert flat(place.name.of(language)) in found
    assert "{" not in found


def test_the_checklist_of_a_case_shows_what_is_done_and_what_is_to_be_said(
    office: Office, desk: DeskWorld, stolen: int
):
    desk.do("manager", waive_step, step(desk, stolen, "authority-report").id, "市に確認し不要")
    found = text(made(office, desk, LostPaperRequest(LostPaper.CHECKLIST, stolen)))
    assert "第508号" in found
    assert "本人の袋の中" in found
    assert "市に確認し不要" in found
    assert "仮名正さんのお薬手帳が見当たりません" in found
    assert "*" not in found


def test_what_is_said_after_finding_fits_what_is_still_missing(office: Office, desk: DeskWorld):
    case_id = opened(desk, card_of(desk), LostThing(item_id=desk.items["hanako"][1]))
    card, _notice = things(desk, case_id)
    found = ReportFound(card.id, "仮屋 健", "送迎車の座席の下", LeakAnswer.NO)
    desk.do("custodian", report_found, BOOK, found)
    said = text(made(office, desk, LostPaperRequest(LostPaper.CHECKLIST, case_id)))
    assert "見本花子さんの資格情報のお知らせが見当たりません" in said
    assert "見本花子さんのマイナンバーカードが一時見当たりませんでしたが、見つかりました" in said


def test_the_incident_report_tells_the_timeline_from_the_log_and_is_signed(
    office: Office, desk: DeskWorld, stolen: int
):
    cmd = Explain(stolen, "車の鍵をかけていなかった", "離れるときは必ず施錠し、袋を持って出る")
    desk.do("manager", explain_case, BOOK, cmd)
    paper = made(office, desk, LostPaperRequest(LostPaper.REPORT, stolen))
    found = text(paper)
    for said in (
        "見本花子",
        "仮名正",
        "みほん内科の駐車場",
        "車の鍵をかけていなかった",
        "離れるときは必ず施錠し",
        "持出し",
        "紛失の届",
        "要確認",
        "窓口の見本さん",
    ):
        assert said in found, said
    assert "card-stop" not in found
    announced = max(row.seq for row in desk.rows(AuditEntryRow)) - 2
    checkpoint = re.search(r"第1号から第(\d+)号までの記録", found)
    assert checkpoint is not None
    assert int(checkpoint[1]) == announced, "the checkpoint covers the announcement"


def test_the_checkpoint_on_the_report_is_held_against_the_log(
    office: Office, desk: DeskWorld, stolen: int
):
    found = text(made(office, desk, LostPaperRequest(LostPaper.REPORT, stolen)))
    size = re.search(r"第1号から第(\d+)号までの記録", found)
    assert size is not None
    with desk.work.read(desk.staff["manager"]) as reading:
        reading.require(Permission.VERIFY_LOG)
        kept = of_size(reading.connection, int(size[1]))
        assert kept is not None
        assert "".join(kept.text.split())[-20:] in found
        assert check_printed(reading, kept.text).state is PrintedState.CONSISTENT


def test_the_leak_draft_has_nine_items_and_ends_with_whom_to_ask(
    office: Office, desk: DeskWorld, stolen: int
):
    answers = {"wrongful": LeakAnswer.YES}
    told = AssessLeak(
        stolen,
        answers,
        date(2026, 11, 20),
        LeakDecision.REPORT,
        "相談ダイヤル",
        "架空 誠",
        {"publication": "ホームページに載せる"},
    )
    desk.do("manager", assess_leak, BOOK, told)
    found = text(made(office, desk, LostPaperRequest(LostPaper.LEAK_REPORT, stolen)))
    for item in BOOK.leak.items:
        assert flat(item.name.ja) in found
    for each in BOOK.leak.classes:
        assert flat(each.question.ja) in found
    assert "要確認" in found
    assert "ホームページに載せる" in found
    assert "2人" in found
    assert "個人番号（裏面）" in found
    assert "暗号化されていません" in found
    assert "受理番号第508号" in found
    assert BOOK.lost.contacts["ppc"].number in found
    assert "R8.11.22" in found
    assert "R9.1.18" in found
    assert flat(BOOK.origins["leak"].source) in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_are_about_one_person(
    office: Office, desk: DeskWorld, stolen: int, language: str
):
    words = Words(language)
    hanako = desk.residents["hanako"]
    notice = text(
        made(office, desk, LostPaperRequest(LostPaper.NOTICE, stolen, resident_id=hanako), words)
    )
    assert "見本花子" in notice
    assert "仮名" not in notice
    assert "お薬手帳" not in notice
    assert flat(words("lost-draft-mark")) in notice
    request = LostPaperRequest(
        LostPaper.AUTHORITY, stolen, resident_id=hanako, step_code="card-reissue"
    )
    authority = text(made(office, desk, request, words))
    for rule in BOOK.lost.steps:
        if rule.paper is LostPaper.AUTHORITY and "card" in rule.things:
            assert flat(rule.title.of(language)) in authority
    assert flat(words("lost-authority-no-pin")) in authority


def test_every_paper_is_announced_and_concluded(office: Office, desk: DeskWorld, stolen: int):
    paper = made(office, desk, LostPaperRequest(LostPaper.CHECKLIST, stolen))
    rows = sorted(desk.rows(AuditEntryRow), key=lambda row: row.seq)[-2:]
    intent, outcome = (json.loads(row.canonical) for row in rows)
    assert intent["plain"] == {"case": 1, "lost_paper": "checklist", "phase": "intent"}
    assert outcome["plain"]["result"] == "done"
    assert paper.entry == rows[-1].seq
    assert paper.name == "checklist-1.pdf"
    assert desk.rows(IntentRow) == []


def test_a_name_that_cannot_be_printed_fails_and_says_so(office: Office, desk: DeskWorld):
    case_id = opened(desk, LostThing(thing="cabinet-key", label="\U0001f511"))
    with pytest.raises(GlyphMissing):
        made(office, desk, LostPaperRequest(LostPaper.CHECKLIST, case_id))
    newest = max(desk.rows(AuditEntryRow), key=lambda row: row.seq)
    assert json.loads(newest.canonical)["plain"]["result"] == "failed"


def test_who_may_not_see_a_case_prints_nothing_of_it(office: Office, desk: DeskWorld, stolen: int):
    before = desk.actions()
    with pytest.raises(NotPermitted):
        made(office, desk, LostPaperRequest(LostPaper.REPORT, stolen), who="escort")
    with pytest.raises(NoSuchCase):
        made(office, desk, LostPaperRequest(LostPaper.REPORT, 99))
    assert [act for act in desk.actions() if act == "lost.paper_printed"] == []
    assert len(desk.actions()) == len(before) + 1, "the attempt alone"
    with pytest.raises(ValueError, match="which case"):
        LostPaperRequest(LostPaper.NOTICE)


def test_a_letter_needs_somebody_it_is_about(office: Office, desk: DeskWorld):
    case_id = opened(desk, LostThing(thing="cabinet-key"))
    with pytest.raises(NoSuchCase):
        made(office, desk, LostPaperRequest(LostPaper.NOTICE, case_id))


def test_the_ledger_says_that_it_is_lost(office: Office, desk: DeskWorld, stolen: int):
    with desk.work.read(desk.staff["manager"]) as reading:
        reading.require(Permission.VIEW_LOG)
        period = month_of(date(2026, 11, 20))
        (row,) = sign_out_rows(reading, period, read_register(reading.session))
    assert "reports-remark-lost" in str(row)


def test_every_act_of_a_loss_has_its_word():
    acts = {
        "opened",
        "changed",
        "step_done",
        "step_corrected",
        "step_waived",
        "found",
        "put_back",
        "reissued",
        "leak_assessed",
        "explained",
        "closed",
        "reviewed",
        "paper_printed",
    }
    source = "".join(
        path.read_text("utf-8") for path in Path(lost_papers.__file__).parent.glob("lost_*.py")
    )
    assert acts <= set(re.findall(r'"lost\.([a-z_]+)"', source))
    for language in LANGUAGES:
        words = Words(language)
        for act in acts:
            assert f"action-lost-{act.replace('_', '-')}" in words
