"""Cover, lock, change of person, and the emergency release from the locked screen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facility_app.domain.access import Permission
from facility_app.ui.context import Face, UiContext
from facility_app.ui.emergency_dialog import EmergencyDialog
from facility_app.ui.emergency_parts import VerdictLine
from facility_app.ui.lock_keeper import LockKeeper
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.unlock_page import UnlockPage
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text
from tests.ui.desk_doubles import EmergencyDouble, UnlockDouble
from tests.ui.report_doubles import Answers
from tests.ui.stage import NoServices, manager


class SecretPage(Page):
    """A page with a half-typed secret."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.secret = SecretEdit(ctx.theme, name="pin", show="show", hide="hide")
        self.content.addWidget(self.secret)

    def clear_secrets(self) -> None:
        self.secret.clear()


@dataclass
class Room:
    """The window, its keeper, and a clock set by hand."""

    window: MainWindow
    unlock: UnlockPage
    keeper: LockKeeper
    emergency: EmergencyDouble
    clock: list[float]
    presses: int = 0

    @property
    def ctx(self) -> UiContext:
        return self.window.ctx

    def come(self) -> None:
        self.ctx.session.open(manager(), Face("例田 みつ子", "管理責任者", 0, "2031"))

    def idle(self, seconds: float) -> None:
        self.clock[0] += seconds
        self.keeper.look()

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        self.presses += 1
        QTest.keyClick(widget or QApplication.focusWidget() or self.window, key)

    @property
    def dialog(self) -> EmergencyDialog:
        assert self.keeper.dialog is not None
        return self.keeper.dialog


