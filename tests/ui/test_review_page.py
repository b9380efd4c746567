"""The page of the reviews on a real store: look, sign off, refuse, and the quarter's target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import ReviewRow
from facility_app.domain.review import Verdict, Why
from facility_app.services.emergency import explain_emergency, release_emergency
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.review import SignOff, sign_off
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.pages.review import ReviewPage
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean

PAGES = ("today", "log", "review")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    loan = world.signed_out()
    for place in ("みほん眼科", "みほん歯科"):
        world.do("custodian", correct_loan, LoanCorrection(loan, "書き間違い", destination=place))
    world.do("manager", correct_loan, LoanCorrection(loan, "変更", destination="みほん内科"))
    return world


@pytest.fixture
def window(qtbot: QtBot, desk: DeskWorld, theme: Theme) -> Iterator[DeskWindow]:
    made = DeskWindow(desk, theme, who="manager", pages=PAGES)
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def opened(qtbot: QtBot, window: DeskWindow) -> ReviewPage:
    page = window.page("review")
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.queue is not None and window.lane.working == 0)
    return page


def dialog(window: DeskWindow) -> Any:
    (found,) = window.window.host().findChildren(ActDialog)
    return found


def test_the_queue_is_brought_up_to_date_and_signed_off_with_keys(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = opened(qtbot, window)
    assert [row[0] for row in page.model.rows] == ["訂正", "訂正"]
    assert "1件" in page.own.text(), "one's own act waits for somebody else"
    qtbot.waitUntil(lambda: "訂正" in page.card.accessibleName())
    first = page.seq
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert desk.rows(ReviewRow, ReviewRow.reviewed_at.is_not(None)) == [], "Enter signs nothing off"
    qtbot.keyClick(page.table, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1 and window.lane.working == 0)
    (row,) = desk.rows(ReviewRow, ReviewRow.reviewed_at.is_not(None))
    assert (row.seq, row.verdict) == (first, Verdict.IN_ORDER)
    assert page.seq != first
    assert page.target_text.text().endswith("1 / 30件")
    assert page.banner.isVisible()


def test_what_is_not_in_order_needs_words(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = opened(qtbot, window)
    qtbot.keyClick(page.table, Qt.Key.Key_F8)
    note = dialog(window)
    assert not note.main.isEnabled()
    note.field.setPlainText("行先の医院は休診日")
    note.main.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1 and window.lane.working == 0)
    (row,) = desk.rows(ReviewRow, ReviewRow.reviewed_at.is_not(None))
    assert (row.verdict, row.note) == (Verdict.NOT_IN_ORDER, "行先の医院は休診日")


def test_what_somebody_else_signed_off_meanwhile_is_refused_in_words(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = opened(qtbot, window)
    assert page.seq is not None
    desk.do("auditor", sign_off, SignOff(page.seq, Verdict.IN_ORDER))
    page.good.click()
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert "もう見直しが済んでいます" in page.problem.accessibleName()
    assert page.good.isEnabled()


def test_an_emergency_leads_to_its_own_review(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    released = desk.do("custodian", release_emergency, desk.residents["tadashi"])
    desk.do("custodian", explain_emergency, released.loan_id, "発熱", "みほん病院")
    page = opened(qtbot, window)
    assert page.emergency.isVisible()
    assert not page.good.isVisible()
    page.emergency.click()
    qtbot.waitUntil(lambda: bool(window.window.host().findChildren(ActDialog)))
    dialog(window).main.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2 and window.lane.working == 0)
    row = desk.one(ReviewRow, ReviewRow.why == Why.EMERGENCY)
    assert row.reviewed_by == desk.id_of("manager")
    assert page.good.isVisible()


def test_an_auditor_reviews_all_but_emergencies(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    desk.do("custodian", release_emergency, desk.residents["tadashi"])
    window.unlock("auditor")
    page = opened(qtbot, window)
    assert len(page.model.rows) == 4
    assert page.emergency.accessibleDescription() == "管理責任者が確認します"
    assert not page.change.isVisible()


def test_the_target_is_changed_or_refused(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = opened(qtbot, window)
    page.change.click()
    asked = dialog(window)
    asked.field.setText("0")
    asked.main.click()
    qtbot.waitUntil(asked.problem.isVisible)
    asked.field.setText("12")
    asked.main.click()
    qtbot.waitUntil(lambda: page.target_text.text().endswith("0 / 12件"))


def test_it_is_reached_from_the_record_and_marks_its_entry(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    log = window.page("log")
    qtbot.waitUntil(lambda: window.lane.working == 0)
    log.ways.review.click()
    assert window.window.current_key == "review"
    entry = window.window.navigation.button("log")
    assert entry is not None
    assert entry.isChecked()
    assert window.window.navigation.button("review") is None
    qtbot.waitUntil(lambda: window.lane.working == 0)
    for row in desk.rows(ReviewRow):
        desk.do("auditor", sign_off, SignOff(row.seq, Verdict.IN_ORDER))
    page = opened(qtbot, window)
    qtbot.waitUntil(page.none.isVisible)
    assert not page.table.isVisible()


def test_today_leads_here_while_something_waits(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    opened(qtbot, window)
    today = window.page("today")
    qtbot.waitUntil(lambda: any("見直す" in b.text() for b in today.todo.buttons()))
    next(b for b in today.todo.buttons() if "見直す" in b.text()).click()
    assert window.window.current_key == "review"
    qtbot.waitUntil(lambda: window.lane.working == 0)


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_is_named_and_large_enough(
    qtbot: QtBot, window: DeskWindow, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = opened(qtbot, window)
    wait_until_clean(qtbot, page, zoom)
    for button in (page.bad, page.change):
        button.click()
        wait_until_clean(qtbot, dialog(window), zoom)
        dialog(window).dismiss()
        qtbot.waitUntil(lambda: not window.window.host().findChildren(ActDialog))
