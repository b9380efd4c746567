"""The picture of a PIN: readable by a machine's eye, and nothing but a picture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from facility_app.secret import Secret
from facility_app.vault.messages import PinPicture
from facility_app.vault.picture import HIGHEST, LOWEST, draw_pin

INK, PAPER = 0, 255


def drawn(text: str, height: int = 96, ink: int = INK, paper: int = PAPER) -> Image.Image:
    with Secret.from_text(text) as pin:
        picture = draw_pin(pin, height, ink, paper)
    assert len(picture.grey) == picture.width * picture.height
    return Image.frombytes("L", (picture.width, picture.height), picture.grey)


def columns(image: Image.Image) -> list[bool]:
    """Whether anything is drawn, column by column."""
    inked = image.point(lambda value: 255 * (value < 128))
    return [
        inked.crop((x, 0, x + 1, image.height)).getbbox() is not None for x in range(image.width)
    ]


def letters(image: Image.Image) -> list[Image.Image]:
    """The drawn parts from left to right, each cut to what is drawn."""
    runs, start = [], None
    for x, inked in enumerate([*columns(image), False]):
        if inked and start is None:
            start = x
        elif not inked and start is not None:
            runs.append(image.crop((start, 0, x, image.height)))
            start = None
    return [part.crop(ImageChops.invert(part).getbbox()) for part in runs]


def test_every_digit_stands_apart_and_is_told_from_the_others():
    parts = letters(drawn("0123456789"))
    assert len(parts) == 10
    assert len({(part.size, part.tobytes()) for part in parts}) == 10


@pytest.mark.parametrize("text", ["2580", "A7K9Q2M4", "ab-CD_9", "見本の番号"])
def test_the_letters_are_large_and_inside_the_picture(text):
    image = drawn(text, 120)
    assert image.height == 120
    inked = columns(image)
    assert not inked[0]
    assert not inked[-1]
    box = ImageChops.invert(image).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left > 0
    assert right < image.width
    assert top > 0
    assert bottom < image.height
    assert bottom - top > 120 * 0.45


def test_digits_have_room_between_them():
    inked = columns(drawn("8888", 100))
    text = "".join(" #"[each] for each in inked).strip()
    gaps = [len(gap) for gap in text.split("#") if gap]
    assert len(gaps) == 3
    assert min(gaps) > 25


@pytest.mark.parametrize("zero", ["0O", "1l", "1I", "5S", "8B", "2Z"])
def test_what_is_easily_taken_for_one_another_differs(zero):
    one, other = letters(drawn(zero))
    assert (one.size, one.tobytes()) != (other.size, other.tobytes())


def test_ink_and_paper_are_those_of_the_window():
    image = drawn("2580", ink=230, paper=20)
    assert image.getpixel((0, 0)) == 20
    assert max(image.tobytes()) == 230


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(categories=["L", "N", "P"]), max_size=16), st.integers(LOWEST, HIGHEST)
)
def test_any_text_is_a_picture_of_that_height(text, height):
    assert drawn(text, height).height == height


def test_what_is_out_of_range_or_no_text_is_refused():
    for height, ink, paper in (
        (LOWEST - 1, 0, 255),
        (HIGHEST + 1, 0, 255),
        (96, -1, 0),
        (96, 0, 256),
    ):
        with pytest.raises(ValueError, match="out of range"):
            draw_pin(Secret(b"2580"), height, ink, paper)
    with pytest.raises(UnicodeDecodeError):
        draw_pin(Secret(b"25\xff0"), 96, 0, 255)


def test_it_shows_nothing_of_itself():
    assert repr(PinPicture(1, 1, b"\x00")).count("\\x00") == 0
