"""The four attributes of a card against the register; cases stand in ``data/attributes.toml``."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.addresses import address_key
from facility_app.domain.attributes import (
    HIDDEN,
    Attribute,
    CardAttributes,
    Comparison,
    NotedAttributes,
    Writing,
    compare_attributes,
)
from facility_app.domain.people import Sex
from facility_app.rules import Rules

WRITING = Writing(Rules().true_variants, Rules().variants)
DATA = Path(__file__).parent / "data" / "attributes.toml"
CASES = tomllib.loads(DATA.read_text(encoding="utf-8"))["case"]
CARD = CardAttributes("見本 花子", "例田市見本1-2-3", date(1945, 3, 5), Sex.FEMALE)
NOTED = NotedAttributes(CARD.name, CARD.birth, CARD.sex, CARD.address)


def values(said: dict[str, Any]) -> dict[str, Any]:
    """What a case says, as the dataclasses have it; an empty birth date is none."""
    changed = dict(said)
    if "sex" in changed:
        changed["sex"] = Sex(changed["sex"])
    if changed.get("birth") == "":
        changed["birth"] = None
    return changed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_card_compares_as_ruled(case: dict[str, Any]):
    card = replace(CARD, **values(case.get("card", {})))
    noted = replace(NOTED, **values(case.get("noted", {})))
    compared = compare_attributes(card, noted, WRITING, namesakes=case.get("namesakes", False))
    assert compared.result.value == case["result"]
    assert [each.value for each in compared.differing] == case.get("differing", [])


def test_neither_side_shows_itself():
    assert "花子" not in repr(CARD) + repr(NOTED)


LETTERS = st.text("見本例田花子一郎斎斉渡辺はなハナabZ", min_size=1, max_size=8)
NAMES = st.builds("{} {}".format, LETTERS, LETTERS)
PLACES = st.text("例田市見本一二三十1234567890-丁目番号の字荘", max_size=20)
DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))
SEXES = st.sampled_from([Sex.MALE, Sex.FEMALE])
CARDS = st.builds(CardAttributes, NAMES, PLACES, DAYS, SEXES)


def of(card: CardAttributes) -> NotedAttributes:
    return NotedAttributes(card.name, card.birth, card.sex, card.address)


@given(CARDS)
def test_a_card_is_its_own_match(card: CardAttributes):
    assert compare_attributes(card, of(card), WRITING).result is Comparison.MATCH


@given(CARDS)
def test_width_and_blanks_never_matter_on_either_side(card: CardAttributes):
    wide = replace(
        card,
        name=jaconv.h2z(card.name, kana=True, ascii=True, digit=True).replace(" ", "　"),
        address=jaconv.h2z(card.address, ascii=True, digit=True) + "　",
    )
    assert compare_attributes(wide, of(card), WRITING).result is Comparison.MATCH
    assert compare_attributes(card, of(wide), WRITING).result is Comparison.MATCH
    assert unicodedata.normalize("NFKC", wide.name) == unicodedata.normalize("NFKC", card.name)


@given(CARDS, CARDS, st.booleans())
def test_a_birth_date_or_a_sex_is_never_forgiven(one, other, namesakes):
    compared = compare_attributes(one, of(other), WRITING, namesakes=namesakes)
    if one.birth != other.birth or one.sex is not other.sex:
        assert compared.result is Comparison.DIFFERENT
    assert (compared.result is Comparison.MATCH) is (compared.differing == ())


@given(CARDS, CARDS)
def test_it_does_not_matter_which_side_is_the_card(one, other):
    there = compare_attributes(one, of(other), WRITING)
    back = compare_attributes(other, of(one), WRITING)
    assert there == back


@given(CARDS, PLACES)
def test_an_address_alone_never_makes_another_person(card, place):
    moved = replace(card, address=place)
    compared = compare_attributes(moved, of(card), WRITING)
    assert compared.result is not Comparison.DIFFERENT
    assert set(compared.differing) <= {Attribute.ADDRESS}


@given(CARDS, st.data())
def test_one_hidden_character_is_taken_on_trust_only_without_namesakes(card, data):
    letters = [at for at, char in enumerate(card.name) if char != " "]
    at = data.draw(st.sampled_from(letters))
    sign = data.draw(st.sampled_from(sorted(HIDDEN)))
    hidden = replace(card, name=card.name[:at] + sign + card.name[at + 1 :])
    assert compare_attributes(hidden, of(card), WRITING).result is Comparison.MATCH
    compared = compare_attributes(hidden, of(card), WRITING, namesakes=True)
    assert compared.result is Comparison.REVIEW
    assert compared.differing == (Attribute.NAME,)


@given(st.text(max_size=40), st.text(max_size=40), DAYS)
def test_whatever_is_written_there_is_an_answer(name, place, day):
    card = CardAttributes(name, place, day, Sex.MALE)
    assert compare_attributes(card, of(card), WRITING).result is not None
    assert compare_attributes(card, NOTED, WRITING).result in Comparison


NUMBERS = st.integers(1, 9999)


def kanji(number: int) -> str:
    """1234 as 千二百三十四."""
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("" if digit == 1 and sign else "〇一二三四五六七八九"[digit]) + sign
    return text


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_notation_of_an_address_never_matters(town, block, house, room):
    def key(text: str) -> str:
        return address_key(text, WRITING.variants)

    short = f"見本{town}-{block}-{house}"
    assert key(short) == short
    assert key(f"見本{kanji(town)}丁目{block}番{house}号") == short
    assert key(f"大字見本 {town}丁目{kanji(block)}番地の{kanji(house)}") == short
    assert key(f"{short} 例田荘{room}号室") == key(f"{short}例田荘{kanji(room)}") != short
