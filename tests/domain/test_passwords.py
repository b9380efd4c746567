"""Passwords of staff and the delay after failures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.passwords import (
    LONGEST_DELAY,
    MAXIMUM_LENGTH,
    PasswordFromFacility,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    check_password,
    delay_after,
    derivations,
)
from facility_app.errors import Refused

OWN = ["みほん苑", "みほんえん", "例田 みつ子", "れいだ みつこ", "T0012"]


@pytest.mark.parametrize(
    "password",
    [
        "purple-kettle-42-ocean",
        "green tea in the garden",
        "あさひにゆれるむぎのほと川",
        "kawa no nagare 7 hon no sugi",
        "x" * 5 + "Kq7!vZ2#mP9w" * 12,
    ],
)
def test_long_unrelated_words_are_taken(password: str):
    check_password(password, OWN)


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("", PasswordTooShort),
        ("Kq7!vZ2#mP9w", PasswordTooShort),
        ("Kq7!vZ2#mP9w" * 30, PasswordTooLong),
        ("password12345", PasswordTooCommon),
        ("qwertyuiopasdfg", PasswordTooCommon),
        ("1234567890123", PasswordTooCommon),
        ("aaaaaaaaaaaaaaaaa", PasswordTooCommon),
        ("さくらさくらさくらさくらさくら", PasswordTooCommon),
        ("sakurasakura2026", PasswordTooCommon),
        ("2026112020261120", PasswordTooCommon),
        ("mihonen2026mihonen", PasswordFromFacility),
        ("MihonEn-reidamitsuko", PasswordFromFacility),
        ("ミホンエンレイダミツコT0012", PasswordFromFacility),
        ("ﾐﾎﾝｴﾝﾚｲﾀﾞﾐﾂｺ2026", PasswordFromFacility),
        ("例田みつ子例田みつ子みほん苑", PasswordFromFacility),
        ("reidamitsuko-T0012-1958", PasswordFromFacility),
    ],
)
def test_what_is_quickly_guessed_is_refused(password: str, error: type[Refused]):
    with pytest.raises(error) as refused:
        check_password(password, OWN)
    assert type(refused.value) is error
    assert not password or password not in repr(refused.value)


def test_the_least_length_is_a_setting():
    check_password("Kq7!vZ2#mP9w", OWN, minimum=12)
    with pytest.raises(PasswordTooShort) as refused:
        check_password("Kq7!vZ2#mP9wXy", OWN, minimum=15)
    assert refused.value.minimum == 15


def test_a_strong_password_may_hold_a_word_of_the_house():
    check_password("mihonen Kq7!vZ2#mP9w", OWN)
    with pytest.raises(PasswordTooLong):
        check_password("a" * (MAXIMUM_LENGTH + 1), [])


def test_every_writing_of_a_name_is_tried():
    found = derivations(["れいだ ミツコ", "みほん苑", "T0012", "あ"])
    assert {"れいだ", "レイダ", "reida", "mitsuko", "reidamitsuko", "mihon", "t0012"} <= set(found)
    assert all(len(word) >= 3 for word in found)
    assert [len(word) for word in found] == sorted(map(len, found), reverse=True)


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_taken_or_refused(password: str, own: list[str]):
    try:
        check_password(password, own)
    except Refused:
        return
    assert len(password) > 0


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (12, 512), (13, 900)]
)
def test_the_delay_grows(failures: int, seconds: int):
    assert delay_after(failures) == timedelta(seconds=seconds)


@given(st.integers(-5, 10**9))
def test_the_delay_never_shrinks_and_has_an_end(failures: int):
    assert delay_after(failures) <= delay_after(failures + 1) <= LONGEST_DELAY
