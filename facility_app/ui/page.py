"""What a page is: a fixed head, a scrolling middle, a fixed bar with the actions.

Use::

    class DeskPage(Page):
        def __init__(self, ctx):
            super().__init__(ctx)
            self.head.addWidget(scan)               # fixed, above
            self.content.addWidget(columns, 1)      # scrolls
            self.act_row.addWidget(button)          # fixed, below
        def refresh(self): ...            # shown, or the data changed
        def open(self, **args): ...       # arguments of ctx.navigate(key, **args), before refresh
        def focus_first(self): ...
        def scan(self, text): ...         # a scanner burst that arrived anywhere in the window
        def can_leave(self) -> bool: ...  # False keeps the person here; say why
        def clear_secrets(self): ...      # cover, lock
        def main_button(self): ...        # Enter presses it wherever nothing else wants Enter

    PageSpec("desk", "swap_horiz", "nav-desk", Permission.VIEW_DESK, DeskPage)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from facility_app.domain.access import Permission
from facility_app.i18n import ErrorText
from facility_app.ui.context import UiContext
from facility_app.ui.dress import Dress
from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.banner import Banner
from facility_app.ui.widgets.error_panel import ErrorPanel
from facility_app.ui.widgets.levels import Level


@dataclass(frozen=True)
class PageSpec:
    """One entry of the navigation.  `permission` None = everybody who is unlocked."""

    key: str
    icon: str
    title: str
    """Message id of the word in the navigation."""
    permission: Permission | None
    factory: Callable[[UiContext], Page]
    searchable: bool = False
    """Whether F2 leads here (the first such page)."""
    in_navigation: bool = True
    in_person_menu: bool = False
    """Whether the menu behind the person's name leads here: what is not part of the day's work
    (at most eight entries stand in the navigation)."""
    while_on: Permission | None = None
    """A part of the program that is off by default stands in the navigation while it is on; before
    that only for who has this right (None: the page is always there)."""
    gives_way: bool = False
    """Whether it leaves the navigation for the person's menu where more than eight would stand."""
    under: str = ""
    """The entry that is marked while a page without one of its own is shown."""


class ActionBar(QFrame):
    """The fixed bar under a page; hidden while it is empty."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.row = Row(theme, self, margins=(24, 12, 22, 12), spacing=16)
        theme.changed.connect(self.update)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface and a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolor("surface"))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()


class Page(QWidget):
    """Base of every page."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        Dress(self.theme, self)
        outer = Column(self.theme, self, spacing=0)
        self._head_box = QWidget()
        self._head = Row(self.theme, self._head_box, margins=(24, 16, 22, 8), spacing=8)
        self._head_box.hide()
        outer.addWidget(self._head_box)
        self._say_box = QWidget()
        say = Column(self.theme, self._say_box, margins=(24, 16, 22, 0), spacing=8)
        self.banner = Banner(self.theme, ctx.words("widgets-undo"))
        self.problem = ErrorPanel(self.theme, ctx.words("widgets-close"))
        say.addWidget(self.banner)
        say.addWidget(self.problem)
        for part in (self.banner, self.problem):
            part.installEventFilter(self)
        self._say_box.hide()
        outer.addWidget(self._say_box)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        self.content = Column(self.theme, inside, margins=(24, 16, 22, 16), spacing=16)
        self.area.setWidget(inside)
        outer.addWidget(self.area, 1)
        self.bar = ActionBar(self.theme)
        outer.addWidget(self.bar)

    @property
    def head(self) -> Row:
        """The fixed head's row; asking for it shows the head."""
        if self._head_box.isHidden():
            self._head_box.show()
            # 8 of the 16 under the head stay when the middle scrolls: the focus ring needs them
            self.content.set_margins((24, 8, 22, 16))
        return self._head

    @property
    def act_row(self) -> Row:
        """The fixed bar's row; asking for it shows the bar."""
        self.bar.show()
        return self.bar.row

    def open(self, **args: object) -> None:
        """Arguments of the navigation; the base has none."""

    def refresh(self) -> None:
        """Load what is shown."""

    def focus_first(self) -> None:
        """Put the focus where the next action begins; the base takes the first target."""
        for widget in self.findChildren(QWidget):
            tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tab and widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def scan(self, text: str) -> None:
        """A scanner burst; a page without a scan field ignores it."""

    def can_leave(self) -> bool:
        """Whether another page may be shown now."""
        return True

    def clear_secrets(self) -> None:
        """Forget half-typed secrets; `SecretEdit` does so by itself when hidden."""

    def main_button(self) -> QAbstractButton | None:
        """The button that Enter presses."""
        return None

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None:
        """An error in words, above the page's middle."""
        self.problem.show_text(text, level)

    def clear_problem(self) -> None:
        """The error is history."""
        self.problem.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The place for banner and problem takes room only while one of them is there."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._say_box.setVisible(not (self.banner.isHidden() and self.problem.isHidden()))
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter that no field wanted presses the main button."""
        button = self.main_button()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and button is not None and button.isEnabled():
            button.click()
            return
        super().keyPressEvent(event)
