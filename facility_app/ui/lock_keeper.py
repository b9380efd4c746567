"""Cover after a while without input, lock after a longer one, and everything that locks at once.

Use (in ``app``)::

    keeper = LockKeeper(ctx, window, unlock_page, emergency=OfficeEmergency(office))
    keeper.set_times(cover_after_s=60, lock_after_s=180)     # the facility's settings
    keeper.locked.connect(...)                                # back up, checkpoint
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from facility_app.ui.context import UiContext
from facility_app.ui.cover import LAST_SECONDS, Cover
from facility_app.ui.emergency_dialog import EmergencyDialog
from facility_app.ui.main_window import MainWindow
from facility_app.ui.os_session import SessionWatch
from facility_app.ui.unlock_page import UnlockPage
from facility_app.ui.vault_lane import allow_vault, end_vault
from facility_app.ui.viewmodels.emergency import EmergencyCalls
from facility_app.ui.widgets.dialog import Dialog

LOCK_RANGE_S = (60, 600)
_INPUT = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class LockKeeper(QObject):
    """Owns the cover and the emergency dialog.  Lives as long as the window."""

    locked = Signal(str)
    emergency_begun = Signal()
    """Why: ``person``, ``idle``, ``system`` or ``change``."""
    emergency_released = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        window: MainWindow,
        unlock_page: UnlockPage,
        emergency: EmergencyCalls,
        *,
        clock_s: Callable[[], float] = time.monotonic,
        reason_hours: int = 24,
    ) -> None:
        super().__init__(window)
        self.ctx, self._window, self._unlock = ctx, window, unlock_page
        self._emergency, self._now, self._hours = emergency, clock_s, reason_hours
        self._cover_after, self._lock_after = 60.0, 180.0
        self._last_input = clock_s()
        self._pointer: tuple[float, float] = (0.0, 0.0)
        self.dialog: EmergencyDialog | None = None
        self.cover = Cover(ctx, window.host())
        self._connect()
        self._timer = QTimer(self, interval=500)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _connect(self) -> None:
        self.cover.uncovered.connect(self._uncover)
        self.cover.lock_wanted.connect(lambda: self.lock("person"))
        self.cover.change_wanted.connect(lambda: self.lock("change"))
        self.cover.emergency_wanted.connect(self.open_emergency)
        self._window.lock_wanted.connect(lambda: self.lock("person"))
        self._window.emergency_wanted.connect(self.open_emergency)
        self._unlock.emergency_wanted.connect(self.open_emergency)
        self.ctx.session.changed.connect(self._touch)
        self._watch = SessionWatch(self._window)
        self._watch.left.connect(lambda: self.lock("system"))
        self._window.winId()  # makes the native window: what a person does arrives there first
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._input)

    def set_times(self, *, cover_after_s: int, lock_after_s: int) -> None:
        """Seconds without input.  The lock is kept within 60-600, and the cover comes 20 s
        before.
        """
        low, high = LOCK_RANGE_S
        self._lock_after = float(max(low, min(high, lock_after_s)))
        self._cover_after = min(float(cover_after_s), self._lock_after - LAST_SECONDS)

    def lock(self, reason: str) -> None:
        """Lock at once; the vault's process, half-typed secrets and dialogs are gone.  Nothing when
        already locked."""
        end_vault(self.ctx)
        actor = self.ctx.session.actor
        self.cover.hide()
        self._window.clear_secrets()
        for dialog in self._window.host().findChildren(Dialog):
            dialog.dismiss()
        if actor is None:
            return
        self.ctx.session.close()
        office = self.ctx.office
        self.ctx.lane.run(lambda: office.lock(actor, reason))
        self.locked.emit(reason)

    def look(self) -> None:
        """Compare the clock with the last input; the timer calls it twice a second."""
        if not self.ctx.session.unlocked:
            return
        idle = self._now() - self._last_input
        if idle >= self._lock_after:
            self.lock("idle")
        elif idle >= self._cover_after:
            if not self.cover.isVisible():
                end_vault(self.ctx)
                self._window.clear_secrets()
                self.cover.lay_over()
            whole = self._lock_after - self._cover_after
            self.cover.show_left(round(self._lock_after - idle), round(whole))

    def open_emergency(self, number: str = "") -> None:
        """F12, from anywhere."""
        if self.dialog is not None or self._window.blocked is not None:
            return
        self.emergency_begun.emit()
        if self.cover.isVisible():
            self._uncover()
        self.dialog = EmergencyDialog(
            self.ctx,
            self._emergency,
            tiles=self._unlock.form.tiles,
            number=number or self._unlock.form.number,
            reason_hours=self._hours,
        )
        self.dialog.released.connect(self._released)
        self.dialog.closed.connect(self._emergency_closed)
        self.dialog.start()

    def _emergency_closed(self) -> None:
        self.dialog = None
        page = self._window.current_page()
        if page is not None:
            page.refresh()

    def _released(self, done: object) -> None:
        self.emergency_released.emit(done)
        if self.ctx.session.unlocked:
            self.ctx.session.acted.emit()

    def _uncover(self) -> None:
        self._touch()
        allow_vault(self.ctx)
        self.cover.lift()

    def _touch(self) -> None:
        self._last_input = self._now()

    def _input(self, *_ignored: object) -> None:
        if not self.cover.isVisible():
            self._touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any input counts; on the cover a moved mouse does not, the table may have been bumped."""
        kind = event.type()
        if kind in _INPUT:
            self._input()
        elif kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            at = event.globalPosition()
            moved = abs(at.x() - self._pointer[0]) + abs(at.y() - self._pointer[1]) > 4
            self._pointer = (at.x(), at.y())
            if moved:
                self._input()
        return False
