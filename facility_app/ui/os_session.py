"""Tells when the operating system locks its screen, switches the user or goes to sleep.

Linux: logind's PrepareForSleep and Lock on the system bus, and the screen saver of the desktop on
the session bus.  Windows: session notifications.  Elsewhere nothing is told, and the program's own
timer is what locks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

_LOGIN = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_LOCK_SIGNAL = ("org.freedesktop.login1", "", "org.freedesktop.login1.Session", "Lock")
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)

_SLEEPING, _LOCKING = b"1sleeping(bool)", b"1locking()"
"""Slots as Qt writes them, with the 1 in front."""

_WM_WTSSESSION_CHANGE = 0x02B1
_AWAY = frozenset({0x2, 0x4, 0x6, 0x7})
"""Console and remote disconnect, log off, session lock (WTS_*)."""


class SessionWatch(QObject):
    """`left`: nobody is known to sit here any more.  Lives as long as the main window."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter: _WindowsFilter | None = None
        if sys.platform == "win32":
            self._watch_windows(window)
        elif sys.platform.startswith("linux"):
            self._watch_linux()

    def _watch_linux(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system = QDBusConnection.systemBus()
        if system.isConnected():
            system.connect(*_LOGIN, "PrepareForSleep", self, _SLEEPING)
            system.connect(*_LOCK_SIGNAL, self, _LOCKING)
        session = QDBusConnection.sessionBus()
        if session.isConnected():
            for service, path in _SAVERS:
                session.connect(service, path, service, "ActiveChanged", self, _SLEEPING)

    def _watch_windows(self, window: QWidget) -> None:
        import ctypes

        library = getattr(ctypes, "windll").wtsapi32  # noqa: B009 - exists on Windows only
        if library.WTSRegisterSessionNotification(int(window.winId()), 0):
            self._filter = _WindowsFilter(self.left.emit)
            app = QApplication.instance()
            if app is not None:
                app.installNativeEventFilter(self._filter)

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:
        """Sleep or a screen saver begins (True) or ends."""
        if begins:
            self.left.emit()

    @Slot()
    def locking(self) -> None:
        """The desktop locks."""
        self.left.emit()


class _WindowsFilter(QAbstractNativeEventFilter):
    def __init__(self, left: Callable[[], object]) -> None:
        super().__init__()
        self._left = left

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        if kind == b"windows_generic_MSG":
            import ctypes
            from ctypes import wintypes

            found = ctypes.cast(int(message), ctypes.POINTER(wintypes.MSG)).contents
            if found.message == _WM_WTSSESSION_CHANGE and found.wParam in _AWAY:
                self._left()
        return False, 0
