"""A walk through every page, leaving a picture of each; nothing is recorded on the way."""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.cover import Cover
from facility_app.ui.pages.desk import DeskPage
from facility_app.ui.pages.log import LogPage
from facility_app.ui.pages.residents import ResidentsPage
from facility_app.ui.pages.settings import SettingsPage
from facility_app.ui.pages.staff import StaffPage
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.settings import Section
from facility_app.ui.widgets.dialog import Dialog

LOOKS = ((Mode.DARK, 100, "-dark"), (Mode.HIGH_CONTRAST, 100, "-hc"), (Mode.LIGHT, 200, "-zoom200"))
"""Other looks of the main pages."""

SHOWN, LATIN = 0, 6
"""Residents by their place in demo/people: a full one, and one with a long Latin name."""

RETURNING, LEAVING = 0, 3
TOURED = (
    *("reader-test", "stocktake", "review", "reports", "charts", "checkpoint"),
    *("clinics", "visit-results"),
)
"""Pages that are shown as they open."""


class Tour:
    """Takes pictures on `stage` as a manager."""

    def __init__(self, stage: Stage, held: tuple[Pouch, ...], *, quick: bool = False) -> None:
        self.stage, self.held, self.quick = stage, held, quick

    def take(self) -> None:
        """Every page in the ordinary look, then the main ones in the others unless `quick`."""
        self._every_page()
        for mode, zoom, suffix in () if self.quick else LOOKS:
            self.stage.look(mode, zoom)
            self._main_pages(suffix)
        self.stage.look(Mode.LIGHT, 100)
        self._cover()

    def _open(self, key: str, name: str, **args: object) -> None:
        stage = self.stage
        stage.window.navigate(key, **args)
        stage.settle()
        stage.picture(name)

    def _every_page(self) -> None:
        stage, held = self.stage, self.held
        self._open("residents", "residents")
        for index, name in ((SHOWN, "resident"), (LATIN, "resident-latin")):
            self._open("residents", f"{name}-items", resident=held[index].resident_id)
        self._open("residents", "resident-items", resident=held[SHOWN].resident_id)
        bar = stage.page(ResidentsPage).detail.bar
        for tab in range(1, bar.count()):
            bar.setCurrentIndex(tab)
            stage.settle()
            stage.picture(f"resident-tab-{tab + 1}")
        bar.setCurrentIndex(0)
        for key in TOURED:
            self._open(key, key)
        self._open("staff", "staff")
        tiles = list(stage.page(StaffPage).tiles.values())
        tiles[4].click()
        stage.settle()
        stage.picture("staff-person")
        self._log_entry("log-entry")
        page = stage.page(SettingsPage)
        page.choose(Section.OWN)
        page.banner.dismiss()
        self._open("settings", "settings-own")
        for section in list(Section)[1:]:
            if page.buttons[section].isVisible():
                page.choose(section)
                stage.settle()
                stage.picture(f"settings-{section.value}")
        page.choose(Section.OWN)
        stage.window.status.help_wanted.emit()
        stage.settle()
        stage.picture("help")
        self._open("today", "today-manager")
        self._dialogs()

    def _dialogs(self) -> None:
        """The dialogs that no story needs, each opened by its button and left by Esc."""
        stage, held = self.stage, self.held
        self._dialog("today-locate", "dialog-locate")
        self._dialog("today-plan", "dialog-plan-visit")
        for index, key, name in (
            (RETURNING, "desk-extend", "dialog-correct"),
            (LEAVING, "desk-hand-back", "dialog-hand-back"),
        ):
            stage.window.navigate("desk", resident=held[index].resident_id)
            stage.settle()
            self._dialog(key, name)
            stage.page(DeskPage).start_over()
        stage.window.navigate("residents")
        stage.settle()
        self._dialog("residents-register", "dialog-register")
        stage.window.navigate("residents", resident=held[SHOWN].resident_id)
        stage.settle()
        self._dialog("residents-edit-form", "dialog-edit")
        self._dialog("residents-receive", "dialog-receive")
        stage.page(ResidentsPage).detail.bar.setCurrentIndex(1)
        self._dialog("residents-agree", "dialog-agreement")
        stage.page(ResidentsPage).detail.bar.setCurrentIndex(0)
        stage.window.navigate("staff")
        stage.settle()
        self._dialog("staff-page-add-title", "dialog-staff")

    def _dialog(self, key: str, name: str) -> None:
        stage = self.stage
        stage.hands.click(stage.eyes.button(key))
        stage.wait(lambda: any(stage.eyes.all(Dialog)), name)
        stage.picture(name)
        stage.hands.escape()
        stage.wait(lambda: not any(stage.eyes.all(Dialog)), f"{name} gone")

    def _log_entry(self, name: str) -> None:
        stage = self.stage
        self._open("log", name)
        page = stage.page(LogPage)
        seq = next((row.seq for row in page.model.rows if "emergency" in str(row)), None)
        page.show_entry(seq or page.model.rows[0].seq)
        stage.settle()
        stage.picture(name)

    def _desk(self, index: int, name: str) -> None:
        stage = self.stage
        self._open("desk", name, resident=self.held[index].resident_id)
        stage.page(DeskPage).start_over()
        stage.settle()

    def _main_pages(self, suffix: str) -> None:
        self._open("today", f"today{suffix}")
        self._desk(LEAVING, f"desk-sign-out{suffix}")
        self._desk(RETURNING, f"desk-return{suffix}")
        self._open("residents", f"residents{suffix}")
        self._open("residents", f"resident-items{suffix}", resident=self.held[SHOWN].resident_id)
        self._log_entry(f"log-entry{suffix}")
        self._open("staff", f"staff{suffix}")
        self._open("settings", f"settings{suffix}")

    def _cover(self) -> None:
        """The cover comes by itself after a while without input; here after none."""
        stage = self.stage
        keeper = stage.program.keeper
        if keeper is None:
            return
        keeper.set_times(cover_after_s=0, lock_after_s=180)
        stage.wait(keeper.cover.isVisible, "the cover")
        stage.picture("cover")
        keeper.set_times(cover_after_s=60, lock_after_s=180)
        stage.hands.key(Qt.Key.Key_Space)
        stage.wait(lambda: not any(stage.eyes.all(Cover)), "the page under the cover")
