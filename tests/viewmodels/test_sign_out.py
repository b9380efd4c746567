"""The form of a sign-out: filled in from the visit, else from the reason, not over typed words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AgreementRow, ItemRow
from facility_app.domain.clock import JST
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import ItemState
from facility_app.i18n import Words
from facility_app.services.custody import sign_out
from facility_app.services.desk import look_up
from facility_app.services.desk_choices import desk_choices
from facility_app.ui.viewmodels import desk as desk_words
from facility_app.ui.viewmodels.sign_out import OutForm, Problem, Why
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, visit_row

NOON = datetime(2026, 11, 20, 12, 52, tzinfo=JST)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    clock.now = NOON
    return build(engine, work, clock)


@pytest.fixture
def form_of(desk: DeskWorld) -> Callable[..., OutForm]:
    """The form as the page opens it."""

    def make(person: str = "hanako", **choices: Any) -> OutForm:
        resident = desk.ask("custodian", look_up, desk.residents[person])
        offered = replace(desk.ask("custodian", desk_choices), **choices)
        return OutForm(resident, offered, desk.clock, desk.id_of("custodian"))

    return make


def test_a_visit_fills_everything_in_so_that_enter_is_enough(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    visit = visit_row(desk)
    form = form_of()
    assert form.from_visit
    assert (form.purpose_code, form.destination) == ("clinic", "みほん内科")
    assert form.holder_id == desk.id_of("escort")
    assert (form.due_day, form.due_time) == (date(2026, 11, 20), time(15, 30))
    assert form.ticked == set(desk.items["hanako"][:3])
    assert form.problem() is None
    loan = desk.loan(desk.do("custodian", sign_out, form.command()))
    assert (loan.destination, loan.due_at) == (
        "みほん内科",
        datetime(2026, 11, 20, 15, 30, tzinfo=JST),
    )
    assert form.command().visit_id == visit.id


def test_without_a_visit_the_first_reason_does(form_of: Callable[..., OutForm]) -> None:
    form = form_of()
    assert not form.from_visit
    assert (form.purpose_code, form.destination, form.holder_id) == ("clinic", "", form.me)
    assert (form.due_day, form.due_time) == (date(2026, 11, 20), time(16, 55))
    assert form.problem() is None
    assert form.command().visit_id is None


def test_another_reason_ticks_other_things_and_leaves_the_visit(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    visit_row(desk)
    form = form_of()
    form.choose_purpose("renewal")
    assert form.ticked == {desk.items["hanako"][0]}
    assert (form.destination, form.due_time) == ("", time(17, 0))
    assert form.command().visit_id is None
    form.choose_purpose("clinic")
    assert (form.destination, form.command().visit_id is None) == ("みほん内科", False)


def test_another_person_at_the_desk_carries_it_unless_an_escort_does(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    form = form_of()
    form.change_person(desk.id_of("second"))
    assert (form.me, form.holder_id) == (desk.id_of("second"), desk.id_of("second"))
    visit_row(desk)
    planned = form_of()
    planned.change_person(desk.id_of("second"))
    assert planned.holder_id == desk.id_of("escort")


def test_what_somebody_changed_stays_changed(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    visit_row(desk)
    form = form_of()
    form.tick(desk.items["hanako"][3], on=True)
    form.set_destination("例示眼科")
    form.set_due(date(2026, 11, 21), time(9, 0))
    form.choose_purpose("renewal")
    assert form.count() == 4
    assert (form.destination, form.due_day) == ("例示眼科", date(2026, 11, 21))


def test_rows_say_why_something_stays(desk: DeskWorld, form_of: Callable[..., OutForm]) -> None:
    card, notice, patient, care = (
        desk.one(ItemRow, ItemRow.id == item) for item in desk.items["hanako"]
    )
    card.card_expires_on, card.certificate_expires_on = date(2030, 3, 5), date(2026, 10, 15)
    notice.state = ItemState.LOST
    desk.add(card, notice, patient, care)
    desk.signed_out(item_ids=(patient.id,), due_at=NOON + timedelta(hours=1))
    rows = form_of().rows()
    assert [(row.ticked, row.possible, row.why) for row in rows] == [
        (True, True, Why.NONE),
        (False, False, Why.LOST),
        (False, False, Why.OUT),
        (False, True, Why.NOT_USUAL),
    ]
    assert [row.state for row in rows] == [ExpiryState.GRACE, None, None, None]


def test_a_kind_that_the_agreement_does_not_name_stays_but_blocks_nothing_else(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    from facility_app.db.models import AgreementKindRow

    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    row.all_kinds = False
    desk.add(row, AgreementKindRow(agreement_id=row.id, kind_code="my-number-card"))
    form = form_of()
    assert [row.why for row in form.rows()][1:] == [Why.NO_AGREEMENT] * 3
    assert form.ticked == {desk.items["hanako"][0]}
    assert form.problem() is None


def test_no_agreement_turns_the_button_off_and_says_so_on_it(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    row.withdrawn_on = date(2026, 11, 1)
    desk.add(row)
    form = form_of()
    assert form.problem() is Problem.AGREEMENT
    assert form.blocked()
    assert desk_words.out_reason(Words("ja"), form) == "預かり同意が撤回されています"
    with pytest.raises(ValueError, match="complete"):
        form.command()


@pytest.mark.parametrize(
    ("day", "at", "problem"),
    [
        (None, time(15, 0), Problem.DUE_UNCLEAR),
        (date(2026, 11, 20), None, Problem.DUE_UNCLEAR),
        (date(2026, 11, 20), time(12, 52), Problem.DUE_PASSED),
        (date(2026, 11, 20), time(12, 53), None),
    ],
)
def test_a_time_that_is_none_or_has_passed(
    form_of: Callable[..., OutForm], day: date | None, at: time | None, problem: Problem | None
) -> None:
    form = form_of()
    form.set_due(day, at)
    assert form.problem() is problem


def test_nothing_ticked_and_nothing_there(desk: DeskWorld, form_of: Callable[..., OutForm]) -> None:
    form = form_of()
    for item in list(form.ticked):
        form.tick(item, on=False)
    assert form.problem() is Problem.NOTHING_TICKED
    desk.signed_out(due_at=NOON + timedelta(hours=1))
    assert form_of().problem() is Problem.NOTHING_IN_SAFE


def test_an_escort_who_is_not_here_today_is_not_filled_in(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    visit_row(desk)
    assert form_of(holders=()).holder_id == desk.id_of("custodian")


def test_a_reason_that_rests_gives_way_to_the_first(
    desk: DeskWorld, form_of: Callable[..., OutForm]
) -> None:
    visit_row(desk)
    rest = desk.ask("custodian", desk_choices).purposes[1:]
    form = form_of(purposes=rest)
    assert form.purpose_code == "home-visit"
    assert not form.from_visit
    assert form_of(purposes=()).problem() is Problem.NOTHING_TICKED


def test_two_persons_where_the_setting_says_so(form_of: Callable[..., OutForm]) -> None:
    assert not form_of().needs_second
    assert form_of(two_person=frozenset({"sign-out"})).needs_second


def test_the_words_on_the_button(form_of: Callable[..., OutForm]) -> None:
    words, form = Words("ja"), form_of()
    assert desk_words.out_button(words, form) == "3点を持ち出す"
    assert desk_words.out_reason(words, form) == ""
    assert "16:55まで" in desk_words.out_consequence(words, form)
    form.set_due(date(2026, 12, 4), time(12, 0))
    assert "12月4日(金) 12:00まで" in desk_words.out_consequence(words, form)
    assert date(2026, 12, 4) in form.days()


@given(minutes=st.integers(0, 24 * 60 - 1))
def test_a_relative_due_time_is_never_before_the_rule_and_on_five_minutes(minutes: int) -> None:
    from facility_app.ui.viewmodels.sign_out import _rounded

    at = datetime(2026, 11, 20, tzinfo=JST) + timedelta(minutes=minutes, seconds=7)
    due = _rounded(at)
    assert timedelta(0) < due - at <= timedelta(minutes=6)
    assert due.minute % 5 == 0
