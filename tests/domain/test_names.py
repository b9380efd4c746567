"""Finding residents by what people type, and the short form of tags."""

from __future__ import annotations

import sqlite3
import unicodedata

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain import tags
from facility_app.domain.names import (
    Token,
    matches,
    query_tokens,
    same_for_search,
    search_key,
    search_text,
)
from facility_app.rules import Rules

VARIANTS = Rules().variants
BYTES = st.binary(min_size=16, max_size=16)
HIRAGANA = st.text(
    st.characters(min_codepoint=0x3041, max_codepoint=0x3096), min_size=1, max_size=8
)

WATANABE = search_text(
    "渡邉\U000e0102 ゆき",
    "わたなべ ゆき",
    VARIANTS,
    room="203-2",
    slot="A-12",
    tag_short="7K2-0QX",
)


@pytest.mark.parametrize(
    "query",
    [
        "渡邉",
        "渡辺",
        "渡邊",
        "渡邉\U000e0100",
        "わたなべ",
        "ワタナベ",
        "ﾜﾀﾅﾍﾞ",
        "わたなへ",
        "わた",
        "なべ",
        "ゆき",
        "渡辺ゆき",
        "わたなべ　ゆき",
        "ゆき 渡辺",
        "watanabe",
        "ＷＡＴＡＮＡＢＥ",
        "yuki",
        "203",
        "２０３",
        "203-2",
        "203ー2",
        "203号室",
        "20",
        "A-12",
        "a12",
        "Ａ１２",
        "7K2-0QX",
        "7k20qx",
        "7k2oqx",
        "渡辺 203",
        "",
        "  ",
    ],
)
def test_one_resident_is_found_by_all_of_these(query: str):
    assert matches(WATANABE, query, VARIANTS)


@pytest.mark.parametrize(
    "query",
    ["1203", "03", "3-2", "12", "K20QX", "7K2", "7K2-0QY", "たなか", "渡部", "渡辺 204", "れい"],
)
def test_and_by_none_of_these(query: str):
    assert not matches(WATANABE, query, VARIANTS)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("高橋", "髙橋"),
        ("崎", "﨑"),
        ("嵜", "﨑"),
        ("渡邊", "渡邉"),
        ("浜田", "濵田"),
        ("濱田", "濵田"),
        ("斎藤", "齋藤"),
        ("斉藤", "齋藤"),
        ("広沢", "廣澤"),
        ("国真", "國眞"),
        ("吉田", "𠮷田"),
        ("佐々木", "佐佐木"),
        ("神谷", "神谷"),
        ("がっさん", "かつさん"),
        ("ﾊﾟｸ", "はく"),
        ("JOSÉ", "jose"),
        ("O'Brien", "obrien"),
        ("ｼﾞｮﾝ", "ジョン"),
    ],
)
def test_one_name_written_two_ways_is_the_same_to_the_search(typed: str, stored: str):
    assert same_for_search(typed, stored, VARIANTS)


def test_different_names_stay_different():
    assert not same_for_search("田中", "中田", VARIANTS)
    assert not same_for_search("はら", "ばん", VARIANTS)


@pytest.mark.parametrize(
    ("query", "kana"),
    [
        ("おーの", "おおの"),
        ("おおの", "オーノ"),
        ("ゆーき", "ゆうき"),
        ("こうた", "こーた"),
        ("けいこ", "ケーコ"),
        ("すさん", "すーさん"),
        ("しょうた", "しよーた"),
        ("ーおの", "おの"),
    ],
)
def test_long_marks_are_forgiven_both_ways(query: str, kana: str):
    assert matches(search_text("", kana, VARIANTS), query, VARIANTS)


@pytest.mark.parametrize(
    ("kana", "queries"),
    [
        ("けんいち", ["kenichi", "ken'ichi", "kennichi", "kenic", "ｋｅｎ"]),
        ("しょうた さとう", ["shota", "syouta", "shouta sato", "satoh", "satou", "SATO"]),
        ("おおの じゅんや", ["ono", "oono", "ohno", "junya", "zyunnya"]),
        ("はっとり", ["hattori", "hatori", "hatt"]),
        ("なんば ふじこ", ["namba", "nanba", "fuji", "huziko"]),
        ("ﾂﾁﾔ", ["tsuchiya", "tutiya"]),
        ("さとう うめ", ["ume", "sato ume", "satoume"]),
        ("Nguyễn Văn An", ["nguyen", "nguyen van an"]),
    ],
)
def test_roman_letters_are_read_in_any_spelling(kana: str, queries: list[str]):
    text = search_text("", kana, VARIANTS)
    for query in queries:
        assert matches(text, query, VARIANTS), query
    assert not matches(text, "watanabe", VARIANTS)


