"""The page of the record on a real store: list, filter, one entry in full, verification."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facility_app.audit.work import Work
from facility_app.db import triggers
from facility_app.db.models import ItemKindRow, ItemRow
from facility_app.domain.access import Actor, Permission, Role
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.i18n import Words
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.lanes import Lane
from facility_app.ui.log_state import show_log_state
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import PageSpec
from facility_app.ui.pages.log import LogPage
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.text import Text
from tests.conftest import ActorWith, FakeClock
from tests.ui.stage import NoServices
from tests.ui.test_accessible import wait_until_clean

ENTRIES = 70


class Office(NoServices):
    """Real units of work; nobody locks or unlocks here."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.work.begin(actor) as tx:
            return use_case(tx, *args, **kwargs)

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)


@pytest.fixture
def filled(work: Work, clock: FakeClock, manager: Actor, resident_with: Callable[..., int]) -> Work:
    """70 entries over four days about two residents; the last corrects the first."""
    one, two = resident_with(), resident_with("控井 恵", "ひかえい めぐみ", "102")
    with work.begin(manager) as tx:
        tx.require(Permission.MANAGE_RESIDENTS)
        tx.session.add(ItemKindRow(code="card", name="マイナンバーカード"))
        tx.session.add(
            ItemRow(
                id=10,
                resident_id=one,
                kind_code="card",
                state=ItemState.IN_SAFE,
                face_authentication=FaceAuthentication.UNKNOWN,
                condition=Condition.GOOD,
                received_on=date(2026, 11, 1),
            )
        )
        tx.record("item.received", "item:10", resident=one, items=[10])
    for _unit in range((ENTRIES - 2) // 17):
        clock.forward(hours=21)
        with work.begin(manager) as tx:
            tx.require(Permission.SIGN_OUT)
            for number in range(17):
                action = ("item.signed_out", "item.signed_in")[number % 2]
                tx.record(action, "loan:1", resident=two, destination="見本クリニック")
    with work.begin(manager) as tx:
        tx.require(Permission.CORRECT_RECORD)
        tx.record(
            "loan.corrected",
            "loan:1",
            resident=two,
            plain={"corrects": 2},
            before={"destination": "見本クリニック"},
            after={"destination": "例の病院"},
            reason="書きまちがい",
        )
    return work


Shown = Callable[[Actor], LogPage]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, filled: Work, clock: FakeClock) -> Iterator[Shown]:
    """Shows the page in a window to somebody."""
    lanes: list[Lane] = []

    def run(actor: Actor) -> LogPage:
        failures: list[Exception] = []
        lane = Lane(failures.append)
        lanes.append(lane)
        ctx = UiContext(Words("ja"), theme, lane, clock, Office(filled), Session(clock))
        spec = PageSpec("log", "history", "nav-log", Permission.VIEW_LOG, LogPage)
        window = MainWindow(ctx, facility="みほん苑", pages=[spec])
        qtbot.addWidget(window)
        window.resize(1366, 768)
        ctx.session.open(actor, Face(actor.name, "", 1))
        window.show()
        assert ctx.navigate("log")
        page = window.pages["log"]
        assert isinstance(page, LogPage)
        qtbot.waitUntil(lambda: lane.working == 0 and page.model.rowCount() > 0)
        assert not failures
        return page

    yield run
    for lane in lanes:
        assert lane.close()
    qtbot.waitUntil(lambda: not any(lane.working for lane in lanes))


def quiet(qtbot: QtBot, page: LogPage) -> None:
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0 and not page._soon.isActive())


def texts(page: LogPage) -> list[str]:
    return [each.text() for each in page.card.findChildren(Text) if each.isVisibleTo(page)]


def test_the_newest_entries_are_listed_and_older_ones_come_when_scrolled_to(qtbot, show, manager):
    page = show(manager)
    assert page.model.rowCount() == 50
    assert [row.seq for row in page.model.rows[:2]] == [70, 69]
    assert page.count.text() == "記録 70件"
    first = page.model.rows[0]
    assert (first.act, first.thing, first.actor) == ("訂正", "第2号", "見本 恵")
    assert page.model.rows[0].day == "11月23日"
    assert page.model.rows[1].day == ""
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() == 70)
    assert page.model.rows[-1].thing == "マイナンバーカード"
    assert not page.model.canFetchMore(page.table.rootIndex())


def test_filters_narrow_the_list_and_an_empty_one_says_how_to_go_on(qtbot, show, manager):
    page = show(manager)
    page.filter.action.choose("item.received")
    quiet(qtbot, page)
    assert [row.seq for row in page.model.rows] == [1]
    page.filter.reset()
    quiet(qtbot, page)
    page.filter.resident.choose(1)
    quiet(qtbot, page)
    assert [row.seq for row in page.model.rows] == [1]
    assert page.filter.item.isEnabled()
    page.filter.item.choose(10)
    quiet(qtbot, page)
    assert page.count.text() == "記録 1件"
    page.filter.period.choose("days")
    page.filter.first.field.setText("S20.3.5")
    page.filter.last.field.setText("S20.3.6")
    quiet(qtbot, page)
    assert page.none.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)
    qtbot.mouseClick(page.reset_button, Qt.MouseButton.LeftButton)
    quiet(qtbot, page)
    assert page.table.isVisibleTo(page)
    assert page.count.text() == "記録 70件"


