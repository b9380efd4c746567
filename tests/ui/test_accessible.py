"""Every target of the window, the locked screen, the cover and the dialogs: name, role, size.

`tests/ui` of the pages walk their own pages with `walk` from here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facility_app.domain.access import Permission
from facility_app.i18n import Words
from facility_app.ui.context import Face
from facility_app.ui.lock_keeper import LockKeeper
from facility_app.ui.main_window import MainWindow
from facility_app.ui.theme import Theme
from facility_app.ui.unlock_page import UnlockPage
from tests.ui.desk_doubles import EmergencyDouble, UnlockDouble
from tests.ui.gallery import build
from tests.ui.stage import manager

TARGETS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
LEAST = 48


def walk(root: QWidget, px: float = 1.0) -> list[str]:
    """What is wrong with the visible targets under `root`; `px` = zoom / 100."""
    wrong = []
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QScrollArea) and widget.layout() is not None:
            wrong.append(f"{_name(widget)}: a layout on a scroll area hides what is in it")
        if not isinstance(widget, TARGETS) or not widget.isVisibleTo(root.window()):
            continue
        if isinstance(widget.parentWidget(), QComboBox) or isinstance(widget, QHeaderView):
            continue  # one target with the combo box; heads of columns are none
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name):
            wrong.append(f"{_name(widget)}: no name")
        elif told.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            wrong.append(f"{_name(widget)}: no role")
        if min(widget.width(), widget.height()) < LEAST * px:
            wrong.append(f"{_name(widget)}: {widget.width()}x{widget.height()}")
    return wrong


def wait_until_clean(qtbot: QtBot, root: QWidget, zoom: int = 100) -> None:
    """Let the layouts settle, then nothing may be wrong under `root`."""

    def clean() -> None:
        assert walk(root, zoom / 100) == []

    qtbot.waitUntil(clean)


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, words: Words) -> Iterator[MainWindow]:
    window = build(theme, words)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    assert window.ctx.lane.close()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_widget_has_name_role_and_size(
    qtbot: QtBot, window: MainWindow, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    wait_until_clean(qtbot, window, zoom)


def test_eight_entries_and_the_strip_fit_into_a_low_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.header.facility.set("施設" * 60)
    window.show_last_act("記録" * 60)
    qtbot.waitUntil(lambda: window.minimumSizeHint().height() <= 690)
    window.resize(1366, 690)
    buttons = [*window.navigation.findChildren(QAbstractButton)]
    qtbot.waitUntil(lambda: window.height() == 690)
    wait_until_clean(qtbot, window)
    assert len(buttons) == 9
    assert window.minimumSizeHint().width() <= 1366


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_locked_screen_the_cover_and_the_emergency_dialog_too(
    qtbot: QtBot, window: MainWindow, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    unlock = UnlockPage(window.ctx, UnlockDouble(14))
    window.set_lock_page(unlock)
    keeper = LockKeeper(window.ctx, window, unlock, EmergencyDouble(), clock_s=lambda: 0.0)
    window.ctx.session.close()
    qtbot.waitUntil(lambda: len(unlock.tiles) == 14)
    wait_until_clean(qtbot, window, zoom)
    keeper.open_emergency()
    assert keeper.dialog is not None
    wait_until_clean(qtbot, keeper.dialog, zoom)
    keeper.dialog.dismiss()
    window.ctx.session.open(manager(), Face("例田 みつ子", "管理責任者", 0))
    keeper.cover.lay_over()
    keeper.cover.show_left(100, 120)
    wait_until_clean(qtbot, keeper.cover, zoom)


def test_chosen_navigation_and_reasons_are_checkable_for_a_screen_reader(
    window: MainWindow,
) -> None:
    button = window.navigation.button("0")
    assert button is not None
    told = QAccessible.queryAccessibleInterface(button)
    assert told.state().checkable
    assert window.ctx.session.may(Permission.VIEW_DESK)
