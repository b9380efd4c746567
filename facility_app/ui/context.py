"""What every page is given: words, theme, lane, clock, services, who is unlocked, and the shell
around it.

Use in a page::

    ctx.ask(list_loans, done=self._show)        # query on the lane, as the unlocked person
    ctx.do(sign_out, SignOut(...), done=self._out, failed=self._refused)
    ctx.navigate("residents", resident=7); ctx.announce("..."); ctx.show_error(exc, self)
    ctx.words("desk-title"); ctx.theme.px(8); ctx.session.may(Permission.SIGN_OUT)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import Clock
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.ui.lanes import Lane
from facility_app.ui.theme import Theme

if TYPE_CHECKING:
    from facility_app.ui.card_thread import CardThread


@dataclass(eq=False)
class Locked(Refused):
    """The program was locked while something was still being asked for; nothing was changed."""

    key: ClassVar[str] = "shell.locked"


@dataclass(frozen=True)
class Face:
    """How the unlocked person is shown: role in words, colour of the circle (any integer)."""

    name: str
    role: str
    colour: int
    number: str = ""


class Session(QObject):
    """Who is unlocked.  `changed` after every unlock, lock and change of person."""

    changed = Signal()
    acted = Signal()
    """Something was recorded at the desk: what shows the day reads it again."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.actor: Actor | None = None
        self.face: Face | None = None

    @property
    def unlocked(self) -> bool:
        """Whether anybody is."""
        return self.actor is not None

    def open(self, actor: Actor, face: Face) -> None:
        """This person is unlocked now."""
        self.actor, self.face = actor, face
        self.changed.emit()

    def close(self) -> None:
        """Nobody is."""
        self.actor = self.face = None
        self.changed.emit()

    def may(self, permission: Permission | None) -> bool:
        """Whether the unlocked person has the right now; None asks only for somebody to be
        unlocked.
        """
        if self.actor is None:
            return False
        return permission is None or self.actor.may(permission, self._clock())

    def require(self) -> Actor:
        """The unlocked person.  Raises Locked."""
        if self.actor is None:
            raise Locked
        return self.actor


class Services(Protocol):
    """The facade in ``services/office.py``, as far as pages see it."""

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One use case in one unit of work."""

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One query in one reading."""

    def unlock(self, number: str, password: str) -> Actor:
        """Who number and password are; raises what `services.access.unlock` raises."""

    def lock(self, actor: Actor, reason: str) -> None:
        """Record the lock."""

    def confirm_second(self, first: Actor, number: str, password: str) -> Any:
        """The second person of a two-person act; raises what `services.access` raises."""

    def identify_by_number(self, number: str) -> Actor:
        """Who may release an emergency under this number."""


class Shell(Protocol):
    """The window around the pages."""

    def navigate(self, key: str, **args: object) -> bool: ...
    def announce(self, text: str) -> None: ...
    def show_error(self, exc: BaseException, where: QWidget | None = None) -> None: ...
    def show_last_act(self, text: str) -> None: ...
    def show_log_state(self, text: str, level: str = "ok") -> None: ...
    def show_backup(self, text: str, level: str = "ok") -> None: ...
    def show_strip(self, text: str, page: str = "", **args: object) -> None: ...
    def switch_on(self, key: str, on: bool) -> None: ...
    def host(self) -> QWidget: ...


@dataclass
class UiContext:
    """Handed to every page.  `shell` is set by the main window when it is built."""

    words: Words
    theme: Theme
    lane: Lane
    clock: Clock
    office: Services
    session: Session
    shell: Shell | None = field(default=None, repr=False)
    cards: CardThread | None = field(default=None, repr=False)
    """The readers; None where the program was started without any."""
    _paper: Lane | None = field(default=None, repr=False)

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self.clock()

    def ask(
        self,
        query: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        what: str = "",
    ) -> None:
        """Run `query` on the lane as the unlocked person.  Raises Locked when nobody is."""
        actor = self.session.require()
        office = self.office
        self.lane.run(lambda: office.ask(actor, query, *args), done=done, failed=failed, what=what)

    def do(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        what: str = "",
    ) -> None:
        """Run a use case on the lane as the unlocked person.  Raises Locked when nobody is."""
        actor = self.session.require()
        office = self.office
        self.lane.run(
            lambda: office.do(actor, use_case, *args), done=done, failed=failed, what=what
        )

    def paper_lane(self) -> Lane:
        """Where pages of a PDF are drawn and printed: minutes of it keep no service waiting."""
        if self._paper is None:
            self._paper = Lane(self.lane.unhandled)
        return self._paper

    def close_paper(self) -> bool:
        """Before the program ends: False when a page is still being printed."""
        if self._paper is None:
            return True
        from facility_app.ui.pdf_pages import close_all  # here: it is loaded by now

        ended = self._paper.close()
        close_all()
        return ended

    def host(self) -> QWidget:
        """Where dialogs are put.  Raises LookupError before there is a window."""
        if self.shell is None:
            raise LookupError("no shell")
        return self.shell.host()

    def navigate(self, key: str, **args: object) -> bool:
        """Go to another page; False when the present one keeps the person or the right is
        missing.
        """
        return self.shell.navigate(key, **args) if self.shell is not None else False

    def announce(self, text: str) -> None:
        """Say something to a screen reader without moving the focus."""
        if self.shell is not None:
            self.shell.announce(text)

    def show_error(self, exc: BaseException, where: QWidget | None = None) -> None:
        """The one door from an exception to words."""
        if self.shell is not None:
            self.shell.show_error(exc, where)
