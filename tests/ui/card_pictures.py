"""Draws カード点検, the reader's test and their dialogs into PNG files, to be laid beside the mock.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.card_pictures OUT [WORD]`` (only pictures with WORD).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from facility_app.cards.chip import CardKind
from facility_app.cards.simulator import Faults, SimulatedReaders
from facility_app.cards.simulator.profiles import (
    CardProfile,
    expiring,
    face_card,
    good,
    in_grace,
    other,
    past_grace,
)
from facility_app.cards.supervisor import ReaderState
from facility_app.db.models import SettingRow
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from tests.conftest import FakeClock
from tests.ui.desk_office import DeskWindow
from tests.ui.desk_pictures import facility, settle

TODAY = date(2026, 11, 20)
PAGES = ("today", "desk", "residents", "cards", "reader-test", "log", "settings")


class Scene:
    """One window with a reader; `rest` lets everything come to an end."""

    def __init__(self, app: QApplication, window: DeskWindow, readers: SimulatedReaders) -> None:
        self.app, self.window, self.readers = app, window, readers

    def rest(self) -> None:
        """Until both threads have answered and the layouts lie still."""
        cards = self.window.ctx.cards
        for _ in range(40):
            settle(self.window, self.app)
            if cards is None or (cards.working == 0 and self.window.lane.working == 0):
                time.sleep(0.01)
        settle(self.window, self.app)

    def page(self, key: str = "cards") -> Any:
        """A page, at rest."""
        page = self.window.page(key)
        self.rest()
        return page


Pose = Callable[[Scene], None]


def shows(card: CardProfile, who: str = "", *, lifted: bool = False) -> Pose:
    """A card on the reader, and whose it is."""

    def pose(scene: Scene) -> None:
        page = scene.page()
        scene.readers.insert(card)
        scene.rest()
        if who:
            page.scan(scene.window.world.codes[who])
            scene.rest()
        if lifted:
            scene.readers.remove()
            scene.rest()

    return pose


def reader(state: ReaderState) -> Pose:
    """A reader without a result."""

    def pose(scene: Scene) -> None:
        scene.page()
        readers = scene.readers
        if state is ReaderState.NO_READER:
            readers.unplug()
        elif state is ReaderState.SERVICE_STOPPED:
            readers.stop_service()
        elif state is ReaderState.SILENT:
            readers.insert(good(TODAY), Faults(mute=True))
        elif state is ReaderState.BUSY:
            readers.hold_exclusively(True)
            readers.insert(good(TODAY))
        scene.rest()

    return pose


def pulled(scene: Scene) -> None:
    scene.page()
    scene.readers.insert(good(TODAY), Faults(pulled_at=4))
    scene.rest()


def asks(button: Callable[[Any], Any]) -> Pose:
    """A dialog over a check of Hanako's card."""

    def pose(scene: Scene) -> None:
        scene.window.world.add(SettingRow(name="attribute_check", value=True))
        shows(expiring(TODAY), "hanako")(scene)
        button(scene.window.built("cards")).click()
        scene.rest()

    return pose


def desk(card: CardProfile) -> Pose:
    """The desk with a card on the reader."""

    def pose(scene: Scene) -> None:
        page = scene.page("desk")
        scene.readers.insert(card)
        page.scan(scene.window.world.codes["hanako"])
        scene.rest()
        scene.rest()

    return pose


def tries_reader(rounds: int, *, missed: bool = False) -> Pose:
    """The reader's test after some rounds."""

    def pose(scene: Scene) -> None:
        scene.page("reader-test")
        for _ in range(rounds):
            scene.readers.insert(good(TODAY))
            scene.rest()
            scene.readers.remove()
            scene.rest()
        if missed:
            scene.readers.insert(good(TODAY), Faults(mute=True))
            scene.rest()
            scene.readers.remove()
            scene.rest()

    return pose


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        pose: Pose,
        *,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        size: tuple[int, int] = (1366, 768),
        language: str = "ja",
        strip: bool = False,
    ) -> None:
        """One picture of the window after `pose`."""
        if self.only not in name:
            return
        with tempfile.TemporaryDirectory() as folder:
            world = facility(Path(folder), FakeClock())
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            readers = SimulatedReaders()
            window = DeskWindow(world, theme, language=language, pages=PAGES, readers=readers)
            window.window.resize(*size)
            window.window.show()
            scene = Scene(self.app, window, readers)
            scene.rest()
            pose(scene)
            if not strip:
                window.window.show_strip("")
            scene.rest()
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            world.engine.dispose()
        print(name)

    def in_all_looks(self, name: str, pose: Pose) -> None:
        """Light, dark, high contrast, enlarged, in a low window, with the strip, in English."""
        self.take(name, pose)
        self.take(f"{name}-dark", pose, mode=Mode.DARK)
        self.take(f"{name}-hc", pose, mode=Mode.HIGH_CONTRAST)
        self.take(f"{name}-200", pose, zoom=200)
        self.take(f"{name}-125", pose, zoom=125)
        self.take(f"{name}-small", pose, size=(1366, 688))
        self.take(f"{name}-strip", pose, strip=True)
        self.take(f"{name}-en", pose, language="en")


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    soon = expiring(TODAY)
    studio.in_all_looks("check-soon", shows(soon))
    studio.in_all_looks("check-who", shows(soon, "hanako"))
    unread = replace(good(TODAY), damaged_certificate=True, card_expires_on=None)
    for name, card in {
        "good": good(TODAY), "grace": in_grace(TODAY), "past": past_grace(TODAY),
        "face": face_card(TODAY), "felica": other(CardKind.FELICA), "unread": unread,
    }.items():  # fmt: skip
        studio.take(f"check-{name}", shows(card))
        studio.take(f"check-{name}-200", shows(card), zoom=200)
    studio.take("check-past-who", shows(past_grace(TODAY), "hanako"))
    studio.take("check-lifted", shows(good(TODAY), lifted=True))
    for state in ReaderState:
        if state not in (ReaderState.CARD, ReaderState.FAULT):
            studio.take(f"reader-{state.value}", reader(state))
            studio.take(f"reader-{state.value}-200", reader(state), zoom=200)
    studio.take("reader-pulled", pulled)
    dialogs: dict[str, Callable[[Any], Any]] = {
        "choose": lambda page: page.result.who.other,
        "day": lambda page: page.result.band.day,
        "attributes": lambda page: page.result.who.attributes,
    }
    for name, button in dialogs.items():
        studio.take(f"dialog-{name}", asks(button))
        studio.take(f"dialog-{name}-200", asks(button), zoom=200)
        studio.take(f"dialog-{name}-dark", asks(button), mode=Mode.DARK)
    studio.in_all_looks("desk-card", desk(past_grace(TODAY)))
    studio.take("desk-card-good", desk(good(TODAY)))
    studio.in_all_looks("test-some", tries_reader(4))
    studio.take("test-missed", tries_reader(2, missed=True))
    studio.take("test-good", tries_reader(10))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
