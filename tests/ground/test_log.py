"""The log is private, rotates, and repeats no message of an exception."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from facility_app.errors import Refused
from facility_app.log import incident, start_log, stop_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    yield start_log(tmp_path / "log")
    stop_log()


def test_an_incident_is_found_by_its_number_without_its_message(log: Path) -> None:
    try:
        try:
            dict[str, int]()["佐藤 花子"]
        except KeyError as exc:
            raise RuntimeError("row of 佐藤 花子") from exc
    except RuntimeError as exc:
        number = incident(exc)
    text = log.read_text("utf-8")
    assert number in text
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert "in test_an_incident" in text
    assert "row of 佐藤" not in text.replace('raise RuntimeError("row of 佐藤 花子")', "")


def test_facts_of_a_refusal_and_paths_of_the_os_stay_out(log: Path) -> None:
    with pytest.raises(OSError) as info:  # noqa: PT011 - which error it is depends on the system
        (log.parent / "佐藤").read_bytes()
    incident(info.value)
    incident(Refused())
    text = log.read_text("utf-8")
    assert "errno 2" in text
    assert "佐藤" not in text.replace('"佐藤"', "")
    assert "general.refused" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_it_after_rotation_too(log: Path) -> None:
    logger = logging.getLogger("facility_app.test")
    for _ in range(300):
        logger.info("x" * 4000)
    files = sorted(log.parent.iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
