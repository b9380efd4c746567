"""Runs every benchmark: ``python benchmarks/run.py [NAME ...]`` (``make bench``).

A benchmark is a module in this folder with ``main() -> bool``: it prints its figures as ratios to a
limit or to a peer measured in the same run, and says whether all limits hold.  Each runs in a
process of its own, one after the other, so that none measures another's caches.
"""

from __future__ import annotations

import argparse
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_CALL = "import importlib, sys; sys.exit(not importlib.import_module(sys.argv[1]).main())"


def names() -> list[str]:
    """The benchmarks there are."""
    found = (module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    return sorted(name for name in found if name != "run" and not name.startswith("_"))


def run(name: str) -> bool:
    """Run one; whether all its limits hold.  A benchmark that breaks holds none."""
    print(f"--- {name}", flush=True)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(
        [sys.executable, "-c", _CALL, f"benchmarks.{name}"],
        cwd=FOLDER.parent,
        env=environment,
        check=False,
    )
    return done.returncode == 0


def main() -> int:
    """The exit code: 0 where all limits hold."""
    parser = argparse.ArgumentParser(description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}")
    wanted = parser.parse_args().names or names()
    unknown = set(wanted) - set(names())
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    over = [name for name in wanted if not run(name)]
    print(f"--- {'over the limit: ' + ', '.join(over) if over else 'all limits hold'}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
