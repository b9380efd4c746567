"""Two lists of pages: the menu that takes the navigation's place when the screen is enlarged, and
what belongs to the person who is unlocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facility_app.ui.page import PageSpec
from facility_app.ui.shell.navigation import NavButton
from facility_app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from facility_app.ui.main_window import MainWindow


def open_menu(window: MainWindow) -> Dialog:
    """Pages, search and help as a list."""
    words = window.ctx.words
    pages = [
        spec
        for spec in window.specs.values()
        if window.shows(spec) or window.gives_way(spec) or spec.in_person_menu
    ]
    dialog, first = _listed(window, words("shell-menu"), "menu", pages)
    for icon, key, act in (
        ("search", "shell-search", window.search),
        ("help", "shell-help", window.status.help_wanted.emit),
    ):
        extra = NavButton(window.ctx.theme, key, icon, words(key))
        extra.setCheckable(False)
        extra.clicked.connect(dialog.dismiss)
        extra.clicked.connect(act)
        dialog.body.addWidget(extra)
    dialog.open(first)
    return dialog


def open_person_menu(window: MainWindow) -> Dialog:
    """What is not part of the day's work: settings, staff."""
    face = window.ctx.session.face
    title = face.name if face is not None else ""
    pages = [
        spec for spec in window.specs.values() if window.gives_way(spec) or spec.in_person_menu
    ]
    dialog, first = _listed(window, title, "person", pages)
    dialog.open(first)
    return dialog


def _listed(
    window: MainWindow, title: str, icon: str, pages: list[PageSpec]
) -> tuple[Dialog, NavButton | None]:
    """A dialog with a button for each page that the person may use, and the first of them."""
    theme, words = window.ctx.theme, window.ctx.words
    dialog = Dialog(
        theme, window.host(), title=title, close=words("widgets-close"), icon=icon, width=480
    )
    first = None
    for spec in pages:
        if not window.ctx.session.may(spec.permission):
            continue
        button = NavButton(theme, spec.key, spec.icon, words(spec.title))
        button.setChecked(spec.key == window.current_key)
        button.clicked.connect(lambda _c=False, key=spec.key: _go(window, dialog, key))
        dialog.body.addWidget(button)
        first = first or button
    return dialog, first


def _go(window: MainWindow, dialog: Dialog, key: str) -> None:
    dialog.dismiss()
    window.navigate(key)
