"""A secret does not print itself, does not travel, and is gone when it was wiped."""

from __future__ import annotations

import pickle

import pytest

from facility_app.secret import Secret


def test_it_never_prints_itself() -> None:
    secret = Secret.from_text("canary-4711")
    for text in (
        str(secret),
        repr(secret),
        f"{secret}",
        f"{[secret]}",
        f"{secret!r:>20}",
    ):
        assert "canary" not in text
        assert "11" not in text


def test_it_is_not_pickled_or_hashed() -> None:
    secret = Secret(b"abc")
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        hash(secret)


def test_wiping_overwrites_in_place_and_forbids_use() -> None:
    secret = Secret(b"abc")
    view = secret.view()
    with secret:
        assert bytes(view) == b"abc"
    assert bytes(view) == b"\0\0\0"
    assert secret.wiped
    with pytest.raises(ValueError, match="wiped"):
        secret.copy_bytes()


def test_a_bytearray_handed_in_is_wiped() -> None:
    source = bytearray(b"abc")
    secret = Secret(source)
    assert source == bytes(3)
    assert secret.copy_bytes() == b"abc"


def test_equality_and_copies() -> None:
    one = Secret(b"abc")
    two = one.copy()
    assert one == two
    assert one != Secret(b"abd")
    assert one != b"abc"
    one.wipe()
    assert two.copy_bytes() == b"abc"
    assert len(Secret.random(32)) == 32
    assert Secret.random(32) != Secret.random(32)
