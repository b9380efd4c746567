"""受診: the calendar by day and week, plans, conflicts, series, an import."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import VisitRow, VisitSeriesRow
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.pages.import_dialog import ImportDialog
from facility_app.ui.pages.visits import VisitsPage
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.visit_plan import Again
from facility_app.ui.viewmodels.visits import Span
from facility_app.ui.widgets.card import Notice
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
    tab_to,
    type_text,
)


@pytest.fixture
def day(engine: Engine, work: Work, clock: FakeClock) -> VisitDay:
    return furnished(engine, work, clock)


@pytest.fixture
def window(qtbot: QtBot, day: VisitDay, theme: Theme) -> Iterator[DeskWindow]:
    yield from opened(qtbot, day, theme)


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow) -> VisitsPage:
    found = shown(qtbot, window, "visits")
    qtbot.waitUntil(lambda: bool(found.days) and window.lane.working == 0)
    return found


def words_of(page: VisitsPage) -> list[str]:
    """The names of the buttons, from the top."""
    return [button.accessibleName() for button in page.today_pane.buttons]


def visits_of(day: VisitDay, person: str) -> list[VisitRow]:
    where = VisitRow.resident_id == day.desk.residents[person]
    return sorted(day.desk.rows(VisitRow, where), key=lambda row: row.starts_at)


def test_the_day_by_time_each_row_with_its_next_step(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    assert words_of(page) == [
        "持ち出す 13:30 見本 花子 みほん内科",
        "準備する 14:10 試田 キヨ 例示眼科クリニック",
        "持ち出す 14:45 例示 ウメ みほん内科",
        "持ち出す 16:00 訪問診療 館内・見本医院",
    ]
    assert page.today_pane.buttons[0].hasFocus()
    warned = [each.title.text() for each in page.today_pane.rows.findChildren(Notice)]
    assert warned == ["仮屋 健さんの付添が重なっています。14:45 例示 ウメさんと 16:00 訪問診療"]
    day.desk.signed_out("ume", visit_id=day.visits["ume"])
    page.refresh()
    idle(qtbot, window)
    assert words_of(page)[2].startswith("返却する")


def test_the_list_is_narrowed_by_clinic_and_by_kana(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.clinic.choose(day.clinics["inner"])
    assert [name.split()[1] for name in words_of(page)] == ["13:30", "14:45"]
    page.who.setText("レイジ")
    page.who.searched.emit("レイジ")
    assert [name.split()[1] for name in words_of(page)] == ["14:45"]
    page.who.setText("301")
    page.who.searched.emit("301")
    assert len(words_of(page)) == 1
    page.who.setText("ぬ")
    page.who.searched.emit("ぬ")
    assert words_of(page) == []


def test_days_and_weeks_with_the_keyboard_alone(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage
) -> None:
    tab_to("次")
    key(ENTER)
    qtbot.waitUntil(lambda: page.title.text() == "11月21日(土)")
    idle(qtbot, window)
    assert words_of(page) == ["準備する 11:00 見本 花子 例示眼科クリニック"]
    tab_to("日")
    key(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: len(page.week.heads) == 7)
    assert page.title.text().startswith("11月16日(月)")
    assert [entry.line.time for entry in page.week.entries][-1] == "11:00"
    tab_to("11月20日(金) 受診 4件")
    key(ENTER)
    qtbot.waitUntil(lambda: page.span is Span.DAY and len(page.today_pane.buttons) == 4)


def test_a_visit_is_planned_with_a_clinic_of_the_register(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    key(Qt.Key.Key_F4)
    asked = dialog(qtbot, window, PlanVisitDialog)
    qtbot.waitUntil(asked.search.hasFocus)
    type_text("208")
    qtbot.waitUntil(asked.who.results.isVisible)
    key(ENTER)
    qtbot.waitUntil(lambda: asked.resident_id == day.desk.residents["yuki"])
    asked.place.setEditText("みほん内科")
    assert "03-0000-0101" in asked.clinic_known.text()
    asked.day.set_date(date(2026, 11, 24))
    asked.starts.setFocus()
    type_text("1030")
    assert asked.main.isEnabled()
    key(ENTER)
    qtbot.waitUntil(lambda: len(visits_of(day, "yuki")) == 2 and window.lane.working == 0)
    row = visits_of(day, "yuki")[-1]
    assert (row.clinic_id, row.destination) == (day.clinics["inner"], "みほん内科")
    assert row.starts_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert page.banner.text.text() == "予定に入れました"


def test_what_stands_in_the_way_is_said_and_may_be_passed(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.plan.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    asked.search.scan(day.desk.codes["yuki"])
    qtbot.waitUntil(lambda: bool(asked.resident_id))
    asked.place.setEditText("例示眼科クリニック")
    asked.starts.setText("14:00")
    asked.escort.choose(day.desk.id_of("escort"))
    qtbot.waitUntil(asked.conflict.isVisible)
    assert "見本 花子さんに付き添っています" in asked.conflict.text.text()
    assert asked.main.text() == "重なったまま予定する"
    asked.escort.choose(None)
    qtbot.waitUntil(lambda: not asked.conflict.isVisible() and window.lane.working == 0)
    assert asked.main.text() == "予定に入れる"
    asked.escort.choose(day.desk.id_of("escort"))
    qtbot.waitUntil(asked.conflict.isVisible)
    asked.press()
    qtbot.waitUntil(lambda: len(visits_of(day, "yuki")) == 2 and window.lane.working == 0)


def test_a_visit_in_the_past_is_refused_and_nothing_is_planned(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.plan.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    asked.search.scan(day.desk.codes["yuki"])
    qtbot.waitUntil(lambda: bool(asked.resident_id))
    asked.place.setEditText("みほん内科")
    asked.starts.setText("0800")
    asked.press()
    qtbot.waitUntil(asked.problem.isVisible)
    assert "その日時は過ぎています" in asked.problem.what.text()
    assert len(visits_of(day, "yuki")) == 1
    asked.dismiss()


def test_a_series_is_written_out_and_ended(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.plan.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    asked.search.scan(day.desk.codes["yuki"])
    qtbot.waitUntil(lambda: bool(asked.resident_id))
    asked.place.setEditText("例示眼科クリニック")
    asked.day.set_date(date(2026, 11, 24))
    asked.starts.setText("10:00")
    asked.again.choose(Again.FORTNIGHTLY)
    assert asked.until.isVisible()
    asked.until.set_date(date(2026, 12, 31))
    asked.press()
    qtbot.waitUntil(lambda: len(day.desk.rows(VisitSeriesRow)) == 1 and window.lane.working == 0)
    planned = [row for row in visits_of(day, "yuki") if row.series_id]
    gaps = {b.starts_at - a.starts_at for a, b in itertools.pairwise(planned)}
    assert (len(planned), gaps) == (3, {timedelta(weeks=2)})
    page.show_day(date(2026, 12, 8))
    idle(qtbot, window)
    page.acts.edit(_only_line(page))
    asked = dialog(qtbot, window, PlanVisitDialog)
    asked.end.click()
    qtbot.waitUntil(lambda: all(r.cancelled_at for r in visits_of(day, "yuki") if r.series_id))
    idle(qtbot, window)


def _only_line(page: VisitsPage):
    (button,) = page.today_pane.buttons
    return button.parentWidget().line


def test_a_plan_is_changed_and_cancelled(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    row = page.today_pane.buttons[1].parentWidget()
    row.edit.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    assert asked.place.currentText() == "例示眼科クリニック"
    asked.escort.choose(day.desk.id_of("second"))
    asked.press()
    qtbot.waitUntil(lambda: words_of(page)[1].startswith("持ち出す"))
    row = page.today_pane.buttons[1].parentWidget()
    row.edit.click()
    dialog(qtbot, window, PlanVisitDialog).cancel.click()
    qtbot.waitUntil(lambda: len(words_of(page)) == 3)


def test_the_last_visit_is_planned_again(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.plan.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    asked.search.scan(day.desk.codes["hanako"])
    qtbot.waitUntil(asked.again_button.isVisible)
    asked.again_button.click()
    assert asked.place.currentText() == "例示眼科クリニック"
    assert asked.day.date_or_none() == date(2026, 11, 28)
    assert asked.starts.text() == "11:00"
    asked.dismiss()


def test_a_list_is_taken_in_and_a_list_with_errors_is_not(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("日付,時刻,医療機関,氏名\n11/25,10:00,みほん内科,いない 人\n", "utf-8")
    right = tmp_path / "right.csv"
    right.write_text("日付,時刻,医療機関,氏名\n11/25,10:00,みほん内科,渡邉 ゆき\n", "utf-8")
    page.take_in.click()
    asked = dialog(qtbot, window, ImportDialog)
    asked.read(wrong)
    qtbot.waitUntil(lambda: asked.notice is not None and window.lane.working == 0)
    assert not asked.main.isEnabled()
    asked.read(right)
    qtbot.waitUntil(lambda: asked.main.isEnabled())
    asked.press()
    qtbot.waitUntil(lambda: len(visits_of(day, "yuki")) == 2 and window.lane.working == 0)
    assert page.banner.text.text() == "受診の予定を 1件取り込みました"


def test_a_pouch_leads_to_its_visit_or_to_the_desk(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, day: VisitDay
) -> None:
    page.scan(day.desk.codes["kiyo"])
    qtbot.waitUntil(lambda: window.window.current_key == "departure")
    idle(qtbot, window)
    assert window.built("departure").form.found.visit.name == "試田 キヨ"
    shown(qtbot, window, "visits")
    day.desk.signed_out("ume", visit_id=day.visits["ume"])
    page.scan(day.desk.codes["ume"])
    qtbot.waitUntil(lambda: window.window.current_key == "desk")
    idle(qtbot, window)


@pytest.mark.parametrize("zoom", [100, 200])
def test_everything_has_a_name_a_role_and_its_size(
    qtbot: QtBot, window: DeskWindow, page: VisitsPage, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    idle(qtbot, window)
    wait_until_clean(qtbot, window.window, zoom)
    page.spans.choose(Span.WEEK.value)
    qtbot.waitUntil(lambda: len(page.week.heads) == 7)
    wait_until_clean(qtbot, window.window, zoom)
    page.plan.click()
    asked = dialog(qtbot, window, PlanVisitDialog)
    wait_until_clean(qtbot, asked, zoom)
    asked.dismiss()
