"""The page of reports on a stand-in that makes papers: choosing, looking, printing, saving."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facility_app.domain.access import Actor, Grant, Identified, Role, StaffId
from facility_app.reports.fonts import GlyphMissing
from facility_app.services.reporting import Document, Format
from facility_app.services.search import Findings
from facility_app.ui.context import Face, UiContext
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.pdf_password import PdfPasswordDialog
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.pages.reports import ReportsPage
from facility_app.ui.pdf_pages import PdfPages
from facility_app.ui.printing import write_file
from facility_app.ui.registry import PAGES
from tests.ui.report_doubles import PAGE_COUNT, Answers, Maker
from tests.ui.stage import NoServices, manager
from tests.ui.test_accessible import wait_until_clean


class FindsNobody(NoServices):
    """A register without residents."""

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return Findings((), 0)


def spec(key: str) -> PageSpec:
    return next(each for each in PAGES if each.key == key)


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext, tmp_path: Path) -> Iterator[ReportsPage]:
    """Shown to a manager, with a printer that prints into a file."""
    specs = [replace(spec("log"), factory=Page), spec("reports")]
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    ctx.session.open(manager(), Face("例田 みつ子", "管理責任者", 1))
    window.show()
    assert ctx.navigate("reports")
    shown = window.pages["reports"]
    assert isinstance(shown, ReportsPage)
    shown.make_report = Maker()
    shown.out.paper = Answers(tmp_path)
    yield shown
    assert ctx.close_paper()


def settle(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0 and page.ctx.paper_lane().working == 0)


def made(qtbot: QtBot, page: ReportsPage) -> ReportsPage:
    """A report is made and its first page is drawn."""
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.view.isVisible() and not page.view.view.sheet.drawn.isNull())
    return page


def problem(page: ReportsPage) -> str:
    return page.problem.accessibleName() if page.problem.isVisible() else ""


def answers(page: ReportsPage) -> Answers:
    assert isinstance(page.out.paper, Answers)
    return page.out.paper


def maker(page: ReportsPage) -> Maker:
    assert isinstance(page.make_report, Maker)
    return page.make_report


# --- choosing and making -------------------------------------------------------------------------


def test_nothing_is_made_before_the_button_then_the_pages_are_shown(qtbot, page):
    assert maker(page).asked == []
    made(qtbot, page)
    (asked,) = maker(page).asked
    assert asked.document is Document.MONTHLY
    assert page.view.about.text() == "令和8年10月"
    assert page.view.made.text() == "全4ページ・記録 第1,215号"
    assert page.view.number.text() == "1 / 4"
    assert "第100号 持出し" in page.view.view.sheet.accessibleDescription()


def test_pages_are_turned_with_buttons_and_keys_and_enlarged(qtbot, page):
    view = made(qtbot, page).view.view
    assert not page.view.back.isEnabled()
    qtbot.mouseClick(page.view.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "第200号" in view.sheet.accessibleDescription())
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "第400号" in view.sheet.accessibleDescription())
    assert page.view.number.text() == "4 / 4"
    assert not page.view.on.isEnabled()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert page.view.number.text() == "3 / 4"
    small = view.sheet.width()
    qtbot.mouseClick(page.view.larger, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.sheet.drawn.width() == view.sheet.width() > small)
    assert page.view.smaller.isEnabled()


def test_no_page_is_drawn_where_the_window_is(qtbot, page):
    where: set[int] = set()

    class Watched(PdfPages):
        def picture(self, number: int, width: int) -> QImage:
            where.add(threading.get_ident())
            return super().picture(number, width)

    page.view.open_pdf = Watched
    made(qtbot, page)
    qtbot.mouseClick(page.view.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.banner.isVisible)
    assert where
    assert threading.get_ident() not in where


@pytest.mark.parametrize(
    ("month", "told"), [("", "月を読み取れません"), ("R8.12", "まだ来ていません")]
)
def test_a_month_that_cannot_be_is_refused_beside_the_field(qtbot, page, month, told):
    page.card.month.selectAll()
    qtbot.keyClick(page.card.month, Qt.Key.Key_Delete)
    qtbot.keyClicks(page.card.month, month)
    qtbot.keyClick(page.card.month, Qt.Key.Key_Return)
    assert told in page.card.month.accessibleDescription()
    assert page.card.month.hasFocus()
    assert maker(page).asked == []
    qtbot.mouseClick(page.card.earlier, Qt.MouseButton.LeftButton)
    assert page.card.month.accessibleDescription() == ""


def test_ten_years_are_too_many(qtbot, page):
    page.card.papers.choose("ledger")
    page.card.first.field.setText("H20.1.1")
    page.card.last.field.setText("R8.11.20")
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert "10年" in page.card.first.field.accessibleDescription()
    assert maker(page).asked == []


def test_a_statement_wants_somebody(qtbot, page):
    page.card.papers.choose("statement")
    assert page.card.choose.isVisible()
    assert not page.card.first.isVisible()
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.card.choose.accessibleDescription() == "利用者を選んでください。"
    page.card.show_resident(7, "仮名 正")
    made(qtbot, page)
    assert maker(page).asked[0].resident_id == 7
    assert page.view.about.text() == "仮名 正さん・はじめから今日まで"


def test_a_tag_that_is_scanned_is_whom_the_statement_is_about(qtbot, page):
    page.ctx.office = FindsNobody()
    page.scan("ABC-DEF")
    assert page.ctx.host().findChildren(ChooseResidentDialog) == []
    page.card.papers.choose("statement")
    page.scan("ABC-DEF")
    (dialog,) = page.ctx.host().findChildren(ChooseResidentDialog)
    assert dialog.field.text() == "ABC-DEF"
    settle(qtbot, page)


def test_the_page_hangs_under_the_record(page):
    entry = page.window().navigation.button("log")
    assert entry.isChecked()


def test_what_cannot_be_made_is_said_and_the_form_stays(qtbot, page):
    maker(page).problem = GlyphMissing("仮名 𠮷子", "𠮷")
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "仮名 𠮷子" in problem(page))
    assert page.choosing.isVisible()
    assert page.go.isEnabled()


def test_a_long_report_can_be_stopped(qtbot, page):
    maker(page).hold = Event()
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert not page.go.isEnabled()
    window = page.window()
    qtbot.waitUntil(window.busy.stop.isVisible)
    qtbot.waitUntil(lambda: "50" in window.busy.text.text())
    qtbot.mouseClick(window.busy.stop, Qt.MouseButton.LeftButton)
    maker(page).hold.set()
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.text.text() == "中止しました。報告書は作っていません。"
    assert page.go.isEnabled()
    assert page.choosing.isVisible()


# --- the password --------------------------------------------------------------------------------


def lock(page: ReportsPage, password: str = "") -> None:
    page.lock.locked.click()
    page.lock.password.field.setText(password)


def test_a_short_password_is_refused(qtbot, page):
    lock(page, "kaeru")
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert "12文字以上" in page.lock.password.field.accessibleDescription()
    assert maker(page).asked == []


def test_a_password_of_the_program_is_shown_once_and_not_lost_by_a_stray_key(qtbot, page):
    QApplication.clipboard().clear()
    lock(page)
    made(qtbot, page)
    (dialog,) = page.ctx.host().findChildren(PdfPasswordDialog)
    (password,) = maker(page).passwords
    assert dialog.shown.text() == password
    assert len(password) >= 12
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(dialog.noted, key)
        assert dialog.isVisible()
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert password not in dialog.shown.text()
    assert QApplication.clipboard().text() == ""
    assert page._password is None


def test_a_password_of_one_s_own_is_not_shown_and_not_kept_in_the_field(qtbot, page):
    lock(page, "umi-no-mieru-oka")
    made(qtbot, page)
    assert maker(page).passwords == ["umi-no-mieru-oka"]
    assert page.ctx.host().findChildren(PdfPasswordDialog) == []
    assert page.lock.password.is_empty()


# --- paper and files -----------------------------------------------------------------------------


def test_what_is_shown_is_printed(qtbot, page):
    made(qtbot, page)
    qtbot.mouseClick(page.view.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.text.text() == "4ページをプリンターに送りました"
    printed = PdfPages(answers(page).printed.read_bytes())
    assert len(printed.sizes()) == PAGE_COUNT
    printed.close()
    assert answers(page).asked == ["月次監査報告書"]
    assert page.view.print.isEnabled()


def test_without_a_printer_it_says_so_and_what_to_do(qtbot, page):
    answers(page).names = []
    made(qtbot, page)
    qtbot.mouseClick(page.view.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "プリンターが見つかりません" in problem(page))
    assert "PDFを保存する" in problem(page)
    assert not answers(page).printed.exists()
    assert page.view.print.hasFocus()


def test_who_changes_their_mind_or_locks_prints_nothing(qtbot, page):
    made(qtbot, page)
    answers(page).change_mind = True
    qtbot.mouseClick(page.view.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.view.print.isEnabled)
    answers(page).change_mind = False
    answers(page).meanwhile = page.ctx.session.close
    qtbot.mouseClick(page.view.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.view.print.isEnabled)
    settle(qtbot, page)
    assert not answers(page).printed.exists()


def test_the_pdf_is_saved_as_it_is_shown(qtbot, page, tmp_path):
    made(qtbot, page)
    qtbot.mouseClick(page.view.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.banner.isVisible)
    saved = tmp_path / "report.pdf"
    assert saved.read_bytes() == page.made.content
    assert str(saved) in page.banner.text.text()


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(qtbot, page, tmp_path):
    answers(page).folder = tmp_path / "gone"
    made(qtbot, page)
    qtbot.mouseClick(page.view.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "書き込めません" in problem(page))
    assert "書きかけのファイルも残っていません" in problem(page)
    assert list(tmp_path.iterdir()) == []


def test_a_full_place_is_told_as_full(qtbot, page):
    def full(place: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    page.out.write = lambda place, content: write_file(place, content, full)
    made(qtbot, page)
    qtbot.mouseClick(page.view.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "空きが足りません" in problem(page))


def test_the_same_data_is_saved_as_a_table_without_a_password(qtbot, page, tmp_path):
    lock(page, "umi-no-mieru-oka")
    made(qtbot, page)
    qtbot.mouseClick(page.view.csv, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.banner.isVisible)
    asked = maker(page).asked[-1]
    assert (asked.format, asked.password) == (Format.CSV, None)
    assert (tmp_path / "report.csv").read_bytes() == b"a,b\r\n"


# --- people --------------------------------------------------------------------------------------


def somebody(number: int) -> Actor:
    grant = Grant(Role.MANAGER, manager().grants[0].valid_from)
    return Actor(StaffId(number), "控井 恵", Identified.PASSWORD, (grant,))


def test_the_same_person_finds_the_report_again_and_another_does_not(qtbot, page):
    made(qtbot, page)
    session = page.ctx.session
    session.close()
    session.open(somebody(1), Face("例田 みつ子", "", 1))
    assert page.view.isVisible()
    session.close()
    session.open(somebody(2), Face("控井 恵", "", 2))
    assert page.choosing.isVisible()
    assert page.made is None
    assert page.view.pages is None


def test_a_report_that_is_ready_after_the_lock_is_not_shown(qtbot, page):
    maker(page).hold = Event()
    lock(page)
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    page.ctx.session.close()
    maker(page).hold.set()
    settle(qtbot, page)
    assert page.made is None
    assert page.ctx.host().findChildren(PdfPasswordDialog) == []


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_a_name_and_its_size(qtbot, page, zoom):
    page.theme.set_zoom(zoom)
    lock(page)
    for paper in Document:
        page.card.papers.choose(paper.value)
        wait_until_clean(qtbot, page, zoom)
    page.card.papers.choose("blackout")
    made(qtbot, page)
    (dialog,) = page.ctx.host().findChildren(PdfPasswordDialog)
    wait_until_clean(qtbot, dialog, zoom)
    dialog.dismiss()
    wait_until_clean(qtbot, page, zoom)
