"""The places of checkpoints: chosen, filled at once, and said to be missing at an unlock."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facility_app.domain.access import PROGRAM
from facility_app.keystore import MemoryKeys
from facility_app.services.closing import read_opened
from facility_app.ui.pages.reports import ReportsPage
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.pages.settings_checkpoints import CheckpointsPart
from facility_app.ui.start import Program
from facility_app.ui.viewmodels.settings import Section
from facility_app.ui.widgets.levels import Level
from tests.conftest import FakeClock
from tests.ui.test_accessible import wait_until_clean
from tests.ui.whole import Begin, beginner, launch_of, make_store, open_store, settle, unlock

DECEMBER = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def program(qtbot: QtBot, begin: Begin, tmp_path: Path, clock: FakeClock) -> Program:
    keys = MemoryKeys()
    make_store(tmp_path / "data", keys)
    program = begin(launch_of(tmp_path / "data", keys, clock))
    open_store(qtbot, program)
    return program


def part_of(qtbot: QtBot, program: Program) -> tuple[SettingsPage, CheckpointsPart]:
    assert program.window.navigate("settings", section="checkpoints")
    settle(qtbot, program)
    page = program.window.current_page()
    assert isinstance(page, SettingsPage)
    part = page.part(Section.CHECKPOINTS)
    assert isinstance(part, CheckpointsPart)
    return page, part


def choose(qtbot: QtBot, program: Program, folder: str) -> CheckpointsPart:
    page, part = part_of(qtbot, program)
    part.folders[0].edit.setText(folder)
    part.folders[0].changed.emit()
    page.save_button.click()
    settle(qtbot, program)
    return part


def chosen(program: Program) -> tuple[str, ...]:
    folders: tuple[str, ...] = program.slot.ask(PROGRAM, read_opened).settings.checkpoint_folders
    return folders


def titles(program: Program) -> list[str]:
    return [row.notice.title.text() for row in program.window.reminders.rows]


def relock(qtbot: QtBot, program: Program, number: str = "1") -> None:
    assert program.keeper is not None
    program.keeper.lock("person")
    settle(qtbot, program)
    unlock(qtbot, program, number)


def test_a_chosen_place_gets_the_checkpoints_at_once(qtbot, program, tmp_path):
    unlock(qtbot, program, "1")
    _page, part = part_of(qtbot, program)
    assert part.notices[0].level is Level.NOTICE
    stick = tmp_path / "stick"
    stick.mkdir()
    part = choose(qtbot, program, str(stick))
    assert chosen(program) == (str(stick),)
    assert [notice.level for notice in part.notices] == [Level.OK]
    relock(qtbot, program)
    assert list(stick.rglob("*.txt"))
    assert titles(program) == []


@pytest.mark.parametrize(("folder", "told"), [("stick", "ドライブ名から"), ("", "台帳の")])
def test_a_place_that_is_none_is_refused(qtbot, program, tmp_path, folder, told):
    unlock(qtbot, program, "1")
    part = choose(qtbot, program, folder or str(tmp_path / "data" / "inside"))
    page = program.window.current_page()
    assert told in part.folders[0].labeled.problem + page.problem.accessibleName()
    assert chosen(program) == ()


def test_a_place_that_has_gone_is_said_at_the_unlock(qtbot, program, tmp_path):
    unlock(qtbot, program, "1")
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(qtbot, program, str(stick))
    shutil.rmtree(stick)
    relock(qtbot, program, "2")
    assert str(stick) in titles(program)[0]
    assert not program.window.reminders.rows[0].go.isVisible()  # a custodian chooses no places
    relock(qtbot, program)
    (row,) = program.window.reminders.rows
    wait_until_clean(qtbot, program.window.reminders)
    qtbot.mouseClick(row.go, Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    _page, part = part_of(qtbot, program)
    assert [notice.level for notice in part.notices] == [Level.WARN]
    assert titles(program) == []


def test_a_place_that_contradicts_the_record_stops_everything(qtbot, program, tmp_path):
    unlock(qtbot, program, "1")
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(qtbot, program, str(stick))
    relock(qtbot, program)
    (folder,) = stick.iterdir()
    future = program.slot.office.work.signer.sign(9_000, bytes(32))
    (folder / "2026-11" / f"{9_000:012d}-{bytes(32).hex()}.txt").write_text(future)
    program.keeper.lock("person")
    qtbot.waitUntil(lambda: program.window.blocked is not None)
    assert "9,000" in program.window.blocked.accessibleName()


def test_the_report_of_the_month_is_asked_for_and_not_made_by_itself(qtbot, program, clock):
    unlock(qtbot, program, "1")
    assert titles(program) == []
    program.keeper.lock("person")
    settle(qtbot, program)
    clock.now = DECEMBER
    unlock(qtbot, program, "2")
    assert titles(program) == []  # a custodian makes no monthly report
    relock(qtbot, program)
    assert titles(program) == ["令和8年11月の月次監査報告書が、まだ作られていません"]
    (row,) = program.window.reminders.rows
    qtbot.mouseClick(row.later, Qt.MouseButton.LeftButton)
    assert titles(program) == []
    relock(qtbot, program)
    qtbot.mouseClick(program.window.reminders.rows[0].go, Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    page = program.window.current_page()
    assert isinstance(page, ReportsPage)
    assert page.card.month.text() == "令和8年11月"
    assert page.made is None
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.view.view.sheet.drawn.isNull(), timeout=15_000)
    relock(qtbot, program)
    assert titles(program) == []
