"""Every class of error has its place (design §9)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facility_app.errors import Cancelled, DeviceError, IntegrityError, Refused, VaultError
from facility_app.i18n import ErrorText, Words
from facility_app.ui.show_error import ErrorDoor
from facility_app.ui.widgets.levels import Level


class Place(QWidget):
    """A page with room for an error."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None:
        self.shown.append(text.what)


@dataclass(eq=False)
class SecretBug(Exception):
    """A bug whose message carries what must not be shown."""

    secret: str

    def __str__(self) -> str:
        return self.secret


class Door:
    """A door and everything that came out of it."""

    def __init__(self, words: Words) -> None:
        self.page = Place()
        self.dialogs: list[str] = []
        self.blocks: list[str] = []
        self.said: list[str] = []
        self.door = ErrorDoor(
            words,
            place=lambda: self.page,
            dialog=lambda text, _level: self.dialogs.append(str(text)),
            block=lambda text: self.blocks.append(text.what),
            announce=self.said.append,
        )


@pytest.fixture
def door(qtbot: QtBot, words: Words) -> Door:
    door = Door(words)
    qtbot.addWidget(door.page)
    return door


def test_refusals_and_device_errors_stand_on_the_page_and_are_announced(
    door: Door, words: Words
) -> None:
    door.door(Refused())
    door.door(DeviceError())
    assert door.page.shown == [words.error(Refused()).what, words.error(DeviceError()).what]
    assert len(door.said) == 2
    assert not door.dialogs
    assert not door.blocks


def test_an_error_is_shown_on_the_nearest_place_around_the_widget(qtbot: QtBot, door: Door) -> None:
    other = Place()
    qtbot.addWidget(other)
    door.door(Refused(), QWidget(other))
    assert (len(other.shown), door.page.shown) == (1, [])


def test_vault_errors_open_a_dialog_and_integrity_errors_block(door: Door, words: Words) -> None:
    door.door(VaultError())
    door.door(IntegrityError())
    assert door.dialogs == [str(words.error(VaultError()))]
    assert door.blocks == [words.error(IntegrityError()).what]


def test_a_change_of_mind_says_nothing(door: Door) -> None:
    door.door(Cancelled())
    assert (door.page.shown, door.dialogs, door.blocks, door.said) == ([], [], [], [])


def test_a_bug_gets_an_incident_number_and_its_message_stays_hidden(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("ERROR", logger="facility_app"):
        door.door(SecretBug("name of a resident"))
    (shown,) = door.dialogs
    number = caplog.records[-1].getMessage().split()[1]
    assert number in shown
    assert "name of a resident" not in shown + caplog.text
