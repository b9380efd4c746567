"""The papers of a visit: made on the lane (recorded before they are drawn), printed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from PySide6.QtWidgets import QWidget

from facility_app.errors import FacilityError
from facility_app.services.visit_papers import (
    declaration_paper,
    escort_card_paper,
    visit_sheet_paper,
)
from facility_app.ui.context import UiContext
from facility_app.ui.printing import UsualPaper, print_straight


class VisitPaper(Enum):
    """What can be printed for a visit."""

    SHEET = "sheet"
    CARD = "card"
    DECLARATION = "declaration"


class VisitPapers:
    """`paper` answers the system's questions; another one in tests."""

    def __init__(self, ctx: UiContext, paper: UsualPaper | None = None) -> None:
        self.ctx, self.words, self.paper = ctx, ctx.words, paper

    def print_for(
        self,
        visit_id: int,
        resident_id: int,
        wanted: Iterable[VisitPaper],
        *,
        printed: Callable[[], object] = lambda: None,
    ) -> None:
        """Make these and print them one after the other; `printed` when all are."""
        chosen = list(wanted)
        if not chosen:
            return
        office: Any = self.ctx.office
        actor, words = self.ctx.session.require(), self.words

        def make() -> list[bytes]:
            makers = {
                VisitPaper.SHEET: lambda: visit_sheet_paper(office, actor, words, visit_id),
                VisitPaper.CARD: lambda: escort_card_paper(office, actor, words, [visit_id]),
                VisitPaper.DECLARATION: lambda: declaration_paper(
                    office, actor, words, resident_id
                ),
            }
            return [makers[each]() for each in chosen]

        self.ctx.lane.run(
            make,
            done=lambda papers: self._made(papers, chosen, printed),
            failed=self._failed,
            what=words("leave-making-paper"),
        )

    def _made(
        self, papers: list[bytes], chosen: list[VisitPaper], printed: Callable[[], object]
    ) -> None:
        titles = [self.words(f"leave-{each.value}") for each in chosen]
        parent: QWidget = self.ctx.host()
        try:
            kept = [
                print_straight(parent, pdf, title, self.paper)
                for pdf, title in zip(papers, titles, strict=True)
            ]
        except FacilityError as exc:
            self._failed(exc)
            return
        if all(kept):
            printed()

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc)
