"""A list of visits is taken in whole or not at all, and a second time changes nothing."""

from __future__ import annotations

from datetime import date, datetime, time

import openpyxl
import pytest

from facility_app.db.models import ResidentRow, VisitRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.clock import JST
from facility_app.domain.coverage import Answer
from facility_app.domain.dates import DateDoesNotExist, DateNotUnderstood
from facility_app.domain.individual_number import check_digit
from facility_app.domain.visits import ConflictKind, Transport
from facility_app.services.booking import BookingConflict
from facility_app.services.fields import DatesInWrongOrder, FieldMissing
from facility_app.services.imports.numbers import NumberCell
from facility_app.services.imports.parse import MoreCellsThanHeaders
from facility_app.services.imports.plan import Change
from facility_app.services.imports.run import Counts, ImportHasErrors
from facility_app.services.imports.values import WordNotKnown
from facility_app.services.imports.visit_rows import (
    NoVisitColumns,
    TimeNotUnderstood,
    WeekdayDisagrees,
    parse_clock,
    parse_day,
    parse_span,
)
from facility_app.services.visit_import import (
    SameVisitTwice,
    guess_visit_mapping,
    import_visits_file,
    preview_visits,
    read_visit_table,
    run_visit_import,
)
from facility_app.services.visit_register import (
    EscortNotFound,
    ResidentNotFound,
    SeveralResidents,
)
from facility_app.services.visits import VisitInThePast, cancel_visit
from tests.visits_desk import TODAY, VisitWorld, build_visits

HEAD = "氏名,受診日,時刻,戻り,医療機関,付添,送迎,初診,予約,備考\n"
HANAKO = "見本　花子,11/24(火),13:30,15:00,ﾐﾎﾝ内科,仮屋 健,施設の車,再診,○,検査のみ\n"
TADASHI = "仮名 正,令和8年11月25日,9時半,,見本歯科医院,,,,,\n"


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    made = build_visits(engine, work, clock)
    made.clinic_id = made.clinic("みほん内科クリニック")
    return made


@pytest.fixture
def take(world: VisitWorld, tmp_path):
    def run(text: str, who: str = "custodian", dry_run: bool = False, **more: bool):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return import_visits_file(world.desk.work, world.desk.staff[who], path, dry_run, **more)

    return run


