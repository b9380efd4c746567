"""A card read on the card thread and its check stored on the work lane, for the pages that show it.

Use::

    self.checker = CardChecker(ctx, parent=self)
    self.checker.prepare(self._ready)                       # settings and the key of recognition
    self.checker.read(done=self._read, failed=self._failed)         # carries `Reading`
    self.checker.store(StoreCheck(...), done=self._stored, failed=...)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from facility_app.cards.chip import Reading
from facility_app.cards.mynacard import Marker
from facility_app.cards.protocol import NoReader, ReaderDriver
from facility_app.cards.reading import read_card
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.access import PROGRAM, Permission
from facility_app.services.card_checks import CheckView, StoreCheck, store_check
from facility_app.services.closing import read_opened
from facility_app.services.recognition import marker
from facility_app.services.rule_data import rules
from facility_app.ui.context import UiContext
from facility_app.ui.lanes import Failed
from facility_app.ui.viewmodels.start import whole


class CardChecker(QObject):
    """One for each page.  `ready`: whether it is known what may be read; no card is read before.
    `compares`: whether the four attributes may be compared here; `marker`: what recognises chips,
    None where that is off."""

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.ready = self.compares = False
        self.marker: Marker | None = None
        self._asked = 0
        ctx.session.changed.connect(self._forget)

    @property
    def allowed(self) -> bool:
        """Whether there is a reader to ask, and the unlocked person may."""
        return self.ctx.cards is not None and self.ctx.session.may(Permission.CHECK_CARDS)

    def prepare(self, done: Callable[[], object]) -> None:
        """Read what the settings say, then call `done`; nothing happens without the right."""
        actor, office = self.ctx.session.actor, self.ctx.office
        self.ready = False
        self._asked += 1
        asked = self._asked
        if actor is None or not self.allowed:
            return

        def ask() -> tuple[bool, Marker | None]:
            rules()  # loaded here, so that no page waits for it
            settings = office.ask(PROGRAM, read_opened).settings
            known = marker(whole(office), actor) if settings.card_recognition else None
            return settings.attribute_check, known

        def take(answer: tuple[bool, Marker | None]) -> None:
            if asked == self._asked and actor is self.ctx.session.actor:
                self.compares, self.marker = answer
                self.ready = True
                done()

        self.ctx.lane.run(ask, done=take, failed=lambda _exc: take((False, None)))

    def read(self, *, done: Callable[[Reading], object], failed: Failed) -> None:
        """Read the card that lies on the reader now; `failed` gets what the reader says."""
        if self.ctx.cards is None:
            failed(NoReader())
            return
        known = self.marker

        def job(driver: ReaderDriver, now: ReaderNow) -> Reading:
            return read_card(driver, now.reader, marker=known, insertion=now.insertion)

        self.ctx.cards.run(job, done=done, failed=failed)

    def store(
        self, command: StoreCheck, *, done: Callable[[CheckView], Any], failed: Failed
    ) -> None:
        """Have a check judged, stored and recorded."""
        if self.ctx.session.unlocked:
            self.ctx.do(
                store_check, command, done=done, failed=failed,
                what=self.ctx.words("desk-busy-recording"),
            )  # fmt: skip

    def _forget(self) -> None:
        """The key of recognition belongs to the person who was unlocked."""
        self.marker, self.compares, self.ready = None, False, False
