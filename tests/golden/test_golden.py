"""Stores of earlier releases open with their words, migrate, verify, and take new entries."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from facility_app.app import open_office
from facility_app.config import DataFolder
from facility_app.db.migrate import HEAD, revision_of
from facility_app.db.models import AuditEntryRow, ResidentRow
from facility_app.domain.access import PROGRAM
from facility_app.keystore import MemoryKeys
from facility_app.recovery import split_words
from facility_app.services.checks import check_store, checkpoint_on_request
from facility_app.services.log_check import check_log
from facility_app.services.store_setup import KeyPlace, recover_store

RELEASES = sorted(path.parent for path in Path(__file__).parent.glob("*/facility.db"))


def test_there_is_a_golden_store() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_store_of_an_earlier_release_goes_on(release: Path, tmp_path: Path) -> None:
    data, keys = DataFolder(tmp_path / "data"), MemoryKeys()
    data.make()
    shutil.copy(release / "facility.db", data.database)
    words = split_words((release / "words.txt").read_text(encoding="utf-8"))
    recover_store(data, KeyPlace(keys), words)
    office = open_office(data, keys)
    try:
        assert revision_of(office.work.engine) == HEAD
        assert check_store(office, PROGRAM).sound
        verdict = check_log(office, PROGRAM)
        assert verdict.findings == ()
        made = office.do(PROGRAM, checkpoint_on_request)
        assert made.size > verdict.size > 100
        with office.work.engine.connect() as connection:
            assert connection.scalar(select(func.count(ResidentRow.id))) == 60
            assert connection.scalar(select(func.max(AuditEntryRow.seq))) == made.size + 1
    finally:
        office.close()
