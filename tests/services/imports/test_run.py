"""Imports end to end: real files into a real database, all or nothing, repeatable."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.db.models import AgreementRow, ItemRow, PouchRow, ResidentRow, SlotRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import AgreementMissing
from facility_app.errors import Cancelled, Refused
from facility_app.services import cabinets
from facility_app.services.imports import (
    Change,
    Counts,
    Target,
    guess_mapping,
    import_file,
    preview,
    read_table,
    run_import,
)
from facility_app.services.imports.parse import (
    NoNameColumn,
)
from facility_app.services.imports.plan import RowsDisagree, SameThingTwice
from facility_app.services.imports.run import ImportHasErrors
from tests.services.registry import agree, entries, receive, register, rows

PEOPLE = """利用者番号,氏名,フリガナ,生年月日,性別,居室,入所日
1,渡邉󠄂 ゆき,ワタナベ ユキ,昭和14年8月2日,女,208,R6.4.1
2,髙﨑 一郎,タカサキ イチロウ,S20.3.5,男,101,2024/5/10
3,Nguyen Van An,グエン,1990-01-31,男,102,
"""
THINGS = (
    "氏名,ふりがな,生年月日,種類,カードの有効期限,電子証明書の有効期限,有効期限,"
    """負担割合,割合の確認書類,割合の確認日,同意日,意思確認
