"""What the tests of the screens stand on: a context without a database, pictures, patience."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from facility_app.domain.access import Actor, Grant, Identified, Role, StaffId
from facility_app.i18n import Words
from facility_app.ui.context import Session, UiContext
from facility_app.ui.lanes import Lane
from facility_app.ui.theme import Theme

NOON = datetime(2026, 11, 20, 4, 42, tzinfo=UTC)


def second(first: Actor) -> str:
    """Somebody else than `first`."""
    return f"not {first.name}"


class NoServices:
    """Runs what it is given, without a database."""

    def __init__(self) -> None:
        self.locks: list[str] = []

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return use_case(*args, **kwargs)

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return query(*args, **kwargs)

    def unlock(self, number: str, password: str) -> Actor:
        return manager()

    def lock(self, actor: Actor, reason: str) -> None:
        self.locks.append(reason)

    def identify_by_number(self, number: str) -> Actor:
        return manager()

    def confirm_second(self, first: Actor, number: str, password: str) -> Any:
        return second(first)


def context(theme: Theme, words: Words) -> UiContext:
    """A context without services."""

    lane = Lane(lambda exc: print(repr(exc), file=sys.stderr))
    return UiContext(words, theme, lane, lambda: NOON, NoServices(), Session(lambda: NOON))


def manager() -> Actor:
    """A manager."""
    grant = Grant(Role.MANAGER, date(2020, 1, 1))
    return Actor(StaffId(1), "例田 みつ子", Identified.PASSWORD, (grant,))


def shoot(window: QWidget, path: Path) -> None:
    """The window as it stands."""
    for _ in range(8):  # a layout request climbs one level per round
        QApplication.processEvents()
    window.grab().save(str(path))


def settle(ctx: UiContext) -> None:
    """Until the lane has answered everything."""
    while ctx.lane.working:
        QApplication.processEvents()
    QApplication.processEvents()
