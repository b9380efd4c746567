"""The hidden measurement of the start, for `benchmarks/startup.py`.

Prints ``accepting True`` when the unlock page was painted and its field has the focus, ``opened``
when the store is open behind it, and closes the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facility_app.ui.start import Program


def tell_times(program: Program) -> None:
    """Tell of `program` what the module says."""

    def painted() -> None:
        field = program.unlock_page.number
        print(f"accepting {field.isEnabled() and field.hasFocus()}", flush=True)

    def opened(_known: object) -> None:
        print("opened", flush=True)
        program.lane.idle.connect(program.window.close)

    program.opening.painted.connect(painted)
    program.opening.opened.connect(opened)
