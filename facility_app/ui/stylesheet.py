"""The style sheet for the controls that Qt paints: fields, lists, tables, scroll bars.

Everything with icon, word and key cap is painted by its own widget, because a style sheet can
neither recolour an icon nor put an outline outside a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from facility_app.ui.assets import asset

_SHEET = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: ${p8}px; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox, QTimeEdit, QDateEdit {
  background: $surface; color: $text; border: 1px solid $border; border-radius: ${p8}px;
  padding: 0 ${p12}px; min-height: ${field}px; font-family: "$family"; font-size: ${p18}px;
  selection-background-color: $primary; selection-color: $on_primary;
  placeholder-text-color: $text2;
}
QPlainTextEdit { padding: ${p8}px ${p12}px; }
QLineEdit[tall="true"] { min-height: ${tall_field}px; font-size: ${p20}px; }
QLineEdit[level="block"] { border: 2px solid $danger; }
QLineEdit:read-only { background: $bg; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: $disabled; color: $disabled_text; }
QComboBox { padding-right: ${p40}px; }
QComboBox::drop-down { border: none; width: ${p40}px; }
QComboBox::down-arrow { image: url("$arrow"); width: ${p24}px; height: ${p24}px; }
QComboBox QAbstractItemView, QListView#choices {
  background: $surface; color: $text; border: 1px solid $border; outline: none;
  selection-background-color: $tint; selection-color: $primary; }
QComboBox QAbstractItemView::item { min-height: ${p48}px; padding: 0 ${p12}px; }
QTableView, QTreeView, QListView {
  background: $surface; color: $text; border: none; outline: none; font-size: ${p18}px;
  selection-background-color: $tint; selection-color: $text; gridline-color: $line; }
QTableView { border: 1px solid $line; border-radius: ${p8}px; }
QHeaderView { background: $surface; }
QHeaderView::section {
  background: $surface; color: $text2; border: none; border-bottom: 2px solid $border;
  padding: 0 ${p8}px; min-height: ${p36}px; font-size: ${p16}px; font-weight: 400; }
QTabBar { background: transparent; font-size: ${p18}px; }
QTabBar::tab {
  background: transparent; color: $text; min-height: ${p52}px; padding: 0 ${p20}px;
  border: none; border-bottom: ${p4}px solid transparent; }
QTabBar::tab:selected { color: $primary; font-weight: 700; border-bottom: ${p4}px solid $primary; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QScrollBar:vertical { background: transparent; width: ${p16}px; margin: 0; }
QScrollBar::handle:vertical {
  background: $border; border-radius: ${p4}px; min-height: ${p48}px; margin: ${p4}px ${p3}px; }
QScrollBar:horizontal { background: transparent; height: ${p16}px; margin: 0; }
QScrollBar::handle:horizontal {
  background: $border; border-radius: ${p4}px; min-width: ${p48}px; margin: ${p3}px ${p4}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
  background: $muted; border: none; border-radius: ${p6}px; height: ${p12}px;
  max-height: ${p12}px; }
QProgressBar::chunk { background: $primary; border-radius: ${p6}px; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: ${p8}px; }
QMenu::item { min-height: ${p48}px; padding: 0 ${p24}px; }
QMenu::item:selected { background: $tint; color: $primary; }
""")

_SIZES = (3, 4, 6, 8, 12, 16, 18, 20, 24, 36, 40, 48, 52)
_COLOURS = (
    *("bg", "surface", "text", "text2", "line", "border", "primary", "on_primary", "tint"),
    *("danger", "muted", "disabled", "disabled_text"),
)


def build_stylesheet(color: Callable[[str], str], px: Callable[[float], int], family: str) -> str:
    """The application's style sheet for one theme and one zoom."""
    values: dict[str, object] = {name: color(name) for name in _COLOURS}
    values |= {f"p{size}": px(size) for size in _SIZES}
    # the outline is 1 px at every zoom and stands outside the height that a style sheet sets
    values |= {"field": px(48) - 2, "tall_field": px(56) - 2}
    dark = int(color("surface")[1:3], 16) < 0x80
    arrow = asset("theme", "arrow-light.svg" if dark else "arrow-dark.svg")
    return _SHEET.substitute(values, family=family, arrow=arrow.as_posix())
