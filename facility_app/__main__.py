"""``python -m facility_app`` and ``facility-app``: the window at once, everything else by cli."""

from __future__ import annotations

import sys

from facility_app.launch import open_window, window_arguments


def main() -> int:
    """The exit code.  Only a command loads the command line's libraries."""
    wanted = window_arguments(sys.argv[1:])
    if wanted is not None:
        folder, measure = wanted
        return open_window(folder, measure=measure)
    from facility_app.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
