"""The whole program on a real encrypted store, offscreen.

Use in a test module::

    @pytest.fixture
    def begin(qtbot):
        yield from beginner(qtbot)

    program = begin(launch_of(tmp_path, keys)); open_store(qtbot, program)
    unlock(qtbot, program, "1")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from facility_app.app import new_office
from facility_app.config import DataFolder
from facility_app.db.models import StaffRow
from facility_app.domain.access import PROGRAM, Role, StaffId
from facility_app.keystore import MemoryKeys, PassphraseCost, RootKeys
from facility_app.launch import launch_for
from facility_app.recovery import words_of
from facility_app.secret import Secret
from facility_app.services.first_start import FirstManager, found_facility
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.office import Office
from facility_app.services.settings import Facility
from facility_app.services.staff import NewStaff, add_staff
from facility_app.services.store_setup import KeyPlace
from facility_app.ui.start import Program
from facility_app.ui.viewmodels.start import Launch
from tests.conftest import FakeClock
from tests.services.accounts import CHEAP, PASSWORD

PASSPHRASE_COST = PassphraseCost(64, 1, 1, floor_kib=64, floor_iterations=1)
WAIT_MS = 15_000
TODAY = date(2026, 11, 20)


def launch_of(folder: Path, keys: RootKeys | None = None, clock: FakeClock | None = None) -> Launch:
    """What the window is given, with cheap passwords and a clock that stands still."""
    return launch_for(
        DataFolder(folder),
        keys or MemoryKeys(),
        clock=clock or FakeClock(),
        cost=CHEAP,
        passphrase_cost=PASSPHRASE_COST,
    )


def make_store(
    folder: Path, keys: RootKeys, *, passphrase: str = "", step: int = 9, people: bool = True
) -> tuple[str, ...]:
    """A store with a manager (1), a custodian (2) and an auditor (3); gives its 24 words."""
    secret = Secret.from_text(passphrase) if passphrase else None
    place = KeyPlace(keys, secret, PASSPHRASE_COST)
    office, root = new_office(DataFolder(folder), place, clock=FakeClock(), cost=CHEAP)
    with root:
        words = words_of(root)
    facility = Facility("みほんの里", setup_step=step)
    office.do(PROGRAM, found_facility, facility, FirstManager("1", "見本 恵", "", PASSWORD), CHEAP)
    if people:
        _add(office, "2", "例田 みつ子", Role.CUSTODIAN)
        _add(office, "3", "監査 里子", Role.AUDITOR)
    office.close()
    return words


def _add(office: Office, number: str, name: str, role: Role) -> None:
    """Somebody with a role, whose first password counts as their own choice."""
    boss = office.unlock("1", PASSWORD)
    staff_id: StaffId = office.do(
        boss, add_staff, NewStaff(number, name, "", None, PASSWORD), CHEAP
    )
    office.do(boss, grant_role, NewGrant(staff_id, role, TODAY))
    with Session(office.work.engine.execution_options(writes=True)) as session:
        session.get_one(StaffRow, staff_id).must_change_password = False
        session.commit()


Begin = Callable[[Launch], Program]


def beginner(qtbot: QtBot) -> Iterator[Begin]:
    """Gives what begins a program with its window shown, and ends all of them afterwards."""
    begun: list[Program] = []

    def begin(launch: Launch) -> Program:
        program = Program(launch)
        begun.append(program)
        qtbot.addWidget(program.window)
        program.window.resize(1366, 768)
        program.begin()
        program.window.show()
        return program

    yield begin
    for program in begun:
        program.end()
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setStyleSheet("")


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until the work lane has nothing to do."""
    qtbot.waitUntil(lambda: program.lane.working == 0, timeout=WAIT_MS)


def open_store(qtbot: QtBot, program: Program) -> None:
    """Wait until the store is open."""
    qtbot.waitUntil(lambda: program.slot.office is not None, timeout=WAIT_MS)
    settle(qtbot, program)


def unlock(qtbot: QtBot, program: Program, number: str, password: str = PASSWORD) -> None:
    """Type number and password on the unlock page, press Enter, and wait."""
    page = program.unlock_page
    page.number.setText("")
    qtbot.keyClicks(page.number, number)
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    qtbot.keyClicks(page.password.field, password)
    qtbot.keyClick(page.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session.unlocked or bool(page.refusal.text()), timeout=WAIT_MS)
    assert program.session.unlocked, page.refusal.text()
    settle(qtbot, program)
