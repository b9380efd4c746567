"""What a person does on the page 紛失対応, by hand: report, fill in a step, find, save a paper."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from facility_app.demo.hands import Stuck
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.domain.incidents import Evidence, LostPaper
from facility_app.services.lost_views import LostCaseView, StepView
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.lost_papers import PapersDialog
from facility_app.ui.dialogs.lost_report import ReportDialog
from facility_app.ui.pages.lost import LostPage
from facility_app.ui.pages.lost_evidence import EvidenceFields
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.tick_buttons import TickButtons

D = TypeVar("D", bound=ActDialog)

WRITTEN = {
    Evidence.SPOKE_TO: "窓口 見本",
    Evidence.RECEIPT: "第508号",
    Evidence.OFFICE: "みほん市役所",
    Evidence.COUNT: "2",
    Evidence.NOTE: "つぎの受診は申立書で受けられる",
}
"""What a person writes down after a call."""

SEARCHED = ("pouch", "bag", "car")
WAY = "express"


class OutFolder:
    """Paper that is always saved in `out`: there is nobody to answer the system's own dialogs."""

    def __init__(self, out: Path) -> None:
        self.out, self.saved = out, list[Path]()

    def printers(self) -> list[str]:
        """None."""
        return []

    def choose_printer(
        self, parent: QWidget, title: str, count: int, closes: SignalInstance | None = None
    ) -> QPrinter | None:
        """None either."""
        return None

    def choose_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kind: str,
        closes: SignalInstance | None = None,
    ) -> Path | None:
        """The offered name, marked as a paper of a loss."""
        self.saved.append(self.out / f"lost-{name}")
        return self.saved[-1]


class LostHands:
    """Works on `stage`; every method raises Stuck where the window does not answer."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hands, self.eyes = stage, stage.hands, stage.eyes
        self.paper = OutFolder(stage.out)

    # --- what is seen ----------------------------------------------------------------------------

    def page(self) -> LostPage:
        """The page; it must have been shown before."""
        return self.stage.page(LostPage)

    def case(self, page: LostPage | None = None) -> LostCaseView:
        """The case that is shown."""
        shown = (page or self.page()).shown
        if shown is None or shown.case is None:
            raise Stuck("a case")
        return shown.case

    def dialog(self, kind: type[D]) -> D:
        """Wait for an open dialog."""
        self.stage.wait(lambda: any(self.eyes.all(kind)), kind.__name__)
        self.stage.settle()
        return self.eyes.one(kind)

    def _resting(self) -> bool:
        return not any(self.eyes.all(Dialog)) and not self.stage.ctx.lane.working

    # --- reporting -------------------------------------------------------------------------------

    def report(self, pouch: Pouch) -> ReportDialog:
        """F7, the tag; the things of its resident are the answer."""
        self.hands.key(Qt.Key.Key_F7)
        self.stage.wait(lambda: any(self.eyes.all(ChooseResidentDialog)), "the question whose")
        self.hands.scan(pouch.code)
        self.stage.wait(lambda: not any(self.eyes.all(ChooseResidentDialog)), pouch.name)
        dialog = self.dialog(ReportDialog)
        self.stage.wait(lambda: dialog.rows, "the things")
        return dialog

    def tick(self, dialog: ReportDialog, name: str) -> None:
        """Tick the thing of this name."""
        row = next((each for each in dialog.rows.values() if name in each.text()), None)
        if row is None:
            raise Stuck(name)
        self.hands.click(row)

    def choose(self, buttons: ReasonButtons, key: str) -> None:
        """Click one of a few choices."""
        button = buttons.button(key)
        if button is None:
            raise Stuck(key)
        self.hands.click(button)

    def write(self, field: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Type into a field."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stage.wait(field.hasFocus, "the field")
        self.hands.clear()
        self.hands.type(text)

    def opened(self, dialog: ReportDialog) -> LostCaseView:
        """The big button; the case with its next call is the answer."""
        self.send(dialog)
        self.stage.wait(lambda: self.page().shown is not None, "the page")
        return self.case()

    def send(self, dialog: ActDialog) -> None:
        """The big button of a dialog; its going is the answer."""
        main = dialog.main
        if main is None:
            raise Stuck("the main button")
        self.stage.wait(main.isEnabled, "the main button on")
        self.hands.answer(lambda: self.hands.click(main), self._resting, type(dialog).__name__)

    # --- steps -----------------------------------------------------------------------------------

    def choose_step(self, code: str, page: LostPage | None = None) -> StepView:
        """Click the first waiting step of this code, where it is not shown already."""
        page = page or self.page()
        waiting = (each for each in self.case(page).steps if each.code == code and each.waits)
        step = next(waiting, None)
        if step is None:
            raise Stuck(f"the step {code}")
        now = page.step()
        if now is None or now.id != step.id:
            self.hands.click(page.case.buttons[int(step.id)])
        return step

    def do(self, code: str, page: LostPage | None = None, **told: str) -> None:
        """Fill a step in as after a call; the next step is the answer."""
        page = page or self.page()
        step = self.choose_step(code, page)
        self.fill_in(page, told)
        pane = page.case.step
        self.hands.answer(
            lambda: self.hands.click(pane.main),
            lambda: self._resting() and self._settled(page, step),
            f"the step {code}",
        )

    def _settled(self, page: LostPage, step: StepView) -> bool:
        return all(not each.waits for each in self.case(page).steps if each.id == step.id)

    def fill_in(self, page: LostPage, told: dict[str, str]) -> None:
        """Write what the step asks for; times and days are filled in already."""
        pane = page.case.step
        asked = () if pane.text is None else pane.text.asked
        for fields in (pane.fields, pane.more):
            if fields is not None:
                self._fields(fields, asked, told)

    def _fields(
        self, fields: EvidenceFields, asked: Iterable[Evidence], told: dict[str, str]
    ) -> None:
        for evidence in [each for each in asked if each in fields.fields]:
            widget = fields.fields[evidence]
            if isinstance(widget, TickButtons):
                for place in SEARCHED:
                    self.hands.click(widget.buttons[place])
            elif isinstance(widget, ReasonButtons):
                self.choose(widget, WAY)
            elif isinstance(widget, QLineEdit) and evidence in WRITTEN:
                self.write(widget, told.get(evidence.name.lower(), WRITTEN[evidence]))

    def own(self, code: str, kind: type[D]) -> D:
        """A step with a dialog of its own."""
        page = self.page()
        self.choose_step(code, page)
        self.hands.click(page.case.step.main)
        return self.dialog(kind)

    # --- papers ----------------------------------------------------------------------------------

    def save(self, paper: LostPaper, picture: str = "") -> None:
        """Save a paper of the case in the output of the day."""
        page = self.page()
        page.acts.paper = self.paper
        before = len(self.paper.saved)
        self.hands.click(page.case.papers)
        dialog = self.dialog(PapersDialog)
        self.choose(dialog.which, paper.value)
        if picture:
            self.stage.picture(picture)
        self.hands.answer(
            lambda: self.hands.click(dialog.save),
            lambda: self._resting() and len(self.paper.saved) > before,
            f"the paper {paper.value}",
        )
