"""Draws 暗証番号, the release and what belongs to the vault into PNG files, to lie beside the mock.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.pin_pictures OUT [WORD]`` (only pictures with WORD).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.db.models import VaultEntryRow
from facility_app.domain.pins import Doubt
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets.dialog import Dialog
from tests.conftest import FakeClock
from tests.desk_world import visit_row
from tests.ui import pin_office
from tests.ui.desk_office import DeskWindow
from tests.ui.desk_pictures import facility, settle
from tests.ui.keys import press
from tests.ui.pin_office import PinOffice, passphrase


class Scene:
    """One window with a vault and a reader; `rest` lets everything come to an end."""

    def __init__(
        self, app: QApplication, window: DeskWindow, office: PinOffice, readers: SimulatedReaders
    ) -> None:
        self.app, self.window, self.office, self.readers = app, window, office, readers

    def rest(self) -> None:
        """Until both threads have answered and the layouts lie still."""
        cards = self.window.ctx.cards
        for _ in range(25):
            settle(self.window, self.app)
            if cards is None or (cards.working == 0 and self.window.lane.working == 0):
                time.sleep(0.01)
        settle(self.window, self.app)

    def page(self, key: str = "pins") -> Any:
        """A page, at rest."""
        page = self.window.page(key)
        self.rest()
        return page

    def dialog(self) -> Any:
        """The dialog on top, at rest."""
        self.rest()
        return self.window.window.host().findChildren(Dialog)[-1]

    def row(self, name: str) -> Any:
        """The row of a resident."""
        page = self.page()
        return next(row for row in page.list.rows if row.name.text() == name)


Pose = Callable[[Scene], None]


def page(scene: Scene) -> None:
    scene.page()


def held(scene: Scene) -> None:
    """Rows in every state."""
    rows = scene.window.world.rows(VaultEntryRow)
    scene.window.world.add_change(rows[0], doubt=Doubt.WRONG)
    scene.page()


def tag(scene: Scene) -> None:
    shown = scene.page()
    shown.scan(scene.window.world.codes["hanako"])
    scene.rest()


def absent(scene: Scene) -> None:
    scene.office.place.rename(scene.office.place.with_name("away"))
    scene.page()


def release(*, first: bool = False, second: bool = False, tick: bool = False) -> Pose:
    """The release of Yuki's PIN, how far it has come."""

    def pose(scene: Scene) -> None:
        scene.readers.insert(good(pin_office.TODAY, 2))
        scene.row("渡邉 ゆき").use.click()
        dialog = scene.dialog()
        if first:
            field = dialog.seats.panels[0].field
            press(field, passphrase("officer"))
            QTest.keyClick(field, Qt.Key.Key_Return)
            scene.rest()
        if tick:
            dialog.face.click()
        if second:
            field = dialog.seats.panels[1].field
            field.setFocus()
            press(field, "bonfire")
        scene.rest()

    return pose


def wrong(scene: Scene) -> None:
    release(first=True)(scene)
    dialog = scene.dialog()
    press(dialog.seats.panels[1].field, "not this passphrase")
    dialog.face.click()
    QTest.keyClick(dialog.seats.panels[1].field, Qt.Key.Key_Return)
    scene.rest()


def other_card(scene: Scene) -> None:
    release()(scene)
    scene.readers.remove()
    scene.rest()
    scene.readers.insert(good(pin_office.TODAY.replace(year=2025), 7))
    scene.rest()


def reveal(scene: Scene) -> None:
    release()(scene)
    scene.dialog().turn.click()
    scene.rest()


def shown(*, seen: bool) -> Pose:
    """The picture, covered or seen."""

    def pose(scene: Scene) -> None:
        reveal(scene)
        dialog = scene.dialog()
        dialog.reasons.choose("reader-broken")
        for at, who in enumerate(pin_office.OFFICERS):
            press(dialog.seats.panels[at].field, passphrase(who))
        dialog.main.click()
        scene.rest()
        sheet = scene.dialog().picture.sheet
        if seen:
            scene.window.window.activateWindow()
            sheet.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
            at_point = QPointF(9, 9)
            QApplication.sendEvent(sheet, QEnterEvent(at_point, at_point, at_point))
        scene.rest()

    return pose


def more(scene: Scene) -> None:
    scene.row("見本 花子").more.click()
    scene.rest()


def from_more(act: str) -> Pose:
    """A dialog behind it."""

    def pose(scene: Scene) -> None:
        more(scene)
        dialog = scene.dialog()
        next(button for key, button in dialog.buttons.items() if key.value == act).click()
        scene.rest()

    return pose


def deposit(*, guessable: bool = False, typed: bool = False) -> Pose:
    """Depositing for Tadashi (no card) or Kiyo."""

    def pose(scene: Scene) -> None:
        shown_page = scene.page()
        shown_page.deposit.click()
        scene.rest()
        who = "hanako" if guessable or typed else "kiyo"
        scene.dialog().field.scan(scene.window.world.codes[who])
        scene.rest()
        dialog = scene.dialog()
        if guessable or typed:
            dialog.kinds.choose("card-info")
            scene.rest()
            for field in (dialog.pin, dialog.again):
                press(field, "1234" if guessable else "7031")
        scene.rest()

    return pose


def own(scene: Scene) -> None:
    scene.page().own.click()
    scene.rest()


