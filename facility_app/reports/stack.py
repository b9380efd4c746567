"""Bricks under each other on sheets of paper: each knows its height and is never torn apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from facility_app.reports.page import Draw, Sheet

Lay = Callable[[Sheet, float], object]
"""Draws a brick whose top is at the given distance from the top of the page, in points."""


@dataclass(frozen=True)
class Brick:
    """One piece of a page.  `height` in points; `joined`: it stays with the one that follows."""

    height: float
    lay: Lay
    joined: bool = False


def sheets_of(bricks: Iterable[Brick], top: float, bottom: float) -> list[Draw]:
    """Pages filled with `bricks` between `top` and `bottom`, both from the top of the page.

    A brick higher than a page stands on one of its own and runs over its end.
    """
    pages: list[list[tuple[float, Brick]]] = [[]]
    y = top
    for group in _groups(bricks):
        height = sum(brick.height for brick in group)
        if pages[-1] and y + height > bottom:
            pages.append([])
            y = top
        for brick in group:
            pages[-1].append((y, brick))
            y += brick.height
    return [partial(_draw, placed=page) for page in pages]


def _groups(bricks: Iterable[Brick]) -> list[list[Brick]]:
    """Bricks that must stand on one page."""
    groups: list[list[Brick]] = []
    joins = False
    for brick in bricks:
        if joins:
            groups[-1].append(brick)
        else:
            groups.append([brick])
        joins = brick.joined
    return groups


def _draw(sheet: Sheet, placed: Sequence[tuple[float, Brick]]) -> None:
    for y, brick in placed:
        brick.lay(sheet, y)
