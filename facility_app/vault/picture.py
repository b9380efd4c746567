"""A PIN as a picture (開示, design §7): the one way in which it leaves the vault's process.

Character by character, so that the whole never stands in a string.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from facility_app.config import resources
from facility_app.secret import Secret
from facility_app.vault.messages import PinPicture

LOWEST, HIGHEST = 16, 400
"""Heights in pixels that may be asked for."""

_FONT = "BIZUDPGothic-Bold.ttf"
_SIZE, _GAP, _MARGIN = 0.72, 0.30, 0.16
"""Of the height: the letters, the room between two of them, that at both ends."""
_WIDEST = 16_384


def draw_pin(pin: Secret, height_px: int, ink: int, paper: int) -> PinPicture:
    """The PIN in large letters with room between them; `ink` and `paper` 0 (black) to 255.

    The width follows from the PIN.  The caller wipes `pin`.  Raises ValueError for a height or a
    grey out of range, and for what is no text.
    """
    if not LOWEST <= height_px <= HIGHEST or not {ink, paper} <= set(range(256)):
        raise ValueError("a height or a grey out of range")
    font = ImageFont.truetype(str(resources() / "fonts" / _FONT), round(height_px * _SIZE))
    gap, margin = round(height_px * _GAP), round(height_px * _MARGIN)
    cell = font.getlength("0")
    places: list[float] = []
    end: float = margin
    for character in _characters(pin):
        width = max(cell, font.getlength(character))
        places.append(end + width / 2)
        end += width + gap
    width_px = min(round(end - gap + margin) if places else 2 * margin, _WIDEST)
    image = Image.new("L", (width_px, height_px), paper)
    draw = ImageDraw.Draw(image)
    middle = height_px / 2
    for centre, character in zip(places, _characters(pin), strict=True):
        draw.text((centre, middle), character, fill=ink, font=font, anchor="mm")
    return PinPicture(width_px, height_px, image.tobytes())


def _characters(pin: Secret) -> Iterator[str]:
    """One after the other: CPython keeps a single ASCII letter anyway, so nothing new is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = pin.view()
    for at in range(len(view)):
        character = decoder.decode(view[at : at + 1], final=at + 1 == len(view))
        if character:
            yield character
