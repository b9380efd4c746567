"""保険の情報: what is known of a resident's insurance; what nobody said stays 未確認.

Use: ``InsuranceDialog(ctx, view, name)`` with an `InsuranceView`; `recorded` when it was kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from PySide6.QtWidgets import QWidget

from facility_app.domain.coverage import Answer, Coverage, IncomeClass, PinKnownBy, PortalScreen
from facility_app.services.fields import Field
from facility_app.services.insurance_facts import (
    InsuranceFacts,
    InsuranceView,
    NoteInsurance,
    note_insurance,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import Box
from facility_app.ui.layouts import Columns
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.disclosure import DisclosureButton
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.text import Text

_MORE = (
    ("wishes_registration", Answer),
    ("disability_certified", Answer),
    ("card_has_photo", Answer),
    ("portal", PortalScreen),
    ("phone_certificates", Answer),
    ("phone_needs_pin", Answer),
)
"""What matters seldom, behind one line."""


class InsuranceDialog(FormDialog):
    """Insurance, ratio with its source and day, who knows the PIN, which way the person wants."""

    def __init__(self, ctx: UiContext, view: InsuranceView, name: str) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("insurance-title"),
            subtitle=words("residents-who", name=name),
            icon="health_and_safety",
            save=words("residents-save"),
        )
        self.view = view
        self.combos: dict[str, ComboField] = {}
        facts = view.facts
        self._combo("coverage", Coverage)
        self.insurer = self.line_field(Field.INSURER, facts.insurer)
        self._combo("registered", Answer)
        self._combo("income", IncomeClass)
        self.place(Text(ctx.theme, words("insurance-ratio"), size=20, bold=True), 2)
        self._build_ratio(facts)
        self.place(Text(ctx.theme, words("insurance-at-desk"), size=20, bold=True), 2)
        self._combo("pin_known_by", PinKnownBy)
        self._combo("consents_face", Answer)
        self._combo("consents_visual", Answer)
        self._build_welfare(facts)
        self._build_more(facts)
        self.note = self.area_field(Field.NOTES, facts.note, lines=2)
        self.add_note("info", words("insurance-note"))
        self.combos["coverage"].currentIndexChanged.connect(lambda _at: self._tell())
        self._tell()

    def _combo(self, name: str, kind: type[Enum], where: Any = None) -> ComboField:
        words = self.words
        combo = ComboField(self.theme)
        combo.set_choices((each, words.term(each)) for each in kind)
        combo.choose(getattr(self.view.facts, name))
        labeled = LabeledField(self.theme, words(f"insurance-{name.replace('_', '-')}"), combo)
        self.combos[name] = combo
        (where or self.place)(labeled)
        return combo

    def _build_ratio(self, facts: InsuranceFacts) -> None:
        words = self.words
        self.ratio = self.choice_field(
            Field.RATIO,
            [(None, words("ways-ratio-unknown")),
             *((tenths, words("ways-ratio", tenths=str(tenths))) for tenths in (1, 2, 3))],
            facts.ratio,
        )  # fmt: skip
        self.source = self.line_field(
            Field.RATIO_SOURCE, facts.ratio_source, note=words("insurance-source-how")
        )
        self.as_of = self.date_field(Field.RATIO_AS_OF, facts.ratio_as_of)

    def _build_welfare(self, facts: InsuranceFacts) -> None:
        """Only for 生活保護."""
        self.office = self.line_field(Field.WELFARE_OFFICE, facts.welfare_office)
        self.office_phone = self.line_field(Field.PHONE, facts.welfare_phone)
        self.told_on = self.date_field(Field.WELFARE_TOLD_ON, facts.welfare_told_on)

    def _build_more(self, facts: InsuranceFacts) -> None:
        words, theme = self.words, self.theme
        self.more = DisclosureButton(theme, text=words("insurance-more"), strong=False)
        self.place(self.more, 2)
        inside = Columns(theme, (1, 1), spacing=16)
        for side in (_MORE[:3], _MORE[3:]):
            inside.add(self._stack(side))
        self.place(inside, 2)
        inside.hide()
        self.more.toggled.connect(inside.setVisible)

    def _stack(self, fields: Iterable[tuple[str, type[Enum]]]) -> QWidget:

        box = Box(self.theme, spacing=16)
        for name, kind in fields:
            self._combo(name, kind, box.column.addWidget)
        return box

    def _tell(self) -> None:
        """The 福祉事務所 is asked about only where it pays."""
        livelihood = self.combos["coverage"].value() is Coverage.LIVELIHOOD
        for field in (Field.WELFARE_OFFICE, Field.PHONE, Field.WELFARE_TOLD_ON):
            self.labels[field].setVisible(livelihood)

    def start(self) -> None:
        """Show it."""
        self.open(self.combos["coverage"])

    def facts(self) -> InsuranceFacts:
        """What the fields say."""
        chosen: dict[str, Any] = {name: combo.value() for name, combo in self.combos.items()}
        return InsuranceFacts(
            **chosen,
            insurer=self.insurer.text(),
            ratio=self.ratio.value(),
            ratio_source=self.source.text(),
            ratio_as_of=self.as_of.date_or_none(),
            welfare_office=self.office.text(),
            welfare_phone=self.office_phone.text(),
            welfare_told_on=self.told_on.date_or_none(),
            note=self.note.toPlainText(),
        )

    def act(self) -> None:
        """Keep it."""
        self.send_form(
            note_insurance,
            lambda: NoteInsurance(self.view.resident_id, self.view.version, self.facts()),
        )
