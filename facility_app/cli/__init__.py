"""The command line: thin commands over the same use cases as the window (design §11)."""

from __future__ import annotations

from facility_app.cli.door import main as main
