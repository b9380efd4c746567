"""The rule data of a store: read once, looked at each time, and a sound copy kept with the data."""

from __future__ import annotations

from pathlib import Path

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.keystore import DerivedKeys
from facility_app.rules.keeper import read_book
from facility_app.secret import Secret
from facility_app.services.lost_book import lost_book
from facility_app.services.office import Office


def test_a_store_has_one_book_and_keeps_a_sound_copy_of_it(work: Work, tmp_path: Path):
    office = Office(work, DataFolder(tmp_path), DerivedKeys(Secret(bytes(32))))
    first = lost_book(office)
    assert first.problem is None
    assert lost_book(office) is first
    assert read_book(tmp_path / "rules") == first.book
    other = Office(work, DataFolder(tmp_path / "other"), DerivedKeys(Secret(bytes(32))))
    assert lost_book(other) is not first
