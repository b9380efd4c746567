"""The field for PINs keeps no text, and the picture of one is gone when it should be."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facility_app.secret import Secret
from facility_app.ui.bursts import BurstWatcher
from facility_app.ui.capture import exclude_from_capture, is_excluded
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.pin_edit import PinEdit, wipe_all
from facility_app.ui.widgets.pin_picture import PictureWords, PinPicture
from tests.ui.keys import press

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_LAST = QAccessible.Text.UserText
WORDS = PictureWords("a PIN is shown", "put the pointer here", lambda seconds: f"{seconds} s")


@dataclass
class Heard:
    """What a field told."""

    edits: int = 0
    refusals: list[str] = field(default_factory=list)

    def edited(self) -> None:
        self.edits += 1


def held(secret: Secret) -> bytes:
    with secret:
        return secret.copy_bytes()


@pytest.fixture
def edit(qtbot: QtBot, theme: Theme) -> PinEdit:
    edit = PinEdit(theme, name="PIN")
    qtbot.addWidget(edit)
    edit.resize(384, 64)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


# --- typing ---------------------------------------------------------------------------------------


def test_keys_go_in_and_leave_as_a_secret_once(edit: PinEdit) -> None:
    press(edit, "7031")
    assert len(edit) == 4
    assert held(edit.take()) == b"7031"
    assert edit.is_empty()
    assert held(edit.take()) == b""


def test_backspace_takes_the_last_one_away_and_overwrites_it(edit: PinEdit) -> None:
    press(edit, "70")
    edit_key(edit, Qt.Key.Key_Backspace)
    with edit.looked_at() as content:
        assert bytes(content) == b"7"
    assert bytes(edit._held[:3]) == b"7\x00\x00"
    edit_key(edit, Qt.Key.Key_Backspace)
    edit_key(edit, Qt.Key.Key_Backspace)
    assert edit.is_empty()


def edit_key(
    edit: PinEdit, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, key, modifier, ""))


def test_the_content_lies_in_one_buffer_that_never_moves(edit: PinEdit) -> None:
    buffer = edit._held
    press(edit, "a" * 200)
    edit.clear()
    press(edit, "b" * 40)
    assert edit._held is buffer
    assert len(buffer) == 128


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_V, CONTROL),
        (Qt.Key.Key_Insert, SHIFT),
        (Qt.Key.Key_Paste, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_nothing_can_be_pasted(edit: PinEdit, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QApplication.clipboard().setText("7031")
    heard = listen(edit)
    edit_key(edit, key, modifier)
    assert edit.is_empty()
    assert heard.refusals == ["paste"]
    QApplication.clipboard().clear()


def listen(edit: PinEdit) -> Heard:
    heard = Heard()
    edit.edited.connect(heard.edited)
    edit.refused.connect(heard.refusals.append)
    return heard


def test_nothing_can_be_copied_selected_or_undone(edit: PinEdit) -> None:
    QApplication.clipboard().setText("before")
    press(edit, "7031")
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Z):
        edit_key(edit, key, CONTROL)
    assert len(edit) == 4
    assert QApplication.clipboard().text() == "before"
    QApplication.clipboard().clear()


def test_a_field_for_digits_takes_digits_and_no_more_than_fit(edit: PinEdit) -> None:
    edit.set_rule(4, digits=True)
    heard = listen(edit)
    press(edit, "7a031")
    press(edit, "9")
    assert heard.refusals == ["character", "full"]
    assert held(edit.take()) == b"7031"


def test_full_width_digits_count_as_the_digits_they_are(edit: PinEdit) -> None:
    press(edit, "７０３１")
    assert held(edit.take()) == b"7031"


def test_letters_of_other_scripts_are_refused(edit: PinEdit) -> None:
    heard = listen(edit)
    press(edit, "あé")
    assert edit.is_empty()
    assert heard.refusals == ["character", "character"]


def test_text_of_more_than_one_character_is_not_typed(edit: PinEdit) -> None:
    many = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, CONTROL & ~CONTROL, "7031")
    QApplication.sendEvent(edit, many)
    assert edit.is_empty()


def test_no_input_method_and_no_menu(edit: PinEdit) -> None:
    assert not edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(edit, menu)
    assert QApplication.activePopupWidget() is None
    assert not edit.acceptDrops()


def test_enter_goes_to_who_listens_else_to_the_dialog(qtbot: QtBot, edit: PinEdit) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(edit, event)
    assert not event.isAccepted()
    with qtbot.waitSignal(edit.submitted):
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_fast_keys_are_never_collected_by_the_scan_watcher(qtbot: QtBot, edit: PinEdit) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scans: list[str] = []
    watcher = BurstWatcher(app, scans.append, now_ms=lambda: 0.0)
    press(edit, "70317031")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert scans == []
    assert watcher._burst.text == ""
    assert len(edit) == 8


def test_two_fields_are_compared_without_taking_them(
    qtbot: QtBot, theme: Theme, edit: PinEdit
) -> None:
    again = PinEdit(theme, name="again")
    qtbot.addWidget(again)
    again.show()
    press(edit, "7031")
    press(again, "703")
    assert not edit.same_as(again)
    press(again, "1")
    assert edit.same_as(again)


# --- wiping ---------------------------------------------------------------------------------------


def test_hiding_wipes(edit: PinEdit) -> None:
    press(edit, "7031")
    edit.hide()
    assert edit.is_empty()
    assert not any(edit._held)


def test_everything_is_wiped_at_once_for_cover_and_lock(
    qtbot: QtBot, theme: Theme, edit: PinEdit
) -> None:
    other = PinEdit(theme, name="other")
    qtbot.addWidget(other)
    for one in (edit, other):
        press(one, "7031")
    wipe_all()
    assert edit.is_empty()
    assert other.is_empty()
    assert not any(edit._held)


def test_what_was_typed_stands_in_no_text_of_the_field(edit: PinEdit) -> None:
    press(edit, "w1k8zq")
    told = QAccessible.queryAccessibleInterface(edit)
    texts = [str(value) for value in vars(edit).values() if not isinstance(value, bytearray)]
    texts += [told.text(which) for which in QAccessible.Text if which is not _LAST]
    texts += [edit.toolTip(), edit.statusTip(), edit.accessibleName(), repr(edit)]
    assert not any("w1k" in text for text in texts)
    assert held(edit.take()) == b"w1k8zq"


# --- what it looks like, and what is heard --------------------------------------------------------


def test_it_is_no_line_edit_but_a_password_field_to_a_screen_reader(edit: PinEdit) -> None:
    assert not isinstance(edit, QLineEdit)
    press(edit, "703")
    told = QAccessible.queryAccessibleInterface(edit)
    assert told.role() is QAccessible.Role.EditableText
    assert told.state().passwordEdit
    assert told.state().focusable
    assert told.text(QAccessible.Text.Name) == "PIN"
    assert told.text(QAccessible.Text.Value) == "●●●"


@pytest.mark.parametrize("mode", Mode)
def test_dots_and_never_figures_are_painted(
    qtbot: QtBot, edit: PinEdit, theme: Theme, mode: Mode
) -> None:
    theme.set_mode(mode)
    pictures = []
    for keys in ("7031", "1888"):
        press(edit, keys)
        pictures.append(edit.grab().toImage())
        edit.clear()
    assert pictures[0] == pictures[1]
    assert edit.grab().toImage() != pictures[0]


def test_many_dots_stay_inside_the_field(edit: PinEdit) -> None:
    press(edit, "a" * 128)
    image = edit.grab().toImage()
    column = image.width() - 4
    ink = {image.pixelColor(column, y).name() for y in range(8, 56)}
    assert ink == {edit.theme.color("surface")}


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_is_as_high_as_the_other_big_fields(edit: PinEdit, theme: Theme, zoom: int) -> None:
    theme.set_zoom(zoom)
    assert edit.sizeHint().height() == theme.px(64)
    assert edit.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_a_label_names_it_and_says_what_is_wrong(qtbot: QtBot, theme: Theme) -> None:
    edit = PinEdit(theme)
    label = LabeledField(theme, "new PIN", edit)
    qtbot.addWidget(label)
    label.show()
    label.show_problem("four digits")
    told = QAccessible.queryAccessibleInterface(edit)
    assert told.text(QAccessible.Text.Name) == "new PIN"
    assert told.text(QAccessible.Text.Description) == "four digits"


# --- the picture ----------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 320)
    QVBoxLayout(window)
    return window


def shown(qtbot: QtBot, theme: Theme, window: QWidget, seconds: float = 20.0) -> PinPicture:
    picture = PinPicture(theme, WORDS, seconds=seconds)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(picture)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    picture.show_picture(40, 20, bytes([0, 255] * 400))
    return picture


def point_at(widget: QWidget, inside: bool) -> None:
    """The pointer comes or goes; a screen without a mouse tells nobody by itself."""
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
    at = QPointF(10, 10)
    event = QEnterEvent(at, at, at) if inside else QEvent(QEvent.Type.Leave)
    QApplication.sendEvent(widget, event)


def test_it_is_seen_only_under_the_pointer(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    sheet = shown(qtbot, theme, window).sheet
    point_at(sheet, inside=False)
    covered = sheet.grab().toImage()
    assert sheet.covered
    point_at(sheet, inside=True)
    assert not sheet.covered
    assert sheet.grab().toImage() != covered
    point_at(sheet, inside=False)
    assert sheet.grab().toImage() == covered


def test_without_a_mouse_the_held_space_key_uncovers(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    sheet = shown(qtbot, theme, window).sheet
    point_at(sheet, inside=False)
    assert sheet.hasFocus()
    qtbot.keyPress(sheet, Qt.Key.Key_Space)
    assert not sheet.covered
    qtbot.keyRelease(sheet, Qt.Key.Key_Space)
    assert sheet.covered


def test_another_window_in_front_covers_it(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    sheet = shown(qtbot, theme, window).sheet
    point_at(sheet, inside=True)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert sheet.covered


def test_when_the_time_is_over_the_pixels_are_overwritten(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    picture = PinPicture(theme, WORDS, seconds=0.2)
    with qtbot.waitSignal(picture.ended):
        layout = window.layout()
        assert layout is not None
        layout.addWidget(picture)
        window.show()
        picture.show_picture(40, 20, bytes([0, 255] * 400))
        pixels = picture.sheet._pixels
        assert any(pixels)
    assert len(pixels) == 800
    assert not any(pixels)
    assert picture.sheet.covered


def test_hiding_it_overwrites_too(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    picture = shown(qtbot, theme, window)
    pixels = picture.sheet._pixels
    window.hide()
    assert not any(pixels)


@pytest.mark.parametrize("before", [True, False])
def test_the_window_is_kept_out_of_captures_meanwhile(
    qtbot: QtBot, theme: Theme, window: QWidget, before: bool
) -> None:
    exclude_from_capture(window, before)
    picture = shown(qtbot, theme, window)
    assert is_excluded(window)
    picture.wipe()
    assert is_excluded(window) is before


def test_a_screen_reader_hears_only_that_a_pin_is_shown(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    sheet = shown(qtbot, theme, window).sheet
    told = QAccessible.queryAccessibleInterface(sheet)
    assert told.text(QAccessible.Text.Name) == WORDS.name
    assert told.text(QAccessible.Text.Value) == ""
    assert sheet.text() == ""


def test_pixels_of_another_size_are_no_picture(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    picture = shown(qtbot, theme, window)
    with pytest.raises(ValueError, match="another size"):
        picture.show_picture(40, 20, bytes(10))
