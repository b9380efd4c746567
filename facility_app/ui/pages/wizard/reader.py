"""Step 8: the card reader.  It is tested once the reader panel is there; nothing waits for it."""

from __future__ import annotations

from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level


class ReaderStep(StepBox):
    """Says what comes and that the desk works without."""

    step = Step.READER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.box.addWidget(
            Notice(
                self.theme, Level.NOTICE, words("wizard-reader-title"), words("wizard-reader-text")
            )
        )
