"""The ring goes where the focus goes, and brings it into sight."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from facility_app.ui.focus_ring import FocusRing
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.fields import TextField


class Long(QWidget):
    """A window with twenty fields in a scroll area, and a button over it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = ActionButton(theme, "go")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        self.fields = [TextField(theme, name=str(number), height=64) for number in range(20)]
        for field in self.fields:
            column.addWidget(field)
        self.area.setWidget(inside)
        box = QVBoxLayout(self)
        box.addWidget(self.button)
        box.addWidget(self.area)
        self.ring = FocusRing(theme, self)
        self.resize(400, 300)


@pytest.fixture
def long(qtbot: QtBot, theme: Theme) -> Long:
    window = Long(theme)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def around(long: Long, widget: QWidget) -> bool:
    """Whether the ring lies 6 px around the widget."""
    rect = widget.rect().translated(widget.mapTo(long, widget.rect().topLeft()))
    return long.ring.isVisible() and long.ring.geometry() == rect.adjusted(-6, -6, 6, 6)


def test_the_ring_lies_around_the_focus_and_all_of_it_is_in_sight(qtbot: QtBot, long: Long) -> None:
    long.button.setFocus()
    assert around(long, long.button)
    last = long.fields[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
    qtbot.waitUntil(lambda: around(long, last))


def test_it_follows_a_layout_and_the_zoom_but_not_a_person_who_scrolls(
    qtbot: QtBot, long: Long, theme: Theme
) -> None:
    last = long.fields[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
    theme.set_zoom(150)
    for _ in range(10):  # a layout request climbs one level per round
        QApplication.processEvents()
    assert last.height() == 96
    assert last.visibleRegion().boundingRect() == last.rect()
    long.area.verticalScrollBar().setValue(0)
    for _ in range(5):
        QApplication.processEvents()
    assert long.area.verticalScrollBar().value() == 0
    assert not long.ring.isVisible()


def test_a_widget_that_is_deleted_takes_the_ring_away(qtbot: QtBot, long: Long) -> None:
    field = long.fields[0]
    field.setFocus()
    delete(field)
    long.button.setFocus()
    assert around(long, long.button)
