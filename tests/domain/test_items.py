"""States, moves and kinds of the things in custody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.items import (
    ItemState,
    Move,
    after,
)

FINAL = {ItemState.RETURNED, ItemState.DISPOSED}


@given(st.lists(st.sampled_from(Move), max_size=40))
def test_a_thing_is_out_at_most_once_and_never_comes_back_after_the_end(moves: list[Move]):
    state, out = ItemState.IN_SAFE, 0
    for move in moves:
        new = after(state, move) or state
        out += (new is ItemState.OUT) - (state is ItemState.OUT)
        assert out in (0, 1)
        assert state not in FINAL or new is state
        state = new


def test_only_a_thing_in_the_safe_is_signed_out_or_handed_back():
    for move in (Move.SIGN_OUT, Move.HAND_BACK):
        assert [state for state in ItemState if after(state, move)] == [ItemState.IN_SAFE]
    assert [state for state in ItemState if after(state, Move.SIGN_IN)] == [ItemState.OUT]


def test_what_was_handed_back_or_disposed_of_is_out_of_custody():
    assert {state for state in ItemState if not state.in_custody} == FINAL
