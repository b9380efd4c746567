"""Papers of a loss: which, for whom; made on the lane (recorded before it is drawn), printed or
saved.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.incidents import LostCaseState, LostPaper
from facility_app.errors import FacilityError
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_papers import LostPaperMade, LostPaperRequest, make_lost_paper
from facility_app.services.lost_views import LostCaseView, StepView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.printing import Paper, print_pdf, save_pdf
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.text import Text

_FOR_A_PERSON = (LostPaper.NOTICE, LostPaper.AUTHORITY)


class _MakeDialog(ActDialog):
    """Print and save; `made` once the paper is where the person wanted it."""

    made = Signal()

    def __init__(self, ctx: UiContext, book: LostBook, title: str, paper: Paper | None) -> None:
        super().__init__(ctx, title=title, icon="print-fill", width=840)
        self.book, self._paper, self._to_printer = book, paper, True

    def add_acts(self) -> None:
        """The two buttons."""
        words = self.words
        self.set_main(words("loss-paper-print"), "print")
        self.save = ActionButton(
            self.theme, words("loss-paper-save"), kind=Kind.GREY, icon="save", height=48
        )
        self.save.clicked.connect(lambda: self._make(to_printer=False))
        self.acts.addWidget(self.save)

    def request(self) -> LostPaperRequest:
        """What is wanted."""
        raise NotImplementedError

    def act(self) -> None:
        """Print."""
        self._make(to_printer=True)

    def _make(self, *, to_printer: bool) -> None:
        if self.sending:
            return
        self.set_sending(True)
        self._to_printer = to_printer
        office: Any = self.ctx.office
        actor, words, book = self.ctx.session.require(), self.words, self.book
        request = self.request()
        self.ctx.lane.run(
            lambda: make_lost_paper(office, actor, words, book, request),
            done=lambda made: self._drawn(request, made),
            failed=self._failed,
            what=words("leave-making-paper"),
        )

    def _drawn(self, request: LostPaperRequest, made: LostPaperMade) -> None:
        self.set_sending(False)
        title = self.words.term(request.paper)
        try:
            if self._to_printer:
                kept = print_pdf(self, made.content, title, self._paper)
            else:
                kept = save_pdf(self, made.content, title, made.name, self._paper) is not None
        except FacilityError as exc:
            self.ctx.show_error(exc, self)
            return
        if kept:
            self.dismiss()
            self.made.emit()


class PapersDialog(_MakeDialog):
    """The papers of a case.  `draft_wanted`: the texts of the leak report are to be changed."""

    draft_wanted = Signal()

    def __init__(
        self, ctx: UiContext, book: LostBook, case: LostCaseView, *, paper: Paper | None = None,
        chosen: LostPaper = LostPaper.CHECKLIST, step: StepView | None = None,
    ) -> None:  # fmt: skip
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, book, words("loss-papers-title"), paper)
        self.case, self._step = case, step
        people = case.residents
        self.which = ReasonButtons(theme, words("loss-paper-which"), columns=2)
        self.which.set_choices(
            [
                (each.value, words.term(each))
                for each in LostPaper
                if people or each not in _FOR_A_PERSON
            ]
        )
        self.body.addWidget(Text(theme, words("loss-paper-which"), size=20, bold=True))
        self.body.addWidget(self.which)
        self.about = Text(theme, " ")
        self.body.addWidget(self.about)
        self.draft = ActionButton(theme, words("loss-draft-title"), icon="edit_note")
        self.draft.clicked.connect(self._to_draft)
        self.body.addWidget(self.draft, 0, Qt.AlignmentFlag.AlignLeft)
        self.person = ReasonButtons(theme, words("loss-paper-whom"), columns=2)
        self.person.set_choices([(str(each.id), each.name) for each in people])
        self.whom: list[QWidget] = [
            Text(theme, words("loss-paper-whom"), size=16, tone="text2"), self.person,
        ]  # fmt: skip
        for part in self.whom:
            self.body.addWidget(part)
        if people:
            first = step.resident if step is not None and step.resident else people[0]
            self.person.choose(str(first.id))
        self.add_note("history_edu", words("loss-paper-note"))
        self.notes.addStretch(1)
        self.add_acts()
        self.which.chosen.connect(self._show)
        self.which.choose(chosen.value)
        self._show()

    def start(self) -> None:
        """Show it."""
        self.open(self.which.button(self.which.value()))

    def _show(self, _value: object = None) -> None:
        paper = LostPaper(self.which.value())
        self.about.set(self.words(f"loss-paper-{paper.value}"))
        open_ = self.case.state is LostCaseState.OPEN
        self.draft.setVisible(paper is LostPaper.LEAK_REPORT and open_)
        several = paper in _FOR_A_PERSON and len(self.case.residents) > 1
        for part in self.whom:
            part.setVisible(several)

    def _to_draft(self) -> None:
        self.dismiss()
        self.draft_wanted.emit()

    def request(self) -> LostPaperRequest:
        """The chosen paper."""
        paper = LostPaper(self.which.value())
        person = self.person.value() if paper in _FOR_A_PERSON else ""
        step = self._step.code if self._step is not None else ""
        return LostPaperRequest(
            paper, int(self.case.id), resident_id=int(person) if person else None,
            step_code=step if paper is LostPaper.AUTHORITY else "",
        )  # fmt: skip


class BlankDialog(_MakeDialog):
    """The checklist of one kind of thing, before anything has happened."""

    def __init__(self, ctx: UiContext, book: LostBook, *, paper: Paper | None = None) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, book, words("loss-blank"), paper)
        self.body.addWidget(Text(theme, words("loss-blank-which"), size=20, bold=True))
        self.which = ReasonButtons(theme, words("loss-blank-which"), columns=2)
        things = [(each.code, each.name.of(words.language)) for each in book.lost.things.values()]
        self.which.set_choices(things)
        self.which.choose(things[0][0])
        self.body.addWidget(self.which)
        self.add_note("info", words("loss-blank-note"))
        self.notes.addStretch(1)
        self.add_acts()

    def start(self) -> None:
        """Show it."""
        self.open(self.which.button(self.which.value()))

    def request(self) -> LostPaperRequest:
        """A blank checklist."""
        return LostPaperRequest(LostPaper.CHECKLIST, thing=self.which.value())
