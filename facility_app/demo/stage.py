"""The stage of the sample day: the running window, the sample clock, pictures of what is shown."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from facility_app.demo.clock import DemoClock
from facility_app.demo.eyes import Eyes
from facility_app.demo.hands import Hands, Story, Stuck
from facility_app.demo.store import OPENS_AT
from facility_app.demo.window import WINDOW, application
from facility_app.errors import FacilityError
from facility_app.ui.page import Page
from facility_app.ui.shell.navigation import NavButton
from facility_app.ui.start import Program
from facility_app.ui.tokens import Mode

P = TypeVar("P", bound=Page)


@dataclass(eq=False)
class StoryFailed(FacilityError):
    """A story of the sample day did not have its result; `why` says what was waited for."""

    key: ClassVar[str] = "demo.story_failed"
    story: str
    why: str


class Stage(QObject):
    """One program in its window.  Use as a context manager; `stories` are in order."""

    def __init__(
        self, program: Program, clock: DemoClock, out: Path, say: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.app: QApplication = application()
        self.program, self._clock, self.out, self._say = program, clock, out, say
        self.window, self.words = self.program.window, self.program.words
        self.ctx, self.theme = self.program.ctx, self.program.theme
        self.hands = Hands(self.app, self.window)
        self.eyes = Eyes(self.window, self.words)
        self.stories: list[Story] = []
        self.pictures: list[str] = []

    def __enter__(self) -> Stage:
        self._hook, sys.excepthook = sys.excepthook, self._broke
        self.app.installEventFilter(self)
        self.window.resize(*WINDOW)
        self.program.begin()
        self.window.show()
        self.window.activateWindow()
        lock_page = self.window.middle.currentWidget
        self.wait(lambda: lock_page() is self.window.lock_page, "the first page")
        self.window.watch_scans()
        if self.window.bursts is not None:
            self.window.bursts.now_ms = self.hands.now_ms
        self.settle()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.window.close()
        self.program.end()
        self.app.removeEventFilter(self)
        sys.excepthook = self._hook

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing but the window, its lists and its menus may be a window of its own."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            kind = watched.windowFlags() & Qt.WindowType.WindowType_Mask
            if watched.isWindow() and watched is not self.window and kind == Qt.WindowType.Window:
                traceback.print_stack()
                self.hands.broken.append(f"{type(watched).__name__} shown as a window")
        return False

    def _broke(self, kind: type[BaseException], exc: BaseException, trace: Any) -> None:
        """An exception that left a slot: a bug, which ends the day."""
        traceback.print_exception(kind, exc, trace)
        self.hands.broken.append(f"{kind.__name__}: {exc}")

    # --- stories ---------------------------------------------------------------------------------

    @contextmanager
    def story(self, name: str) -> Iterator[Story]:
        """Everything inside counts for this story.  Raises StoryFailed."""
        self.hands.story = Story(name)
        self._say(self.words(f"demo-story-{name}"))
        try:
            yield self.hands.story
            self.settle()
        except Stuck as exc:
            self.picture(f"failed-{name}")
            raise StoryFailed(name, exc.what) from exc
        self.stories.append(self.hands.story)
        self.hands.story = Story("")

    def wait(self, seen: Callable[[], object], what: str) -> None:
        """See `Hands.wait`."""
        self.hands.wait(seen, what)

    def settle(self) -> None:
        """Wait until the work lane has nothing to do and everything is painted."""
        self.wait(lambda: not self.ctx.lane.working, "the work lane to come to rest")

    # --- time ------------------------------------------------------------------------------------

    def at(self, hour: int, minute: int, *, days: int = 0) -> None:
        """Move the sample clock, and let every timer of the window see it at once.

        `days`: so many after the sample day.

        What counts seconds counts twelve of them: notes of ten seconds are gone.
        """
        self._clock.set(OPENS_AT.replace(hour=hour, minute=minute) + timedelta(days=days))
        for timer in self.window.findChildren(QTimer):
            times = {1000: 12}.get(timer.interval(), 1) if timer.interval() >= 1000 else 0
            for _ in range(times):
                if timer.isActive() and not timer.isSingleShot():
                    timer.timeout.emit()
        self.settle()

    # --- what is shown ---------------------------------------------------------------------------

    def page(self, kind: type[P]) -> P:
        """The page of this kind; it must have been shown before."""
        return next(page for page in self.window.pages.values() if isinstance(page, kind))

    def go(self, key: str) -> None:
        """Click a page in the navigation, or behind the person's name, and wait until it is
        filled."""
        button = self.window.navigation.button(key)
        if button is None:
            self.hands.click(self.window.header.person)
            button = self.window.host().findChild(NavButton, key)
        if button is None:
            raise Stuck(f"page {key!r} in the navigation")
        self.hands.answer(
            lambda: self.hands.click(button),
            lambda: self.window.current_key == key and not self.ctx.lane.working,
            f"page {key!r}",
        )

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Leave ``<out>/<name>.png`` of the window as it is painted now."""
        self.settle()
        self.hands.pause()  # layouts that follow the contents come a turn later
        (widget or self.window).grab().save(str(self.out / f"{name}.png"))
        self.pictures.append(f"{name}.png")

    def look(self, mode: Mode, zoom: int) -> None:
        """From now on everything is drawn in this theme at this size, as nobody's choice."""
        self.theme.restore(mode, zoom)
        self.settle()
        self.window.resize(*WINDOW)  # a screen does not grow with what is on it
