"""What ``facility-app demo`` does: builds the sample facility, then window or played day."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from facility_app.demo.store import (
    HISTORY_DAYS,
    SampleStore,
    kept_sample_store,
    make_sample_store,
)
from facility_app.errors import FacilityError
from facility_app.i18n import Words

OUTPUT = Path("demo-output")
"""Where the played day leaves its pictures unless told otherwise."""


@dataclass(frozen=True)
class Wanted:
    """The command's options.

    out: offscreen the folder of pictures, else the folder that keeps the sample store. manual: the
    folder of the manual's pictures. history_days: shorter for tests. quick: without the pictures
    in other looks.
    """

    out: Path | None = None
    offscreen: bool = False
    manual: Path | None = None
    history_days: int | None = None
    quick: bool = False


def run_demo(wanted: Wanted, words: Words) -> int:
    """The exit code: 0, or 1 where a story of the played day did not have its result."""
    tell = _teller()
    days = HISTORY_DAYS if wanted.history_days is None else wanted.history_days

    def say(key: str, count: str = "") -> None:
        tell(words(key, count=count))

    if not wanted.offscreen:
        with _window_store(wanted.out, days, say) as store:
            from facility_app.demo.window import open_sample_window

            return open_sample_window(store)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = (wanted.out or OUTPUT).absolute()
    from facility_app.demo.play import play_day

    try:
        with tempfile.TemporaryDirectory(prefix="facility-app-demo-") as folder:
            store = make_sample_store(Path(folder) / "store", history_days=days, say=say)
            play_day(store, out, tell, words, quick=wanted.quick)
            if wanted.manual is not None:
                from facility_app.demo.manual import take_pictures

                take_pictures(out, wanted.manual)
    except FacilityError as exc:
        tell(str(words.error(exc)))
        return 1
    say("demo-done", str(out))
    return 0


@contextmanager
def _window_store(
    out: Path | None, days: int, say: Callable[[str, str], None]
) -> Iterator[SampleStore]:
    """The store for the window: kept in `out`, or gone when the window is closed."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="facility-app-demo-") as folder:
            yield make_sample_store(Path(folder) / "store", history_days=days, say=say)
        return
    kept = kept_sample_store(out.absolute())
    if kept is None:
        kept = make_sample_store(out.absolute(), history_days=days, keep=True, say=say)
    else:
        say("demo-opening-kept", str(out))
    yield kept


def _teller() -> Callable[[str], None]:
    """Prints a line with the seconds since it was made."""
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {line}", flush=True)

    return tell
