"""The start: the unlock page first, and what helps where the store does not open."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facility_app.config import DataFolder
from facility_app.db.place import InstanceLock
from facility_app.keystore import KeyringLocked, KeyringMissing, MemoryKeys, RootSecretMissing
from facility_app.secret import Secret
from facility_app.services.backup import make_backup
from facility_app.ui.pages.opening import PassphrasePage, TroublePage, WordsPage
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.pages.staff import StaffPage
from facility_app.ui.phrases import plain
from facility_app.ui.registry import PAGES
from facility_app.ui.shell.navigation import NavButton
from facility_app.ui.tokens import Mode
from facility_app.ui.unlock_page import UnlockPage
from facility_app.ui.viewmodels.start import Stage, keep_language, kept_language
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ChoiceButton
from facility_app.ui.widgets.dialog import Dialog
from tests.ui.whole import Begin, beginner, launch_of, make_store, open_store, settle, unlock

PASSPHRASE = "umi-no-mieru-oka-no-ie"
WAIT_MS = 15_000


class NoKeyring(MemoryKeys):
    """A computer without a keyring."""

    def fetch(self, store_id: str) -> Secret:
        raise KeyringMissing

    def keep(self, store_id: str, root: Secret) -> None:
        raise KeyringMissing


class LockedOnce(MemoryKeys):
    """A keyring that was locked and is unlocked when it is asked again."""

    def __init__(self, keys: MemoryKeys) -> None:
        super().__init__()
        self._keys, self.asked = keys, 0

    def fetch(self, store_id: str) -> Secret:
        self.asked += 1
        if self.asked == 1:
            raise KeyringLocked
        return self._keys.fetch(store_id)


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


def test_the_first_page_is_there_before_the_database_is_loaded() -> None:
    """Another process, because this one has loaded everything already."""
    code = (
        "import sys; from facility_app.launch import launch_for, open_window\n"
        "import facility_app.ui.start, facility_app.__main__\n"
        "heavy = {'sqlalchemy', 'alembic', 'reportlab', 'openpyxl', 'sqlcipher3', 'keyring',"
        " 'zxcvbn', 'typer', 'cryptography', 'fluent'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_store_opens_behind_the_unlock_page_and_a_person_gets_in(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    assert isinstance(program.window.current_page(), UnlockPage)
    assert program.unlock_page.number.isEnabled()
    open_store(qtbot, program)
    assert program.window.windowTitle() == "みほんの里"
    assert list(program.unlock_page.tiles) == ["1", "2", "3"]
    unlock(qtbot, program, "2")
    assert program.window.current_key == "today"
    program.window.header.lock.click()
    qtbot.waitUntil(lambda: not program.session.unlocked)
    settle(qtbot, program)
    assert list((tmp_path / "backups").glob("*.backup"))


def test_what_is_typed_while_the_store_opens_waits_for_it(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    assert program.slot.office is None
    unlock(qtbot, program, "1")  # typed before the store is open
    assert program.session.actor is not None


def test_a_wrong_password_is_refused_on_the_page(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    page = program.unlock_page
    qtbot.keyClicks(page.number, "1")
    qtbot.keyClicks(page.password.field, "not this one")
    qtbot.keyClick(page.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.refusal.text()), timeout=WAIT_MS)
    assert not program.session.unlocked
    assert page.password.is_empty()


def test_an_empty_folder_begins_the_set_up_and_writes_nothing(
    qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    program = begin(launch_of(tmp_path / "new"))
    assert program.opening.stage is Stage.SET_UP
    assert not (tmp_path / "new").exists()


def test_a_passphrase_opens_the_store_and_a_wrong_one_is_explained(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys, passphrase=PASSPHRASE)
    program = begin(launch_of(tmp_path, NoKeyring()))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.PASSPHRASE, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, PassphrasePage)
    qtbot.keyClicks(page.field.field, "a wrong passphrase")
    qtbot.keyClick(page.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.problem.isVisible, timeout=WAIT_MS)
    assert page.field.is_empty()
    qtbot.keyClicks(page.field.field, PASSPHRASE)
    qtbot.keyClick(page.field.field, Qt.Key.Key_Return)
    open_store(qtbot, program)
    assert isinstance(program.window.current_page(), UnlockPage)


def test_another_computer_opens_the_store_with_the_words_of_the_sheet(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    words = make_store(tmp_path, keys)
    other = MemoryKeys()
    program = begin(launch_of(tmp_path, other))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.WORDS, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, WordsPage)
    assert page.passphrase is None
    assert not page.recover_button.isEnabled()
    page.sheet.setPlainText(" ".join((*words[1:], words[0])))
    page.recover_button.click()
    qtbot.waitUntil(lambda: program.lane.working == 0 and page.problem.isVisible(), timeout=WAIT_MS)
    page.sheet.setPlainText("\n".join(f"{n} {word}" for n, word in enumerate(words, 1)))
    page.recover_button.click()
    open_store(qtbot, program)
    assert other.fetch(program.slot.office.keys.store_id)


def test_without_a_keyring_the_words_are_kept_under_a_new_passphrase(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    words = make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, NoKeyring()))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.WORDS, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, WordsPage)
    assert page.passphrase is not None
    page.sheet.setPlainText(" ".join(words))
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    page.recover_button.click()
    open_store(qtbot, program)
    assert json.loads((tmp_path / "store.json").read_text())["key_source"] == "passphrase"


def test_a_locked_keyring_is_asked_again(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, LockedOnce(keys)))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.TROUBLE, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, TroublePage)
    assert page.title.text() == program.words.error(KeyringLocked()).what
    page.again_button.click()
    open_store(qtbot, program)
    assert isinstance(program.window.current_page(), UnlockPage)


def test_a_second_window_says_that_one_is_open(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    held = InstanceLock(tmp_path / "lock")
    held.acquire()
    program = begin(launch_of(tmp_path, keys))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.TROUBLE, timeout=WAIT_MS)
    held.release()
    page = program.window.current_page()
    assert isinstance(page, TroublePage)
    page.again_button.click()
    open_store(qtbot, program)


def test_a_damaged_store_is_put_back_from_a_backup_and_kept_aside(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    launch = launch_of(tmp_path, keys)
    office = launch.open(None)
    make_backup(office, office.unlock("1", "kumo-no-ue-de-hirune-41"))
    office.close()
    database = DataFolder(tmp_path).database
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])
    program = begin(launch)
    qtbot.waitUntil(lambda: program.opening.stage is Stage.RESTORE, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, TroublePage)
    assert not page.restore_button.isEnabled()
    page.choices.choose(next(iter(page.choices.findChildren(ChoiceButton))).key)
    page.restore_button.click()
    (dialog,) = program.window.host().findChildren(Dialog)
    (go,) = [dialog.acts.itemAt(0).widget()]
    go.click()
    open_store(qtbot, program)
    assert list(tmp_path.glob("facility-aside-*"))
    assert isinstance(program.window.current_page(), UnlockPage)


def test_a_computer_without_the_file_is_not_told_of_damage(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    DataFolder(tmp_path).database.unlink()
    program = begin(launch_of(tmp_path, keys))
    qtbot.waitUntil(lambda: program.opening.stage is Stage.RESTORE, timeout=WAIT_MS)
    page = program.window.current_page()
    assert isinstance(page, TroublePage)
    assert page.title.text() == program.words("start-no-file-what")
    strong = (Kind.FILLED, Kind.RED_FILLED)
    filled = [each for each in page.findChildren(ActionButton) if each.kind in strong]
    assert filled == [page.restore_button]


def test_every_page_of_the_registry_opens_for_a_manager(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    for spec in PAGES:
        assert program.window.navigate(spec.key), spec.key
        settle(qtbot, program)
        page = program.window.current_page()
        assert page is not None
        assert not page.problem.isVisible(), spec.key


def test_roles_hide_the_pages_that_they_cannot_use(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "3")  # an auditor
    shown = {s.key for s in PAGES if program.window.navigation.button(s.key) is not None}
    assert shown == {"residents", "lost", "stocktake", "log"}
    qtbot.mouseClick(program.window.header.person, Qt.MouseButton.LeftButton)
    listed = {each.key for each in program.window.host().findChildren(NavButton)} - shown
    assert listed == {"staff", "settings"}
    assert not program.window.navigate("desk")


def test_help_is_shown_beside_every_page_and_goes_with_escape(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    assert program.help is not None
    program.help.toggle("unlock")
    panel = program.help.panel
    assert panel.title.text() == plain(program.words("help-unlock-title"))
    qtbot.keyClick(panel.close_button, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    unlock(qtbot, program, "1")
    for spec in PAGES:
        program.window.help_wanted.emit(spec.key)
        assert panel.title.text() == plain(program.words(f"help-{spec.key}-title"))
        program.window.help_wanted.emit(spec.key)


def test_theme_and_size_follow_the_person(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    program.theme.set_mode(Mode.DARK)
    program.theme.set_zoom(125)
    settle(qtbot, program)
    for number, mode, zoom in (("2", Mode.LIGHT, 100), ("1", Mode.DARK, 125)):
        program.window.header.lock.click()
        qtbot.waitUntil(lambda: not program.session.unlocked)
        unlock(qtbot, program, number)
        assert (program.theme.mode, program.theme.zoom) == (mode, zoom)


def test_the_language_is_known_before_the_store_is_open(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    assert kept_language(data) == "ja"
    keep_language(data, "en")
    assert kept_language(data) == "en"
    (tmp_path / "window.json").write_text("{broken")
    assert kept_language(data) == "ja"


def test_pages_for_staff_and_settings_are_the_ones_registered(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    program.window.navigate("staff")
    assert isinstance(program.window.current_page(), StaffPage)
    program.window.navigate("settings")
    assert isinstance(program.window.current_page(), SettingsPage)
    settle(qtbot, program)


def test_the_words_page_is_for_a_key_that_is_not_here() -> None:
    from facility_app.ui.viewmodels.start import stage_of

    assert stage_of(RootSecretMissing()) is Stage.WORDS
    assert stage_of(ValueError()) is Stage.TROUBLE
