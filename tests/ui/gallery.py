"""Draws every widget and the whole window into PNG files, to be looked at.

``python -m tests.ui.gallery OUT`` (``QT_QPA_PLATFORM=offscreen``): light, dark, high contrast,
and 200 %.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.dates import format_wareki, parse_date
from facility_app.i18n import ErrorText, Words
from facility_app.ui.context import Face as StaffFace
from facility_app.ui.context import UiContext
from facility_app.ui.fonts import load_fonts
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets.banner import Banner
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.error_panel import ErrorPanel
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField, TimeField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.resident import Face, ResidentHeader
from facility_app.ui.widgets.rows import LateRow, LoanRow, ToDoRow
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.staff_tile import StaffMark, StaffTile
from facility_app.ui.widgets.steps import StepHeader, StepState
from facility_app.ui.widgets.table import BOLD, FIGURES, ICON, TONE, Table
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow
from facility_app.ui.widgets.timeline import Border, Phase, Stage, Timeline
from facility_app.ui.widgets.warnings import WarningItem, WarningList
from tests.ui.stage import context, manager, shoot

_ROOT = QModelIndex()


class LogModel(QAbstractTableModel):
    """A few log lines."""

    ROWS = (
        ("1,214", "16:58", "返却", "仮名 正", "input", "ok"),
        ("1,213", "16:31", "カード点検", "渡邉 ゆき", "contactless-fill", "text2"),
        ("1,210", "15:10", "訂正", "髙﨑 一郎", "edit-fill", "warn"),
    )
    HEAD = ("番号", "日時", "したこと", "利用者")

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return len(self.ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 4

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        row, column = self.ROWS[index.row()], index.column()
        values: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: row[column],
            FIGURES: column < 2,
            BOLD: column == 2,
            ICON: row[4] if column == 2 else None,
            TONE: row[5] if column == 2 else ("text2" if column == 0 else "text"),
        }
        return values.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return self.HEAD[section] if role == Qt.ItemDataRole.DisplayRole else None


def left(theme: Theme, words: Words) -> QWidget:
    """Panels and warnings."""
    card = Card(theme)
    header = ResidentHeader(theme)
    header.show_resident(
        Face(
            "髙﨑 花子",
            "たかさき はなこ",
            "さん",
            ("203号室", "昭和20年3月5日生まれ・保管場所 A-12"),
        )
    )
    card.body.addWidget(header)
    warnings = WarningList(theme, lambda count: words("widgets-more", count=str(count)))
    warnings.show_items(
        [
            WarningItem(Level.NOTICE, "受付の順番", "1 顔認証\n2 目視確認をお願いする"),
            WarningItem(
                Level.WARN,
                "証明書は猶予中です",
                "10月15日に切れました。受診には令和9年1月31日まで使えます。",
            ),
            WarningItem(
                Level.BLOCK, "同意書がありません", "預かり同意書を作成すると持ち出せます。"
            ),
            WarningItem(Level.LATE, "42分遅れています"),
        ]
    )
    box = QWidget()
    column = Column(theme, box, spacing=8)
    column.addWidget(card)
    column.addWidget(warnings)
    column.addWidget(
        Notice(theme, Level.OK, "きょうは期限内です", "カードを外してかまいません。", size=32)
    )
    error = ErrorPanel(theme, words("widgets-close"))
    error.show_text(
        ErrorText("袋の場所が違います。", "返却は記録されていません。", "A-12 に戻してください。")
    )
    column.addWidget(error)
    banner = Banner(theme, words("widgets-undo"))
    banner.show_done("居室を 203号室に変えました", on_undo=lambda: None)
    column.addWidget(banner)
    column.addWidget(
        EmptyState(
            theme,
            icon="group",
            title="まだ利用者がいません",
            text="最初の1人を登録します。",
            action=ActionButton(theme, "登録する", icon="person_add"),
        )
    )
    column.addStretch(1)
    return box


def middle(theme: Theme, words: Words) -> QWidget:
    """Rows, ticks, lists."""
    card = Card(theme, title="持出中", icon="output", padding=0, spacing=0)
    card.set_count("3", "件")
    go = ActionButton(theme, "所在を確認する", kind=Kind.FILLED, icon="call-fill", height=64)
    card.body.addWidget(
        LateRow(
            theme,
            late="42分遅れ",
            due="13:00 の予定",
            name="髙﨑 一郎",
            honorific="さん",
            room="105号室",
            lines=[("location_on-fill", "例示眼科・4点")],
            action=go,
        )
    )
    card.body.addWidget(
        LoanRow(
            theme,
            head="15:00",
            side="まで",
            name="渡邉 ゆき",
            honorific="さん",
            room="208号室",
            lines=[("location_on-fill", "みほん歯科・3点")],
            action=ActionButton(theme, "返却する"),
        )
    )
    card.body.addWidget(
        LoanRow(
            theme,
            head="14:20",
            chip=Chip(theme, "準備済", Level.OK),
            name="Bartholomew Example-Longname",
            honorific="さん",
            room="112号室",
            lines=[("location_on-fill", "みほん内科")],
            action=ActionButton(theme, "持ち出す"),
        )
    )
    card.body.addWidget(
        ToDoRow(
            theme,
            Level.DANGER,
            "緊急持出しの理由を書く",
            "仮名さん あと8時間",
            ActionButton(theme, "記入する"),
        )
    )
    card.body.addWidget(
        TickRow(theme, "マイナンバーカード", chip=("猶予中", Level.WARN), checked=True)
    )
    card.body.addWidget(TickRow(theme, "介護保険証", note="この受診では使いません"))
    for number, state in (("1", StepState.DONE), ("2", StepState.PRESENT), ("3", StepState.OPEN)):
        card.body.addWidget(
            StepHeader(theme, number, "警察に届け、受理番号", state=state, side="きょう")
        )
    results = SearchResults(theme, "見つかった利用者")
    results.show_hits(
        [
            Hit(1, "見本 花子", "みほん はなこ", "203号室"),
            Hit(2, "試田 キヨ", "しだ きよ", "110号室"),
        ]
    )
    card.body.addWidget(results)
    card.body.addStretch(1)
    return card


def right(theme: Theme, words: Words) -> QWidget:
    """Buttons and fields."""
    card = Card(theme, title="用件")
    reasons = ReasonButtons(theme, "用件")
    reasons.set_choices(
        [
            ("a", "受診"),
            ("b", "訪問診療"),
            ("c", "更新手続"),
            ("d", "入院"),
            ("e", "外出"),
            ("f", "その他"),
        ]
    )
    reasons.choose("a")
    card.body.addWidget(reasons)
    place = ComboField(theme, icon="location_on-fill")
    place.set_choices([(1, "みほん内科 13:30"), (2, "みほん歯科")])
    card.body.addWidget(LabeledField(theme, "行先", place, beside=True, label_width=40))
    card.body.addWidget(LabeledField(theme, "戻り", TimeField(theme), beside=True, label_width=40))
    born = DateField(
        theme, parse=parse_date, show=format_wareki, problem=lambda e: words.error(e).what
    )
    born.field.setText("S20.3.5")
    card.body.addWidget(LabeledField(theme, "生年月日", born))
    named = LabeledField(theme, "氏名", TextField(theme))
    named.show_problem("氏名を入力してください。")
    card.body.addWidget(named)
    secret = SecretEdit(theme, name="パスワード", show=words("widgets-show-password"), hide="")
    secret.field.setText("secretive")
    card.body.addWidget(secret)
    card.body.addWidget(
        ActionButton(
            theme, "4点を持ち出す", kind=Kind.FILLED, icon="output", key="Enter", height=72
        )
    )
    off = ActionButton(theme, "4点を持ち出す", kind=Kind.FILLED, height=64)
    off.block("同意書がありません")
    card.body.addWidget(off)
    row = Row(theme)
    row.addWidget(ActionButton(theme, "やめる", kind=Kind.GREY, icon="close", key="Esc"))
    row.addWidget(ActionButton(theme, "見つかった", kind=Kind.GREEN, icon="check_circle-fill"))
    card.body.addLayout(row)
    card.body.addWidget(
        ActionButton(
            theme, "緊急持出し", kind=Kind.RED, icon="e911_emergency-fill", key="F12", height=64
        )
    )
    card.body.addWidget(ActionButton(theme, "行わない理由を書く", kind=Kind.TEXT))
    tile = StaffTile(theme, "例田 みつ子", "カード管理担当者", 0)
    tile.setChecked(True)
    card.body.addWidget(tile)
    mark = StaffMark(theme, circle=64)
    mark.set("架空 誠", "管理責任者", 1)
    card.body.addWidget(mark)
    card.body.addStretch(1)
    return card


class GalleryPage(Page):
    """All widgets on one page."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = ctx.theme, ctx.words
        self.scan_field = ScanField(theme, "袋タグを読み取るか、氏名・部屋番号を入力")
        self.head.addWidget(self.scan_field, 1)
        self.head.addWidget(
            ActionButton(theme, "やめる", kind=Kind.GREY, icon="close", key="Esc", height=56)
        )
        columns = Columns(theme, (1, 1, 1))
        for part in (left, middle, right):
            columns.add(part(theme, words))
        self.content.addWidget(columns)
        line = Timeline(theme)
        line.show_stages(
            [
                Stage(Phase.VALID, "有効"),
                Stage(Phase.RENEWABLE, "更新可"),
                Stage(Phase.SOON, "あと18日"),
                Stage(Phase.GRACE, "猶予中"),
                Stage(Phase.UNUSABLE, "利用不可"),
            ],
            present=2,
            at=0.4,
            borders=[
                Border(1, "9月9日から"),
                Border(2, "11月8日から"),
                Border(3, "12月8日まで", True),
                Border(4, "令和9年3月31日まで"),
            ],
            spoken="期限間近、あと18日",
        )
        card = Card(theme)
        card.body.addWidget(line)
        self.content.addWidget(card)
        table = Table(theme, "記録")
        table.setModel(LogModel())
        table.set_widths([96, 96, 200])
        self.content.addWidget(table)
        self.content.addWidget(
            Text(theme, "押すと記録され、15:30まで「持出中」になります。", size=16, tone="text2")
        )
        self.main = ActionButton(
            theme, "4点を持ち出す", kind=Kind.FILLED, icon="output", key="Enter", height=64
        )
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.main)

    def focus_first(self) -> None:
        self.scan_field.setFocus()


