"""Back from the clinic in one scan, how it went, what the insurer is asked, what works where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import ClinicRow, VisitOutcomeRow
from facility_app.domain.coverage import Answer, Coverage, VisualMode
from facility_app.services.fields import Field
from facility_app.services.insurance_facts import insurance_of
from facility_app.ui.dialogs.clinic import ClinicDialog
from facility_app.ui.dialogs.insurance import InsuranceDialog
from facility_app.ui.dialogs.outcome import OutcomeDialog
from facility_app.ui.dialogs.ratio_question import SettleDialog
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean
from tests.ui.visit_day import VisitDay
from tests.ui.visit_pictures import history
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


def back(qtbot: QtBot, window: DeskWindow, day: VisitDay) -> OutcomeDialog:
    """Hanako's pouch scanned at the desk, put back with one Enter."""
    day.desk.signed_out("hanako", visit_id=day.visits["hanako"])
    page = shown(qtbot, window, "desk")
    qtbot.waitUntil(lambda: page.home is not None)
    page.scan(day.desk.codes["hanako"])
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.back)
    page.back.tick_all()
    page.scan("A-12")
    return dialog(qtbot, window, OutcomeDialog)


def outcome(day: VisitDay) -> VisitOutcomeRow:
    return day.desk.one(VisitOutcomeRow, VisitOutcomeRow.visit_id == day.visits["hanako"])


