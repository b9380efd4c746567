"""The canonical text of an entry is the same bytes every time, and says all that was said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.audit.entry import (
    Entry,
    is_vouched,
    item_ids,
    moment,
    moment_text,
    parse,
    seal,
    unseal,
    vouch,
)
from facility_app.audit.keyed import entry_code, head_code, head_key, same

KEY = bytes(range(32))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
details = st.dictionaries(texts, values, max_size=4)
entries = st.builds(
    Entry,
    seq=st.integers(1, 2**40),
    at=st.datetimes(timezones=st.just(UTC)).map(moment_text),
    monotonic_ns=st.integers(0, 2**62),
    actor=st.none() | st.integers(1, 2**31),
    identified=st.sampled_from(["password", "number", "system"]),
    action=texts,
    subject=texts,
    resident=st.none() | st.integers(1, 2**31),
    items=st.lists(st.integers(1, 2**31), max_size=4).map(item_ids),
    plain=details,
)


@given(entries)
def test_an_entry_is_read_back_as_it_was_written(entry):
    vouched, text = vouch(entry, KEY)
    assert parse(text) == vouched
    assert text == vouched.canonical()
    assert is_vouched(text, KEY)


@given(entries)
def test_the_text_has_sorted_keys_and_no_blanks_so_that_it_can_be_made_again(entry):
    _, text = vouch(entry, KEY)
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == again


@given(entries, st.data())
def test_no_other_text_is_vouched_for(entry, data):
    _, text = vouch(entry, KEY)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(exclude_categories=["Cs"]))
    other = text[:place] + letter + text[place + 1 :]
    assert is_vouched(other, KEY) == (other == text)
    assert not is_vouched(text, bytes(32))
    assert not is_vouched(text + " ", KEY)


@given(details, st.integers(1, 2**40), st.integers(1, 2**31))
def test_sealed_details_open_only_where_they_belong(facts, seq, resident):
    entry = replace(blank(), seq=seq, resident=resident, sealed=seal(facts, KEY, seq, resident))
    assert unseal(entry, KEY) == facts
    for other in (replace(entry, seq=seq + 1), replace(entry, resident=resident + 1)):
        with pytest.raises(ValueError, match="do not belong"):
            unseal(other, KEY)
    with pytest.raises(ValueError, match="do not belong"):
        unseal(entry, bytes(32))


def blank() -> Entry:
    return Entry(1, "2026-11-20T01:00:00.000000Z", 1, None, "system", "a.b", "c")


def test_where_nothing_was_sealed_nothing_is_opened():
    assert unseal(blank(), KEY) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"v":2}', blank().body()])
def test_what_is_no_entry_of_this_version_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - json and our own say it differently
        parse(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_sort_as_text(at):
    assert moment(moment_text(at)) == at
    later = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    assert moment_text(at) <= moment_text(later)


def test_codes_of_entries_and_heads_are_not_each_others():
    key = head_key(KEY)
    assert len(key) == 32
    assert key != KEY
    assert len(head_code(key, 1, bytes(32))) == 32
    assert head_code(key, 1, bytes(32)) != head_code(key, 2, bytes(32))
    assert entry_code(key, "x") != entry_code(key, "y")
    assert same("a", b"a")
    assert not same("a", "b")
