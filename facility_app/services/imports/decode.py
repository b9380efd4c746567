"""Bytes of a text file as text.

UTF-8 (with or without BOM), UTF-16 with BOM, or cp932; never a guess.

A file in which some lines are UTF-8 and others cp932 (two lists pasted together) is refused with
the line: read as one of them, names would silently turn into other names.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import ClassVar

from facility_app.errors import Refused

_JAPANESE_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf][\x80-\xbf]")
"""Kana, kanji and full-width forms in UTF-8.

In cp932 such a run of bytes is all but impossible within a line that is valid UTF-8 as a whole.
"""

_NO_CHARACTER = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
"""What Python gives for the single bytes that cp932 leaves undefined (80, A0, FD-FF)."""


@dataclass(eq=False)
class NotText(Refused):
    """The file holds bytes that are no text in any accepted encoding; `line` counts from 1."""

    key: ClassVar[str] = "imports.not_text"
    line: int


@dataclass(eq=False)
class MixedEncoding(Refused):
    """One part of the file is UTF-8, another cp932.

    `line` is the first that differs from the start.
    """

    key: ClassVar[str] = "imports.mixed_encoding"
    line: int


def decode(data: bytes) -> str:
    """The text of `data`.  Raises NotText, MixedEncoding."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding)
    marked = data.startswith(codecs.BOM_UTF8)
    if marked:
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        raise NotText(data[: data.index(b"\0")].count(b"\n") + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        if marked:
            raise NotText(data[: exc.start].count(b"\n") + 1) from exc
    return _cp932(data)


def _cp932(data: bytes) -> str:
    """`data`, which is not UTF-8 as a whole, as cp932."""
    kinds = [(number, _is_utf8(line)) for number, line in _foreign_lines(data)]
    utf8 = [number for number, sure in kinds if sure]
    other = [number for number, sure in kinds if sure is False]
    if utf8 and other:
        raise MixedEncoding(max(utf8[0], other[0]))
    text = _strict(data, "cp932")
    stray = _NO_CHARACTER.search(text)
    if stray is not None:
        raise NotText(text[: stray.start()].count("\n") + 1)
    return text


def _foreign_lines(data: bytes) -> list[tuple[int, bytes]]:
    return [
        (number, line) for number, line in enumerate(data.split(b"\n"), 1) if not line.isascii()
    ]


def _is_utf8(line: bytes) -> bool | None:
    """True = surely UTF-8, False = surely not, None = half-width kana may pass for it by chance."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True if _JAPANESE_UTF8.search(line) else None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise NotText(data[: exc.start].count(b"\n") + 1) from exc
