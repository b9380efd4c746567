"""A window with pages on stand-ins, and the widgets' theme and words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facility_app.i18n import Words
from facility_app.ui.context import UiContext
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from tests.ui.stage import context


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 %, put on the application and taken away again."""
    theme = Theme(family=load_fonts())
    theme.apply()
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def words() -> Words:
    """Japanese."""
    return Words("ja")


@pytest.fixture
def ctx(qtbot: QtBot, theme: Theme, words: Words) -> Iterator[UiContext]:
    """A context whose lane is empty again at the end."""
    ctx = context(theme, words)
    yield ctx
    assert ctx.lane.close()
    qtbot.waitUntil(lambda: ctx.lane.working == 0)