def jst(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


def test_a_list_becomes_visits(world: VisitWorld, take) -> None:
    done = take(HEAD + HANAKO + TADASHI)
    assert (done.counts, done.errors) == (Counts(new=2), ())
    first, second = sorted(world.desk.rows(VisitRow), key=lambda row: row.starts_at)
    assert (first.starts_at, first.returns_at) == (jst(24, 13, 30), jst(24, 15, 0))
    assert first.destination == "みほん内科"
    assert (first.transport, first.first_visit) == (Transport.FACILITY_CAR, Answer.NO)
    assert (first.booked, first.note) == (True, "検査のみ")
    assert first.escort_id == world.desk.id_of("escort")
    assert (second.starts_at, second.returns_at) == (jst(25, 9, 30), None)
    assert (second.destination, second.clinic_id) == ("見本歯科医院", None)
    assert world.desk.actions() == ["visit.planned", "visit.planned", "visits.imported"]
    assert world.entries("visits.imported")[0][0]["visits"] == [2, 0, 0]


def test_the_same_list_a_second_time_changes_nothing(world: VisitWorld, take) -> None:
    take(HEAD + HANAKO + TADASHI)
    world.desk.forward(hours=1)
    assert take(HEAD + HANAKO + TADASHI).counts == Counts(unchanged=2)
    world.desk.forward(days=10)
    assert take((HEAD + HANAKO).replace("11/24(火)", "2026/11/24")).counts == Counts(unchanged=1)
    assert len(world.desk.rows(VisitRow)) == 2


def test_a_row_that_differs_changes_the_visit_of_that_day(world: VisitWorld, take) -> None:
    take(HEAD + HANAKO)
    done = take(HEAD + HANAKO.replace("13:30,15:00", "10:00～11:30,"))
    assert done.counts == Counts(changed=1)
    (row,) = world.desk.rows(VisitRow)
    assert (row.starts_at, row.returns_at) == (jst(24, 10, 0), jst(24, 11, 30))
    assert world.desk.actions()[-2] == "visit.changed"


def test_a_cancelled_visit_is_planned_anew(world: VisitWorld, take) -> None:
    take(HEAD + HANAKO)
    world.desk.do("custodian", cancel_visit, world.desk.rows(VisitRow)[0].id)
    assert take(HEAD + HANAKO).counts == Counts(new=1)


def test_a_dry_run_writes_nothing(world: VisitWorld, take) -> None:
    assert take(HEAD + HANAKO, dry_run=True).counts == Counts(new=1)
    assert world.desk.rows(VisitRow) == []


def test_a_workbook_with_real_days_and_times(world: VisitWorld, tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["受診予定表"])
    book.active.append(["利用者名", "日付", "予約時刻", "受診先"])
    book.active.append(["見本 花子", date(2026, 11, 24), time(13, 30), "みほん内科"])
    book.save(tmp_path / "list.xlsx")
    actor = world.desk.staff["custodian"]
    done = import_visits_file(world.desk.work, actor, tmp_path / "list.xlsx", False)
    assert done.counts == Counts(new=1)
    assert world.desk.rows(VisitRow)[0].starts_at == jst(24, 13, 30)


@pytest.mark.parametrize(
    ("row", "refusal", "column"),
    [
        (HANAKO.replace("見本　花子", "見本 華子"), ResidentNotFound, "氏名"),
        (HANAKO.replace("見本　花子", ""), FieldMissing, "氏名"),
        (HANAKO.replace("(火)", "(水)"), WeekdayDisagrees, "受診日"),
        (HANAKO.replace("11/24(火)", "2026/2/29"), DateDoesNotExist, "受診日"),
        (HANAKO.replace("11/24(火)", "13/24"), DateNotUnderstood, "受診日"),
        (HANAKO.replace("11/24(火)", ""), FieldMissing, "時刻"),
        (HANAKO.replace("11/24(火)", "2026/11/19"), VisitInThePast, ""),
        (HANAKO.replace("13:30", "25:30"), TimeNotUnderstood, "時刻"),
        (HANAKO.replace("15:00", "13:00"), DatesInWrongOrder, ""),
        (HANAKO.replace("ﾐﾎﾝ内科", ""), FieldMissing, "医療機関"),
        (HANAKO.replace("仮屋 健", "仮屋 太"), EscortNotFound, "付添"),
        (HANAKO.replace("施設の車", "気球"), WordNotKnown, "送迎"),
        (HANAKO.replace("再診", "たぶん"), WordNotKnown, "初診"),
        (HANAKO.replace("\n", ",はみ出し\n"), MoreCellsThanHeaders, ""),
    ],
)
def test_an_error_names_its_row_and_column_and_keeps_everything_out(
    world: VisitWorld, take, row: str, refusal: type[Exception], column: str
) -> None:
    done = take(HEAD + TADASHI + row)
    (error,) = done.errors
    assert (error.row, type(error.refusal), error.column) == (3, refusal, column)
    assert done.seq == 0
    assert world.desk.rows(VisitRow) == []


def test_the_same_visit_twice_is_an_error_of_the_second_row(take) -> None:
    (error,) = take(HEAD + HANAKO + HANAKO).errors
    assert isinstance(error.refusal, SameVisitTwice)
    assert (error.row, error.refusal.other) == (3, 2)


def test_namesakes_are_told_apart_by_birth_date_or_room(world: VisitWorld, take) -> None:
    desk = world.desk
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["tadashi"])
    desk.add_change(row, name="見本 花子")
    head, line = "氏名,生年月日,居室,日付,時刻,受診先\n", "見本 花子,{},{},11/24,13:30,みほん内科\n"
    (error,) = take(head + line.format("", "")).errors
    assert isinstance(error.refusal, SeveralResidents)
    assert take(head + line.format("昭和20年3月5日", "")).counts == Counts(new=1)
    assert take(head + line.format("", "101")).counts == Counts(new=1)
    assert {row.resident_id for row in desk.rows(VisitRow)} == {
        desk.residents["hanako"],
        desk.residents["tadashi"],
    }


