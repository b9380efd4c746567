"""The menu that takes the navigation's place when the screen is enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facility_app.ui.shell.navigation import NavButton
from facility_app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from facility_app.ui.main_window import MainWindow


def open_menu(window: MainWindow) -> Dialog:
    """Pages, search and help as a list."""
    ctx = window.ctx
    theme, words = ctx.theme, ctx.words
    dialog = Dialog(
        theme, window.host(), title=words("shell-menu"), close=words("widgets-close"), icon="menu",
        width=480,
    )  # fmt: skip
    first = None
    for spec in window.specs.values():
        if not spec.in_navigation or not ctx.session.may(spec.permission):
            continue
        button = NavButton(theme, spec.key, spec.icon, words(spec.title))
        button.setChecked(spec.key == window.current_key)
        button.clicked.connect(lambda _c=False, key=spec.key: _go(window, dialog, key))
        dialog.body.addWidget(button)
        first = first or button
    for icon, key, act in (
        ("search", "shell-search", window.search),
        ("help", "shell-help", window.status.help_wanted.emit),
    ):
        extra = NavButton(theme, key, icon, words(key))
        extra.setCheckable(False)
        extra.clicked.connect(dialog.dismiss)
        extra.clicked.connect(act)
        dialog.body.addWidget(extra)
    dialog.open(first)
    return dialog


def _go(window: MainWindow, dialog: Dialog, key: str) -> None:
    dialog.dismiss()
    window.navigate(key)
