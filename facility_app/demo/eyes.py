"""A person's eyes: finds what is visible in the window by its words, as a reader names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from facility_app.demo.hands import Stuck
from facility_app.i18n import Words
from facility_app.ui.phrases import plain

W = TypeVar("W", bound=QWidget)


class Eyes:
    """Looks at the window and whatever lies over it."""

    def __init__(self, window: QWidget, words: Words) -> None:
        self._window, self.words = window, words

    def all(self, kind: type[W], inside: QWidget | None = None) -> Iterator[W]:
        """The visible widgets of a kind, in an open list first, then in `inside` or the window."""
        popup = QApplication.activePopupWidget()
        for root in (popup, inside or self._window):
            if root is not None:
                yield from (each for each in root.findChildren(kind) if each.isVisible())

    def one(self, kind: type[W], inside: QWidget | None = None) -> W:
        """The last visible widget of a kind: what lies on top.  Raises Stuck."""
        found = list(self.all(kind, inside))
        if not found:
            raise Stuck(kind.__name__)
        return found[-1]

    def named(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        """The visible widget whose name or words contain `name`, an exact one first.

        Raises Stuck.
        """
        found = [each for each in self.all(kind, inside) if name in _words_of(each)]
        if not found:
            raise Stuck(f"{kind.__name__} {name!r}")
        exact = [each for each in found if name in _words_of(each).split("\n")]
        return (exact or found)[0]

    def button(self, key: str, inside: QWidget | None = None, **facts: object) -> QAbstractButton:
        """The visible button that says the catalogue's message `key`."""
        words = plain(self.words(key, **facts))
        exact = (each for each in self.all(QAbstractButton, inside) if plain(each.text()) == words)
        return next(exact, None) or self.named(QAbstractButton, words, inside)

    def there(self, kind: type[QWidget], name: str, inside: QWidget | None = None) -> bool:
        """Whether `named` would find it."""
        return any(name in _words_of(each) for each in self.all(kind, inside))

    def reads(self, text: str) -> bool:
        """Whether some visible label or button says `text`."""
        wanted = plain(text)
        return self.there(QLabel, wanted) or self.there(QAbstractButton, wanted)

    def says(self, key: str, **facts: object) -> bool:
        """Whether the catalogue's message `key` can be read somewhere."""
        return self.reads(self.words(key, **facts))


def _words_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return plain("\n".join((widget.objectName(), widget.accessibleName(), text)))
