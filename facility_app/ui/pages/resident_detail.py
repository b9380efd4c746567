"""One resident: the head with the main button, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QTabBar, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.expiry import ExpiryState
from facility_app.services.resident_data import ResidentView
from facility_app.services.search import Presence
from facility_app.ui.context import UiContext
from facility_app.ui.icons import icon
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.pages.resident_insurance import InsuranceTab
from facility_app.ui.pages.resident_items import ItemsTab
from facility_app.ui.pages.resident_records import (
    AgreementsTab,
    HistoryTab,
    PapersTab,
    ProxiesTab,
    RecordsTab,
    VisitsTab,
)
from facility_app.ui.pages.shown_part import ShownPart
from facility_app.ui.viewmodels.residents import face_lines, is_long, state_mark, uncovered
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.resident import Face, ResidentHeader
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
TABS = ("items", "agreements", "proxies", "insurance", "visits", "history", "papers")
_GRAVE = (ExpiryState.SOON, ExpiryState.GRACE, ExpiryState.UNUSABLE)


class ResidentHead(Card):
    """Back, name with furigana, room and state, birth date and place, and the main button."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=16)
        theme, words = ctx.theme, ctx.words
        self.ctx = ctx
        self.back = ActionButton(
            theme, words("residents-back"), kind=Kind.GREY, icon="arrow_back", key="Esc"
        )
        self.who = ResidentHeader(theme)
        self.long_name = Text(theme, size=20, bold=True)
        self.room = Text(theme, size=20, bold=True)
        self.chip = Chip(theme, " ")
        self.slot = Text(theme, wraps=False)
        self.facts = Text(theme)
        self.sign_out = ActionButton(
            theme, words("residents-sign-out"), kind=Kind.FILLED, icon="output", key="F4", height=64
        )
        self._lay()

    def _lay(self) -> None:
        theme = self.ctx.theme
        facts = Column(theme, spacing=4)
        line = Row(theme, spacing=12)
        for widget in (self.room, self.chip, self.slot):
            line.addWidget(widget, 0, _MIDDLE)
        line.addStretch(1)
        facts.addLayout(line)
        facts.addWidget(self.facts)
        facts.addStretch(1)
        self._row = Row(theme, spacing=16)
        self._row.addWidget(self.back, 0, _MIDDLE)
        self._row.addWidget(self.who, 2)
        self._row.addLayout(facts, 3)
        self._row.addWidget(self.sign_out, 0, _MIDDLE)
        self.body.addWidget(self.long_name)
        self.body.addLayout(self._row)
        Sized(theme, self.sign_out, min_width=208)
        theme.changed.connect(self._direct)
        self._direct()

    def take_main(self) -> None:
        """Put the main button back into the head, from the page's bar where it stands enlarged."""
        self._row.addWidget(self.sign_out, 0, _MIDDLE)

    def _direct(self) -> None:
        """Side by side, or one below the other when enlarged."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if self.ctx.theme.compact else across)

    def show_view(self, view: ResidentView) -> None:
        """Show another resident."""
        words = self.ctx.words
        honorific = words("widgets-honorific")
        self.who.show_resident(Face(view.form.name, view.form.kana, honorific))
        long = is_long(view.form.name)
        self.who.setVisible(not long)
        self.long_name.set(f"{view.form.name} {honorific}" if long else "")
        self.long_name.setVisible(long)
        room, slot, facts = face_lines(words, view)
        for label, text in ((self.room, room), (self.slot, slot), (self.facts, facts)):
            label.set(text)
            label.setVisible(bool(text))
        mark = state_mark(words, view)
        self.chip.set(mark.words, Level(mark.level), mark.icon)
        may = self.ctx.session.may
        out = view.presence is Presence.OUT
        self.sign_out.setVisible(may(Permission.SIGN_OUT if not out else Permission.SIGN_IN))
        self.sign_out.set_text(words("residents-sign-in" if out else "residents-sign-out"))
        self.sign_out.set_icon("input" if out else "output")
        self.sign_out.setEnabled(bool(view.items))


class ResidentDetail(QWidget):
    """The tabs; `view` is what is shown."""

    back_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx = ctx
        self.view: ResidentView | None = None
        outer = Column(ctx.theme, self, spacing=8)
        self.head = ResidentHead(ctx)
        self.head.back.clicked.connect(self.back_wanted)
        outer.addWidget(self.head)
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(ctx.words("residents-tabs"))
        self._build_tabs(ctx)
        self.edit = ActionButton(
            ctx.theme, ctx.words("residents-edit-form"), kind=Kind.TEXT, icon="edit"
        )
        self._line = Row(ctx.theme, spacing=8)
        self._line.addWidget(self.bar, 1)
        self._line.addWidget(self.edit, 0, _MIDDLE)
        outer.addLayout(self._line)
        outer.addWidget(self.stack, 1)
        self._compact = ctx.theme.compact
        ctx.theme.changed.connect(self._rezoomed)
        self._direct()

    def _build_tabs(self, ctx: UiContext) -> None:
        self.items = ItemsTab(ctx)
        self.agreements, self.proxies = AgreementsTab(ctx), ProxiesTab(ctx)
        self.visits, self.history, self.papers = VisitsTab(ctx), HistoryTab(ctx), PapersTab(ctx)
        self.insurance = InsuranceTab(ctx)
        self.stack = ShownPart(ctx.theme)
        self.tabs: tuple[ItemsTab | RecordsTab | InsuranceTab, ...] = (
            self.items, self.agreements, self.proxies, self.insurance, self.visits, self.history,
            self.papers,
        )  # fmt: skip
        for name, tab in zip(TABS, self.tabs, strict=True):
            self.bar.addTab(ctx.words(f"residents-tab-{name}"))
            self.stack.add(tab)
        self.bar.currentChanged.connect(self.stack.show_index)

    def _direct(self) -> None:
        """Enlarged, the button stands under the tabs; the arrows of too many tabs are targets."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if self.ctx.theme.compact else across)
        self.bar.setStyleSheet(f"QTabBar::scroller {{ width: {self.ctx.theme.px(96)}px; }}")

    def choose(self, tab: str) -> None:
        """Show a tab by its name; an unknown name changes nothing."""
        if tab in TABS:
            self.bar.setCurrentIndex(TABS.index(tab))

    def _rezoomed(self) -> None:
        """Rows are laid out for one column or several: build them anew when that changes."""
        self._direct()
        if self._compact != self.ctx.theme.compact:
            self._compact = self.ctx.theme.compact
            if self.view is not None:
                self.show_view(self.view)

    def show_view(self, view: ResidentView) -> None:
        """Show a resident; the chosen tab stays when it is the same one."""
        if self.view is None or self.view.id != view.id:
            self.bar.setCurrentIndex(0)
        self.view = view
        self.head.show_view(view)
        self.edit.setVisible(self.ctx.session.may(Permission.MANAGE_RESIDENTS))
        for tab in self.tabs:
            tab.show_view(view)
        theme = self.ctx.theme
        self.bar.setIconSize(QSize(theme.px(24), theme.px(24)))
        grave = view.expiry in _GRAVE
        warn = icon(theme, "warning-fill", "warn")
        none = type(warn)()
        self.bar.setTabIcon(0, warn if grave else none)
        self.bar.setTabIcon(1, warn if uncovered(view) else none)
