"""The same paper as CSV and JSON: for spreadsheets, which must not calculate it, and programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.i18n import LANGUAGES, Words
from facility_app.reports.as_csv import defused, write_csv
from tests.reports.papers import (
    CHECKPOINT,
    JA,
    csv_text,
    every_block,
    json_text,
    paper,
    row,
    silent,
    table,
)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_spreadsheet_finds_japanese_in_it() -> None:
    out = io.BytesIO()
    write_csv(out, JA, every_block(), silent)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")


def test_the_columns_have_headings_and_moments_sort() -> None:
    rows = rows_of(csv_text(paper(table([row(1), row(2)]))))
    assert ["番号", "利用者", "居室", "持出し", "内容"] in rows
    assert ["1", "見本 花子", "203", "2026-11-20 14:05", "受診"] in rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-3", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=HYPERLINK(0)"]
)
def test_what_a_spreadsheet_would_calculate_is_defused(text: str) -> None:
    rows = rows_of(csv_text(paper(table([row(1, text)]))))
    assert any(f"'{text}" in line for line in rows)
    assert not any(text in line for line in rows)


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not defused(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert defused(text).removeprefix("'") == text.removeprefix("'") or defused(text) == text


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=5))
def test_every_text_comes_back_from_both(texts: list[str]) -> None:
    given_paper = paper(table(row(n, name) for n, name in enumerate(texts)))
    found = [each[1] for each in rows_of(csv_text(given_paper)) if len(each) == 5][1:]
    assert found == [defused(text) for text in texts]
    lines = json.loads(json_text(given_paper))["sections"]["sign-outs"]["tables"]["lines"]
    assert [each["resident"] for each in lines] == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_programs_get_names_that_no_language_changes(language: str) -> None:
    facts = json.loads(json_text(every_block(), Words(language)))
    section = facts["sections"]["sign-outs"]
    assert facts["paper"] == "ledger"
    assert facts["made_at"] == "2026-11-20T14:04:00+09:00"
    assert section["facts"]["sign-outs"] == 214
    assert section["facts"]["birth-date"] == "1945-03-05"
    assert section["tables"]["states"][0] == {
        "item-state": "out",
        "late": 1505,
        "act": "item.signed_out",
    }
    assert section["tables"]["lines"] == []  # the last table of that name
    assert section["checkpoints"]["this"]["text"] == CHECKPOINT
    assert section["charts"]["reports-chart-out"]["categories"] == ["2026-10", "2026-11"]
    assert section["charts"]["reports-chart-out"]["series"][1]["values"] == [2.0, None]


def test_an_empty_table_says_so_in_words_and_is_empty_for_programs() -> None:
    nothing = paper(table([]))
    assert ["この期間にありません。"] in rows_of(csv_text(nothing))
    assert json.loads(json_text(nothing))["sections"]["sign-outs"]["tables"]["lines"] == []


def test_all_values_of_a_paper_stand_in_both() -> None:
    text = csv_text(every_block())
    for expected in ("みほん はなこ", "1945-03-05", "214", "あいさつ", "1505"):
        assert expected in text
