"""Where the next thing stands: pages with their frame, one after the other, and room on them."""

from __future__ import annotations

from reportlab.lib.units import mm

from facility_app.reports.page import FAINT, HEIGHT, MARGIN, WIDTH, Sheet
from facility_app.reports.paper import Paper, Progress
from facility_app.reports.stream import COUNT, StreamCanvas
from facility_app.reports.typesetter import Typesetter
from facility_app.reports.wording import Wording

TOP = 25 * mm
BOTTOM = HEIGHT - 19 * mm
ROOM = WIDTH - 2 * MARGIN
_FOOT = HEIGHT - 11 * mm
_FOOT_SIZE = 9
_ROWS_TOLD = 100


class Flow:
    """Pages that fill from top to bottom.  `y`: where the next thing begins, from the top.

    A page goes to the file when the next one begins.
    """

    def __init__(
        self, canvas: StreamCanvas, wording: Wording, paper: Paper, progress: Progress
    ) -> None:
        self.canvas = canvas
        self.wording = wording
        self.words = wording.words
        self.setter = Typesetter(canvas)
        self.pages = 0
        self.y = TOP
        self._paper = paper
        self._progress = progress
        self._rows = 0
        self.turn()

    def turn(self) -> None:
        """Go to a new page."""
        if self.pages:
            self.canvas.showPage()
        self.pages += 1
        self.sheet = Sheet(self.canvas)
        self._frame()
        self.y = TOP

    def need(self, height: float) -> None:
        """Go to a new page where less than `height` points are left on this one."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.turn()

    def draw(self, operators: str) -> None:
        """Put operators in the page's stream."""
        self.canvas.drawText(_Operators(operators))

    def row_done(self) -> None:
        """Count a row, and tell now and then how far it is.  Raises what `progress` does."""
        self._rows += 1
        if self._rows % _ROWS_TOLD == 0:
            self._progress(min(self._rows, self._paper.rows), self._paper.rows)

    def finish(self) -> None:
        """The last page, and the number of pages on all of them."""
        self.canvas.showPage()
        self.canvas.beginForm(COUNT, 0, -5, 200, 15)
        _, after = self._page_text()
        self._faint(0, 0, after.replace("\0", str(self.pages)))
        self.canvas.endForm()

    def _frame(self) -> None:
        """The head and the foot; "page n of m" in the middle, m in the shared form."""
        sheet, right = self.sheet, WIDTH - MARGIN
        title = self.words(f"reports-title-{self._paper.kind}")
        about = self.wording.text(self._paper.about)
        sheet.text(MARGIN, 16 * mm, self._paper.facility, 9, ink=FAINT)
        sheet.text(right, 16 * mm, about, 9, ink=FAINT, anchor="right")
        sheet.line(MARGIN, 18.5 * mm, right, 18.5 * mm)
        sheet.line(MARGIN, _FOOT - 4 * mm, right, _FOOT - 4 * mm)
        sheet.text(MARGIN, _FOOT, title, _FOOT_SIZE, ink=FAINT)
        before, after = self._page_text()
        width = self.setter.width(before, _FOOT_SIZE)
        whole = width + self.setter.width(after.replace("\0", "00"), _FOOT_SIZE)
        left = (WIDTH - whole) / 2
        self._faint(left, HEIGHT - _FOOT, before)
        self.canvas.saveState()
        self.canvas.translate(left + width, HEIGHT - _FOOT)
        self.canvas.doForm(COUNT)
        self.canvas.restoreState()

    def _page_text(self) -> tuple[str, str]:
        """ "n / " and "m pages", the number of pages still to come as a mark."""
        whole = self.words("papers-page", number=str(self.pages), count="\0")
        before, _, after = whole.partition("\0")
        return before, f"\0{after}"

    def _faint(self, x: float, y: float, text: str) -> None:
        shown = self.setter.show(text, _FOOT_SIZE)
        self.draw(f"BT {colour(FAINT)} rg 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")


class _Operators:
    """Operators as the canvas takes them."""

    def __init__(self, operators: str) -> None:
        self._operators = operators

    def getCode(self) -> str:
        return self._operators


def colour(ink: object) -> str:
    """A colour of page.py as the three numbers of an operator."""
    red, green, blue = ink.rgb()  # type: ignore[attr-defined]  # reportlab carries no types
    return f"{red:.3g} {green:.3g} {blue:.3g}"
