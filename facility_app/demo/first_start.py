"""The first start on a new computer: the nine steps of the wizard, by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from facility_app.config import DataFolder
from facility_app.demo.clock import DemoClock
from facility_app.demo.door_stories import Door
from facility_app.demo.people import ADDRESS, FACILITY, PASSWORD, PHONE, STAFF, SampleStaff
from facility_app.demo.stage import Stage
from facility_app.demo.store import OPENS_AT
from facility_app.demo.window import application
from facility_app.keystore import MemoryKeys
from facility_app.launch import launch_for
from facility_app.ui.pages.opening import TroublePage, WordsPage
from facility_app.ui.pages.wizard.backup import BackupStep
from facility_app.ui.pages.wizard.cabinets import CabinetsStep
from facility_app.ui.pages.wizard.custodian import CustodianStep
from facility_app.ui.pages.wizard.facility import FacilityStep
from facility_app.ui.pages.wizard.key import KeyStep
from facility_app.ui.pages.wizard.manager import ManagerStep
from facility_app.ui.pages.wizard.page import WizardPage
from facility_app.ui.pages.wizard.residents import ResidentsStep
from facility_app.ui.pages.wizard.step import StepBox
from facility_app.ui.pages.wizard.tags import TagsStep
from facility_app.ui.person_fields import PersonFields
from facility_app.ui.start import Program
from facility_app.ui.widgets.dialog import Dialog

S = TypeVar("S", bound=StepBox)


def first_start_stage(folder: Path, out: Path, say: Callable[[str], object]) -> Stage:
    """A window on an empty data folder; its key is kept in memory only."""
    application()
    clock = DemoClock(OPENS_AT)
    launch = launch_for(DataFolder(folder), MemoryKeys(), clock=clock)
    return Stage(Program(launch), clock, out, say)


class FirstStart:
    """Goes through the wizard on `stage`; papers and the first backup are left in `folder`."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.hands, self.folder = stage, stage.hands, folder
        self.words: tuple[str, ...] = ()
        """The words on the recovery sheet, once it is made."""

    def play(self) -> None:
        """All nine steps, a picture of each; the first page of the day is the result."""
        with self.stage.story("first-start"):
            self._facility()
            self._manager()
            self._key()
            self._custodian()
            self._cabinets()
            self._residents()
            self._tags()
            self._next("wizard-8-reader")
            self._backup()
            self.stage.wait(
                lambda: self.stage.window.current_key == "today", "the first page of the day"
            )

    # --- what every step has ---------------------------------------------------------------------

    def _page(self) -> WizardPage:
        return self.stage.eyes.one(WizardPage)

    def _fill(self, edit: QWidget, text: str) -> None:
        self.hands.click(edit)
        self.hands.clear()
        self.hands.type(text)

    def _next(self, picture: str) -> None:
        """Take the picture and press the main button; another step is the answer."""
        page = self._page()
        before = page.form.step
        self.stage.wait(page.next_button.isEnabled, f"{picture}: the main button on")
        self.stage.settle()
        self.stage.picture(picture)
        self.hands.answer(
            lambda: self.hands.click(page.next_button),
            lambda: (
                (page.form.step is not before or not page.isVisible())
                and not self.stage.ctx.lane.working
            ),
            f"the step after {picture}",
        )

    def _person(self, fields: PersonFields, person: SampleStaff) -> None:
        self._fill(fields.number, person.number)
        self._fill(fields.name, person.name)
        self._fill(fields.kana, person.kana)
        for secret in (fields.password, fields.again):
            self.hands.click(secret.field)
            self.hands.type(PASSWORD)

    def _save(self, button: QAbstractButton, name: str, done: Callable[[], object]) -> None:
        name_a_file(self.stage, button, self.folder / name, done)

    # --- the steps -------------------------------------------------------------------------------

    def _facility(self) -> None:
        step = self._step(FacilityStep)
        for edit, text in ((step.name, FACILITY), (step.address, ADDRESS), (step.phone, PHONE)):
            self._fill(edit, text)
        self._next("wizard-1-facility")

    def _manager(self) -> None:
        self._person(self._step(ManagerStep).person, STAFF[0])
        self._next("wizard-2-manager")

    def _key(self) -> None:
        step, page = self._step(KeyStep), self._page()
        self.stage.picture("wizard-3-key")
        self.hands.answer(
            lambda: self.hands.click(page.next_button),
            lambda: step.second.isVisible() and not self.stage.ctx.lane.working,
            "the recovery sheet",
        )
        self._save(step.save_button, "first-start-sheet.pdf", lambda: step._kept)
        if step.sheet is not None:
            self.words = tuple(step.sheet.words)
            for edit, at in zip(step.typed, step.sheet.positions, strict=True):
                self._fill(edit, self.words[at - 1])
        self._next("wizard-3-sheet")

    def _custodian(self) -> None:
        self._person(self._step(CustodianStep).person, STAFF[1])
        self._next("wizard-4-custodian")

    def _cabinets(self) -> None:
        fields = self._step(CabinetsStep).fields
        self.stage.settle()
        self._fill(fields.count, "16")
        self.hands.answer(
            lambda: self.hands.click(fields.add_button), lambda: fields.slots, "the cabinet"
        )
        self._next("wizard-5-cabinets")

    def _residents(self) -> None:
        step = self._step(ResidentsStep)
        self.stage.settle()
        self._fill(step.name, "見本 花子")
        self._fill(step.kana, "みほん はなこ")
        self._fill(step.birth, "S20.3.5")
        self._fill(step.room, "101")
        self.stage.picture("wizard-6-resident")
        self.hands.answer(
            lambda: self.hands.click(step.add_button), lambda: step.count, "the first resident"
        )
        self._next("wizard-6-residents")

    def _tags(self) -> None:
        step = self._step(TagsStep)
        self.stage.wait(step.save_button.isEnabled, "labels to print")
        kept = self.stage.words("wizard-tags-kept")
        self._save(step.save_button, "first-start-tags.pdf", lambda: step.state.text() == kept)
        self._next("wizard-7-tags")

    def _backup(self) -> None:
        step = self._step(BackupStep)
        folder = self.folder / "backup"
        folder.mkdir(exist_ok=True)
        self._fill(step.folder, str(folder))
        self.hands.answer(
            lambda: self.hands.click(step.make_button), lambda: step.made, "the verified backup"
        )
        self._next("wizard-9-backup")

    def _step(self, kind: type[S]) -> S:
        return self.stage.eyes.one(kind)


