"""The window: pages by permission, one at a time, at every zoom, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from facility_app.cards.supervisor import ReaderState
from facility_app.domain.access import Actor, Grant, Identified, Permission, Role, StaffId
from facility_app.errors import IntegrityError, Refused
from facility_app.ui.context import Face, Locked, UiContext
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.fields import TextField
from facility_app.ui.widgets.scan_field import ScanField


@dataclass
class Seen:
    """What happened to the pages."""

    built: list[str]
    opened: list[tuple[str, dict[str, object]]]
    scans: list[str]
    pressed: int = 0
    keep: bool = False


def make_page(key: str, seen: Seen) -> Callable[[UiContext], Page]:
    """A page that tells what happens to it."""

    class Made(Page):
        def __init__(self, ctx: UiContext) -> None:
            super().__init__(ctx)
            seen.built.append(key)
            self.scan_field = ScanField(ctx.theme, "tag")
            self.head.addWidget(self.scan_field)
            self.field = TextField(ctx.theme, name="place")
            self.content.addWidget(self.field)
            self.content.addStretch(1)
            self.button = ActionButton(ctx.theme, "go", kind=Kind.FILLED, height=64)
            self.button.clicked.connect(self._pressed)
            self.act_row.addWidget(self.button)

        def _pressed(self) -> None:
            seen.pressed += 1

        def open(self, **args: object) -> None:
            seen.opened.append((key, args))

        def can_leave(self) -> bool:
            return not seen.keep

        def scan(self, text: str) -> None:
            seen.scans.append(text)

        def main_button(self) -> QAbstractButton | None:
            return self.button

        def focus_first(self) -> None:
            self.field.setFocus()

    return Made


def person(role: Role) -> tuple[Actor, Face]:
    """Somebody with this role."""
    actor = Actor(StaffId(1), "例田 みつ子", Identified.PASSWORD, (Grant(role, date(2020, 1, 1)),))
    return actor, Face(actor.name, role.value, 2, "2031")


@pytest.fixture
def seen() -> Seen:
    return Seen([], [], [])


@pytest.fixture
def window(qtbot: QtBot, ctx: UiContext, seen: Seen) -> MainWindow:
    specs = [
        PageSpec("today", "today", "shell-help", Permission.VIEW_DESK, make_page("today", seen)),
        PageSpec(
            "log", "history_edu", "shell-search", Permission.VIEW_LOG, make_page("log", seen),
            searchable=True,
        ),
        PageSpec("staff", "badge", "shell-menu", Permission.VIEW_STAFF, make_page("staff", seen)),
    ]  # fmt: skip
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def unlock(window: MainWindow, role: Role = Role.MANAGER) -> None:
    """Somebody with this role comes."""
    window.ctx.session.open(*person(role))


def test_navigation_shows_what_the_role_may_use_and_builds_pages_when_shown(
    window: MainWindow, seen: Seen
) -> None:
    unlock(window, Role.CUSTODIAN)
    assert seen.built == ["today"]
    assert window.navigation.button("staff") is None
    assert not window.ctx.navigate("staff")
    button = window.navigation.button("log")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (seen.built, window.current_key, button.isChecked()) == (["today", "log"], "log", True)
    assert window.ctx.navigate("today", resident=7)
    assert seen.opened[-1] == ("today", {"resident": 7})
    assert seen.built == ["today", "log"]


def test_a_page_that_is_not_ready_to_go_keeps_the_person(window: MainWindow, seen: Seen) -> None:
    unlock(window)
    seen.keep = True
    button = window.navigation.button("log")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (window.current_key, button.isChecked()) == ("today", False)


def test_a_change_of_person_comes_back_to_the_same_page_if_allowed(window: MainWindow) -> None:
    unlock(window)
    window.ctx.navigate("staff")
    window.ctx.session.close()
    unlock(window)
    assert window.current_key == "staff"
    window.ctx.session.close()
    unlock(window, Role.CUSTODIAN)
    assert window.current_key == "today"


def test_enter_that_no_field_wants_presses_the_main_button(window: MainWindow, seen: Seen) -> None:
    unlock(window)
    page = window.pages["today"]
    page.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert seen.pressed == 1


def test_the_focus_stays_on_the_page_when_its_widget_goes(window: MainWindow, seen: Seen) -> None:
    unlock(window)
    page = window.pages["today"]
    page.focus_first()
    page.focusWidget().hide()
    assert QApplication.focusWidget() is page
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert seen.pressed == 1
    QTest.keyClick(page, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert focused is not page


def test_a_refusal_stands_on_the_page_and_goes_with_its_button(
    qtbot: QtBot, window: MainWindow
) -> None:
    unlock(window)
    page = window.pages["today"]
    window.ctx.show_error(Refused())
    assert page.problem.isVisible()
    assert page.problem.what.text() == window.ctx.words.error(Refused()).what
    QTest.mouseClick(page.problem.close_button, Qt.MouseButton.LeftButton)
    assert not page.problem.isVisible()
    assert not page._say_box.isVisible()


def test_a_bug_in_a_page_ends_in_a_dialog_with_a_number(qtbot: QtBot, window: MainWindow) -> None:
    unlock(window)
    window.ctx.show_error(ZeroDivisionError())
    (dialog,) = window.host().findChildren(Dialog)
    assert dialog.isVisible()
    dialog.dismiss()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_integrity_errors_leave_nothing_but_their_page(window: MainWindow) -> None:
    unlock(window)
    window.ctx.show_error(IntegrityError())
    assert window.blocked is not None
    assert window.blocked.isVisible()
    assert not window.navigation.isVisible()
    window.ctx.session.close()
    unlock(window)
    assert window.blocked.isVisible()


def test_asking_while_locked_is_refused(window: MainWindow) -> None:
    with pytest.raises(Locked):
        window.ctx.ask(lambda: 1, done=lambda _value: None)


def test_zoom_by_keys_and_another_shell_from_150_per_cent(qtbot: QtBot, window: MainWindow) -> None:
    unlock(window)
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.ctx.theme.zoom == 200
    assert not window.navigation.isVisible()
    assert not window.status.isVisible()
    assert window.minimumSizeHint().width() <= 1366
    QTest.mouseClick(window.header.menu, Qt.MouseButton.LeftButton)
    (menu,) = window.host().findChildren(Dialog)
    names = [b.accessibleName() for b in menu.findChildren(QAbstractButton)]
    assert window.ctx.words("shell-search") in names
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(menu))
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.isVisible()


def test_the_strip_leads_to_its_page_and_hides_while_locked(window: MainWindow, seen: Seen) -> None:
    unlock(window)
    window.show_strip("遅れが 1件あります", "log", loan=3)
    assert window.strip.isVisible()
    QTest.mouseClick(window.strip, Qt.MouseButton.LeftButton)
    assert seen.opened[-1] == ("log", {"loan": 3})
    window.ctx.session.close()
    assert not window.strip.isVisible()
    unlock(window)
    assert window.strip.isVisible()
    window.show_strip("")
    assert not window.strip.isVisible()


def test_function_keys_help_search_emergency_and_lock(qtbot: QtBot, window: MainWindow) -> None:
    unlock(window)
    with qtbot.waitSignal(window.help_wanted) as helped:
        QTest.keyClick(window, Qt.Key.Key_F1)
    assert helped.args == ["today"]
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert window.current_key == "log"
    with qtbot.waitSignal(window.emergency_wanted):
        QTest.keyClick(window, Qt.Key.Key_F12)
    with qtbot.waitSignal(window.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_dialog_keeps_nobody_from_locking(qtbot: QtBot, window: MainWindow) -> None:
    unlock(window)
    window.ctx.show_error(ZeroDivisionError())
    with qtbot.waitSignal(window.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    window.ctx.session.close()
    with qtbot.assertNotEmitted(window.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_scan_goes_to_the_page_unless_a_dialog_is_open(
    qtbot: QtBot, window: MainWindow, seen: Seen
) -> None:
    unlock(window)
    window.deliver_scan("7KQ2MD")
    window.ctx.show_error(ZeroDivisionError())
    window.deliver_scan("AAAAAA")
    assert seen.scans == ["7KQ2MD"]


def test_the_reader_lamp_says_that_there_is_no_reader(window: MainWindow) -> None:
    lamp = window.header.lamp
    assert lamp.state is ReaderState.NO_READER
    assert window.ctx.words("shell-reader-no-reader") in lamp.accessibleName()
    lamp.set(ReaderState.EMPTY)
    assert window.ctx.words("shell-reader-empty") in lamp.accessibleName()


def test_nothing_is_cut_in_a_low_window(qtbot: QtBot, window: MainWindow) -> None:
    unlock(window)
    window.show_strip("遅れが 1件あります", "log")
    window.resize(1366, 690)
    qtbot.waitUntil(lambda: window.height() == 690)
    assert window.minimumSizeHint().height() <= 690
    assert window.minimumSizeHint().width() <= 1366
    button = window.navigation.emergency
    assert button.geometry().bottom() < window.navigation.height()
