"""Lines break between phrases, never inside a number or before a closing sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from facility_app.ui import figures, phrases
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.fields import parse_time
from facility_app.ui.widgets.text import Text, wrap


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "10月15日に切れました。受診には使えます。",
            ["10月15日に", "切れました。", "受診には", "使えます。"],
        ),
        ("お薬手帳をお持ちください", ["お薬手帳を", "お持ちください"]),
        ("押すと、「持出中」になります。", ["押すと、", "「持出中」", "になります。"]),
        ("13:00 の予定", ["13:00 ", "の", "予定"]),
        ("Example-Longname", ["Example-", "Longname"]),
        ("31\u2060日\u200bまで", ["31日", "まで"]),
        ("", []),
    ],
)
def test_phrases_of_japanese_sentences(text: str, parts: list[str]) -> None:
    assert phrases.split(text) == parts


@given(st.text(max_size=60))
def test_phrases_joined_give_the_plain_text(text: str) -> None:
    assert "".join(phrases.split(text)) == phrases.plain(text)


def test_wrapped_lines_fit_and_lose_nothing(qapp: QApplication, theme: Theme) -> None:
    text = "10月15日に切れました。受診には令和9年1月31日まで使えます。"
    font = theme.font(18)
    for width in (60, 120, 240, 480):
        lines = wrap(text, font, width)
        assert "".join(lines) == text
        label = Text(theme, text)
        assert label.heightForWidth(width) == len(lines) * 28
    assert len(wrap(text, font, 2000)) == 1


def test_a_clock_is_as_wide_with_ones_as_with_zeros(qapp: QApplication, theme: Theme) -> None:
    font = theme.font(28, bold=True)
    assert figures.width("11:11", font) == figures.width("00:00", font)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1530", "15:30"),
        ("９３０", "09:30"),
        ("15:30", "15:30"),
        ("2460", ""),
        ("15", ""),
        ("", ""),
    ],
)
def test_times_are_typed_with_or_without_a_colon(text: str, shown: str) -> None:
    value = parse_time(text)
    assert (value.strftime("%H:%M") if value else "") == shown
