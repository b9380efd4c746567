"""きょう: what each row says, which button it has, the strip and the alarm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AgreementRow, BackupRow, ItemRow, StocktakeRow
from facility_app.domain.access import PROGRAM, RIGHTS, Role
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.domain.life_events import LifeEventKind
from facility_app.domain.stocktake import StocktakeState
from facility_app.i18n import Words
from facility_app.services.emergency import explain_emergency, release_emergency
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.life_events import NoteEvent, note_event
from facility_app.services.review_collect import collect_reviews
from facility_app.services.today import Today, today
from facility_app.ui.viewmodels.today import (
    Alarm,
    Step,
    ToDoLine,
    strip_text,
    todo_lines,
    very_late,
    visit_lines,
)
from facility_app.ui.viewmodels.visits import VisitStep
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, visit_row

CUSTODIAN, MANAGER = RIGHTS[Role.CUSTODIAN], RIGHTS[Role.MANAGER]


@pytest.fixture
def words() -> Words:
    return Words("ja")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    world.add(BackupRow(made_at=clock.now, size=1, root="", places=[]), counted(world, 11))
    return world


def counted(desk: DeskWorld, month: int) -> StocktakeRow:
    """An approved stocktake of cabinet A."""
    return StocktakeRow(
        cabinet="A",
        month=date(2026, month, 1),
        state=StocktakeState.APPROVED,
        started_at=desk.clock(),
        started_by=desk.id_of("custodian"),
    )


def _today(desk: DeskWorld) -> Today:
    return desk.ask("custodian", today)


def test_a_quiet_day(desk: DeskWorld, words: Words) -> None:
    seen = _today(desk)
    assert (
        seen.loans,
        visit_lines(words, seen, CUSTODIAN),
        todo_lines(words, seen, CUSTODIAN),
    ) == ((), [], [])
    assert strip_text(words, seen) == ""


def test_a_stocktake_is_asked_for_in_the_last_ten_days_until_it_is_approved(
    desk: DeskWorld, clock: FakeClock, words: Words
) -> None:
    def due() -> list[ToDoLine]:
        lines = todo_lines(words, _today(desk), CUSTODIAN)
        return [line for line in lines if line.what == "stocktake-due"]

    clock.forward(days=31)  # 21 December
    assert due() == []
    clock.forward(days=1)
    (line,) = due()
    assert (line.level, line.step) == ("notice", Step.STOCKTAKE)
    assert line.text == "保管庫 A　12月31日(木)まで"
    clock.forward(days=7)
    assert due()[0].level == "warn"
    desk.add(counted(desk, 12))
    assert due() == []


def test_who_may_review_is_told_how_many_wait(
    desk: DeskWorld, clock: FakeClock, words: Words
) -> None:
    loan = desk.signed_out()
    desk.do("custodian", correct_loan, LoanCorrection(loan, "間違い", destination="別の医院"))
    with desk.work.begin(PROGRAM) as tx:
        collect_reviews(tx)
    (line,) = todo_lines(words, desk.ask("manager", today), MANAGER)
    assert (line.step, line.text) == (Step.RECORD, "1件が待っています")
    assert todo_lines(words, _today(desk), CUSTODIAN) == []


def test_visits_lead_from_preparation_to_the_outcome(desk: DeskWorld, words: Words) -> None:
    ready = visit_row(desk)
    lonely = visit_row(desk, "tadashi", escort_id=None)

    def lines() -> list[tuple[int, str, VisitStep]]:
        found = visit_lines(words, _today(desk), CUSTODIAN)
        return [(line.visit.id, line.chip, line.step) for line in found]

    assert lines() == [
        (ready.id, "準備済", VisitStep.TAKE),
        (lonely.id, "付添が未定", VisitStep.PREPARE),
    ]
    loan_id = desk.signed_out(visit_id=ready.id)
    assert lines() == [
        (lonely.id, "付添が未定", VisitStep.PREPARE),
        (ready.id, "持出中", VisitStep.RETURN),
    ]
    loan = desk.loan(loan_id)
    loan.closed_at = desk.clock()
    desk.add(loan)
    assert lines()[-1] == (ready.id, "返却済", VisitStep.OUTCOME)


def test_the_strip_names_the_longest_overdue(
    desk: DeskWorld, clock: FakeClock, words: Words
) -> None:
    desk.signed_out("hanako", due_at=clock.now + timedelta(minutes=60))
    desk.signed_out("tadashi", due_at=clock.now + timedelta(minutes=30))
    clock.forward(minutes=72)
    assert strip_text(words, _today(desk)) == (
        "予定の時刻を過ぎた持出しが 2件あります。仮名 正さん（101号室）、42分遅れ"
    )


def test_an_emergency_without_its_reason_is_chased(
    desk: DeskWorld, clock: FakeClock, words: Words
) -> None:
    released = desk.do("custodian", release_emergency, desk.residents["hanako"])
    assert "緊急持出し" in strip_text(words, _today(desk))
    (line,) = todo_lines(words, _today(desk), CUSTODIAN)
    assert (line.step, line.level) == (Step.EXPLAIN, "danger")
    clock.forward(hours=23)
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "みほん病院")
    assert strip_text(words, _today(desk)) == ""
    assert [line.step for line in todo_lines(words, _today(desk), CUSTODIAN)] == [Step.NONE]
    assert [line.step for line in todo_lines(words, _today(desk), MANAGER)] == [Step.REVIEW]


def test_an_emergency_whose_reason_is_late_is_as_grave_as_a_block(
    desk: DeskWorld, clock: FakeClock, words: Words
) -> None:
    desk.do("custodian", release_emergency, desk.residents["hanako"])
    clock.forward(hours=24, seconds=1)
    line = todo_lines(words, _today(desk), CUSTODIAN)[0]
    assert (line.level, line.what) == ("block", "reason-late")
    assert "24時間遅れ" not in line.text


def test_dates_agreements_and_backups_become_rows(desk: DeskWorld, words: Words) -> None:
    card = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][0])
    card.card_expires_on, card.certificate_expires_on = date(2030, 3, 5), date(2026, 12, 8)
    agreement = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["tadashi"])
    agreement.withdrawn_on = date(2026, 11, 1)
    desk.add(card, agreement)
    lines = todo_lines(words, _today(desk), CUSTODIAN)
    assert [(line.what, line.step) for line in lines] == [
        ("agreement-missing", Step.AGREEMENT),
        ("expires-soon", Step.RESIDENT),
    ]
    assert lines[1].title == "マイナンバーカードの期限"
    assert lines[1].text == "見本 花子さん 12月8日(火)"


def test_renewals_stand_together(desk: DeskWorld, words: Words) -> None:
    for item in (*desk.items["hanako"][:2], *desk.items["tadashi"]):
        row = desk.one(ItemRow, ItemRow.id == item)
        row.kind_code = "my-number-card"
        row.card_expires_on, row.certificate_expires_on = date(2030, 3, 5), date(2027, 1, 31)
        desk.add(row)
    lines = todo_lines(words, _today(desk), CUSTODIAN)
    assert [(line.what, line.text) for line in lines] == [("renewable", "2人の証明書")]


def test_a_task_of_the_rules_names_who_and_until_when(desk: DeskWorld, words: Words) -> None:
    moved = LifeEventKind.MOVED_IN
    for number, name in enumerate(("hanako", "tadashi")):
        day = date(2026, 11, 9 + number)
        desk.do("custodian", note_event, NoteEvent(desk.residents[name], moved, day))
    lines = todo_lines(words, _today(desk), CUSTODIAN)
    assert [(line.level, line.title, line.step) for line in lines] == [
        ("warn", "転入届", Step.RESIDENT),
        ("warn", "転入届", Step.RESIDENT),
    ]
    assert lines[0].text == "見本 花子さん 203号室 11月23日(月)まで"
    assert (lines[0].resident_id, lines[0].what) == (desk.residents["hanako"], "duty")


def test_many_tasks_of_one_kind_stand_as_one_row(desk: DeskWorld, words: Words) -> None:
    rows = [
        ItemRow(
            resident_id=desk.residents["hanako"],
            kind_code="eligibility-notice",
            state=ItemState.IN_SAFE,
            paper_expires_on=date(2025, 7, 31),
            face_authentication=FaceAuthentication.UNKNOWN,
            condition=Condition.GOOD,
            received_on=date(2025, 1, 1),
        )
        for _ in range(4)
    ]
    newest = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][1])
    newest.paper_expires_on = date(2027, 7, 31)
    desk.add(*rows, newest)
    (line,) = todo_lines(words, _today(desk), CUSTODIAN)
    assert (line.what, line.title) == ("duties", "古い証の回収")
    assert line.text == "4件 はじめは8月31日(日)まで"


def test_a_notice_is_not_chased_beside_a_pressing_renewal(desk: DeskWorld, words: Words) -> None:
    card = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][0])
    card.card_expires_on, card.certificate_expires_on = date(2030, 3, 5), date(2027, 1, 15)
    desk.add(card)
    assert [line.what for line in todo_lines(words, _today(desk), CUSTODIAN)] == [
        "renewable",
        "duty",
    ]
    card.certificate_expires_on = date(2026, 12, 20)
    desk.add(card)
    assert [line.what for line in todo_lines(words, _today(desk), CUSTODIAN)] == ["expires-soon"]


def test_a_backup_that_is_missing(desk: DeskWorld, clock: FakeClock, words: Words) -> None:
    clock.forward(days=1, seconds=1)
    (line,) = todo_lines(words, _today(desk), CUSTODIAN)
    assert (line.what, line.step, line.text) == (
        "backup-missing",
        Step.BACKUP,
        "最後は 11月20日(金)",
    )


def test_the_alarm_sounds_at_15_and_60_minutes_then_every_quarter_hour(
    desk: DeskWorld, clock: FakeClock
) -> None:
    loan_id = desk.signed_out(due_at=clock.now + timedelta(minutes=10))
    alarm, rang = Alarm(), []
    for minute in range(110):
        clock.forward(minutes=1)
        if alarm.rings(_today(desk).loans):
            rang.append(minute + 1 - 10)
    assert rang == [15, 60, 75, 90]
    assert [loan.id for loan in very_late(_today(desk))] == [loan_id]
