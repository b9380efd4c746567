"""The real window on the sample facility, with a note on the unlock page that lets everybody in."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from facility_app.cards.protocol import ReaderDriver
from facility_app.demo.people import PASSWORD
from facility_app.demo.store import SampleStore
from facility_app.launch import system_readers
from facility_app.ui.start import Program
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.levels import Level

WINDOW = (1366, 768)
"""The screen the pages are drawn for, in pixels."""

NOTE = "sample-note"
"""Object name of the note on the unlock page."""


def application() -> QApplication:
    """The one application of this process."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    qInstallMessageHandler(_told_by_qt)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    return QApplication(["facility-app"])


def _told_by_qt(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what its display without a screen says of every window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def sample_program(
    store: SampleStore, reader: Callable[[], ReaderDriver] = system_readers
) -> Program:
    """The program on the sample store, with these card readers; `begin` opens it."""
    application()
    program = Program(store.launch(reader))
    words, page = program.words, program.unlock_page
    note = Notice(
        program.theme,
        Level.NOTICE,
        words("demo-unlock-title"),
        words("demo-unlock-text", password=PASSWORD),
    )
    note.setObjectName(NOTE)
    card = next(each for each in page.findChildren(Card) if each.isAncestorOf(page.password))
    card.body.insertWidget(card.body.count() - 2, note)  # above the gap over the button
    return program


def open_sample_window(store: SampleStore) -> int:
    """Show the window until it is closed, the sample clock running; gives the exit code."""
    app = application()
    program = sample_program(store)
    store.clock.run()
    program.begin()
    program.window.start()
    code = app.exec()
    program.end()
    return code
