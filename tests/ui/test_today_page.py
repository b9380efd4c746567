"""きょう: rows with one button each, the strip, the sound, the dialogs behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import BackupRow, EmergencyReleaseRow, VisitRow
from facility_app.services.departure import CheckCode
from facility_app.services.emergency import explain_emergency, release_emergency
from facility_app.ui.dialogs.emergency import ExplainDialog, ReviewDialog
from facility_app.ui.dialogs.hand_over import LocateDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.pages.departure import DeparturePage
from facility_app.ui.pages.today import TodayPage
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.rows import LateRow
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, visit_row
from tests.ui.desk_office import DeskWindow


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    world.add(BackupRow(made_at=clock.now + timedelta(hours=4), size=1, root="", places=[]))
    return world


@pytest.fixture
def window(qtbot: QtBot, desk: DeskWorld, theme: Theme) -> Iterator[DeskWindow]:
    opened = DeskWindow(desk, theme, pages=("today", "desk", "departure"))
    qtbot.addWidget(opened.window)
    opened.window.resize(1366, 768)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    yield opened
    opened.close()


def shown(qtbot: QtBot, window: DeskWindow) -> TodayPage:
    """The page, read to the end."""
    page: TodayPage = window.page("today")
    qtbot.waitUntil(lambda: page.today is not None and window.lane.working == 0)
    return page


def dialog(window: DeskWindow, kind: type[Any]) -> Any:
    found = [d for d in window.window.host().findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_quiet_day_teaches(qtbot: QtBot, window: DeskWindow) -> None:
    page = shown(qtbot, window)
    assert page.out.buttons() == page.visits.buttons() == page.todo.buttons() == []
    assert not window.window.strip.isVisible()


def test_an_overdue_loan_stands_first_with_strip_sound_and_banner(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld, clock: FakeClock
) -> None:
    rang: list[int] = []
    desk.signed_out("hanako", due_at=clock.now + timedelta(hours=1))
    desk.signed_out("tadashi", due_at=clock.now + timedelta(hours=2))
    page = shown(qtbot, window)
    page._sound = lambda: rang.append(1)
    for minutes, strip, sounds, banner in (
        (59, False, 0, False),
        (1, True, 0, False),
        (15, True, 1, False),
        (45, True, 2, True),
    ):
        clock.forward(minutes=minutes)
        page.refresh()
        qtbot.waitUntil(lambda: window.lane.working == 0)
        assert window.window.strip.isVisible() is strip
        assert (len(rang), page.very_late.isVisible()) == (sounds, banner)
    first = page.out.rows.box.itemAt(0).widget()
    assert isinstance(first, LateRow)
    assert "60分遅れ" in first.accessibleName()


def test_the_sound_is_a_setting(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld, clock: FakeClock
) -> None:
    rang: list[int] = []
    desk.settings(alarm_sound=False)
    desk.signed_out("hanako", due_at=clock.now + timedelta(hours=1))
    page = shown(qtbot, window)
    page._sound = lambda: rang.append(1)
    clock.forward(minutes=80)
    page.refresh()
    qtbot.waitUntil(lambda: window.lane.working == 0)
    assert window.window.strip.isVisible()
    assert rang == []


def test_where_is_it_leads_to_the_return(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld, clock: FakeClock
) -> None:
    desk.signed_out("hanako", due_at=clock.now + timedelta(hours=1))
    clock.forward(hours=2)
    page = shown(qtbot, window)
    page.out.buttons()[0].click()
    asked = dialog(window, LocateDialog)
    asked.main.click()
    back = window.built("desk")
    qtbot.waitUntil(lambda: back.views.currentWidget() is back.back)
    assert window.window.current_key == "desk"
    qtbot.waitUntil(lambda: window.lane.working == 0)


def test_a_visit_leads_to_the_check_before_leaving(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    visit_row(desk, escort_id=None)
    page = shown(qtbot, window)
    page.visits.buttons()[0].click()
    qtbot.waitUntil(lambda: window.window.current_key == "departure")
    check: DeparturePage = window.built("departure")
    qtbot.waitUntil(lambda: check.form is not None and window.lane.working == 0)
    assert CheckCode.ESCORT in {line.code for line in check.form.open_lines()}


def test_a_visit_is_planned_for_somebody_found_by_room(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    page = shown(qtbot, window)
    page.visits.plan.click()
    asked = dialog(window, PlanVisitDialog)
    assert not asked.main.isEnabled()
    asked.search.scan("101")
    qtbot.waitUntil(lambda: asked.resident_id == desk.residents["tadashi"])
    asked.place.setEditText("例示眼科")
    asked.starts.setText("1430")
    asked.press()
    qtbot.waitUntil(lambda: len(desk.rows(VisitRow)) == 1)
    row = desk.one(VisitRow)
    assert row.starts_at == datetime(2026, 11, 20, 5, 30, tzinfo=UTC)
    qtbot.waitUntil(lambda: len(page.visits.buttons()) == 1 and window.lane.working == 0)


def test_an_emergency_is_explained_and_reviewed_by_somebody_else(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    desk.do("custodian", release_emergency, desk.residents["hanako"])
    page = shown(qtbot, window)
    assert window.window.strip.isVisible()
    page.todo.buttons()[0].click()
    asked = dialog(window, ExplainDialog)
    assert not asked.main.isEnabled()
    asked.reason.setPlainText("救急搬送")
    asked.place.setText("みほん病院")
    asked.press()
    qtbot.waitUntil(lambda: desk.one(EmergencyReleaseRow).reason == "救急搬送")
    qtbot.waitUntil(lambda: not window.window.strip.isVisible() and window.lane.working == 0)
    assert page.todo.buttons() == []
    window.unlock("manager")
    qtbot.waitUntil(lambda: len(page.todo.buttons()) == 1 and window.lane.working == 0)
    page.todo.buttons()[0].click()
    qtbot.waitUntil(lambda: bool(window.window.host().findChildren(ReviewDialog)))
    dialog(window, ReviewDialog).press()
    qtbot.waitUntil(lambda: desk.one(EmergencyReleaseRow).reviewed_at is not None)
    qtbot.waitUntil(lambda: window.lane.working == 0)


def test_one_s_own_emergency_cannot_be_reviewed(
    qtbot: QtBot, window: DeskWindow, desk: DeskWorld
) -> None:
    released = desk.do("manager", release_emergency, desk.residents["hanako"])
    desk.do("custodian", explain_emergency, released.loan_id, "救急", "")
    window.unlock("manager")
    page = shown(qtbot, window)
    qtbot.waitUntil(lambda: len(page.todo.buttons()) == 1)
    page.todo.buttons()[0].click()
    qtbot.waitUntil(lambda: bool(window.window.host().findChildren(ReviewDialog)))
    asked = dialog(window, ReviewDialog)
    asked.press()
    qtbot.waitUntil(lambda: asked.problem.isVisible())
    assert desk.one(EmergencyReleaseRow).reviewed_at is None


def test_nothing_is_asked_while_nobody_is_unlocked(qtbot: QtBot, window: DeskWindow) -> None:
    page = shown(qtbot, window)
    window.ctx.session.close()
    page.refresh()
    assert window.lane.working == 0
    assert window.problems == []
