"""Who sits down to let a PIN out: the form agrees with the rule that the services ask."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facility_app.cards.chip import MOST_TRIES, CardKind, Certificate, ChipFacts, Pin
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.domain.access import StaffId
from facility_app.domain.pins import Act, Approval, CardPin, Way, refuse_incomplete
from facility_app.i18n import Words
from facility_app.services.pin_views import ApproverView
from facility_app.ui.viewmodels.pin_card import CardQuestion, ExpectedDates, card_said
from facility_app.ui.viewmodels.pin_release import ReleaseForm

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)
CARD, CERTIFICATE = date(2034, 3, 5), date(2029, 3, 5)


def person(number: int, way: Way = Way.OFFICER) -> ApproverView:
    return ApproverView(StaffId(number), f"{number}", f"{number}", 0, way, False)


def form_of(
    me: int, officers: int, managers: tuple[int, ...], threshold: int, act: Act
) -> ReleaseForm:
    return ReleaseForm(
        me=person(me),
        officers=[person(n) for n in range(1, officers + 1)],
        managers=[person(n, Way.MANAGER) for n in managers],
        threshold=threshold,
        since=NOON,
        act=act,
        reason="why",
        face_confirmed=True,
    )


def sit(form: ReleaseForm) -> None:
    """The first free person takes each free seat."""
    for at, seat in enumerate(form.seats):
        if seat.person is None and form.choices(at):
            form.choose(at, form.choices(at)[0])


@settings(deadline=None)  # a busy machine is no failure
@given(
    me=st.integers(1, 6),
    officers=st.integers(1, 5),
    managers=st.sampled_from([(), (6,), (1,), (6, 7)]),
    threshold=st.integers(1, 3),
    act=st.sampled_from(Act),
)
def test_when_nothing_is_missing_the_rule_is_content(
    me: int, officers: int, managers: tuple[int, ...], threshold: int, act: Act
) -> None:
    form = form_of(me, officers, managers, threshold, act)
    sit(form)
    if form.missing(range(len(form.seats))):
        return
    approvals = [
        Approval(seat.person.staff_id, "", NOON, seat.person.way)
        for seat in form.seats
        if seat.asks and seat.person is not None
    ]
    refuse_incomplete(act, StaffId(me), approvals, threshold, NOON)


@settings(deadline=None)  # a busy machine is no failure
@given(me=st.integers(1, 5), officers=st.integers(1, 5), threshold=st.integers(1, 3))
def test_nobody_sits_twice(me: int, officers: int, threshold: int) -> None:
    form = form_of(me, officers, (), threshold, Act.PRESENT)
    sit(form)
    seated = [seat.person.staff_id for seat in form.seats if seat.person is not None]
    assert len(seated) == len(set(seated))


def test_who_asked_never_approves_alone() -> None:
    form = form_of(me=1, officers=2, managers=(), threshold=1, act=Act.PRESENT)
    mine, other = form.seats
    assert not mine.asks
    assert other.person == person(2)


def test_who_has_the_card_out_is_no_choice() -> None:
    form = ReleaseForm(
        me=person(9), officers=[person(1), person(2), person(3)], managers=[], threshold=2,
        since=NOON, holders=(StaffId(2),),
    )  # fmt: skip
    assert [each.staff_id for each in form.choices(1)] == [1, 3]


def test_another_act_needs_other_approvals() -> None:
    form = form_of(1, 3, (), 2, Act.PRESENT)
    form.approved(0, NOON)
    form.turn(Act.REVEAL)
    assert form.next_seat == 0


def test_too_few_people_are_told() -> None:
    assert form_of(9, 1, (), 2, Act.PRESENT).missing() == "pin-release-too-few"


# --- the card on the reader -----------------------------------------------------------------------


def facts(**changed: object) -> ChipFacts:
    values: dict[str, object] = {
        "kind": CardKind.MY_NUMBER_CARD,
        "certificate": Certificate.READ,
        "certificate_until": CERTIFICATE,
        "card_expires_on": CARD,
        "tries": dict(MOST_TRIES),
    }
    return ChipFacts(**(values | changed))  # type: ignore[arg-type]  # names of its fields


def said(
    chip: ChipFacts | None, *, act: Act = Act.PRESENT, dates: ExpectedDates | None = None,
    marked: bool = False, state: ReaderState = ReaderState.CARD,
) -> str:  # fmt: skip
    """Why nothing may be sent, or an empty string."""
    known = ExpectedDates(CARD, CERTIFICATE) if dates is None else dates
    asked = CardQuestion(CardPin.USER_AUTH, known, marked, act)
    return card_said(Words("ja"), ReaderNow(state, "reader"), chip, asked).blocks


def tries(left: int | None) -> dict[Pin, int | None]:
    return {**MOST_TRIES, Pin.USER_AUTH: left}


def test_the_right_card_with_all_tries_hinders_nothing() -> None:
    assert said(facts()) == ""
    assert said(facts(), act=Act.CHECK) == ""


@pytest.mark.parametrize(
    ("chip", "act", "why"),
    [
        (None, Act.PRESENT, "pin-card-reading"),
        (facts(kind=CardKind.DRIVING_LICENCE), Act.PRESENT, "pin-card-other-kind"),
        (facts(card_expires_on=date(2030, 1, 1)), Act.PRESENT, "pin-card-differs"),
        (facts(certificate_until=None), Act.PRESENT, "pin-card-differs"),
        (facts(tries=tries(1)), Act.PRESENT, "pin-card-last-try"),
        (facts(tries=tries(0)), Act.PRESENT, "pin-card-blocked"),
        (facts(tries=tries(None)), Act.PRESENT, "pin-card-tries-unread"),
        (facts(tries=tries(2)), Act.PRESENT, ""),
        (facts(tries=tries(2)), Act.CHECK, "pin-card-not-full"),
    ],
)
def test_what_keeps_it_from_being_sent(chip: ChipFacts | None, act: Act, why: str) -> None:
    assert said(chip, act=act) == why


def test_a_card_without_dates_in_the_register_is_known_only_by_its_chip() -> None:
    nothing = ExpectedDates()
    assert said(facts(), dates=nothing) == "pin-card-unknown"
    assert said(facts(), dates=nothing, marked=True) == ""


def test_without_a_card_or_a_reader() -> None:
    assert said(None, state=ReaderState.EMPTY) == "pin-card-put"
    assert said(None, state=ReaderState.NO_READER) == "pin-card-no-reader"
