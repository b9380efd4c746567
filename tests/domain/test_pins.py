"""Which PINs may be held, which are a bad choice, and which approvals let one out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.access import StaffId
from facility_app.domain.individual_number import check_digit, contains_individual_number
from facility_app.domain.pins import (
    APPROVAL_LASTS,
    MOST_OFFICERS,
    Act,
    Approval,
    ApprovalLapsed,
    ApprovalsMissing,
    CardPin,
    Characters,
    NotStorable,
    OfficerCountImpossible,
    OwnRequestAlone,
    PinIsIndividualNumber,
    PinKind,
    PinNotStorable,
    PinWrongCharacters,
    PinWrongLength,
    SecondApproverNeeded,
    Way,
    Weakness,
    birth_forms,
    check_officer_count,
    check_pin,
    guessable,
    holds_individual_number,
    lapses_at,
    refuse_incomplete,
)
from facility_app.errors import Refused
from facility_app.rules import Rules

FOUR = PinKind("user-auth", "利用者証明用", "User authentication", 4, 4)
LONG = PinKind("long", "長い", "Long", 6, 16, Characters.ALPHANUMERIC)
SIGNATURE = PinKind("signature", "署名用", "Signature", 6, 16, not_storable=NotStorable.SIGNATURE)
BORN = date(1945, 3, 5)
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def view(text: str) -> memoryview:
    return memoryview(bytearray(text.encode())).toreadonly()


def refusal(kind: PinKind, pin: str) -> type[Refused] | None:
    try:
        check_pin(kind, view(pin))
    except Refused as exc:
        return type(exc)
    return None


@given(st.text(ALPHABET, min_size=0, max_size=20))
def test_a_kind_takes_its_own_length_and_characters_only(pin: str) -> None:
    wanted: type[Refused] | None = None
    if len(pin) != 4:
        wanted = PinWrongLength
    elif not pin.isdigit():
        wanted = PinWrongCharacters
    if contains_individual_number(pin):
        wanted = PinIsIndividualNumber
    assert refusal(FOUR, pin) is wanted


@pytest.mark.parametrize("pin", ["12 4", "12.4", "１２３４", "12é", "-123", "12\x004"])
def test_nothing_but_ascii_figures_is_a_pin_of_figures(pin: str) -> None:
    assert refusal(FOUR, pin) in (PinWrongCharacters, PinWrongLength)


def test_small_letters_are_none_of_a_pin() -> None:
    assert refusal(LONG, "ABC123") is None
    assert refusal(LONG, "abc123") is PinWrongCharacters


@pytest.mark.parametrize("pin", ["", "1", "SAMPLE99", "1234"])
def test_a_signature_pin_is_refused_before_anything_is_looked_at(pin: str) -> None:
    with pytest.raises(PinNotStorable) as refused:
        check_pin(SIGNATURE, view(pin))
    assert refused.value.reason is NotStorable.SIGNATURE


def test_no_refusal_says_anything_of_the_pin() -> None:
    for pin in ("7", "77777", "7x7x"):
        with pytest.raises(Refused) as refused:
            check_pin(FOUR, view(pin))
        assert pin not in str(refused.value.facts()) + repr(refused.value.args)


@given(st.text("0123456789", min_size=11, max_size=11), st.text("AB", max_size=3))
def test_twelve_figures_with_the_right_check_digit_are_refused(eleven: str, around: str) -> None:
    number = eleven + str(check_digit(eleven))
    assert holds_individual_number(view(around + number + around))
    assert not holds_individual_number(view(f"{number[:6]}A{number[6:]}"))
    assert not holds_individual_number(view(number + "0"))
    wrong = eleven + str((check_digit(eleven) + 1) % 10)
    assert not holds_individual_number(view(wrong))


@given(st.text(ALPHABET, max_size=24))
def test_without_separators_it_is_the_same_check_as_everywhere(text: str) -> None:
    assert holds_individual_number(view(text)) == contains_individual_number(text)


@pytest.mark.parametrize(
    "pin", ["1945", "0305", "0503", "4503", "4535", "2003", "2035", "0320", "0345", "0520"]
)
def test_a_birth_date_in_any_figures_is_guessable(pin: str) -> None:
    """1945-03-05 is 昭和20年3月5日."""
    assert Weakness.BIRTH_DATE in guessable(view(pin), BORN)
    assert Weakness.BIRTH_DATE not in guessable(view(pin), date(1931, 12, 28))
    assert Weakness.BIRTH_DATE not in guessable(view(pin))


@given(st.dates(date(1900, 1, 1), date(2026, 11, 20)))
def test_month_and_day_and_the_year_are_always_among_the_forms(birth: date) -> None:
    forms = birth_forms(birth)
    assert {f"{birth:%m%d}", f"{birth:%d%m}", f"{birth.year}", f"{birth:%Y%m%d}"} <= forms
    assert all(form.isdigit() and len(form) >= 3 for form in forms)


def test_a_year_that_ends_an_era_counts_in_the_era_of_the_day() -> None:
    assert "6401" in birth_forms(date(1989, 1, 7))
    assert "6401" not in birth_forms(date(1989, 1, 8))
    assert "0101" in birth_forms(date(1989, 1, 8))


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("1111", Weakness.REPEATED),
        ("1212", Weakness.REPEATED),
        ("1234", Weakness.SEQUENCE),
        ("4321", Weakness.SEQUENCE),
        ("8901", Weakness.SEQUENCE),
        ("1098", Weakness.SEQUENCE),
    ],
)
def test_repetitions_and_sequences_are_guessable(pin: str, why: Weakness) -> None:
    assert guessable(view(pin)) == (why,)


@pytest.mark.parametrize("pin", ["2580", "7193", "1221", "1235", "QX7B2M9KZ41TR0PV"])
def test_others_are_not(pin: str) -> None:
    assert guessable(view(pin), BORN) == ()


@given(st.text(ALPHABET, min_size=4, max_size=16))
def test_a_weakness_is_told_once_and_nothing_fails(pin: str) -> None:
    found = guessable(view(pin), BORN)
    assert len(set(found)) == len(found) <= 2


# --- approvals --------------------------------------------------------------------------------

people = st.integers(1, 4)
approvals = st.lists(
    st.builds(
        Approval,
        people.map(StaffId),
        st.just("例田"),
        st.timedeltas(timedelta(0), APPROVAL_LASTS - timedelta(microseconds=1)).map(
            lambda ago: NOW - ago
        ),
        st.sampled_from(Way),
    ),
    max_size=5,
)


def verdict(act: Act, requester: int, given_: list[Approval], threshold: int) -> str:
    try:
        refuse_incomplete(act, StaffId(requester), given_, threshold, NOW)
    except Refused as exc:
        return exc.key
    return ""


@given(st.sampled_from(Act), people, approvals, st.integers(1, 3))
def test_nothing_is_let_out_without_enough_officers_and_somebody_else(
    act: Act, requester: int, given_: list[Approval], threshold: int
) -> None:
    officers = {each.staff_id for each in given_ if each.way is Way.OFFICER}
    everybody = {each.staff_id for each in given_}
    carried = len(officers) >= threshold and bool(everybody - {requester})
    if act is Act.REVEAL:
        carried = carried and len(everybody) >= 2
    assert (verdict(act, requester, given_, threshold) == "") is carried


@given(st.sampled_from(Act), approvals, st.timedeltas(APPROVAL_LASTS, timedelta(days=1)))
def test_one_old_approval_spoils_them_all(
    act: Act, given_: list[Approval], late: timedelta
) -> None:
    old = Approval(StaffId(9), "例田", NOW - late, Way.OFFICER)
    with pytest.raises(ApprovalLapsed):
        refuse_incomplete(act, StaffId(1), [*given_, old], 1, NOW)


def test_an_approval_from_the_future_is_none() -> None:
    """The clock was set back: nobody can say how old it is."""
    ahead = Approval(StaffId(2), "例田", NOW + timedelta(seconds=1), Way.OFFICER)
    with pytest.raises(ApprovalLapsed):
        refuse_incomplete(Act.PRESENT, StaffId(1), [ahead], 1, NOW)


def given_by(staff: int, way: Way = Way.OFFICER) -> Approval:
    return Approval(StaffId(staff), "例田", NOW, way)


def test_each_refusal_says_what_is_missing() -> None:
    with pytest.raises(ApprovalsMissing) as missing:
        refuse_incomplete(Act.PRESENT, StaffId(1), [given_by(2)], 2, NOW)
    assert (missing.value.have, missing.value.need) == (1, 2)
    with pytest.raises(OwnRequestAlone):
        refuse_incomplete(Act.PRESENT, StaffId(1), [given_by(1)], 1, NOW)
    with pytest.raises(SecondApproverNeeded):
        refuse_incomplete(Act.REVEAL, StaffId(1), [given_by(2)], 1, NOW)
    manager = given_by(3, Way.MANAGER)
    with pytest.raises(ApprovalsMissing):
        refuse_incomplete(Act.REVEAL, StaffId(1), [manager], 1, NOW)
    refuse_incomplete(Act.REVEAL, StaffId(1), [given_by(2), manager], 1, NOW)


def test_the_same_person_twice_is_one() -> None:
    twice = [given_by(2), given_by(2), given_by(2, Way.MANAGER)]
    assert verdict(Act.PRESENT, 1, twice, 2) == "pins.approvals_missing"
    assert verdict(Act.REVEAL, 1, twice, 1) == "pins.second_approver_needed"


def test_approvals_end_with_the_oldest() -> None:
    assert lapses_at([]) is None
    first = Approval(StaffId(1), "例田", NOW - timedelta(minutes=2), Way.OFFICER)
    assert lapses_at([given_by(2), first]) == NOW + timedelta(minutes=3)


@given(st.integers(-1, 20), st.integers(-1, 20))
def test_no_more_approvals_than_officers(officers: int, threshold: int) -> None:
    possible = 1 <= threshold <= officers <= MOST_OFFICERS
    try:
        check_officer_count(officers, threshold)
    except OfficerCountImpossible:
        assert not possible
    else:
        assert possible


# --- rule data --------------------------------------------------------------------------------


def test_the_kinds_are_those_of_the_card_and_the_signature_is_refused() -> None:
    kinds = {kind.code: kind for kind in Rules().pin_kinds}
    assert {kind.card_pin for kind in kinds.values()} == {None, *CardPin}
    held = [kind for kind in kinds.values() if kind.storable]
    assert {(kind.length, kind.characters) for kind in held} == {("4", Characters.DIGITS)}
    signature = kinds["signature"]
    assert (signature.storable, signature.card_pin, signature.length) == (False, None, "6–16")
    assert kinds["user-auth"].name("ja") == "利用者証明用"
    assert kinds["user-auth"].name("en") == "User authentication"
