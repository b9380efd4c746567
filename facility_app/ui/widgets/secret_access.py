"""What a screen reader is told of a painted field for secret text.

A painted widget is only "Client" by itself.  A widget with ``secret_field = True`` and a length is
an editable text of the kind "password": how long its content is may be heard, what it is may not.
"""

from __future__ import annotations

from collections.abc import Sized

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_installed: list[bool] = []


class _Told(QAccessibleWidget):
    def __init__(self, field: QWidget) -> None:
        super().__init__(field, QAccessible.Role.EditableText)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.passwordEdit = 1
        state.editable = 1
        return state

    def text(self, which: QAccessible.Text) -> str:
        field = self.object()
        if which is QAccessible.Text.Value:
            return "●" * len(field) if isinstance(field, Sized) else ""
        return super().text(which)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    secret = isinstance(thing, QWidget) and getattr(thing, "secret_field", False)
    return _Told(thing) if secret and isinstance(thing, QWidget) else None


def tell_secret_fields() -> None:
    """From now on; the second time nothing happens."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_make)
