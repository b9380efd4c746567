"""The page 棚卸 on a real store: counting with scanner and keys, a result, refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import StocktakeMarkRow, StocktakeRow
from facility_app.domain.stocktake import Found, StocktakeState
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.pages.stocktake import StocktakePage
from facility_app.ui.pages.stocktake_dialogs import ConfirmDialog, StopDialog
from facility_app.ui.pages.stocktake_sheet import SheetDialog
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.desk_world import build
from tests.numbers import individual_number
from tests.stocktake_world import EMPTY, Cabinet
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean

CARD = "my-number-card"
PAGES = ("today", "desk", "stocktake")


@pytest.fixture
def cabinet(engine: Engine, work: Work, clock: FakeClock) -> Cabinet:
    return Cabinet(build(engine, work, clock))


@pytest.fixture
def window(qtbot: QtBot, cabinet: Cabinet, theme: Theme) -> Iterator[DeskWindow]:
    made = DeskWindow(cabinet.desk, theme, pages=PAGES)
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def idle(qtbot: QtBot, window: DeskWindow) -> None:
    qtbot.waitUntil(lambda: window.lane.working == 0)


def page_of(qtbot: QtBot, window: DeskWindow) -> StocktakePage:
    page = window.page("stocktake")
    idle(qtbot, window)
    assert isinstance(page, StocktakePage)
    return page


def counting(qtbot: QtBot, window: DeskWindow) -> StocktakePage:
    page = page_of(qtbot, window)
    page.home.buttons["A"].click()
    qtbot.waitUntil(lambda: page.counting is not None and window.lane.working == 0)
    return page


def here(page: StocktakePage) -> str:
    return str(page.count.slot.text())


def dialog(window: DeskWindow, kind: type[ActDialog]) -> Any:
    (found,) = window.window.host().findChildren(kind)
    return found


def test_a_whole_count_with_scanner_and_keyboard_alone(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk = cabinet.desk
    page = page_of(qtbot, window)
    qtbot.waitUntil(page.home.buttons["A"].hasFocus)
    qtbot.keyClick(page.home.buttons["A"], Qt.Key.Key_Return)
    qtbot.waitUntil(page.field.hasFocus)
    assert here(page) == "A-05"
    page.scan(desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.counting is not None and page.counting.pouch is not None)
    first = page.count.pieces.buttons[CARD]
    qtbot.waitUntil(first.hasFocus)
    for _ in range(3):
        qtbot.keyClick(window.window.focusWidget(), Qt.Key.Key_Down)
    book = page.count.pieces.buttons["medicine-book"]
    assert book.hasFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_7):
        qtbot.keyClick(book, key)
    assert (book.count, page.button.text()) == (1, "1点で次へ")
    qtbot.keyClick(book, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: here(page) == "A-12" and page.field.hasFocus())
    (mark,) = desk.rows(StocktakeMarkRow)
    assert mark.counted == {"medicine-book": 1}, "on disk before the next pouch is touched"
    QTest.keyClick(page.field, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: here(page) == EMPTY)
    QTest.keyClick(page.field, Qt.Key.Key_F4)
    qtbot.waitUntil(page.button.hasFocus)
    assert page.button.text() == "数え終わる"
    qtbot.keyClick(page.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.home and page.banner.isVisible())
    assert page.banner.text.text().startswith("数え終わりました")
    assert desk.actions()[-1] == "stocktake.count_done"


def test_the_next_scan_keeps_what_was_counted_and_an_uncounted_pouch_is_asked_about(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk, page = cabinet.desk, counting(qtbot, window)
    page.scan(desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.count.name.isVisible())
    page.scan(desk.codes["hanako"])
    qtbot.waitUntil(page.count.hint.isVisible)
    assert "まだ1点も数えていません" in page.count.hint.title.text()
    assert desk.rows(StocktakeMarkRow) == []
    page.count.pieces.buttons["medicine-book"].click()
    assert not page.count.hint.isVisible()
    page.scan(desk.codes["hanako"])
    qtbot.waitUntil(lambda: "見本 花子" in page.count.name.text() and window.lane.working == 0)
    assert here(page) == "A-12"
    assert desk.one(StocktakeMarkRow).pouch_of == desk.residents["tadashi"]


def test_a_move_at_the_desk_is_refused_in_words_and_the_place_counted_again(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk, page = cabinet.desk, counting(qtbot, window)
    page.scan(desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.count.name.isVisible())
    page.count.pieces.buttons["medicine-book"].click()
    desk.signed_out("tadashi")
    page.button.click()
    qtbot.waitUntil(lambda: page.problem.isVisible() and window.lane.working == 0)
    assert "A-05" in page.problem.accessibleName()
    assert desk.rows(StocktakeMarkRow) == []
    assert here(page) == "A-05"
    qtbot.waitUntil(page.count.empty.isVisible)
    page.count.empty.click()
    qtbot.waitUntil(lambda: here(page) == "A-12")
    assert desk.one(StocktakeMarkRow).found is Found.NOTHING


def test_names_rooms_places_and_strange_tags_are_taken_too(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    page = counting(qtbot, window)
    page.field.scan("a12")
    assert here(page) == "A-12"
    qtbot.keyClicks(page.field, "203")
    qtbot.waitUntil(lambda: page.count.right.currentWidget() is page.count.found_card)
    shown = page.count.results
    told = [shown.item(row).text() for row in range(shown.count())]
    assert "A-12" not in " ".join(told)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.count.name.isVisible() and window.lane.working == 0)
    assert "見本 花子" in page.count.name.text()
    page.count.put_down.click()
    assert page.field.hasFocus()
    page.scan("Z" * 26)
    qtbot.waitUntil(page.count.hint.isVisible)
    page.count.unknown.click()
    qtbot.waitUntil(lambda: here(page) == EMPTY)
    assert cabinet.desk.one(StocktakeMarkRow).found is Found.UNKNOWN


def test_a_pouch_beside_and_the_same_pouch_twice(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk, page = cabinet.desk, counting(qtbot, window)
    page.scan(desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.count.name.isVisible())
    page.count.more.click()
    qtbot.waitUntil(lambda: page.field.hasFocus() and window.lane.working == 0)
    assert here(page) == "A-05"
    assert not page.count.empty.isVisible()
    page.field.scan("A-20")
    page.scan(desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.count.name.isVisible())
    page.button.click()
    qtbot.waitUntil(lambda: bool(window.window.host().findChildren(ConfirmDialog)))
    dialog(window, ConfirmDialog).main.click()
    qtbot.waitUntil(lambda: len(desk.rows(StocktakeMarkRow)) == 2)


def test_the_rest_is_empty_and_a_count_may_be_thrown_away(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk, page = cabinet.desk, counting(qtbot, window)
    page.count.rest.click()
    asked = dialog(window, ConfirmDialog)
    assert asked.close_button.hasFocus(), "Enter alone records nothing"
    asked.main.click()
    qtbot.waitUntil(lambda: page.counting is not None and page.counting.complete)
    assert len(desk.rows(StocktakeMarkRow)) == 3
    page.count.throw.click()
    stop = dialog(window, StopDialog)
    assert not stop.main.isEnabled()
    stop.why.choose("by-mistake")
    stop.main.click()
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.home and window.lane.working == 0)
    assert desk.actions()[-1] == "stocktake.count_discarded"


def test_a_result_is_explained_and_approved_by_the_manager(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk = cabinet.desk
    del cabinet.lies["tadashi"]
    cabinet.counted()
    page = page_of(qtbot, window)
    page.home.buttons["A"].click()
    qtbot.waitUntil(lambda: bool(page.outcome.buttons))
    assert page.button.accessibleDescription() == "管理責任者が承認します"
    page.outcome.buttons[0].click()
    explain = dialog(window, ActDialog)
    explain.field.setPlainText("事務室にあった")
    explain.main.click()
    qtbot.waitUntil(lambda: page.banner.isVisible() and window.lane.working == 0)
    window.unlock("manager")
    page = page_of(qtbot, window)
    page.home.buttons["A"].click()
    qtbot.waitUntil(lambda: page.button.isVisible() and page.button.isEnabled())
    page.button.click()
    dialog(window, ActDialog).main.click()
    qtbot.waitUntil(lambda: not page.button.isVisible() and window.lane.working == 0)
    assert desk.one(StocktakeRow).state is StocktakeState.APPROVED


def test_a_manager_lets_somebody_count_again_or_gives_up(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    desk = cabinet.desk
    del cabinet.lies["tadashi"]
    cabinet.counted()
    window.unlock("manager")
    page = page_of(qtbot, window)
    page.home.buttons["A"].click()
    qtbot.waitUntil(page.outcome.recount.isVisible)
    page.outcome.recount.click()
    stop = dialog(window, StopDialog)
    stop.what.choose(f"c{page.result.counts[1].id}")
    stop.why.choose("count-again")
    stop.main.click()
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.home and window.lane.working == 0)
    assert desk.one(StocktakeRow).state is StocktakeState.COUNTING
    page.home.stop.click()
    stop = dialog(window, StopDialog)
    assert stop.what.button(f"s{cabinet.id}").hasFocus()
    stop.what.choose(f"s{cabinet.id}")
    stop.why.choose("cannot-go-on")
    stop.main.click()
    qtbot.waitUntil(lambda: "数え始める" in page.home.buttons["A"].text())
    assert desk.one(StocktakeRow).state is StocktakeState.GIVEN_UP
    qtbot.waitUntil(lambda: page.home.earlier.count() == 1 and window.lane.working == 0)


def test_a_refusal_while_typing_is_told_only_after_enter(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    page = counting(qtbot, window)
    number = individual_number()
    page.field.setText(number)
    page.field.searched.emit(number)
    idle(qtbot, window)
    assert not page.problem.isVisible()
    page.field.scanned.emit(number)
    qtbot.waitUntil(page.problem.isVisible)
    page.field.setText("")
    page.field.searched.emit("")
    assert page.count.right.currentWidget() is page.count.places_card
    idle(qtbot, window)


def test_who_counted_first_is_refused_the_second_count(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet
) -> None:
    """The button is not there; where the page is stale, the refusal is told and recorded."""
    cabinet.start()
    page = page_of(qtbot, window)
    assert page.overview is not None
    stale = page.home.buttons["A"]
    cabinet.count("custodian")
    stale.click()
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert cabinet.desk.actions()[-1] == "act.refused"
    page = page_of(qtbot, window)
    assert page.home.buttons == {}


def test_today_leads_here_at_the_end_of_the_month(
    qtbot: QtBot, window: DeskWindow, clock: FakeClock
) -> None:
    clock.forward(days=1)
    today = window.page("today")
    qtbot.waitUntil(lambda: any("数える" in b.text() for b in today.todo.buttons()))
    next(b for b in today.todo.buttons() if "数える" in b.text()).click()
    assert window.window.current_key == "stocktake"
    qtbot.waitUntil(lambda: window.lane.working == 0)


def test_a_count_belongs_to_one_person(qtbot: QtBot, window: DeskWindow, cabinet: Cabinet) -> None:
    page = counting(qtbot, window)
    window.ctx.session.close()
    window.unlock("custodian")
    idle(qtbot, window)
    assert page.counting is not None, "back after a lock, it goes on"
    window.unlock("second")
    idle(qtbot, window)
    assert page.counting is None
    assert page.views.currentWidget() is page.home


def test_the_count_sheet_is_saved_where_the_person_chose(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path
) -> None:
    class Answers:
        def printers(self) -> list[str]:
            return []

        def choose_file(self, *_args: object) -> Path:
            return tmp_path / "sheet.pdf"

    page = page_of(qtbot, window)
    said: list[str] = []
    paper: Any = Answers()
    made = SheetDialog(window.ctx, ["A"], lambda: said.append("done"), paper)
    made.start()
    made.act()
    qtbot.waitUntil(lambda: made.problem.isVisible())  # no printer
    made.save.click()
    qtbot.waitUntil(lambda: said == ["done"])
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert page.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_pane_is_named_and_large_enough(
    qtbot: QtBot, window: DeskWindow, cabinet: Cabinet, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = page_of(qtbot, window)
    wait_until_clean(qtbot, page, zoom)
    page = counting(qtbot, window)
    wait_until_clean(qtbot, page, zoom)
    page.scan(cabinet.desk.codes["tadashi"])
    qtbot.waitUntil(lambda: page.counting is not None and page.counting.pouch is not None)
    button = page.count.pieces.buttons["medicine-book"]
    button.click()
    told = QAccessible.queryAccessibleInterface(button)
    assert told.text(QAccessible.Text.Name) == "お薬手帳 1点"
    wait_until_clean(qtbot, page, zoom)
    page.count.rest.click()
    wait_until_clean(qtbot, dialog(window, ConfirmDialog), zoom)
    dialog(window, ConfirmDialog).dismiss()
    page.leave()
    cabinet.id = cabinet.desk.one(StocktakeRow).id
    cabinet.lies.clear()
    cabinet.count("custodian")
    cabinet.count("second")
    page = page_of(qtbot, window)
    page.home.buttons["A"].click()
    qtbot.waitUntil(lambda: bool(page.outcome.buttons))
    wait_until_clean(qtbot, page, zoom)
    page.outcome.buttons[0].click()
    wait_until_clean(qtbot, dialog(window, ActDialog), zoom)
