"""The people who let a PIN out, beside each other: each types what only they know."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from facility_app.domain.pins import Way
from facility_app.secret import Secret
from facility_app.services.pin_views import ApproverView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.pages.settings_part import clear
from facility_app.ui.viewmodels.pin_release import ReleaseForm, Seat
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.fields import ComboField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.pin_edit import PinEdit
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.staff_tile import StaffMark
from facility_app.ui.widgets.steps import StepHeader
from facility_app.ui.widgets.text import Text

_BESIDE = 2
"""Panels beside each other: a name and its role need the room."""

_MIDDLE, _RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


class PersonPanel(QFrame):
    """One seat: who, and the field for what only they know; green when they have done their part.

    `chosen` carries the `ApproverView`; `submitted` when Enter was pressed in the field.
    """

    chosen = Signal(object)
    edited = Signal()
    submitted = Signal()

    def __init__(self, ctx: UiContext, number: int, side: str, *, slim: bool = False) -> None:
        """`slim`: one line for who need not type anything, where there are many seats."""
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.ctx, self.theme, self.words = ctx, theme, words
        self.seat = Seat()
        self._candidates: list[ApproverView] = []
        self._active, self._slim = False, slim
        box = Column(theme, self, margins=(16, 12, 16, 16), spacing=8)
        head = Row(theme, spacing=8)
        self.header = StepHeader(
            theme, str(number), words("pin-release-person", number=str(number))
        )
        head.addWidget(self.header, 0 if slim else 1)
        self.person = StaffMark(theme, circle=40 if slim else 56)
        if slim:
            head.addWidget(self.person, 1)
        self.side = Text(theme, side, size=16, tone="text2", wraps=False)
        head.addWidget(self.side)
        self.done = Chip(theme, words("pin-release-confirmed"), Level.OK)
        head.addWidget(self.done)
        box.addLayout(head)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_asking(number))
        self.pages.addWidget(self._build_confirmed(slim))
        box.addWidget(self.pages)
        self.pages.setVisible(not slim)
        box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self.update)

    def _build_asking(self, number: int) -> QWidget:
        theme, words = self.theme, self.words
        asking = QWidget()
        lines = Column(theme, asking, spacing=12)
        who = words("pin-release-person", number=str(number))
        self.chooser = ComboField(theme, icon="person-fill", name=who)
        self.chooser.currentIndexChanged.connect(self._pick)
        self.fixed = StaffMark(theme)
        lines.addWidget(self.chooser)
        lines.addWidget(self.fixed)
        self.field = PinEdit(
            theme, name=f"{who} {words('pin-release-passphrase')}",
            hint=words("pin-release-passphrase"), height=56,
        )  # fmt: skip
        self.password = SecretEdit(
            theme, name=f"{who} {words('second-password')}", height=56,
            show=words("widgets-show-password"), hide=words("widgets-hide-password"),
        )  # fmt: skip
        self.password.look.hide()
        self.password.field.setPlaceholderText(words("second-password"))
        lines.addWidget(self.field)
        lines.addWidget(self.password)
        lines.addStretch(1)
        self.problem = Text(theme, size=16, tone="danger_fill")
        self.problem.hide()
        lines.addWidget(self.problem)
        for edit in (self.field, self.password):
            edit.edited.connect(self._edited)
            edit.submitted.connect(self.submitted)
        return asking

    def _build_confirmed(self, slim: bool) -> QWidget:
        box = QWidget()
        lines = Column(self.theme, box, spacing=0)
        if not slim:
            lines.addWidget(self.person)
        lines.addStretch(1)
        return box

    # --- what is shown ---------------------------------------------------------------------------

    def show_seat(self, seat: Seat, candidates: list[ApproverView], active: bool) -> None:
        """This state of the seat; what was typed stays while the same person sits there."""
        self.seat, self._candidates, self._active = seat, candidates, active
        self.pages.setCurrentIndex(1 if seat.confirmed else 0)
        self.done.setVisible(seat.confirmed)
        self.side.setVisible(not seat.confirmed and bool(self.side.text()))
        if seat.confirmed:
            self._show_confirmed(seat)
            self.clear()
        else:
            self._show_asking(seat, candidates)
        self.update()

    def _show_confirmed(self, seat: Seat) -> None:
        if seat.person is None:
            return
        at = self.words.clock(seat.approved_at) if seat.approved_at is not None else ""
        role = self._role(seat.person) if seat.asks else self._own_role()
        key = "pin-release-confirmed-at" if seat.asks else "pin-release-unlocked-at"
        self.person.set(
            f"{seat.person.name}{self.words('widgets-honorific')}",
            role if self._slim else self.words(key, role=role, time=at),
            seat.person.colour,
        )

    def _show_asking(self, seat: Seat, candidates: list[ApproverView]) -> None:
        self.fixed.setVisible(seat.fixed)
        self.chooser.setVisible(not seat.fixed)
        if seat.fixed and seat.person is not None:
            person = seat.person
            self.fixed.set(person.name, self._role(person), person.colour)
        keys = [None, *(each.staff_id for each in candidates)]
        held = [self.chooser.itemData(n) for n in range(self.chooser.count())]
        if keys != held:
            nobody = self.words("pin-release-choose")
            people = [(each.staff_id, self._in_words(each)) for each in candidates]
            self.chooser.set_choices([(None, nobody), *people])
        self.chooser.blockSignals(True)
        self.chooser.choose(None if seat.person is None else seat.person.staff_id)
        self.chooser.blockSignals(False)
        by_password = seat.person is not None and seat.person.way is Way.MANAGER
        self.field.setVisible(not by_password)
        self.password.setVisible(by_password)
        known = seat.person is not None
        self.field.setEnabled(known)
        self.password.setEnabled(known)

    def _in_words(self, person: ApproverView) -> str:
        return self.words("pin-release-candidate", name=person.name, role=self._role(person))

    def _role(self, person: ApproverView) -> str:
        return self.words(f"pin-release-role-{person.way.value}")

    def _own_role(self) -> str:
        face = self.ctx.session.face
        return face.role if face is not None else ""

    def show_problem(self, words: str) -> None:
        """What was wrong with what was typed; an empty string clears it."""
        self.problem.set(words)
        self.problem.setVisible(bool(words))
        self.field.setAccessibleDescription(self.problem.text())
        self.field.setProperty("level", "block" if words else "")

    # --- what is typed ---------------------------------------------------------------------------

    @property
    def by_password(self) -> bool:
        """Whether the staff password is asked for, and not the vault's passphrase."""
        return self.seat.person is not None and self.seat.person.way is Way.MANAGER

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self.password.is_empty() if self.by_password else self.field.is_empty()

    def take(self) -> Secret:
        """The passphrase; the field is empty afterwards."""
        return self.field.take()

    def take_password(self) -> str:
        """The staff password; the field is empty afterwards."""
        return self.password.take()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self.password.clear()

    def first_field(self) -> QWidget:
        """Where the next key belongs."""
        if self.seat.person is None:
            return self.chooser
        return self.password.field if self.by_password else self.field

    def _edited(self) -> None:
        self.show_problem("")
        self.edited.emit()

    def _pick(self, _index: int) -> None:
        wanted = self.chooser.value()
        person = next((each for each in self._candidates if each.staff_id == wanted), None)
        self.clear()
        self.show_problem("")
        self.chosen.emit(person)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Green when done, blue when it is this person's turn."""
        theme, px = self.theme, self.theme.px
        tone = "ok" if self.seat.confirmed else "primary" if self._active else "border"
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface"),
            radius=px(8),
            outline=theme.qcolor(tone),
            outline_width=px(2),
        )
        painter.end()


