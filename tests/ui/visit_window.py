"""The window over a day of visits, with simulated readers and a printer that needs no paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.db.models import ItemRow
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.desk_world import build
from tests.ui.desk_office import DeskWindow
from tests.ui.visit_day import VisitDay, day_of_visits, furnish
from tests.ui.whole import TODAY

PAGES = (
    *("today", "desk", "residents", "visits", "departure", "house-call", "clinics"),
    *("visit-results", "cards", "log", "reports"),
)
ENTER = Qt.Key.Key_Return


def furnished(engine: Engine, work: Work, clock: FakeClock) -> VisitDay:
    """Visits of today; Hanako's card has the dates of the good card."""
    world = furnish(build(engine, work, clock))
    card = good(TODAY)
    row = world.desk.one(ItemRow, ItemRow.id == world.desk.items["hanako"][0])
    world.desk.add_change(
        row,
        card_expires_on=card.card_expires_on,
        certificate_expires_on=card.certificate_until,
    )
    day_of_visits(world)
    return world


def opened(
    qtbot: QtBot, day: VisitDay, theme: Theme, readers: SimulatedReaders | None = None
) -> Iterator[DeskWindow]:
    """The window, with the lane and the readers closed at the end."""
    made = DeskWindow(day.desk, theme, pages=PAGES, readers=readers)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.window.activateWindow()
    yield made
    made.close()


def idle(qtbot: QtBot, window: DeskWindow) -> None:
    """Until nothing is being read or recorded."""
    qtbot.waitUntil(lambda: window.lane.working == 0)


def shown(qtbot: QtBot, window: DeskWindow, key: str, **args: object) -> Any:
    """A page, read to the end."""
    assert window.ctx.navigate(key, **args)
    idle(qtbot, window)
    return window.window.pages[key]


def dialog(qtbot: QtBot, window: DeskWindow, kind: type[Any]) -> Any:
    """The dialog that is open."""
    host = window.window.host()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in host.findChildren(kind)))
    idle(qtbot, window)
    (found,) = (each for each in host.findChildren(kind) if each.isVisible())
    return found


def key(which: Qt.Key, widget: QWidget | None = None) -> None:
    """One key of the person, not as fast as a scanner, to whatever has the focus."""
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keyPress(target, which, Qt.KeyboardModifier.NoModifier, 40)
    QTest.keyRelease(target, which)  # at once: what the press has closed is still there


def type_text(text: str) -> None:
    """Keys of the person into the field with the focus."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text, delay=40)


def tab_to(name: str, most: int = 60) -> QWidget:
    """Press Tab until what has the focus is called `name`."""
    for _ in range(most):
        now = QApplication.focusWidget()
        if now is not None and now.isVisible() and name in now.accessibleName():
            return now
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name!r}")
