"""訪問診療: planned for several, cards out in one act, back in one act, no card the second time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import HouseCallRow, LoanRow, VisitRow
from facility_app.domain.coverage import Answer
from facility_app.ui.dialogs.house_call import RoundDialog
from facility_app.ui.dialogs.outcome import OutcomeDialog
from facility_app.ui.pages.house_call import HouseCallPage
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.house_call import rows as house_call_rows
from tests.conftest import FakeClock
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean
from tests.ui.visit_day import VisitDay
from tests.ui.visit_window import (
    ENTER,
    dialog,
    furnished,
    idle,
    key,
    opened,
    shown,
)


@pytest.fixture
def day(engine: Engine, work: Work, clock: FakeClock) -> VisitDay:
    return furnished(engine, work, clock)


@pytest.fixture
def window(qtbot: QtBot, day: VisitDay, theme: Theme) -> Iterator[DeskWindow]:
    yield from opened(qtbot, day, theme)


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow, day: VisitDay) -> HouseCallPage:
    found = shown(qtbot, window, "house-call", round=day.visits["round"])
    qtbot.waitUntil(lambda: found.state is not None and window.lane.working == 0)
    return found


def test_out_together_and_back_together_with_enter_and_a_scan(
    qtbot: QtBot, window: DeskWindow, page: HouseCallPage, day: VisitDay
) -> None:
    assert page.button.text() == "1人分を持ち出す"
    qtbot.waitUntil(page.button.hasFocus)
    key(ENTER)
    qtbot.waitUntil(lambda: page.state.returning and window.lane.working == 0)
    assert day.desk.actions()[-1] == "house_call.departed"
    (loan,) = day.desk.rows(LoanRow)
    assert not page.button.isEnabled()
    page.scan(day.desk.codes["ichiro"])
    qtbot.waitUntil(lambda: page.button.isEnabled() and page.button.hasFocus())
    key(ENTER)
    qtbot.waitUntil(lambda: day.desk.loan(loan.id).closed_at is not None)
    qtbot.waitUntil(lambda: not page.state.returning and window.lane.working == 0)
    assert day.desk.actions()[-1] == "house_call.returned"
    page.people.buttons[day.visits["round-ichiro"]].click()
    assert dialog(qtbot, window, OutcomeDialog).form.choices.visit.name == "髙﨑 一郎"


def test_who_was_read_before_needs_no_card(
    qtbot: QtBot, window: DeskWindow, page: HouseCallPage, day: VisitDay
) -> None:
    page.people.buttons[day.visits["round-ichiro"]].click()
    qtbot.waitUntil(lambda: page.button.accessibleDescription() == "持ち出すカードはありません")
    row = day.desk.one(VisitRow, VisitRow.id == day.visits["round-ichiro"])
    assert row.first_visit is Answer.NO
    idle(qtbot, window)


def test_who_has_to_bring_a_card_is_not_told_of_the_way_without_one(
    page: HouseCallPage, day: VisitDay
) -> None:
    assert page.state is not None
    rows = {row.visit_id: row for row in house_call_rows(page.words, page.state, page.ctx.now())}
    bring, known = rows[day.visits["round-tadashi"]], rows[day.visits["round-yuki"]]
    assert "再照会" not in bring.text
    assert "再照会" in known.text


def test_nothing_leaves_while_a_pouch_is_not_back_in_its_place(
    qtbot: QtBot, window: DeskWindow, page: HouseCallPage, day: VisitDay
) -> None:
    page.press()
    qtbot.waitUntil(lambda: page.state.returning and window.lane.working == 0)
    page.press()
    idle(qtbot, window)
    (loan,) = day.desk.rows(LoanRow)
    assert loan.closed_at is None
    assert page.button.accessibleDescription() == "あと 1人分をしまってください"


def test_a_round_is_planned_for_the_ones_that_are_ticked_or_scanned(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    shown(qtbot, window, "visits").rounds.click()
    asked = dialog(qtbot, window, RoundDialog)
    qtbot.waitUntil(lambda: len(asked.ticks) == 6 and asked.clinic.count() == 1)
    asked.day.set_date(date(2026, 11, 27))
    asked.starts.setText("14:00")
    asked.ends.setText("15:00")
    assert not asked.main.isEnabled()
    asked.ticks[day.desk.residents["kiyo"]].setChecked(True)
    window.window.deliver_scan(day.desk.codes["hanako"])
    qtbot.waitUntil(lambda: len(asked.plan.residents) == 2 and window.lane.working == 0)
    assert asked.count.text() == "2人を選びました"
    asked.press()
    qtbot.waitUntil(lambda: len(day.desk.rows(HouseCallRow)) == 2 and window.lane.working == 0)
    new = max(row.id for row in day.desk.rows(HouseCallRow))
    assert len(day.desk.rows(VisitRow, VisitRow.round_id == new)) == 2


def test_a_round_without_a_clinic_that_comes_cannot_be_planned(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    from facility_app.db.models import ClinicRow

    clinic = day.desk.one(ClinicRow, ClinicRow.id == day.clinics["comes"])
    day.desk.add_change(clinic, house_calls=False)
    shown(qtbot, window, "visits").rounds.click()
    asked = dialog(qtbot, window, RoundDialog)
    qtbot.waitUntil(asked.no_clinic.isVisible)
    assert not asked.main.isEnabled()
    asked.dismiss()


def test_a_round_is_moved_and_cancelled(
    qtbot: QtBot, window: DeskWindow, page: HouseCallPage, day: VisitDay
) -> None:
    page.change.click()
    asked = dialog(qtbot, window, RoundDialog)
    qtbot.waitUntil(lambda: asked.clinic.count() == 1)
    asked.ends.setText("17:30")
    asked.press()
    qtbot.waitUntil(lambda: page.banner.isVisible() and window.lane.working == 0)
    page.change.click()
    asked = dialog(qtbot, window, RoundDialog)
    asked._cancel()
    qtbot.waitUntil(lambda: window.window.current_key == "visits" and window.lane.working == 0)
    assert day.desk.one(HouseCallRow).cancelled_at is not None


@pytest.mark.parametrize("zoom", [100, 200])
def test_everything_has_a_name_a_role_and_its_size(
    qtbot: QtBot, window: DeskWindow, page: HouseCallPage, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    wait_until_clean(qtbot, window.window, zoom)
    page.press()
    qtbot.waitUntil(lambda: page.state.returning and window.lane.working == 0)
    wait_until_clean(qtbot, window.window, zoom)
    shown(qtbot, window, "visits").rounds.click()
    asked = dialog(qtbot, window, RoundDialog)
    qtbot.waitUntil(lambda: len(asked.ticks) == 6)
    wait_until_clean(qtbot, asked, zoom)
