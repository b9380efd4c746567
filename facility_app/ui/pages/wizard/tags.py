"""Step 7: the labels for the pouches, printed or saved."""

from __future__ import annotations

from facility_app.ui.layouts import Row
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.text import Text


class TagsStep(StepBox):
    """All pouches at once; each label shows its slot and says nothing outside the building."""

    step = Step.TAGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, words = self.theme, self.words
        self.count = Text(theme, bold=True, size=20)
        self.box.addWidget(self.count)
        row = Row(theme, spacing=16)
        self.print_button = ActionButton(theme, words("wizard-tags-print"), icon="print")
        self.save_button = ActionButton(
            theme, words("wizard-tags-save"), kind=Kind.GREY, icon="save"
        )
        self.print_button.clicked.connect(lambda: self._paper(to_printer=True))
        self.save_button.clicked.connect(lambda: self._paper(to_printer=False))
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.box.addLayout(row)
        self.state = Text(theme, tone="text2")
        self.box.addWidget(self.state)
        self._ids: list[int] = []
        self._show([])

    def enter(self) -> None:
        from facility_app.services.papers import all_tagged

        self.ctx.ask(all_tagged, done=self._show, failed=self.failed)

    def _show(self, ids: list[int]) -> None:
        self._ids = ids
        key = "wizard-tags-count" if ids else "wizard-tags-none"
        self.count.set(self.words(key, count=str(len(ids))))
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(ids))

    def _paper(self, *, to_printer: bool) -> None:
        words, office = self.words, whole(self.ctx.office)
        actor, ids = self.ctx.session.require(), list(self._ids)

        def job() -> tuple[bytes, int]:
            from facility_app.services.papers import tag_paper

            return tag_paper(office, actor, words, ids)

        self.ctx.lane.run(
            job,
            done=lambda made: self._keep(made[0], to_printer),
            failed=self.failed,
            what=words("wizard-tags-making"),
        )

    def _keep(self, pdf: bytes, to_printer: bool) -> None:
        from facility_app.ui.printing import print_pdf, save_pdf

        title = self.words("wizard-tags-title")
        try:
            if to_printer:
                kept = print_pdf(self, pdf, title)
            else:
                kept = save_pdf(self, pdf, title, self.words("wizard-tags-file")) is not None
        except OSError as exc:
            self.failed(exc)
            return
        if kept:
            self.state.set(self.words("wizard-tags-kept"))
            self.state.set_tone("ok_text")
