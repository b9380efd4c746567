"""States, moves and kinds of the things in custody."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import (
    TRANSITIONS,
    DateRole,
    ItemState,
    Move,
    MoveRefused,
    after,
    item_state_today,
    moved,
    usual_kinds,
)
from facility_app.rules import Rules

RULES = Rules()
KINDS = {kind.code: kind for kind in RULES.item_kinds}
TODAY = date(2026, 11, 20)
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


@pytest.mark.parametrize(("state", "move"), list(product(ItemState, Move)))
def test_every_move_from_every_state_is_decided(state: ItemState, move: Move):
    new = TRANSITIONS.get((state, move))
    if new is None:
        with pytest.raises(MoveRefused) as refused:
            moved("マイナンバーカード", state, move)
        assert refused.value.facts() == {"item": "マイナンバーカード", "state": state, "move": move}
    else:
        assert moved("マイナンバーカード", state, move) is new


def test_only_a_thing_in_the_safe_is_signed_out_or_handed_back():
    for move in (Move.SIGN_OUT, Move.HAND_BACK):
        assert [state for state in ItemState if after(state, move)] == [ItemState.IN_SAFE]
    assert [state for state in ItemState if after(state, Move.SIGN_IN)] == [ItemState.OUT]


def test_what_was_handed_back_or_disposed_of_is_out_of_custody():
    assert {state for state in ItemState if not state.in_custody} == FINAL


def test_dates_of_a_card_and_of_papers():
    card, paper = KINDS["my-number-card"], KINDS["eligibility-certificate"]
    dates = {
        DateRole.CARD_EXPIRES: date(2031, 12, 8),
        DateRole.CERTIFICATE_EXPIRES: date(2026, 12, 8),
    }
    assert item_state_today(card, dates, TODAY, RULES.lifetimes) is ExpiryState.SOON
    assert item_state_today(card, {}, TODAY, RULES.lifetimes) is None
    expired = {DateRole.PAPER_EXPIRES: date(2026, 7, 31)}
    assert item_state_today(paper, expired, TODAY, RULES.lifetimes) is ExpiryState.UNUSABLE
    book = KINDS["medicine-book"]
    assert item_state_today(book, {}, TODAY, RULES.lifetimes) is ExpiryState.VALID


def test_a_paper_whose_date_nobody_noted_is_not_called_valid():
    paper = KINDS["eligibility-certificate"]
    assert item_state_today(paper, {}, TODAY, RULES.lifetimes) is None
    blank = {DateRole.PAPER_EXPIRES: None}
    assert item_state_today(paper, blank, TODAY, RULES.lifetimes) is None
    notice = KINDS["eligibility-notice"]  # before 70 it is printed without an end
    assert item_state_today(notice, blank, TODAY, RULES.lifetimes) is ExpiryState.VALID


def test_the_usual_set_of_a_visit():
    usual = usual_kinds(RULES.item_kinds, "clinic")
    assert usual[0] == "my-number-card"
    assert {"eligibility-notice", "patient-card", "medicine-book"} <= set(usual)
    assert "care-insurance" not in usual
    assert usual_kinds(RULES.item_kinds, "no-such-purpose") == ()
