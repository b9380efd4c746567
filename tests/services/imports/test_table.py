"""Reading lists: encodings, workbooks, and everything that is refused before a row is looked at."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from facility_app.domain.individual_number import check_digit
from facility_app.services.imports import guess_mapping, read_table
from facility_app.services.imports.columns import Target
from facility_app.services.imports.decode import MixedEncoding, NotText, decode
from facility_app.services.imports.numbers import NumberCell, NumberColumn
from facility_app.services.imports.table import (
    CellUnreadable,
    EmptyFile,
    FileTooLarge,
    FileUnreadable,
    TooManyRows,
)
from facility_app.services.imports.workbook import NotASpreadsheet, cell_text

CSV = "氏名,フリガナ,生年月日\n髙﨑 一郎,ﾀｶｻｷ ｲﾁﾛｳ,S20.3.5\n"
ELEVEN = "12345678901"
NUMBER = ELEVEN + str(check_digit(ELEVEN))


def file(
    tmp_path: Path, data: bytes | str, name: str = "list.csv", encoding: str = "utf-8"
) -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_gives_the_same_rows(tmp_path, encoding):
    table = read_table(file(tmp_path, CSV, encoding=encoding))
    assert table.headers == ("氏名", "フリガナ", "生年月日")
    assert [row.cells for row in table.rows] == [("髙﨑 一郎", "ﾀｶｻｷ ｲﾁﾛｳ", "S20.3.5")]
    assert table.rows[0].number == 2


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_separators_titles_blank_lines_and_cells_of_two_lines(tmp_path, delimiter):
    text = '入所者名簿\n\n氏名,住所\n"渡邉󠄂 ゆき","Apt. 2, ""B""\n1-2-3"\n,\n'.replace(
        ",", delimiter
    ).replace(f"Apt. 2{delimiter}", "Apt. 2,")
    table = read_table(file(tmp_path, text))
    assert table.headers == ("氏名", "住所")
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("渡邉󠄂 ゆき", 'Apt. 2, "B"\n1-2-3'))
    ]


def test_two_lists_pasted_together_are_refused_at_the_line_where_they_meet(tmp_path):
    head = "氏名,居室\n見本 花子,101\n"
    data = head.encode("utf-8") + "例示 太郎,102\n".encode("cp932")
    with pytest.raises(MixedEncoding) as refused:
        read_table(file(tmp_path, data))
    assert refused.value.line == 3
    with pytest.raises(MixedEncoding) as refused:
        decode(head.encode("cp932") + b"1,2\n" + "例示 太郎,102\n".encode())
    assert refused.value.line == 4


def test_half_width_kana_that_could_be_utf8_stays_cp932():
    text = "氏名,カナ\n見本,ﾐﾎﾝ\nｱ,ﾂｱ\n"
    assert decode(text.encode("cp932")) == text


@pytest.mark.parametrize(
    "data",
    [b"\x81", b"a,b\n\xff\xff,2\n", "氏名\n".encode("utf-8-sig") + b"\x82\xa0", b"a,b\n\0,1\n"],
)
def test_bytes_that_are_no_text_are_refused_with_the_line(data):
    with pytest.raises(NotText):
        decode(data)


@given(st.text(st.sampled_from("あ亜ｱA1,\n髙﨑ー～①"), min_size=1, max_size=60))
def test_what_cp932_can_write_comes_back(text):
    data = text.encode("cp932")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert decode(data) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data)
    except (NotText, MixedEncoding) as refusal:
        line = refusal.line
        assert 1 <= line <= data.count(b"\n") + 1
    else:
        assert "\ufffd" not in text or b"\xef\xbf\xbd" in data


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", "氏名,居室\n".encode(), b"\xef\xbb\xbf", b",,\n,,\n"]
)
def test_an_empty_file_says_so(tmp_path, data):
    with pytest.raises(EmptyFile):
        read_table(file(tmp_path, data))


def test_what_cannot_be_a_list_is_refused(tmp_path):
    with pytest.raises(FileUnreadable):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(CellUnreadable) as refused:
        read_table(file(tmp_path, '氏名,居室\n"見本,1\n'))
    assert refused.value.line == 2
    with pytest.raises(CellUnreadable):
        read_table(file(tmp_path, "氏名,居室\n" + "あ" * 30_000 + ",1\n"))
    with pytest.raises(FileTooLarge):
        read_table(file(tmp_path, b"a,b\n" * (6 * 1024 * 1024)))
    with pytest.raises(TooManyRows):
        read_table(file(tmp_path, "氏名,居室\n" + "見本,1\n" * 50_001))
    with pytest.raises(TooManyRows):
        read_table(file(tmp_path, "氏名," + ",".join("abc" for _ in range(300)) + "\n1,2\n"))


def test_a_list_of_ten_megabytes_is_read_row_by_row(tmp_path):
    lines = (f"{number},見本 {number},{'備考' * 70}\n" for number in range(23_000))
    path = file(tmp_path, "番号,氏名,備考\n" + "".join(lines))
    assert path.stat().st_size > 10_000_000
    table = read_table(path)
    assert len(table.rows) == 23_000
    assert table.rows[-1].cells[:2] == ("22999", "見本 22999")


def workbook(tmp_path, rows, name="list.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def test_a_workbook_gives_dates_as_days_and_figures_without_a_point(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["氏名", "生年月日", "居室", "備考"],
            ["見本 花子", datetime(1940, 2, 29), 101, None],
            [None, None, None, None],
            ["例示 太郎", "昭和20年3月5日", 102.0, True],
        ],
    )
    table = read_table(path)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("見本 花子", "1940-02-29", "101")),
        (4, ("例示 太郎", "昭和20年3月5日", "102", "True")),
    ]
    assert cell_text(datetime(2026, 11, 20, 14, 5)) == "2026-11-20 14:05"
    assert cell_text(date(2026, 11, 20)) == "2026-11-20"


def test_the_first_sheet_that_is_shown_counts(tmp_path):
    book = Workbook()
    book.active.append(["かくし", "シート"])
    book.active.sheet_state = "hidden"
    second = book.create_sheet()
    second.append(["氏名", "居室"])
    second.append(["見本 花子", "101"])
    book.save(tmp_path / "list.xlsx")
    assert read_table(tmp_path / "list.xlsx").headers == ("氏名", "居室")


def test_an_old_locked_or_damaged_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as packed:
        packed.writestr("a.txt", "no workbook")
    old = file(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls")
    cut = file(tmp_path, workbook(tmp_path, [["氏名"], ["x"]]).read_bytes()[:900], "cut.xlsx")
    for path in (tmp_path / "other.xlsx", old, cut, file(tmp_path, "氏名\nx\n", "text.xlsx")):
        with pytest.raises(NotASpreadsheet):
            read_table(path)


@pytest.mark.parametrize("header", ["個人番号", "マイナンバー", " 個人 番号 ", "My Number"])
def test_a_column_of_that_name_stops_the_import_whatever_is_in_it(tmp_path, header):
    with pytest.raises(NumberColumn) as refused:
        read_table(file(tmp_path, f"氏名,{header}\n見本,1234\n例示,\n"))
    assert (refused.value.column, refused.value.count) == (header.strip(), 1)
    assert read_table(file(tmp_path, f"氏名,{header}\n見本,\n")).rows


def test_numbers_in_any_column_or_cell_stop_the_import_and_are_not_repeated(tmp_path):
    with pytest.raises(NumberColumn) as column:
        read_table(
            file(tmp_path, f"氏名,x\n見本,{NUMBER}\n例示,{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}\n")
        )
    assert (column.value.column, column.value.count) == ("x", 2)
    with pytest.raises(NumberCell) as cell:
        read_table(file(tmp_path, f"氏名,備考\n見本,a\n例示,控え {NUMBER}\n"))
    assert (cell.value.row, cell.value.column) == (3, "備考")
    with pytest.raises(NumberCell) as beyond:
        read_table(file(tmp_path, f"氏名,備考\n見本,a,{NUMBER}\n"))
    assert beyond.value.column == "C"
    with pytest.raises(NumberCell) as header:
        read_table(file(tmp_path, f"氏名,{NUMBER}\n見本,a\n"))
    for refused in (column, cell, beyond, header):
        assert NUMBER not in repr(refused.value) + str(refused.value.facts())


def test_a_number_cell_of_a_workbook_is_found_as_a_number(tmp_path):
    with pytest.raises(NumberCell):
        read_table(workbook(tmp_path, [["氏名", "備考"], ["見本", int(NUMBER)]]))


def test_headers_of_care_software_are_understood():
    headers = (
        "利用者ＩＤ",
        "氏名（漢字）",
        "フリガナ",
        "生年月日",
        "居室番号",
        "電話",
        "有効期限",
        "マイナンバーカード有効期限",
    )
    assert guess_mapping(headers) == {
        Target.NUMBER: 0,
        Target.NAME: 1,
        Target.KANA: 2,
        Target.BIRTH_DATE: 3,
        Target.ROOM: 4,
        Target.PAPER_EXPIRES_ON: 6,
        Target.CARD_EXPIRES_ON: 7,
    }
    assert guess_mapping(("氏名", "名前"))[Target.NAME] == 0


@given(st.lists(st.text(max_size=12), max_size=8))
def test_a_guess_never_names_a_column_that_is_not_there(headers):
    mapping = guess_mapping(headers)
    assert set(mapping.values()) <= set(range(len(headers)))
    assert len(set(mapping.values())) == len(mapping)