class NewComputer:
    """Another computer: the words of the recovery sheet, then a backup, then as before."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hands, self.eyes = stage, stage.hands, stage.eyes

    def play(self, words: tuple[str, ...], backup: Path) -> None:
        """The manager can unlock again; that is the result."""
        with self.stage.story("new-computer"):
            self.hands.click(self.eyes.one(WizardPage).sheet_button)
            page = self.eyes.one(WordsPage)
            self.hands.click(page.sheet)
            self.hands.type(" ".join(words))
            self.stage.picture("recovery-words")
            self.hands.answer(
                lambda: self.hands.click(page.recover_button),
                lambda: any(self.eyes.all(TroublePage)),
                "the choice of a backup",
            )
            self._restore(self.eyes.one(TroublePage), backup)
            Door(self.stage).unlock(STAFF[0].number)

    def _restore(self, page: TroublePage, backup: Path) -> None:
        other = self.eyes.button("start-restore-file")
        name_a_file(self.stage, other, backup, lambda: page.backup == backup)
        self.stage.picture("restore")
        self.hands.click(page.restore_button)
        sure = self.eyes.button("start-restore", self.eyes.one(Dialog))
        self.hands.answer(
            lambda: self.hands.click(sure),
            self.stage.program.unlock_page.isVisible,
            "the restored store",
        )


def name_a_file(
    stage: Stage, button: QAbstractButton, path: Path, done: Callable[[], object]
) -> None:
    """Press a button that asks for a file, and name `path` in the list that opens."""
    watch = QTimer(interval=20)
    watch.timeout.connect(lambda: _name_file(path))
    watch.start()
    stage.hands.click(button)
    stage.wait(done, path.name)
    watch.stop()
    stage.window.activateWindow()  # as a window manager does when a dialog closes
    stage.settle()


def _name_file(path: Path) -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QFileDialog):
        edit = dialog.findChild(QLineEdit)
        if edit is not None:
            edit.setText(str(path))
        dialog.accept()
