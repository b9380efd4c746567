"""What stands in the unlock page's place while the store cannot be opened: passphrase, recovery
words, or the error in full with the way back to a backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from facility_app.i18n import ErrorText
from facility_app.recovery import WORDS, split_words
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.page import Page
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import AreaField, LabeledField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text

SHOWN_BACKUPS = 6
_TOP = Qt.AlignmentFlag.AlignTop


class _OpeningPage(Page):
    """A card in the middle of the window, with a heading."""

    def __init__(self, ctx: UiContext, *, icon: str, title: str, tone: str = "primary") -> None:
        super().__init__(ctx)
        self.card = Card(self.theme, padding=32, spacing=16)
        Sized(self.theme, self.card, max_width=896)
        head = Row(self.theme, spacing=16)
        self._icon = IconLabel(self.theme, icon, size=48, tone=tone)
        head.addWidget(self._icon, 0, _TOP)
        self.title = Text(self.theme, title, size=28, bold=True)
        head.addWidget(self.title, 1)
        self.card.body.addLayout(head)
        middle = Row(self.theme, spacing=0)
        middle.addStretch(1)
        middle.addWidget(self.card, 100)
        middle.addStretch(1)
        self.content.addStretch(1)
        self.content.addLayout(middle)
        self.content.addStretch(2)

    def add(self, widget: QWidget) -> None:
        """The next thing in the card."""
        self.card.body.addWidget(widget)

    def secret(self, name: str) -> SecretEdit:
        """A password field with the words of this program."""
        show, hide = self.words("widgets-show-password"), self.words("widgets-hide-password")
        return SecretEdit(self.theme, name=name, show=show, hide=hide)


class PassphrasePage(_OpeningPage):
    """The key of the store lies under a passphrase."""

    given = Signal(str)
    words_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, icon="key-fill", title=ctx.words("start-passphrase-title"))
        self.add(Text(self.theme, self.words("start-passphrase-text")))
        self.field = self.secret(self.words("start-passphrase"))
        self.add(LabeledField(self.theme, self.words("start-passphrase"), self.field))
        self.open_button = ActionButton(
            self.theme,
            self.words("start-open"),
            kind=Kind.FILLED,
            icon="lock_open-fill",
            key="Enter",
            height=64,
        )
        other = ActionButton(
            self.theme, self.words("start-use-words"), kind=Kind.TEXT, icon="article"
        )
        self.add(self.open_button)
        self.add(other)
        self.open_button.clicked.connect(self._submit)
        self.field.submitted.connect(self._submit)
        other.clicked.connect(self.words_wanted)

    def focus_first(self) -> None:
        self.field.setFocus()

    def clear_secrets(self) -> None:
        self.field.clear()

    def main_button(self) -> QAbstractButton | None:
        return self.open_button

    def _submit(self) -> None:
        if not self.field.is_empty():
            self.clear_problem()
            self.given.emit(self.field.take())


class WordsPage(_OpeningPage):
    """The 24 words of the recovery sheet; with a passphrase where this computer has no keyring."""

    given = Signal(list, str)

    def __init__(self, ctx: UiContext, *, needs_passphrase: bool) -> None:
        super().__init__(ctx, icon="article", title=ctx.words("start-words-title"))
        self.add(Text(self.theme, self.words("start-words-text")))
        self.sheet = AreaField(self.theme, hint=self.words("start-words-hint"), lines=4)
        self.sheet.setUndoRedoEnabled(False)
        self.add(LabeledField(self.theme, self.words("start-words"), self.sheet))
        self.count = Text(self.theme, size=16, tone="text2")
        self.add(self.count)
        self.passphrase: SecretEdit | None = None
        if needs_passphrase:
            name = self.words("start-new-passphrase")
            self.passphrase = self.secret(name)
            note = self.words("start-new-passphrase-note")
            self.add(LabeledField(self.theme, name, self.passphrase, note=note))
        self.recover_button = ActionButton(
            self.theme, self.words("start-recover"), kind=Kind.FILLED, icon="key-fill", height=64
        )
        self.add(self.recover_button)
        self.recover_button.clicked.connect(self._submit)
        self.sheet.textChanged.connect(self._counted)
        self._counted()

    def focus_first(self) -> None:
        self.sheet.setFocus()

    def clear_secrets(self) -> None:
        self.sheet.clear()
        if self.passphrase is not None:
            self.passphrase.clear()

    def main_button(self) -> QAbstractButton | None:
        return self.recover_button

    def _typed(self) -> tuple[str, ...]:
        return split_words(self.sheet.toPlainText())

    def _counted(self) -> None:
        count = len(self._typed())
        self.count.set(self.words("start-words-count", count=str(count), all=str(WORDS)))
        self.recover_button.block("" if count == WORDS else self.words("start-words-missing"))

    def _submit(self) -> None:
        self.clear_problem()
        words = list(self._typed())
        self.given.emit(words, self.passphrase.take() if self.passphrase is not None else "")


class TroublePage(_OpeningPage):
    """The error in full; for a damaged store the backups that were found.

    `no_file`: there is none, as on a new computer; nothing is damaged that would be replaced.
    """

    again = Signal()
    leave = Signal()
    restore = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        text: ErrorText,
        backups: Sequence[tuple[datetime, Path]] | None = None,
        *,
        no_file: bool = False,
    ) -> None:
        look = ("history", "primary") if no_file else ("gpp_bad-fill", "danger")
        super().__init__(ctx, icon=look[0], title=text.what, tone=look[1])
        if not no_file:
            self.title.set_tone("danger_fill")
        for words in (text.undone, text.todo):
            self.add(Text(self.theme, words, size=20))
        self.backup: Path | None = None
        if backups is not None:
            self._build_restore(backups, no_file)
        self._build_acts(backups is not None)
        self.setAccessibleName(str(text).replace("\n", " "))

    def _build_acts(self, outlined: bool) -> None:
        acts = Row(self.theme, spacing=16)
        self.again_button = ActionButton(
            self.theme,
            self.words("start-again"),
            kind=Kind.OUTLINED if outlined else Kind.FILLED,
            icon="refresh",
            height=64,
        )
        quit_button = ActionButton(
            self.theme, self.words("start-leave"), kind=Kind.GREY, icon="close", height=64
        )
        self.again_button.clicked.connect(self.again)
        quit_button.clicked.connect(self.leave)
        acts.addWidget(self.again_button)
        acts.addWidget(quit_button)
        acts.addStretch(1)
        self.card.body.addLayout(acts)

    def focus_first(self) -> None:
        self.again_button.setFocus()

    def _build_restore(self, backups: Sequence[tuple[datetime, Path]], no_file: bool) -> None:
        theme, words = self.theme, self.words
        if not no_file:
            title, text = words("start-restore-title"), words("start-restore-text")
            self.add(Notice(theme, Level.WARN, title, text))
        self._paths = {words.moment(at): path for at, path in backups[:SHOWN_BACKUPS]}
        self.choices = ReasonButtons(theme, words("start-restore-choose"), columns=2)
        self.choices.set_choices((at, at) for at in self._paths)
        self.choices.chosen.connect(lambda key: self._choose(self._paths[key]))
        self.chosen = Text(theme, words("start-restore-none"))
        other = ActionButton(theme, words("start-restore-file"), kind=Kind.GREY, icon="folder_open")
        other.clicked.connect(self._ask_file)
        self.restore_button = ActionButton(
            theme,
            words("start-restore"),
            kind=Kind.FILLED if no_file else Kind.RED_FILLED,
            icon="history",
            height=64,
        )
        self.restore_button.clicked.connect(lambda: self.restore.emit(self.backup))
        self.restore_button.block(words("start-restore-none"))
        for widget in (self.choices, other, self.chosen, self.restore_button):
            self.add(widget)

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.words("start-restore-file"), "", "*.backup"
        )
        if name:
            self._choose(Path(name))

    def _choose(self, path: Path) -> None:
        self.backup = path
        self.chosen.set(self.words("start-restore-chosen", file=path.name))
        self.restore_button.block("")
