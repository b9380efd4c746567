"""The start, set-up, staff and settings pages: every target has a name, a role and its size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facility_app.i18n import ErrorText
from facility_app.keystore import MemoryKeys
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.pages.opening import PassphrasePage, TroublePage, WordsPage
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.pages.settings_cards import CardsPart, RecognitionDialog
from facility_app.ui.pages.staff import StaffPage
from facility_app.ui.pages.wizard.page import WizardPage
from facility_app.ui.viewmodels.settings import Section
from facility_app.ui.viewmodels.wizard import Step
from tests.conftest import START
from tests.ui.test_accessible import wait_until_clean
from tests.ui.whole import Begin, beginner, launch_of, make_store, open_store, settle, unlock


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


@pytest.mark.parametrize("zoom", [100, 200])
def test_staff_settings_and_their_dialogs(
    qtbot: QtBot, begin: Begin, tmp_path: Path, zoom: int
) -> None:
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    program.theme.set_zoom(zoom)
    program.window.navigate("staff")
    settle(qtbot, program)
    page = program.window.current_page()
    assert isinstance(page, StaffPage)
    page.choose(2)
    wait_until_clean(qtbot, page, zoom)
    for button in (page.add_button, page.grant_button, page.change_button, page.password_button):
        button.click()
        (dialog,) = program.window.host().findChildren(ActDialog)
        wait_until_clean(qtbot, dialog, zoom)
        dialog.dismiss()
        qtbot.waitUntil(lambda: not program.window.host().findChildren(ActDialog))
    for section in Section:
        program.window.navigate("settings", section=section.value)
        settle(qtbot, program)
        settings = program.window.current_page()
        assert isinstance(settings, SettingsPage)
        wait_until_clean(qtbot, settings, zoom)
    program.window.navigate("settings", section=Section.CARDS.value)
    settle(qtbot, program)
    cards = settings.part(Section.CARDS)
    assert isinstance(cards, CardsPart)
    cards.switch.click()
    (recognition,) = program.window.host().findChildren(RecognitionDialog)
    wait_until_clean(qtbot, recognition, zoom)
    recognition.dismiss()
    for key in ("cards", "reader-test"):
        program.window.navigate(key)
        settle(qtbot, program)
        wait_until_clean(qtbot, program.window.pages[key], zoom)
    assert program.help is not None
    program.help.toggle("settings")
    wait_until_clean(qtbot, program.help.panel, zoom)


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_stocktake_and_the_reviews(
    qtbot: QtBot, begin: Begin, tmp_path: Path, zoom: int
) -> None:
    """Their panes, with things in them, are walked in tests of their own."""
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    program.theme.set_zoom(zoom)
    for key in ("stocktake", "review"):
        assert program.window.navigate(key)
        settle(qtbot, program)
        page = program.window.current_page()
        assert page is not None
        wait_until_clean(qtbot, page, zoom)
        assert program.help is not None
        program.help.toggle(key)
        wait_until_clean(qtbot, program.help.panel, zoom)


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_step_of_the_set_up(qtbot: QtBot, begin: Begin, tmp_path: Path, zoom: int) -> None:
    program = begin(launch_of(tmp_path / "data"))
    program.theme.set_zoom(zoom)
    page = program.window.current_page()
    assert isinstance(page, WizardPage)
    for step in (Step.FACILITY, Step.MANAGER, Step.KEY):
        page.form.step = step
        page._show_step()
        wait_until_clean(qtbot, page, zoom)
    keys = MemoryKeys()
    make_store(tmp_path / "left", keys, step=3, people=False)
    later = begin(launch_of(tmp_path / "left", keys))
    open_store(qtbot, later)
    unlock(qtbot, later, "1")
    later.theme.set_zoom(zoom)
    page = later.window.current_page()
    assert isinstance(page, WizardPage)
    for step in list(Step)[3:]:
        page.form.step = step
        page._show_step()
        settle(qtbot, later)
        wait_until_clean(qtbot, page, zoom)


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_pages_before_the_store_is_open(
    qtbot: QtBot, begin: Begin, tmp_path: Path, zoom: int
) -> None:
    program = begin(launch_of(tmp_path / "data"))
    program.theme.set_zoom(zoom)
    text = ErrorText("何が", "何を", "どうする")
    for page in (
        PassphrasePage(program.ctx),
        WordsPage(program.ctx, needs_passphrase=True),
        TroublePage(program.ctx, text, [(START, tmp_path / "facility-20261120T010000Z.backup")]),
    ):
        program.window.set_lock_page(page)
        wait_until_clean(qtbot, page, zoom)
