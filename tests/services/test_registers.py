"""Registers: opened, marked, settled, struck out; what is due, and who lacks what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AuditEntryRow, RegisterEntryRow, RegisterMarkRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.registers import FactMissing, MarkStillNeeded
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules import Rules
from facility_app.services.attachments import AttachPaper, Belongs, attach_paper
from facility_app.services.commitments import holds
from facility_app.services.fields import ChangedMeanwhile, DateInFuture
from facility_app.services.record import entry_in_full
from facility_app.services.record_words import DetailWords
from facility_app.services.register_rows import WrongAbout
from facility_app.services.register_tasks import lacking, register_summaries, register_tasks
from facility_app.services.register_views import entries_about, register_entries, register_entry
from facility_app.services.registers import (
    ChangeEntry,
    EntryEnded,
    MarkedAlready,
    MarkEntry,
    OnlyForOneself,
    OpenEntry,
    PaperStillNeeded,
    SettleEntry,
    change_entry,
    mark_entry,
    open_entry,
    settle_entry,
    strike_entry,
)
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.numbers import individual_number

TODAY = date(2026, 11, 20)
COMPLAINT = {"from": "例示 一郎", "what": "返却が遅かった"}
RULES = {"title": "カード管理規程", "version": "1", "text": "第1条 …"}


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def opened(
    desk: DeskWorld, register: str, facts: dict[str, str], who: str = "manager", **more: Any
) -> int:
    on = more.pop("on", TODAY)
    return desk.do(who, open_entry, OpenEntry(register, on, facts, **more))


def entry(desk: DeskWorld, entry_id: int) -> Any:
    return desk.ask("manager", register_entry, entry_id)


def last_plain(desk: DeskWorld) -> dict[str, Any]:
    rows = sorted(desk.rows(AuditEntryRow), key=lambda row: row.seq)
    return dict(json.loads(rows[-1].canonical)["plain"])


def test_a_complaint_from_its_arrival_to_its_answer(desk: DeskWorld) -> None:
    hanako = desk.residents["hanako"]
    made = opened(desk, "complaint", COMPLAINT, "custodian", resident_id=hanako)
    view = entry(desk, made)
    assert (view.number, view.about, view.due_on) == (1, "見本 花子", date(2026, 12, 4))
    assert not view.overdue(date(2026, 12, 4))
    assert view.overdue(date(2026, 12, 5))
    with pytest.raises(FactMissing):
        desk.do("custodian", settle_entry, SettleEntry(made, TODAY))
    answer = SettleEntry(made, TODAY, {"answer": "手順を見直しました"})
    assert desk.do("custodian", settle_entry, answer) is None
    view = entry(desk, made)
    assert (view.done_on, view.kept_until) == (TODAY, date(2031, 11, 20))
    assert not view.overdue(date(2030, 1, 1))
    assert [each.id for each in desk.ask("manager", entries_about, hanako)] == [made]
    assert desk.actions() == ["register.opened", "register.settled"]


def test_numbers_count_in_each_register(desk: DeskWorld) -> None:
    for expected in (1, 2):
        made = opened(desk, "complaint", COMPLAINT)
        assert entry(desk, made).number == expected
    assert entry(desk, opened(desk, "training", {"title": "個人情報"})).number == 1


def test_the_record_names_nobody_in_the_clear(desk: DeskWorld) -> None:
    opened(desk, "complaint", COMPLAINT)
    (row,) = desk.rows(RegisterEntryRow)
    plain = last_plain(desk)
    assert "例示" not in json.dumps(plain, ensure_ascii=False)
    assert holds(plain["commitment"], row.salt, COMPLAINT)
    opened(desk, "complaint", COMPLAINT, resident_id=desk.residents["hanako"])
    whole = "".join(each.canonical for each in desk.rows(AuditEntryRow))
    assert "例示" not in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_says_it_in_words(desk: DeskWorld, language: str) -> None:
    desk.settings(language=language)
    hanako = desk.residents["hanako"]
    made = opened(desk, "complaint", COMPLAINT | {"way": "phone"}, resident_id=hanako)
    change = ChangeEntry(made, entry(desk, made).version, {"way": "written"})
    desk.do("manager", change_entry, change)
    rule, words = Rules().registers["complaint"], Words(language)
    (way,) = (fact for fact in rule.facts if fact.code == "way")
    answers = {each.code: each.name.of(language) for each in way.choices}
    newest = len(desk.actions())
    first = desk.ask("manager", entry_in_full, newest - 1)
    assert first.sealed["told"][way.name.of(language)] == answers["phone"]
    last = desk.ask("manager", entry_in_full, newest)
    told = DetailWords(words, {})
    assert told.changed(last.sealed) == [
        (way.name.of(language), answers["phone"], answers["written"])
    ]
    for each in (first, last):
        for key, value in each.plain.items():
            assert f"log-detail-{key}" in words or f"term-field-{key}" in words, key
            if key == "register":
                assert told.value(key, value) == rule.name.of(language)


def test_whom_an_entry_is_about(desk: DeskWorld) -> None:
    hanako, staff = desk.residents["hanako"], desk.id_of("custodian")
    for register, about in (
        ("training", {"resident_id": hanako}),
        ("appointment", {}),
        ("appointment", {"staff_id": staff, "resident_id": hanako}),
        ("disclosure", {}),
        ("complaint", {"staff_id": staff}),
    ):
        with pytest.raises(WrongAbout):
            opened(desk, register, {}, **about)
    assert desk.rows(RegisterEntryRow) == []


def test_a_disclosure_ends_with_its_paper(desk: DeskWorld) -> None:
    facts = {"who": "self", "name": "見本 花子", "proof": "介護保険証", "what": "出し入れの記録"}
    made = opened(desk, "disclosure", facts, resident_id=desk.residents["hanako"])
    end = SettleEntry(made, TODAY, {"decision": "whole"})
    with pytest.raises(PaperStillNeeded):
        desk.do("manager", settle_entry, end)
    paper = AttachPaper(Belongs.REGISTER, made, "請求書.pdf", b"%PDF-1.7 ...", looked_through=True)
    desk.do("manager", attach_paper, paper)
    desk.do("manager", settle_entry, end)
    assert entry(desk, made).papers == 1


def test_a_contractor_comes_again_every_year_until_it_ends(desk: DeskWorld) -> None:
    made = opened(desk, "contractor", {"name": "見本システム", "work": "保守"})
    checked = {"check": "異常なし"}
    again = desk.do("manager", settle_entry, SettleEntry(made, TODAY, checked))
    assert again == date(2027, 11, 20)
    assert entry(desk, made).done_on is None
    desk.do("manager", settle_entry, SettleEntry(made, TODAY, checked, ended=True))
    assert entry(desk, made).done_on == TODAY


def test_nothing_is_settled_tomorrow(desk: DeskWorld) -> None:
    made = opened(
        desk,
        "provision",
        {"receiver": "例", "items": "氏名", "consent": "yes"},
        resident_id=desk.residents["hanako"],
    )
    with pytest.raises(DateInFuture):
        desk.do("manager", settle_entry, SettleEntry(made, TODAY + timedelta(days=1)))


def test_what_ended_or_was_struck_out_stays_as_it_is(desk: DeskWorld) -> None:
    struck = opened(desk, "complaint", COMPLAINT)
    desk.do("custodian", strike_entry, struck, "二重に記入した")
    ended = opened(desk, "complaint", COMPLAINT)
    desk.do("custodian", settle_entry, SettleEntry(ended, TODAY, {"answer": "済"}))
    for made in (struck, ended):
        version = entry(desk, made).version
        for act, cmd in (
            (change_entry, ChangeEntry(made, version, {"what": "別の内容"})),
            (settle_entry, SettleEntry(made, TODAY, {"answer": "x"})),
        ):
            with pytest.raises(EntryEnded):
                desk.do("custodian", act, cmd)
        with pytest.raises(EntryEnded):
            desk.do("custodian", strike_entry, made, "x")
    assert entry(desk, struck).struck
    tasks = desk.ask("manager", register_tasks)
    assert "complaint" not in {task.register for task in tasks}


def test_a_change_says_what_changed_and_refuses_an_older_reading(desk: DeskWorld) -> None:
    made = opened(
        desk,
        "public-material",
        {"title": "動画", "owner": "健保連", "permitted": "施設内", "until": "2026-12-31"},
    )
    before = entry(desk, made)
    desk.do("custodian", change_entry, ChangeEntry(made, before.version, {"until": "2027-03-31"}))
    assert entry(desk, made).due_on == date(2027, 3, 31)
    assert last_plain(desk)["fields"] == ["until"]
    with pytest.raises(ChangedMeanwhile):
        desk.do("custodian", change_entry, ChangeEntry(made, before.version, {"where": "食堂"}))
    count = len(desk.actions())
    now = entry(desk, made)
    desk.do("custodian", change_entry, ChangeEntry(made, now.version, {"until": "2027-03-31"}))
    assert len(desk.actions()) == count


def test_no_individual_number_in_any_field(desk: DeskWorld) -> None:
    with pytest.raises(IndividualNumberRefused) as refused:
        opened(desk, "complaint", COMPLAINT | {"what": f"番号は {individual_number()}"})
    assert refused.value.field == "内容"
    assert desk.rows(RegisterEntryRow) == []


def test_who_writes_where(desk: DeskWorld) -> None:
    for register, facts in (("training", {"title": "研修"}), ("house-rules", RULES)):
        with pytest.raises(NotPermitted):
            opened(desk, register, facts, "custodian")
    for who in ("auditor", "escort"):
        with pytest.raises(NotPermitted):
            opened(desk, "complaint", COMPLAINT, who)
    made = opened(desk, "training", {"title": "研修"})
    for act, cmd in (
        (settle_entry, SettleEntry(made, TODAY)),
        (mark_entry, MarkEntry(made, "attended", desk.id_of("second"))),
    ):
        with pytest.raises(NotPermitted):
            desk.do("custodian", act, cmd)
    assert desk.ask("auditor", register_entries, "training")
    with pytest.raises(NotPermitted):
        desk.ask("escort", register_entries, "training")


def test_training_is_needed_again_after_a_year(desk: DeskWorld) -> None:
    everybody = {"架空 誠", "例田 みつ子", "控 直子", "仮屋 健", "監査 薫"}
    assert {each.name for each in desk.ask("manager", lacking, "training")} == everybody
    made = opened(desk, "training", {"title": "カードの扱い"})
    desk.do("manager", mark_entry, MarkEntry(made, "attended", desk.id_of("custodian")))
    with pytest.raises(MarkedAlready):
        desk.do("manager", mark_entry, MarkEntry(made, "attended", desk.id_of("custodian")))
    left = {each.name for each in desk.ask("manager", lacking, "training")}
    assert left == everybody - {"例田 みつ子"}
    desk.forward(days=365)
    assert "例田 みつ子" not in {each.name for each in desk.ask("manager", lacking, "training")}
    desk.forward(days=1)
    (again,) = [
        each for each in desk.ask("manager", lacking, "training") if each.name == "例田 みつ子"
    ]
    assert again.since == TODAY


def test_each_new_version_of_the_rules_is_read_by_everybody(desk: DeskWorld) -> None:
    assert desk.ask("manager", lacking, "house-rules") == ()
    first = opened(desk, "house-rules", RULES)
    desk.do("custodian", mark_entry, MarkEntry(first, "read"))
    assert "例田 みつ子" not in {e.name for e in desk.ask("manager", lacking, "house-rules")}
    second = opened(desk, "house-rules", RULES | {"version": "2"})
    assert "例田 みつ子" in {e.name for e in desk.ask("manager", lacking, "house-rules")}
    desk.do("custodian", mark_entry, MarkEntry(second, "read"))
    marks = entry(desk, second).marks
    assert [(each.staff, each.by) for each in marks] == [("例田 みつ子", "例田 みつ子")]


def test_nobody_confirms_reading_for_somebody_with_an_account(desk: DeskWorld) -> None:
    made = opened(desk, "house-rules", RULES)
    with pytest.raises(OnlyForOneself):
        desk.do("manager", mark_entry, MarkEntry(made, "read", desk.id_of("custodian")))
    escort = MarkEntry(made, "read", desk.id_of("escort"), "朝礼で読み合わせ")
    with pytest.raises(NotPermitted):
        desk.do("custodian", mark_entry, escort)
    desk.do("manager", mark_entry, escort)
    assert len(desk.rows(RegisterMarkRow)) == 1


def test_a_checklist_is_ticked_once_and_ends_complete(desk: DeskWorld) -> None:
    made = opened(desk, "app-setup", {"device": "訪問用スマートフォン"}, "custodian")
    steps = ("environment", "activation", "account", "first-login")
    for step in steps:
        desk.do("custodian", mark_entry, MarkEntry(made, step))
    with pytest.raises(MarkedAlready):
        desk.do("second", mark_entry, MarkEntry(made, steps[0]))
    with pytest.raises(MarkStillNeeded):
        desk.do("custodian", settle_entry, SettleEntry(made, TODAY))
    desk.do("custodian", mark_entry, MarkEntry(made, "phone"))
    desk.do("custodian", settle_entry, SettleEntry(made, TODAY))


def test_tasks_have_a_key_and_come_once(desk: DeskWorld) -> None:
    opened(desk, "complaint", COMPLAINT)
    opened(desk, "contractor", {"name": "見本システム", "work": "保守"})
    opened(
        desk,
        "public-material",
        {"title": "動画", "owner": "健保連", "permitted": "施設内", "until": "2027-06-30"},
    )
    tasks = desk.ask("manager", register_tasks)
    assert len({task.key for task in tasks}) == len(tasks)
    assert [(task.register, task.due) for task in tasks if not task.count] == [
        ("complaint", date(2026, 12, 4))
    ]
    assert [(task.register, task.count) for task in tasks if task.count] == [("training", 5)]
    desk.forward(days=200)
    assert any(task.title == "動画" for task in desk.ask("manager", register_tasks))
    by_code = {each.rule.code: each for each in desk.ask("manager", register_summaries)}
    assert (by_code["complaint"].open, by_code["complaint"].late) == (1, 1)
    assert by_code["training"].lacking == 5
