"""The window whose memory is searched for PINs: ``python -m tests.e2e.pin_window FOLDER COUNT``.

A real store, window and vault process, and the system's reader service.  What is typed into a PIN
field comes over standard input, one byte for one key, so that no PIN ever stands in this process
but for what the program itself does with it.  Commands are lines, answers too (`Conversation`).
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import inspect, text

from facility_app.cards.simulator.profiles import good
from facility_app.config import resources
from facility_app.demo.clock import DemoClock
from facility_app.demo.stage import Stage
from facility_app.demo.window import application
from facility_app.domain.access import PROGRAM, Actor, Identified, Role, StaffId
from facility_app.domain.periods import month_of
from facility_app.i18n import Words
from facility_app.launch import launch_for, system_readers
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services import pin_setup
from facility_app.services.access import actor_of
from facility_app.services.office import Office
from facility_app.services.reporting import Document, ReportRequest, make_report
from facility_app.services.rule_data import working_with
from facility_app.services.settings import Facility, name_facility
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.pin_deposit import DepositDialog
from facility_app.ui.dialogs.pin_release import ReleaseDialog
from facility_app.ui.dialogs.pin_reveal import RevealDialog
from facility_app.ui.pages.pins import PinsPage
from facility_app.ui.start import STEPS, Program
from tests.services import registry
from tests.services.accounts import PASSWORD, enrol_with
from tests.services.store_world import CHEAP_PASSWORD, START, StoreWorld

DAY = date(2026, 11, 20)
CARD = good(DAY)
OFFICER, DEPUTY = "1004", "1005"
PEOPLE = {
    "1001": Role.MANAGER,
    OFFICER: Role.PIN_OFFICER,
    DEPUTY: Role.PIN_OFFICER,
}
LENGTH = 16
KIND = f"""
[[kind]]
code = "sixteen"
ja = "試験用"
en = "For the test"
lowest = {LENGTH}
highest = {LENGTH}
characters = "alphanumeric"
card_pin = "user_auth"
"""
"""Four digits occur by chance anywhere; sixteen characters do not."""


def room(number: int) -> str:
    """By which a resident is found: no room begins with another's number."""
    return f"R{number:03d}"


def passphrase(number: str) -> str:
    """What an officer types."""
    return f"passphrase of {number}"


def test_rules(folder: Path) -> Rules:
    """The program's rules, and one kind of PIN that no chance makes."""
    shutil.copytree(resources() / "rules", folder)
    kinds = folder / "pin_kinds.toml"
    before = kinds.read_text(encoding="utf-8")
    kinds.write_text(before[: before.index("[[kind]]")] + KIND, encoding="utf-8")
    return Rules(folder)


class World(StoreWorld):
    """Residents with a card and consent, two officers, a vault on a drive of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder / "data")
        self.drive = folder / "drive"
        self.drive.mkdir()
        self.office.do(PROGRAM, name_facility, Facility("みほん苑", setup_step=STEPS))
        enrol = enrol_with(self.office.work)
        self.staff = {number: enrol(number, role) for number, role in PEOPLE.items()}
        manager = self._actor(self.office, self.staff["1001"])
        self.residents = [self._resident(manager, number) for number in range(count)]
        officers = {
            self.staff[number]: Secret.from_text(passphrase(number)) for number in (OFFICER, DEPUTY)
        }
        self.office.vault.allow()
        for share in pin_setup.switch_on(self.office, manager, self.drive, officers, 2):
            share.wipe()
        self.office.close()

    def _resident(self, manager: Actor, number: int) -> int:
        work = self.office.work
        made = registry.register(
            work, manager, room=room(number), birth_date=DAY.replace(year=1945),
            same_name_confirmed=True,
        )  # fmt: skip
        registry.agree(work, manager, made, pin_clause=True)
        registry.receive(
            work, manager, made, card_expires_on=CARD.card_expires_on,
            certificate_expires_on=CARD.certificate_until,
        )  # fmt: skip
        return made

    def _actor(self, office: Office, staff_id: StaffId) -> Actor:
        from sqlalchemy.orm import Session

        from facility_app.db.models import StaffRow

        with Session(office.work.engine) as session:
            row = session.get_one(StaffRow, staff_id)
            return actor_of(session, row, Identified.PASSWORD)

    def leave_papers(self, out: Path) -> None:
        """Everything that the database says, as text, and the month's report as pages."""
        office = self.reopen()
        out.mkdir()
        with office.work.engine.connect() as connection, (out / "rows.txt").open("w") as file:
            for table in inspect(connection).get_table_names():
                for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                    print(tuple(row), file=file)
        manager = self._actor(office, self.staff["1001"])
        request = ReportRequest(Document.MONTHLY, period=month_of(DAY))
        make_report(office, manager, Words("ja"), request, out / "month.pdf")
        office.close()


