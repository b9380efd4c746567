"""照合番号B on its one way: announced in the log, sent to the card once, its outcome recorded, what
the card then says compared with the register and forgotten (ADR 0007, 0008).

The owner outlives the dialog that asked: an announced code gets its outcome also when the person
has left, or the program was locked meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject

from facility_app.cards.attributes import Presentation, VerifyInterrupted
from facility_app.cards.chip import NO_TRIES, ChipFacts, Reading
from facility_app.cards.mynacard import Marker
from facility_app.cards.protocol import NoReader, ReaderDriver
from facility_app.cards.reading import read_attributes
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.access import PROGRAM, Actor
from facility_app.domain.attributes import CardAttributes, Compared
from facility_app.errors import Cancelled
from facility_app.secret import Secret
from facility_app.services.card_attributes import (
    CodeOutcome,
    announce_code,
    compare_card,
    conclude_code,
)
from facility_app.services.card_checks import CheckView, OtherCard
from facility_app.ui.context import UiContext
from facility_app.ui.lanes import Failed, alive

Answered = tuple[Reading, CardAttributes]


@dataclass
class _Asked:
    """One press: whose card, who pressed, and who is told."""

    view: CheckView
    code: Secret
    actor: Actor
    done: Callable[[Reading, Compared], object]
    failed: Failed
    intent: int = 0
    withdrawn: bool = False
    """Set on the GUI thread and read on the card thread, before anything is sent."""
    presentation: Presentation = field(default_factory=Presentation)

    def refuse_other(self, facts: ChipFacts) -> None:
        """Between the check and the code.  Raises Cancelled where nobody wants it any more, and
        OtherCard where another card lies there than the one that was checked."""
        if self.withdrawn:
            raise Cancelled
        if _without_tries(facts) != _without_tries(self.view.facts):
            raise OtherCard


class CodePresenter(QObject):
    """One for each page.  `done` and `failed` as for a lane."""

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._asked: _Asked | None = None
        ctx.session.changed.connect(self.withdraw)

    def present(
        self,
        view: CheckView,
        code: Secret,
        marker: Marker | None,
        *,
        done: Callable[[Reading, Compared], object],
        failed: Failed,
    ) -> None:
        """Send `code` to the card of this check, once; it is wiped whatever happens.

        `failed` gets NoReader, OtherCard, Cancelled and what `read_attributes`, `announce_code` and
        `compare_card` raise.
        """
        if self.ctx.cards is None:
            code.wipe()
            failed(NoReader())
            return
        asked = _Asked(view, code, self.ctx.session.require(), done, failed)
        self._asked = asked

        def not_announced(exc: Exception) -> None:
            code.wipe()
            _tell(failed, exc)

        self.ctx.do(
            announce_code,
            view.id,
            done=lambda n: self._send(asked, marker, n),
            failed=not_announced,
        )

    def withdraw(self) -> None:
        """The person left the dialog, or the program was locked: what was not sent stays unsent."""
        if self._asked is not None:
            self._asked.withdrawn = True

    def _send(self, asked: _Asked, marker: Marker | None, intent: int) -> None:
        asked.intent = intent
        if self.ctx.cards is None or asked.withdrawn:
            asked.code.wipe()
            self._refused(asked, Cancelled())
            return

        def job(driver: ReaderDriver, now: ReaderNow) -> Answered:
            with asked.code as code:
                return read_attributes(
                    driver, now, code, asked.refuse_other, asked.presentation, marker=marker
                )

        self.ctx.cards.run(
            job,
            done=lambda answer: self._answered(asked, answer),
            failed=lambda exc: self._refused(asked, exc),
        )

    def _answered(self, asked: _Asked, answer: Answered) -> None:
        reading, attributes = answer
        self._conclude(asked, CodeOutcome.DONE)
        who = asked.view.resident
        if who is None or asked.withdrawn or not alive(asked.done):
            return
        self.ctx.ask(
            compare_card,
            who.id,
            attributes,
            done=lambda compared: alive(asked.done) and asked.done(reading, compared),
            failed=lambda exc: _tell(asked.failed, exc),
        )

    def _refused(self, asked: _Asked, exc: Exception) -> None:
        unknown = isinstance(exc, VerifyInterrupted)
        self._conclude(asked, CodeOutcome.UNKNOWN if unknown else CodeOutcome.FAILED)
        _tell(asked.failed, exc)

    def _conclude(self, asked: _Asked, outcome: CodeOutcome) -> None:
        """By the program itself: the person may be gone, and the right with them."""
        office, intent, sent = self.ctx.office, asked.intent, asked.presentation.sent
        self.ctx.lane.run(lambda: office.do(PROGRAM, conclude_code, intent, outcome, sent=sent))


def _tell(failed: Failed, exc: Exception) -> None:
    if alive(failed):
        failed(exc)


def _without_tries(facts: ChipFacts) -> ChipFacts:
    return replace(facts, tries=NO_TRIES, mark=None)
