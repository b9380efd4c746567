"""One theme object per program: colours, sizes and fonts, changed live.

Use in a widget::

    theme.px(16)              # design pixels -> screen pixels at the present zoom
    theme.qcolor("primary")   # a colour token
    theme.font(24, bold=True)
    theme.changed.connect(self._restyle)   # zoom, theme or font changed

Ready-made widgets and the layouts in ``ui/layouts.py`` follow `changed` by themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from facility_app.ui.stylesheet import build_stylesheet
from facility_app.ui.tokens import Mode, load_tokens

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
COMPACT_FROM = 150
"""Zoom in per cent from which the window has a menu instead of navigation and one column."""

LINE_HEIGHTS = {16: 24, 18: 28, 20: 28, 24: 36, 28: 40, 32: 44, 36: 48, 45: 56}


class Theme(QObject):
    """Colours, sizes and fonts.  Lives on the GUI thread as long as the program."""

    changed = Signal()

    def __init__(
        self,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        *,
        family: str = "BIZ UDPGothic",
        remember: Callable[[Mode, int], object] | None = None,
    ) -> None:
        """`remember` is called with the theme and zoom after the person changed either."""
        super().__init__()
        self._tokens = load_tokens()
        self._sheets: dict[tuple[Mode, int], str] = {}
        self._fonts: dict[tuple[int, int, bool], QFont] = {}
        self.mode = mode
        self.zoom = zoom
        self.family = family
        self.remember = remember

    @property
    def compact(self) -> bool:
        """Whether the screen is so enlarged that one column and a menu are used."""
        return self.zoom >= COMPACT_FROM

    def px(self, size: float) -> int:
        """`size` design pixels (at 100 %) in screen pixels; never 0 for a visible size."""
        scaled = round(size * self.zoom / 100)
        return scaled if scaled or not size else 1

    def color(self, token: str) -> str:
        """``#rrggbb`` of a token.  Raises ``KeyError`` for a name that is not in the table."""
        return self._tokens[self.mode][token]

    def qcolor(self, token: str) -> QColor:
        """The token as a ``QColor``."""
        return QColor(self.color(token))

    def staff_color(self, number: int) -> str:
        """Token of the circle for a member of staff; `number` is any integer from 0."""
        return f"staff_{number % 6 + 1}"

    def font(self, size: int = 18, *, bold: bool = False) -> QFont:
        """The program's font at `size` design pixels; only regular and bold exist."""
        made = self._fonts.get((self.zoom, size, bold))
        if made is None:
            made = QFont(self.family)
            made.setPixelSize(self.px(size))
            made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            self._fonts[self.zoom, size, bold] = made
        return QFont(made)

    def line_height(self, size: int) -> int:
        """Height of a line of text of `size` design pixels, in screen pixels."""
        return self.px(LINE_HEIGHTS.get(size, round(size * 1.5)))

    def set_mode(self, mode: Mode) -> None:
        """Switch light, dark or high contrast."""
        if mode is not self.mode:
            self.mode = mode
            self._person_changed()

    def set_zoom(self, zoom: int) -> None:
        """Zoom in per cent, kept within 80-200."""
        wanted = max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], zoom))
        if wanted != self.zoom:
            self.zoom = wanted
            self._person_changed()

    def step_zoom(self, direction: int) -> None:
        """One step larger (1) or smaller (-1); 0 goes back to 100 %."""
        if direction == 0:
            self.set_zoom(100)
            return
        steps = [step for step in ZOOM_STEPS if (step - self.zoom) * direction > 0]
        if steps:
            self.set_zoom(min(steps) if direction > 0 else max(steps))

    def restore(self, mode: Mode, zoom: int) -> None:
        """Take over what a person chose earlier, without reporting it as a new choice."""
        remember, self.remember = self.remember, None
        try:
            self.set_mode(mode)
            self.set_zoom(zoom)
        finally:
            self.remember = remember

    def apply(self) -> None:
        """Put style, palette and font on the application; `ui/dress.py` puts on the sheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setFont(self.font())
        app.setPalette(self.palette())

    def sheet(self) -> str:
        """The style sheet of this theme and zoom."""
        key = (self.mode, self.zoom)
        if key not in self._sheets:
            self._sheets[key] = build_stylesheet(self.color, self.px, self.family)
        return self._sheets[key]

    def palette(self) -> QPalette:
        """The palette for the parts that Qt itself paints."""
        role = QPalette.ColorRole
        table = {
            role.Window: "bg",
            role.WindowText: "text",
            role.Base: "surface",
            role.AlternateBase: "surface",
            role.Text: "text",
            role.PlaceholderText: "text2",
            role.Button: "surface",
            role.ButtonText: "text",
            role.Highlight: "primary",
            role.HighlightedText: "on_primary",
            role.Link: "primary",
            role.ToolTipBase: "surface",
            role.ToolTipText: "text",
        }
        palette = QPalette()
        for which, token in table.items():
            palette.setColor(which, self.qcolor(token))
        for which in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.qcolor("disabled_text"))
        return palette

    def _person_changed(self) -> None:
        self.apply()
        self.changed.emit()
        if self.remember is not None:
            self.remember(self.mode, self.zoom)
