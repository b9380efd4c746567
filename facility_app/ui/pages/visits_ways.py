"""受付方法: how this resident can be accepted at the desk that day, the first way opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.services.window_plan import ResidentPlan
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.visit_ways import PlanText, WayText, plan_text
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.disclosure import DisclosureButton
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop


class WayPart(QWidget):
    """One way: a line that opens what to say, what to bring, why, and where the rule is from."""

    def __init__(self, ctx: UiContext, way: WayText, *, opened: bool) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        box = Column(theme, self, spacing=0)
        level = Level(way.level)
        self.button = DisclosureButton(
            theme,
            text=way.name,
            number=way.number,
            icon=way.icon,
            chip=(way.state, level),
            strong=bool(way.number),
        )
        box.addWidget(self.button)
        self.details = QWidget()
        inside = Column(theme, self.details, margins=(48, 0, 8, 12), spacing=6)
        if way.say:
            inside.addWidget(Text(theme, way.say, size=20, bold=True, tone="primary"))
        for icon, tone, lines, size in (
            ("luggage", "text", way.bring, 18),
            ("help", "text", way.reasons, 16),
            ("remove", "text2", way.cannot, 16),
        ):
            for line in lines:
                inside.addWidget(_line(theme, icon, line, tone, size))
        inside.addWidget(Text(theme, way.source, size=16, tone="text2"))
        self.details.setAccessibleName(words("ways-details", way=way.name))
        box.addWidget(self.details)
        self.button.toggled.connect(self.details.setVisible)
        self.button.setChecked(opened)
        self.details.setVisible(opened)


def _line(theme: Theme, icon: str, text: str, tone: str, size: int) -> QWidget:
    box = QWidget()
    row = Row(theme, box, spacing=6)
    row.addWidget(IconLabel(theme, icon, size=size + 4, tone="text2"), 0, _TOP)
    row.addWidget(Text(theme, text, size=size, tone=tone), 1)
    return box


class WaysPanel(Card):
    """The ladder of one resident; `show_plan` again after anything has changed."""

    def __init__(self, ctx: UiContext, *, scrolls: bool = True) -> None:
        title = ctx.words("ways-title")
        super().__init__(ctx.theme, title=title, icon="stethoscope", padding=0, spacing=0)
        self.ctx, self.words = ctx, ctx.words
        self.parts: list[WayPart] = []
        self.closed: DisclosureButton | None = None
        self._shown: PlanText | None = None
        self._scroll = InnerScroll(ctx.theme, spacing=0, margins=8) if scrolls else None
        if self._scroll is not None:
            self.body.addWidget(self._scroll, 1)
            self._box = self._scroll.box
        else:
            holder = QWidget()
            self._box = Column(ctx.theme, holder, margins=8, spacing=0)
            self.body.addWidget(holder)

    def show_plan(self, plan: ResidentPlan) -> None:
        """Show this plan; the same one stays as it is, opened lines too."""
        shown = plan_text(self.words, plan)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        self._top(shown)
        self.parts = [
            WayPart(self.ctx, way, opened=number == 0) for number, way in enumerate(shown.ways)
        ]
        for part in self.parts:
            self._box.addWidget(part)
        if shown.closed:
            self._add_closed(shown.closed)
        self._box.addStretch(1)

    def _top(self, shown: PlanText) -> None:
        theme = self.theme
        if shown.missing:
            self._box.addWidget(Notice(theme, Level.WARN, shown.missing))
        if shown.blocked:
            self._box.addWidget(Notice(theme, Level.BLOCK, shown.blocked))
        for text in shown.warnings:
            self._box.addWidget(_line(theme, "info", text, "text", 16))
        if shown.along:
            title = Text(theme, self.words("ways-along"), size=16, tone="text2")
            self._box.addWidget(title)
            for text in shown.along:
                self._box.addWidget(_line(theme, "luggage", text, "text", 18))

    def _add_closed(self, ways: Sequence[WayText]) -> None:
        """The other ways, and why they are closed, behind one line."""
        self.closed = DisclosureButton(
            self.theme,
            text=self.words("ways-closed", count=str(len(ways))),
            icon="block",
            strong=False,
        )
        self._box.addWidget(self.closed)
        inside = QWidget()
        box = Column(self.theme, inside, margins=(8, 0, 0, 8), spacing=0)
        for way in ways:
            box.addWidget(WayPart(self.ctx, way, opened=False))
        self._box.addWidget(inside)
        inside.hide()
        self.closed.toggled.connect(inside.setVisible)

    def _clear(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.parts, self.closed = [], None