渡邉󠄂 ゆき,わたなべ ゆき,S14.8.2,マイナンバーカード,R13.12.8,R8.12.8,,,,,R8.4.1,書面
渡邉󠄂 ゆき,わたなべ ゆき,S14.8.2,資格確認書,,,R9.7.31,１割,負担割合証,R8.8.1,,
"""
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_is_taken_in_once_and_changes_nothing_the_second_time(engine, take, encoding):
    text = PEOPLE if encoding != "cp932" else PEOPLE.replace("󠄂", "")
    first = take(text, encoding)
    assert (first.residents, first.errors) == (Counts(3, 0, 0), ())
    people = rows(engine, ResidentRow)
    assert [row.birth_date for row in people] == [
        date(1939, 8, 2),
        date(1945, 3, 5),
        date(1990, 1, 31),
    ]
    assert people[0].kana == "わたなべ ゆき"
    assert people[1].name == "髙﨑 一郎"
    assert len(rows(engine, PouchRow)) == 3
    logged = len(entries(engine, "resident.registered"))
    second = take(text, encoding)
    assert second.residents == Counts(0, 0, 3)
    assert len(rows(engine, ResidentRow)) == 3
    assert len(entries(engine, "resident.registered")) == logged
    assert [entry["plain"]["residents"] for entry in entries(engine, "import.done")] == [
        [3, 0, 0],
        [0, 0, 3],
    ]


def test_a_changed_cell_changes_that_field_and_an_empty_one_nothing(engine, take):
    take(PEOPLE)
    result = take("利用者番号,氏名,居室,入所日\n2,髙﨑 一郎,105,\n")
    assert result.residents == Counts(0, 1, 0)
    (entry,) = entries(engine, "resident.changed")
    assert entry["told"]["after"] == {"room": "105"}
    assert rows(engine, ResidentRow)[1].admitted_on == date(2024, 5, 10)


def test_who_was_entered_by_hand_is_recognised_and_gets_the_number(work, engine, manager, take):
    register(work, manager, "渡邉󠄂 ゆき", "わたなべ ゆき", birth_date=date(1939, 8, 2))
    result = take(PEOPLE)
    assert result.residents == Counts(2, 1, 0)
    assert rows(engine, ResidentRow)[0].import_key == "no:1"


def test_things_come_with_their_agreement_and_stay_one_each(engine, take):
    first = take(THINGS)
    assert (first.errors, first.residents, first.items) == ((), Counts(1, 0, 0), Counts(2, 0, 0))
    card, paper = rows(engine, ItemRow)
    assert card.certificate_expires_on == date(2026, 12, 8)
    assert (paper.ratio, paper.ratio_as_of) == (1, date(2026, 8, 1))
    assert len(rows(engine, AgreementRow)) == 1
    second = take(THINGS)
    assert (second.residents, second.items) == (Counts(0, 0, 1), Counts(0, 0, 2))
    third = take(THINGS.replace("R8.12.8", "R13.12.8"))
    assert third.items == Counts(0, 1, 1)
    assert rows(engine, ItemRow)[0].certificate_expires_on == date(2031, 12, 8)
    assert len(rows(engine, AgreementRow)) == 1


def test_things_entered_by_hand_are_recognised(work, engine, manager, take):
    resident = register(work, manager, "渡邉󠄂 ゆき", "わたなべ ゆき", birth_date=date(1939, 8, 2))
    agree(work, manager, resident)
    receive(work, manager, resident, card_expires_on=date(2031, 12, 8))
    result = take(THINGS)
    assert result.items == Counts(1, 1, 0)
    assert len(rows(engine, ItemRow)) == 2


def test_a_thing_without_an_agreement_stops_the_whole_list(engine, take):
    result = take(
        "氏名,ふりがな,生年月日,種類\n見本 花,みほん はな,S10.1.1,\n"
        "例示 一,れいじ はじめ,S11.1.1,お薬手帳\n"
    )
    (error,) = result.errors
    assert (error.row, type(error.refusal)) == (3, AgreementMissing)
    assert rows(engine, ResidentRow) == []


def test_slots_are_taken_by_their_label_and_one_pouch_each(work, engine, manager, take):
    with work.begin(manager) as tx:
        cabinets.add_slots(tx, cabinets.AddSlots("A", 1, 2))
    head = "氏名,ふりがな,生年月日,保管場所\n"
    refused = take(head + "見本 花,みほん はな,S10.1.1,A-01\n例示 一,れいじ はじめ,S11.1.1,ａ-01\n")
    assert [(e.row, e.column) for e in refused.errors] == [(3, "保管場所")]
    assert isinstance(refused.errors[0].refusal, cabinets.SlotTaken)
    assert (
        take(head + "見本 花,みほん はな,S10.1.1,Z-99\n")
        .errors[0]
        .refusal.key.endswith("no_such_slot")
    )
    take(head + "見本 花,みほん はな,S10.1.1,A-01\n例示 一,れいじ はじめ,S11.1.1,\n")
    moved = take(head + "見本 花,みほん はな,S10.1.1,A-01\n例示 一,れいじ はじめ,S11.1.1,A-02\n")
    assert moved.residents == Counts(0, 1, 1)
    with Session(engine) as session:
        found = session.execute(
            select(SlotRow.label).join(PouchRow, PouchRow.slot_id == SlotRow.id)
        )
        assert {label for (label,) in found} == {"A-01", "A-02"}


def test_rows_of_one_person_agree_and_name_each_thing_once(take):
    head = "利用者番号,氏名,ふりがな,居室,種類,同意日,意思確認\n"
    text = head + "1,見本,みほん,101,お薬手帳,R8.4.1,書面\n1,見本,みほん,102,お薬手帳,,\n"
    kinds = {type(error.refusal): error for error in take(text).errors}
    assert kinds.keys() == {RowsDisagree, SameThingTwice}
    assert kinds[RowsDisagree].column == "居室"
    assert kinds[SameThingTwice].refusal.facts() == {"other": 2}


def test_a_workbook_with_date_cells(work, engine, manager, tmp_path):
    book = Workbook()
    for row in (
        ["名簿", None, None, None],
        ["姓", "名", "セイ", "メイ", "生年月日"],
        ["見本", "花子", "ミホン", "ハナコ", datetime(1940, 2, 29)],
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    result = import_file(work, manager, tmp_path / "list.xlsx", dry_run=False)
    assert result.residents == Counts(1, 0, 0)
    (row,) = rows(engine, ResidentRow)
    assert (row.name, row.kana, row.birth_date) == ("見本 花子", "みほん はなこ", date(1940, 2, 29))


def test_a_preview_shows_each_row_and_changes_nothing(work, engine, manager, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(THINGS, encoding="utf-8")
    table = read_table(path)
    with work.read(manager) as reading:
        shown = preview(reading, table, guess_mapping(table.headers))
    assert [(row.row, row.resident, row.item) for row in shown.rows] == [
        (2, Change.NEW, Change.NEW),
        (3, Change.NEW, Change.NEW),
    ]
    assert (shown.new, shown.changed, shown.unchanged) == (3, 0, 0)
    assert rows(engine, ResidentRow) == []


def test_the_mapping_can_be_adjusted(work, engine, manager, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("だれ,よみかた,いつ生まれ\n見本 花,みほん はな,S10.1.1\n", encoding="utf-8")
    table = read_table(path)
    with pytest.raises(NoNameColumn), work.read(manager) as reading:
        preview(reading, table, guess_mapping(table.headers))
    mapping = {Target.NAME: 0, Target.KANA: 1, Target.BIRTH_DATE: 2}
    with work.read(manager) as reading:
        shown = preview(reading, table, mapping)
    with work.begin(manager) as tx:
        assert run_import(tx, shown).residents == Counts(1, 0, 0)


def test_what_changed_between_preview_and_run_is_looked_at_again(work, engine, manager, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "氏名,ふりがな,生年月日,保管場所\n見本 花,みほん はな,S10.1.1,A-01\n", encoding="utf-8"
    )
    with work.begin(manager) as tx:
        (slot,) = cabinets.add_slots(tx, cabinets.AddSlots("A", 1, 1))
    table = read_table(path)
    with work.read(manager) as reading:
        shown = preview(reading, table, guess_mapping(table.headers))
    register(work, manager, slot_id=slot)
    with pytest.raises(ImportHasErrors), work.begin(manager) as tx:
        run_import(tx, shown)
    assert len(rows(engine, ResidentRow)) == 1


def test_a_cancelled_import_leaves_nothing(work, engine, manager, tmp_path):
    path = tmp_path / "list.csv"
    lines = "".join(f"{n},見本 {n},みほん,S10.1.1\n" for n in range(50))
    path.write_text("利用者番号,氏名,ふりがな,生年月日\n" + lines, encoding="utf-8")
    table = read_table(path)
    with work.read(manager) as reading:
        shown = preview(reading, table, guess_mapping(table.headers))
    steps = []

    def progress(done, total):
        steps.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled), work.begin(manager) as tx:
        run_import(tx, shown, progress)
    assert steps == [(0, 50), (20, 50)]
    assert rows(engine, ResidentRow) == []


def test_a_dry_run_and_somebody_without_the_right_change_nothing(
    work, engine, custodian, take, tmp_path
):
    assert take(PEOPLE, dry_run=True).residents == Counts(3, 0, 0)
    with pytest.raises(NotPermitted):
        import_file(work, custodian, tmp_path / "list.csv", dry_run=False)
    assert rows(engine, ResidentRow) == []


HEAD = ("氏名", "ふりがな", "生年月日", "性別", "種類", "枚数", "負担割合", "割合の確認日",
        "割合の確認書類", "同意日", "意思確認", "同意者")  # fmt: skip
CELL = st.one_of(
    st.sampled_from(
        ["", "S20.3.5", "男", "マイナンバーカード", "2割", "A-01", "あり", "書面", "1"]
    ),
    st.text(max_size=6),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELL, min_size=12, max_size=12), min_size=1, max_size=5))
def test_any_list_is_previewed_or_refused_and_never_breaks(work, manager, tmp_path, cells):
    import csv

    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="", errors="ignore") as file:
        csv.writer(file).writerows([HEAD, *cells])
    try:
        result = import_file(work, manager, path, dry_run=True)
    except Refused:
        return
    assert all(isinstance(error.refusal, Refused) for error in result.errors)


def test_a_big_list_stays_one_transaction(work, engine, manager, tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("利用者番号,氏名,ふりがな,生年月日,備考\n")
        for number in range(300):
            file.write(
                f"{number},見本 {number},みほん,S10.1.{number % 28 + 1},{'長い備考' * 100}\n"
            )
    assert import_file(work, manager, Path(path), dry_run=False).residents.new == 300
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(ResidentRow)) == 300