def walk(steps: int = 0, *, enough: bool = False) -> Pose:
    """Turning it on, some steps in."""

    def pose(scene: Scene) -> None:
        shown_page = scene.page("pin-vault")
        for number, question in enumerate(shown_page.walk.ways.questions.values()):
            question.choose("does" if enough and not number else "does-not")
        for number in range(steps):
            if number == 1:
                shown_page.walk.place.folder.edit.setText("E:\\")
                shown_page.walk.place.folder.changed.emit()
            if number == 2:
                for tick in shown_page.walk.officers.ticks.values():
                    tick.setChecked(True)
            shown_page.next.click()
            scene.rest()
        scene.rest()

    return pose


def walked(scene: Scene) -> None:
    walk(3)(scene)
    step = scene.window.built("pin-vault").walk.passphrases
    for field in (step.new.first, step.new.again):
        press(field, passphrase("officer"))
    step.keep_button.click()
    scene.rest()


def managed(scene: Scene) -> None:
    scene.page("pin-vault")


def manages(act: str) -> Pose:
    """A dialog of who looks after the vault."""

    def pose(scene: Scene) -> None:
        shown_page = scene.page("pin-vault")
        buttons = shown_page.manage.buttons
        next(button for key, button in buttons.items() if key.value == act).click()
        scene.rest()

    return pose


def printed(scene: Scene) -> None:
    from facility_app.secret import Secret
    from facility_app.ui.dialogs.pin_shares import SharesDialog

    scene.page("pin-vault")
    words = ("loan evil away email artwork critical single chew thunder work endless rainbow",) * 3
    SharesDialog(scene.window.ctx, [Secret.from_text(text) for text in words]).start()
    scene.rest()


def in_settings(scene: Scene) -> None:
    scene.window.ctx.navigate("settings", section="pins")
    scene.rest()


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        pose: Pose,
        *,
        who: str = "officer",
        on: bool = True,
        holds: bool = True,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        size: tuple[int, int] = (1366, 768),
        language: str = "ja",
    ) -> None:
        """One picture of the window after `pose`."""
        if self.only not in name:
            return
        with tempfile.TemporaryDirectory() as folder:
            world = facility(Path(folder), FakeClock())
            pin_office.people(world)
            visit_row(world, "yuki")
            readers = SimulatedReaders()
            office = PinOffice(world, Path(folder), readers)
            if on:
                office.switch_on()
                for resident in ("yuki", "hanako", "latin") if holds else ():
                    office.hold(resident)
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            window = DeskWindow(
                world, theme, who=who, language=language, pages=pin_office.PAGES,
                readers=readers, office=office,
            )  # fmt: skip
            window.window.resize(*size)
            window.window.show()
            window.window.activateWindow()
            scene = Scene(self.app, window, office, readers)
            scene.rest()
            pose(scene)
            window.window.show_strip("")
            scene.rest()
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            office.close()
            world.engine.dispose()
        print(name)

    def in_all_looks(self, name: str, pose: Pose, **more_of: Any) -> None:
        """Light, dark, high contrast, enlarged, in a low window, in English."""
        self.take(name, pose, **more_of)
        self.take(f"{name}-dark", pose, mode=Mode.DARK, **more_of)
        self.take(f"{name}-hc", pose, mode=Mode.HIGH_CONTRAST, **more_of)
        self.take(f"{name}-200", pose, zoom=200, **more_of)
        self.take(f"{name}-small", pose, size=(1366, 688), **more_of)
        self.take(f"{name}-en", pose, language="en", **more_of)


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    studio.in_all_looks("page", held)
    studio.take("page-tag", tag)
    studio.take("page-absent", absent)
    studio.take("page-absent-200", absent, zoom=200)
    studio.take("page-none", page, holds=False)
    studio.take("page-off", page, on=False)
    studio.take("page-off-manager", page, on=False, who="manager")
    studio.take("page-custodian", page, who="custodian")
    studio.in_all_looks("release", release(first=True, second=True, tick=True))
    studio.take("release-begin", release())
    studio.take("release-custodian", release(), who="custodian")
    studio.take("release-custodian-200", release(), who="custodian", zoom=200)
    studio.take("release-wrong", wrong)
    studio.take("release-other-card", other_card)
    studio.in_all_looks("reveal", reveal)
    studio.take("shown-covered", shown(seen=False))
    studio.take("shown", shown(seen=True))
    studio.take("shown-dark", shown(seen=True), mode=Mode.DARK)
    studio.take("shown-200", shown(seen=True), zoom=200)
    studio.take("more", more)
    studio.take("more-200", more, zoom=200)
    studio.take("erase", from_more("erase"))
    studio.take("check", from_more("check"))
    studio.in_all_looks("deposit", deposit(guessable=True))
    studio.take("deposit-good", deposit(typed=True))
    studio.take("deposit-no-agreement", deposit())
    studio.take("replace", from_more("replace"))
    studio.take("own", own)
    studio.take("own-200", own, zoom=200)
    manager: dict[str, Any] = {"who": "manager", "on": False}
    studio.in_all_looks("walk-ways", walk(), **manager)
    studio.take("walk-enough", walk(enough=True), **manager)
    studio.take("walk-place", walk(1), **manager)
    studio.take("walk-officers", walk(2), **manager)
    studio.take("walk-officers-200", walk(2), zoom=200, **manager)
    studio.take("walk-passphrases", walked, **manager)
    studio.take("walk-passphrases-200", walked, zoom=200, **manager)
    studio.in_all_looks("manage", managed, who="manager")
    studio.take("shares", printed, who="manager")
    studio.take("shares-200", printed, who="manager", zoom=200)
    for act in ("officers", "check-share", "recover", "move", "switch-off", "use-previous"):
        holds = act != "switch-off"
        studio.take(f"manage-{act}", manages(act), who="manager", holds=holds)
    studio.take("settings", in_settings, who="manager")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
