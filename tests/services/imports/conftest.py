"""A seeded store, and a list taken in from text."""

from __future__ import annotations

import pytest

from facility_app.services.imports import import_file
from tests.services.registry import seed


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


@pytest.fixture
def take(work, manager, tmp_path):
    def run(text: str, encoding: str = "utf-8", dry_run: bool = False):
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return import_file(work, manager, path, dry_run)

    return run