class Seats(QWidget):
    """As many panels as the form has seats.

    `changed` after every key and choice; `submitted` carries the seat in whose field Enter was
    pressed.
    """

    changed = Signal()
    submitted = Signal(int)

    def __init__(self, ctx: UiContext, form: ReleaseForm) -> None:
        super().__init__()
        self.ctx, self.form = ctx, form
        self.panels: list[PersonPanel] = []
        self._box = Column(ctx.theme, self, spacing=16)
        self.show_form()

    def show_form(self) -> None:
        """The seats as they stand now; what was typed stays where the same person sits."""
        form = self.form
        if len(self.panels) != len(form.seats):
            self._build(len(form.seats))
        for at, (panel, seat) in enumerate(zip(self.panels, form.seats, strict=True)):
            panel.show_seat(seat, form.choices(at), at == form.next_seat)

    def _build(self, count: int) -> None:
        self.clear()
        clear(self._box)
        self.panels = [self._panel(at) for at in range(count)]
        beside = self.panels
        if count > _BESIDE and not self.form.seats[0].asks:
            first, *beside = self.panels
            self._box.addWidget(first)
        for at in range(0, len(beside), _BESIDE):
            columns = Columns(self.ctx.theme, [1] * _BESIDE)
            for panel in beside[at : at + _BESIDE]:
                columns.add(panel)
            self._box.addWidget(columns)

    def _panel(self, at: int) -> PersonPanel:
        words = self.ctx.words
        apart = {0: "", 1: words("pin-release-not-the-first")}
        slim = len(self.form.seats) > _BESIDE and not self.form.seats[at].asks
        side = apart.get(at, words("pin-release-somebody-else"))
        panel = PersonPanel(self.ctx, at + 1, side, slim=slim)
        panel.chosen.connect(lambda person: self._chosen(at, person))
        panel.edited.connect(self.changed)
        panel.submitted.connect(lambda: self.submitted.emit(at))
        Sized(self.ctx.theme, panel, min_height=72 if slim else 192)
        return panel

    def _chosen(self, at: int, person: ApproverView | None) -> None:
        self.form.choose(at, person)
        self.show_form()
        self.changed.emit()
        if person is not None:
            self.panels[at].first_field().setFocus()

    def typed(self) -> list[int]:
        """The seats in whose field something stands."""
        return [at for at, panel in enumerate(self.panels) if not panel.is_empty()]

    def next_field(self) -> QWidget | None:
        """Where the next key belongs; None when everybody has done their part."""
        at = self.form.next_seat
        return None if at is None else self.panels[at].first_field()

    def clear(self) -> None:
        """Forget what was typed."""
        for panel in self.panels:
            panel.clear()
