"""A scanner's keys go to the scan field, and its Enter presses nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facility_app.ui.bursts import Burst, BurstWatcher
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.fields import TextField
from facility_app.ui.widgets.scan_field import ScanField

TAG = "7KQ2MDX9A1"


class Desk(QWidget):
    """A scan field, a destination and a main button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.scan = ScanField(theme, "tag")
        self.place = TextField(theme, name="place")
        self.button = ActionButton(theme, "go")
        self.pressed = 0
        self.scans: list[str] = []
        self.scan.scanned.connect(self.scans.append)
        self.button.clicked.connect(self._press)
        box = QVBoxLayout(self)
        for widget in (self.scan, self.place, self.button):
            box.addWidget(widget)

    def _press(self) -> None:
        self.pressed += 1


class Hand:
    """Types at a given pace on a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0

    def type(self, text: str, gap_ms: float, *, enter: bool = True) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        for char in text:
            self.now += gap_ms
            QTest.keyClicks(focused, char)
        if enter:
            self.now += gap_ms
            QTest.keyClick(focused, Qt.Key.Key_Return)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, theme: Theme, hand: Hand) -> Desk:
    desk = Desk(theme)
    qtbot.addWidget(desk)
    BurstWatcher(qapp, desk.scan.scan, now_ms=lambda: hand.now, parent=desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    return desk


def test_a_second_scan_on_the_main_button_does_not_press_it(desk: Desk, hand: Hand) -> None:
    desk.button.setFocus()
    hand.type(TAG, 5)
    assert (desk.scans, desk.pressed) == ([TAG], 0)


def test_a_person_who_presses_enter_on_the_button_presses_it(desk: Desk, hand: Hand) -> None:
    desk.button.setFocus()
    hand.type("", 500)
    assert (desk.scans, desk.pressed) == ([], 1)


def test_a_scan_into_another_field_leaves_that_field_as_it_was(desk: Desk, hand: Hand) -> None:
    desk.place.setText("clinic")
    desk.place.setFocus()
    hand.type(TAG, 5)
    assert (desk.scans, desk.place.text()) == ([TAG], "clinic")


def test_typing_into_a_field_is_left_alone(desk: Desk, hand: Hand) -> None:
    desk.place.setFocus()
    hand.type("example clinic", 120)
    assert (desk.scans, desk.place.text()) == ([], "example clinic")


def test_a_scan_into_the_scan_field_is_one_scan(desk: Desk, hand: Hand) -> None:
    desk.scan.setFocus()
    hand.type(TAG, 5)
    assert (desk.scans, desk.pressed) == ([TAG], 0)


def test_full_width_letters_and_spaces_are_made_plain(desk: Desk) -> None:
    desk.scan.setText(" ７ＫＱ－２ＭＤ ")
    desk.scan.returnPressed.emit()
    assert desk.scans == ["7KQ-2MD"]


def test_short_or_slow_keys_are_no_scan() -> None:
    burst = Burst()
    for at, char in enumerate("12345"):
        burst.key(char, at * 5)
    assert burst.enter(26) == ""
    for at, char in enumerate("1234567"):
        burst.key(char, at * 40)
    assert burst.enter(245) == ""
    for at, char in enumerate("1234567"):
        burst.key(char, at * 5)
    assert burst.enter(100) == ""
