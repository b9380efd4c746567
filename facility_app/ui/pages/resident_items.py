"""Tab 預かり品: every thing with the timeline of its dates, and one button with its next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import DateRole, ItemState
from facility_app.services.resident_data import DateLine, ItemView, ResidentView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.residents import item_detail, kind_name, next_step, uncovered
from facility_app.ui.viewmodels.timeline import timeline
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.timeline import PHASES, Border, Phase, Stage, Timeline

LABEL_WIDTH, BUTTON_WIDTH = 274, 144
_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
ROLE_ICONS = {
    DateRole.CERTIFICATE_EXPIRES: "verified_user-fill",
    DateRole.CARD_EXPIRES: "id_card-fill",
    DateRole.PAPER_EXPIRES: "description-fill",
}
STATE_LEVEL = {ItemState.OUT: Level.NOTICE, ItemState.LOST: Level.DANGER}


def timeline_widget(ctx: UiContext, line: DateLine, today: date) -> Timeline:
    """The drawn timeline of one date."""
    model = timeline(ctx.words, line, today)
    widget = Timeline(ctx.theme)
    widget.show_stages(
        [Stage(Phase(stage.phase), stage.words, stage.span) for stage in model.stages],
        present=model.present,
        at=model.at,
        borders=[Border(each.after, each.words, each.strong) for each in model.borders],
        spoken=model.spoken,
    )
    return widget


class Ruled(QFrame):
    """A row with a thin line above it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.ruled = True
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        if not self.ruled:
            return
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()


class Line(Ruled):
    """Label, middle, button: side by side, or one below the other when enlarged."""

    def __init__(
        self, theme: Theme, label: QWidget, middle: QWidget | None, button: QWidget | None
    ) -> None:
        super().__init__(theme)
        if theme.compact:
            column = Column(theme, self, margins=(16, 12, 16, 12), spacing=8)
            for widget in (label, middle, button):
                if widget is not None:
                    column.addWidget(widget)
            return
        row = Row(theme, self, margins=(16, 8, 14, 8), spacing=8)
        Sized(theme, label, width=LABEL_WIDTH)
        row.addWidget(label, 0, _MIDDLE)
        row.addWidget(middle if middle is not None else QWidget(), 1)
        place = button if button is not None else QWidget()
        Sized(theme, place, width=BUTTON_WIDTH)
        row.addWidget(place, 0, _MIDDLE)


class ItemLabel(QWidget):
    """Icon, name, and a small second line."""

    def __init__(
        self, theme: Theme, icon: str, title: str, detail: str, state: Chip | None
    ) -> None:
        super().__init__()
        row = Row(theme, self, spacing=12)
        row.addWidget(IconLabel(theme, icon, size=24, tone="text2"), 0, _MIDDLE)
        words = Column(theme, spacing=0)
        words.addWidget(Text(theme, title, bold=True))
        if detail:
            words.addWidget(Text(theme, detail, size=16, tone="text2"))
        if state is not None:
            words.addWidget(state, 0, Qt.AlignmentFlag.AlignLeft)  # else the column is as narrow
        row.addLayout(words, 1)