class VaultDouble:
    """What became of the vault's process, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def kill(self) -> None:
        self.told.append("killed")

    def allow(self) -> None:
        self.told.append("allowed")


@pytest.fixture
def room(qtbot: QtBot, ctx: UiContext) -> Room:
    specs = [
        PageSpec("first", "today", "shell-help", Permission.VIEW_DESK, SecretPage),
        PageSpec("second", "badge", "shell-menu", Permission.VIEW_DESK, SecretPage),
    ]
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    unlock = UnlockPage(ctx, UnlockDouble())
    window.set_lock_page(unlock)
    clock, emergency = [0.0], EmergencyDouble()
    keeper = LockKeeper(ctx, window, unlock, emergency, clock_s=lambda: clock[0])
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and len(unlock.tiles) == 6)
    return Room(window, unlock, keeper, emergency, clock)


def test_the_page_is_covered_after_a_minute_and_any_key_brings_it_back(room: Room) -> None:
    room.come()
    room.idle(59)
    assert not room.keeper.cover.isVisible()
    room.idle(2)
    cover = room.keeper.cover
    assert cover.isVisible()
    assert cover.size() == room.window.host().size()
    assert cover.left.text() == room.ctx.words("cover-left-minutes", minutes="1", seconds="59")
    room.press(Qt.Key.Key_A, cover)
    assert not cover.isVisible()
    room.idle(59)
    assert not cover.isVisible()
    assert room.ctx.session.unlocked


def test_keys_and_clicks_of_a_person_count_as_input_and_a_bumped_table_does_not(
    room: Room,
) -> None:
    room.come()
    handle = room.window.windowHandle()
    middle = QPoint(600, 400)
    room.idle(50)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    room.idle(50)
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    room.idle(50)
    QTest.mouseMove(handle, QPoint(300, 300))
    room.idle(50)
    assert not room.keeper.cover.isVisible()
    room.idle(11)
    assert room.keeper.cover.isVisible()
    QTest.mouseMove(handle, QPoint(100, 100))
    room.idle(119)
    assert not room.ctx.session.unlocked


def test_half_typed_secrets_go_with_the_cover(room: Room) -> None:
    room.come()
    page = room.window.pages["first"]
    assert isinstance(page, SecretPage)
    QTest.keyClicks(page.secret.field, "12")
    room.idle(61)
    assert page.secret.is_empty()


def test_it_locks_after_three_minutes_with_a_warning_that_a_key_stops(room: Room) -> None:
    room.come()
    room.idle(61)
    room.idle(100)
    assert room.keeper.cover.left.text() == room.ctx.words("cover-left", seconds="19")
    assert room.keeper.cover.left.tone == "late_text"
    room.press(Qt.Key.Key_Space, room.keeper.cover)
    room.idle(161)
    assert room.ctx.session.unlocked
    room.idle(19)
    assert not room.ctx.session.unlocked
    assert not room.keeper.cover.isVisible()
    assert room.unlock.isVisible()


def test_times_stay_within_their_range_and_the_warning_always_comes(room: Room) -> None:
    room.keeper.set_times(cover_after_s=600, lock_after_s=5)
    room.come()
    room.idle(41)
    assert room.keeper.cover.isVisible()
    room.idle(18)
    assert room.ctx.session.unlocked
    room.idle(1)
    assert not room.ctx.session.unlocked


def test_locking_is_recorded_and_closes_dialogs(qtbot: QtBot, room: Room) -> None:
    room.come()
    room.ctx.show_error(ZeroDivisionError())
    (dialog,) = room.window.host().findChildren(Dialog)
    with qtbot.waitSignal(room.keeper.locked) as locked:
        room.keeper.lock("person")
    assert locked.args == ["person"]
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: room.ctx.lane.working == 0)
    services = room.ctx.office
    assert isinstance(services, NoServices)
    assert services.locks == ["person"]
    room.keeper.lock("idle")  # nobody is there: nothing to record
    assert room.ctx.lane.working == 0


def test_sleep_or_a_locked_desktop_locks_at_once(qtbot: QtBot, room: Room) -> None:
    room.come()
    room.keeper._watch.sleeping(False)
    assert room.ctx.session.unlocked
    with qtbot.waitSignal(room.keeper.locked) as locked:
        room.keeper._watch.sleeping(True)
    assert locked.args == ["system"]
    assert not room.ctx.session.unlocked


def test_another_person_comes_back_to_the_same_page(qtbot: QtBot, room: Room) -> None:
    room.come()
    room.ctx.navigate("second")
    room.idle(61)
    with qtbot.waitSignal(room.keeper.locked) as locked:
        room.press(Qt.Key.Key_F3, room.keeper.cover)
    assert locked.args == ["change"]
    assert room.unlock.isVisible()
    room.come()
    assert room.window.current_key == "second"


def test_emergency_from_the_locked_screen_takes_four_presses_at_most(
    qtbot: QtBot, room: Room, tmp_path: Path
) -> None:
    room.press(Qt.Key.Key_F12, room.window)
    QTest.mouseClick(room.dialog.people.tiles["2041"], Qt.MouseButton.LeftButton)
    room.presses += 1
    qtbot.waitUntil(lambda: room.dialog.form.actor is not None)
    room.window.deliver_scan("301")  # the scanner presses no key of the person
    qtbot.waitUntil(lambda: room.dialog.form.target is not None)
    assert room.dialog.target.slot.text() == "C-05"
    assert room.dialog.button.hasFocus()
    with qtbot.waitSignal(room.keeper.emergency_released):
        room.press(Qt.Key.Key_Return)
    assert room.emergency.released == [("仮屋 健", 1)]
    assert room.presses <= 4
    printer = room.dialog.after.paper = Answers(tmp_path)
    room.press(Qt.Key.Key_Return)  # a second Enter prints the sheet, it does not release again
    qtbot.waitUntil(lambda: printer.straight == ["救急シート"] and room.dialog.after.printed)
    assert room.emergency.released == [("仮屋 健", 1)]
    numbers = [each.text() for each in room.dialog.family.findChildren(Text)]
    assert "03-0000-0111" in numbers
    assert room.dialog.family.isVisible()
    room.press(Qt.Key.Key_Return)
    assert room.keeper.dialog is None


def test_after_unlocking_the_person_is_filled_in(qtbot: QtBot, room: Room) -> None:
    room.come()
    room.press(Qt.Key.Key_F12, room.window)
    assert room.dialog.form.actor is room.ctx.session.actor
    assert room.dialog.search.hasFocus()
    QTest.keyClicks(room.dialog.search, "301")
    qtbot.waitUntil(lambda: room.dialog.form.target is not None)
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.dialog.form.done is not None)
    assert room.emergency.released == [("例田 みつ子", 1)]


def words_of(line: VerdictLine) -> str:
    """What the line under a field says."""
    return line.text.text()


def test_an_unknown_number_and_an_empty_pouch_are_refused(qtbot: QtBot, room: Room) -> None:
    room.press(Qt.Key.Key_F12, room.window)
    dialog = room.dialog
    QTest.keyClicks(dialog.number, "9999")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words_of(dialog.who) != "")
    assert not dialog.button.isEnabled()
    dialog.search.scan("301")
    assert words_of(dialog.who) == room.ctx.words("release-number-first")
    dialog.number.clear()
    dialog.scan("2041")
    qtbot.waitUntil(lambda: dialog.form.actor is not None)
    dialog.scan("203")
    qtbot.waitUntil(lambda: words_of(dialog.whose) == room.ctx.words("release-nothing-there"))
    assert not dialog.button.isEnabled()
    room.press(Qt.Key.Key_Return, dialog.search)
    assert room.emergency.released == []


def test_several_people_are_offered_and_one_is_picked(qtbot: QtBot, room: Room) -> None:
    room.come()
    room.press(Qt.Key.Key_F12, room.window)
    dialog = room.dialog
    dialog.scan("見本")
    qtbot.waitUntil(lambda: dialog.results.count() == 2)
    assert words_of(dialog.whose) == room.ctx.words("release-several", count="2")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    dialog.results.pick_current()
    assert dialog.form.target is not None
    assert dialog.form.target.name == "見本 太郎"
    assert dialog.button.hasFocus()


def test_f12_on_the_cover_opens_the_dialog_over_the_page(room: Room) -> None:
    room.come()
    room.idle(61)
    room.press(Qt.Key.Key_F12, room.keeper.cover)
    assert not room.keeper.cover.isVisible()
    assert room.dialog.isVisible()
    room.press(Qt.Key.Key_F12, room.window)
    assert len(room.window.host().findChildren(EmergencyDialog)) == 1


def test_the_vaults_process_ends_with_the_cover_and_the_lock_also_while_the_lane_is_busy(
    room: Room,
) -> None:
    vault = VaultDouble()
    room.ctx.office.vault = vault  # type: ignore[attr-defined]  # as the office has one
    room.come()
    free = threading.Event()
    room.ctx.lane.run(lambda: free.wait(20))
    room.idle(61)
    assert vault.told == ["killed"]
    room.press(Qt.Key.Key_A, room.keeper.cover)
    assert vault.told == ["killed", "allowed"], "who lifts the cover is still unlocked"
    room.keeper.lock("person")
    assert vault.told == ["killed", "allowed", "killed"]
    free.set()
