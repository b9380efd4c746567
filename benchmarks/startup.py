"""Start to the first usable window, whole processes, against a bare PySide6 window.

Limits (issue #2): with 1 000 residents and 1 000 000 log entries at most 2.5 times a bare window
with the same font, and nothing on this path grows with history.  Usable = the unlock page was
painted and its field has the focus.  The two take turns, so that a drifting machine slows both.
`python -m benchmarks.startup`; without a display it runs offscreen.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import facility_app
from facility_app.config import DataFolder, resources
from facility_app.domain.clock import utc_now
from facility_app.keystore import MemoryKeys
from facility_app.secret import Secret

LIMIT = 2.5
GROWTH = 1.25
"""Opening the large store may take so much longer than the small one: noise, not history."""

RESIDENTS, ENTRIES = 1_000, 1_000_000
ROUNDS = 15
WINDOW = "--window"
BARE = Path(__file__).with_name("_bare_window.py")


def window(folder: str) -> int:
    """The program on a store whose key comes by the standard input instead of a keyring."""
    from facility_app.config import read_settings
    from facility_app.launch import launch_for
    from facility_app.ui.start import run

    data = DataFolder(Path(folder))
    keys = MemoryKeys()
    root = Secret(bytearray.fromhex(sys.stdin.readline().strip()))
    keys.keep(read_settings(data).store_id, root)
    return run(launch_for(data, keys), measure=True)


def make_store(folder: Path, residents: int, entries: int) -> str:
    """A store with so many residents and log entries; gives its root secret in hexadecimal."""
    from sqlalchemy import insert
    from sqlalchemy.orm import Session

    from benchmarks.log import build_log
    from facility_app.audit.keyed import head_key
    from facility_app.db.models import FacilityRow, GrantRow, ResidentRow, StaffRow
    from facility_app.db.store import open_store
    from facility_app.domain.access import Role
    from facility_app.domain.people import Sex
    from facility_app.services.store_setup import KeyPlace, create_store

    data, keys = DataFolder(folder), MemoryKeys()
    with create_store(data, KeyPlace(keys)) as root:
        text = root.view().hex()
    store = open_store(data, keys)
    build_log(store.engine, entries, head_key(store.keys.checkpoint_seed.copy_bytes()))
    now, since = utc_now(), date.today() - timedelta(days=700)
    with Session(store.engine.execution_options(writes=True)) as session, session.begin():
        session.add(FacilityRow(id=1, name="見本の里", setup_step=9))
        for number in range(1, 15):
            person = StaffRow(number=str(number), name=f"職員 {number}", active_from=since)
            person.password_hash = "none that fits"
            person.grants = [GrantRow(role=Role.CUSTODIAN, valid_from=since, granted_at=now)]
            session.add(person)
        rows = [
            {"name": f"見本 {n}", "kana": f"みほん {n}", "room": str(n), "created_at": now}
            | {"sex": Sex.NOT_APPLICABLE, "search_text": f"みほん {n}"}
            for n in range(1, residents + 1)
        ]
        session.execute(insert(ResidentRow), rows)
    store.close()
    return text


def lines_after(arguments: list[str], given: str = "", count: int = 1) -> list[float]:
    """Seconds from the start of a process to each of its first `count` lines; it is ended then."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    with process:
        if process.stdin is not None and given:
            process.stdin.write(given + "\n")
            process.stdin.flush()
        times = []
        for _ in range(count):
            said = process.stdout.readline() if process.stdout is not None else ""
            if not said.startswith(("accepting True", "opened")):
                raise RuntimeError(f"the window said {said!r}")
            times.append(time.perf_counter() - begun)
        process.kill()
    return times


def measure(residents: int, entries: int, rounds: int) -> bool:
    """Print the figures; gives whether they are within the limits."""
    compileall.compile_dir(str(Path(facility_app.__file__).parent), quiet=1)
    with tempfile.TemporaryDirectory() as place:
        large, small = Path(place) / "large", Path(place) / "small"
        keys = {large: make_store(large, residents, entries), small: make_store(small, 1, 1_000)}
        bare_times, accepting = [], []
        opened: dict[Path, list[float]] = {large: [], small: []}
        for _ in range(rounds):
            bare_times += lines_after([str(BARE), str(resources() / "fonts")])
            arguments = ["-m", "facility_app", "--data", str(large), "--measure-start"]
            accepting += lines_after(arguments)
            for folder, root in keys.items():
                arguments = ["-m", "benchmarks.startup", WINDOW, str(folder)]
                opened[folder].append(lines_after(arguments, root, count=2)[1])
    return told(entries, bare_times, accepting, opened[large], opened[small])


def told(
    entries: int, bare: list[float], usable: list[float], large: list[float], small: list[float]
) -> bool:
    """Print the figures; gives whether the ratios, round by round, are within the limits."""
    print(f"                                           fastest   median ({len(bare)} rounds)")
    for name, times in (
        ("bare PySide6 window", bare),
        (f"unlock page takes input, {entries:,} entries", usable),
        ("store open behind it", large),
        ("the same with 1,000 entries", small),
    ):
        fastest, median = min(times) * 1000, statistics.median(times) * 1000
        print(f"{name:43}{fastest:5.0f} ms {median:5.0f} ms")
    ratio, growth = paired(usable, bare), paired(large, small)
    print(f"to bare: {ratio:.2f}, limit {LIMIT}")
    print(f"with history: {growth:.2f}, limit {GROWTH}")
    return ratio <= LIMIT and growth <= GROWTH


def paired(these: list[float], those: list[float]) -> float:
    """The median of the rounds' ratios: what slows one round slows both sides of it."""
    return statistics.median(one / other for one, other in zip(these, those, strict=True))


def main() -> bool:
    """Whether everything is within its limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=RESIDENTS)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given, _of_the_runner = parser.parse_known_args()
    return measure(given.residents, given.entries, given.rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == [WINDOW]:
        sys.exit(window(sys.argv[2]))
    sys.exit(not main())
