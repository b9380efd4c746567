"""Draws the pages of reports, charts and checkpoints into PNG files, to be laid beside the mocks.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.report_pictures OUT``: light, dark, high contrast,
and 200 %.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from facility_app.i18n import Words
from facility_app.services.checkpoint_check import PrintedState, PrintedVerdict
from facility_app.services.checkpoint_sinks import SinkProblem, SinkState
from facility_app.ui.context import Face, UiContext
from facility_app.ui.fonts import load_fonts
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import Page
from facility_app.ui.pages.charts import ChartsPage
from facility_app.ui.pages.checkpoint import CheckpointPage
from facility_app.ui.pages.reports import ReportsPage
from facility_app.ui.registry import PAGES
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.checkpoints import verdict_words
from facility_app.ui.viewmodels.reminders import due_reminder, sink_reminders
from facility_app.ui.widgets.dialog import Dialog
from tests.ui.report_doubles import Answers, Maker, some_charts
from tests.ui.stage import NOON, context, manager, shoot

LOOKS = ((Mode.LIGHT, 100), (Mode.DARK, 100), (Mode.HIGH_CONTRAST, 100), (Mode.LIGHT, 200))
OURS = ("reports", "charts", "checkpoint")
Shoot = Callable[[str], None]


def rest(ctx: UiContext) -> None:
    """Until both lanes have answered and the layouts have settled."""
    for _ in range(4):
        loop = QEventLoop()
        QTimer.singleShot(100, loop.quit)
        loop.exec()
        while ctx.lane.working or ctx.paper_lane().working:
            QApplication.processEvents()


def reports(window: MainWindow, take: Shoot, out: Path) -> None:
    """The form, what is wrong with it, a report that was made, its password, no printer."""
    page = window.pages["reports"]
    assert isinstance(page, ReportsPage)
    page.make_report, page.out.paper = Maker(), Answers(out)
    take("reports-choose")
    page.card.month.setText("?")
    page.form.month = "?"
    page.make()
    take("reports-wrong")
    page.form.month, page.form.locked = "R8.10", True
    page.make()
    take("reports-password")
    for dialog in window.host().findChildren(Dialog):
        dialog.dismiss()
    take("reports-made")
    page.view.view.zoom(1)
    take("reports-enlarged")
    page.out.paper.names = []
    page.out.print()
    take("reports-no-printer")


def charts(window: MainWindow, take: Shoot) -> None:
    """Drawn, and two of them as tables."""
    page = window.pages["charts"]
    assert isinstance(page, ChartsPage)
    page.query = some_charts
    page.load()
    take("charts")
    for card in page.cards[::3]:
        card.show_table(True)
    take("charts-tables")


def checkpoints(window: MainWindow, take: Shoot) -> None:
    """Before anything, and every verdict."""
    page = window.pages["checkpoint"]
    assert isinstance(page, CheckpointPage)
    take("checkpoint-begin")
    for state in PrintedState:
        verdict = PrintedVerdict(state, 1300, 1214, "facility-app/other", NOON)
        page._say(verdict_words(page.words, verdict))
        take(f"checkpoint-{state.value}")


def main(out: Path) -> None:
    """All pictures."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    family, words = load_fonts(), Words("ja")
    for mode, zoom in LOOKS:
        theme = Theme(mode, zoom, family=family)
        theme.apply()
        ctx = context(theme, words)
        specs = [spec if spec.key in OURS else replace(spec, factory=Page) for spec in PAGES]
        window = MainWindow(ctx, facility="みほん苑", pages=specs)
        window.resize(1366, 768)
        ctx.session.open(manager(), Face("例田 みつ子", "管理責任者", 0))
        window.show()

        def take(name: str, window: MainWindow = window, look: str = f"{mode}-{zoom}") -> None:
            rest(window.ctx)
            shoot(window, out / f"{name}-{look}.png")

        ctx.navigate("reports")
        reports(window, take, out)
        page = ChartsPage(ctx)
        page.query = some_charts
        window.pages["charts"] = page
        window.page_stack.addWidget(page)
        ctx.navigate("charts")
        charts(window, take)
        ctx.navigate("checkpoint")
        checkpoints(window, take)
        missing = SinkState(Path("E:/checkpoints"), problem=SinkProblem.FOLDER_MISSING)
        told = [due_reminder(words, date(2026, 10, 1))]
        window.reminders.add([*told, *sink_reminders(words, [missing], may_set=True)])
        take("reminders")
        ctx.lane.close()
        ctx.close_paper()
        window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
