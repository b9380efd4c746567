"""The window: header, strip, navigation, pages, status bar; locked, covered, emergency.

Use (in ``app``)::

    window = MainWindow(ctx, facility="...", pages=[PageSpec(...), ...])
    window.set_lock_page(page)              # shown while nobody is unlocked
    window.emergency_wanted / lock_wanted / help_wanted(str)   # signals the app connects
    window.start()                          # full screen

Pages are built on first show.  The window is `ctx.shell`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from facility_app.cards.supervisor import ReaderNow
from facility_app.i18n import ErrorText
from facility_app.ui.bursts import BurstWatcher
from facility_app.ui.context import UiContext
from facility_app.ui.focus_ring import FocusRing
from facility_app.ui.layouts import Column, Row
from facility_app.ui.page import Page, PageSpec
from facility_app.ui.shell.header import Header
from facility_app.ui.shell.keys import install_keys
from facility_app.ui.shell.menu import open_menu, open_person_menu
from facility_app.ui.shell.navigation import Navigation
from facility_app.ui.shell.notices import BlockedPage, open_error
from facility_app.ui.shell.reminders import Reminders
from facility_app.ui.shell.status_bar import StatusBar
from facility_app.ui.shell.strip import Strip
from facility_app.ui.show_error import ErrorDoor
from facility_app.ui.widgets.busy import BusyBar
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.pin_edit import wipe_all

MOST_ENTRIES = 8
"""In the navigation, for any role (ui.md)."""


class MainWindow(QMainWindow):
    """See the module.  Also the `Shell` of every page."""

    emergency_wanted = Signal()
    lock_wanted = Signal()
    help_wanted = Signal(str)
    page_shown = Signal(str)
    closing = Signal()

    def __init__(
        self,
        ctx: UiContext,
        *,
        facility: str,
        pages: Sequence[PageSpec],
        watch_scans: bool = True,
    ) -> None:
        super().__init__()
        self.ctx, self.specs = ctx, {spec.key: spec for spec in pages}
        self.pages: dict[str, Page] = {}
        self.current_key = ""
        self._strip_text = ""
        self._on: frozenset[str] = frozenset()
        self._strip_target: tuple[str, dict[str, object]] = ("", {})
        self.setWindowTitle(facility)
        self._build(facility)
        self._connect()
        ctx.shell = self
        self.error_door = ErrorDoor(
            ctx.words,
            place=self._place_for_errors,
            dialog=lambda text, level: open_error(ctx, self.host(), text, level),
            block=self.block,
            announce=self.announce,
        )
        FocusRing(ctx.theme, self._central)
        self.bursts: BurstWatcher | None = None
        if watch_scans:
            self.watch_scans()
        self.header.follow(ctx.clock)
        self._session_changed()

    def watch_scans(self) -> None:
        """Begin to tell a scanner from hands; the second time nothing happens.

        An event filter makes PySide load the classes of Qt for its events, which delays the first
        page; the program calls this once that page was painted.
        """
        app = QApplication.instance()
        if self.bursts is None and isinstance(app, QApplication):
            self.bursts = BurstWatcher(app, self.deliver_scan, parent=self)

    def _build(self, facility: str) -> None:
        theme, words = self.ctx.theme, self.ctx.words
        self._central = QWidget()
        self.setCentralWidget(self._central)
        outer = Column(theme, self._central, spacing=0)
        self.header = Header(theme, words, facility)
        self.strip = Strip(theme, words("shell-strip-open"))
        self.navigation = Navigation(theme, words)
        self.status = StatusBar(theme, words)
        self.page_stack = QStackedWidget()
        self.busy = BusyBar(theme, words=words("widgets-busy"), stop=words("widgets-stop"))
        self.busy.follow(self.ctx.lane)
        self.work_area = QWidget()
        row = Row(theme, self.work_area, spacing=0)
        row.addWidget(self.navigation)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self.reminders = Reminders(self.ctx)
        middle.addWidget(self.reminders)
        middle.addWidget(self.page_stack, 1)
        middle.addWidget(self.busy)
        row.addLayout(middle, 1)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.work_area)
        outer.addWidget(self.header)
        outer.addWidget(self.strip)
        outer.addWidget(self.middle, 1)
        outer.addWidget(self.status)
        self.lock_page: Page | None = None
        self.blocked: BlockedPage | None = None

    def _connect(self) -> None:
        self.header.lock_wanted.connect(self.lock_wanted)
        self.header.menu_wanted.connect(lambda: open_menu(self))
        self.header.person_wanted.connect(lambda: open_person_menu(self))
        self.header.emergency_wanted.connect(self.emergency_wanted)
        self.header.reader_wanted.connect(lambda: self.navigate("cards"))
        if self.ctx.cards is not None:
            self.ctx.cards.state_changed.connect(self.show_reader)
        self.navigation.emergency_wanted.connect(self.emergency_wanted)
        self.navigation.chosen.connect(self._chosen)
        self.status.help_wanted.connect(self._help)
        self.status.search_wanted.connect(self.search)
        self.strip.clicked.connect(self._follow_strip)
        self.ctx.session.changed.connect(self._session_changed)
        self.ctx.theme.changed.connect(self._restyle)
        self.page_shown.connect(self.reminders.seen)
        install_keys(
            self,
            self.ctx.theme,
            lock=self._lock_by_key,
            lost=self.report_lost,
            emergency=self.emergency_wanted.emit,
        )

    # --- Shell -----------------------------------------------------------------------------------

    def host(self) -> QWidget:
        """Where dialogs are put."""
        return self._central

    def navigate(self, key: str, **args: object) -> bool:
        """Show a page.  False when the present one says no or the right is missing."""
        spec = self.specs.get(key)
        if spec is None or not self.ctx.session.may(spec.permission):
            return False
        present = self.pages.get(self.current_key)
        if present is not None and key != self.current_key and not present.can_leave():
            self._mark()
            return False
        if present is not None and key != self.current_key:
            present.clear_secrets()
        page = self._page(spec)
        self.current_key = key
        self.page_stack.setCurrentWidget(page)
        self._mark()
        page.open(**args)
        page.refresh()
        page.focus_first()
        self.page_shown.emit(key)
        return True

    def announce(self, text: str) -> None:
        """Let a screen reader say `text` without moving the focus."""
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_error(self, exc: BaseException, where: QWidget | None = None) -> None:
        """See `ErrorDoor`."""
        self.error_door(exc, where)

    def show_last_act(self, text: str) -> None:
        """Bottom left."""
        self.status.show_act(text)

    def show_log_state(self, text: str, level: str = "ok") -> None:
        """Bottom, after the last act."""
        self.status.show_log(text, Level(level))

    def show_backup(self, text: str, level: str = "ok") -> None:
        """Bottom, after the log."""
        self.status.show_backup(text, Level(level))

    def show_reader(self, now: ReaderNow) -> None:
        """The lamp; a screen reader hears of every change."""
        if self.header.lamp.set(now.state):
            self.announce(self.header.lamp.accessibleName())

    def show_strip(self, text: str, page: str = "", **args: object) -> None:
        """The red strip; an empty text takes it away."""
        self._strip_target = (page, args)
        self._strip_text = text
        self._restyle()

    def set_lock_page(self, page: Page) -> None:
        """The page that is shown while nobody is unlocked."""
        self.lock_page = page
        self.middle.addWidget(page)
        self._session_changed()

    def block(self, text: ErrorText) -> None:
        """Integrity is in doubt: nothing but this page from now on."""
        if self.blocked is None:
            self.blocked = BlockedPage(self.ctx, text)
            self.middle.addWidget(self.blocked)
        self._restyle()
        self.middle.setCurrentWidget(self.blocked)
        self.announce(str(text))

    def clear_secrets(self) -> None:
        """On every page that exists, in every dialog, and in every field for a PIN."""
        for page in (*self.pages.values(), self.lock_page):
            if page is not None:
                page.clear_secrets()
        for dialog in self._central.findChildren(Dialog):
            dialog.clear_secrets()
        wipe_all()

    def current_page(self) -> Page | None:
        """The page the person sees."""
        if not self.ctx.session.unlocked:
            return self.lock_page
        return self.pages.get(self.current_key)

    def deliver_scan(self, text: str) -> None:
        """A scanner burst: to the open dialog, else to the page."""
        for dialog in reversed(self._central.findChildren(Dialog)):
            if dialog.isVisible():
                dialog.scan(text)
                return
        page = self.current_page()
        if page is not None and self.blocked is None:
            page.scan(text)

    def search(self) -> None:
        """F2: the page with the search."""
        for spec in self.specs.values():
            if spec.searchable and self.navigate(spec.key):
                return

    def report_lost(self) -> None:
        """F7: something is missing; not over a dialog, where a decision is being made."""
        if not any(each.isVisible() for each in self._central.findChildren(Dialog)):
            self.navigate("lost", report=True)

    def start(self) -> None:
        """Full screen: the pages are drawn for it."""
        # asked for as a size too: without a window manager nothing makes a window full-screen
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab; and when the focused row of a page goes, the focus stays on the page."""
        lost = QApplication.focusWidget()
        page = self.current_page()
        if lost is not None and page is not None and not lost.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the app first: it locks and backs up."""
        self.closing.emit()
        super().closeEvent(event)

    def _page(self, spec: PageSpec) -> Page:
        if spec.key not in self.pages:
            page = spec.factory(self.ctx)
            self.pages[spec.key] = page
            self.page_stack.addWidget(page)
        return self.pages[spec.key]

    def _mark(self) -> None:
        spec = self.specs.get(self.current_key)
        self.navigation.mark(spec.under or spec.key if spec is not None else "")

    def _chosen(self, key: str) -> None:
        self.navigate(key)

    def _follow_strip(self) -> None:
        page, args = self._strip_target
        if page:
            self.navigate(page, **args)

    def _help(self) -> None:
        self.help_wanted.emit(self.current_key if self.ctx.session.unlocked else "unlock")

    def _lock_by_key(self) -> None:
        """A dialog keeps nobody from locking."""
        if self.ctx.session.unlocked:
            self.lock_wanted.emit()

    def _place_for_errors(self) -> QWidget | None:
        return self.current_page()

    def _session_changed(self) -> None:
        session = self.ctx.session
        self.header.show_person(session.face)
        self._restyle()
        if self.blocked is not None:
            return
        if not session.unlocked:
            if self.lock_page is not None:
                self.middle.setCurrentWidget(self.lock_page)
                self.lock_page.refresh()
                self.lock_page.focus_first()
            return
        self._show_entries()
        self.middle.setCurrentWidget(self.work_area)
        allowed = [key for key, spec in self.specs.items() if session.may(spec.permission)]
        self.navigate(self.current_key if self.current_key in allowed else next(iter(allowed), ""))

    def switch_on(self, key: str, on: bool) -> None:
        """Whether this page's part of the program is switched on (`PageSpec.while_on`)."""
        now = self._on | {key} if on else self._on - {key}
        if now != self._on:
            self._on = now
            self._show_entries()
            self._mark()

    def shows(self, spec: PageSpec) -> bool:
        """Whether the page stands in the navigation for who is unlocked."""
        return self._may_stand(spec) and not self.gives_way(spec)

    def gives_way(self, spec: PageSpec) -> bool:
        """Whether the page stands in the person's menu because eight others are there."""
        wanted = sum(self._may_stand(each) for each in self.specs.values())
        return spec.gives_way and self._may_stand(spec) and wanted > MOST_ENTRIES

    def _may_stand(self, spec: PageSpec) -> bool:
        session = self.ctx.session
        awake = spec.while_on is None or spec.key in self._on or session.may(spec.while_on)
        return spec.in_navigation and session.may(spec.permission) and awake

    def _show_entries(self) -> None:
        self.navigation.show_entries(
            (spec.key, spec.icon, self.ctx.words(spec.title))
            for spec in self.specs.values()
            if self.shows(spec)
        )

    def _restyle(self) -> None:
        working = self.ctx.session.unlocked and self.blocked is None
        self.status.setVisible(working and not self.ctx.theme.compact)
        self.strip.set(self._strip_text if working else "")
        self.header.show_person(self.ctx.session.face)
