"""Where a report goes: to a printer, to a file, to a file as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from facility_app.errors import Cancelled
from facility_app.services.reporting import Format, MadeReport
from facility_app.ui.lanes import Progress
from facility_app.ui.printing import (
    PDF_KIND,
    NoPrinter,
    Paper,
    SystemPaper,
    draw_pdf,
    write_file,
)
from facility_app.ui.widgets.button import ActionButton

if TYPE_CHECKING:
    from facility_app.ui.pages.reports import ReportsPage

_KINDS = {Format.PDF: PDF_KIND, Format.CSV: "CSV (*.csv)", Format.JSON: "JSON (*.json)"}


class ReportOut:
    """The acts of `ReportsPage` on what was made.

    `paper` asks the person and `write` writes; a test answers, and fails, by itself.
    """

    def __init__(self, page: ReportsPage) -> None:
        self.page, self.ctx, self.words = page, page.ctx, page.ctx.words
        self.paper: Paper = SystemPaper()
        self.write: Callable[[Path, bytes], Path] = write_file
        self._busy = False
        self._pressed: ActionButton | None = None
        view = page.view
        view.print.clicked.connect(self.print)
        view.save.clicked.connect(self.save)
        view.csv.clicked.connect(lambda: self.save_as(Format.CSV))
        view.json.clicked.connect(lambda: self.save_as(Format.JSON))

    # --- printing --------------------------------------------------------------------------------

    def print(self) -> None:
        """Look for printers first: a print server may take its time."""
        if self._begin():
            paper = self.paper
            self.ctx.paper_lane().run(
                paper.printers, done=self._choose, failed=self._failed,
                what=self.words("reports-page-printers"),
            )  # fmt: skip

    def _choose(self, printers: list[str]) -> None:
        made, pages, actor = self.page.made, self.page.view.pages, self.ctx.session.actor
        if not printers:
            self._failed(NoPrinter())
            return
        if made is None or pages is None or actor is None:
            self._end()
            return
        count, closes = self.page.view.view.count, self.ctx.session.changed
        printer = self.paper.choose_printer(self.page, self.title(made), count, closes)
        if printer is None or self.ctx.session.actor is not actor:
            self._end()
            return

        def job(progress: Progress) -> int:
            return draw_pdf(pages, printer, progress)

        self.ctx.paper_lane().run_long(
            job, done=self._printed, failed=self._failed, what=self.words("reports-page-printing")
        )

    def _printed(self, pages: int) -> None:
        self._done(self.words("reports-page-printed", pages=pages))

    # --- saving ----------------------------------------------------------------------------------

    def save(self) -> None:
        """The PDF as it is shown."""
        made = self.page.made
        if made is None or made.content is None or not self._begin():
            return
        place = self._place(made, Format.PDF)
        if place is None:
            self._end()
            return
        content, write = made.content, self.write
        self.ctx.paper_lane().run(
            lambda: write(place, content), done=self._saved, failed=self._failed,
            what=self.words("reports-page-saving"),
        )  # fmt: skip

    def save_as(self, format: Format) -> None:
        """The same data as a table: a report of its own, recorded like the first."""
        made = self.page.made
        if made is None or not self._begin():
            return
        place = self._place(made, format)
        if place is None:
            self._end()
            return
        make = self.page.job_for(replace(made.request, format=format, password=None))
        write = self.write

        def job(progress: Progress) -> Path:
            return write(place, make(progress).content or b"")

        self.ctx.lane.run_long(
            job, done=self._saved, failed=self._failed, what=self.words("reports-page-making")
        )

    def _place(self, made: MadeReport, format: Format) -> Path | None:
        """Where the person wants it; None when they changed their mind or the window locked."""
        actor, closes = self.ctx.session.actor, self.ctx.session.changed
        name = str(Path(made.name).with_suffix(f".{format.value}"))
        title = self.words("reports-page-save-title")
        place = self.paper.choose_file(self.page, title, name, _KINDS[format], closes)
        return place if self.ctx.session.actor is actor else None

    def _saved(self, place: Path) -> None:
        self._done(self.words("reports-page-saved", place=str(place)))

    # --- all of them -----------------------------------------------------------------------------

    def title(self, made: MadeReport) -> str:
        """What the printer's queue shows: which paper, never about whom."""
        return self.words(f"reports-page-paper-{made.request.document.value}")

    def _begin(self) -> bool:
        """One act at a time; False while another is under way."""
        if self._busy:
            return False
        self._busy = True
        self.page.clear_problem()
        self.page.banner.dismiss()
        self._enable(False)
        return True

    def _done(self, told: str) -> None:
        self._end()
        self.page.banner.show_done(told)

    def _failed(self, exc: Exception) -> None:
        self._end()
        if isinstance(exc, Cancelled):
            self.page.banner.show_done(self.words("reports-page-stopped-out"))
        else:
            self.ctx.show_error(exc, self.page)

    def _end(self) -> None:
        self._busy = False
        self._enable(True)

    def _enable(self, on: bool) -> None:
        view = self.page.view
        buttons = (view.print, view.save, view.csv, view.json, view.other)
        if not on:
            self._pressed = next((each for each in buttons if each.hasFocus()), None)
        for button in buttons:
            button.setEnabled(on)
        if on and self._pressed is not None:  # switched off, it lost the focus
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
