"""The cases of the issue, played through on a real store, from noticing to the last review."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.check import Code, Level
from facility_app.cards.chip import CardKind, Certificate
from facility_app.db.models import AuditEntryRow, CardCheckRow, ItemRow, LeakAssessmentRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.incidents import (
    Evidence,
    LostCaseState,
    LostOutcome,
    LostWhere,
    Stolen,
)
from facility_app.domain.items import Condition, ItemState
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.services.fields import DateInFuture, FieldMissing
from facility_app.services.items import ItemForm
from facility_app.services.lost_cases import CaseClosed, ChangeCase, LostThing, change_case
from facility_app.services.lost_close import (
    CaseOpen,
    Explain,
    LostReview,
    ReviewDone,
    ReviewTooEarly,
    StepsLeft,
    close_case,
    explain_case,
    review_case,
)
from facility_app.services.lost_found import (
    CardNotChecked,
    FoundAlready,
    FoundCardDiffers,
    PutBack,
    Reissue,
    ReportFound,
    put_back,
    reissue,
    report_found,
)
from facility_app.services.lost_leak import AssessLeak, NobodyAsked, assess_leak
from facility_app.services.lost_steps import (
    DoStep,
    EvidenceInFuture,
    EvidenceMissing,
    PlaceUnknown,
    StepIsAnAct,
    StepNotDone,
    StepSettled,
    correct_step,
    do_step,
    waive_step,
)
from facility_app.services.lost_void import NotMissing
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, item_row
from tests.lost_world import (
    BOOK,
    card_of,
    case,
    do,
    evidence_of,
    opened,
    step,
    things,
    waiting,
    waive_all,
)

IN, OUT, LOST, DISPOSED = (
    ItemState.IN_SAFE,
    ItemState.OUT,
    ItemState.LOST,
    ItemState.DISPOSED,
)
NEW_CARD = ItemForm(
    "my-number-card",
    card_expires_on=date(2036, 3, 5),
    certificate_expires_on=date(2031, 3, 5),
)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def found(lost_id: int, **changed) -> ReportFound:
    values: dict[str, Any] = {
        "lost_id": lost_id,
        "found_by": "仮屋 健",
        "found_where": "送迎車の座席の下",
        "out_of_hand": LeakAnswer.NO,
    }
    return ReportFound(**(values | changed))


def checked(desk: DeskWorld, item_id: int | None, **changed) -> None:
    """The card lay on the reader now."""
    item = desk.one(ItemRow, ItemRow.id == item_id)
    values = {
        "at": desk.clock(),
        "by": desk.id_of("custodian"),
        "resident_id": item.resident_id,
        "item_id": item.id,
        "visit_on": desk.clock().date(),
        "kind": CardKind.MY_NUMBER_CARD,
        "certificate": Certificate.READ,
        "level": Level.OK,
        "findings": [],
        "seq": 1,
    }
    desk.add(CardCheckRow(**(values | changed)))


def item(desk: DeskWorld, item_id: int | None) -> ItemRow:
    return desk.one(ItemRow, ItemRow.id == item_id)


def entries(desk: DeskWorld, action: str) -> list[dict]:
    rows = sorted(desk.rows(AuditEntryRow, AuditEntryRow.action == action), key=lambda r: r.seq)
    return [json.loads(row.canonical) for row in rows]


def settle_leak(desk: DeskWorld, case_id: int, decision=LeakDecision.NO_REPORT) -> None:
    answers = {each.code: LeakAnswer.NO for each in BOOK.leak.classes}
    told = AssessLeak(
        case_id, answers, desk.clock().date(), decision, "相談ダイヤル: 要らないとの答え", "架空 誠"
    )
    desk.do("manager", assess_leak, BOOK, told)


def explain(desk: DeskWorld, case_id: int) -> None:
    cmd = Explain(case_id, "受け取りを声に出して数えなかった", "受付で点数を読み上げる")
    desk.do("manager", explain_case, BOOK, cmd)


def test_a_card_lost_outside_is_stopped_cancelled_and_issued_again(desk: DeskWorld):
    desk.signed_out(item_ids=(desk.items["hanako"][0],))
    case_id = opened(desk, card_of(desk))
    order = waiting(desk, case_id)
    assert order[0] == "card-stop"
    for code in (
        "card-stop",
        "search",
        "manager",
        "police",
        "tell-person",
        "insurer",
        "clinic-meanwhile",
        "authority-report",
    ):
        do(desk, case_id, code)
        desk.forward(minutes=4)
    settle_leak(desk, case_id)
    old = desk.items["hanako"][0]
    desk.forward(days=4)
    do(desk, case_id, "card-cancel")
    assert item(desk, old).state is DISPOSED
    assert things(desk, case_id)[0].outcome is LostOutcome.CANCELLED
    do(desk, case_id, "card-reissue")
    desk.forward(days=7)
    receive = step(desk, case_id, "receive-new")
    new = desk.do("custodian", reissue, BOOK, Reissue(receive.id, NEW_CARD, "市役所"))
    assert item(desk, new).state is IN
    (thing,) = things(desk, case_id)
    assert (thing.outcome, thing.new_item_id) == (LostOutcome.REISSUED, new)
    explain(desk, case_id)
    assert waiting(desk, case_id) == []
    days = desk.do("manager", close_case, BOOK, case_id)
    assert days == (date(2026, 12, 31), date(2027, 3, 1))
    assert case(desk, case_id).state is LostCaseState.CLOSED
    assert desk.actions().count("lost.step_done") == 13
    assert entries(desk, "lost.reissued")[0]["items"] == [old, new]


def test_found_after_the_stop_and_before_it_is_void(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    do(desk, case_id, "card-stop")
    do(desk, case_id, "police")
    (thing,) = things(desk, case_id)
    desk.forward(hours=2)
    led = desk.do("custodian", report_found, BOOK, found(thing.id))
    assert (led.dead, led.reopened) == (False, False)
    assert item(desk, thing.item_id).state is LOST, "found is not yet back"
    left = waiting(desk, case_id)
    assert {"put-back", "card-resume", "police-found"} <= set(left)
    assert not {"search", "card-cancel", "card-reissue", "receive-new", "insurer"} & set(left)
    assert "tell-person" not in left, "nobody is told any more that it is missing"
    assert {"manager", "person-found", "leak", "cause"} <= set(left)
    back = PutBack(step(desk, case_id, "put-back").id, Condition.WORN)
    with pytest.raises(CardNotChecked):
        desk.do("custodian", put_back, BOOK, back)
    desk.forward(minutes=5)
    checked(desk, thing.item_id)
    desk.do("custodian", put_back, BOOK, back)
    assert (item(desk, thing.item_id).state, item(desk, thing.item_id).condition) == (
        IN,
        Condition.WORN,
    )
    assert things(desk, case_id)[0].back_at == desk.clock()
    assert entries(desk, "lost.put_back")[0]["items"] == [thing.item_id]


def test_a_check_from_before_or_of_another_card_does_not_bring_it_back(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    (thing,) = things(desk, case_id)
    checked(desk, thing.item_id)
    desk.forward(hours=1)
    desk.do("custodian", report_found, BOOK, found(thing.id))
    back = PutBack(step(desk, case_id, "put-back").id)
    with pytest.raises(CardNotChecked):
        desk.do("custodian", put_back, BOOK, back)
    for wrong in (
        {"findings": [{"code": Code.CARD_OF_ANOTHER_RESIDENT.value, "level": "block"}]},
        {"findings": [{"code": Code.ATTRIBUTES_DIFFER.value, "level": "block"}]},
    ):
        desk.forward(minutes=1)
        checked(desk, thing.item_id, **wrong)
        with pytest.raises(FoundCardDiffers):
            desk.do("custodian", put_back, BOOK, back)
    desk.forward(minutes=1)
    checked(desk, thing.item_id, kind=CardKind.DRIVING_LICENCE)
    with pytest.raises(CardNotChecked):
        desk.do("custodian", put_back, BOOK, back)
    row = item(desk, thing.item_id)
    desk.add_change(row, card_expires_on=date(2030, 3, 5))
    desk.forward(minutes=1)
    checked(desk, thing.item_id, card_expires_on=date(2031, 3, 5))
    with pytest.raises(FoundCardDiffers):
        desk.do("custodian", put_back, BOOK, back)
    assert item(desk, thing.item_id).state is LOST


def test_a_paper_goes_back_without_a_reader(desk: DeskWorld):
    notice = desk.items["hanako"][1]
    case_id = opened(desk, LostThing(item_id=notice))
    (thing,) = things(desk, case_id)
    desk.do("custodian", report_found, BOOK, found(thing.id))
    desk.do("custodian", put_back, BOOK, PutBack(step(desk, case_id, "put-back").id))
    assert item(desk, notice).state is IN
    with pytest.raises(FoundAlready):
        desk.do("custodian", report_found, BOOK, found(thing.id))


def test_a_void_card_that_turns_up_later_is_dead_and_opens_the_case_again(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    do(desk, case_id, "card-cancel")
    settle_leak(desk, case_id)
    explain(desk, case_id)
    waive_all(desk, case_id)
    desk.do("manager", close_case, BOOK, case_id)
    desk.forward(days=40)
    (thing,) = things(desk, case_id)
    led = desk.do("second", report_found, BOOK, found(thing.id, out_of_hand=LeakAnswer.UNKNOWN))
    assert (led.dead, led.reopened, led.dropped) == (True, True, 0)
    row = case(desk, case_id)
    assert (row.state, row.closed_at, row.first_review_on) == (LostCaseState.OPEN, None, None)
    assert waiting(desk, case_id) == ["dead-return", "dead-person"]
    assert item(desk, thing.item_id).state is DISPOSED
    do(desk, case_id, "dead-return")
    do(desk, case_id, "dead-person")
    desk.do("manager", close_case, BOOK, case_id)
    assert entries(desk, "lost.found")[0]["plain"]["void"] is True


def test_an_eligibility_certificate_is_lost_and_issued_again(desk: DeskWorld):
    from facility_app.db.models import ItemKindRow

    kind = ItemKindRow(code="eligibility-certificate", name="資格確認書", dates=["paper-expires"])
    row = item_row(desk.residents["hanako"], "eligibility-certificate")
    desk.add(kind)
    desk.add(row)
    case_id = opened(desk, LostThing(item_id=row.id), happened=LostWhere.INSIDE)
    codes = waiting(desk, case_id)
    assert not {"card-stop", "card-cancel", "police"} & set(codes)
    assert {"insurer", "clinic-meanwhile", "receive-new"} <= set(codes)
    do(desk, case_id, "insurer")
    form = ItemForm("eligibility-certificate", paper_expires_on=date(2027, 7, 31))
    new = desk.do(
        "custodian", reissue, BOOK, Reissue(step(desk, case_id, "receive-new").id, form, "市役所")
    )
    assert item(desk, row.id).state is DISPOSED, "the old paper is void with the new one"
    assert item(desk, new).state is IN


def test_a_pouch_of_three_missing_at_the_stocktake(desk: DeskWorld):
    from tests.desk_world import add_resident

    add_resident(
        desk,
        "ichiro",
        ("架空 一郎", "かくう いちろう", "305"),
        ("A", 7),
        (("my-number-card", 1), ("care-insurance", 1)),
    )
    lost = [
        LostThing(item_id=each)
        for person in ("hanako", "tadashi", "ichiro")
        for each in desk.items[person]
    ]
    case_id = opened(
        desk, *lost, happened=LostWhere.INSIDE, stolen=Stolen.UNKNOWN, last_seen="10月の棚卸"
    )
    codes = waiting(desk, case_id)
    assert codes.count("card-stop") == 2
    assert codes.count("tell-person") == 3
    assert codes.count("police") == 1
    assert codes.count("leak") == 1
    cards = [row for row in things(desk, case_id) if row.thing == "card"]
    desk.do("custodian", report_found, BOOK, found(cards[0].id))
    left = waiting(desk, case_id)
    assert left.count("card-stop") == 1, "only the other card is still to be stopped"
    assert {"search", "police"} <= set(left)
    for row in things(desk, case_id):
        if row.found_at is None:
            desk.do("custodian", report_found, BOOK, found(row.id))
    assert not {"search", "police", "card-stop"} & set(waiting(desk, case_id))


def test_a_theft_is_reported_to_the_commission(desk: DeskWorld):
    case_id = opened(desk, card_of(desk), stolen=Stolen.YES)
    answers = {"sensitive": LeakAnswer.NO, "property": LeakAnswer.UNKNOWN}
    asking = AssessLeak(case_id, answers, date(2026, 11, 20))
    days = desk.do("custodian", assess_leak, BOOK, asking)
    assert days.first_safe == date(2026, 11, 22)
    assert days.final_safe == date(2026, 12, 18), "not a clear yes: the shorter time"
    assert "leak" in waiting(desk, case_id)
    answers["wrongful"] = LeakAnswer.YES
    decided = AssessLeak(
        case_id,
        answers,
        date(2026, 11, 20),
        LeakDecision.REPORT,
        "相談ダイヤル 11月20日 16時",
        "架空 誠",
        {"overview": "車上荒らしでカード1枚が盗まれた", "unknown-item": "x"},
    )
    with pytest.raises(NotPermitted):
        desk.do("custodian", assess_leak, BOOK, decided)
    days = desk.do("manager", assess_leak, BOOK, decided)
    assert days.final_safe == date(2027, 1, 18)
    left = waiting(desk, case_id)
    assert "leak" not in left
    assert {"leak-first-report", "leak-tell", "leak-final-report"} <= set(left)
    assert step(desk, case_id, "leak-first-report").due_on == days.first_safe
    assert step(desk, case_id, "leak-final-report").due_on == days.final_safe
    row = desk.one(LeakAssessmentRow)
    assert row.answers == {
        "sensitive": "no",
        "property": "unknown",
        "wrongful": "yes",
        "many": "unknown",
    }
    assert row.draft == {"overview": "車上荒らしでカード1枚が盗まれた"}
    told = entries(desk, "lost.leak_assessed")[-1]["plain"]
    assert told["decision"] == "report"
    assert "車上" not in json.dumps(told, ensure_ascii=False)
    earlier = AssessLeak(
        case_id, answers, date(2026, 11, 19), LeakDecision.REPORT, "同じ", "架空 誠"
    )
    desk.do("manager", assess_leak, BOOK, earlier)
    assert step(desk, case_id, "leak-first-report").due_on == date(2026, 11, 21)
    assert desk.one(LeakAssessmentRow).draft == row.draft, "left as it was"


def test_a_decision_names_whom_was_asked_and_who_decided(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    for consulted, by in (("", "架空 誠"), ("相談ダイヤル", " ")):
        cmd = AssessLeak(case_id, {}, date(2026, 11, 20), LeakDecision.NO_REPORT, consulted, by)
        with pytest.raises(NobodyAsked):
            desk.do("manager", assess_leak, BOOK, cmd)
    with pytest.raises(DateInFuture):
        desk.do("manager", assess_leak, BOOK, AssessLeak(case_id, {}, date(2026, 11, 21)))
    assert desk.rows(LeakAssessmentRow) == []


@pytest.mark.parametrize("thing", [t.code for t in BOOK.lost.things.values() if not t.registered])
def test_keys_drives_sheets_and_copies_go_through_to_the_end(desk: DeskWorld, thing: str):
    resident = desk.residents["hanako"] if thing == "copies" else None
    case_id = opened(desk, LostThing(thing=thing, label="2本目", resident_id=resident))
    for code in dict.fromkeys(waiting(desk, case_id)):
        opens = BOOK.lost.by_code[code].opens
        if opens is None or opens.value == "search":
            do(desk, case_id, code)
    settle_leak(desk, case_id)
    explain(desk, case_id)
    assert waiting(desk, case_id) == []
    desk.do("manager", close_case, BOOK, case_id)
    (row,) = things(desk, case_id)
    desk.do("custodian", report_found, BOOK, found(row.id))
    assert case(desk, case_id).state is LostCaseState.OPEN
    assert things(desk, case_id)[0].outcome is LostOutcome.FOUND
    whole = "".join(row.canonical for row in desk.rows(AuditEntryRow))
    if resident is None:
        assert "窓口の見本さん" not in whole
        assert "座席の下" not in whole


def test_nothing_is_skipped_silently(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    stop = step(desk, case_id, "card-stop")
    with pytest.raises(EvidenceMissing) as refused:
        desk.do("custodian", do_step, BOOK, DoStep(stop.id, {Evidence.AT: desk.clock()}))
    assert refused.value.fields == (Evidence.SPOKE_TO, Evidence.RECEIPT)
    full = evidence_of(desk, "card-stop")
    blank = full | {Evidence.RECEIPT: "   "}
    with pytest.raises(EvidenceMissing):
        desk.do("custodian", do_step, BOOK, DoStep(stop.id, blank))
    later = full | {Evidence.AT: desk.clock() + timedelta(minutes=1)}
    with pytest.raises(EvidenceInFuture):
        desk.do("custodian", do_step, BOOK, DoStep(stop.id, later))
    search = step(desk, case_id, "search")
    with pytest.raises(PlaceUnknown):
        desk.do("custodian", do_step, BOOK, DoStep(search.id, {Evidence.PLACES: ("moon",)}))
    with pytest.raises(NotPermitted):
        desk.do("custodian", waive_step, stop.id, "急がない")
    with pytest.raises(FieldMissing):
        desk.do("manager", waive_step, stop.id, "  ")
    for code in ("leak", "receive-new", "cause"):
        row = step(desk, case_id, code)
        with pytest.raises(StepIsAnAct):
            desk.do("custodian", do_step, BOOK, DoStep(row.id, evidence_of(desk, code)))
    with pytest.raises(StepIsAnAct):
        desk.do("custodian", reissue, BOOK, Reissue(stop.id, NEW_CARD))
    assert step(desk, case_id, "card-stop").done_at is None
    with pytest.raises(StepsLeft) as left:
        desk.do("manager", close_case, BOOK, case_id)
    assert (left.value.count, left.value.step) == (13, stop.title)


def test_a_sheet_filled_in_by_hand_is_typed_in_afterwards(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    then = desk.clock() - timedelta(minutes=3)
    desk.forward(hours=9)
    evidence = evidence_of(desk, "card-stop") | {Evidence.AT: then}
    stop = step(desk, case_id, "card-stop")
    desk.do("second", do_step, BOOK, DoStep(stop.id, evidence))
    row = step(desk, case_id, "card-stop")
    assert row.evidence["at"] == then.isoformat()
    assert (row.done_at, row.done_by) == (desk.clock(), desk.id_of("second"))


def test_a_slip_is_corrected_by_a_new_entry_that_names_the_old_one(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    stop = step(desk, case_id, "card-stop")
    right = DoStep(stop.id, evidence_of(desk, "card-stop") | {Evidence.RECEIPT: "第580号"})
    with pytest.raises(StepNotDone):
        desk.do("custodian", correct_step, BOOK, right)
    seq = do(desk, case_id, "card-stop")
    with pytest.raises(StepSettled):
        do(desk, case_id, "card-stop")
    with pytest.raises(StepSettled):
        desk.do("manager", waive_step, stop.id, "二度目")
    desk.do("custodian", correct_step, BOOK, right)
    assert step(desk, case_id, "card-stop").evidence["receipt"] == "第580号"
    (entry,) = entries(desk, "lost.step_corrected")
    assert entry["plain"]["corrects"] == seq
    assert "580" not in json.dumps(entry, ensure_ascii=False)


def test_reviews_come_after_thirty_and_ninety_days_and_once(desk: DeskWorld):
    case_id = opened(desk, LostThing(thing="cabinet-key"))
    with pytest.raises(CaseOpen):
        desk.do("manager", review_case, case_id, LostReview.FIRST, "守られている")
    waive_all(desk, case_id)
    desk.do("manager", close_case, BOOK, case_id)
    with pytest.raises(ReviewTooEarly) as early:
        desk.do("manager", review_case, case_id, LostReview.FIRST, "守られている")
    assert early.value.on == date(2026, 12, 20)
    desk.forward(days=30)
    desk.do("manager", review_case, case_id, LostReview.FIRST, "守られている")
    with pytest.raises(ReviewDone):
        desk.do("manager", review_case, case_id, LostReview.FIRST, "もう一度")
    with pytest.raises(ReviewTooEarly):
        desk.do("manager", review_case, case_id, LostReview.SECOND, "守られている")
    desk.forward(days=60)
    desk.do("manager", review_case, case_id, LostReview.SECOND, "守られている")
    assert desk.actions().count("lost.reviewed") == 2


def test_a_closed_case_takes_nothing_but_what_was_found(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    stop = step(desk, case_id, "card-stop")
    waive_all(desk, case_id)
    desk.do("manager", close_case, BOOK, case_id)
    acts: list[tuple[str, Any, tuple[Any, ...]]] = [
        ("manager", close_case, (BOOK, case_id)),
        ("manager", waive_step, (stop.id, "x")),
        ("custodian", change_case, (BOOK, ChangeCase(case_id, stolen=Stolen.YES))),
        ("custodian", do_step, (BOOK, DoStep(stop.id, evidence_of(desk, "card-stop")))),
        ("manager", explain_case, (BOOK, Explain(case_id, "x", "y"))),
        ("manager", assess_leak, (BOOK, AssessLeak(case_id, {}, date(2026, 11, 20)))),
    ]
    for who, use_case, args in acts:
        with pytest.raises(CaseClosed):
            desk.do(who, use_case, *args)
    assert item(desk, desk.items["hanako"][0]).state is LOST, "still missing, still in sight"


def test_what_cannot_follow_is_refused(desk: DeskWorld):
    case_id = opened(desk, card_of(desk))
    (thing,) = things(desk, case_id)
    receive = step(desk, case_id, "receive-new")
    do(desk, case_id, "card-cancel")
    desk.do("custodian", reissue, BOOK, Reissue(receive.id, NEW_CARD))
    with pytest.raises(StepSettled):
        desk.do("custodian", reissue, BOOK, Reissue(receive.id, NEW_CARD))
    other = opened(desk, LostThing(item_id=desk.items["hanako"][1]))
    (notice,) = things(desk, other)
    desk.do("custodian", report_found, BOOK, found(notice.id))
    back = step(desk, other, "put-back")
    desk.add_change(item(desk, notice.item_id), state=ItemState.DISPOSED)
    with pytest.raises(NotMissing):
        desk.do("custodian", put_back, BOOK, PutBack(back.id))
    assert thing.outcome is LostOutcome.MISSING
