"""The program's own font, so that a screen looks the same on every machine.

Use once at start, after the ``QApplication``: ``family = load_fonts()``.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from facility_app.ui.assets import asset

FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
FALLBACK = "BIZ UDPGothic"


def load_fonts() -> str:
    """Load the font files and give the family to ask for.

    A missing file is no reason to refuse the work of the day: the family of the same name that
    Windows 10 and later bring, or Qt's substitute, is used instead.
    """
    families: list[str] = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(asset("fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else FALLBACK
