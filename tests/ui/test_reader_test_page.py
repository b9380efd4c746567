"""リーダーのためし on simulated readers: ticks come and go live, on its page and in the set-up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.chip import CardKind
from facility_app.cards.simulator import Faults, SimulatedReaders
from facility_app.cards.simulator.profiles import good, other
from facility_app.config import DataFolder
from facility_app.db.models import CardCheckRow
from facility_app.keystore import MemoryKeys
from facility_app.launch import launch_for
from facility_app.ui.pages.reader_test import ReaderTestPage, ReaderTestPanel
from facility_app.ui.pages.wizard.page import WizardPage
from facility_app.ui.pages.wizard.reader import ReaderStep as WizardStep
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.reader_test import ROUNDS, ReaderStep
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.button import Kind
from facility_app.ui.widgets.steps import StepState
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.services.accounts import CHEAP
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean
from tests.ui.whole import (
    PASSPHRASE_COST,
    TODAY,
    Begin,
    beginner,
    make_store,
    open_store,
    settle,
    unlock,
)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def window(
    qtbot: QtBot, desk: DeskWorld, readers: SimulatedReaders, theme: Theme
) -> Iterator[DeskWindow]:
    pages = ("today", "cards", "reader-test")
    opened = DeskWindow(desk, theme, pages=pages, readers=readers)
    qtbot.addWidget(opened.window)
    opened.window.resize(1366, 768)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow) -> ReaderTestPage:
    shown: ReaderTestPage = window.page("reader-test")
    qtbot.waitUntil(lambda: ticked(shown.panel) == ["plugged", "seen"])
    return shown


def ticked(panel: ReaderTestPanel) -> list[str]:
    return [step.value for step, head in panel.steps.items() if head.state is StepState.DONE]


def lay_on_and_off(qtbot: QtBot, panel: ReaderTestPanel, readers: SimulatedReaders) -> None:
    before = panel.test.rounds
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: panel.test._lying)
    readers.remove()
    qtbot.waitUntil(lambda: panel.test.rounds == before + 1)


def test_ten_cards_in_a_row_make_a_reader_trusted_and_nothing_is_stored(
    qtbot: QtBot, window: DeskWindow, page: ReaderTestPage, readers: SimulatedReaders
) -> None:
    panel = page.panel
    assert panel.steps[ReaderStep.SEEN].side == "Simulated Reader 00 00"
    assert panel.steps[ReaderStep.ON].state is StepState.PRESENT
    for _ in range(ROUNDS):
        lay_on_and_off(qtbot, panel, readers)
    assert ticked(panel) == [step.value for step in ReaderStep]
    assert panel.advice.title.text() == "このリーダーは使えます"
    assert page.back.kind is Kind.FILLED
    assert window.world.rows(CardCheckRow) == []
    page.back.click()
    assert window.window.current_key == "cards"


def test_a_reader_that_goes_and_a_card_that_is_silent_are_told_at_once(
    qtbot: QtBot, page: ReaderTestPage, readers: SimulatedReaders
) -> None:
    panel = page.panel
    lay_on_and_off(qtbot, panel, readers)
    readers.insert(other(CardKind.FELICA))  # any card will do
    qtbot.waitUntil(lambda: panel.test._lying)
    readers.insert(good(TODAY), Faults(mute=True))
    qtbot.waitUntil(lambda: "応答しません" in panel.advice.title.text())
    assert panel.test.rounds == 0
    readers.unplug()
    qtbot.waitUntil(lambda: "つながっていません" in panel.advice.title.text())
    assert ticked(panel) == ["on", "off"]
    readers.plug()
    qtbot.waitUntil(lambda: ticked(panel) == ["plugged", "seen", "on", "off"])
    assert panel.advice.title.text() == "読めないことがありました"
    panel.again.click()
    assert ticked(panel) == ["plugged", "seen"]


def test_whoever_begins_anew_need_not_lift_the_card_that_lies_there(
    qtbot: QtBot, window: DeskWindow, page: ReaderTestPage, readers: SimulatedReaders
) -> None:
    panel = page.panel
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: ticked(panel) == ["plugged", "seen", "on"])
    panel.again.click()
    assert ticked(panel) == ["plugged", "seen"]
    qtbot.waitUntil(lambda: ticked(panel) == ["plugged", "seen", "on"])
    window.page("today")
    window.page("reader-test")
    qtbot.waitUntil(lambda: ticked(panel) == ["plugged", "seen", "on"])
    readers.remove()
    qtbot.waitUntil(lambda: panel.test.rounds == 1)


def test_an_answer_that_was_asked_for_before_is_no_tick_of_the_new_test(
    qtbot: QtBot, window: DeskWindow, page: ReaderTestPage, readers: SimulatedReaders
) -> None:
    panel, cards = page.panel, window.ctx.cards
    assert cards is not None
    readers.insert(good(TODAY), Faults(answers_after_s=0.02))
    qtbot.waitUntil(lambda: cards.working == 1)
    panel.again.click()
    qtbot.waitUntil(lambda: cards.working == 0)
    assert len(panel.test.times_ms) == 1


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_name_role_and_size(
    qtbot: QtBot, window: DeskWindow, page: ReaderTestPage, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    wait_until_clean(qtbot, page, zoom)


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


def test_the_set_up_shows_the_same_panel_and_may_be_gone_on_without_it(
    qtbot: QtBot, begin: Begin, tmp_path: Path, readers: SimulatedReaders
) -> None:
    keys = MemoryKeys()
    make_store(tmp_path, keys, step=7)
    program = begin(
        launch_for(
            DataFolder(tmp_path),
            keys,
            clock=FakeClock(),
            cost=CHEAP,
            passphrase_cost=PASSPHRASE_COST,
            reader=readers,
        )
    )
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    wizard = program.window.current_page()
    assert isinstance(wizard, WizardPage)
    assert wizard.form.step is Step.READER
    step = wizard.steps[Step.READER]
    assert isinstance(step, WizardStep)
    qtbot.waitUntil(lambda: ticked(step.panel) == ["plugged", "seen"])
    assert program.window.header.lamp.text() == "準備完了"
    wizard.next_button.click()
    settle(qtbot, program)
    assert wizard.form.step is Step.BACKUP


def test_a_program_closes_in_time_with_a_reader_and_lets_go_of_it(
    qtbot: QtBot, begin: Begin, tmp_path: Path, readers: SimulatedReaders
) -> None:
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    launch = launch_for(DataFolder(tmp_path), keys, clock=FakeClock(), cost=CHEAP, reader=readers)
    program = begin(launch)
    cards = program.ctx.cards
    assert cards is not None
    assert not cards._begun  # nothing of the reader library before the store is open
    open_store(qtbot, program)
    qtbot.waitUntil(lambda: program.window.header.lamp.text() == "準備完了")
    program.end()
    assert cards.close()
