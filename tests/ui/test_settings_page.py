"""The settings page: who sees what, saving, refusals, and what follows at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facility_app.domain.access import PROGRAM
from facility_app.keystore import MemoryKeys
from facility_app.services.closing import read_opened
from facility_app.services.item_kinds import item_kinds
from facility_app.services.purposes import list_purposes
from facility_app.services.settings import Settings
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.pages.settings_backup import BackupPart
from facility_app.ui.pages.settings_cabinets import CabinetsPart
from facility_app.ui.pages.settings_cards import CardsPart, RecognitionDialog
from facility_app.ui.pages.settings_facility import FacilityPart
from facility_app.ui.pages.settings_kinds import KindDialog, KindsPart
from facility_app.ui.pages.settings_own import OwnPart
from facility_app.ui.pages.settings_purposes import PurposesPart
from facility_app.ui.pages.settings_safety import SafetyPart
from facility_app.ui.start import Program
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.settings import Leaving, Section, number
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level
from tests.ui.whole import Begin, beginner, launch_of, make_store, open_store, settle, unlock


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


@pytest.fixture
def program(qtbot: QtBot, begin: Begin, tmp_path: Path) -> Program:
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    return program


def settings_page(
    qtbot: QtBot, program: Program, section: Section, number: str = "1"
) -> SettingsPage:
    unlock(qtbot, program, number)
    assert program.window.navigate("settings", section=section.value)
    settle(qtbot, program)
    page = program.window.current_page()
    assert isinstance(page, SettingsPage)
    return page


def save(qtbot: QtBot, program: Program, page: SettingsPage) -> None:
    assert page.save_button.isEnabled()
    page.save_button.click()
    settle(qtbot, program)


def stored(program: Program) -> Settings:
    settings: Settings = program.slot.ask(PROGRAM, read_opened).settings
    return settings


def test_a_custodian_sees_only_the_own_screen(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.BACKUP, "2")
    assert [s for s, button in page.buttons.items() if button.isVisible()] == [Section.OWN]
    assert page.section is Section.OWN
    assert not page.bar.isVisible()


def test_the_own_look_changes_at_once(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.OWN, "2")
    part = page.part(Section.OWN)
    assert isinstance(part, OwnPart)
    part.mode.choose("dark")
    part.zoom.choose("125")
    settle(qtbot, program)
    assert (program.theme.mode, program.theme.zoom) == (Mode.DARK, 125)


def test_safety_is_saved_and_an_impossible_time_is_refused(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.SAFETY)
    part = page.part(Section.SAFETY)
    assert isinstance(part, SafetyPart)
    assert not page.save_button.isEnabled()
    part.two["sign-out"].click()
    part.lock.setText("10")
    save(qtbot, program, page)
    assert page.problem.isVisible()
    assert stored(program) == Settings()
    part.lock.setText("３００")
    part.begins.setText("2030")
    page.part(Section.SAFETY).changed.emit()
    save(qtbot, program, page)
    settings = stored(program)
    assert settings.two_person == ("sign-out", "hand-back")
    assert (settings.lock_after_s, settings.night_begins) == (300, "20:30")


def test_the_window_takes_over_the_new_name(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.FACILITY)
    part = page.part(Section.FACILITY)
    assert isinstance(part, FacilityPart)
    qtbot.keyClicks(part.phone, "000-000-0000")
    part.name.setText("見本の丘")
    save(qtbot, program, page)
    qtbot.waitUntil(lambda: program.window.windowTitle() == "見本の丘")


def test_backup_folders_and_a_backup_now_with_one_place_missing(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = settings_page(qtbot, program, Section.BACKUP)
    part = page.part(Section.BACKUP)
    assert isinstance(part, BackupPart)
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    part.folders[0].setText(str(tmp_path / "one"))
    part.folders[1].setText(str(blocked / "two"))
    part.changed.emit()
    save(qtbot, program, page)
    part.make.click()
    settle(qtbot, program)
    assert part.verdict.level is Level.WARN
    assert len(list((tmp_path / "one").glob("*.backup"))) == 1


def test_reasons_are_renamed_rested_and_never_more_than_six(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.PURPOSES)
    part = page.part(Section.PURPOSES)
    assert isinstance(part, PurposesPart)
    assert len(part.rows) == 6
    assert not part.add_button.isEnabled()
    part.rest(part.rows[-1])
    part.rows[0].name.setText("通院")
    save(qtbot, program, page)
    names = [each.name for each in program.slot.ask(program.session.require(), list_purposes)]
    assert (names[0], len(names)) == ("通院", 5)
    part.add_button.click()
    save(qtbot, program, page)
    assert page.problem.isVisible(), "a reason without a name"


def test_a_kind_is_added_and_taken_off_the_list(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.KINDS)
    part = page.part(Section.KINDS)
    assert isinstance(part, KindsPart)
    before = len(part.ticks)
    part.add_button.click()
    (dialog,) = program.window.host().findChildren(KindDialog)
    dialog.name.setText("入館証")
    assert dialog.main is not None
    dialog.main.click()
    settle(qtbot, program)
    assert len(part.ticks) == before + 1
    code = next(iter(part.ticks))
    part.ticks[code].click()
    settle(qtbot, program)
    offered = [view.code for view in program.slot.ask(program.session.require(), item_kinds)]
    assert code not in offered


def test_a_cabinet_grows(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.CABINETS)
    part = page.part(Section.CABINETS)
    assert isinstance(part, CabinetsPart)
    part.fields.count.setText("5")
    part.fields.add_button.click()
    settle(qtbot, program)
    part.fields.name.setText("A")
    part.fields.add_button.click()
    settle(qtbot, program)
    assert part.fields.slots == {"A": 10}


def test_unsaved_changes_are_asked_about_once(qtbot: QtBot, program: Program) -> None:
    page = settings_page(qtbot, program, Section.FACILITY)
    part = page.part(Section.FACILITY)
    assert isinstance(part, FacilityPart)
    qtbot.keyClicks(part.name, "x")
    assert not program.window.navigate("today")
    assert page.problem.isVisible()
    assert program.window.navigate("today")
    settle(qtbot, program)


def test_leaving_without_a_view() -> None:
    leaving = Leaving()
    assert leaving.may_leave()
    leaving.changed()
    assert [leaving.may_leave(), leaving.may_leave()] == [False, True]


@pytest.mark.parametrize(
    ("text", "value"), [("180", 180), (" １８０ ", 180), ("", None), ("-1", None), ("9" * 9, None)]
)
def test_numbers_as_they_are_typed(text: str, value: int | None) -> None:
    assert number(text) == value


def cards_part(qtbot: QtBot, program: Program) -> tuple[SettingsPage, CardsPart]:
    page = settings_page(qtbot, program, Section.CARDS)
    part = page.part(Section.CARDS)
    assert isinstance(part, CardsPart)
    return page, part


def recognition(qtbot: QtBot, program: Program, part: CardsPart) -> RecognitionDialog:
    part.switch.click()
    (dialog,) = program.window.host().findChildren(RecognitionDialog)
    assert dialog.main is not None
    notice = dialog.findChild(Notice)
    assert (notice is not None and "弁護士" in notice.title.text()) is not part._recognises
    dialog.main.click()
    settle(qtbot, program)
    return dialog


def test_comparing_by_the_number_on_the_face_is_switched_on_and_kept(
    qtbot: QtBot, program: Program
) -> None:
    page, part = cards_part(qtbot, program)
    assert not part.attributes.isChecked()
    part.attributes.click()
    save(qtbot, program, page)
    assert stored(program).attribute_check


def test_recognition_is_switched_apart_with_a_word_about_the_lawyer(
    qtbot: QtBot, program: Program
) -> None:
    page, part = cards_part(qtbot, program)
    qtbot.waitUntil(lambda: part.state.text() == "使っていません")
    recognition(qtbot, program, part)
    assert stored(program).card_recognition
    qtbot.waitUntil(lambda: part.state.text() == "使っています")
    part.attributes.click()
    save(qtbot, program, page)
    assert (stored(program).attribute_check, stored(program).card_recognition) == (True, True)
    recognition(qtbot, program, part)
    assert not stored(program).card_recognition


def test_without_a_keyring_recognition_stays_off_and_says_why(
    qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    program.slot.office.root_keys = None
    _page, part = cards_part(qtbot, program)
    dialog = recognition(qtbot, program, part)
    assert dialog.problem.isVisible()
    assert not stored(program).card_recognition