def test_back_in_one_scan_and_the_outcome_told_from_the_keyboard_alone(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    asked = back(qtbot, window, day)
    assert not asked.main.isEnabled()
    assert QApplication.focusWidget().text() == "マイナ保険証と顔認証"
    key(Qt.Key.Key_Right)
    key(ENTER)
    assert asked.way.value() == "visual"
    tab_to("窓口でかかった時間")
    type_text("12")
    tab_to("窓口で困ったことがあった")
    key(ENTER)
    tab_to("顔認証できなかった")
    key(Qt.Key.Key_Space)
    tab_to("次の予約票")
    key(Qt.Key.Key_Space)
    key(ENTER)
    qtbot.waitUntil(lambda: len(day.desk.rows(VisitOutcomeRow)) == 1 and window.lane.working == 0)
    row = outcome(day)
    assert (row.way, row.minutes, row.troubles, row.papers) == (
        "visual",
        12,
        ["face-failed"],
        ["booking"],
    )
    clinic = day.desk.one(ClinicRow, ClinicRow.id == day.clinics["inner"])
    assert clinic.visual_mode is VisualMode.WORKS
    assert "受診の結果を残しました" in window.built("desk").banner.text.text()


def test_the_next_pouch_goes_before_an_outcome_that_can_wait(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    back(qtbot, window, day)
    window.window.deliver_scan(day.desk.codes["tadashi"])
    page = window.built("desk")
    qtbot.waitUntil(lambda: page.seen is not None and page.seen.resident.name == "仮名 正")
    assert day.desk.rows(VisitOutcomeRow) == []
    today = shown(qtbot, window, "today")
    assert any("結果を書く" in button.text() for button in today.visits.buttons())


def test_another_ratio_becomes_a_question_until_the_insurer_was_asked(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    asked = back(qtbot, window, day)
    asked.way.choose("face")
    asked.ratio.choose("2")
    assert asked.differs.isVisible()
    asked.press()
    qtbot.waitUntil(lambda: len(day.desk.rows(VisitOutcomeRow)) == 1)
    today = shown(qtbot, window, "today")
    (button,) = [each for each in today.todo.buttons() if each.text() == "答えを書く"]
    button.click()
    settle = dialog(qtbot, window, SettleDialog)
    settle.press()
    qtbot.waitUntil(lambda: bool(settle.labels[Field.NOTES].problem))
    settle.answer.setPlainText("2割が正しい。新しい書類を送るとのこと")
    settle.press()
    qtbot.waitUntil(lambda: outcome(day).settled_at is not None and window.lane.working == 0)
    assert not [each for each in today.todo.buttons() if each.text() == "答えを書く"]


def test_minutes_that_are_no_number_are_refused_and_an_outcome_is_corrected(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    asked = back(qtbot, window, day)
    asked.way.choose("none")
    asked.minutes.setText("xx")
    assert asked.minutes_place.problem == "分を数字で入れてください"
    assert not asked.main.isEnabled()
    asked.minutes.setText("３０")
    asked.press()
    qtbot.waitUntil(lambda: len(day.desk.rows(VisitOutcomeRow)) == 1 and window.lane.working == 0)
    assert (outcome(day).way, outcome(day).minutes) == ("", 30)
    page = shown(qtbot, window, "visits")
    idle(qtbot, window)
    page.acts.outcome(page.days[0].visits[0])
    again = dialog(qtbot, window, OutcomeDialog)
    assert again.way.value() == "none"
    again.way.choose("other")
    assert again.other.isVisible()
    again.other.choose("phone")
    again.press()
    qtbot.waitUntil(lambda: outcome(day).way == "phone" and window.lane.working == 0)


def test_what_works_where_is_counted_with_charts(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    history(day)
    window.unlock("manager")
    page = shown(qtbot, window, "visit-results")
    qtbot.waitUntil(lambda: len(page.cards) == 4 and window.lane.working == 0)
    rows = page.rows.rows
    assert rows[0][:2] == ("みほん内科", "4")
    assert "マイナ保険証と顔認証 2" in rows[0][2]
    assert page._figures[2].value.text() == "4"
    assert page.questions.isVisible()
    page.paper.click()
    qtbot.waitUntil(lambda: window.window.current_key == "reports" and window.lane.working == 0)
    assert window.built("reports").form.document.value == "visits"


def test_a_custodian_has_no_page_of_results_but_is_taken_nowhere_wrong(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = shown(qtbot, window, "visits")
    idle(qtbot, window)
    assert not page.to_results.isVisible()
    assert not window.ctx.navigate("visit-results")


def test_clinics_are_entered_changed_and_never_twice(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    page = shown(qtbot, window, "clinics")
    page.add.click()
    asked = dialog(qtbot, window, ClinicDialog)
    asked.name.setText("ﾐﾎﾝ内科")
    asked.press()
    idle(qtbot, window)
    asked.name.setText("みほん 内科")
    asked.press()
    qtbot.waitUntil(asked.problem.isVisible)
    assert len(day.desk.rows(ClinicRow, ClinicRow.name.like("みほん%"))) == 1
    asked.dismiss()
    page.field.setText("眼科")
    page.field.searched.emit("眼科")
    (button,) = page.buttons.values()
    button.click()
    asked = dialog(qtbot, window, ClinicDialog)
    asked.combos["pmh"].choose(Answer.YES)
    asked.note.setPlainText("受付は2階")
    asked.press()
    qtbot.waitUntil(lambda: page.banner.isVisible() and window.lane.working == 0)
    assert day.desk.one(ClinicRow, ClinicRow.id == day.clinics["eye"]).pmh is Answer.YES


def test_what_is_known_of_the_insurance_is_entered_on_the_resident_s_page(
    qtbot: QtBot, window: DeskWindow, day: VisitDay
) -> None:
    resident = day.desk.residents["kiyo"]
    page = shown(qtbot, window, "residents", resident=resident, tab="insurance")
    tab = page.detail.insurance
    qtbot.waitUntil(lambda: tab.view is not None and bool(tab.ways.parts))
    assert "資格確認書" in tab.ways.parts[0].button.text()
    tab.edit.click()
    asked = dialog(qtbot, window, InsuranceDialog)
    assert not asked.office.isVisible()
    asked.combos["coverage"].choose(Coverage.LIVELIHOOD)
    assert asked.office.isVisible()
    asked.told_on.field.setText("令和9年1月1日")
    asked.press()
    qtbot.waitUntil(lambda: bool(asked.labels[Field.WELFARE_TOLD_ON].problem))
    assert day.desk.ask("custodian", insurance_of, resident).facts.coverage is Coverage.KOUKI
    asked.told_on.field.setText("R8.11.18")
    asked.press()
    qtbot.waitUntil(
        lambda: (
            day.desk.ask("custodian", insurance_of, resident).facts.coverage is Coverage.LIVELIHOOD
        )
    )
    idle(qtbot, window)


@pytest.mark.parametrize("zoom", [100, 200])
def test_everything_has_a_name_a_role_and_its_size(
    qtbot: QtBot, window: DeskWindow, day: VisitDay, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    asked = back(qtbot, window, day)
    asked.had_trouble.click()
    wait_until_clean(qtbot, asked, zoom)
    asked.dismiss()
    clinics = shown(qtbot, window, "clinics")
    wait_until_clean(qtbot, window.window, zoom)
    clinics.add.click()
    form = dialog(qtbot, window, ClinicDialog)
    wait_until_clean(qtbot, form, zoom)
    form.dismiss()
    resident = day.desk.residents["hanako"]
    page = shown(qtbot, window, "residents", resident=resident, tab="insurance")
    qtbot.waitUntil(lambda: bool(page.detail.insurance.ways.parts))
    wait_until_clean(qtbot, window.window, zoom)
    page.detail.insurance.edit.click()
    facts = dialog(qtbot, window, InsuranceDialog)
    facts.more.click()
    wait_until_clean(qtbot, facts, zoom)
    facts.dismiss()
    history(day)
    window.unlock("manager")
    results = shown(qtbot, window, "visit-results")
    qtbot.waitUntil(lambda: len(results.cards) == 4)
    wait_until_clean(qtbot, window.window, zoom)
    results.buttons[0].click()
    wait_until_clean(qtbot, dialog(qtbot, window, SettleDialog), zoom)
    assert QApplication.focusWidget() is not None
