"""The program from its first window to its last act: opening, unlocking, locking, closing.

Use: ``run(launch)`` gives the exit code.  In tests: ``program = Program(launch); program.begin()``
with a ``QApplication``, then wait for ``program.opening.opened``.
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from facility_app.domain.access import Actor, Permission, Role
from facility_app.domain.clock import local_date
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.ui.capture import exclude_from_capture
from facility_app.ui.card_thread import CardThread
from facility_app.ui.collector import Collector
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.fonts import load_fonts
from facility_app.ui.lanes import Lane
from facility_app.ui.main_window import MainWindow
from facility_app.ui.opening import Opening
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.registry import PAGES
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.unlock_page import UnlockPage
from facility_app.ui.viewmodels.start import Launch, OfficeSlot, keep_language, kept_language
from facility_app.ui.viewmodels.unlock import OfficeUnlock

if TYPE_CHECKING:
    from facility_app.ui.help import HelpPanels
    from facility_app.ui.lock_keeper import LockKeeper

BACKUP_EVERY_MS = 30 * 60 * 1000
STEPS = 9
"""Steps of the set-up; below that a manager who unlocks goes on with it."""


class Program(QObject):
    """One window on one store.  Lives on the GUI thread until the program ends."""

    def __init__(self, launch: Launch, *, words: Words | None = None) -> None:
        super().__init__()
        self.launch = launch
        self.words = words or Words(kept_language(launch.data))
        self.theme = Theme(family=load_fonts())
        self.theme.apply()
        self.lane = Lane(self._unhandled)
        self.session = Session(launch.clock)
        self.slot = OfficeSlot()
        self.ctx = UiContext(
            self.words, self.theme, self.lane, launch.clock, self.slot, self.session
        )
        if launch.reader is not None:
            self.ctx.cards = CardThread(launch.reader, self._unhandled)
        self._wizard: Page | None = None
        self._build()
        self.keeper: LockKeeper | None = None
        self.help: HelpPanels | None = None
        self.known: Any = None
        self._ended = False
        self._collector = Collector(self)
        self._hurry = Event()  # set: the backup of a lock steps aside for who is waiting
        self._connect()

    def _build(self) -> None:
        wizard = PageSpec(
            "wizard",
            "checklist",
            "wizard-title",
            Permission.MANAGE_SETTINGS,
            lambda _ctx: self._set_up_page(),
            in_navigation=False,
        )
        title = self.words("start-program")
        self.window = MainWindow(
            self.ctx, facility=title, pages=(*PAGES, wizard), watch_scans=False
        )
        self.unlock_page = UnlockPage(self.ctx, OfficeUnlock(self.slot))
        self.opening = Opening(
            self.ctx,
            self.slot,
            self.launch,
            self.window,
            unlock_page=lambda: self.unlock_page,
            set_up_page=self._set_up_page,
        )

    def _connect(self) -> None:
        self.opening.opened.connect(self._opened)
        self.opening.painted.connect(self.window.watch_scans)
        self.opening.opened.connect(self._watch_readers)
        self.opening.leave.connect(self.window.close)
        self.window.closing.connect(self.end)
        self.window.page_shown.connect(self._page_shown)
        self.unlock_page.unlocked.connect(self._unlocked)
        self.unlock_page.tried.connect(self._hurry.set)
        self._backup_timer = QTimer(self, interval=BACKUP_EVERY_MS)
        self._backup_timer.timeout.connect(self._back_up)

    def _watch_readers(self, _known: Any) -> None:
        """The reader library is loaded on its own thread, once nobody waits for the store."""
        if self.ctx.cards is not None:
            self.ctx.cards.start()

    def begin(self) -> None:
        """Open the store, or the set-up where there is none; returns at once."""
        self.opening.begin()

    def _set_up_page(self) -> Page:
        """The wizard: one page before and after the store is made; nothing typed is lost."""
        if self._wizard is None:
            from facility_app.ui.pages.wizard.page import WizardPage

            page = WizardPage(self.ctx, self.launch)
            page.store_made.connect(self._store_made)
            page.finished.connect(self._set_up_done)
            page.recovery_wanted.connect(self.opening.recover)
            self._wizard = page
        return self._wizard

    def _store_made(self, office: Any, actor: Actor) -> None:
        """The wizard made the store: its manager is unlocked and goes on with the same page."""
        self.slot.office = office
        self.window.current_key = "wizard"
        self.window.pages["wizard"] = self._set_up_page()
        self.window.page_stack.addWidget(self._set_up_page())
        self.opening.stage, self.opening.page = None, None
        self.window.set_lock_page(self.unlock_page)
        role = self.words.term(Role.MANAGER)
        self.session.open(actor, Face(actor.name, role, 1))
        self.opening.take(office)

    def _set_up_done(self) -> None:
        """All nine steps: on to the first page."""
        self.opening.take(self.slot.office)
        self.window.navigate("today")

    # --- the store is open -----------------------------------------------------------------------

    def _opened(self, known: Any) -> None:
        self._complete(known)
        self.window.watch_scans()
        self.apply_settings(known)
        if known.fresh:
            self.opening.resume_set_up()
        elif known.facility.setup_step < STEPS and not self.session.unlocked:
            self.window.current_key = "wizard"
        self.unlock_page.refresh()
        if known.backup_at is not None:
            self._show_backup(known.backup_at, "ok")
        self._backup_timer.start()
        from facility_app.log import start_log

        try:
            start_log(self.launch.data.log)
        except OSError:
            return  # a log that cannot be written keeps nobody from their work

    def _complete(self, known: Any) -> None:
        """The parts of the window that the unlock page did not need: help, cover and lock, F12."""
        if self.help is None:
            from facility_app.ui.help import HelpPanels

            self.help = HelpPanels(self.ctx, self.window)
        if self.keeper is None:
            from facility_app.ui.lock_keeper import LockKeeper
            from facility_app.ui.viewmodels.emergency import OfficeEmergency

            self.keeper = LockKeeper(
                self.ctx,
                self.window,
                self.unlock_page,
                OfficeEmergency(self.slot),
                reason_hours=known.settings.emergency_reason_hours,
            )
            self.keeper.locked.connect(self._locked)
            self.keeper.emergency_begun.connect(self._hurry.set)

    def apply_settings(self, known: Any) -> None:
        """Take over the name of the facility and its settings (`services.closing.Opened`)."""
        self.known = known
        name = known.facility.name or self.words("start-program")
        self.window.header.facility.set(name)
        self.window.setWindowTitle(name)
        exclude_from_capture(self.window, known.settings.hide_from_capture)
        if self.keeper is not None:
            self.keeper.set_times(
                cover_after_s=known.settings.cover_after_s,
                lock_after_s=known.settings.lock_after_s,
            )

    def _page_shown(self, key: str) -> None:
        """The settings page tells what it changed; it is connected when it is first shown."""
        page = self.window.pages.get(key)
        if key == "settings" and page is not None and not page.property("connected"):
            page.setProperty("connected", True)
            page.settings_changed.connect(self._settings_changed)  # type: ignore[attr-defined]  # SettingsPage is imported when it is shown

    def _settings_changed(self, known: Any) -> None:
        self.apply_settings(known)
        keep_language(self.launch.data, known.settings.language)

    def _unlocked(self) -> None:
        """The person's own look, a first password that has to be changed, what is due."""
        from facility_app.services.preferences import read_self
        from facility_app.ui.log_state import show_log_state
        from facility_app.ui.unlock_reminders import remind

        show_log_state(self.ctx)
        self._look_for_vault()
        self.ctx.ask(read_self, done=self._show_look, failed=lambda _exc: None)
        remind(self.ctx, self.window.reminders)

    def _look_for_vault(self) -> None:
        """The page about PINs stands in the navigation while the vault is on."""
        actor, office = self.session.actor, self.slot.office
        if actor is None or not self.session.may(Permission.VIEW_VAULT):
            return

        def ask() -> bool:
            from facility_app.services.pin_register import vault_state

            return bool(office.ask(actor, vault_state).on)

        self.lane.run(ask, done=partial(self.window.switch_on, "pins"), failed=lambda _exc: None)

    def _show_look(self, person: Any) -> None:
        self.theme.restore(Mode(person.look.theme), person.look.zoom)
        self.theme.remember = self._keep_look
        if person.must_change_password:
            self._ask_password()

    def _ask_password(self) -> None:
        from facility_app.ui.dialogs.staff import PasswordDialog

        actor, face = self.session.actor, self.session.face
        if actor is None or actor.staff_id is None or self.known is None:
            return
        own = [self.known.facility.name, actor.name, face.number if face else ""]
        minimum = self.known.settings.minimum_password
        dialog = PasswordDialog(self.ctx, actor.staff_id, actor.name, own, minimum)
        dialog.add_note("key", self.words("start-change-password"))
        dialog.closed.connect(self._password_asked)
        dialog.open(dialog.old.field)

    def _password_asked(self) -> None:
        """Who leaves the dialog without a password of their own is locked out again."""
        from facility_app.services.preferences import read_self

        def look_again(person: Any) -> None:
            if person.must_change_password and self.keeper is not None:
                self.keeper.lock("person")

        if self.session.unlocked:
            self.ctx.ask(read_self, done=look_again, failed=lambda _exc: None)

    def _keep_look(self, mode: Mode, zoom: int) -> None:
        if not self.session.unlocked:
            return
        from facility_app.services.preferences import Look, keep_look

        self.ctx.do(keep_look, Look(mode.value, zoom), done=lambda _none: None)

    # --- locking and ending ----------------------------------------------------------------------

    def _locked(self, _reason: str) -> None:
        from facility_app.services.closing import close_up

        self.theme.remember = None
        office = self.slot.office
        self._hurry.clear()
        self.lane.run(lambda: close_up(office, self._hurry.is_set), done=self._closed)

    def _back_up(self) -> None:
        from facility_app.services.closing import keep_up

        office = self.slot.office
        self.lane.run(lambda: keep_up(office), done=self._closed)

    def _closed(self, closed: Any) -> None:
        """Bottom of the window: when the newest backup was made, or that it failed.

        A checkpoint outside that contradicts the record stops everything.
        """
        for problem in filter(None, (state.error for state in closed.sinks)):
            self.ctx.show_error(problem)
        if closed.problem is not None:
            self.window.show_backup(self.words("start-backup-failed"), "danger")
        elif closed.backup is not None:
            self._show_backup(closed.backup.made_at, "warn" if closed.backup.failed else "ok")

    def _show_backup(self, at: datetime, level: str) -> None:
        """The time of day, or the day where it was another one."""
        today = local_date(at) == local_date(self.launch.clock())
        told = self.words.clock(at) if today else self.words.short_day(local_date(at))
        self.window.show_backup(self.words("shell-backup-at", time=told), level)

    def end(self) -> None:
        """Lock, wait for the backup, close the store.  Called once, when the window closes."""
        if self._ended:
            return
        self._ended = True
        self._backup_timer.stop()
        if self.ctx.cards is not None:
            self.ctx.cards.close()
        if self.keeper is not None:
            self.keeper.lock("person")
        self.lane.close()
        self.ctx.close_paper()
        self.opening.forget()
        if self.slot.office is not None:
            self.slot.office.close()
        self._collector.end()

    def _unhandled(self, exc: Exception) -> None:
        if not isinstance(exc, FacilityError) and self.slot.office is None:
            from facility_app.log import incident

            incident(exc)
        self.ctx.show_error(exc)


def run(launch: Launch, *, measure: bool = False) -> int:
    """Show the window and work until it is closed; gives the exit code.

    measure: see `facility_app.ui.measure`.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    app = QApplication(sys.argv[:1])
    program = Program(launch)
    if measure:
        from facility_app.ui.measure import tell_times

        tell_times(program)
    program.begin()
    program.window.start()
    code = app.exec()
    program.end()
    return code
