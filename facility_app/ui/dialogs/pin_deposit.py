"""A PIN is put into the vault, or takes the place of one: typed twice, shown to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.pins import Characters, PinKind, Weakness
from facility_app.errors import VaultError
from facility_app.services import pin_acts
from facility_app.services.pin_register import may_hold, pin_kinds
from facility_app.services.pin_views import Deposit, Holdable, PinView, Replace
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_deposit import Line, good, hindrance, lines_of
from facility_app.ui.viewmodels.pins import kind_text
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.pin_edit import PinEdit
from facility_app.ui.widgets.rule_line import RuleLine
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


@dataclass(frozen=True)
class DepositFor:
    """Whose PIN.  `instead`: the one whose place it takes, None = a new one."""

    resident_id: int
    name: str
    birth: date | None
    instead: PinView | None = None


class DepositDialog(ActDialog):
    """`deposited` carries the `PinView`; the dialog is gone by then."""

    deposited = Signal(object)

    def __init__(self, ctx: UiContext, subject: DepositFor) -> None:
        words = ctx.words
        way = "new" if subject.instead is None else "replace"
        name = f"{subject.name} {words('widgets-honorific')}"
        super().__init__(ctx, title=words(f"pin-deposit-title-{way}"), subtitle=name, icon="pin")
        self.subject = subject
        self.kind: PinKind | None = None
        self.found: Holdable | None = None
        self._weak: tuple[Weakness, ...] = ()
        self._asked = 0
        self._build_kinds()
        self.hindrance = Notice(ctx.theme, Level.WARN, " ")
        self.hindrance.hide()
        self.body.addWidget(self.hindrance)
        self.body.addWidget(self._build_fields())
        self.knows = TickRow(ctx.theme, words("pin-deposit-knows"))
        self.knows.toggled.connect(self.tell)
        self.body.addWidget(self.knows)
        self.add_note("visibility_off-fill", words("pin-deposit-unseen"))
        self.add_note("history", words("pin-deposit-recorded"))
        if subject.instead is not None:
            self.add_note("delete-fill", words("pin-deposit-former"))
        self.set_main(words(f"pin-deposit-go-{way}"), "lock-fill")
        ctx.session.changed.connect(self.dismiss)
        self._choose_first()

    def _build_kinds(self) -> None:
        words = self.words
        self.kinds = ReasonButtons(self.theme, words("pin-deposit-kind"), columns=3)
        self.known = {kind.code: kind for kind in pin_kinds()}
        self.kinds.set_choices((code, kind_text(words, kind)) for code, kind in self.known.items())
        self.kinds.chosen.connect(self._kind_chosen)
        self.never = Text(self.theme, words("pin-deposit-never"), size=16, tone="text2")
        instead = self.subject.instead
        if instead is None:
            self.body.addWidget(self.kinds)
            self.body.addWidget(self.never)
        else:
            kind = kind_text(words, instead.kind, instead.code)
            self.body.addWidget(Text(self.theme, kind, size=20, bold=True))

    def _build_fields(self) -> QWidget:
        theme, words = self.theme, self.words
        box = QWidget()
        lines = Column(theme, box, spacing=8)
        pair = Columns(theme, (1, 1))
        self.pin = PinEdit(theme, icon="pin")
        self.again = PinEdit(theme, icon="pin")
        for edit, key in ((self.pin, "pin-deposit-pin"), (self.again, "pin-deposit-again")):
            pair.add(LabeledField(theme, words(key), edit))
            edit.edited.connect(self.tell)
            edit.refused.connect(self._key_refused)
        self.pin.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self._submit)
        lines.addWidget(pair)
        self.lines = {line: RuleLine(theme, words) for line in Line}
        for row in self.lines.values():
            lines.addWidget(row)
        return box

    def _choose_first(self) -> None:
        instead = self.subject.instead
        first = next(iter(self.known)) if instead is None else instead.code
        if instead is None:
            self.kinds.choose(first)
        else:
            self._kind_chosen(first)

    def start(self) -> None:
        """Show it, with the focus in the first field."""
        self.open(self.pin)

    # --- the kind --------------------------------------------------------------------------------

    def _kind_chosen(self, code: str) -> None:
        self.kind, self.found = self.known.get(code), None
        if self.kind is None:
            self.tell()
            return
        digits = self.kind.characters is Characters.DIGITS
        for edit in (self.pin, self.again):
            edit.set_rule(self.kind.highest, digits=digits)
        self._asked += 1
        asked = self._asked
        self.ctx.ask(
            may_hold,
            self.subject.resident_id,
            code,
            done=lambda found: self._show_found(asked, found),
            failed=self._failed,
        )
        self.tell()

    def _show_found(self, asked: int, found: Holdable) -> None:
        if asked != self._asked:
            return
        self.found = found
        said = hindrance(self.words, found, replacing=self.subject.instead is not None)
        self.hindrance.setVisible(said is not None)
        if said is not None:
            self.hindrance.set(Level.WARN, *said)
        for edit in (self.pin, self.again):
            edit.setEnabled(said is None)
        self.tell()
        if said is None and self.isVisible() and self.pin.is_empty():
            self.pin.setFocus()

    # --- typing ----------------------------------------------------------------------------------

    def _key_refused(self, why: str) -> None:
        text = self.words(f"pin-key-{why}")
        self.lines[Line.LENGTH].show_kept(False, text)
        self.ctx.announce(text)

    def tell(self) -> None:
        """Rules and button as they stand."""
        if self.main is None or self.kind is None:
            return
        same = self.pin.same_as(self.again)
        with self.pin.looked_at() as content:
            kept, self._weak = lines_of(
                self.kind, content, len(self.again), same, self.subject.birth
            )
        for line, value in kept.items():
            self.lines[line].show_kept(value, self._line_text(line))
        self.knows.setVisible(bool(self._weak))
        if not self._weak:
            self.knows.setChecked(False)
        self.main.block(self.words(why) if (why := self._missing(kept)) else "")

    def _line_text(self, line: Line) -> str:
        kind = self.kind
        if line is Line.GUESSABLE and self._weak:
            return self.words(f"pin-weak-{self._weak[0].value}")
        length = "" if kind is None else str(kind.lowest)
        if kind is not None and kind.lowest != kind.highest:
            length = f"{kind.lowest}–{kind.highest}"
        return self.words(f"pin-rule-{line.value}", length=length)

    def _missing(self, kept: dict[Line, bool | None]) -> str:
        if self.found is None:
            return "pin-deposit-looking"
        if hindrance(self.words, self.found, replacing=self.subject.instead is not None):
            return "pin-deposit-not-possible"
        if good(kept, self.knows.isChecked()):
            return ""
        return "pin-deposit-guessable" if good(kept, True) else "pin-deposit-type"

    def _submit(self) -> None:
        if self.main is not None and self.main.isEnabled():
            self.press()

    # --- the act ---------------------------------------------------------------------------------

    def act(self) -> None:
        """The PIN leaves both fields at once."""
        if self.kind is None:
            return
        confirmed, instead = self.knows.isChecked(), self.subject.instead
        pin = self.pin.take()
        self.again.clear()
        self.set_sending(True)
        use_case: Any = pin_acts.deposit_pin
        command: Any = Deposit(self.subject.resident_id, self.kind.code, confirmed)
        if instead is not None:
            use_case, command = pin_acts.replace_pin, Replace(instead.id, confirmed)
        on_vault(
            self.ctx, use_case, command, pin,
            done=self._deposited, failed=self._failed, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _deposited(self, view: PinView) -> None:
        self.sending = False
        self.dismiss()
        self.deposited.emit(view)

    def _failed(self, exc: Exception) -> None:
        """Say it here; what was typed is gone."""
        self.set_sending(False)
        self.tell()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.pin.clear()
        self.again.clear()
        self.dismiss()