def test_rooms_of_buildings_are_found_by_their_number():
    text = search_text("", "", VARIANTS, room="本館２０３号室")
    assert matches(text, "203", VARIANTS)
    assert matches(text, "本館203", VARIANTS)
    assert not matches(text, "03", VARIANTS)


def test_foreign_names_and_further_spellings():
    text = search_text("NGUYEN VAN AN", "グエン ヴァン アン", VARIANTS, more_names=["グェン"])
    for query in ("nguyen", "Van", "ぐえん", "ヴァン", "guen"):
        assert matches(text, query, VARIANTS), query
    assert not matches(text, "nguyet", VARIANTS)


def test_signs_alone_ask_for_nothing():
    assert query_tokens("・・・ ％ _", VARIANTS) == ()
    assert search_text("", "", VARIANTS) == search_text("・", "%", VARIANTS)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12), st.text(max_size=6))
def test_no_text_breaks_the_patterns(name: str, kana: str, query: str, room: str):
    text = search_text(name, kana, VARIANTS, room=room, slot=kana, tag_short=name)
    for token in query_tokens(query, VARIANTS):
        assert token
        for like in token:
            inner = like.pattern[1:-1]
            assert like.pattern == f"%{inner}%"
            assert not set(inner) & {"%", "_", "'", "\\"}
    assert isinstance(matches(text, query, VARIANTS), bool)


@given(HIRAGANA, st.data())
def test_any_part_of_a_name_in_any_writing_finds_it(kana: str, data: st.DataObject):
    text = search_text("", kana, VARIANTS)
    start = data.draw(st.integers(0, len(kana) - 1))
    part = kana[start : data.draw(st.integers(start + 1, len(kana)))]
    ways = (
        part,
        jaconv.hira2kata(part),
        jaconv.hira2hkata(part),
        unicodedata.normalize("NFD", part),
    )
    for way in ways:
        assert matches(text, way, VARIANTS), way


@given(st.text(max_size=20))
def test_the_key_of_a_key_is_itself(text: str):
    key = search_key(text, VARIANTS)
    assert search_key(key, VARIANTS) == key


def _sql_finds(token_rows: tuple[Token, ...], names: str, codes: str) -> bool:
    database = sqlite3.connect(":memory:")
    database.execute("create table t (names, codes)")
    database.execute("insert into t values (?, ?)", (names, codes))
    where = " and ".join(
        "(" + " or ".join(f"{like.column} like ?" for like in token) + ")" for token in token_rows
    )
    values = [like.pattern for token in token_rows for like in token]
    query = f"select 1 from t where {where or '1'}"  # noqa: S608 - column names are ours
    return database.execute(query, values).fetchone() is not None


@given(
    st.text("わたナﾅべ邉辺 髙aZ203-_%ー", max_size=8),
    st.text("わたナべ辺 高aZ203-_%ー", max_size=6),
)
def test_sql_and_python_agree(name: str, query: str):
    text = search_text(name, name, VARIANTS, room=name, slot=name, tag_short="7K2-0QX")
    sql = _sql_finds(query_tokens(query, VARIANTS), text.names, text.codes)
    assert sql == matches(text, query, VARIANTS)


@given(BYTES)
def test_a_tag_is_read_back_in_every_way_of_typing(random_bytes: bytes):
    code, short = tags.new_tag(random_bytes)
    assert len(code) == 26
    assert set(code) <= set(tags.ALPHABET)
    assert short == f"{code[:3]}-{code[3:6]}"
    sloppy = code.lower().replace("0", "o").replace("1", "l")
    assert tags.parse_code(sloppy) == tags.parse_code(f" {code[:10]}-{code[10:]} ") == code
    typed = short.replace("-", "ー").replace("1", "I")
    assert tags.parse_short(typed) == tags.parse_short(code[:6]) == code[:6]
    assert tags.parse_short(code) is None
    assert tags.parse_code(short) is None


@given(BYTES, BYTES)
def test_different_bits_give_different_codes(one: bytes, other: bytes):
    assert (tags.new_tag(one)[0] == tags.new_tag(other)[0]) == (one == other)


@pytest.mark.parametrize("text", ["", "ABC", "ABC-DEU", "ABCDEFG", "ABC-DE*", "渡辺ゆき"])
def test_other_texts_are_no_tags(text: str):
    assert tags.parse_short(text) is None


def test_a_tag_needs_sixteen_bytes():
    with pytest.raises(ValueError, match="16"):
        tags.new_tag(b"short")
