"""The set-up: nine steps through the real fields, left and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facility_app.config import DataFolder
from facility_app.domain.access import PROGRAM, Permission
from facility_app.keystore import KeyringMissing, MemoryKeys
from facility_app.secret import Secret
from facility_app.services.closing import read_opened
from facility_app.services.first_start import read_progress
from facility_app.ui.pages.wizard.backup import BackupStep
from facility_app.ui.pages.wizard.cabinets import CabinetsStep
from facility_app.ui.pages.wizard.custodian import CustodianStep
from facility_app.ui.pages.wizard.facility import FacilityStep
from facility_app.ui.pages.wizard.key import PASSPHRASE, KeyStep
from facility_app.ui.pages.wizard.manager import ManagerStep
from facility_app.ui.pages.wizard.page import WizardPage
from facility_app.ui.pages.wizard.residents import ResidentsStep
from facility_app.ui.start import Program
from facility_app.ui.unlock_page import UnlockPage
from facility_app.ui.viewmodels.start import Stage
from facility_app.ui.viewmodels.wizard import (
    Rule,
    Step,
    WizardForm,
    cabinet_problem,
    keeps_all,
    next_cabinet,
    password_rules,
)
from tests.numbers import individual_number
from tests.services.accounts import PASSWORD
from tests.ui.whole import (
    Begin,
    beginner,
    launch_of,
    make_store,
    open_store,
    settle,
    unlock,
)

WAIT_MS = 15_000


class NoKeyring(MemoryKeys):
    """A computer without a keyring."""

    def keep(self, store_id: str, root: Secret) -> None:
        raise KeyringMissing


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


def wizard(program: Program) -> WizardPage:
    page = program.window.current_page()
    assert isinstance(page, WizardPage)
    return page


def go_on(qtbot: QtBot, program: Program) -> None:
    page = wizard(program)
    qtbot.waitUntil(page.next_button.isEnabled, timeout=WAIT_MS)
    page.next_button.click()
    settle(qtbot, program)


def name_and_manager(qtbot: QtBot, program: Program) -> None:
    page = wizard(program)
    facility, manager = page.steps[Step.FACILITY], page.steps[Step.MANAGER]
    assert isinstance(facility, FacilityStep)
    assert isinstance(manager, ManagerStep)
    facility.name.setText("みほんの里")
    go_on(qtbot, program)
    manager.person.number.setText("1")
    manager.person.name.setText("見本 恵")
    qtbot.keyClicks(manager.person.password.field, PASSWORD)
    qtbot.keyClicks(manager.person.again.field, PASSWORD)
    go_on(qtbot, program)


def make_key(qtbot: QtBot, program: Program) -> KeyStep:
    key = wizard(program).steps[Step.KEY]
    assert isinstance(key, KeyStep)
    go_on(qtbot, program)
    qtbot.waitUntil(lambda: key.sheet is not None, timeout=WAIT_MS)
    settle(qtbot, program)
    return key


def type_back(qtbot: QtBot, program: Program, key: KeyStep) -> None:
    assert key.sheet is not None
    assert not wizard(program).next_button.isEnabled()
    key.paper_made()
    for edit, at in zip(key.typed, key.sheet.positions, strict=True):
        edit.setText(key.sheet.words[at - 1])
    go_on(qtbot, program)


def test_the_nine_steps_lead_to_a_working_store(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    data = tmp_path / "data"
    program = begin(launch_of(data, keys))
    page = wizard(program)
    assert not page.next_button.isEnabled()
    name_and_manager(qtbot, program)
    assert not data.exists(), "nothing is on disk before the key is made"
    key = make_key(qtbot, program)
    assert program.session.may(Permission.MANAGE_SETTINGS)
    type_back(qtbot, program, key)
    custodian = page.steps[Step.CUSTODIAN]
    assert isinstance(custodian, CustodianStep)
    custodian.person.number.setText("2")
    custodian.person.name.setText("例田 みつ子")
    qtbot.keyClicks(custodian.person.password.field, "aoi-tsukue-to-roku-pen")
    qtbot.keyClicks(custodian.person.again.field, "aoi-tsukue-to-roku-pen")
    go_on(qtbot, program)
    cabinets = page.steps[Step.CABINETS]
    assert isinstance(cabinets, CabinetsStep)
    cabinets.fields.add_button.click()
    settle(qtbot, program)
    go_on(qtbot, program)
    residents = page.steps[Step.RESIDENTS]
    assert isinstance(residents, ResidentsStep)
    residents.name.setText("髙﨑 ハナ")
    residents.kana.setText("たかさき はな")
    residents.add_button.click()
    settle(qtbot, program)
    for _step in (Step.RESIDENTS, Step.TAGS, Step.READER):
        go_on(qtbot, program)
    backup = page.steps[Step.BACKUP]
    assert isinstance(backup, BackupStep)
    assert not page.next_button.isEnabled()
    backup.folder.setText(str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    backup.make_button.click()
    settle(qtbot, program)
    go_on(qtbot, program)
    qtbot.waitUntil(lambda: program.window.current_key == "today", timeout=WAIT_MS)
    settle(qtbot, program)
    office, actor = program.slot.office, program.session.require()
    progress = office.ask(actor, read_progress)
    assert (progress.custodians, progress.slots, progress.residents) == (1, {"A": 30}, 1)
    assert progress.facility.setup_step == 9
    settings = office.ask(PROGRAM, read_opened).settings
    assert settings.backup_folders == (str(tmp_path / "elsewhere"),)


def test_words_that_are_not_on_the_sheet_are_refused(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    program = begin(launch_of(tmp_path, keys))
    name_and_manager(qtbot, program)
    key = make_key(qtbot, program)
    assert key.sheet is not None
    key.paper_made()
    for edit in key.typed:
        edit.setText("zzz")
    go_on(qtbot, program)
    assert wizard(program).form.step is Step.KEY
    assert all(label.problem for label in key.labels)


def test_a_set_up_that_was_left_goes_on_with_the_manager(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys, step=4, people=False)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    assert isinstance(program.window.current_page(), UnlockPage)
    unlock(qtbot, program, "1")
    assert wizard(program).form.step is Step.CABINETS


def test_a_set_up_left_before_the_sheet_was_typed_back_shows_the_sheet_again(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    words = make_store(tmp_path, keys, step=2, people=False)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    key = wizard(program).steps[Step.KEY]
    assert isinstance(key, KeyStep)
    qtbot.waitUntil(lambda: key.sheet is not None, timeout=WAIT_MS)
    assert key.sheet is not None
    assert key.sheet.words == words
    assert not wizard(program).form.can_go_back()


def test_a_store_left_without_a_manager_gets_one(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    """The power failed between the key and the manager."""
    office, root = launch_of(tmp_path, keys).create(None)
    root.wipe()
    office.close()
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    name_and_manager(qtbot, program)
    key = make_key(qtbot, program)
    type_back(qtbot, program, key)
    assert wizard(program).form.step is Step.CUSTODIAN


def test_without_a_keyring_the_step_asks_for_a_passphrase(
    qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    program = begin(launch_of(tmp_path / "data", NoKeyring()))
    name_and_manager(qtbot, program)
    page = wizard(program)
    key = page.steps[Step.KEY]
    assert isinstance(key, KeyStep)
    page.next_button.click()
    qtbot.waitUntil(lambda: page.problem.isVisible() and not program.lane.working, timeout=WAIT_MS)
    assert key.place.value() == PASSPHRASE
    assert not DataFolder(tmp_path / "data").database.exists()
    assert program.opening.stage is Stage.SET_UP
    for edit in key.secrets:
        qtbot.keyClicks(edit.field, "umi-no-mieru-oka-no-ie")
    go_on(qtbot, program)
    qtbot.waitUntil(lambda: key.sheet is not None, timeout=WAIT_MS)
    settle(qtbot, program)


def test_a_number_of_the_state_is_refused_as_the_name_of_a_facility(
    qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    program = begin(launch_of(tmp_path / "data"))
    page = wizard(program)
    facility = page.steps[Step.FACILITY]
    assert isinstance(facility, FacilityStep)
    facility.name.setText(individual_number())
    page.next_button.click()
    assert page.problem.isVisible()
    assert page.form.step is Step.FACILITY


def test_a_list_is_shown_before_it_is_taken_in_and_its_errors_stop_it(
    qtbot: QtBot, begin: Begin, tmp_path: Path, keys: MemoryKeys
) -> None:
    make_store(tmp_path, keys, step=5, people=False)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    unlock(qtbot, program, "1")
    step = wizard(program).steps[Step.RESIDENTS]
    assert isinstance(step, ResidentsStep)
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("氏名,かな,生年月日\n仮名 正,かめい ただし,99年99月\n", encoding="utf-8")
    good.write_text("氏名,かな,生年月日\n仮名 正,かめい ただし,S20.3.5\n", encoding="cp932")
    step.read(bad)
    settle(qtbot, program)
    assert not step.run_button.isVisible()
    step.read(good)
    settle(qtbot, program)
    qtbot.waitUntil(step.run_button.isVisible, timeout=WAIT_MS)
    step.run_button.click()
    settle(qtbot, program)
    assert step.count == 1


def test_half_typed_secrets_are_forgotten(qtbot: QtBot, begin: Begin, tmp_path: Path) -> None:
    program = begin(launch_of(tmp_path / "data"))
    page = wizard(program)
    manager = page.steps[Step.MANAGER]
    assert isinstance(manager, ManagerStep)
    facility = page.steps[Step.FACILITY]
    assert isinstance(facility, FacilityStep)
    facility.name.setText("みほんの里")
    go_on(qtbot, program)
    qtbot.keyClicks(manager.person.password.field, "half a pass")
    page.clear_secrets()
    assert manager.person.password.is_empty()
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.form.step is Step.MANAGER


# --- without a window ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "again", "broken"),
    [
        ("", "", set()),
        ("short", "", {Rule.LENGTH}),
        ("password12345", "password12345", {Rule.COMMON}),
        ("mihonmihonmihon", "", {Rule.OWN}),
        (PASSWORD, "another", {Rule.AGAIN}),
        (PASSWORD, PASSWORD, set()),
    ],
)
def test_rules_of_a_password_are_told_while_typing(
    password: str, again: str, broken: set[Rule]
) -> None:
    rules = password_rules(password, again, ["みほん", "1"], 13)
    assert {rule for rule, kept in rules.items() if kept is False} == broken
    assert keeps_all(rules) is (password == again == PASSWORD)


def test_the_key_is_never_unmade_by_going_back() -> None:
    form = WizardForm()
    form.resume(1)
    assert form.can_go_back()
    form.resume(3)
    assert form.step is Step.CUSTODIAN
    assert not form.can_go_back()
    assert not form.may_open(Step.KEY)
    form.done(Step.CUSTODIAN)
    assert form.back() is Step.CUSTODIAN


@pytest.mark.parametrize(
    ("name", "count", "wrong"),
    [
        ("A", "30", False),
        ("A", "３０", False),
        ("", "30", True),
        ("A", "0", True),
        ("A", "x", True),
    ],
)
def test_a_cabinet_needs_a_name_and_a_number(name: str, count: str, wrong: bool) -> None:
    assert cabinet_problem(name, count) is wrong


def test_the_next_cabinet_is_the_next_letter() -> None:
    assert [next_cabinet(name) for name in ("A", "Z", "事務室")] == ["B", "Z", "事務室"]
