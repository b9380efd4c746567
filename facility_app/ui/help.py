"""F1: what the page is for and what the next steps are, beside the page and never modal."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.main_window import MainWindow
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

WIDTH = 400
KEYS = (
    *("unlock", "wizard", "today", "desk", "residents"),
    *("visits", "departure", "house-call", "clinics", "visit-results"),
    *("cards", "reader-test", "lost", "lost-drill"),
    *("pins", "pin-vault"),
    *("stocktake", "log", "reports", "charts", "checkpoint", "review", "staff", "settings"),
)
"""Pages with help of their own; the others show the general one."""


class HelpPanel(QFrame):
    """Lies over the right side of the window until Esc, F1 or its button closes it."""

    def __init__(self, ctx: UiContext, host: QWidget) -> None:
        super().__init__(host)
        self.ctx, self._host = ctx, host
        self.setObjectName("overlay")
        outer = Column(ctx.theme, self, spacing=0)
        self.card = Card(ctx.theme, padding=0, spacing=0)
        outer.addWidget(self.card)
        self.card.body.addWidget(self._build_head())
        self.area = self._build_area()
        self.card.body.addWidget(self.area, 1)
        host.installEventFilter(self)
        ctx.theme.changed.connect(self._place)
        self.hide()

    def _build_head(self) -> QWidget:
        ctx = self.ctx
        head = QWidget()
        row = Row(ctx.theme, head, margins=(16, 8, 8, 8), spacing=8)
        row.addWidget(IconLabel(ctx.theme, "help-fill", size=28, tone="primary"))
        self.title = Text(ctx.theme, size=24, bold=True)
        row.addWidget(self.title, 1)
        self.close_button = ActionButton(
            ctx.theme, ctx.words("widgets-close"), kind=Kind.GREY, icon="close", key="Esc",
            shortcut=False,
        )  # fmt: skip
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button)
        return head

    def _build_area(self) -> QScrollArea:
        ctx = self.ctx
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("page")
        box = Column(ctx.theme, inside, margins=(16, 8, 16, 16), spacing=12)
        self.text = Text(ctx.theme)
        box.addWidget(self.text)
        box.addStretch(1)
        area.setWidget(inside)
        area.setAccessibleName(ctx.words("shell-help"))
        return area

    def show_page(self, key: str) -> None:
        """The help of the page `key`."""
        name = key if key in KEYS else "general"
        self.title.set(self.ctx.words(f"help-{name}-title"))
        text = self.ctx.words(f"help-{name}")
        self.text.set(f"{text}\n\n{self.ctx.words('help-keys')}")
        self.setAccessibleName(self.title.text())
        self._place()
        self.show()
        self.raise_()
        self.close_button.setFocus()
        self.ctx.announce(self.title.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge."""
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        px = self.ctx.theme.px
        wide = min(px(WIDTH), self._host.width() - px(32))
        top = px(72)
        self.setGeometry(
            self._host.width() - wide - px(16), top, wide, self._host.height() - top - px(16)
        )


class HelpPanels(QObject):
    """F1 shows and hides the panel; another page takes it away."""

    def __init__(self, ctx: UiContext, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = HelpPanel(ctx, window.host())
        self._before: QWidget | None = None
        window.help_wanted.connect(self.toggle)
        window.page_shown.connect(lambda _key: self.panel.hide())
        ctx.session.changed.connect(self.panel.hide)
        self._status = window.status
        self._keys = [QShortcut(QKeySequence(key), window) for key in ("F1", "F2")]
        self._keys[0].activated.connect(lambda: self.toggle(_present(window)))
        self._keys[1].activated.connect(window.search)
        window.status.installEventFilter(self)

    def toggle(self, key: str) -> None:
        """Show the help of `key`, or hide the panel."""
        if self.panel.isVisible():
            self.panel.hide()
        else:
            self.panel.show_page(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar's own buttons have these keys while it is shown; two owners would block both."""
        if watched is self._status and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            for key in self._keys:
                key.setEnabled(event.type() is QEvent.Type.Hide)
        return False


def _present(window: MainWindow) -> str:
    if window.ctx.session.unlocked:
        return window.current_key
    page = window.lock_page
    return str(getattr(page, "help_key", "unlock"))
