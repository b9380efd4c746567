"""Step 8: the card reader is tried; nothing waits for it, and the desk works without one."""

from __future__ import annotations

from facility_app.ui.pages.reader_test import ReaderTestPanel
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.wizard import Step
from facility_app.ui.widgets.text import Text


class ReaderStep(StepBox):
    """The same panel as on the page リーダーのためし; it may be passed over."""

    step = Step.READER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.box.addWidget(Text(self.theme, self.words("wizard-reader-text")))
        self.panel = ReaderTestPanel(desk.ctx)
        self.box.addWidget(self.panel)
