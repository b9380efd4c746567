"""返還: what goes back for good, to whom, with what proof.

Use: ``HandBackDialog(ctx, resident, choices)``; `recorded` carries the act.
"""

from __future__ import annotations

from facility_app.services.access import Witness
from facility_app.services.desk import DeskResident
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.hand_back import HandBackReason, hand_back
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.dialogs.second_person import ask_second
from facility_app.ui.layouts import Columns
from facility_app.ui.viewmodels.receipts import HandBackForm
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


class HandBackDialog(ActDialog):
    """Ticks at the left, the receipt's data at the right."""

    def __init__(self, ctx: UiContext, resident: DeskResident, choices: DeskChoices) -> None:
        words = ctx.words
        honorific = words("widgets-honorific")
        super().__init__(
            ctx,
            title=words("handback-title"),
            subtitle=f"{resident.name}{honorific}",
            icon="assignment_return-fill",
        )
        self.form = HandBackForm(resident, "hand-back" in choices.two_person)
        columns = Columns(ctx.theme, (1, 1), spacing=24)
        columns.add(self._build_items())
        columns.add(self._build_receipt())
        self.body.addWidget(columns)
        self.add_note("warning", words("handback-note-final"))
        self.add_note("receipt_long", words("handback-note-receipt"))
        self.set_main("", "assignment_return")
        self._show()

    def _build_items(self) -> Box:
        words, theme = self.words, self.theme
        box = Box(theme)
        box.column.addWidget(Text(theme, words("handback-items"), size=20, bold=True))
        self.rows: dict[int, TickRow] = {}
        for item in self.form.items():
            title = " ".join(part for part in (item.kind, item.label) if part)
            row = TickRow(theme, title)
            row.toggled.connect(lambda on, id_=item.id: self._tick(id_, on))
            self.rows[item.id] = row
            box.column.addWidget(row)
        if not self.rows:
            box.column.addWidget(Text(theme, words("handback-none"), tone="text2"))
        box.column.addStretch(1)
        return box

    def _build_receipt(self) -> Box:
        words, theme = self.words, self.theme
        box = Box(theme)
        box.column.addWidget(Text(theme, words("handback-reason"), size=16, tone="text2"))
        self.reason = ReasonButtons(theme, words("handback-reason"), columns=2)
        self.reason.set_choices([(each.value, words.term(each)) for each in HandBackReason])
        self.reason.choose(self.form.reason.value)
        self.reason.chosen.connect(self._choose_reason)
        box.column.addWidget(self.reason)
        self.fields: dict[str, TextField] = {}
        for name, label, hint in (
            ("receiver", "handback-receiver", ""),
            ("relation", "handback-relation", "handback-relation-hint"),
            ("proof_seen", "handback-proof", "handback-proof-hint"),
            ("note", "handback-memo", ""),
        ):
            field = TextField(
                theme,
                hint=words(hint) if hint else "",
                max_length=64 if name == "relation" else 200,
            )
            field.textChanged.connect(lambda text, name=name: self._write(name, text))
            self.fields[name] = field
            box.column.addWidget(LabeledField(theme, words(label), field))
        return box

    def start(self) -> None:
        """Show it."""
        first = next(iter(self.rows.values()), None)
        self.open(first)

    def _tick(self, item_id: int, on: bool) -> None:
        self.form.tick(item_id, on)
        self._show()

    def _choose_reason(self, value: str) -> None:
        self.form.reason = HandBackReason(value)

    def _write(self, name: str, text: str) -> None:
        setattr(self.form, name, text)

    def _show(self) -> None:
        if self.main is None:
            return
        count = len(self.form.ticked)
        self.main.set_text(self.words("handback-go", count=str(count)))
        self.main.block("" if count else self.words("handback-choose"))

    def act(self) -> None:
        """Record it, after a second person where the facility asks for one."""
        missing = [name for name in self.form.missing() if name in self.fields]
        if missing or not self.form.needs_second:
            self._send(None)  # what is missing is refused by the rules, with its own words
            if missing:
                self.fields[missing[0]].setFocus()
            return
        ask_second(
            self.ctx,
            act=self.words("handback-title"),
            name=self.form.resident.name,
            confirmed=self._send,
        )

    def _send(self, witness: Witness | None) -> None:
        self.send(hand_back, self.form.command(witness))
