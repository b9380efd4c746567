"""The colour table keeps its contrast, and sizes follow the zoom."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from facility_app.config import resources
from facility_app.ui.icons import NoSuchIcon, pixmap
from facility_app.ui.layouts import Column, Columns, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode, contrast, load_tokens
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.levels import STYLES
from facility_app.ui.widgets.text import Text

WORDS = {
    "text": ("surface", "bg", "tint", "warn_tint", "late_tint", "danger_tint", "ok_tint"),
    "text2": ("surface", "bg", "tint"),
    "primary": ("surface", "bg", "tint"),
    "on_primary": ("primary", "primary_hover", "primary_pressed"),
    "ok_text": ("surface", "ok_tint"),
    "warn_text": ("surface", "warn_tint"),
    "late_text": ("surface", "late_tint"),
    "danger_text": ("surface", "danger_tint"),
    "danger_fill": ("surface",),
    "on_warn": ("warn_fill",),
    "on_strip": ("strip",),
    "on_fill": ("primary", "ok_text", "late_text", "danger_fill"),
    "disabled_text": ("disabled",),
    "on_staff": tuple(f"staff_{number}" for number in range(1, 7)),
}
MARKS = {
    "ok": ("surface", "ok_tint"),
    "warn": ("surface", "warn_tint"),
    "late": ("surface", "late_tint"),
    "danger": ("surface", "danger_tint"),
    "border": ("surface", "bg"),
    "focus_outline": ("surface", "bg"),
    "focus_ring": ("focus_outline",),
}


@pytest.mark.parametrize("mode", Mode)
def test_words_have_a_contrast_of_seven_and_marks_of_four_and_a_half(mode: Mode) -> None:
    colours = load_tokens()[mode]
    low = [
        (token, behind, round(contrast(colours[token], colours[behind]), 2))
        for table, least in ((WORDS, 7.0), (MARKS, 4.5))
        for token, places in table.items()
        for behind in places
        if contrast(colours[token], colours[behind]) < least
    ]
    assert low == []


def test_the_figures_beside_the_colours_are_true() -> None:
    mode, seen = Mode.LIGHT, 0
    tokens = load_tokens()
    table = (resources() / "theme" / "tokens.toml").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("["):
            mode = Mode(line.strip("[]"))
        found = re.match(r"(\w+)\s*= \"#\w+\"\s*# .*?\| on (.*?)(?: \||$)", line)
        if found is None:
            continue
        token = found.group(1)
        for behind, figure in re.findall(r"(\w+) ([\d.]+)", found.group(2)):
            seen += 1
            colours = tokens[mode]
            assert contrast(colours[token], colours[behind]) == pytest.approx(
                float(figure), abs=0.011
            ), f"{mode} {token} on {behind}"
    assert seen > 100


def test_the_three_themes_name_the_same_colours() -> None:
    names = {frozenset(colours) for colours in load_tokens().values()}
    assert len(names) == 1
    assert all(
        {style.color, style.text, style.tint} <= next(iter(names)) for style in STYLES.values()
    )


def test_zoom_goes_by_steps_stays_within_80_and_200_and_is_remembered(theme: Theme) -> None:
    kept: list[tuple[Mode, int]] = []
    theme.remember = lambda mode, zoom: kept.append((mode, zoom))
    theme.step_zoom(1)
    theme.set_zoom(500)
    theme.step_zoom(1)
    assert theme.zoom == 200
    theme.set_zoom(10)
    theme.set_mode(Mode.DARK)
    theme.step_zoom(0)
    assert kept == [
        (Mode.LIGHT, 110),
        (Mode.LIGHT, 200),
        (Mode.LIGHT, 80),
        (Mode.DARK, 80),
        (Mode.DARK, 100),
    ]
    theme.restore(Mode.LIGHT, 150)
    assert (theme.zoom, theme.compact, len(kept)) == (150, True, 5)


def test_widgets_and_layouts_follow_the_zoom_while_they_live(
    qapp: QApplication, theme: Theme
) -> None:
    columns = Columns(theme, (1, 1))
    first, second = ActionButton(theme, "a"), Text(theme, "b", size=20)
    columns.add(first)
    columns.add(second)
    Sized(theme, second, width=100)
    layout = Column(theme, margins=16, spacing=8)
    theme.set_zoom(200)
    qapp.processEvents()
    assert first.sizeHint().height() == 96
    assert second.width() == 200
    assert second.sizeHint().height() == 56
    assert layout.spacing() == 16
    columns.resize(800, 600)
    columns.show()
    qapp.processEvents()
    assert second.y() > first.y()  # one column from 150 %
    columns.close()


def test_icons_take_the_colour_and_an_unknown_name_is_refused(qapp: QApplication) -> None:
    picture = pixmap("lock-fill", 24, "#ff0000").toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}
    with pytest.raises(NoSuchIcon):
        pixmap("no-such-icon", 24, "#ff0000")


def test_every_icon_that_the_screens_name_is_there() -> None:
    ui = Path(__file__).parents[2] / "facility_app" / "ui"
    named: set[str] = set()
    for path in ui.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"icon(?:_name)?=\"([\w-]+)\"", source))
        named |= set(re.findall(r"PageSpec\(\s*\"\w+\",\s*\"([\w-]+)\"", source))
        named |= set(re.findall(r"IconLabel\(\s*[\w.]*theme,\s*\"([\w-]+)\"", source))
    named |= {style.icon for style in STYLES.values()}
    missing = [n for n in sorted(named) if not (resources() / "icons" / f"{n}.svg").is_file()]
    assert len(named) > 20
    assert missing == []
