"""Makes the golden store of a release: ``python -m tests.golden.make 0.1.0``.

The sample facility with three days of history, as the released program wrote it, and its recovery
words. Every later version must open it; it is made once per release and never again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from facility_app.config import read_settings
from facility_app.demo.store import make_sample_store
from facility_app.recovery import words_of

HISTORY_DAYS = 3


def make(version: str) -> Path:
    """Write ``tests/golden/<version>/facility.db`` and ``words.txt``; gives the folder."""
    folder = Path(__file__).parent / version
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        store = make_sample_store(Path(place) / "data", history_days=HISTORY_DAYS)
        with store.keys.fetch(read_settings(store.data).store_id) as root:
            words = words_of(root)
        (folder / "facility.db").write_bytes(store.data.database.read_bytes())
    (folder / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    print(make(sys.argv[1]))
