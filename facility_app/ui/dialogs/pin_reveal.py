"""A PIN on the screen for twenty seconds, as a picture; then it is gone, and so is the dialog."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt

from facility_app.domain.pins import REVEAL_LASTS
from facility_app.services.pin_views import PinView
from facility_app.ui.context import UiContext
from facility_app.ui.viewmodels.pins import kind_text
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.pin_picture import PictureWords, PinPicture
from facility_app.ui.widgets.text import Text


class Picture(Protocol):
    """What the vault's process gives: 8-bit grey, rows from the top without gaps."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def grey(self) -> bytes: ...


class RevealDialog(Dialog):
    """Closes by itself when the time is over; Esc closes it earlier."""

    def __init__(self, ctx: UiContext, pin: PinView, *, seconds: float | None = None) -> None:
        words = ctx.words
        super().__init__(
            ctx.theme,
            ctx.host(),
            title=words("pin-reveal-title"),
            icon="visibility",
            close=words("pin-reveal-close"),
            width=720,
        )
        self.ctx = ctx
        middle = Qt.AlignmentFlag.AlignHCenter
        who = f"{pin.name} {words('widgets-honorific')}"
        self.body.addWidget(Text(ctx.theme, who, size=24, bold=True, align=middle))
        kind = kind_text(words, pin.kind, pin.code)
        self.body.addWidget(Text(ctx.theme, kind, align=middle))
        said = PictureWords(
            name=words("pin-reveal-spoken"),
            covered=Text(ctx.theme, words("pin-reveal-covered")).text(),
            left=lambda left: words("pin-reveal-left", seconds=str(left)),
        )
        whole = REVEAL_LASTS.total_seconds() if seconds is None else seconds
        self.picture = PinPicture(ctx.theme, said, seconds=whole)
        self.picture.ended.connect(self.dismiss)
        self.body.addWidget(self.picture)
        self.body.addWidget(Text(ctx.theme, words("pin-reveal-note"), tone="text2", align=middle))
        self.closed.connect(self._gone)
        ctx.session.changed.connect(self.dismiss)

    def start(self, picture: Picture) -> None:
        """Show it for its time."""
        self.open(self.picture.sheet)
        self.picture.show_picture(picture.width, picture.height, picture.grey)
        self.ctx.announce(self.words_for_screen_readers)

    @property
    def words_for_screen_readers(self) -> str:
        """Only that a PIN is shown."""
        return self.picture.sheet.accessibleName()

    def _gone(self) -> None:
        self.picture.wipe()
        self.ctx.announce(self.ctx.words("pin-reveal-gone"))

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.dismiss()
