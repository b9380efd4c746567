"""``python -m facility_app.cards.simulator``: put a simulated card on a virtual reader by hand."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date

from facility_app.cards.chip import CardKind
from facility_app.cards.simulator.faults import INSTANT, Faults, FaultyCard, Pace
from facility_app.cards.simulator.profiles import READY_MADE, CardProfile, other
from facility_app.cards.simulator.vpcd import InsertedCard

PORT = 35963
"""Where the first virtual reader of vsmartcard listens unless it is told otherwise."""


def main() -> int:
    """The exit code: 0 when the card was taken off, 1 where no virtual reader listens."""
    kinds = [kind.value for kind in CardKind if kind.value not in ("my_number_card", "none")]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--card", choices=[*READY_MADE, *kinds], default="good")
    parser.add_argument(
        "--contactless", action="store_true", help="as slow as a contactless reader"
    )
    parser.add_argument("--answers-after", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--pulled-at", type=int, metavar="COMMAND")
    parser.add_argument("--mute", action="store_true", help="as if it lay upside down")
    given = parser.parse_args()
    faults = Faults(given.pulled_at, given.answers_after, given.mute)
    card = FaultyCard(_profile(given.card), faults, Pace() if given.contactless else INSTANT)
    try:
        inserted = InsertedCard(card, given.port)
    except OSError:
        print(f"no virtual reader listens on port {given.port}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: inserted.remove())
    try:
        inserted.wait()
    except KeyboardInterrupt:
        inserted.remove()
    return 0


def _profile(name: str) -> CardProfile:
    return READY_MADE[name](date.today()) if name in READY_MADE else other(CardKind(name))


if __name__ == "__main__":
    sys.exit(main())
