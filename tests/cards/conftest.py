"""A real smart-card service for the tests of the real path."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cards.pcscd import SOCKET, Pcscd


@pytest.fixture(scope="session")
def _pcscd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pcscd]:
    """One service for a worker; this process talks to it and to no other.

    The library that talks to it looks for the socket's name once, at its first use.
    """
    service = Pcscd(tmp_path_factory.mktemp("pcscd"))
    before = os.environ.get(SOCKET)
    os.environ[SOCKET] = service.environment[SOCKET]
    if service.private:
        service.start()
    yield service
    service.stop()
    if before is None:
        del os.environ[SOCKET]
    else:
        os.environ[SOCKET] = before


@pytest.fixture
def pcscd(_pcscd: Pcscd) -> Iterator[Pcscd]:
    """The service, running, with both readers empty."""
    if not _pcscd.private:  # other workers wait for their turn
        _pcscd.start()
    yield _pcscd
    if not _pcscd.private:
        _pcscd.stop()
