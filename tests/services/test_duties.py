"""やること: each task once, with its thing and its day, and what is done about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from facility_app.db.models import DutyRow
from facility_app.domain.access import NotPermitted, Role
from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.duties import DutyKind, DutyPlace, Urgency
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.life_events import DutyState, LifeEventKind
from facility_app.services.duties import DutyList, duties, settled_duties
from facility_app.services.duty_acts import (
    DutyByRegister,
    DutyGone,
    PutOffTooLong,
    assign_duty,
    dismiss_duty,
    finish_duty,
    put_off_duty,
    reopen_duty,
)
from facility_app.services.fields import DateInFuture, DatesInWrongOrder, FieldMissing
from facility_app.services.insurance_facts import InsuranceFacts, NoteInsurance, note_insurance
from facility_app.services.life_events import (
    LifeEventGone,
    LifeEventItemWrong,
    NoteEvent,
    end_event,
    events_of,
    note_event,
    withdraw_event,
)
from facility_app.services.residents import Discharge, discharge_resident
from facility_app.services.settings import Settings, change_settings
from tests.numbers import individual_number
from tests.services import registry
from tests.services.registry import BOOK, CARD, PAPER, entries, receive, rows, seed

SOON = {"card_expires_on": date(2031, 12, 18), "certificate_expires_on": date(2026, 12, 18)}
GOOD = {"card_expires_on": date(2033, 12, 18), "certificate_expires_on": date(2030, 12, 18)}
NOTICE_CAME = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


def register(work, actor, *names, **more):
    """A resident who agreed to everything that these tests receive."""
    resident = registry.register(work, actor, *names, **more)
    registry.agree(work, actor, resident, (CARD, PAPER, BOOK, "specific-disease"))
    return resident


def do(work, actor, use_case, *args):
    with work.begin(actor) as tx:
        return use_case(tx, *args)


def ask(work, actor, query, *args, **more):
    with work.read(actor) as reading:
        return query(reading, *args, **more)


def kinds(work, actor, **more):
    return [each.kind for each in ask(work, actor, duties, **more)]


@pytest.fixture
def hanako(work, custodian):
    return register(
        work, custodian, "見本 花子", "みほん はなこ", birth_date=date(1946, 3, 5), room="203"
    )


@pytest.fixture
def card(work, custodian, hanako):
    """A card whose certificate ends on Friday 18 December; its notice came."""
    item = receive(work, custodian, hanako, CARD, **SOON)
    event = NoteEvent(hanako, LifeEventKind.NOTICE_CAME, NOTICE_CAME, item_id=item)
    do(work, custodian, note_event, event)
    return item


def test_a_task_names_person_thing_day_and_place(work, custodian, hanako, card):
    (found,) = ask(work, custodian, duties)
    assert (found.kind, found.name, found.room) == (DutyKind.RENEW_CERTIFICATE, "見本 花子", "203")
    assert found.item is not None
    assert (found.item.ja, found.item.en) == ("マイナンバーカード", "My Number Card")
    assert (found.duty.due, found.go_by) == (date(2026, 12, 18), date(2026, 12, 18))
    assert (found.urgency, found.rule.place) == (Urgency.SOON, DutyPlace.CITY)
    assert "inquiry-answer" in found.rule.bring
    assert (found.assigned_to, found.assigned) == (None, "")


def test_the_last_open_day_is_said_only_for_counters(work, custodian, hanako):
    receive(
        work,
        custodian,
        hanako,
        PAPER,
        issued_on=date(2026, 8, 1),
        paper_expires_on=date(2027, 7, 31),
    )
    (found,) = ask(work, custodian, duties, date(2027, 7, 1))
    assert (found.kind, found.go_by) == (DutyKind.NEW_PAPER, date(2027, 7, 30))
    receive(
        work,
        custodian,
        hanako,
        PAPER,
        issued_on=date(2027, 8, 1),
        paper_expires_on=date(2028, 7, 31),
    )
    (found,) = ask(work, custodian, duties, date(2027, 8, 1))
    assert (found.kind, found.go_by) == (DutyKind.COLLECT_OLD, None)


def test_done_it_disappears_with_its_proof_and_comes_back_where_the_register_disagrees(
    work, engine, clock, custodian, hanako, card
):
    (found,) = ask(work, custodian, duties)
    do(work, custodian, finish_duty, found.key, "窓口で更新 受付 第508号")
    assert kinds(work, custodian) == []
    (settled,) = ask(work, custodian, settled_duties, hanako)
    assert (settled.state, settled.proof) == (DutyState.DONE, "窓口で更新 受付 第508号")
    assert (settled.by, settled.on) == ("例田 みつ子", date(2026, 11, 20))
    (entry,) = entries(engine, "duty.done")
    assert entry["plain"] == {"kind": "renew-certificate"}
    assert entry["told"]["proof"] == "窓口で更新 受付 第508号"
    assert (entry["resident"], entry["items"]) == (hanako, (card,))
    clock.now = datetime(2026, 12, 19, 1, tzinfo=UTC)
    assert DutyKind.RENEW_CERTIFICATE in kinds(work, custodian)


def test_what_is_done_twice_is_done_once(work, engine, custodian, hanako, card):
    (found,) = ask(work, custodian, duties)
    do(work, custodian, finish_duty, found.key, "済み")
    with pytest.raises(DutyGone):
        do(work, custodian, finish_duty, found.key, "済み")
    assert len(rows(engine, DutyRow)) == 1


@pytest.mark.parametrize(
    "key", ["", "renew-card", "renew-card/x/1/2026-12-18", "renew-card/1/1/2020-01-01"]
)
def test_a_task_that_there_is_not_cannot_be_done(work, custodian, hanako, card, key):
    with pytest.raises(DutyGone):
        do(work, custodian, finish_duty, key, "済み")


def test_proof_is_asked_for_and_holds_no_individual_number(work, custodian, hanako, card):
    (found,) = ask(work, custodian, duties)
    with pytest.raises(FieldMissing):
        do(work, custodian, finish_duty, found.key, "  ")
    with pytest.raises(IndividualNumberRefused):
        do(work, custodian, finish_duty, found.key, f"番号 {individual_number()}")
    assert len(ask(work, custodian, duties)) == 1


def test_put_off_it_comes_back_on_its_day_and_never_later_than_its_last(
    work, clock, custodian, hanako, card
):
    (found,) = ask(work, custodian, duties)
    for until in (date(2026, 11, 20), date(2026, 12, 19)):
        with pytest.raises(PutOffTooLong) as refused:
            do(work, custodian, put_off_duty, found.key, until)
        assert refused.value.last == date(2026, 12, 18)
    do(work, custodian, put_off_duty, found.key, date(2026, 12, 1))
    assert kinds(work, custodian) == []
    clock.forward(days=10)
    assert kinds(work, custodian) == []
    clock.forward(days=1)
    (again,) = ask(work, custodian, duties)
    assert again.key == found.key


def test_given_to_somebody_it_stays_on_the_list(work, custodian, manager, hanako, card):
    (found,) = ask(work, custodian, duties)
    do(work, manager, assign_duty, found.key, custodian.staff_id)
    (found,) = ask(work, custodian, duties)
    assert (found.assigned_to, found.assigned) == (custodian.staff_id, "例田 みつ子")
    do(work, manager, assign_duty, found.key, None)
    assert ask(work, custodian, duties)[0].assigned == ""


def test_what_was_done_by_mistake_is_taken_up_again(work, custodian, hanako, card):
    (found,) = ask(work, custodian, duties)
    do(work, custodian, finish_duty, found.key, "済み")
    do(work, custodian, reopen_duty, found.key)
    assert [each.key for each in ask(work, custodian, duties)] == [found.key]
    assert ask(work, custodian, settled_duties, hanako) == []
    with pytest.raises(DutyGone):
        do(work, custodian, reopen_duty, found.key)


def test_what_the_register_says_is_not_said_by_hand(work, custodian, hanako):
    receive(work, custodian, hanako, CARD, **GOOD)
    do(work, custodian, discharge_resident, Discharge(hanako, 1, date(2026, 11, 18)))
    (found,) = ask(work, custodian, duties)
    assert (found.kind, found.duty.due) == (DutyKind.HAND_BACK, date(2026, 12, 2))
    for act in (finish_duty, dismiss_duty):
        with pytest.raises(DutyByRegister):
            do(work, custodian, act, found.key, "返した")


def test_a_renewal_is_never_dismissed(work, custodian, hanako, card):
    (found,) = ask(work, custodian, duties)
    with pytest.raises(DutyByRegister):
        do(work, custodian, dismiss_duty, found.key, "要らない")


def insured(work, actor, resident, **facts):
    do(work, actor, note_insurance, NoteInsurance(resident, 0, InsuranceFacts(**facts)))


def test_who_has_only_the_card_may_ask_for_a_certificate_and_is_followed_up(
    work, clock, custodian, hanako
):
    receive(work, custodian, hanako, CARD, **GOOD)
    insured(work, custodian, hanako, coverage=Coverage.KOUKI, registered=Answer.YES)
    (found,) = ask(work, custodian, duties, which=DutyList.CONSIDERATION)
    assert found.kind is DutyKind.ASK_CERTIFICATE
    do(
        work,
        custodian,
        note_event,
        NoteEvent(hanako, LifeEventKind.CERTIFICATE_ASKED, date(2026, 11, 20)),
    )
    assert kinds(work, custodian, which=DutyList.CONSIDERATION) == []
    clock.forward(days=21)
    (found,) = ask(work, custodian, duties, which=DutyList.CONSIDERATION)
    assert (found.kind, found.duty.due) == (DutyKind.FOLLOW_CERTIFICATE, date(2026, 12, 20))
    receive(work, custodian, hanako, PAPER, paper_expires_on=date(2027, 7, 31))
    assert kinds(work, custodian) == []


def test_a_wish_for_no_certificate_is_kept_with_its_reason(work, custodian, hanako):
    receive(work, custodian, hanako, CARD, **GOOD)
    insured(work, custodian, hanako, coverage=Coverage.KOUKI, registered=Answer.YES)
    (found,) = ask(work, custodian, duties)
    do(work, custodian, dismiss_duty, found.key, "本人が要らないと言った")
    assert kinds(work, custodian) == []


def test_the_area_decides_who_need_not_ask(work, manager, custodian, hanako):
    do(work, manager, change_settings, Settings(insurance_area="saitama"))
    old = register(work, custodian, "見本 太郎", "みほん たろう", birth_date=date(1938, 3, 5))
    for resident in (hanako, old):
        receive(work, custodian, resident, CARD, **GOOD)
        insured(work, custodian, resident, coverage=Coverage.KOUKI, registered=Answer.YES)
    found = ask(work, custodian, duties, which=DutyList.CONSIDERATION)
    assert [each.name for each in found] == ["見本 花子"]
    season = ask(work, custodian, duties, date(2027, 7, 1), which=DutyList.SEASON)
    assert [(each.kind, each.name) for each in season] == [(DutyKind.AREA_CERTIFICATE, "見本 太郎")]


def test_events_make_tasks_and_ending_or_withdrawing_them_ends_those(work, custodian, hanako):
    receive(work, custodian, hanako, CARD, **GOOD)
    moved = do(
        work, custodian, note_event, NoteEvent(hanako, LifeEventKind.MOVED_IN, date(2026, 11, 9))
    )
    (found,) = ask(work, custodian, duties)
    assert (found.kind, found.go_by) == (DutyKind.MOVE_IN_NOTICE, date(2026, 11, 20))
    do(work, custodian, end_event, moved, date(2026, 11, 20))
    assert kinds(work, custodian) == [DutyKind.CONTINUED_USE]
    do(work, custodian, withdraw_event, moved)
    assert kinds(work, custodian) == []
    assert ask(work, custodian, events_of, hanako) == []
    with pytest.raises(LifeEventGone):
        do(work, custodian, end_event, moved, date(2026, 11, 20))


def test_an_event_is_of_the_past_in_order_and_about_ones_own_thing(work, custodian, hanako, card):
    other = register(work, custodian)
    for wrong, refusal in (
        (NoteEvent(hanako, LifeEventKind.MOVED_IN, date(2026, 11, 21)), DateInFuture),
        (
            NoteEvent(hanako, LifeEventKind.MOVED_IN, date(2026, 11, 2), date(2026, 11, 1)),
            DatesInWrongOrder,
        ),
        (
            NoteEvent(other, LifeEventKind.NOTICE_CAME, NOTICE_CAME, item_id=card),
            LifeEventItemWrong,
        ),
    ):
        with pytest.raises(refusal):
            do(work, custodian, note_event, wrong)
    do(
        work,
        custodian,
        note_event,
        NoteEvent(hanako, LifeEventKind.MOVE_OUT_PLANNED, date(2026, 12, 1)),
    )


def test_only_those_who_keep_the_register_act(work, actor_with, hanako, card):
    officer = actor_with(Role.PIN_OFFICER)
    (found,) = ask(work, officer, duties)
    with pytest.raises(NotPermitted):
        do(work, officer, finish_duty, found.key, "済み")
    with pytest.raises(NotPermitted):
        ask(work, actor_with(Role.SYSTEM_ADMIN), duties)


def test_the_most_pressing_comes_first(work, custodian, hanako, card):
    for name, ends in (("仮名 正", date(2026, 11, 19)), ("例示 ウメ", date(2027, 2, 1))):
        other = register(work, custodian, name, "れい", birth_date=date(1946, 3, 5))
        receive(work, custodian, other, "specific-disease", paper_expires_on=ends)
    found = ask(work, custodian, duties)
    assert [each.urgency for each in found] == [Urgency.OVER, Urgency.SOON, Urgency.OPEN]
    assert [each.name for each in found] == ["仮名 正", "見本 花子", "例示 ウメ"]


def test_what_concerns_nobody_is_not_read(work, engine, custodian, hanako):
    """The people read for a day are those with something near; the others' things stay unread."""
    from facility_app.services.duty_facts import read_frame, read_people

    receive(work, custodian, hanako, CARD, **GOOD)
    near = register(work, custodian, birth_date=date(1946, 3, 5))
    receive(work, custodian, near, CARD, **SOON)
    with Session(engine) as session:
        frame, names = read_frame(session)
        found = [each.person.id for each in read_people(session, date(2026, 11, 20), frame, names)]
    assert found == [near]


def test_one_resident_alone_can_be_asked_for(work, custodian, hanako, card):
    other = register(work, custodian, birth_date=date(1946, 3, 5))
    receive(work, custodian, other, CARD, **SOON)
    found = ask(work, custodian, duties, resident_id=other)
    assert {each.duty.resident_id for each in found} == {other}
    later = ask(
        work, custodian, duties, date(2026, 11, 20) + timedelta(days=365), resident_id=other
    )
    assert {each.duty.resident_id for each in later} == {other}
