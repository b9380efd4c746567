"""The charts on the page: drawn, readable in grey and aloud, and the same numbers as a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from pytestqt.qtbot import QtBot

from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.chart import Tone
from facility_app.domain.periods import Period
from facility_app.ui.context import Face, UiContext
from facility_app.ui.main_window import MainWindow
from facility_app.ui.pages.charts import ChartsPage
from facility_app.ui.registry import PAGES
from facility_app.ui.tokens import Mode, contrast, load_tokens
from facility_app.ui.widgets.chart_marks import MEANT, PLAIN
from tests.ui.report_doubles import some_charts
from tests.ui.stage import manager
from tests.ui.test_accessible import wait_until_clean


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> ChartsPage:
    specs = [spec for spec in PAGES if spec.key == "charts"]
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    shown = ChartsPage(ctx)
    shown.query = some_charts
    window.pages["charts"] = shown
    window.page_stack.addWidget(shown)
    ctx.session.open(manager(), Face("例田 みつ子", "管理責任者", 1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert ctx.navigate("charts")
    qtbot.waitUntil(lambda: len(shown.cards) == 4)
    return shown


def test_every_chart_is_a_sentence_to_a_screen_reader(page):
    for card in page.cards:
        told = QAccessible.queryAccessibleInterface(card.view)
        assert told.role() is QAccessible.Role.StaticText
        assert "いちばん多いのは" in told.text(QAccessible.Text.Name)


def test_the_same_numbers_are_reached_as_a_table_with_the_keyboard_alone(qtbot, page):
    card = page.cards[0]
    card.switch.setFocus()
    qtbot.keyClick(card.switch, Qt.Key.Key_Return)
    assert card.table.isVisible()
    assert not card.view.isVisible()
    qtbot.keyClick(card.switch, Qt.Key.Key_Tab)
    assert card.table.hasFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card.table.currentIndex().isValid()
    chart = card.view.chart
    assert chart is not None
    model = card.table.model()
    shown = [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    assert shown == chart.rows()
    qtbot.keyClick(card.switch, Qt.Key.Key_Space)
    assert card.view.isVisible()


def test_another_span_is_counted_anew(qtbot, page):
    asked: list[Period] = []

    def query(period: Period):
        asked.append(period)
        return some_charts(period)

    page.query = query
    page.spans.choose("last-month")
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0)
    assert [(each.first.month, each.last.day) for each in asked] == [(10, 31)]
    assert page.cards[0].view.chart.categories[-1].startswith("10月31日")


def test_who_may_not_see_the_record_is_told_so(qtbot, page):
    def refuse(period: Period):
        raise NotPermitted(Permission.VIEW_LOG)

    page.query = refuse
    page.load()
    qtbot.waitUntil(page.problem.isVisible)


def test_the_next_person_sees_only_what_is_counted_for_them(qtbot, page):
    page.ctx.session.close()
    assert page.cards == []


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_a_name_and_its_size(qtbot, page, zoom):
    page.theme.set_zoom(zoom)
    wait_until_clean(qtbot, page, zoom)
    for card in page.cards:
        card.switch.click()
    wait_until_clean(qtbot, page, zoom)


# --- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", list(Mode))
def test_every_colour_of_a_series_is_seen_against_the_card(mode):
    tokens = load_tokens()[mode]
    for look in (*PLAIN, *MEANT.values()):
        assert contrast(tokens[look.tone], tokens["surface"]) >= 4.5, look.tone


def test_series_are_told_apart_without_their_colour():
    for looks in (PLAIN, tuple(MEANT.values())):
        assert len({look.pattern for look in looks}) == len(looks)
        assert len({(look.dash, look.corners) for look in looks}) == len(looks)
    assert MEANT.keys() == set(Tone) - {Tone.PLAIN}


def test_a_taller_column_has_more_ink(qtbot, page):
    card = page.cards[0]
    chart = card.view.chart
    assert chart is not None
    image = card.view.grab().toImage()
    ink = QColor(page.theme.color("primary")).rgb()
    columns = [
        sum(image.pixel(x, y) == ink for y in range(image.height())) for x in range(image.width())
    ]
    assert max(columns) > image.height() / 4
    assert columns.count(0) > len(columns) / 4
