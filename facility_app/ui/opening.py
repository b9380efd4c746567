"""Opening the store behind the first window, and the pages that help where it does not open.

Use: ``Opening(ctx, slot, launch, window)``; ``begin()``; `opened` carries what the window needs.
The first job on the work lane loads the database's libraries and opens the store; whatever the
person asks for meanwhile queues behind it (design §14).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from facility_app.errors import FacilityError
from facility_app.i18n import ErrorText
from facility_app.secret import Secret
from facility_app.ui.context import UiContext
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page
from facility_app.ui.viewmodels.start import Launch, OfficeSlot, Stage, found_backups, stage_of
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.text import Text

PAINT_WITHIN_S = 1.0
"""Longer than any first paint; a window that is not shown at all is opened after that."""


class _FirstPaint(QObject):
    """Calls back once, after `page` was painted and everything that waited was done."""

    def __init__(self, page: Page, then: Callable[[], object]) -> None:
        super().__init__(page)
        self._then = then
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


class Opening(QObject):
    """Asks until the store is open, or the set-up has made one."""

    opened = Signal(object)
    """Carries `services.closing.Opened`."""
    stage_shown = Signal(object)
    """A `Stage` took the unlock page's place."""
    leave = Signal()
    painted = Signal()
    """The unlock page was painted for the first time."""

    def __init__(
        self,
        ctx: UiContext,
        slot: OfficeSlot,
        launch: Launch,
        window: MainWindow,
        *,
        unlock_page: Callable[[], Page],
        set_up_page: Callable[[], Page],
    ) -> None:
        super().__init__()
        self.ctx, self.slot, self.launch, self.window = ctx, slot, launch, window
        self._unlock_page, self._set_up_page = unlock_page, set_up_page
        self.stage: Stage | None = None
        self.page: Page | None = None
        self._passphrase: Secret | None = None
        self._painted = threading.Event()

    def begin(self) -> None:
        """The store that is there, or the set-up of a new one."""
        data = self.launch.data
        if data.settings_file.exists():
            self.open_store()
            page = self._unlock_page()
            _FirstPaint(page, self._first_painted)
            self.window.set_lock_page(page)
        elif data.database.exists():
            self._show_words(needs_passphrase=False)
        else:
            self._show(Stage.SET_UP, self._set_up_page())

    def _first_painted(self) -> None:
        self._painted.set()
        self.painted.emit()

    def open_store(self) -> None:
        """Open it on the lane, with the passphrase where one was given."""
        launch, slot, passphrase = self.launch, self.slot, self._passphrase
        painted = self._painted

        def job() -> tuple[Any, Any]:
            # Importing holds the interpreter's lock, so it would keep the first page from showing.
            painted.wait(PAINT_WITHIN_S)
            office = launch.open(passphrase.copy() if passphrase is not None else None)
            answer = office, _ask_opened(office)
            # Here and not in `_done`: the next job, a password typed meanwhile, follows at once.
            slot.office = office
            return answer

        what = self.ctx.words("start-opening")
        self.ctx.lane.run(job, done=self._done, failed=self._failed, what=what)

    def take(self, office: Any) -> None:
        """The set-up made this store, or finished with it."""
        self.ctx.lane.run(
            lambda: (office, _ask_opened(office)), done=self._done, failed=self._failed
        )

    def resume_set_up(self) -> None:
        """The store was made and left before it had a manager."""
        self._show(Stage.SET_UP, self._set_up_page())

    def _done(self, answer: tuple[Any, Any]) -> None:
        self.slot.office = answer[0]
        self.forget()
        if self.stage is not None:
            self.stage, self.page = None, None
            self.window.set_lock_page(self._unlock_page())
        self.opened.emit(answer[1])

    def forget(self) -> None:
        """Wipe the passphrase that was typed."""
        if self._passphrase is not None:
            self._passphrase.wipe()
            self._passphrase = None

    # --- what helps ------------------------------------------------------------------------------

    def _failed(self, exc: Exception) -> None:
        stage = stage_of(exc)
        text = self._text(exc)
        if self.page is not None and stage is self.stage and stage is not Stage.TROUBLE:
            self.page.show_problem(text)
        elif stage is Stage.SET_UP:
            self._show(stage, self._set_up_page())
        elif stage is Stage.PASSPHRASE:
            self._show_passphrase()
        elif stage is Stage.WORDS:
            self._show_words(needs_passphrase=exc.__class__.__name__ == "KeyringMissing")
            self._complain(text)
        else:
            damaged = getattr(exc, "key", "") == "store.damaged"
            no_file = damaged and not self.launch.data.database.exists()
            self._show_trouble(stage, self._no_file_text() if no_file else text, no_file)

    def _text(self, exc: Exception) -> ErrorText:
        from facility_app.log import incident

        known = isinstance(exc, FacilityError)
        return self.ctx.words.error(exc, "" if known else incident(exc))

    def _complain(self, text: ErrorText) -> None:
        if self.page is not None:
            self.page.show_problem(text)

    def _show(self, stage: Stage, page: Page) -> None:
        self.stage, self.page = stage, page
        self.window.set_lock_page(page)
        self.stage_shown.emit(stage)

    def _show_passphrase(self) -> None:
        from facility_app.ui.pages.opening import PassphrasePage

        page = PassphrasePage(self.ctx)
        page.given.connect(self._passphrase_given)
        page.words_wanted.connect(lambda: self._show_words(needs_passphrase=True))
        self._show(Stage.PASSPHRASE, page)

    def _passphrase_given(self, text: str) -> None:
        self.forget()
        self._passphrase = Secret.from_text(text)
        self.open_store()

    def recover(self) -> None:
        """A new computer: the words of the sheet first, then a backup."""
        self._show_words(needs_passphrase=False)

    def _show_words(self, *, needs_passphrase: bool) -> None:
        from facility_app.ui.pages.opening import WordsPage

        page = WordsPage(self.ctx, needs_passphrase=needs_passphrase)
        page.given.connect(self._words_given)
        self._show(Stage.WORDS, page)

    def _words_given(self, words: list[str], passphrase: str) -> None:
        self.forget()
        self._passphrase = Secret.from_text(passphrase) if passphrase else None
        launch, secret = self.launch, self._passphrase

        def job() -> object:
            return launch.recover(words, secret.copy() if secret is not None else None)

        self.ctx.lane.run(
            job,
            done=lambda _settings: self.open_store(),
            failed=self._failed,
            what=self.ctx.words("start-recovering"),
        )

    def _show_trouble(self, stage: Stage, text: ErrorText, no_file: bool) -> None:
        from facility_app.ui.pages.opening import TroublePage

        backups = found_backups(self.launch.data.backups) if stage is Stage.RESTORE else None
        page = TroublePage(self.ctx, text, backups, no_file=no_file)
        page.again.connect(self.open_store)
        page.leave.connect(self.leave)
        page.restore.connect(self._ask_restore)
        self._show(stage, page)

    def _no_file_text(self) -> ErrorText:
        parts = (f"start-no-file-{part}" for part in ("what", "undone", "todo"))
        return ErrorText(*(self.ctx.words(key) for key in parts))

    def _ask_restore(self, backup: Path) -> None:
        ctx = self.ctx
        dialog = Dialog(
            ctx.theme,
            self.window.host(),
            title=ctx.words("start-restore-sure"),
            close=ctx.words("widgets-cancel"),
            icon="history",
        )
        dialog.body.addWidget(Text(ctx.theme, ctx.words("start-restore-chosen", file=backup.name)))
        dialog.add_note("history", ctx.words("start-restore-lost"))
        if self.launch.data.database.exists():
            dialog.add_note("folder-fill", ctx.words("start-restore-kept"))
        go = ActionButton(
            ctx.theme,
            ctx.words("start-restore"),
            kind=Kind.RED_FILLED,
            icon="history",
            height=64,
        )
        go.clicked.connect(dialog.dismiss)
        go.clicked.connect(lambda: self._restore(backup))
        dialog.acts.addWidget(go)
        dialog.open()

    def _restore(self, backup: Path) -> None:
        launch, secret = self.launch, self._passphrase
        self.ctx.lane.run(
            lambda: launch.restore(backup, secret.copy() if secret is not None else None),
            done=lambda _restored: self.open_store(),
            failed=self._failed,
            what=self.ctx.words("start-restoring"),
        )


def _ask_opened(office: Any) -> Any:
    """On the lane: what the window needs before anybody is unlocked."""
    from facility_app.domain.access import PROGRAM
    from facility_app.services.closing import read_opened

    return office.ask(PROGRAM, read_opened)
