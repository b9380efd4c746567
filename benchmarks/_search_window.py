"""The window half of the search benchmark: the real page, and a bare Qt list beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEventLoop, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from facility_app.audit.work import Work
from facility_app.domain.access import Actor, Permission
from facility_app.i18n import Words
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.fonts import load_fonts
from facility_app.ui.lanes import Lane
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import PageSpec
from facility_app.ui.pages.residents import ResidentsPage
from facility_app.ui.theme import Theme

WAIT_S = 5.0


class _Office:
    """The two calls that the page uses."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One query."""
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One use case."""
        with self.work.begin(actor) as tx:
            return use_case(tx, *args, **kwargs)


def _app() -> QApplication:
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


def _until(done: Callable[[], bool]) -> None:
    app, end = _app(), time.perf_counter() + WAIT_S
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError("nothing was shown")


def page_ms(work: Work, actor: Actor, typed: str) -> list[float]:
    """Milliseconds from each key press until the answer is painted in the page's table."""
    app = _app()
    theme = Theme(family=load_fonts())
    theme.apply()
    session = Session(work.clock)
    office: Any = _Office(work)
    ctx = UiContext(Words("ja"), theme, Lane(_raise), work.clock, office, session)
    spec = PageSpec("residents", "group", "nav-residents", Permission.VIEW_RESIDENTS, ResidentsPage)
    window = MainWindow(ctx, facility="benchmark", pages=[spec])
    session.open(actor, Face(actor.name, "", 0))
    window.resize(1366, 768)
    window.show()
    page = window.pages["residents"]
    assert isinstance(page, ResidentsPage)
    _until(lambda: not ctx.lane.working and bool(page.list.model.rows))
    page.list.scan.setFocus()
    taken = []
    for key in typed:
        shown: list[bool] = []
        handle = page.list.model.modelReset.connect(lambda: shown.append(True))  # noqa: B023  # used at once
        started = time.perf_counter()
        QTest.keyClicks(page.list.scan, key)
        _until(lambda: bool(shown))  # noqa: B023  # used at once
        page.list.table.viewport().repaint()
        app.processEvents()
        taken.append((time.perf_counter() - started) * 1e3)
        page.list.model.modelReset.disconnect(handle)
    window.close()
    ctx.lane.close()
    return taken


def bare_list_ms(rows: Sequence[str], typed: str) -> list[float]:
    """The same keys in a bare `QLineEdit` over a `QListView` that is filtered in memory."""
    app = _app()
    box = QWidget()
    field, view = QLineEdit(), QListView()
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(QStringListModel(list(rows)))
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    field.textChanged.connect(proxy.setFilterFixedString)
    view.setModel(proxy)
    view.setUniformItemSizes(True)
    layout = QVBoxLayout(box)
    layout.addWidget(field)
    layout.addWidget(view)
    box.resize(1366, 768)
    box.show()
    app.processEvents()
    taken = []
    for key in typed:
        started = time.perf_counter()
        QTest.keyClicks(field, key)
        view.viewport().repaint()
        app.processEvents()
        taken.append((time.perf_counter() - started) * 1e3)
    box.close()
    return taken


def _raise(exc: Exception) -> None:
    raise exc
