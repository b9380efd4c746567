"""The count sheet on paper: which cabinet, then print or save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from facility_app.errors import FacilityError
from facility_app.services.stocktake_paper import sheet_paper
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.printing import Paper, print_pdf, save_pdf
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.text import Text


class SheetDialog(ActDialog):
    """Made on the lane (recorded before it is drawn); `paper` answers the system's questions."""

    def __init__(
        self,
        ctx: UiContext,
        cabinets: Sequence[str],
        done: Callable[[], object],
        paper: Paper | None = None,
    ) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("stocktake-sheet-title"), icon="print-fill", width=800)
        self._done_with, self._paper = done, paper
        self._to_printer = True
        self.which = ReasonButtons(theme, words("stocktake-sheet-which"), columns=4)
        self.which.set_choices(
            [(name, words("stocktake-home-cabinet", cabinet=name)) for name in cabinets]
        )
        self.which.choose(cabinets[0])
        self.body.addWidget(Text(theme, words("stocktake-sheet-which"), size=20, bold=True))
        self.body.addWidget(self.which)
        self.add_note("info", words("stocktake-sheet-note"))
        self.set_main(words("stocktake-sheet-print"), "print")
        self.save = ActionButton(
            theme, words("stocktake-sheet-save"), kind=Kind.GREY, icon="save", height=48
        )
        self.save.clicked.connect(lambda: self._make(to_printer=False))
        self.acts.addWidget(self.save)

    def start(self) -> None:
        """Show it."""
        self.open(self.which.button(self.which.value()))

    def act(self) -> None:
        """Print."""
        self._make(to_printer=True)

    def _make(self, *, to_printer: bool) -> None:
        if self.sending:
            return
        self.set_sending(True)
        self._to_printer = to_printer
        office: Any = self.ctx.office
        actor, words, cabinet = self.ctx.session.require(), self.words, self.which.value()
        self.ctx.lane.run(
            lambda: sheet_paper(office, actor, words, cabinet),
            done=self._made,
            failed=self._failed,
            what=words("stocktake-busy"),
        )

    def _made(self, pdf: bytes) -> None:
        self.set_sending(False)
        title = self.words("stocktake-sheet-title")
        try:
            if self._to_printer:
                kept = print_pdf(self, pdf, title, self._paper)
            else:
                name = self.words("stocktake-sheet-file")
                kept = save_pdf(self, pdf, title, name, self._paper) is not None
        except FacilityError as exc:
            self.ctx.show_error(exc, self)
            return
        if kept:
            self.dismiss()
            self._done_with()
