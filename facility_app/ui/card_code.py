"""照合番号B on its one way: announced in the log, sent to the card once, its outcome recorded, what
the card then says compared with the register and forgotten (ADR 0007, 0008).

The owner outlives the dialog that asked: an announced code gets its outcome also when the person
has left, or the program was locked meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from facility_app.cards.attributes import VerifyInterrupted
from facility_app.cards.chip import NO_TRIES, ChipFacts, Reading
from facility_app.cards.mynacard import Marker
from facility_app.cards.protocol import NoReader, ReaderDriver
from facility_app.cards.reading import read_attributes, read_card
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.access import Actor
from facility_app.domain.attributes import CardAttributes, Compared
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


class CodePresenter(QObject):
    """One for each page.  `done` and `failed` as for a lane."""

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx

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

        `failed` gets NoReader, OtherCard and what `read_attributes`, `announce_code` and
        `compare_card` raise.
        """
        cards = self.ctx.cards
        if cards is None:
            code.wipe()
            failed(NoReader())
            return
        asked = _Asked(view, code, self.ctx.session.require(), done, failed)

        def send(intent: int) -> None:
            asked.intent = intent
            cards.run(
                lambda driver, now: _ask_card(driver, now, asked, marker),
                done=lambda answer: self._answered(asked, answer),
                failed=lambda exc: self._refused(asked, exc),
            )

        def not_announced(exc: Exception) -> None:
            code.wipe()
            _tell(failed, exc)

        self.ctx.do(announce_code, view.id, done=send, failed=not_announced)

    def _answered(self, asked: _Asked, answer: Answered) -> None:
        reading, attributes = answer
        self._conclude(asked, CodeOutcome.DONE)
        who = asked.view.resident
        if who is None or self.ctx.session.actor is not asked.actor or not alive(asked.done):
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
        """As the one who announced it, also after a lock."""
        office, actor, intent = self.ctx.office, asked.actor, asked.intent
        self.ctx.lane.run(lambda: office.do(actor, conclude_code, intent, outcome))


def _tell(failed: Failed, exc: Exception) -> None:
    if alive(failed):
        failed(exc)


def _ask_card(
    driver: ReaderDriver, now: ReaderNow, asked: _Asked, marker: Marker | None
) -> Answered:
    """On the card thread: the same card as before, then its attributes.  Raises OtherCard."""
    with asked.code:
        reading = read_card(driver, now.reader, marker=marker, insertion=now.insertion)
        if _without_tries(reading.facts) != _without_tries(asked.view.facts):
            raise OtherCard
        return reading, read_attributes(driver, now.reader, asked.code)


def _without_tries(facts: ChipFacts) -> ChipFacts:
    return replace(facts, tries=NO_TRIES, mark=None)