def build(theme: Theme, words: Words) -> MainWindow:
    """A window with the gallery page, unlocked."""
    ctx = context(theme, words)
    icons = (
        "today",
        "swap_horiz",
        "group",
        "stethoscope",
        "contactless",
        "search_off",
        "shelves",
        "history_edu",
    )
    titles = (
        "shell-help",
        "shell-search",
        "shell-menu",
        "shell-lock",
        "shell-reader",
        "shell-strip-open",
        "shell-last-act",
        "shell-locked-now",
    )
    specs = [
        PageSpec(str(n), icon, title, Permission.VIEW_DESK, GalleryPage)
        for n, (icon, title) in enumerate(zip(icons, titles, strict=True))
    ]
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    window.show_last_act("第1,204号 13:10 持出し 渡邉 ゆきさん")
    window.show_log_state("記録は照合済")
    window.show_backup("バックアップ 12:00")
    window.show_strip(
        "予定の時刻を過ぎた持出しが 1件あります。髙﨑 一郎さん（105号室）、42分遅れ", "1"
    )
    ctx.session.open(manager(), StaffFace("例田 みつ子", "カード管理担当者", 0))
    return window


def main(out: Path) -> None:
    """All pictures."""
    out.mkdir(parents=True, exist_ok=True)
    from tests.ui.gallery_locked import draw_locked

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    family = load_fonts()
    for mode, zoom in (
        (Mode.LIGHT, 100),
        (Mode.DARK, 100),
        (Mode.HIGH_CONTRAST, 100),
        (Mode.LIGHT, 200),
    ):
        theme = Theme(mode, zoom, family=family)
        theme.apply()
        window = build(theme, Words("ja"))
        window.resize(1366, 768)
        window.show()
        name = f"gallery-{mode.value}-{zoom}"
        shoot(window, out / f"{name}.png")
        page = window.current_page()
        assert page is not None
        area: QScrollArea = page.area
        step = area.viewport().height()
        for number in range(1, 4):
            area.verticalScrollBar().setValue(step * number)
            shoot(window, out / f"{name}-{number}.png")
        window.close()
        draw_locked(theme, Words("ja"), out, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
