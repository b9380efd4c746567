"""The recovery sheets of the vault: a page for each share, and every word on it to be read."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from facility_app.i18n import LANGUAGES, Words
from facility_app.reports.fonts import GlyphMissing
from facility_app.reports.share_sheets import ShareSheets, share_sheets

WORDS = [f"{name}{n}" for n in range(11) for name in ("academic", "wrist", "unfold")]
"""As many as a share of SLIP-39 has: 33."""


def sheets(facility: str = "見本苑", count: int = 3) -> ShareSheets:
    shares = [[f"{word}of{number}" for word in WORDS] for number in range(1, count + 1)]
    return ShareSheets(facility, "3f2a-9c77", date(2026, 11, 20), 2, shares)


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_share_has_its_page_with_all_its_words_and_no_other(language: str) -> None:
    pages = text_of(share_sheets(Words(language), sheets()))
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        words = [f"{word}of{number}" for word in WORDS]
        assert all(word in page for word in words)
        assert page.count("of") >= len(WORDS)
        assert f"of{number % 3 + 1}" not in page
        assert "3f2a-9c77" in page
        assert "見本苑" in page


def test_a_name_that_cannot_be_printed_is_told() -> None:
    with pytest.raises(GlyphMissing):
        share_sheets(Words("ja"), sheets("苑 \U0001f338"))
