"""What is out now, how late it is, and the acts that led there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, NotPermitted
from facility_app.domain.custody import Escalation
from facility_app.domain.items import Condition
from facility_app.services.acts import DeskAct, recent_acts, recorded
from facility_app.services.custody import sign_out
from facility_app.services.desk_choices import desk_choices
from facility_app.services.emergency import release_emergency
from facility_app.services.loans import OutNow, count_out, lines_out, open_loans
from facility_app.services.returns import HandOver, Returned, SignIn, hand_over, sign_in
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, visit_row


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def test_nothing_is_out(desk: DeskWorld) -> None:
    assert desk.ask("custodian", open_loans) == []
    assert desk.ask("custodian", recent_acts) == []


def test_a_loan_as_the_desk_sees_it(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    (view,) = desk.ask("custodian", open_loans)
    assert (view.id, view.resident_id) == (loan_id, desk.residents["hanako"])
    assert (view.name, view.room, view.slot) == ("見本 花子", "203", "A-12")
    assert (view.purpose, view.destination, view.holder) == ("受診", "みほん内科", "仮屋 健")
    assert (view.pieces, view.emergency, view.minutes_late) == (6, False, 0)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (-1, Escalation.NONE),
        (0, Escalation.LATE),
        (14, Escalation.LATE),
        (15, Escalation.LATE_15),
        (59, Escalation.LATE_15),
        (60, Escalation.LATE_60),
    ],
)
def test_lateness_grows_in_three_steps(
    desk: DeskWorld, clock: FakeClock, minutes: int, step: Escalation
) -> None:
    desk.signed_out()
    clock.forward(hours=2, minutes=minutes)
    (view,) = desk.ask("custodian", open_loans)
    assert (view.escalation, view.minutes_late) == (step, max(0, minutes))


def test_the_earliest_due_comes_first(desk: DeskWorld) -> None:
    later = desk.signed_out("hanako", due_at=desk.clock() + timedelta(hours=3))
    sooner = desk.signed_out("tadashi", due_at=desk.clock() + timedelta(hours=1))
    assert [view.id for view in desk.ask("custodian", open_loans)] == [sooner, later]


def test_after_a_partial_return_only_the_rest_is_asked_for(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    card, _notice, patient, _care = desk.items["hanako"]
    back = (Returned(card, 1, Condition.GOOD), Returned(patient, 1, Condition.GOOD))
    desk.do("custodian", sign_in, SignIn(loan_id, back, "A-12", accept_missing=True))
    lines = desk.ask("custodian", lines_out, loan_id)
    assert [(line.kind, line.pieces) for line in lines] == [
        ("資格情報のお知らせ", 1),
        ("診察券", 2),
        ("介護保険証", 1),
    ]
    (view,) = desk.ask("custodian", open_loans)
    assert view.pieces == 4


def test_the_locked_screen_learns_only_how_many(desk: DeskWorld, clock: FakeClock) -> None:
    desk.signed_out("hanako")
    desk.signed_out("tadashi", due_at=clock.now + timedelta(minutes=5))
    clock.forward(minutes=5)
    with desk.work.read(PROGRAM) as reading:
        assert count_out(reading) == OutNow(out=2, late=1)


def test_an_auditor_sees_neither_desk_nor_lines(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    for query, args in (
        (open_loans, ()),
        (recent_acts, ()),
        (desk_choices, ()),
        (lines_out, (loan_id,)),
    ):
        with pytest.raises(NotPermitted):
            desk.ask("auditor", query, *args)


def test_the_last_acts_newest_first(desk: DeskWorld, clock: FakeClock) -> None:
    loan_id = desk.signed_out()
    clock.forward(minutes=1)
    desk.settings(alarm_sound=False)
    desk.do("second", hand_over, HandOver(loan_id, desk.id_of("second")))
    desk.do("custodian", release_emergency, desk.residents["tadashi"])
    acts = desk.ask("custodian", recent_acts)
    assert [(act.seq, act.act) for act in acts] == [
        (4, DeskAct.RELEASED),
        (3, DeskAct.HANDED_OVER),
        (1, DeskAct.SIGNED_OUT),
    ]
    assert [act.loan_id for act in acts] == [2, None, loan_id]
    assert (acts[1].actor, acts[1].name, acts[1].at) == ("控 直子", "見本 花子", clock.now)
    assert len(desk.ask("custodian", recent_acts, 2)) == 2


def test_an_act_comes_with_its_number(desk: DeskWorld) -> None:
    desk.settings(alarm_sound=False)
    done = desk.do("custodian", recorded(sign_out), desk.out())
    assert (done.seq, done.at) == (2, desk.clock())
    assert desk.loan(done.value).out_seq == 2


def test_what_the_form_offers(desk: DeskWorld) -> None:
    visit_row(desk, destination="例示眼科")
    visit_row(desk, "tadashi", destination="例示眼科")
    desk.signed_out()
    choices = desk.ask("custodian", desk_choices)
    assert [purpose.code for purpose in choices.purposes] == ["clinic", "home-visit", "renewal"]
    assert [name for _, name in choices.holders] == [
        "仮屋 健",
        "例田 みつ子",
        "控 直子",
        "架空 誠",
        "監査 薫",
    ]
    assert choices.destinations == ("例示眼科", "みほん内科")
    assert choices.two_person == {"hand-back"}
