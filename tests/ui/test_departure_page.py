"""出発前の確認: card, pouch, Enter; what is open, and what cannot be passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good, past_grace
from facility_app.db.models import CardCheckRow, LoanRow, ResidentInsuranceRow, VisitRow
from facility_app.domain.access import Grant, Role
from facility_app.domain.coverage import IncomeClass
from facility_app.domain.items import ItemState
from facility_app.services.departure import CheckCode
from facility_app.ui.dialogs.departure import PiecesDialog, ReasonsDialog
from facility_app.ui.dialogs.insurance import InsuranceDialog
from facility_app.ui.dialogs.second_person import SecondPersonDialog
from facility_app.ui.pages.departure import DeparturePage
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.ui.desk_office import DeskWindow
from tests.ui.report_doubles import Answers
from tests.ui.test_accessible import wait_until_clean
from tests.ui.visit_day import VisitDay
from tests.ui.visit_window import (
    ENTER,
    dialog,
    furnished,
    idle,
    key,
    opened,
    shown,
    tab_to,
    type_text,
)
from tests.ui.whole import TODAY


@pytest.fixture
def day(engine: Engine, work: Work, clock: FakeClock) -> VisitDay:
    return furnished(engine, work, clock)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def paper(tmp_path: Path) -> Answers:
    return Answers(tmp_path)


@pytest.fixture
def window(
    qtbot: QtBot, day: VisitDay, theme: Theme, readers: SimulatedReaders
) -> Iterator[DeskWindow]:
    yield from opened(qtbot, day, theme, readers)


OUT = ItemState.OUT


def checking(qtbot: QtBot, window: DeskWindow, day: VisitDay, word: str) -> DeparturePage:
    """The check of a visit, read to the end."""
    page = shown(qtbot, window, "departure", visit=day.visits[word])
    assert isinstance(page, DeparturePage)
    qtbot.waitUntil(lambda: page.form is not None and page.choices is not None)
    idle(qtbot, window)
    return page


def lines(page: DeparturePage) -> dict[str, str]:
    """Level by line."""
    return {code.value: row.line.level for code, row in page.checks.lines.items()}


def open_lines(page: DeparturePage) -> set[str]:
    return {code for code, level in lines(page).items() if level != "ok"}


def test_from_card_on_the_reader_to_the_printed_sheet_in_three_actions(
    qtbot: QtBot,
    window: DeskWindow,
    day: VisitDay,
    readers: SimulatedReaders,
    paper: Answers,
) -> None:
    shown(qtbot, window, "visits")
    page = checking(qtbot, window, day, "hanako")
    page.acts.papers.paper = paper
    shown(qtbot, window, "visits")
    readers.insert(good(TODAY))  # one
    window.window.deliver_scan(day.desk.codes["hanako"])  # two
    qtbot.waitUntil(lambda: window.window.current_key == "departure")
    qtbot.waitUntil(lambda: page.button.isEnabled() and page.button.hasFocus())
    assert open_lines(page) == set()
    key(ENTER)  # three
    qtbot.waitUntil(lambda: paper.straight == ["受診準備シート"])
    idle(qtbot, window)
    visit = day.desk.one(VisitRow, VisitRow.id == day.visits["hanako"])
    assert visit.loan_id is not None
    assert day.desk.actions()[-4:] == [
        "item.signed_out",
        "visit.departed",
        "sheet.printed",
        "sheet.printed",
    ]
    assert window.window.current_key == "visits"
    assert "見本 花子さんが出発しました" in window.built("visits").banner.text.text()
    assert "見本 花子" in window.window.status.act.text()
    (check,) = day.desk.rows(CardCheckRow)
    assert check.visit_on == TODAY


def test_another_pouch_cannot_be_passed_with_any_reason(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = checking(qtbot, window, day, "hanako")
    page.scan(day.desk.codes["kiyo"])
    idle(qtbot, window)
    assert lines(page)["pouch"] == "block"
    assert "試田 キヨさんの袋です" in page.checks.lines[CheckCode.POUCH].accessibleName()
    assert not page.button.isEnabled()
    assert not page.go.pass_on.isVisible()
    assert day.desk.rows(LoanRow) == []


def test_an_open_line_is_passed_with_a_reason_from_the_keyboard_alone(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, paper: Answers
) -> None:
    page = checking(qtbot, window, day, "hanako")
    page.acts.papers.paper = paper
    assert QApplication.focusWidget() is page.field
    type_text(day.desk.codes["hanako"])
    key(ENTER)
    qtbot.waitUntil(lambda: open_lines(page) == {"card-check"})
    tab_to(page.go.pass_on.accessibleName())
    key(ENTER)
    asked = dialog(qtbot, window, ReasonsDialog)
    assert not asked.main.isEnabled()
    type_text("reader is broken")
    key(ENTER)
    qtbot.waitUntil(lambda: page.button.isEnabled() and page.button.hasFocus())
    assert lines(page)["card-check"] == "notice"
    key(ENTER)
    qtbot.waitUntil(lambda: len(day.desk.rows(LoanRow)) == 1)
    idle(qtbot, window)
    assert "visit.departed" in day.desk.actions()


def test_who_may_not_take_things_out_is_told_so(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    grants = (Grant(Role.PIN_OFFICER, date(2026, 4, 1)),)
    day.desk.staff["officer"] = replace(day.desk.staff["second"], grants=grants)
    window.unlock("officer")
    page = checking(qtbot, window, day, "ume")
    page.scan(day.desk.codes["ume"])
    idle(qtbot, window)
    assert open_lines(page) == set()
    assert page.button.accessibleDescription() == "持ち出す権限がありません"
    assert not page.button.isEnabled()


def test_a_card_past_its_grace_leaves_the_line_open_and_says_why(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, readers: SimulatedReaders
) -> None:
    page = checking(qtbot, window, day, "hanako")
    page.scan(day.desk.codes["hanako"])
    readers.insert(past_grace(TODAY))
    qtbot.waitUntil(lambda: len(day.desk.rows(CardCheckRow)) == 1)
    qtbot.waitUntil(lambda: "使えないとわかりました" in _name(page, "card-check"))
    assert "card-check" in open_lines(page)
    assert not page.button.isEnabled()


def _name(page: DeparturePage, value: str) -> str:
    return page.checks.lines[CheckCode(value)].accessibleName()


def test_the_card_of_the_one_before_is_not_taken_for_the_next(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checking(qtbot, window, day, "hanako")
    qtbot.waitUntil(lambda: len(day.desk.rows(CardCheckRow)) == 1)
    day.visit("yuki", "yuki", day.desk.clock().replace(hour=5), "inner")
    page = checking(qtbot, window, day, "yuki")
    qtbot.waitUntil(page.problem.isVisible)
    assert "見本 花子" in page.problem.what.text()
    assert len(day.desk.rows(CardCheckRow)) == 1


def test_what_is_open_is_mended_where_it_stands(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = checking(qtbot, window, day, "kiyo")
    page.scan(day.desk.codes["kiyo"])
    qtbot.waitUntil(lambda: open_lines(page) == {"escort"})
    page.go.escort.choose(day.desk.id_of("escort"))
    page.go.escort.activated.emit(page.go.escort.currentIndex())
    qtbot.waitUntil(lambda: open_lines(page) == set())
    assert page.form is not None
    assert page.form.command().holder_id == day.desk.id_of("escort")
    page.go.due.time.setText("0900")
    page.go.due.time.textEdited.emit("0900")
    qtbot.waitUntil(lambda: open_lines(page) == {"return-time"})
    page.checks.lines[CheckCode.RETURN_TIME].action.click()
    assert page.go.due.time.hasFocus()


def test_what_goes_along_is_chosen_and_a_missing_piece_is_said(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = checking(qtbot, window, day, "hanako")
    page.scan(day.desk.codes["hanako"])
    idle(qtbot, window)
    card, notice, patient, _care = day.desk.items["hanako"]
    page.form.items = (notice, patient)
    page.read()
    qtbot.waitUntil(lambda: "pieces" in open_lines(page))
    assert "マイナンバーカード" in _name(page, "pieces")
    page.checks.lines[CheckCode.PIECES].action.click()
    asked = dialog(qtbot, window, PiecesDialog)
    asked.rows[card].setChecked(True)
    asked.press()
    qtbot.waitUntil(lambda: "pieces" not in open_lines(page))
    assert set(page.form.taken()) == {card, notice, patient}


def test_a_ratio_that_cannot_be_is_questioned_and_mended(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    day.visit("yuki", "yuki", day.desk.clock().replace(hour=5), "inner")
    row = day.desk.one(
        ResidentInsuranceRow, ResidentInsuranceRow.resident_id == day.desk.residents["yuki"]
    )
    day.desk.add_change(row, ratio=3, income=IncomeClass.GENERAL)
    page = checking(qtbot, window, day, "yuki")
    assert "ratio" in open_lines(page)
    assert "年齢と所得の区分からは" in _name(page, "ratio")
    page.checks.lines[CheckCode.RATIO].action.click()
    asked = dialog(qtbot, window, InsuranceDialog)
    asked.ratio.choose(1)
    asked.press()
    qtbot.waitUntil(lambda: "ratio" not in open_lines(page))
    assert "1割" in _name(page, "ratio")


def test_the_second_person_is_asked_where_the_facility_wants_two(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    day.desk.settings(two_person=("sign-out",))
    page = checking(qtbot, window, day, "ume")
    page.scan(day.desk.codes["ume"])
    qtbot.waitUntil(lambda: page.button.isEnabled())
    page.button.click()
    asked = dialog(qtbot, window, SecondPersonDialog)
    assert day.desk.rows(LoanRow) == []
    asked.dismiss()


def test_tomorrow_s_visit_is_prepared_and_printed_but_nobody_leaves(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, paper: Answers
) -> None:
    page = checking(qtbot, window, day, "tomorrow")
    page.acts.papers.paper = paper
    assert page.button.accessibleDescription() == "出発は受診の日にできます"
    page.go.papers.tick(["sheet", "card", "declaration"])
    page.go.print_now.click()
    qtbot.waitUntil(page.banner.isVisible)
    assert paper.straight == ["受診準備シート", "付添カード", "資格申立書"]
    assert day.desk.rows(LoanRow) == []


def test_the_ways_explain_themselves_and_close_with_a_key(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = checking(qtbot, window, day, "ume")
    first = page.ways.parts[0]
    qtbot.waitUntil(first.details.isVisible)
    assert "医療券" in first.button.text()
    key(Qt.Key.Key_Space, first.button)
    assert not first.details.isVisible()
    assert page.ways.closed is not None
    key(ENTER, page.ways.closed)
    assert page.ways.closed.isChecked()


@pytest.mark.parametrize("zoom", [100, 200])
def test_everything_has_a_name_a_role_and_its_size(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = checking(qtbot, window, day, "hanako")
    page.ways.closed.click()
    wait_until_clean(qtbot, window.window, zoom)
    page.go.pass_on.click()
    wait_until_clean(qtbot, dialog(qtbot, window, ReasonsDialog), zoom)
