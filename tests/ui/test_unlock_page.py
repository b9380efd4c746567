"""Unlocking: one success, one refusal, the growing delay, and what stays secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facility_app.ui.context import UiContext
from facility_app.ui.main_window import MainWindow
from facility_app.ui.unlock_page import UnlockPage
from tests.ui.desk_doubles import PASSWORD, UnlockDouble


class Watch:
    """A clock set by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext, watch: Watch) -> Iterator[UnlockPage]:
    window = MainWindow(ctx, facility="みほん苑", pages=[])
    window.resize(1366, 768)
    qtbot.addWidget(window)
    page = UnlockPage(ctx, UnlockDouble(14), clock_s=watch)
    window.set_lock_page(page)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: len(page.tiles) == 14)
    yield page
    window.close()


def type_password(qtbot: QtBot, page: UnlockPage, text: str) -> None:
    """Type and press Enter, and wait for the answer."""
    QTest.keyClicks(page.password.field, text)
    QTest.keyClick(page.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0)


def test_tile_password_enter_unlocks(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.mouseClick(page.tiles["2031"], Qt.MouseButton.LeftButton)
    assert page.password.field.hasFocus()
    with qtbot.waitSignal(page.unlocked):
        type_password(qtbot, page, PASSWORD)
    session = page.ctx.session
    assert session.actor is not None
    assert session.face is not None
    assert (session.face.name, session.face.number) == ("例田 みつ子", "2031")
    assert session.face.role == page.words.term(session.actor.grants[0].role)
    assert page.password.is_empty()
    assert page.form.number == ""


def test_a_typed_or_scanned_number_chooses_the_person(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.keyClicks(page.number, "2032")
    assert page.tiles["2032"].isChecked()
    QTest.keyClick(page.number, Qt.Key.Key_Return)
    assert page.password.field.hasFocus()
    page.scan("2041")
    assert page.mark.text() == "仮屋 健"
    assert page.tiles["2041"].isChecked()


def test_a_wrong_password_is_refused_in_words_and_forgotten(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.mouseClick(page.tiles["2031"], Qt.MouseButton.LeftButton)
    type_password(qtbot, page, "wrong")
    assert page.refusal.isVisible()
    assert not page.ctx.session.unlocked
    assert page.password.is_empty()
    assert page.password.field.hasFocus()


def test_the_growing_delay_is_shown_as_a_countdown_for_that_person_only(
    qtbot: QtBot, page: UnlockPage, watch: Watch
) -> None:
    QTest.mouseClick(page.tiles["2031"], Qt.MouseButton.LeftButton)
    for _ in range(2):
        type_password(qtbot, page, "wrong")
    assert page.button._words == page.words("unlock-wait", seconds="5")
    type_password(qtbot, page, PASSWORD)  # not sent: the delay still runs
    assert not page.ctx.session.unlocked
    watch.now += 3
    qtbot.waitUntil(lambda: page.button._words == page.words("unlock-wait", seconds="2"))
    QTest.mouseClick(page.tiles["2032"], Qt.MouseButton.LeftButton)
    assert page.form.seconds_left() == 0
    QTest.mouseClick(page.tiles["2031"], Qt.MouseButton.LeftButton)
    watch.now += 3
    qtbot.waitUntil(lambda: page.button.text() == page.words("unlock-enter"))
    assert page.form.can_try(True)


def test_enter_without_a_person_says_what_is_missing(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.keyClicks(page.password.field, "something")
    QTest.keyClick(page.password.field, Qt.Key.Key_Return)
    assert page.refusal.text() == page.words("unlock-choose-first")
    assert page.number.hasFocus()


def test_the_locked_screen_says_counts_and_no_names(qtbot: QtBot, page: UnlockPage) -> None:
    qtbot.waitUntil(lambda: page.late.isVisible())
    assert page.out.text() == page.words("unlock-out", count="3")
    assert page.late.text() == page.words("unlock-late", count="1")


def test_clearing_forgets_the_password_and_the_person(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.mouseClick(page.tiles["2031"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.password.field, "half")
    page.clear_secrets()
    assert page.password.is_empty()
    assert not any(tile.isChecked() for tile in page.tiles.values())
    assert not page.button.isEnabled()


def test_all_tiles_can_be_reached_with_tab_and_scroll_into_view(
    qtbot: QtBot, page: UnlockPage
) -> None:
    last = page.tiles["3007"]
    page.tiles["2031"].setFocus()
    widget: QWidget = page.tiles["2031"]
    for _ in range(20):
        page.window().focusNextChild()
        widget = page.window().focusWidget()
        if widget is last:
            break
    assert widget is last
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
