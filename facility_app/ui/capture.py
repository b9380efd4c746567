"""Keeps a window out of screenshots and screen sharing where the operating system can do that.

Windows 10 (2004) and later: the window is black in captures.  macOS needs a bridge that is not part
of this program, and X11 and Wayland have no such call: there the answer is False, and the settings
page says so.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

_NONE, _EXCLUDE = 0x00, 0x11
"""WDA_NONE and WDA_EXCLUDEFROMCAPTURE of SetWindowDisplayAffinity."""
_ASKED = "excluded_from_capture"


def can_exclude() -> bool:
    """Whether this system can do it."""
    return sys.platform == "win32"


def is_excluded(window: QWidget) -> bool:
    """What was asked for last, also where the system cannot do it."""
    return bool(window.property(_ASKED))


def exclude_from_capture(window: QWidget, wanted: bool) -> bool:
    """Hide `window` from captures, or show it again.  False when the system cannot or refused."""
    window.setProperty(_ASKED, wanted)
    if sys.platform != "win32":
        return False
    import ctypes

    affinity = _EXCLUDE if wanted else _NONE
    return bool(ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), affinity))
