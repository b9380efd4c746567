"""The page that holds a paper against a real record: scan, words, lines, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facility_app.audit.checkpoint import Signer
from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.work import Work
from facility_app.db import triggers
from facility_app.domain.access import Actor, Permission
from facility_app.domain.tags import new_tag
from facility_app.i18n import Words
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.lanes import Lane
from facility_app.ui.main_window import MainWindow
from facility_app.ui.pages.checkpoint import CheckpointPage
from facility_app.ui.registry import PAGES
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.levels import Level
from tests.conftest import CHECKPOINT_SEED, FakeClock
from tests.ui.test_accessible import wait_until_clean
from tests.ui.test_log_page import Office

CONSISTENT = "記録は、この紙のときから書き換えられていません"


@pytest.fixture
def paper(work: Work, clock: FakeClock, manager: Actor) -> Made:
    """A checkpoint over three entries; three more follow it."""
    made: list[Made] = []
    for number in range(6):
        clock.forward(minutes=5)
        with work.begin(manager) as tx:
            tx.require(Permission.MANAGE_SETTINGS)
            if number == 3:
                made.append(make_checkpoint(tx, "report"))
            tx.record("settings.changed", "settings", plain={"changed": {"n": [number, 0]}})
    return made[0]


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, work: Work, clock: FakeClock, manager: Actor, paper: Made
) -> Iterator[CheckpointPage]:
    lane = Lane(lambda exc: pytest.fail(repr(exc)))
    ctx = UiContext(Words("ja"), theme, lane, clock, Office(work), Session(clock))
    specs = [spec for spec in PAGES if spec.key in ("checkpoint", "charts")]
    window = MainWindow(ctx, facility="みほん苑", pages=specs)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    ctx.session.open(manager, Face(manager.name, "", 1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert ctx.navigate("checkpoint")
    shown = window.pages["checkpoint"]
    assert isinstance(shown, CheckpointPage)
    yield shown
    assert lane.close()


def verdict(page: CheckpointPage) -> str:
    return page.verdict.title.text()


def enter(qtbot: QtBot, page: CheckpointPage, text: str) -> None:
    """Paste it and press the button."""
    page.field.setPlainText(text)
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0)


def scan(where: QWidget, text: str) -> None:
    """As a scanner types it: to whoever has the focus, Enter at each line's end."""
    for char in text.replace("\u2014 ", ""):
        target = QApplication.focusWidget() or where
        if char == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(target, char)


def test_a_scan_anywhere_on_the_page_is_checked_by_itself(qtbot, page, paper):
    page.log_button.setFocus()
    scan(page.log_button, paper.text)
    qtbot.waitUntil(lambda: verdict(page) == CONSISTENT)
    assert page.verdict.level is Level.OK
    assert "第1号から第3号まで" in page.verdict.text.text()
    assert "令和8年11月20日 10:20" in page.verdict.text.text()
    assert page.ctx.shell.current_key == "checkpoint"
    scan(page.field, paper.text)  # the next paper takes the place of the first
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0)
    qtbot.waitUntil(lambda: page.field.toPlainText().count("\n") == paper.text.count("\n"))
    assert verdict(page) == CONSISTENT


def test_the_six_words_and_enter_are_enough(qtbot, page, paper):
    page.field.setPlainText(" ".join(paper.words))
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: verdict(page) == CONSISTENT)


def test_enter_in_an_unfinished_text_begins_a_line(qtbot, page, paper):
    qtbot.keyClicks(page.field, "facility-app/x", delay=40)
    qtbot.keyClick(page.field, Qt.Key.Key_Return, delay=40)
    assert page.field.toPlainText() == "facility-app/x\n"
    assert verdict(page) == "紙の照合値を読み取ってください"


def test_lines_that_were_pasted_are_checked(qtbot, page, paper):
    enter(qtbot, page, paper.text)
    assert verdict(page) == CONSISTENT


def test_a_record_that_was_changed_since_is_told_as_such(qtbot, page, paper, work):
    with work.engine.execution_options(writes=True).begin() as connection:
        for name in triggers.by_name("sqlite"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            "UPDATE audit_entry SET canonical = replace(canonical, 'settings.changed',"
            " 'settings.chanGed') WHERE seq = 2"
        )
    enter(qtbot, page, paper.text)
    assert verdict(page) == "記録が、この紙の後で書き換えられています"
    assert page.verdict.level is Level.BLOCK
    assert "管理責任者に知らせてください" in page.verdict.text.text()


def of_another_store(_paper: Made) -> str:
    return Signer("another-store", CHECKPOINT_SEED).sign(3, bytes(32))


def not_signed_here(_paper: Made) -> str:
    return Signer("test-store", b"some other seed of 32 bytes long").sign(3, bytes(32))


def of_the_future(_paper: Made) -> str:
    return Signer("test-store", CHECKPOINT_SEED).sign(900, bytes(32))


def with_a_line_missing(paper: Made) -> str:
    lines = paper.text.splitlines()
    return "\n".join(lines[:2] + lines[3:])


@pytest.mark.parametrize(
    ("spoiled", "title"),
    [
        (of_another_store, "別の施設の照合値です"),
        (not_signed_here, "本物と確かめられません"),
        (of_the_future, "記録の終わりが失われています"),
        (with_a_line_missing, "照合値を読み取れません"),
        (lambda _paper: "あさひ ひかり", "聞き取れない言葉があります"),
        (lambda _paper: new_tag(bytes(range(16)))[0], "照合値ではありません"),
        (lambda _paper: "4901234567894", "照合値ではありません"),
    ],
)
def test_everything_else_has_a_verdict_of_its_own(
    qtbot: QtBot, page: Any, paper: Made, spoiled: Callable[[Made], str], title: str
) -> None:
    enter(qtbot, page, spoiled(paper))
    assert verdict(page) == title
    assert page.verdict.level is not Level.OK
    assert page.verdict.text.text()


def test_the_next_person_finds_neither_paper_nor_verdict(qtbot, page, paper, manager):
    enter(qtbot, page, paper.text)
    page.ctx.session.close()
    page.ctx.session.open(manager, Face(manager.name, "", 1))
    assert page.field.toPlainText() == ""
    assert verdict(page) == "紙の照合値を読み取ってください"
    assert not page.check_button.isEnabled()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_a_name_and_its_size(qtbot, page, paper, zoom):
    page.theme.set_zoom(zoom)
    wait_until_clean(qtbot, page, zoom)
    enter(qtbot, page, paper.text)
    wait_until_clean(qtbot, page, zoom)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() == 0)