class ItemsTab(QWidget):
    """Signals carry an `ItemView`, `receive_wanted` nothing."""

    receive_wanted = Signal()
    edit_wanted = Signal(object)
    renew_wanted = Signal(object)
    forget_wanted = Signal(object)
    agree_wanted = Signal()
    lost_wanted = Signal(object)
    report_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx = ctx
        self.box = Column(ctx.theme, self, spacing=16)
        self._inside: QWidget | None = None

    def show_view(self, view: ResidentView) -> None:
        """Build the tab for this resident."""
        if self._inside is not None:
            self.box.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        box = Column(self.ctx.theme, self._inside, spacing=16)
        self.may = self.ctx.session.may(Permission.MANAGE_RESIDENTS)
        bare = uncovered(view)
        if bare:
            box.addWidget(self._bare_notice(bare))
        box.addWidget(self._card(view))
        if view.items and self.ctx.session.may(Permission.REPORT_LOST):
            box.addWidget(self._report(), 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.box.addWidget(self._inside)

    def _report(self) -> ActionButton:
        """Something of this resident is missing."""
        words = self.ctx.words
        button = ActionButton(
            self.ctx.theme, words("loss-report-this"), kind=Kind.TEXT, icon="search_off"
        )
        button.clicked.connect(self.report_wanted)
        return button

    def _bare_notice(self, bare: list[ItemView]) -> Notice:
        words = self.ctx.words
        names = words("list-separator").join(dict.fromkeys(kind_name(words, item) for item in bare))
        button = None
        if self.ctx.session.may(Permission.MANAGE_AGREEMENTS):
            button = ActionButton(self.ctx.theme, words("residents-agree"), icon="signature")
            button.clicked.connect(self.agree_wanted)
        return Notice(
            self.ctx.theme,
            Level.BLOCK,
            words("residents-uncovered"),
            words("residents-uncovered-text", kinds=names, why=words.term(bare[0].agreed)),
            action=button,
        )

    def _card(self, view: ResidentView) -> Card:
        theme, words = self.ctx.theme, self.ctx.words
        card = Card(theme, padding=0, spacing=0)
        card.body.addWidget(self._head(view))
        if not view.items:
            card.body.addWidget(
                EmptyState(
                    theme, icon="inventory_2", title=words("residents-items-none"),
                    text=words("residents-items-none-how"),
                )
            )  # fmt: skip
        for item in view.items:
            for line in self._lines(item, view):
                card.body.addWidget(line)
            if item.remembered:
                card.body.addWidget(self._remembered(item))
        return card

    def _head(self, view: ResidentView) -> QWidget:
        theme, words = self.ctx.theme, self.ctx.words
        head = QWidget()
        row = Row(theme, head, margins=(16, 8, 14, 8), spacing=8)
        title = Text(
            theme, words("residents-items-count", count=str(len(view.items))), size=20, bold=True,
            wraps=False,
        )  # fmt: skip
        start = QWidget()
        line = Row(theme, start, spacing=16)
        line.addWidget(title)
        line.addWidget(Text(theme, words("residents-today-mark"), size=16, tone="text2"))
        line.addStretch(1)
        row.addWidget(start)
        if not theme.compact:
            Sized(theme, start, width=LABEL_WIDTH)
            for state in ExpiryState:
                row.addWidget(_legend(theme, words.term(state), state), 1)
        else:
            row.addStretch(1)
        receive = ActionButton(theme, words("residents-receive"), icon="move_to_inbox")
        receive.clicked.connect(self.receive_wanted)
        if not theme.compact:
            Sized(theme, receive, width=BUTTON_WIDTH)
        row.addWidget(receive)  # before it is shown: a widget without a parent becomes a window
        receive.setVisible(self.may and view.discharged_on is None)
        return head

    def _lines(self, item: ItemView, view: ResidentView) -> list[QWidget]:
        theme, words = self.ctx.theme, self.ctx.words
        chip = None
        if item.state in STATE_LEVEL:
            chip = Chip(theme, words.term(item.state), STATE_LEVEL[item.state])
        step = "lost" if item.state is ItemState.LOST else next_step(item)
        kind = kind_name(words, item)
        detail = item_detail(words, item)
        if not item.lines:
            note = words("residents-dates-missing" if item.has_dates else "residents-no-dates")
            label = ItemLabel(theme, "import_contacts-fill", kind, detail, chip)
            text = Text(theme, note, tone="text2")
            return [Line(theme, label, text, self._button(item, step))]
        made: list[QWidget] = []
        for number, line in enumerate(item.lines):
            title = words(f"residents-role-{line.role.value}") if item.is_card else kind
            small = kind if item.is_card else detail
            if item.is_card and number == 0 and detail:
                small = words("residents-dot").join((kind, detail))
            label = ItemLabel(
                theme, ROLE_ICONS[line.role], title, small, chip if number == 0 else None
            )
            shown = step if number == 0 else "edit" if step == "renew" and number == 1 else ""
            middle = timeline_widget(self.ctx, line, view.today)
            made.append(Line(theme, label, middle, self._button(item, shown)))
        return made

    def _remembered(self, item: ItemView) -> Line:
        """That a reader recognises this card (design §8.3), and the way to end that."""
        theme, words = self.ctx.theme, self.ctx.words
        label = ItemLabel(
            theme, "contactless", words("residents-remembered"), kind_name(words, item), None
        )
        text = Text(theme, words("residents-remembered-text"), tone="text2")
        return Line(theme, label, text, self._button(item, "forget"))

    def _button(self, item: ItemView, step: str) -> ActionButton | None:
        acts: dict[str, tuple[str, Callable[[ItemView], None], Permission]] = {
            "lost": ("loss-look-case", self.lost_wanted.emit, Permission.VIEW_LOST),
            "renew": ("residents-plan", self.renew_wanted.emit, Permission.PLAN_VISITS),
            "dates": ("residents-dates", self.edit_wanted.emit, Permission.MANAGE_RESIDENTS),
            "edit": ("residents-edit", self.edit_wanted.emit, Permission.MANAGE_RESIDENTS),
            "forget": ("residents-forget", self.forget_wanted.emit, Permission.MANAGE_RESIDENTS),
        }
        if step not in acts or not self.ctx.session.may(acts[step][2]):
            return None
        key, act, _ = acts[step]
        kind = Kind.TEXT if step in ("edit", "forget") else Kind.OUTLINED
        button = ActionButton(self.ctx.theme, self.ctx.words(key), kind=kind)
        button.setAccessibleDescription(kind_name(self.ctx.words, item))
        button.clicked.connect(lambda: act(item))
        return button


def _legend(theme: Theme, word: str, state: ExpiryState) -> QWidget:
    """One stage's icon and word over its column."""
    box = QWidget()
    row = Row(theme, box, spacing=4)
    row.addStretch(1)
    icon, _, _, outline, _ = PHASES[Phase(state.value)]
    row.addWidget(IconLabel(theme, icon, size=20, tone=outline))
    row.addWidget(Text(theme, word, size=16, bold=True, wraps=False))
    row.addStretch(1)
    return box
