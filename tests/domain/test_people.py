"""What is typed about residents and staff."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.individual_number import (
    IndividualNumberRefused,
    check_digit,
)
from facility_app.domain.people import (
    NAME_LENGTH,
    BirthInFuture,
    DatesOutOfOrder,
    NameMissing,
    NameTooLong,
    StaffNumberMalformed,
    check_resident_dates,
    kana_reading,
    person_name,
    staff_number,
)
from facility_app.errors import Refused

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("髙﨑 一郎", "髙﨑 一郎"),
        ("  渡邉\U000e0102　ゆき ", "渡邉\U000e0102 ゆき"),
        ("Nguyễn\tVăn\r\nAn", "Nguyễn Văn An"),
        ("A\x00\x07B", "AB"),
        ("あ" * NAME_LENGTH, "あ" * NAME_LENGTH),
    ],
)
def test_names_are_kept_as_typed(typed: str, kept: str):
    assert person_name("氏名", typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "\u3000\t", "\x00"])
def test_a_name_is_needed(typed: str):
    with pytest.raises(NameMissing) as refused:
        person_name("氏名", typed)
    assert refused.value.facts() == {"field": "氏名"}


def test_a_name_has_an_end():
    with pytest.raises(NameTooLong) as refused:
        person_name("氏名", "あ" * (NAME_LENGTH + 1))
    assert refused.value.limit == NAME_LENGTH


def test_no_individual_number_in_a_name():
    eleven = "1" * 11
    with pytest.raises(IndividualNumberRefused):
        person_name("氏名", f"山田 {eleven}{check_digit(eleven)}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ワタナベ　ユキ", "わたなべ ゆき"),
        ("ﾜﾀﾅﾍﾞ ﾕｷ", "わたなべ ゆき"),
        ("わたなべ ゆき", "わたなべ ゆき"),
        ("わたなへ\u3099", "わたなべ"),
        ("ヴァン オーノ", "ゔぁん おーの"),
        ("Nguyen Van An", "Nguyen Van An"),
    ],
)
def test_readings_become_hiragana(typed: str, kept: str):
    assert kana_reading("かな", typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("12", "12"), (" ０１２ ", "012"), ("t0012", "T0012"), ("Ａ1", "A1")]
)
def test_staff_numbers(typed: str, kept: str):
    assert staff_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "123456789", "12-3", "職1", "1_2", "１２３４５６７８９"])
def test_malformed_staff_numbers(typed: str):
    with pytest.raises(StaffNumberMalformed):
        staff_number(typed)


@given(st.text(max_size=12))
def test_a_staff_number_read_twice_is_the_same(text: str):
    try:
        number = staff_number(text)
    except Refused:
        return
    assert staff_number(number) == staff_number(f" {number.lower()} ") == number


def test_dates_of_a_resident_follow_each_other():
    birth, admitted, left = date(1945, 3, 5), date(2020, 4, 1), date(2026, 3, 31)
    check_resident_dates(birth, admitted, left, TODAY)
    check_resident_dates(birth, None, None, TODAY)
    check_resident_dates(birth, admitted, admitted, TODAY)
    check_resident_dates(birth, date(2027, 1, 1), None, TODAY)  # moving in is planned ahead
    with pytest.raises(BirthInFuture):
        check_resident_dates(date(2026, 11, 21), None, None, TODAY)
    with pytest.raises(DatesOutOfOrder) as refused:
        check_resident_dates(birth, left, admitted, TODAY)
    assert refused.value.facts() == {"first": left, "second": admitted}
    with pytest.raises(DatesOutOfOrder):
        check_resident_dates(birth, None, date(1945, 3, 4), TODAY)
