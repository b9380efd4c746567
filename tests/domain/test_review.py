"""Which acts are reviewed: exceptions always, the rest by a lot that anybody can draw again."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import facility_app
from facility_app.domain.review import (
    SHARE,
    Why,
    drawn,
    exception_of,
    in_the_lot,
    long_overdue,
    may_sign_off,
)


@pytest.mark.parametrize(
    ("action", "plain", "why"),
    [
        ("emergency.released", {"agreement_missing": True}, Why.EMERGENCY),
        ("clock.set_back", {"from": "a", "to": "b"}, Why.CLOCK),
        ("act.refused", {"refusal": "custody.wrong_slot"}, Why.REFUSAL),
        ("unlock.refused", {"waiting": True}, Why.REFUSAL),
        ("unlock.refused", {"waiting": False}, None),
        ("vault.refused", {"waiting": True}, Why.REFUSAL),
        ("vault.refused", {"waiting": False}, None),
        ("vault.revealed", {"phase": "intent"}, Why.REVEAL),
        ("vault.revealed", {"phase": "outcome", "result": "done"}, None),
        ("vault.revealed", {"phase": "outcome", "result": "unknown"}, Why.UNKNOWN_OUTCOME),
        ("vault.generation_found", {"generation": 4, "known_generation": 5}, Why.REFUSAL),
        ("vault.generation_found", {"generation": 6, "known_generation": 5}, None),
        ("loan.corrected", {"corrects": 4}, Why.CORRECTION),
        ("item.signed_in", {"missing": 2}, Why.OVERRIDE),
        ("item.signed_in", {"missing": 0}, None),
        ("item.handed_back", {"witness": 3}, Why.HAND_BACK),
        ("item.handed_back", {"witness": None}, Why.SECOND_PERSON),
        (
            "settings.changed",
            {"changed": {"two_person": [["hand-back"], []]}},
            Why.SECOND_PERSON,
        ),
        ("settings.changed", {"changed": {"two_person": [[], ["hand-back"]]}}, None),
        ("settings.changed", {"changed": {"language": ["ja", "en"]}}, None),
        ("tags.printed", {"phase": "outcome", "result": "unknown"}, Why.UNKNOWN_OUTCOME),
        ("tags.printed", {"phase": "outcome", "result": "done"}, None),
        ("item.signed_out", {"holder": 3}, None),
    ],
)
def test_exceptions(action: str, plain: dict[str, object], why: Why | None) -> None:
    assert exception_of(action, plain) is why


def test_the_gravest_comes_first() -> None:
    assert Why.EMERGENCY.rank == 0
    assert Why.SAMPLE.rank == len(Why) - 1


def test_the_lot_is_about_what_people_did_to_things_and_people() -> None:
    assert in_the_lot("item.signed_out", {}, 3)
    assert in_the_lot("some.later_act", {}, 3)
    assert not in_the_lot("item.signed_out", {}, None)
    assert not in_the_lot("unlock.done", {}, 3)
    assert not in_the_lot("review.signed_off", {}, 3)
    assert in_the_lot("tags.printed", {"phase": "intent"}, 3)
    assert not in_the_lot("tags.printed", {"phase": "outcome", "result": "done"}, 3)


def test_an_auditor_comes_to_the_same_lot_with_a_hash_function_alone() -> None:
    root = hashlib.sha256(b"root").digest()
    leaves = [hashlib.sha256(str(n).encode()).digest() for n in range(20_000)]

    def again(leaf: bytes) -> bool:
        figure = hashlib.sha256(b"facility-app/review-sample/1\n" + root + leaf).hexdigest()
        return int(figure[:16], 16) * 20 < 2**64

    ours = [drawn(leaf, root) for leaf in leaves]
    assert ours == [again(leaf) for leaf in leaves]
    assert abs(sum(ours) / len(leaves) - SHARE) < 0.01


@given(st.binary(min_size=32, max_size=32))
def test_no_act_is_safe_from_the_lot_before_the_checkpoint(leaf: bytes) -> None:
    """Whatever the act, about one root in twenty draws it: the act alone decides nothing."""
    roots = [hashlib.sha256(leaf + number.to_bytes(2, "big")).digest() for number in range(800)]
    assert 8 < sum(drawn(leaf, root) for root in roots) < 90


def test_a_day_late_is_an_exception_and_not_an_hour() -> None:
    due = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert not long_overdue(due, due + timedelta(days=1))
    assert long_overdue(due, due + timedelta(days=1, seconds=1))


def test_nobody_signs_off_an_act_they_took_part_in() -> None:
    assert may_sign_off(4, (1, 2, None))
    assert not may_sign_off(2, (1, 2, None))
    assert may_sign_off(4, (None, None, None))


def test_every_act_that_is_called_an_exception_exists_or_is_announced() -> None:
    """A renamed act would silently leave the queue."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(facility_app.__file__).parent.rglob("*.py")
        if path.name != "review.py"
    )
    acts = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', source))
    named = {"emergency.released", "clock.set_back", "act.refused", "item.handed_back"}
    assert named | {"item.signed_in", "unlock.refused", "settings.changed"} <= acts
