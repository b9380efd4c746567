"""The line of a rule file on which an entry stands, so that who mends it need not search."""

from __future__ import annotations

import re

_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<nth>\d+)\])?")


def line_of(text: str, place: str) -> int:
    """The line (from 1) of `place` (``step[3].due.n``) in a TOML text.

    Where the entry itself is missing, the line of the nearest thing around it; 0 for no place.
    """
    lines = text.split("\n")
    first, last, found, path = 0, len(lines), int(bool(place)), ""
    for step in _STEP.finditer(place):
        name, nth = step["name"], int(step["nth"] or 1)
        path = f"{path}.{name}" if path else name
        heads = [n for n in range(first, last) if _is_head(lines[n], path)]
        if len(heads) >= nth:
            first = heads[nth - 1]
            last = _end(lines, first + 1, last, path)
            found = first + 1
            continue
        own = next((n for n in range(first, last) if _is_key(lines[n], name)), None)
        if own is None:
            break
        first, found = own, own + 1
    return found


def _is_head(line: str, path: str) -> bool:
    return re.match(rf"\s*\[\[?\s*{re.escape(path)}\s*\]", line) is not None


def _is_key(line: str, name: str) -> bool:
    return re.match(rf"""\s*["']?{re.escape(name)}["']?\s*=""", line) is not None


def _end(lines: list[str], first: int, last: int, path: str) -> int:
    """The first line that no longer belongs to the table `path`."""
    inner = re.compile(rf"\s*\[\[?\s*{re.escape(path)}\.")
    for n in range(first, last):
        if re.match(r"\s*\[\[?[^\]]+\]\]?\s*(#.*)?$", lines[n]) and not inner.match(lines[n]):
            return n
    return last
