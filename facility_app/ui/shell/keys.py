"""The keys that work everywhere, also while a dialog is open: zoom, lock, emergency release."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from facility_app.ui.theme import Theme


def install_keys(
    window: QWidget,
    theme: Theme,
    *,
    lock: Callable[[], object],
    lost: Callable[[], object],
    emergency: Callable[[], object],
) -> None:
    """Ctrl with + (also = and ; on a Japanese keyboard), - and 0; Ctrl+L; F7; F12."""

    def larger() -> None:
        theme.step_zoom(1)

    table: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Ctrl++", larger),
        ("Ctrl+=", larger),
        ("Ctrl+;", larger),
        ("Ctrl+-", lambda: theme.step_zoom(-1)),
        ("Ctrl+0", lambda: theme.step_zoom(0)),
        ("Ctrl+L", lock),
        ("F7", lost),
        ("F12", emergency),
    )
    for keys, act in table:
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(act)
