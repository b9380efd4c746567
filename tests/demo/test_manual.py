"""The manual shows what the program drew, and leads nowhere that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from facility_app.demo.manual import PICTURES, README_PICTURE

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = DOCS / "manual"
CHAPTERS = sorted(MANUAL.glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)\)")


def test_the_index_leads_to_every_chapter() -> None:
    told = set(LINK.findall((MANUAL / "README.md").read_text(encoding="utf-8")))
    assert {chapter.name for chapter in CHAPTERS} - {"README.md"} <= told


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_link_and_picture_is_there(chapter: Path) -> None:
    for target in LINK.findall(chapter.read_text(encoding="utf-8")):
        assert (MANUAL / target).is_file(), target


def test_every_picture_is_shown_and_taken_by_the_program() -> None:
    texts = "".join(chapter.read_text(encoding="utf-8") for chapter in CHAPTERS)
    shown = set(re.findall(r"images/([a-z-]+)\.png", texts))
    assert shown == set(PICTURES)
    assert {path.stem for path in (MANUAL / "images").glob("*.png")} == set(PICTURES)


def test_the_readme_has_its_picture() -> None:
    image = QImage(str(DOCS / "images" / f"{README_PICTURE}.png"))
    assert (image.width(), image.height()) == (1366, 768)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_the_manual_speaks_plainly(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    assert "！" not in text
    assert text.startswith("# ")
