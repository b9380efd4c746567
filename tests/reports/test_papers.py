"""Papers: they show what was given, lose no letter, and the same data is the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from facility_app.domain.tags import new_tag
from facility_app.i18n import LANGUAGES, Words
from facility_app.recovery import words_of
from facility_app.reports.fonts import FALLBACK, REGULAR, GlyphMissing, letters
from facility_app.reports.page import Heading, Sheet, broken, render
from facility_app.reports.recovery_sheet import RecoverySheet, recovery_sheet
from facility_app.reports.tag_labels import PER_SHEET, TagLabel, qr_modules, tag_labels
from facility_app.secret import Secret

WORDS = words_of(Secret(bytes(range(32))))
SHEET = RecoverySheet("見本苑", "3f2a9c77", date(2026, 11, 20), WORDS)
IPAMJ = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf").is_file()


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def labels(count: int) -> list[TagLabel]:
    made = [new_tag(hashlib.md5(bytes([n]), usedforsecurity=False).digest()) for n in range(count)]
    return [TagLabel(code, short, f"A-{n}") for n, (code, short) in enumerate(made, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_sheet_has_all_words_with_their_numbers(language: str) -> None:
    (page,) = text_of(recovery_sheet(Words(language), SHEET))
    for number, word in enumerate(WORDS, 1):
        assert word in page
        assert str(number) in page
    assert "見本苑" in page
    assert "3f2a9c77" in page
    assert "2026" in page or "令和8年11月20日" in page


def test_the_same_data_is_the_same_bytes() -> None:
    assert recovery_sheet(Words("ja"), SHEET) == recovery_sheet(Words("ja"), SHEET)
    assert tag_labels(Words("ja"), "苑", labels(3)) == tag_labels(Words("ja"), "苑", labels(3))


def test_the_fonts_are_embedded() -> None:
    pdf = recovery_sheet(Words("ja"), SHEET)
    assert b"/FontFile2" in pdf
    assert b"BIZUDPGothic-Bold" in pdf
    assert b"Helvetica" not in pdf  # a font of the viewer


def test_every_page_says_which_of_how_many() -> None:
    pages = [lambda sheet: sheet.text(100, 100, "x")] * 12
    texts = text_of(render(Words("ja"), Heading("題", "苑", "日"), pages))
    assert len(texts) == 12
    assert all(f"{n} / 12 ページ" in text for n, text in enumerate(texts, 1))


def test_labels_carry_short_form_and_slot_and_nothing_else() -> None:
    made = labels(30)
    first, second = text_of(tag_labels(Words("ja"), "見本苑", made, skip=2))
    assert all(label.short in first for label in made[: PER_SHEET - 2])
    assert all(label.short in second for label in made[PER_SHEET - 2 :])
    assert "見本苑" not in first
    assert made[0].code not in first


def test_labels_need_something_to_print() -> None:
    for count, skip in ((0, 0), (1, PER_SHEET), (1, -1)):
        with pytest.raises(ValueError, match="no"):
            tag_labels(Words("ja"), "苑", labels(count), skip=skip)


def test_a_tag_fits_the_code_of_25_squares() -> None:
    modules = qr_modules(labels(1)[0].code)
    assert (len(modules), len(modules[0])) == (25, 25)
    assert modules[0][:7] == [True] * 7


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="needs zbarimg")
def test_a_real_decoder_reads_every_printed_code(tmp_path: Path) -> None:
    made = labels(6)
    page = pypdfium2.PdfDocument(tag_labels(Words("ja"), "苑", made))[0]
    page.render(scale=3).to_pil().save(tmp_path / "page.png")
    command = ["zbarimg", "-q", "--raw", "--nodbus", str(tmp_path / "page.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {label.code for label in made}


def test_a_name_with_variation_selectors_keeps_its_form_and_its_text() -> None:
    name = "渡邉󠄀 葛󠄀城 髙﨑"
    made = TagLabel("0" * 26, "000-000", "A-1", name)
    (page,) = text_of(tag_labels(Words("ja"), "苑", [made]))
    assert "葛󠄀城" in page
    assert "髙﨑" in page
    plain = letters().runs("葛城")[0][1]
    assert letters().runs("葛󠄀城")[0][1] != plain, "the selector chooses another glyph"


@pytest.mark.skipif(not IPAMJ, reason="needs IPAmj Mincho")
def test_what_the_font_lacks_comes_from_the_fallback() -> None:
    assert letters().runs("𠮷田") == [(FALLBACK, "𠮷"), (REGULAR, "田")]

    def draw(sheet: Sheet) -> None:
        sheet.text(90, 90, "𠮷田")

    pdf = render(Words("ja"), Heading("題", "苑", "日"), [draw])
    assert "𠮷田" in text_of(pdf)[0]


def test_a_name_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(GlyphMissing) as missing:
        recovery_sheet(Words("ja"), RecoverySheet("苑 \U0001f338", "a", date(2026, 1, 1), WORDS))
    assert missing.value.name == "苑 \U0001f338"
    assert missing.value.characters == "\U0001f338"


def test_lines_are_broken_between_words_and_never_before_a_closing_mark() -> None:
    lines = broken("これは、とても長い文です。それでも、行の頭に句読点は来ません。", 100, 10)
    assert len(lines) > 2
    assert not any(line[0] in "、。" for line in lines)
    assert all(letters().width(line, 10) <= 110 for line in lines)
    assert broken("Maria Example dos Santos", 90, 10) == ["Maria Example", "dos Santos"]
    assert broken("", 60, 10) == [""]