def test_an_entry_is_shown_in_full_beside_the_one_it_corrects(qtbot, show, manager):
    page = show(manager)
    page.table.selectRow(0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "訂正した記録" in texts(page))
    said = texts(page)
    assert {"第70号", "書きまちがい", "訂正前", "例の病院", "第2号 持出し"} <= set(said)
    assert any("全70件の記録" in text for text in said)
    page.card.entry_wanted.emit(2)
    qtbot.waitUntil(lambda: "第70号で訂正されています" in texts(page))


def test_a_verification_says_that_nothing_was_changed_and_is_recorded(qtbot, show, manager):
    page = show(manager)
    assert "まだ照合していません" in page.verdict.title.text()
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.verdict.title.text() == "記録は書き換えられていません")
    assert page.verdict.text.text().startswith("第1号から 第70号まで照合")
    quiet(qtbot, page)
    assert page.model.rows[0].act == "記録の照合"
    page.refresh()
    quiet(qtbot, page)
    assert page.verdict.title.text() == "記録は書き換えられていません"


def test_a_verification_names_what_was_changed_behind_the_program(qtbot, show, manager, filled):
    page = show(manager)
    with filled.engine.execution_options(writes=True).begin() as connection:
        for name in triggers.by_name("sqlite"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DELETE FROM audit_entry WHERE seq = 12")
        connection.exec_driver_sql(
            "UPDATE audit_entry SET canonical = canonical || ' ' WHERE seq = 33"
        )
        for statement in triggers.statements("sqlite"):
            connection.exec_driver_sql(statement)
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.verdict.title.text() == "記録が書き換えられています")
    found = [
        (each.title.text(), each.text.text())
        for each in page.card.findChildren(Notice)
        if each.isVisibleTo(page)
    ]
    assert found == [("第12号", "抜けている"), ("第33号", "書き換えられている")]
    page.show_entry(33)
    qtbot.waitUntil(lambda: any("照合できませんでした" in text for text in texts(page)))


def test_a_verification_can_be_stopped(qtbot, show, manager):
    page = show(manager)
    gate = Event()
    page.ctx.lane.run(gate.wait)
    page.verify_button.click()
    assert page.verify_button.text() == "中止する"
    page.verify_button.click()
    gate.set()
    qtbot.waitUntil(lambda: page.verify_button.text() == "照合する")
    assert page.verdict.title.text() == "照合を中止しました"


def test_a_custodian_reads_the_record_and_does_not_verify_it(qtbot, show, custodian):
    page = show(custodian)
    assert not page.verify_button.isVisibleTo(page)


def test_a_right_that_was_taken_away_is_told_and_nothing_is_shown(
    qtbot, show, manager, actor_with: ActorWith, filled, clock
):
    page = show(manager)
    nobody = actor_with(Role.ESCORT, name="付添 人")
    page.ctx.session.actor = nobody
    page.show_entry(3)
    qtbot.waitUntil(lambda: page.problem.isVisibleTo(page))
    assert "第3号" not in texts(page)


def test_the_page_opens_at_an_entry_or_a_resident(qtbot, show, manager):
    page = show(manager)
    page.open(seq=2)
    qtbot.waitUntil(lambda: "第2号" in texts(page))
    page.open(resident=1)
    page.refresh()
    quiet(qtbot, page)
    assert [row.seq for row in page.model.rows] == [1]


def test_the_list_reads_well_enlarged_and_back(qtbot, show, manager, theme):
    page = show(manager)
    before = page.table.rowHeight(0)
    theme.set_zoom(200)
    assert page.table.rowHeight(0) == 2 * before
    theme.set_zoom(100)
    assert page.table.rowHeight(0) == before


def test_a_day_is_shown_only_where_it_changes(show, manager):
    page = show(manager)
    days = [row.day for row in page.model.rows if row.day]
    assert len(days) == len(set(days)) == 2


def test_the_bottom_bar_tells_the_last_act_and_whether_it_is_verified(qtbot, show, manager):
    page = show(manager)
    window = page.window()
    window.show_log_state("", "ok")
    show_log_state(page.ctx)
    quiet(qtbot, page)
    told = {each.text() for each in window.status.findChildren(Text)}
    assert any("第70号" in text for text in told)
    assert "記録は未照合" in told


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_a_name_a_role_and_a_size(qtbot, show, manager, theme, zoom):
    page = show(manager)
    theme.set_zoom(zoom)
    page.filter.period.choose("days")
    page.show_entry(70)
    quiet(qtbot, page)
    wait_until_clean(qtbot, page, zoom)
    assert page.card.area.accessibleName()
