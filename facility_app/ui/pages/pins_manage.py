"""The vault as who answers for it sees it: where it is, who opens it, the printed shares."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.services.pin_views import VaultState
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.settings_part import clear
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.staff_tile import StaffMark
from facility_app.ui.widgets.text import Text

_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


class VaultAct(Enum):
    """What the manager does with the vault; the value is the key of its words."""

    MOVE = "move"
    USE_PREVIOUS = "use-previous"
    SWITCH_OFF = "switch-off"
    GIVE_UP = "give-up"
    OFFICERS = "officers"
    CHECK_SHARE = "check-share"
    RECOVER = "recover"


_ICONS = {
    VaultAct.MOVE: "folder_open",
    VaultAct.USE_PREVIOUS: "history",
    VaultAct.SWITCH_OFF: "block",
    VaultAct.GIVE_UP: "search_off",
    VaultAct.OFFICERS: "group",
    VaultAct.CHECK_SHARE: "fact_check",
    VaultAct.RECOVER: "key",
}


class ManageView(QWidget):
    """Three cards.  `wanted` carries the `VaultAct`."""

    wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.buttons: dict[VaultAct, ActionButton] = {}
        box = Column(self.theme, self, spacing=16)
        box.addWidget(self._build_place())
        box.addWidget(self._build_officers())
        box.addWidget(self._build_shares())
        box.addStretch(1)

    def _button(self, act: VaultAct, kind: Kind = Kind.GREY) -> ActionButton:
        words = self.words(f"pin-vault-{act.value}")
        button = ActionButton(self.theme, words, kind=kind, icon=_ICONS[act])
        button.clicked.connect(lambda: self.wanted.emit(act))
        self.buttons[act] = button
        return button

    def _build_place(self) -> Card:
        card = Card(self.theme, title=self.words("pin-vault-place"), icon="hard_drive-fill")
        row = Row(self.theme, spacing=12)
        self.there = Chip(self.theme, " ", Level.OK)
        row.addWidget(self.there, 0, _MIDDLE)
        self.folder = Text(self.theme, elide=True)
        row.addWidget(self.folder, 1)
        card.body.addLayout(row)
        self.held = Text(self.theme, tone="text2")
        card.body.addWidget(self.held)
        acts = Row(self.theme, spacing=8)
        acts.addWidget(self._button(VaultAct.MOVE))
        acts.addWidget(self._button(VaultAct.USE_PREVIOUS))
        acts.addWidget(self._button(VaultAct.SWITCH_OFF))
        acts.addStretch(1)
        card.body.addLayout(acts)
        self.still = Text(self.theme, self.words("pin-vault-still-held"), size=16, tone="text2")
        card.body.addWidget(self.still)
        card.body.addWidget(self._button(VaultAct.GIVE_UP, Kind.TEXT), 0, _LEFT)
        return card

    def _build_officers(self) -> Card:
        card = Card(self.theme, title=self.words("pin-vault-who"), icon="group-fill")
        self.threshold = Text(self.theme, bold=True)
        card.body.addWidget(self.threshold)
        self.people = Column(self.theme, spacing=4)
        card.body.addLayout(self.people)
        card.body.addWidget(self._button(VaultAct.OFFICERS, Kind.OUTLINED), 0, _LEFT)
        return card

    def _build_shares(self) -> Card:
        card = Card(self.theme, title=self.words("pin-vault-shares"), icon="print-fill")
        row = Row(self.theme, spacing=12)
        self.checked = Chip(self.theme, " ", Level.WARN)
        row.addWidget(self.checked, 0, _MIDDLE)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(Text(self.theme, self.words("pin-vault-shares-what"), tone="text2"))
        acts = Row(self.theme, spacing=8)
        acts.addWidget(self._button(VaultAct.CHECK_SHARE, Kind.OUTLINED))
        acts.addWidget(self._button(VaultAct.RECOVER))
        acts.addStretch(1)
        card.body.addLayout(acts)
        return card

    # --- what is shown ---------------------------------------------------------------------------

    def show_state(self, state: VaultState) -> None:
        """Where it is, who opens it, when a share was last tried."""
        words = self.words
        level = Level.OK if state.reachable else Level.WARN
        self.there.set(words("pin-vault-there" if state.reachable else "pin-vault-absent"), level)
        self.folder.set(state.folder)
        count, due = str(state.held), str(state.erase_due)
        key = "pin-vault-held-due" if state.erase_due else "pin-vault-held"
        self.held.set(words(key, held=count, due=due, generation=str(state.generation)))
        need, all_of = str(state.threshold), str(len(state.officers))
        self.threshold.set(words("pin-vault-threshold", need=need, all=all_of))
        self._show_people(state)
        self._show_checked(state)
        still = bool(state.held or state.erase_due)
        self.still.setVisible(still)
        for act, button in self.buttons.items():
            why = "" if state.reachable or act is VaultAct.GIVE_UP else self.there.text()
            if act is VaultAct.SWITCH_OFF and still:
                why = self.still.text()
            button.setEnabled(not why)
            button.setAccessibleDescription(why)

    def _show_people(self, state: VaultState) -> None:
        clear(self.people)
        for each in state.officers:
            box = QWidget()
            row = Row(self.theme, box, spacing=12)
            mark = StaffMark(self.theme)
            since = each.since
            day = "" if since is None else self.words.day(local_date(since))
            mark.set(each.name, self.words("pin-vault-since", day=day), each.colour)
            row.addWidget(mark)
            if not each.may_approve:
                row.addWidget(Chip(self.theme, self.words("pin-vault-no-role"), Level.WARN))
            row.addStretch(1)
            self.people.addWidget(box)

    def _show_checked(self, state: VaultState) -> None:
        at = state.recovery_checked_at
        if at is None:
            self.checked.set(self.words("pin-vault-never-checked"), Level.WARN)
        else:
            day = self.words.day(local_date(at))
            self.checked.set(self.words("pin-vault-checked", day=day), Level.OK)
