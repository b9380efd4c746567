"""The count sheet names places and kinds, and nothing that a counter should not know."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from facility_app.i18n import LANGUAGES, Words
from facility_app.reports.fonts import GlyphMissing
from facility_app.reports.stocktake_sheet import KINDS, CountSheet, stocktake_sheet

PLACES = [f"A-{number:02}" for number in range(1, 45)]
NAMES = [
    "マイナンバーカード",
    "資格確認書",
    "介護保険負担限度額認定証のとても長い名前の写し",
    "お薬手帳",
]


def sheet(**changed: object) -> CountSheet:
    facts: dict[str, object] = {
        "facility": "みほんの里",
        "cabinet": "A",
        "day": "令和8年11月20日",
        "places": PLACES,
        "kinds": NAMES,
    }
    return CountSheet(**(facts | changed))  # type: ignore[arg-type]  # fields by name


def pages(pdf: bytes) -> list[str]:
    found = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return [re.sub(r"\s+", "", text) for text in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_stands_on_it_once_and_every_kind_on_every_page(language: str) -> None:
    texts = pages(stocktake_sheet(Words(language), sheet()))
    assert len(texts) == 2
    whole = "".join(texts)
    for place in PLACES:
        assert whole.count(place) == 1
    for text in texts:
        assert all(name in text for name in NAMES)


def test_more_kinds_than_columns_follow_on_sheets_of_their_own() -> None:
    kinds = [f"種類{number}の証" for number in range(1, KINDS + 3)]
    first, second = pages(stocktake_sheet(Words("ja"), sheet(kinds=kinds, places=PLACES[:3])))
    assert f"種類{KINDS}の証" in first
    assert f"種類{KINDS + 2}の証" in second
    assert f"種類{KINDS}の証" not in second
    assert all(place in first and place in second for place in PLACES[:3])


def test_the_same_facts_are_the_same_bytes() -> None:
    assert stocktake_sheet(Words("ja"), sheet()) == stocktake_sheet(Words("ja"), sheet())


def test_what_cannot_be_counted_or_printed_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        stocktake_sheet(Words("ja"), sheet(places=[]))
    with pytest.raises(GlyphMissing):
        stocktake_sheet(Words("ja"), sheet(kinds=["\U0001f338"]))
