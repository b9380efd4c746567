"""What the widgets do when they are used."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from facility_app.domain.dates import format_wareki, parse_date
from facility_app.i18n import Words
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.banner import Banner
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField, TimeField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.resident import pair
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow
from facility_app.ui.widgets.timeline import spread
from facility_app.ui.widgets.warnings import WarningItem, WarningList
from tests.ui.gallery import LogModel


def shown(qtbot: QtBot, widget: QWidget) -> None:
    """Put it on the screen."""
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def test_enter_presses_a_button_and_a_blocked_one_says_why(qtbot: QtBot, theme: Theme) -> None:
    button = ActionButton(theme, "持ち出す", key="F4")
    shown(qtbot, button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert len(pressed) == 1
    QTest.keyClick(button, Qt.Key.Key_F4)
    assert len(pressed) == 2
    button.block("同意書がありません")
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_F4)
    assert len(pressed) == 2
    assert button.accessibleDescription() == "同意書がありません"
    button.block("")
    assert button.isEnabled()


def test_warnings_are_ranked_and_the_rest_waits_behind_a_button(qtbot: QtBot, theme: Theme) -> None:
    warnings = WarningList(theme, lambda count: f"ほか {count}件")
    levels = (Level.OK, Level.NOTICE, Level.WARN, Level.LATE, Level.BLOCK, Level.DANGER)
    warnings.show_items([WarningItem(level, level.value) for level in levels])
    shown(qtbot, warnings)
    assert [n.level for n in warnings._notices] == [Level.BLOCK, Level.DANGER, Level.LATE]
    assert warnings._more.text() == "ほか 3件"
    QTest.mouseClick(warnings._more, Qt.MouseButton.LeftButton)
    assert len(warnings._notices) == 6
    assert not warnings._more.isVisible()
    gravest = warnings.gravest
    assert gravest is not None
    assert gravest.level is Level.BLOCK


def test_the_whole_tick_row_is_the_target(qtbot: QtBot, theme: Theme) -> None:
    row = TickRow(theme, "お薬手帳", note="この受診では使いません")
    row.resize(360, 64)
    shown(qtbot, row)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(350, 60))
    assert row.isChecked()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert not row.isChecked()
    row.setEnabled(False)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not row.isChecked()


def test_one_reason_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    reasons = ReasonButtons(theme, "用件")
    reasons.set_choices([("a", "受診"), ("b", "入院")])
    shown(qtbot, reasons)
    heard: list[str] = []
    reasons.chosen.connect(heard.append)
    button = reasons.button("b")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    reasons.choose("a")
    reasons.choose("unknown")
    assert (heard, reasons.value()) == (["b", "a"], "a")


def test_a_date_is_read_as_people_write_it_and_a_wrong_one_explained(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    field = DateField(
        theme, parse=parse_date, show=format_wareki, problem=lambda exc: words.error(exc).what
    )
    shown(qtbot, field)
    for typed in ("S20.3.5", "昭和20年3月5日", "1945/3/5", "19450305"):
        field.field.setText(typed)
        assert field.date_or_none() == date(1945, 3, 5)
        assert field.understood.text() == format_wareki(date(1945, 3, 5))
    field.field.setText("S20.13.5")
    field.field.editingFinished.emit()
    assert field.date_or_none() is None
    assert field.is_wrong()
    assert field.understood.tone == "danger_fill"
    field.set_date(None)
    assert not field.is_wrong()


def test_a_time_is_tidied_when_the_field_is_left(qtbot: QtBot, theme: Theme) -> None:
    field = TimeField(theme)
    shown(qtbot, field)
    QTest.keyClicks(field, "930")
    field.editingFinished.emit()
    assert (field.text(), field.time_or_none()) == ("09:30", time(9, 30))


def test_a_password_goes_when_its_field_goes_out_of_sight(qtbot: QtBot, theme: Theme) -> None:
    edit = SecretEdit(theme, name="パスワード", show="見せる", hide="隠す")
    shown(qtbot, edit)
    QTest.keyClicks(edit.field, "half typed")
    edit.look.click()
    assert edit.field.echoMode() is QLineEdit.EchoMode.Normal
    edit.field.selectAll()
    QApplication.clipboard().setText("before")
    QTest.keySequence(edit.field, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text() == "before"
    edit.hide()
    assert edit.is_empty()
    assert edit.field.echoMode() is QLineEdit.EchoMode.Password
    edit.show()
    QTest.keyClicks(edit.field, "whole")
    assert edit.take() == "whole"
    assert edit.is_empty()


def test_a_label_is_the_fields_buddy_and_name(qtbot: QtBot, theme: Theme) -> None:
    labeled = LabeledField(theme, "氏名", TextField(theme))
    shown(qtbot, labeled)
    assert labeled.label.buddy() is labeled.field
    assert labeled.field.accessibleName() == "氏名"
    labeled.show_problem("氏名を入力してください。")
    assert labeled.field.accessibleDescription() == labeled.problem
    labeled.show_problem("")
    assert labeled.problem == ""


def test_a_choice_keeps_its_key_when_the_list_is_loaded_anew(qtbot: QtBot, theme: Theme) -> None:
    combo = ComboField(theme, name="行先")
    shown(qtbot, combo)
    combo.set_choices([(1, "みほん内科"), (2, "みほん歯科")])
    combo.choose(2)
    combo.set_choices([(3, "例示眼科"), (2, "みほん歯科")])
    assert combo.value() == 2


def test_undo_works_once_and_only_while_the_banner_stands(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, "取り消す")
    qtbot.addWidget(banner)
    undone: list[int] = []
    banner.show_done("変えました", on_undo=lambda: undone.append(1))
    banner.undo.click()
    banner.undo.click()
    assert undone == [1]
    assert banner.isHidden()
    banner.show_done("変えました", on_undo=lambda: undone.append(2))
    for _ in range(10):
        banner._tick()
    banner.undo.click()
    assert undone == [1]
    banner.show_done("記録しました")
    assert banner.undo.isHidden()


def test_keys_in_the_field_walk_through_the_results(qtbot: QtBot, theme: Theme) -> None:
    field, results = TextField(theme, name="さがす"), SearchResults(theme, "見つかった利用者")
    qtbot.addWidget(field)
    shown(qtbot, results)
    results.follow(field)
    results.show_hits([Hit(7, "見本 花子", "", "203号室"), Hit(8, "見本 太郎")])
    picked: list[int] = []
    results.picked.connect(picked.append)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert results.pick_current()
    QTest.keyClick(results, Qt.Key.Key_Up)
    QTest.keyClick(results, Qt.Key.Key_Return)
    assert picked == [8, 7]
    results.show_hits([])
    assert not results.pick_current()


def test_what_must_stay_whole_makes_its_row_higher(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme, "記録")
    table.setModel(LogModel())
    table.set_widths([96, 96, 96, 96])
    table.resize(800, 400)
    shown(qtbot, table)
    heights = {table.rowHeight(row) for row in range(table.model().rowCount())}
    assert heights == {48}
    table.keep_whole(2)
    by_words = {table.model().index(row, 2).data(): table.rowHeight(row) for row in range(3)}
    assert by_words["返却"] == 48
    assert by_words["カード点検"] >= 2 * theme.line_height(18)
    table.set_widths([96, 96, 300, 96])
    assert {table.rowHeight(row) for row in range(3)} == {48}


def test_a_row_opens_by_click_and_by_enter(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme, "記録")
    table.setModel(LogModel())
    table.set_widths([96, 96, 200])
    table.resize(800, 400)
    shown(qtbot, table)
    opened: list[int] = []
    table.opened.connect(opened.append)
    spot = table.visualRect(table.model().index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1, 2]
    assert table.rowHeight(0) == 48
    assert sum(table.columnWidth(c) for c in range(4)) == table.viewport().width()


@pytest.mark.parametrize(
    ("name", "kana", "parts"),
    [
        ("見本 花子", "みほん はなこ", [("見本", "みほん"), ("花子", "はなこ")]),
        ("例示 ウメ", "れいじ うめ", [("例示", "れいじ"), ("ウメ", "")]),
        ("Example Anna", "えぐざんぷる あんな", [("Example", ""), ("Anna", "")]),
        ("見本花子", "みほん はなこ", [("見本花子", "みほん はなこ")]),
        ("見本 花子", "", [("見本 花子", "")]),
    ],
)
def test_furigana_stands_over_the_part_it_belongs_to(
    name: str, kana: str, parts: list[tuple[str, str]]
) -> None:
    assert pair(name, kana) == parts


def test_a_dialog_switches_off_what_is_under_it_and_gives_the_focus_back(
    qtbot: QtBot, theme: Theme
) -> None:
    host = QWidget()
    host.resize(1000, 700)
    under = ActionButton(theme, "下")
    under.setParent(host)
    shown(qtbot, host)
    under.setFocus()
    dialog = Dialog(theme, host, title="削除しますか", close="やめる")
    dialog.body.addWidget(Text(theme, "元に戻せません。"))
    closed: list[int] = []
    dialog.closed.connect(lambda: closed.append(1))
    dialog.open()
    assert not under.isEnabled()
    assert QApplication.focusWidget() is dialog.close_button
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert closed == [1]
    assert under.isEnabled()
    assert under.hasFocus()


@given(
    st.lists(st.tuples(st.floats(0, 680), st.floats(20, 160)), min_size=1, max_size=4),
)
def test_words_under_a_timeline_never_overlap(borders: list[tuple[float, float]]) -> None:
    borders.sort()
    places, widths = [place for place, _ in borders], [wide for _, wide in borders]
    lefts = spread(places, widths, 680, 8)
    rights = [left + wide for left, wide in zip(lefts, widths, strict=True)]
    assert all(rights[i] + 8 <= lefts[i + 1] + 1e-6 for i in range(len(lefts) - 1))
    assert rights[-1] <= 680 + 1e-6
    if sum(widths) + 8 * (len(widths) - 1) <= 680:
        assert lefts[0] >= -1e-6
