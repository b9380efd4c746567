"""``python -m facility_app.demo.vault_agent PORT``: the vault's process with simulated readers.

For the sample facility and tests: it serves as `facility_app.vault` does, and takes the card that
lies on the readers which `cards.simulator.shared.SharedReaders` gives away on that port.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial

from facility_app.cards.simulator.shared import FarReaders
from facility_app.vault.agent import IDLE_S, serve
from facility_app.vault.approvals import APPROVALS_LAST_S


def command(port: int) -> tuple[str, ...]:
    """What `VaultAgent` is given."""
    return (sys.executable, "-P", "-m", __spec__.name, str(port))


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--idle", type=float, default=IDLE_S, metavar="SECONDS")
    parser.add_argument("--approvals-last", type=float, default=APPROVALS_LAST_S, metavar="SECONDS")
    given = parser.parse_args()
    return serve(
        partial(FarReaders, given.port), idle_s=given.idle, approvals_last_s=given.approvals_last
    )


if __name__ == "__main__":
    os._exit(main())
