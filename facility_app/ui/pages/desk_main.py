"""The one big button of the desk: in the last column, or in the bar of the enlarged screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.page import Page
from facility_app.ui.viewmodels import desk as said
from facility_app.ui.viewmodels.sign_in import BackForm
from facility_app.ui.viewmodels.sign_out import OutForm
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.text import Text


class MainPlace(QObject):
    """Keeps the button where the eye is; `cards` tells the card of each view."""

    def __init__(self, page: Page, cards: Mapping[QWidget, Card], cancel: ActionButton) -> None:
        super().__init__(page)
        self._page, self._cards, self._cancel = page, cards, cancel
        self._view: QWidget = page
        self._head_box = cancel.parentWidget() or page
        theme = page.theme
        self.button = ActionButton(
            theme, "", kind=Kind.FILLED, icon="output", key="Enter", height=64, size=24
        )
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.summary = QWidget()
        column = Column(theme, self.summary, spacing=0)
        self._lines = [Text(theme, bold=n == 0, elide=True) for n in range(3)]
        for line in self._lines:
            column.addWidget(line)
        page.bar.row.addWidget(self.summary, 2)
        page.bar.hide()
        theme.changed.connect(lambda: self.follow(self._view))

    def follow(self, view: QWidget) -> None:
        """Go to the view's card or to the bar; hide where the view has no act."""
        self._view = view
        card, page = self._cards.get(view), self._page
        focused = self.button.hasFocus()
        compact = page.theme.compact
        if card is None:
            self.button.hide()
        elif compact:
            page.bar.row.addWidget(self.button, 3)
            self.button.show()
        else:
            card.body.addWidget(self.button)
            self.button.show()
        page.bar.setVisible(card is not None and compact)
        self._move_cancel(card is not None and compact)
        if focused:
            self.button.setFocus()

    def _move_cancel(self, to_bar: bool) -> None:
        """On the enlarged screen a form has the room of the scan field; scans still arrive."""
        head = self._head_box.layout()
        if to_bar:
            self._page.bar.row.insertWidget(1, self._cancel)
        elif head is not None:
            head.addWidget(self._cancel)
        self._head_box.setVisible(not to_bar)

    def tell_out(self, form: OutForm, may: bool) -> None:
        """The words of a sign-out; `may`: whether the unlocked person has the right."""
        words = self._page.words
        reason = said.out_reason(words, form) if may else words("desk-cannot-right")
        self._say(said.out_button(words, form), "output", reason)
        self._summarize(said.out_summary(words, form))

    def tell_back(self, form: BackForm) -> None:
        """The words of a return."""
        words = self._page.words
        self._say(said.back_button(words, form), "input", said.back_reason(words, form))
        self._summarize(said.back_summary(words, form))

    def _say(self, text: str, icon: str, reason: str) -> None:
        """What pressing it does; a `reason` turns it off and stands on it."""
        self.button.set_text(text)
        self.button.set_icon(icon)
        self.button.block(reason)

    def _summarize(self, lines: Sequence[str]) -> None:
        """Up to three lines beside the button in the bar: where, with whom, until when."""
        for text, words in zip(self._lines, [*lines, "", "", ""], strict=False):
            text.set(words)
            text.setVisible(bool(words))
