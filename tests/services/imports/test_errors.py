"""Errors of a list: each names its row and column, and nothing of the list is taken in."""

from __future__ import annotations

import pytest

from facility_app.db.models import ResidentRow
from facility_app.domain.dates import EraDateNeverExisted, EraMissing
from facility_app.services.fields import FieldMissing
from facility_app.services.imports.agreed import AgreementByProxy
from facility_app.services.imports.parse import (
    CannotTellWho,
    KindMissing,
    MoreCellsThanHeaders,
    PrivateCharacter,
)
from facility_app.services.imports.values import FigureNotUnderstood, WordNotKnown
from tests.services.registry import entries, rows

HEAD = (
    "氏名,ふりがな,生年月日,性別,種類,枚数,負担割合,"
    "割合の確認日,割合の確認書類,同意日,意思確認,同意者\n"
)
WRONG = [
    ("見本\ue000,みほん,S20.3.5,,,,,,,,,", "氏名", PrivateCharacter),
    ("見本,みほん,平成31年5月1日,,,,,,,,,", "生年月日", EraDateNeverExisted),
    ("見本,みほん,20.3.5,,,,,,,,,", "生年月日", EraMissing),
    ("見本,みほん,S20.3.5,おとこ?,,,,,,,,", "性別", WordNotKnown),
    ("見本,みほん,S20.3.5,,謎の証,,,,,,,", "種類", WordNotKnown),
    ("見本,みほん,S20.3.5,,診察券,たくさん,,,,,,", "枚数", FigureNotUnderstood),
    ("見本,みほん,S20.3.5,,資格確認書,,5割,,,,,", "負担割合", FigureNotUnderstood),
    ("見本,みほん,S20.3.5,,,2,,,,,,", "", KindMissing),
    ("見本,みほん,,,,,,,,,,", "", CannotTellWho),
    ("見本,みほん,S20.3.5,,,,,,,,,,あまり", "", MoreCellsThanHeaders),
    ("見本,みほん,S20.3.5,,資格確認書,,2割,,介護,R8.4.1,書面,", "割合の確認日", FieldMissing),
    ("見本,みほん,S20.3.5,,お薬手帳,,,,,R8.4.1,,", "", FieldMissing),
    ("見本,みほん,S20.3.5,,お薬手帳,,,,,R8.4.1,書面,長男 太郎", "", AgreementByProxy),
]


@pytest.mark.parametrize(("line", "column", "refusal"), WRONG)
def test_an_error_names_its_row_and_column_and_nothing_is_taken_in(
    engine, take, line, column, refusal
):
    good = "例示 一,れいじ はじめ,S11.1.1,男,,,,,,,,\n"
    result = take(HEAD + good + line + "\n")
    error = result.errors[0]
    assert (error.row, error.column, type(error.refusal)) == (3, column, refusal)
    assert result.seq == 0
    assert rows(engine, ResidentRow) == []
    assert entries(engine, "import.done") == []
