"""Real services on a real store behind the desk's pages, with cheap passwords."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from shiboken6 import isValid

from facility_app.cards.protocol import ReaderDriver
from facility_app.domain.access import Actor
from facility_app.i18n import Words
from facility_app.keystore import MemoryKeys
from facility_app.services import access
from facility_app.ui.card_thread import CardThread
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.lanes import Lane
from facility_app.ui.main_window import MainWindow
from facility_app.ui.registry import PAGES
from facility_app.ui.theme import Theme
from tests.desk_world import CHEAP, DeskWorld


class DeskOffice:
    """What pages see of `services.office.Office`."""

    def __init__(self, world: DeskWorld) -> None:
        self.work = world.work
        self.keys = SimpleNamespace(store_id="desk")
        self.root_keys = MemoryKeys()

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.work.begin(actor) as tx:
            return use_case(tx, *args, **kwargs)

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)

    def unlock(self, number: str, password: str) -> Actor:
        return access.unlock(self.work, number, password, CHEAP)

    def lock(self, actor: Actor, reason: str) -> None:
        access.lock_program(self.work, actor, reason)

    def confirm_second(self, first: Actor, number: str, password: str) -> Any:
        return access.confirm_second(self.work, first, number, password, CHEAP)

    def identify_by_number(self, number: str) -> Actor:
        raise NotImplementedError("the emergency dialog has tests of its own")


class DeskWindow:
    """The whole window over a `DeskWorld`, with one of the staff unlocked."""

    def __init__(
        self,
        world: DeskWorld,
        theme: Theme,
        *,
        who: str = "custodian",
        language: str = "ja",
        pages: Collection[str] = ("today", "desk"),
        readers: Callable[[], ReaderDriver] | None = None,
        office: DeskOffice | None = None,
    ) -> None:
        """`readers`: what the card thread watches; it begins at once.  `office`: with more in it
        than the desk needs."""
        self.world, self.problems = world, list[Exception]()
        words = Words(language)
        self.lane = Lane(self._unhandled)
        session = Session(world.clock)
        clock: Callable[[], datetime] = world.clock
        services = office or DeskOffice(world)
        self.ctx = UiContext(words, theme, self.lane, clock, services, session)
        if readers is not None:
            self.ctx.cards = CardThread(readers, self._unhandled)
            self.ctx.cards.start()
        specs = [spec for spec in PAGES if spec.key in pages]
        self.window = MainWindow(self.ctx, facility="みほん苑", pages=specs)
        self.unlock(who)

    def unlock(self, who: str) -> None:
        """Another person."""
        actor = self.world.staff[who]
        self.ctx.session.open(actor, Face(actor.name, "カード管理担当者", 1, "1002"))

    def _unhandled(self, exc: Exception) -> None:
        self.problems.append(exc)
        if isValid(self.window):  # an answer may come after the window went
            self.ctx.show_error(exc)

    def page(self, key: str) -> Any:
        """Show a page and give it."""
        assert self.ctx.navigate(key)
        return self.window.pages[key]

    def built(self, key: str) -> Any:
        """A page that was shown before."""
        return self.window.pages[key]

    def close(self) -> None:
        """End the lane, and the card thread."""
        if self.ctx.cards is not None:
            self.ctx.cards.close()
        self.lane.close()
        self.window.close()
