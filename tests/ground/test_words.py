"""Words: facts become readable, errors three sentences, and nothing heavy is loaded early."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import ClassVar

import pytest

from facility_app.errors import Refused
from facility_app.i18n import Words, term_id


class ItemState(Enum):
    IN_SAFE = "in_safe"


@dataclass(eq=False)
class NotHere(Refused):
    key: ClassVar[str] = "custody.not_here"
    name: str
    since: datetime


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ja").mkdir()
    real = Path(__file__).parents[2] / "resources/i18n/ja/general.ftl"
    (tmp_path / "ja/general.ftl").write_text(real.read_text("utf-8"), "utf-8")
    (tmp_path / "ja/test.ftl").write_text(
        "-product = 預かり帳\n"
        "about = { -product }です。\n"
        "count = { $n ->\n    [0] なし\n   *[other] { $n }件\n }\n"
        "plain = { $who }さん\n"
        "term-item-state-in-safe = 保管中\n"
        "state = 状態は{ $state }です。\n"
        "custody-not-here = { $name }は{ $since }からありません。\n"
        "    .undone = 記録していません。\n"
        "    .todo = 棚を見てください。\n",
        "utf-8",
    )
    return tmp_path


def test_facts_are_filled_in_by_kind(folder: Path) -> None:
    words = Words("ja", folder)
    assert words("plain", who="東") == "東さん"
    assert words("plain", who=["東", "西"]) == "東、西さん"
    assert words("about") == "預かり帳です。"
    assert words("count", n=0) == "なし"
    assert words("count", n=1204) == "1,204件"
    assert words("state", state=ItemState.IN_SAFE) == "状態は保管中です。"
    assert words("plain", who=date(2026, 11, 20)) == "令和8年11月20日さん"


def test_dates_follow_the_eras() -> None:
    words = Words("ja")
    assert words.day(date(2019, 5, 1)) == "令和元年5月1日"
    assert words.day(date(2019, 4, 30)) == "平成31年4月30日"
    assert words.day(date(1945, 3, 5)) == "昭和20年3月5日"
    assert words.day(date(1926, 12, 24)) == "大正15年12月24日"
    assert words.short_day(date(2026, 11, 20)) == "11月20日(金)"
    assert words.moment(datetime(2026, 11, 20, 15, 5, tzinfo=UTC)) == "令和8年11月21日 00:05"
    assert Words("en").day(date(2026, 11, 20)) == "20 November 2026"


def test_an_error_says_what_happened_what_did_not_and_what_to_do(folder: Path) -> None:
    error = NotHere("髙橋", datetime(2026, 11, 20, 0, 0, tzinfo=UTC))
    text = Words("ja", folder).error(error)
    assert text.what == "髙橋は令和8年11月20日 09:00からありません。"
    assert str(text).splitlines()[1:] == ["記録していません。", "棚を見てください。"]


def test_a_bug_shows_its_incident_number_and_not_its_message() -> None:
    text = str(Words("ja").error(RuntimeError("佐藤さんの行"), incident="K7Q-2MD"))
    assert "K7Q-2MD" in text
    assert "佐藤" not in text


def test_a_missing_key_or_fact_is_loud(folder: Path) -> None:
    words = Words("ja", folder)
    with pytest.raises(KeyError):
        words("nowhere")
    with pytest.raises(KeyError):
        words("plain")
    assert "about" in words
    assert "nowhere" not in words


def test_enum_words_are_found_by_class_and_value() -> None:
    assert term_id(ItemState.IN_SAFE) == "term-item-state-in-safe"


def test_opening_a_language_loads_neither_fluent_nor_babel() -> None:
    code = (
        "import sys; from facility_app.i18n import Words; Words('ja')('date-weekday-1');"
        "print([m for m in ('fluent', 'babel', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
