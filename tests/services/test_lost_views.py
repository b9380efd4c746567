"""A case as the page shows it: the clock, the next call, what is said; and the reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import NotPermitted
from facility_app.domain.incidents import Evidence, LostCaseState, LostWhere, Stolen
from facility_app.domain.items import ItemState
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_cases import LostThing
from facility_app.services.lost_close import LostReview, close_case, review_case
from facility_app.services.lost_due import LostReminder, LostReminderKind, lost_reminders
from facility_app.services.lost_leak import AssessLeak, assess_leak
from facility_app.services.lost_read import (
    NoSuchCase,
    cases_about,
    losable_things,
    lost_case,
    lost_cases,
)
from facility_app.services.lost_steps import waive_step
from facility_app.services.lost_views import LostCaseView, LostStepState
from facility_app.services.lost_words import spoken, things_of, unstressed
from facility_app.services.settings import Facility
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.lost_world import BOOK, card_of, do, opened, step, waive_all

FACILITY = Facility("みほん苑", "見本市1-2-3", "000-0000-0000")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def view(desk: DeskWorld, case_id: int, book: LostBook = BOOK) -> LostCaseView:
    return desk.ask("custodian", lost_case, book, case_id)


def test_the_page_knows_the_minutes_the_next_call_and_what_is_left(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    desk.forward(minutes=42)
    seen = view(desk, case_id)
    assert (seen.number, seen.minutes, seen.state) == (1, 47, LostCaseState.OPEN)
    assert seen.next_step is not None
    assert seen.next_step.code == "card-stop"
    assert seen.next_step.state is LostStepState.LATE
    assert len(seen.left) == 13
    assert [person.name for person in seen.residents] == ["見本 花子"]
    due = [each.due.day for each in seen.steps]
    assert due == sorted(due)
    do(desk, case_id, "card-stop")
    seen = view(desk, case_id)
    assert seen.next_step is not None
    assert seen.next_step.code == "search"
    (done,) = [each for each in seen.steps if each.code == "card-stop"]
    assert (done.state, done.done_by) == (LostStepState.DONE, "例田 みつ子")
    assert done.evidence[Evidence.AT] == desk.clock()
    assert done.evidence[Evidence.RECEIPT] == "第508号"
    assert not seen.may_close


def test_the_days_of_the_leak_stand_before_anybody_answered(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    seen = view(desk, case_id)
    assert seen.leak is None
    assert seen.deadlines.first_safe == date(2026, 11, 22)
    told = AssessLeak(case_id, {"sensitive": LeakAnswer.YES}, date(2026, 11, 19))
    desk.do("custodian", assess_leak, BOOK, told)
    seen = view(desk, case_id)
    assert seen.leak is not None
    assert seen.leak.answers["sensitive"] is LeakAnswer.YES
    assert seen.leak.decision is LeakDecision.ASKING
    assert seen.deadlines.first_safe == date(2026, 11, 21)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_is_filled_in(desk: DeskWorld, language: str):
    words = Words(language)
    lost = [card_of(desk), *(LostThing(item_id=each) for each in desk.items["hanako"][1:])]
    case_id = opened(desk, *lost, stolen=Stolen.UNKNOWN)
    seen = view(desk, case_id)
    for each in seen.steps:
        text = spoken(words, FACILITY, seen, each)
        assert "{" not in text
        assert "}" not in text
        assert bool(text) == bool(each.rule and each.rule.say.of(language))
    (stop,) = [each for each in seen.steps if each.code == "card-stop"]
    text = spoken(words, FACILITY, seen, stop)
    assert "見本 花子" in text
    assert "みほん苑" in text
    assert "昭和20年3月5日" in text or "1945" in text
    assert "**" in text
    assert "*" not in unstressed(text)
    (again,) = [
        each
        for each in seen.steps
        if each.code == "certificate-again" and each.item and each.item.name == "診察券"
    ]
    assert "診察券" in spoken(words, FACILITY, seen, again)
    assert "マイナンバーカード" not in spoken(words, FACILITY, seen, again)


def test_a_key_is_named_in_the_language_of_the_program(desk: DeskWorld):
    case_id = opened(desk, LostThing(thing="cabinet-key", label="2"))
    seen = view(desk, case_id)
    assert things_of(Words("ja"), seen.items) == "保管庫の鍵 2"
    assert things_of(Words("en"), seen.items) == "Key of the cabinet 2"
    assert seen.residents == ()


def test_a_step_says_whose_it_is_only_where_there_are_several(desk: DeskWorld):
    one = view(desk, opened(desk, LostThing(item_id=desk.items["hanako"][3])))
    assert {one.beside(each) for each in one.steps} == {""}
    two = view(desk, opened(desk, card_of(desk), LostThing(item_id=desk.items["tadashi"][0])))
    beside = {each.code: two.beside(each) for each in two.steps}
    assert beside["search"] == ""
    assert beside["card-stop"] == "見本 花子"
    assert beside["certificate-again"] == "仮名 正"


def test_a_step_that_the_rule_file_no_longer_has_is_still_shown(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    fewer = tuple(each for each in BOOK.lost.steps if each.code != "card-stop")
    seen = view(desk, case_id, replace(BOOK, lost=replace(BOOK.lost, steps=fewer)))
    (gone,) = [each for each in seen.steps if each.code == "card-stop"]
    assert gone.rule is None
    assert gone.title("en") == "カードの一時停止を頼む"
    assert spoken(Words("ja"), FACILITY, seen, gone) == ""


def test_a_list_of_cases_and_those_of_a_thing(desk: DeskWorld):
    first = opened(desk, card_of(desk))
    second = opened(desk, LostThing(thing="cabinet-key"))
    desk.forward(hours=1)
    newest, older = desk.ask("auditor", lost_cases, BOOK)
    assert (newest.id, older.id) == (second, first)
    assert (older.things, older.residents) == (("マイナンバーカード",), ("見本 花子",))
    assert (older.left, older.late) == (13, 1)
    waive_all(desk, second)
    desk.do("manager", close_case, BOOK, second)
    assert [each.id for each in desk.ask("auditor", lost_cases, BOOK)] == [first]
    closed = desk.ask("auditor", lost_cases, BOOK, LostCaseState.CLOSED)
    assert [(each.id, each.left, each.due) for each in closed] == [(second, 0, None)]
    assert desk.ask("auditor", cases_about, desk.items["hanako"][0]) == [first]
    with pytest.raises(NoSuchCase):
        view(desk, 99)
    with pytest.raises(NotPermitted):
        desk.ask("escort", lost_cases, BOOK)


def test_what_can_be_lost_comes_with_where_the_log_saw_it_last(desk: DeskWorld):
    card, notice, *_ = desk.items["hanako"]
    desk.signed_out(item_ids=(card,))
    found = desk.ask("custodian", losable_things, [desk.residents["hanako"]])
    by_id = {each.item_id: each for each in found}
    seen = by_id[card].last_seen
    assert seen is not None
    assert (seen.action, seen.actor, seen.at) == ("item.signed_out", "例田 みつ子", desk.clock())
    assert by_id[notice].last_seen is None
    assert by_id[card].state is ItemState.OUT
    opened(desk, card_of(desk))
    left = desk.ask("custodian", losable_things, [desk.residents["hanako"]])
    assert card not in {each.item_id for each in left}


def reminders(desk: DeskWorld) -> list[LostReminder]:
    return desk.ask("custodian", lost_reminders)


def test_today_reminds_until_the_case_is_closed_and_again_for_each_review(desk: DeskWorld):
    case_id = opened(desk, card_of(desk), happened=LostWhere.INSIDE)
    (first,) = reminders(desk)
    assert (first.kind, first.left, first.late) == (LostReminderKind.STEPS, 13, 0)
    assert first.task == BOOK.lost.by_code["card-stop"].title.ja
    assert first.things == ("マイナンバーカード",)
    desk.forward(days=1)
    (late,) = reminders(desk)
    assert late.late >= 4
    waive_all(desk, case_id)
    (close,) = reminders(desk)
    assert (close.kind, close.on) == (LostReminderKind.CLOSE, None)
    desk.do("manager", close_case, BOOK, case_id)
    assert reminders(desk) == []
    desk.forward(days=30)
    (review,) = reminders(desk)
    assert (review.kind, review.on) == (LostReminderKind.REVIEW, date(2026, 12, 21))
    desk.do("manager", review_case, case_id, LostReview.FIRST, "守られている")
    assert reminders(desk) == []
    desk.forward(days=60)
    assert [each.on for each in reminders(desk)] == [date(2026, 12, 21) + timedelta(days=60)]


def test_what_is_late_comes_first(desk: DeskWorld):
    key = opened(desk, LostThing(thing="cabinet-key"))
    for row in ("guard-cabinet", "count-all", "search", "manager", "police"):
        desk.do("manager", waive_step, step(desk, key, row).id, "見本")
    opened(desk, card_of(desk))
    desk.forward(hours=2)
    assert [each.number for each in reminders(desk)] == [2, 1]
