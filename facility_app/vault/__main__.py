"""``python -m facility_app.vault``: the vault's process, for `VaultAgent` alone."""

from __future__ import annotations

import os
import sys

from facility_app.cards.protocol import ReaderDriver
from facility_app.vault.agent import serve


def readers() -> ReaderDriver:
    """The readers of this computer; their library is loaded when a PIN is presented."""
    from facility_app.cards.pcsc import PcscDriver

    return PcscDriver()


if __name__ == "__main__":
    if sys.stdin is None or sys.stdin.isatty():
        sys.exit("This process is started by the program and answers nobody else.")
    os._exit(serve(readers))
