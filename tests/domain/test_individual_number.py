"""Individual numbers are refused wherever they are typed.

No valid number stands in this file: the tests work them out from the ordinance's rule.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from facility_app.domain.individual_number import (
    IndividualNumberRefused,
    check_digit,
    contains_individual_number,
    refuse_individual_number,
)

ELEVEN = st.text("0123456789", min_size=11, max_size=11)
SEPARATORS = [
    " ",
    "  ",
    "\u3000",
    "\u00a0",
    "\t",
    "\n",
    "\r\n",
    "-",
    " - ",
    "\uff0d",
    "\u2010",
    "\u2212",
    "\u2014",
    "\u30fc",
    "\uff70",
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\ufe0f",
    "\u00ad",
    "\U000e0101",
]


def number(eleven: str) -> str:
    """The number as the ordinance builds it: P_n counts from the right, Q_n = n + 1 or n - 5."""
    total = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(eleven), 1)
    )
    return eleven + str(0 if total % 11 <= 1 else 11 - total % 11)


def spoilt(right: str, by: int) -> str:
    return right[:-1] + str((int(right[-1]) + by) % 10)


@given(ELEVEN)
def test_the_check_digit_is_that_of_the_ordinance(eleven: str):
    assert check_digit(eleven) == int(number(eleven)[-1])


@given(ELEVEN, st.integers(1, 9))
def test_twelve_figures_are_refused_only_with_the_right_check_digit(eleven: str, by: int):
    assert contains_individual_number(number(eleven))
    assert not contains_individual_number(spoilt(number(eleven), by))


@given(ELEVEN, st.sampled_from(SEPARATORS), st.sets(st.integers(1, 11), max_size=11))
def test_no_separator_hides_a_number(eleven: str, separator: str, cuts: set[int]):
    digits = number(eleven)
    text = "".join(separator * (at in cuts) + digit for at, digit in enumerate(digits))
    assert contains_individual_number(text)
    assert contains_individual_number(f"氏名{text}です")


@given(ELEVEN)
def test_width_and_script_do_not_hide_a_number(eleven: str):
    digits = number(eleven)
    for first in (0xFF10, 0x0660, 0x1D7CE):
        written = digits.translate({ord("0") + value: chr(first + value) for value in range(10)})
        assert contains_individual_number(written)


@given(ELEVEN, st.text("0123456789", min_size=1, max_size=5), st.sampled_from(["", "-", " "]))
def test_thirteen_or_more_are_never_one(eleven: str, more: str, separator: str):
    groups = separator.join(re.findall("....", number(eleven)))
    for text in (groups + separator + more, more + separator + groups):
        assume(not any(len(run) == 12 for run in re.findall("[0-9]+", text)))
        assert not contains_individual_number(text)


@given(ELEVEN)
def test_a_room_number_beside_it_does_not_hide_a_run_of_twelve(eleven: str):
    assert contains_individual_number(f"203 {number(eleven)}")
    assert contains_individual_number(f"{number(eleven)}\n090")


@given(ELEVEN, st.sampled_from("あ,./:()年x"), st.integers(1, 11))
def test_anything_else_between_ends_the_chain(eleven: str, sign: str, at: int):
    digits = number(eleven)
    assert not contains_individual_number(digits[:at] + sign + digits[at:])


@given(ELEVEN)
def test_a_timestamp_or_telephone_number_that_fits_is_refused_until_written_as_advised(eleven: str):
    digits = number(eleven)
    assert contains_individual_number(f"{digits[:4]}-{digits[4:8]}-{digits[8:]}")
    assert not contains_individual_number(f"{digits[:2]}({digits[2:6]}){digits[6:]}")
    assert not contains_individual_number(f"{digits[:4]}年{digits[4:6]}月{digits[6:]}")


@given(ELEVEN)
def test_the_refusal_names_the_field_and_never_the_number(eleven: str):
    with pytest.raises(IndividualNumberRefused) as refused:
        refuse_individual_number("メモ", number(eleven))
    error = refused.value
    assert error.facts() == {"field": "メモ"}
    assert number(eleven) not in f"{error!r}{error!s}{error.args}"


@given(st.text(st.characters(exclude_categories=["Nd", "No", "Nl"]), max_size=50))
def test_text_without_figures_passes(text: str):
    refuse_individual_number("メモ", text)


def test_no_valid_number_stands_in_the_program_or_here():
    root = Path(__file__).parents[2]
    for folder in ("tests/domain", "facility_app", "resources/i18n", "resources/rules", "docs"):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".py", ".toml", ".ftl", ".md", ".csv", ".txt"):
                for run in re.findall(r"(?<![0-9])[0-9]{12}(?![0-9])", path.read_text("utf-8")):
                    assert not contains_individual_number(run), path