def test_purposes_are_named_as_the_facility_names_them(world: VisitWorld, take) -> None:
    head, line = "氏名,日付,時刻,受診先,用件\n", "見本 花子,11/{},13:30,みほん内科,{}\n"
    take(head + line.format(24, "更新手続") + line.format(25, "通院"))
    assert {row.purpose_code for row in world.desk.rows(VisitRow)} == {"renewal", "clinic"}
    (error,) = take(head + line.format(26, "花見")).errors
    assert isinstance(error.refusal, WordNotKnown)


def test_what_stands_in_the_way_is_shown_and_confirmed(world: VisitWorld, take, tmp_path) -> None:
    both = HEAD + HANAKO + HANAKO.replace("ﾐﾎﾝ内科", "例示眼科").replace("15:00", "")
    assert take(both, dry_run=True).in_conflict == 2
    with pytest.raises(BookingConflict) as refused:
        take(both)
    assert refused.value.kind is ConflictKind.RESIDENT
    assert world.desk.rows(VisitRow) == []
    assert take(both, despite_conflicts=True).counts == Counts(new=2)


def test_a_visit_that_moves_is_not_in_its_own_way(take) -> None:
    take(HEAD + HANAKO)
    assert take(HEAD + HANAKO.replace("13:30", "13:45")).counts == Counts(changed=1)


def test_a_preview_shows_every_row(world: VisitWorld, tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + HANAKO + "だれか,11/24,9:00,,どこか,,,,,\n", encoding="cp932")
    table = read_visit_table(path)
    actor = world.desk.staff["custodian"]
    with world.desk.work.read(actor) as reading:
        shown = preview_visits(reading, table, guess_visit_mapping(table.headers))
    assert [row.change for row in shown.rows] == [Change.NEW, None]
    assert (shown.rows[0].name, shown.rows[0].starts_at) == ("見本 花子", jst(24, 13, 30))
    assert (shown.rows[1].name, shown.error_count) == ("だれか", 1)
    with pytest.raises(ImportHasErrors), world.desk.work.begin(actor) as tx:
        run_visit_import(tx, shown)


def test_a_list_without_its_columns_is_refused(take) -> None:
    with pytest.raises(NoVisitColumns):
        take("氏名,備考\n見本 花子,メモ\n")


def test_individual_numbers_are_never_read(world: VisitWorld, take) -> None:
    number = "11122233344" + str(check_digit("11122233344"))
    with pytest.raises(NumberCell):
        take(HEAD + HANAKO.replace("検査のみ", number))


def test_an_auditor_takes_nothing_in(take) -> None:
    with pytest.raises(NotPermitted):
        take(HEAD + HANAKO, who="auditor")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13:30", time(13, 30)),
        ("９：０５", time(9, 5)),
        ("930", time(9, 30)),
        ("13時", time(13)),
        ("13時30分", time(13, 30)),
        ("午後1時半", time(13, 30)),
        ("午前12時", time(0)),
        ("13:30:00", time(13, 30)),
        ("PM1:05", time(13, 5)),
    ],
)
def test_times_as_people_write_them(text: str, expected: time) -> None:
    assert parse_clock(text) == expected


@pytest.mark.parametrize("text", ["", "あさ", "24:00", "9:60", "12345"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        parse_clock(text)


def test_a_span_has_a_beginning_and_an_end() -> None:
    assert parse_span("9:30～11:00") == (time(9, 30), time(11))
    assert parse_span("9:30") == (time(9, 30), None)
    with pytest.raises(TimeNotUnderstood):
        parse_span("9:00-10:00-11:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11/20", TODAY),
        ("11/19", date(2027, 11, 19)),
        ("1月5日", date(2027, 1, 5)),
        ("2/29", date(2028, 2, 29)),
        ("11月24日(火)", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("令和8年11月24日", date(2026, 11, 24)),
    ],
)
def test_a_day_without_its_year_is_the_next_such_day(text: str, expected: date) -> None:
    assert parse_day(text, TODAY) == expected
