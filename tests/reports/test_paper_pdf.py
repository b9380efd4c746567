"""A paper as PDF: all that was given stands on it, whole, and can be read by others."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from facility_app.domain.chart import ChartKind, Series
from facility_app.errors import Cancelled
from facility_app.i18n import LANGUAGES, Words
from facility_app.reports.as_pdf import write_pdf
from facility_app.reports.fonts import GlyphMissing, letters
from facility_app.reports.page import MARGIN, WIDTH, broken
from facility_app.reports.paper import Facts, Section, Signed
from tests.reports.papers import (
    AT,
    CHECKPOINT,
    JA,
    SIGNED_WORDS,
    bars,
    every_block,
    pages,
    paper,
    pdf,
    row,
    table,
)

SPEECHLESS = "字\U000e01ef無"
VARIANT = "葛\U000e0100城 ゆき"
"""葛 in the shape that the font has beside its usual one."""


def joined(text: str) -> str:
    """Text without its breaks."""
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_was_given_stands_on_it(language: str) -> None:
    text = joined("".join(pages(pdf(every_block(), Words(language)))))
    for expected in ("見本苑", "架空誠", "214", "みほんはなこ", "見本花子", "203", "受診", "1,214"):
        assert expected in text
    assert all(word in text for word in SIGNED_WORDS)
    assert joined(CHECKPOINT) in text
    assert ("25h5min" if language == "en" else "1日1時間") in text.replace("1d1h", "25h5min")


def test_the_same_data_is_the_same_bytes() -> None:
    assert pdf(every_block()) == pdf(every_block())


def test_every_page_says_which_of_how_many() -> None:
    texts = pages(pdf(paper(table(row(n) for n in range(1, 121)))))
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert f"{number}/{len(texts)}ページ" in joined(text)
        assert "番号" in text  # the head stands on each


def test_no_row_is_lost_or_doubled_between_pages() -> None:
    text = "\n".join(pages(pdf(paper(table(row(n, f"人{n:04}") for n in range(1, 301))))))
    assert [text.count(f"人{n:04}") for n in range(1, 301)] == [1] * 300


def test_all_fonts_are_embedded(tmp_path: Path) -> None:
    if not shutil.which("pdffonts"):
        pytest.skip("needs poppler")
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(every_block()))
    out = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout
    fonts = out.splitlines()[2:]
    assert len(fonts) >= 2
    for line in fonts:
        embedded, subset, unicode = line.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), line
        assert "BIZUDPGothic" in line


def test_two_other_programs_read_the_same_text(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler")
    content = pdf(paper(table([row(1, VARIANT), row(2, "髙﨑 一郎")])))
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True)
    for text in (done.stdout, "".join(pages(content))):
        assert joined(VARIANT) in joined(text)
        assert "髙﨑一郎" in joined(text)


def dark(content: bytes, page: int = 0, scale: float = 2) -> tuple[set[tuple[int, int]], int]:
    """The pixels of a page that are not white, and its width."""
    bitmap = pypdfium2.PdfDocument(content)[page].render(scale=scale, grayscale=True)
    pixels = bytes(bitmap.buffer)
    width, stride = bitmap.width, bitmap.stride
    found = {(at % stride, at // stride) for at, value in enumerate(pixels) if value < 128}
    return {(x, y) for x, y in found if x < width}, width


def test_a_name_is_drawn_with_its_own_shape_and_not_as_a_blank() -> None:
    """What is printed is looked at: the text layer could say anything."""
    blank, _ = dark(pdf(paper(table([row(1, "")]))))
    plain, _ = dark(pdf(paper(table([row(1, VARIANT)]))))
    usual, _ = dark(pdf(paper(table([row(1, "葛城 ゆき")]))))
    assert len(plain - blank) > 200
    assert 0 < len(plain ^ usual) < len(plain - blank)  # the first character differs in part


def test_nothing_is_drawn_beyond_the_margins() -> None:
    content = pdf(every_block())
    for page in range(len(pypdfium2.PdfDocument(content))):
        seen, width = dark(content, page)
        left, right = MARGIN * 2 - 2, (WIDTH - MARGIN) * 2 + 2
        assert width > right
        assert all(left <= x <= right for x, _ in seen)


def test_a_name_that_no_font_has_is_refused_with_the_name(tmp_path: Path) -> None:
    for bad in (
        paper(table([row(1, SPEECHLESS)])),
        paper(table([row(1)]), facility=SPEECHLESS),
        paper(Facts((("kana", SPEECHLESS),))),
    ):
        with pytest.raises(GlyphMissing) as refused:
            pdf(bad)
        assert refused.value.name == SPEECHLESS
    assert pdf(paper(table([row(1)])))  # the fonts are as they were


def test_a_long_cell_is_broken_and_a_row_longer_than_a_page_goes_on() -> None:
    long = "".join(f"第{n:03}項、" for n in range(600))
    texts = pages(pdf(paper(table([row(1, details=long), row(2, "最後 の人")]))))
    assert len(texts) > 2
    text = joined("".join(texts))
    assert all(
        f"第{n:03}項" in text.replace("番号利用者持出し内容居室", "") for n in range(0, 600, 50)
    )
    assert "最後の人" in text


def test_a_word_wider_than_its_column_is_broken_between_letters() -> None:
    width = 40.0
    lines = broken("x" * 60 + " " + VARIANT, width, 10)
    assert "".join(lines) == "x" * 60 + VARIANT
    assert all(letters().width(line, 10) <= width for line in lines)


def test_the_qr_code_reads_back_as_the_checkpoint(tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("needs zbar")
    signed = Signed("reports-signed-this", "this", CHECKPOINT, 1_214, AT, SIGNED_WORDS)
    page = pypdfium2.PdfDocument(pdf(paper(signed)))[0].render(scale=3).to_pil()
    page.save(tmp_path / "page.png")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", tmp_path / "page.png"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert read.rstrip("\n") == CHECKPOINT.rstrip("\n")


@pytest.mark.parametrize("kind", ChartKind)
def test_higher_values_are_drawn_higher(kind: ChartKind) -> None:
    """The same chart with its two months changed round: what is only on one of them lies higher."""
    falling = Series("受診", (4.0, 1.0))
    rising = Series("受診", (1.0, 4.0))
    one, width = dark(pdf(paper(replace(bars(kind), series=(falling,)))))
    other, _ = dark(pdf(paper(replace(bars(kind), series=(rising,)))))
    for half, higher, lower in (
        (range(width // 2), one, other),
        (range(width // 2, width), other, one),
    ):
        top = min(y for x, y in higher - lower if x in half)
        assert all(top < y for x, y in lower - higher if x in half)


def test_a_chart_of_nothing_says_so() -> None:
    nothing = replace(bars(), series=())
    assert "この期間にありません" in "".join(pages(pdf(paper(nothing))))


def test_a_heading_stands_with_what_it_is_about() -> None:
    """For every length of the table before it."""
    for count in range(14, 26):
        first = Section("sign-outs", (table(row(n) for n in range(count)),))
        second = Section("received", (table([row(99, "唯一 の人")]),))
        texts = pages(pdf(paper(sections=(first, second))))
        assert any("預かったもの" in text and "唯一" in text for text in texts), count


def test_a_broken_paper_leaves_its_fonts_free() -> None:
    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    many = paper(table(row(n) for n in range(500)), rows=500)
    with pytest.raises(Cancelled):
        write_pdf(io.BytesIO(), JA, many, stop)
    assert pdf(many) == pdf(many)