class Conversation:
    """Does what it is told and answers with one word."""

    def __init__(self, stage: Stage, world: World, folder: Path) -> None:
        self.stage, self.world, self.folder = stage, world, folder
        self.hands, self.eyes = stage.hands, stage.eyes

    def go_on(self) -> None:
        """Until "end"; `deposit ROOM`, `present ROOM`, `reveal ROOM`, `paint`, `type`, `lock`."""
        self._unlock()
        while (line := _line()) != "end":
            word, _, about = line.partition(" ")
            getattr(self, word)(about)
            _say(word)

    def _unlock(self) -> None:
        page, session = self.stage.program.unlock_page, self.stage.ctx.session
        self.stage.wait(page.number.hasFocus, "the number field")
        self.hands.type(OFFICER)
        self.hands.enter()
        self.stage.wait(page.password.field.hasFocus, "the password field")
        self.hands.type(PASSWORD)
        self.hands.enter()
        self.stage.wait(lambda: session.unlocked, "the first page")
        self.stage.settle()
        self.stage.ctx.navigate("pins")
        self.stage.settle()
        _say("unlocked")

    @property
    def page(self) -> PinsPage:
        return self.stage.page(PinsPage)

    def deposit(self, about: str) -> None:
        """The button, the resident, the PIN twice."""
        self.hands.click(self.page.deposit)
        asked = self._shown(ChooseResidentDialog)
        asked.field.setText(about)
        _press(asked.field, Qt.Key.Key_Return)
        dialog = self._shown(DepositDialog)
        self.stage.wait(lambda: dialog.pin.hasFocus() and dialog.found is not None, "the PIN field")
        self._keys_until_enter()
        self.stage.wait(dialog.again.hasFocus, "the second PIN field")
        self._keys_until_enter()
        self._gone(dialog)

    def paint(self, about: str) -> None:
        """Go on painting, or not: what is not painted is typed, sealed and kept all the same."""
        self.stage.window.setUpdatesEnabled(about == "on")

    def present(self, about: str) -> None:
        """To the card that lies on the reader."""
        dialog = self._release(about)
        self.hands.click(dialog.face)
        self._approve(dialog)
        self._gone(dialog)
        self.stage.wait(self.page.banner.isVisible, "what the card said")

    def reveal(self, about: str) -> None:
        """On the screen; the picture is there when the answer comes."""
        dialog = self._release(about)
        self.hands.click(dialog.turn)
        dialog.reasons.choose("reader-broken")
        self._approve(dialog)
        self._gone(dialog)
        self._shown(RevealDialog)

    def agent(self, _about: str) -> None:
        """Say the number of the vault's process, while a release keeps it."""
        dialog = self._release(room(0))
        self._passphrase(dialog, 0, OFFICER)
        self.stage.wait(lambda: dialog.form.seats[0].confirmed, "the first approval")
        office: Any = self.stage.ctx.office
        vault = getattr(office, "office", office).vault
        _say(str(vault.agent().pid))

    def type(self, _about: str) -> None:
        """Into an ordinary field, to see that the search finds what is there."""
        field = self.page.field
        field.setFocus()
        while (key := os.read(0, 1)) != b"\n":
            field.setText(field.text() + key.decode())

    def lock(self, _about: str) -> None:
        """Ctrl+L."""
        session = self.stage.ctx.session
        self.hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.stage.wait(lambda: not session.unlocked, "the lock")

    def _release(self, about: str) -> ReleaseDialog:
        resident = self.world.residents[int(about[1:])]
        self.page.scan(about)
        rows = self.page.list

        def alone() -> bool:
            """And not the one of the resident before, whose row is still there."""
            return [each.row.pin.resident_id for each in rows.rows] == [resident]

        self.stage.settle()  # the rows that stand there now are about to be made anew
        self.stage.wait(alone, "the row of the resident")
        self.stage.settle()
        (row,) = rows.rows
        self.hands.click(row.use)
        dialog = self._shown(ReleaseDialog)
        self.stage.settle()
        return dialog

    def _approve(self, dialog: ReleaseDialog) -> None:
        self._passphrase(dialog, 0, OFFICER)
        self.stage.wait(lambda: dialog.form.seats[0].confirmed, "the first approval")
        panel = dialog.seats.panels[1]
        panel.chooser.choose(self.world.staff[DEPUTY])
        self._passphrase(dialog, 1, DEPUTY)

    def _passphrase(self, dialog: ReleaseDialog, at: int, number: str) -> None:
        field = dialog.seats.panels[at].field
        field.setFocus()
        self.stage.wait(field.hasFocus, "the passphrase field")
        self.hands.type(passphrase(number))
        self.hands.enter()

    def _keys_until_enter(self) -> None:
        """Each key as the window system gives it; painted once, at the end."""
        target = QApplication.focusWidget()
        assert target is not None
        while (key := os.read(0, 1)) != b"\n":
            _press(target, ord(key))
        _press(target, Qt.Key.Key_Return)

    def _shown(self, kind: Any) -> Any:
        self.stage.wait(lambda: any(self.eyes.all(kind)), kind.__name__)
        return self.eyes.one(kind)

    def _gone(self, dialog: Any) -> None:
        self.stage.wait(lambda: not any(self.eyes.all(type(dialog))), "the end of the dialog")
        self.stage.settle()


def _line() -> str:
    """The next command; what follows it is not read yet."""
    read = bytearray()
    while (key := os.read(0, 1)) not in (b"\n", b""):
        read += key
    return read.decode() or "end"


def _press(target: QWidget, key: int) -> None:
    typed = chr(key) if key < 0x80 else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, typed)
        QApplication.sendEvent(target, event)


def _say(answer: str) -> None:
    print(answer, flush=True)


def main() -> None:
    """See the module."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    application()
    with working_with(test_rules(folder / "rules")):
        world = World(folder, count)
        clock = DemoClock(START)
        launch = launch_for(
            world.data, world.keys, clock=clock, cost=CHEAP_PASSWORD, reader=system_readers
        )
        with Stage(Program(launch), clock, folder, lambda _text: None) as stage:
            Conversation(stage, world, folder).go_on()
            _say("ended")
            _line()
        world.leave_papers(folder / "papers")
        _say("papers")


if __name__ == "__main__":
    main()
