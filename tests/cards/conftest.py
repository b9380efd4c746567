"""A real smart-card service for the tests of the real path."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cards.pcscd import SOCKET, Pcscd


@pytest.fixture(scope="session")
def _pcscd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pcscd]:
    """One service for a worker; this process talks to it and to no other."""
    service = Pcscd(tmp_path_factory.mktemp("pcscd"))
    before = os.environ.get(SOCKET)
    os.environ[SOCKET] = service.environment[SOCKET]
    service.start()
    yield service
    service.stop()
    if before is None:
        del os.environ[SOCKET]
    else:
        os.environ[SOCKET] = before


@pytest.fixture
def pcscd(_pcscd: Pcscd) -> Pcscd:
    """The service, running, with both readers empty."""
    return _pcscd
