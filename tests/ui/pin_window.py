"""The window with a vault behind it, and what the tests of its pages ask of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from facility_app.cards.simulator import FaultyCard, SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.ui.dialogs.pin_release import ReleaseDialog
from facility_app.ui.pages.pins import PinsPage
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.dialog import Dialog
from tests.desk_world import DeskWorld
from tests.ui.desk_office import DeskWindow
from tests.ui.pin_office import PAGES, TODAY, PinOffice

PATIENCE_MS = 15_000


class Vault:
    """The window with a PIN of Hanako, unlocked as the first officer."""

    def __init__(self, window: DeskWindow, office: PinOffice, readers: SimulatedReaders) -> None:
        self.window, self.office, self.readers = window, office, readers
        self.shares: tuple[str, ...] = ()
        """The words of the recovery shares."""

    @property
    def world(self) -> DeskWorld:
        return self.window.world

    def page(self, qtbot: QtBot) -> PinsPage:
        """The page, with its rows."""
        page: PinsPage = self.window.page("pins")
        qtbot.waitUntil(lambda: bool(page.list.rows), timeout=PATIENCE_MS)
        return page

    def opened(self, qtbot: QtBot) -> ReleaseDialog:
        """The release of the first row."""
        self.page(qtbot).list.rows[0].use.click()
        return self.dialog(qtbot, ReleaseDialog)

    def dialog(self, qtbot: QtBot, kind: type[Any]) -> Any:
        """The dialog of this kind, once it is there."""
        qtbot.waitUntil(lambda: bool(self.dialogs(kind)), timeout=PATIENCE_MS)
        return self.dialogs(kind)[-1]

    def dialogs(self, kind: type[Any] = Dialog) -> list[Any]:
        found = self.window.window.host().findChildren(kind)
        return [each for each in found if each.isVisible()]

    def laid(self, qtbot: QtBot, dialog: ReleaseDialog, number: int = 1) -> FaultyCard:
        """Hanako's card, or another one, on the reader and read."""
        card = self.readers.insert(good(TODAY, number))
        qtbot.waitUntil(lambda: dialog.watch.facts is not None, timeout=PATIENCE_MS)
        return card

    def settled(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: self.window.lane.working == 0, timeout=PATIENCE_MS)


def opened_vault(
    qtbot: QtBot, world: DeskWorld, theme: Theme, folder: Path, *, threshold: int = 2,
    who: str = "officer", on: bool = True, holds: bool = True,
) -> Iterator[Vault]:  # fmt: skip
    gc.collect()  # here: the widgets of the test before must not be freed on a worker's thread
    readers = SimulatedReaders()
    office = PinOffice(world, folder, readers)
    vault_words = office.switch_on(threshold) if on else ()
    if on and holds:
        office.hold("hanako")
    window = DeskWindow(world, theme, who=who, pages=PAGES, readers=readers, office=office)
    qtbot.addWidget(window.window)
    window.window.resize(1366, 768)
    with qtbot.waitExposed(window.window):
        window.window.show()
    window.window.activateWindow()
    vault = Vault(window, office, readers)
    vault.shares = vault_words
    yield vault
    window.close()
    office.close()
