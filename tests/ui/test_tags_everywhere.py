"""A pouch tag from the scanner finds its resident wherever a resident is looked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.db.models import CardCheckRow
from facility_app.services.desk_choices import desk_choices
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.emergency_dialog import EmergencyDialog
from facility_app.ui.pages.import_dialog import ImportDialog
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.emergency import OfficeEmergency
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.ui.desk_office import DeskOffice, DeskWindow
from tests.ui.test_desk_page import ENTER
from tests.ui.whole import TODAY

PAGES = ("today", "desk", "residents", "cards", "log")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def window(
    qtbot: QtBot, desk: DeskWorld, readers: SimulatedReaders, theme: Theme
) -> Iterator[DeskWindow]:
    opened = DeskWindow(desk, theme, pages=PAGES, readers=readers)
    qtbot.addWidget(opened.window)
    opened.window.resize(1366, 768)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    opened.window.activateWindow()
    yield opened
    opened.close()


def scan(qtbot: QtBot, window: DeskWindow, person: str, focus: QWidget | None = None) -> None:
    """The keys of a scanner into whatever has the focus, and its Enter."""
    if focus is not None:
        focus.setFocus()
    qtbot.waitUntil(lambda: window.lane.working == 0 and QApplication.focusWidget() is not None)
    for key in (*window.world.codes[person], ENTER):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key)


def test_today_hands_it_to_the_desk_and_the_desk_shows_the_form(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    today = window.page("today")
    scan(qtbot, window, "hanako", today)
    qtbot.waitUntil(lambda: window.window.current_key == "desk")
    page = window.built("desk")
    qtbot.waitUntil(lambda: page.seen is not None)
    assert page.seen.resident.id == desk.residents["hanako"]
    scan(qtbot, window, "tadashi", page.out.destination)
    qtbot.waitUntil(
        lambda: page.seen is not None and page.seen.resident.id == desk.residents["tadashi"]
    )


def test_the_list_of_residents_opens_the_one(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = window.page("residents")
    scan(qtbot, window, "hanako", page.list.register_button)
    qtbot.waitUntil(lambda: page.resident == desk.residents["hanako"])
    scan(qtbot, window, "tadashi", page.detail.head.back)
    qtbot.waitUntil(lambda: page.resident == desk.residents["tadashi"])


def test_a_card_check_takes_it_on_the_page_and_in_its_dialog(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld, readers: SimulatedReaders
) -> None:
    page = window.page("cards")
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: page.state.view is not None)
    scan(qtbot, window, "hanako", page.result.band.again)
    qtbot.waitUntil(lambda: page.result.who.name.text() == "見本 花子")
    page.result.who.other.click()
    (asked,) = window.window.host().findChildren(ChooseResidentDialog)
    scan(qtbot, window, "tadashi", asked.close_button)
    qtbot.waitUntil(lambda: page.result.who.name.text() == "仮名 正")
    stored = [row.resident_id for row in desk.rows(CardCheckRow)]
    assert stored == [desk.residents["hanako"], desk.residents["tadashi"]]


def test_the_plan_of_a_visit_takes_it_in_the_field_and_beside_it(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    window.page("today")
    dialog = PlanVisitDialog(window.ctx, desk.ask("custodian", desk_choices))
    dialog.start()
    scan(qtbot, window, "hanako")
    qtbot.waitUntil(lambda: dialog.resident_id == desk.residents["hanako"])
    qtbot.waitUntil(dialog.place.hasFocus)
    scan(qtbot, window, "tadashi", dialog.place)
    qtbot.waitUntil(lambda: dialog.resident_id == desk.residents["tadashi"])
    assert dialog.place.currentText() == ""
    qtbot.waitUntil(lambda: window.lane.working == 0)
    dialog.dismiss()


def test_an_emergency_takes_it_wherever_the_focus_is(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    window.page("today")
    dialog = EmergencyDialog(window.ctx, OfficeEmergency(DeskOffice(desk)))
    dialog.start()
    dialog.form.identified(desk.staff["custodian"])
    scan(qtbot, window, "hanako", dialog.close_button)
    qtbot.waitUntil(lambda: dialog.form.target is not None)
    assert dialog.form.target is not None
    assert dialog.form.target.resident_id == desk.residents["hanako"]
    dialog.dismiss()


def test_the_log_is_narrowed_to_the_one_and_says_when_a_tag_is_nobodys(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = window.page("log")
    qtbot.waitUntil(lambda: page.filter.resident.count() == 3)
    scan(qtbot, window, "hanako", page.filter.resident)
    qtbot.waitUntil(lambda: page.form.resident == desk.residents["hanako"])
    scan(qtbot, window, "tadashi", page.table)
    qtbot.waitUntil(lambda: page.form.resident == desk.residents["tadashi"])
    desk.codes["nobody"] = "99".ljust(26, "A")
    scan(qtbot, window, "nobody", page.table)
    qtbot.waitUntil(page.problem.isVisible)
    assert page.form.resident == desk.residents["tadashi"]
    qtbot.waitUntil(lambda: not page._soon.isActive() and window.lane.working == 0)


def test_an_import_looks_for_nobody_and_swallows_it(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = window.page("residents")
    dialog = ImportDialog(window.ctx)
    dialog.open(dialog.choose)
    scan(qtbot, window, "hanako", dialog.close_button)
    qtbot.waitUntil(lambda: window.lane.working == 0)
    assert dialog.isVisible()
    assert page.resident is None
    dialog.dismiss()
